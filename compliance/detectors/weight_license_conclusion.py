"""One answer where two detectors read one license file: near-copies are told apart by the knowledge base.

ScanCode knows far more licenses; of those for weights it takes some for their near-copies, and a text with altered
clauses for the original.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from compliance.detectors.detector import Tree
from compliance.licenses import key_expressions
from compliance.licenses.catalog import weight_license, weight_licenses
from compliance.licenses.license_files import said_by_name
from compliance.licenses.stated_licenses import is_of_card, is_sure, symbols
from compliance.model.evidence import LicenseMatch, Statement
from compliance.model.finding import Finding, LicenseFinding, place

WHOLE = 99.0
"""Coverage of a license's whole text from which it is that license, and no altered other one."""


class WeightLicenseConclusion:
    """Leaves, of what is said of one license file, what holds."""

    name = "weight-license-conclusion"
    version = "4"
    order = 15

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings but those that another one refutes or repeats; `LICENSE-MODEL` is of weights."""
        by_path: dict[str, list[LicenseFinding]] = defaultdict(list)
        for finding in tree.of(LicenseFinding):
            if finding.basis == "detected":
                by_path[finding.path].append(finding)
        refuted = {
            id(finding)
            for findings in by_path.values()
            for own in findings
            if own.key_expression is None
            for finding in _refuted(own, [one for one in findings if one.key_expression is not None])
        }
        cards = filter(is_of_card, tree.of(LicenseFinding))
        refuted |= {id(one) for card in cards for one in _repeated(card, by_path)}
        of_weights = {
            id(one): changed for one in tree.of(LicenseFinding) if (changed := _with_subject(one)) is not one
        }
        if not refuted and not of_weights:
            return tree.findings
        return [of_weights.get(id(one), one) for one in tree.findings if id(one) not in refuted]


def _repeated(card: LicenseFinding, by_path: Mapping[str, Sequence[LicenseFinding]]) -> Iterator[LicenseFinding]:
    """What ScanCode reads in a card's own tag: it is declared for weights, and no code lies there."""
    if card.expression is None or card.lines is None:
        return
    for one in by_path.get(card.path, ()):
        is_within = one.lines is not None and card.lines[0] <= one.lines[0] and one.lines[1] <= card.lines[1]
        if is_within and one.expression and symbols([one.expression]) <= symbols([card.expression]):
            yield one


def _with_subject(finding: LicenseFinding) -> Finding:
    """A license file that by its name is the model's is of weights, whatever license it holds."""
    if (finding.basis, finding.subject) != ("detected", "code"):
        return finding
    if said_by_name(finding.path) != "weights":
        return finding
    return place(msgspec.structs.replace(finding, subject="weights"), finding.path, finding.revision)


def _refuted(own: LicenseFinding, others: Sequence[LicenseFinding]) -> Iterator[LicenseFinding]:
    """What doesn't hold: some of the findings by ScanCode, or the `own` one."""
    if not own.license_ids:
        if any(map(is_sure, others)) and _are_explained(own, others):
            yield own
    elif own.subject == "code":
        if any(_is_another_whole_text(one, own) for one in others):
            yield own
    else:
        yield from (one for one in others if _is_taken_for(one, own))


def _keys(finding: LicenseFinding) -> frozenset[str]:
    return key_expressions.keys(finding.key_expression or "")


def _is_taken_for(finding: LicenseFinding, own: LicenseFinding) -> bool:
    """Whether ScanCode says nothing more than `own`, or took the text for a near-copy that isn't there as a whole.

    Where `own` is an altered text, a whole one of the same license is kept beside it.
    """
    if key_expressions.is_nameless(finding.key_expression or ""):
        return True
    same = None if own.altered else own
    return _keys(finding) <= _keys_of_weight_licenses() and not _is_another_whole_text(finding, same)


def _are_explained(own: LicenseFinding, others: Sequence[LicenseFinding]) -> bool:
    """Whether every restricting term that was read stands in the text of a license that ScanCode names."""
    from compliance.licenses.clause_reading import RESTRICTING

    stretches = [match.lines for one in others if is_sure(one) for match in _whole_texts(one)]
    return all(
        any(first <= one.lines[0] and one.lines[1] <= last for first, last in stretches)
        for one in own.evidence
        if isinstance(one, Statement) and one.lines and one.field.removeprefix("term:") in RESTRICTING
    )


def _whole_texts(finding: LicenseFinding) -> list[LicenseMatch]:
    return [one for one in finding.evidence if isinstance(one, LicenseMatch) and one.full_text]


def _is_another_whole_text(finding: LicenseFinding, own: LicenseFinding | None) -> bool:
    """Whether it found the whole text of a license, and of another one than `own`."""
    licenses = (weight_license(one) for one in own.license_ids) if own else ()
    keys = {key for one in licenses if one for key in one.scancode.keys}
    return any(
        match.coverage >= WHOLE and not key_expressions.keys(match.key_expression) & keys
        for match in _whole_texts(finding)
    )


@cache
def _keys_of_weight_licenses() -> frozenset[str]:
    """Keys of licenses that are for weights alone."""
    return frozenset(key for one in weight_licenses() if not one.is_general for key in one.scancode.keys)


DETECTOR = WeightLicenseConclusion()
