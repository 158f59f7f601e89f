"""What a bill of materials lists: packages, third-party code, parts of the model, datasets, with their places."""

from collections.abc import Iterable, Iterator
from typing import Literal
from urllib.parse import unquote

import msgspec

from compliance.licenses import catalog, spdx
from compliance.model.finding import (
    CopyrightFinding,
    DependencyFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    OriginFinding,
    WeightsFinding,
)
from compliance.model.placement import by_place
from compliance.model.verdict import Assessment
from compliance.reporters.terminal_text import visible

Kind = Literal["package", "code", "weights", "dataset"]
Technique = Literal[
    "manifest-analysis", "ast-fingerprint", "hash-comparison", "filename", "source-code-analysis", "other"
]
"""CycloneDX's words for how a part was told."""
_OF_RELATION: dict[str, Technique] = {"copied": "ast-fingerprint", "derived": "ast-fingerprint"}
_OF_BASIS: dict[str, Technique] = {
    "digest": "hash-comparison",
    "path-name": "filename",
    "config": "manifest-analysis",
}


class Place(msgspec.Struct, frozen=True):
    """Where a part was met."""

    path: str
    line: int | None
    expression: str | None
    """SPDX expression that was stated or found there."""


class Part(msgspec.Struct):
    """One part of what was handed in."""

    kind: Kind
    name: str
    version: str | None = None
    purl: str | None = None
    maker: str | None = None
    expressions: list[str] = msgspec.field(default_factory=list)
    """SPDX expressions, each once, as the finding's own evidence or the nearest origin states them."""
    places: list[Place] = msgspec.field(default_factory=list)
    confidence: float | None = None
    technique: Technique = "other"
    remarks: list[str] = msgspec.field(default_factory=list)
    """What kind of knowledge this is: relation of code, basis of weights, scope of a dependency."""

    @property
    def key(self) -> str:
        """Unique among the parts of a bill."""
        return ":".join(filter(None, (self.kind, self.purl or self.name, self.version, self.maker)))

    @property
    def told(self) -> list[str]:
        """How it was told, and how surely: for formats that have no fields for these."""
        return [*self.remarks, *([] if self.confidence is None else [f"confidence {self.confidence:.2f}"])]

    @property
    def located(self) -> list[str]:
        """Where it was met, each place as `path:line`."""
        return [f"{one.path}:{one.line}" if one.line else one.path for one in self.places]

    def met(self, finding: Finding, expression: str | None, confidence: float | None, remark: str) -> None:
        """Note that `finding` is about this part."""
        line = finding.lines[0] if finding.lines else None
        self.places.append(Place(visible(finding.path), line, expression))
        if expression and expression not in self.expressions:
            self.expressions.append(expression)
        if remark and remark not in self.remarks:
            self.remarks.append(remark)
        if confidence is not None:
            self.confidence = max(self.confidence or 0.0, confidence)


def parts_of(assessment: Assessment) -> list[Part]:
    """Every part that findings name, by kind and name."""
    found: dict[str, Part] = {}
    for finding in sorted(assessment.findings, key=by_place):
        for part, expression, confidence, remark in _parts(finding):
            found.setdefault(part.key, part).met(finding, expression, confidence, remark)
    return sorted(found.values(), key=lambda one: one.key)


def model_licenses(assessment: Assessment) -> list[tuple[str, bool]]:
    """SPDX expressions stated for the weights, each once, with whether it was declared and not detected."""
    stated = [one for one in assessment.findings if isinstance(one, LicenseFinding) and one.subject == "weights"]
    return sorted({(visible(one.expression), one.basis == "declared") for one in stated if one.expression})


def together(expressions: Iterable[str]) -> str | None:
    """The one SPDX expression under which all of `expressions` hold; None where none of them is one."""
    valid = [one for one in expressions if spdx.parse(one) is not None]
    return spdx.join(valid, "AND") if valid else None


def commit_of(assessment: Assessment) -> str | None:
    """The first commit that was examined, which is the version of what was handed in."""
    return next((visible(one.revision) for one in assessment.subject.sources if one.revision), None)


def holders(assessment: Assessment) -> list[str]:
    """Every holder of copyright that was found, each once."""
    named = (name for one in assessment.findings if isinstance(one, CopyrightFinding) for name in one.holders)
    return sorted({visible(name) for name in named})


def card_values(assessment: Assessment, field_name: str) -> list[str]:
    """What model cards and configurations state for the field, each value once."""
    stated = [one for one in assessment.findings if isinstance(one, ModelCardFinding) and one.field == field_name]
    return sorted({visible(one.value) for one in stated})


def _parts(finding: Finding) -> Iterator[tuple[Part, str | None, float | None, str]]:
    match finding:
        case DependencyFinding():
            yield _package(finding), _shown(finding.expression), None, visible(finding.scope)
        case OriginFinding(lineage=(nearest, *_)):
            name = nearest.project or nearest.family  # a statement may name the family alone
            # the developer is the family's, who didn't make the project that holds its code
            maker = None if nearest.project else _shown(nearest.developer)
            part = Part("code", visible(name), _shown(nearest.version), maker=maker)
            part.technique = _OF_RELATION.get(nearest.relation, "source-code-analysis")
            yield part, _shown(nearest.expression), nearest.confidence, nearest.relation
        case WeightsFinding():
            maker = _shown(finding.developer or finding.family)
            part = Part("weights", visible(finding.component), maker=maker)
            part.technique = _OF_BASIS.get(finding.basis, "other")
            license_ = catalog.weight_license(finding.license_id) if finding.license_id else None
            yield part, license_.expression if license_ else None, finding.confidence, finding.basis
        case ModelCardFinding(field="datasets"):
            yield Part("dataset", visible(finding.value)), None, None, ""
        case _:
            return


def _package(finding: DependencyFinding) -> Part:
    bare = finding.purl.partition("#")[0].partition("?")[0]
    path, at, version = bare.rpartition("@")
    if not at or "/" in version:
        path, version = bare, ""
    name = unquote(path.rpartition("/")[2]) or finding.purl
    part = Part("package", visible(name), visible(unquote(version)) or None, visible(finding.purl))
    part.technique = "manifest-analysis"
    return part


def _shown(words: str | None) -> str | None:
    return visible(words) if words else None
