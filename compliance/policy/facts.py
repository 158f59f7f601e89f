"""What conditions are asked of: the findings, what other findings add to them, and the inventory as counts."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

import msgspec

from compliance.licenses import catalog
from compliance.licenses.expressions import is_known
from compliance.licenses.stated_licenses import statements
from compliance.model.card_fields import INFERRED_RELATION, RELATION
from compliance.model.evidence import TERM_READ, Lines, Statement
from compliance.model.finding import (
    ContradictionFinding,
    CopyrightFinding,
    DependencyFinding,
    Finding,
    FindingFields,
    LicenseFinding,
    ModelCardFinding,
    NoticeFinding,
    OriginFinding,
    WeightsFinding,
)
from compliance.model.inventory import Inventory
from compliance.policy.origin_facts import NoticeFact, OriginFact, notices, origins
from compliance.weights import families


class LicenseFact(LicenseFinding, frozen=True, kw_only=True):
    """A license statement, with what the same file says beside it."""

    declared_in_card: bool
    """Detected in the lines in which a card names the license of its weights or its dataset: the same words, read
    twice. Those of a dataset have the subject `data` then, since they are about no code."""
    read_terms: tuple[str, ...]
    """Terms that patterns read in an unknown license, such as `military_use=prohibited`: for review."""


class DependencyFact(DependencyFinding, frozen=True, kw_only=True):
    """A dependency, with what the rest of the inventory says of the same package."""

    license_known_elsewhere: bool
    """Another finding of the same package states its license: of the same version where both name one, and of the
    same source (`vcs_url`, `download_url`), since a fork may have other terms."""


class ModelCardFact(ModelCardFinding, frozen=True, kw_only=True):
    """A field of a model card, with what the same file says beside it."""

    base_model_relations: tuple[str, ...]
    """What is declared of this base model; where nothing tells which base it is said of, all of the same file."""
    inferred_relations: tuple[str, ...]
    """What the files beside the card suggest where none is declared: a lead, never a declared fact."""


class WeightsFact(WeightsFinding, frozen=True, kw_only=True):
    """A part of a model, with what the knowledge base says of whom and what it names."""

    expression: str | None
    """SPDX expression of the license that a reference states for these weights."""
    lead: bool
    """The family is known from general knowledge alone: where to look, never a reason to fail anything."""


class InventoryFact(msgspec.Struct, frozen=True, kw_only=True):
    """The whole inventory in numbers."""

    id: str = ""
    files: int
    examined: int
    unlicensed: int
    skipped: int
    """How many files or parts of files were not examined."""
    license_findings: int
    weights_license_findings: int
    """License statements made for weights."""
    copyright_findings: int
    dependency_findings: int
    model_card_findings: int
    weights_findings: int
    contradiction_findings: int
    origin_findings: int
    notice_findings: int


Fact = Finding | OriginFact | NoticeFact | InventoryFact

F = TypeVar("F", bound=FindingFields)
S = TypeVar("S", bound=msgspec.Struct)

FACT_CLASSES: Mapping[str, type[msgspec.Struct]] = {
    "license": LicenseFact,
    "copyright": CopyrightFinding,
    "dependency": DependencyFact,
    "model-card": ModelCardFact,
    "weights": WeightsFact,
    "contradiction": ContradictionFinding,
    "origin": OriginFact,
    "notice": NoticeFact,
    "inventory": InventoryFact,
}
"""The class of the facts behind each value of a rule's `for`."""


def facts_of(inventory: Inventory) -> dict[str, Sequence[Fact]]:
    """The facts of `inventory` by the rule's `for` they belong to; every kind is there, if only empty."""
    found: dict[str, list[Finding]] = {kind: [] for kind in FACT_CLASSES}
    for finding in inventory.findings:
        found[_KIND_OF[type(finding)]].append(finding)
    facts: dict[str, Sequence[Fact]] = {**found}
    facts["license"] = _licenses(_of(LicenseFinding, found))
    facts["dependency"] = _dependencies(_of(DependencyFinding, found))
    facts["weights"] = [_weights(one) for one in _of(WeightsFinding, found)]
    facts["model-card"] = _model_cards(_of(ModelCardFinding, found))
    facts["origin"] = origins(_of(OriginFinding, found))
    facts["notice"] = notices(_of(NoticeFinding, found), _of(OriginFinding, found))
    facts["inventory"] = [_counts(inventory, {kind: len(members) for kind, members in found.items()})]
    return facts


def _of(cls: type[F], found: Mapping[str, list[Finding]]) -> list[F]:
    """Those of one class among the findings by kind."""
    return cast(list[F], found[_KIND_OF[cls]])


_KIND_OF: Mapping[type[FindingFields], str] = {
    LicenseFinding: "license",
    CopyrightFinding: "copyright",
    DependencyFinding: "dependency",
    ModelCardFinding: "model-card",
    WeightsFinding: "weights",
    ContradictionFinding: "contradiction",
    OriginFinding: "origin",
    NoticeFinding: "notice",
}


def _licenses(findings: Sequence[LicenseFinding]) -> list[LicenseFact]:
    in_cards: dict[str, list[Lines]] = {}
    of_data: dict[str, list[Lines]] = {}
    for finding in findings:
        if finding.basis != "detected" and finding.subject in {"weights", "data"} and finding.lines:
            for spans in (in_cards, *([of_data] if finding.subject == "data" else [])):
                spans.setdefault(finding.path, []).append(_span(finding.lines, finding))
    return [
        _extended(
            msgspec.structs.replace(finding, subject="data")
            if _within(finding, of_data.get(finding.path, ()))
            else finding,
            LicenseFact,
            declared_in_card=_within(finding, in_cards.get(finding.path, ())),
            read_terms=_read_terms(finding),
        )
        for finding in findings
    ]


def _read_terms(finding: LicenseFinding) -> tuple[str, ...]:
    said = [one for one in finding.evidence if isinstance(one, Statement) and one.field.startswith(TERM_READ)]
    read = {f"{one.field.removeprefix(TERM_READ)}={one.says.partition(':')[0]}" for one in said}
    return tuple(sorted(read))


def _weights(finding: WeightsFinding) -> WeightsFact:
    license_ = catalog.weight_license(finding.license_id) if finding.license_id else None
    family = families.family(finding.family) if finding.family else None
    return _extended(
        finding,
        WeightsFact,
        expression=license_.expression if license_ else None,
        lead=finding.basis != "digest" and family is not None and family.is_lead,
    )


def _span(lines: Lines, finding: LicenseFinding) -> Lines:
    """The lines of a declaration with those of the fields that explain it (`license_name`, `license_link`)."""
    stated = [lines, *(one.lines for one in finding.evidence if isinstance(one, Statement) and one.lines)]
    return min(first for first, _ in stated), max(last for _, last in stated)


def _within(finding: LicenseFinding, spans: Sequence[Lines]) -> bool:
    if finding.basis != "detected" or finding.lines is None:
        return False
    first, last = finding.lines
    return any(start <= first and last <= end for start, end in spans)


class _Stated:
    """Which findings state the license of one package from one source."""

    def __init__(self) -> None:
        self._all: set[str] = set()
        self._by_version: dict[str, set[str]] = {}

    def add(self, version: str, identifier: str) -> None:
        self._all.add(identifier)
        self._by_version.setdefault(version, set()).add(identifier)

    def by_another(self, version: str, identifier: str) -> bool:
        """Whether a finding but `identifier` states it, of the same version where both name one."""
        fitting = [self._by_version.get(one, set()) for one in {version, ""}] if version else [self._all]
        return any(len(found) > (identifier in found) for found in fitting)


def _dependencies(findings: Sequence[DependencyFinding]) -> list[DependencyFact]:
    packages = [package_of(finding.purl) for finding in findings]
    stated: dict[tuple[str, tuple[str, ...]], _Stated] = {}
    for finding, (name, version, source) in zip(findings, packages, strict=True):
        if is_known(finding.expression):
            stated.setdefault((name, source), _Stated()).add(version, finding.id)
    return [
        _extended(
            finding,
            DependencyFact,
            license_known_elsewhere=(name, source) in stated
            and stated[name, source].by_another(version, finding.id),
        )
        for finding, (name, version, source) in zip(findings, packages, strict=True)
    ]


def package_of(purl: str) -> tuple[str, str, tuple[str, ...]]:
    """Name (with type and namespace), version (empty where there is none) and source qualifiers of `purl`."""
    bare, _, qualifiers = purl.split("#")[0].partition("?")
    source = tuple(sorted(one for one in qualifiers.split("&") if one.startswith(_SOURCES)))
    name, at, version = bare.rpartition("@")
    return (name, version, source) if at and "/" not in version else (bare, "", source)


_SOURCES = ("vcs_url=", "download_url=")
"""Qualifiers of a purl that say it isn't the release of the registry."""


def _model_cards(findings: Sequence[ModelCardFinding]) -> list[ModelCardFact]:
    relations: dict[str, set[str]] = {}
    for finding in findings:
        if finding.field == RELATION:
            relations.setdefault(finding.path, set()).add(finding.value)
    return [
        _extended(
            finding,
            ModelCardFact,
            base_model_relations=tuple(_said(finding, RELATION) or sorted(relations.get(finding.path, ()))),
            inferred_relations=tuple(one.partition(":")[0] for one in _said(finding, INFERRED_RELATION)),
        )
        for finding in findings
    ]


def _said(finding: ModelCardFinding, field: str) -> list[str]:
    return [one.says for one in statements(finding, field)]


def _extended(finding: Finding, fact: Callable[..., S], **more: object) -> S:
    return fact(**msgspec.structs.asdict(finding), **more)


def _counts(inventory: Inventory, findings: Mapping[str, int]) -> InventoryFact:
    return InventoryFact(
        files=inventory.counts.files,
        examined=inventory.counts.examined,
        unlicensed=inventory.counts.unlicensed,
        skipped=len(inventory.skipped),
        license_findings=findings["license"],
        weights_license_findings=sum(
            isinstance(finding, LicenseFinding) and finding.subject == "weights" for finding in inventory.findings
        ),
        copyright_findings=findings["copyright"],
        dependency_findings=findings["dependency"],
        model_card_findings=findings["model-card"],
        weights_findings=findings["weights"],
        contradiction_findings=findings["contradiction"],
        origin_findings=findings["origin"],
        notice_findings=findings["notice"],
    )
