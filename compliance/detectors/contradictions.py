"""Statements that can't both hold: a card against the license text, its base's license, or what it claims.

Both places are evidence. Which one is wrong is for a person to say.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence

from compliance.detectors.detector import Tree
from compliance.licenses.catalog import weight_license
from compliance.licenses.huggingface import reference
from compliance.licenses.license_files import is_license_file
from compliance.model.evidence import Statement
from compliance.model.finding import (
    ContradictionFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    WeightsFinding,
    place,
)
from compliance.origins import naming
from compliance.weights import families
from compliance.weights.base_licenses import BaseLicense, base_license

DECLARED_AND_TEXT = "weights-license-declared-and-text"
DECLARED_AND_BASE = "weights-license-declared-and-base"
FROM_SCRATCH_AND_BASE = "from-scratch-and-base"
_LONGEST = 200


class Contradictions:
    """Compares what cards declare and claim with the license files and configurations beside them."""

    name = "contradictions"
    version = "1"
    order = 70

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, and one for each pair of statements that can't both hold."""
        by_folder: dict[str, list[Finding]] = defaultdict(list)
        for finding in tree.findings:
            by_folder[posixpath.dirname(finding.path)].append(finding)
        found = [
            place(one, path, tree.revision)
            for findings in by_folder.values()
            for path, one in (*_licenses(findings), *_bases(findings), *_claims(findings))
        ]
        return [*tree.findings, *found]


def _licenses(findings: Sequence[Finding]) -> Iterator[tuple[str, ContradictionFinding]]:
    """A card's license, and another license's text beside it."""
    texts = [
        one
        for one in findings
        if isinstance(one, LicenseFinding)
        and one.basis == "detected"
        and is_license_file(one.path)
        and (one.expression or one.license_ids)
    ]
    for card in _declared(findings):
        if texts and not any(_names(card) & _names(text) for text in texts):
            places = [_statement(text, _said(text)) for text in texts]
            yield card.path, _finding(DECLARED_AND_TEXT, _statement(card, _said(card)), *places)


def _bases(findings: Sequence[Finding]) -> Iterator[tuple[str, ContradictionFinding]]:
    """A card's license that grants more than that of the base it names."""
    for base in _fields(findings, "base_model"):
        known = base_license(base.value)
        if known is None or known.version.is_lead or not _restricts(known):
            continue
        for card in _declared(findings):
            if _is_free(card) and not _ids(card) & {*known.version.licenses}:
                says = f"{base.value}: {', '.join(known.version.licenses)} ({known.version.versions})"
                yield (
                    card.path,
                    _finding(DECLARED_AND_BASE, _statement(card, _said(card)), _statement(base, says[:_LONGEST])),
                )


def _claims(findings: Sequence[Finding]) -> Iterator[tuple[str, ContradictionFinding]]:
    """A claim that weights were trained from scratch, and a base that is named or proved."""
    named = [
        *(one for one in _fields(findings, "base_model", "_name_or_path") if _is_of_a_known_developer(one.value)),
        *(
            one
            for one in _fields(findings, "claim:from-weights")
            if _is_a_known_family(one.value.partition(":")[0])
        ),
    ]
    proved = [
        one
        for one in findings
        if isinstance(one, WeightsFinding) and one.basis in {"digest", "metadata"} and one.family
    ]
    places = [
        *(_statement(one, f"{one.field}: {one.value}") for one in named),
        *(_statement(one, f"{one.component}: {one.family}, {one.basis}") for one in proved),
    ]
    for claim in _fields(findings, "claim:from-scratch") if places else ():
        yield claim.path, _finding(FROM_SCRATCH_AND_BASE, _statement(claim, claim.value), *places)


def _is_of_a_known_developer(repository: str) -> bool:
    return families.developer_of_organisation(repository.partition("/")[0]) is not None


def _is_a_known_family(name: str) -> bool:
    return _is_of_a_known_developer(name) or naming.family_like(name, within_models=False) is not None


def _declared(findings: Sequence[Finding]) -> list[LicenseFinding]:
    return [
        one
        for one in findings
        if isinstance(one, LicenseFinding)
        and one.basis == "declared"
        and one.subject == "weights"
        and (one.expression or one.license_ids)
    ]


def _fields(findings: Sequence[Finding], *fields: str) -> list[ModelCardFinding]:
    return [one for one in findings if isinstance(one, ModelCardFinding) and one.field in fields]


def _names(finding: LicenseFinding) -> set[str]:
    """Everything that the license may be called by."""
    names = {finding.expression or "", *finding.license_ids, *map(reference, finding.license_ids)}
    licenses = [weight_license(one) for one in finding.license_ids]
    names |= {one.expression for one in licenses if one}
    return {name for name in names if name}


def _ids(finding: LicenseFinding) -> set[str]:
    return set(finding.license_ids)


def _is_free(finding: LicenseFinding) -> bool:
    """Whether every license that the card may mean allows what a base's license restricts."""
    licenses = [weight_license(one) for one in finding.license_ids]
    return bool(licenses) and all(
        one is not None and one.terms["commercial_use"].value == "allowed" and one.is_general for one in licenses
    )


def _restricts(base: BaseLicense) -> bool:
    """Whether each license that the base may be under restricts what may be done with it."""
    licenses = [weight_license(one) for one in base.version.licenses]
    return bool(licenses) and all(one is not None and not one.is_general for one in licenses)


def _said(finding: LicenseFinding) -> str:
    said = finding.expression or ", ".join(finding.license_ids)
    return f"{said}, altered" if finding.altered else said


def _statement(finding: Finding, says: str) -> Statement:
    return Statement(path=finding.path, lines=finding.lines, field="claim", says=says[:_LONGEST])


def _finding(about: str, *claims: Statement) -> ContradictionFinding:
    return ContradictionFinding(about=about, lines=claims[0].lines, evidence=claims)


DETECTOR = Contradictions()
