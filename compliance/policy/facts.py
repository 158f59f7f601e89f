"""What conditions are asked of: the findings, what other findings add to them, and the inventory as counts."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from compliance.licenses.expressions import is_known
from compliance.model.finding import (
    ContradictionFinding,
    CopyrightFinding,
    DependencyFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    WeightsFinding,
)
from compliance.model.inventory import Inventory


class DependencyFact(DependencyFinding, frozen=True, kw_only=True):
    """A dependency, with what the rest of the inventory says of the same package."""

    license_known_elsewhere: bool
    """Another finding of the same package, in whatever version, states its license."""


class ModelCardFact(ModelCardFinding, frozen=True, kw_only=True):
    """A field of a model card, with what the same file says beside it."""

    base_model_relations: tuple[str, ...]
    """Every `base_model_relation` that the same file declares."""


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


Fact = Finding | InventoryFact

S = TypeVar("S", bound=msgspec.Struct)

FACT_CLASSES: Mapping[str, type[msgspec.Struct]] = {
    "license": LicenseFinding,
    "copyright": CopyrightFinding,
    "dependency": DependencyFact,
    "model-card": ModelCardFact,
    "weights": WeightsFinding,
    "contradiction": ContradictionFinding,
    "inventory": InventoryFact,
}
"""The class of the facts behind each value of a rule's `for`."""


def facts_of(inventory: Inventory) -> dict[str, Sequence[Fact]]:
    """The facts of `inventory` by the rule's `for` they belong to; every kind is there, if only empty."""
    found: dict[str, list[Finding]] = {kind: [] for kind in FACT_CLASSES}
    for finding in inventory.findings:
        found[_KIND_OF[type(finding)]].append(finding)
    facts: dict[str, Sequence[Fact]] = {**found}
    facts["dependency"] = _dependencies([f for f in inventory.findings if isinstance(f, DependencyFinding)])
    facts["model-card"] = _model_cards([f for f in inventory.findings if isinstance(f, ModelCardFinding)])
    facts["inventory"] = [_counts(inventory, {kind: len(members) for kind, members in found.items()})]
    return facts


_KIND_OF: Mapping[type[Finding], str] = {
    LicenseFinding: "license",
    CopyrightFinding: "copyright",
    DependencyFinding: "dependency",
    ModelCardFinding: "model-card",
    WeightsFinding: "weights",
    ContradictionFinding: "contradiction",
}


def _dependencies(findings: Sequence[DependencyFinding]) -> list[DependencyFact]:
    stated: dict[str, set[str]] = {}
    for finding in findings:
        if is_known(finding.expression):
            stated.setdefault(_package(finding.purl), set()).add(finding.id)
    return [
        _extended(
            finding,
            DependencyFact,
            license_known_elsewhere=bool(stated.get(_package(finding.purl), set()) - {finding.id}),
        )
        for finding in findings
    ]


def _package(purl: str) -> str:
    """`purl` without version, qualifiers and subpath."""
    bare = purl.split("#")[0].split("?")[0]
    name, at, version = bare.rpartition("@")
    return name if at and "/" not in version else bare


def _model_cards(findings: Sequence[ModelCardFinding]) -> list[ModelCardFact]:
    relations: dict[str, set[str]] = {}
    for finding in findings:
        if finding.field == "base_model_relation":
            relations.setdefault(finding.path, set()).add(finding.value)
    return [
        _extended(finding, ModelCardFact, base_model_relations=tuple(sorted(relations.get(finding.path, ()))))
        for finding in findings
    ]


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
    )
