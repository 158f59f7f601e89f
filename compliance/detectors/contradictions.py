"""Statements that can't both hold: a card against the license text, another declaration, or what it claims.

Both places are evidence. Which one is wrong is for a person to say.
"""

from collections.abc import Iterator, Sequence

from compliance.detectors.detector import Tree
from compliance.licenses.huggingface import license_of_title
from compliance.licenses.stated_licenses import agrees, declared_for_weights, said, statements, texts_for_weights
from compliance.model import fact_words
from compliance.model.card_fields import ARROW, CHAIN
from compliance.model.contradiction import CLAIM
from compliance.model.contradiction import claimed as _statement
from compliance.model.contradiction import contradiction as _finding
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
from compliance.weights import families, hub
from compliance.weights.claims import names

DECLARED_AND_TEXT = "weights-license-declared-and-text"
DECLARED_TWICE = "weights-license-declared-twice"
DECLARED_AND_CLAIMED = "weights-license-declared-and-claimed"
FROM_SCRATCH_AND_BASE = "from-scratch-and-base"


class Contradictions:
    """Compares what cards declare and claim with the license files, metadata and configurations beside them."""

    name = "contradictions"
    version = "4"
    order = 70

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, and one for each pair of statements that can't both hold."""
        if not tree.of(ModelCardFinding) and not declared_for_weights(tree.of(LicenseFinding)):
            return tree.findings
        found = [
            place(one, path, tree.revision)
            for findings in tree.by_folder().values()
            for path, one in (*_licenses(findings), *_declarations(findings), *_claims(findings))
        ]
        return tree.and_also(found)


def _licenses(findings: Sequence[Finding]) -> Iterator[tuple[str, ContradictionFinding]]:
    """A card's license, and another license's text beside it."""
    cards = declared_for_weights(findings)
    texts = texts_for_weights(findings) if cards else []
    for card in cards:
        if texts and not any(agrees(card, text) for text in texts):
            places = [_statement(text, said(text)) for text in texts]
            yield card.path, _finding(DECLARED_AND_TEXT, _statement(card, said(card)), *places)


def _declarations(findings: Sequence[Finding]) -> Iterator[tuple[str, ContradictionFinding]]:
    """A license that is declared once more and otherwise: by tag and name of one card, by metadata, in prose."""
    declared = declared_for_weights(findings)
    for number, first in enumerate(declared):
        for one in statements(first, "license_name"):
            if first.lines != one.lines and _is_another(first, one.says):
                other = Statement(path=first.path, lines=one.lines, field=CLAIM, says=f"license_name: {one.says}")
                yield first.path, _finding(DECLARED_TWICE, _statement(first, said(first)), other)
        for second in declared[number + 1 :]:
            if first.path != second.path and not agrees(first, second) and not agrees(second, first):
                yield (
                    first.path,
                    _finding(DECLARED_TWICE, _statement(first, said(first)), _statement(second, said(second))),
                )
        for claim in _fields(findings, "claim:weights-license"):
            if _is_another(first, claim.value.partition(":")[0]):
                code = [one for one in _fields(findings, "claim:code-license") if one.path == claim.path]
                places = [_statement(one, one.value) for one in (claim, *code)]
                yield first.path, _finding(DECLARED_AND_CLAIMED, _statement(first, said(first)), *places)


def _is_another(declared: LicenseFinding, name: str) -> bool:
    """Whether `name` is, for certain, of another license than the declared one."""
    known = license_of_title(name)
    if known is None or not (known.expression or known.license_ids):
        return False
    other = LicenseFinding(
        expression=known.expression, basis="declared", license_ids=known.license_ids, subject="weights"
    )
    return not agrees(declared, other) and not agrees(other, declared)


def _claims(findings: Sequence[Finding]) -> Iterator[tuple[str, ContradictionFinding]]:
    """A claim that weights were trained from scratch, and another's weights that are named or proved."""
    for claim in _fields(findings, "claim:from-scratch"):
        named = [
            *(
                one
                for one in _fields(findings, "base_model", "_name_or_path")
                if _is_anothers(one.value, claim.value)
            ),
            *(one for one in _fields(findings, CHAIN) if _has_anothers(one.value, claim.value)),
            *(
                one
                for one in _fields(findings, "claim:from-weights")
                if _is_anothers(one.value.partition(":")[0], claim.value)
            ),
        ]
        proved = [one for one in findings if isinstance(one, WeightsFinding) and one.basis == "digest"]
        places = [
            *(_statement(one, f"{one.field}: {one.value}") for one in named),
            *(_of_weights(one) for one in proved),
        ]
        if places:
            yield claim.path, _finding(FROM_SCRATCH_AND_BASE, _statement(claim, claim.value), *places)


def _of_weights(one: WeightsFinding) -> Statement:
    says = fact_words.of_weights(one.component, one.family or one.developer or "?", one.basis)
    return _statement(one, says.en, says.ko)


def _has_anothers(chain: str, claim: str) -> bool:
    """Whether an ancestor beyond the base, which has a field of its own, is of a known developer's weights."""
    ancestors = chain.split(ARROW)[1:]
    return any(_is_anothers(one.partition(" (")[0], claim) for one in ancestors)


def _is_anothers(name: str, claim: str) -> bool:
    """Whether `name` is of a known developer's weights, and the claim doesn't speak of that very family."""
    name = hub.id_of(name)
    family = naming.family_like(name.rstrip("/").rpartition("/")[2], within_models=False)
    if family is not None:
        return not names(claim, family.id)
    return families.developer_of_organisation(name.partition("/")[0]) is not None


def _fields(findings: Sequence[Finding], *fields: str) -> list[ModelCardFinding]:
    """Those fields, of sub-configurations too."""
    return [
        one for one in findings if isinstance(one, ModelCardFinding) and one.field.rpartition(".")[2] in fields
    ]


DETECTOR = Contradictions()
