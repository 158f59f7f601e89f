"""Statements that can't both hold: a card against the license text, its base's license, or what it claims.

Both places are evidence. Which one is wrong is for a person to say.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeGuard

from compliance.detectors.detector import Tree
from compliance.licenses import key_expressions
from compliance.licenses.catalog import weight_license
from compliance.licenses.huggingface import reference
from compliance.licenses.license_files import is_license_file
from compliance.model.contradiction import LONGEST as _LONGEST
from compliance.model.contradiction import claimed as _statement
from compliance.model.contradiction import contradiction as _finding
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
from compliance.weights.claims import names

DECLARED_AND_TEXT = "weights-license-declared-and-text"
DECLARED_AND_BASE = "weights-license-declared-and-base"
FROM_SCRATCH_AND_BASE = "from-scratch-and-base"
_SYMBOL = re.compile(r"[A-Za-z0-9.+-]+")
_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co|modelscope\.cn/models)/")


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
    texts = [one for one in findings if _is_text(one)]
    of_weights = [one for one in texts if one.subject == "weights"] or texts
    for card in _declared(findings):
        if of_weights and not any(_agrees(card, text) for text in of_weights):
            places = [_statement(text, _said(text)) for text in of_weights]
            yield card.path, _finding(DECLARED_AND_TEXT, _statement(card, _said(card)), *places)


def _is_text(finding: Finding) -> TypeGuard[LicenseFinding]:
    """Whether it says surely which license a license file holds, or which terms were read in it."""
    if not (isinstance(finding, LicenseFinding) and finding.basis == "detected" and is_license_file(finding.path)):
        return False
    if finding.key_expression is None:
        return True
    return key_expressions.names_surely(finding.key_expression, finding.score)


def _agrees(card: LicenseFinding, text: LicenseFinding) -> bool:
    """Whether what the card declares stands in the text, as it is: a free license has no restricting clauses."""
    if text.expression is None and _is_free(card):
        return False
    if set(text.license_ids) & set(card.license_ids):
        return True
    declared = _symbols([card.expression] if card.expression else _names(card))
    return bool(declared) and declared <= _symbols(_names(text))


def _bases(findings: Sequence[Finding]) -> Iterator[tuple[str, ContradictionFinding]]:
    """A card's license that grants more than that of the base it names."""
    for base in _fields(findings, "base_model"):
        known = base_license(_ADDRESS.sub("", base.value))
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
    """A claim that weights were trained from scratch, and another's weights that are named or proved."""
    for claim in _fields(findings, "claim:from-scratch"):
        named = [
            *(
                one
                for one in _fields(findings, "base_model", "_name_or_path")
                if _is_anothers(one.value, claim.value)
            ),
            *(
                one
                for one in _fields(findings, "claim:from-weights")
                if _is_anothers(one.value.partition(":")[0], claim.value)
            ),
        ]
        proved = [one for one in findings if isinstance(one, WeightsFinding) and one.basis == "digest"]
        places = [
            *(_statement(one, f"{one.field}: {one.value}") for one in named),
            *(_statement(one, f"{one.component}: {one.family or one.developer}, {one.basis}") for one in proved),
        ]
        if places:
            yield claim.path, _finding(FROM_SCRATCH_AND_BASE, _statement(claim, claim.value), *places)


def _is_anothers(name: str, claim: str) -> bool:
    """Whether `name` is of a known developer's weights, and the claim doesn't speak of that very family."""
    name = _ADDRESS.sub("", name)
    family = naming.family_like(name.rstrip("/").rpartition("/")[2], within_models=False)
    if family is not None:
        return not names(claim, family.id)
    return families.developer_of_organisation(name.partition("/")[0]) is not None


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
    """Those fields, of sub-configurations too."""
    return [
        one for one in findings if isinstance(one, ModelCardFinding) and one.field.rpartition(".")[2] in fields
    ]


def _symbols(expressions: Iterable[str]) -> set[str]:
    """The licenses of `expressions`, whichever of their versions apart from the number."""
    symbols = {symbol for one in expressions for symbol in _SYMBOL.findall(one)} - {"AND", "OR", "WITH"}
    return {re.sub(r"(?:-only|-or-later|\+)$", "", symbol) for symbol in symbols}


def _names(finding: LicenseFinding) -> set[str]:
    """Every name that the licenses of the finding go by."""
    known = [weight_license(one) for one in finding.license_ids]
    names = {*map(reference, finding.license_ids), *(one.expression for one in known if one)}
    return names | {finding.expression} if finding.expression else names


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


DETECTOR = Contradictions()
