"""CycloneDX 1.6 as an ML-BOM: the model with its card, its parts, packages, third-party code and datasets.

Written by ourselves, since the usual library has no model cards. The same assessment gives the same bytes: no time
stands in it, and the serial number is made of the contents.
"""

import hashlib
import json
import uuid
from typing import Any

from compliance.model.verdict import Assessment
from compliance.reporters.report.bill import (
    Part,
    card_values,
    commit_of,
    holders,
    model_licenses,
    parts_of,
    together,
)
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import visible

SPECIFICATION = "1.6"
_TYPES = {"package": "library", "code": "library", "weights": "machine-learning-model", "dataset": "data"}
_MODEL = "model"
_PREFIX = "compliance:"


class CycloneDxReporter:
    """JSON of specification 1.6; in English, as its words are fixed."""

    name = "cyclonedx"
    media_type = "application/vnd.cyclonedx+json"
    suffix = ".cdx.json"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The bill of materials."""
        parts = parts_of(assessment)
        bill: dict[str, Any] = {
            "$schema": f"http://cyclonedx.org/schema/bom-{SPECIFICATION}.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": SPECIFICATION,
            "version": 1,
            "metadata": _metadata(assessment),
            "components": [_component(part) for part in parts],
            "dependencies": [{"ref": _MODEL, "dependsOn": [part.key for part in parts]}],
            "compositions": [
                {"aggregate": "incomplete" if assessment.skipped else "unknown", "assemblies": [_MODEL]}
            ],
        }
        digest = hashlib.sha256(json.dumps(bill, sort_keys=True).encode()).digest()
        bill["serialNumber"] = uuid.UUID(bytes=digest[:16], version=4).urn
        return json.dumps(bill, indent=2, ensure_ascii=False) + "\n"


REPORTER = CycloneDxReporter()


def _metadata(assessment: Assessment) -> dict[str, Any]:
    tool, policy = assessment.tool, assessment.policy
    verdicts = [
        _property("verdict:" + ":".join(filter(None, (one.axis.value, one.target))), one.verdict.value)
        for one in assessment.verdicts
    ]
    return {
        "tools": {"components": [{"type": "application", "name": tool.name, "version": tool.version}]},
        "component": _model(assessment),
        "properties": [
            _property("policy", f"{policy.id} {policy.version}"),
            _property("policy:digest", policy.digest),
            _property("policy:evaluated-on", policy.evaluated_on),
            *verdicts,
        ],
    }


def _model(assessment: Assessment) -> dict[str, Any]:
    """What was handed in, as a model with the card that its files make up."""
    model: dict[str, Any] = {
        "type": "machine-learning-model",
        "bom-ref": _MODEL,
        "name": visible(assessment.subject.name),
    }
    if assessment.subject.team:
        model["supplier"] = {"name": visible(assessment.subject.team)}
    if commit := commit_of(assessment):
        model["version"] = commit
    stated = model_licenses(assessment)
    declared = [expression for expression, is_declared in stated if is_declared]
    model |= _licenses(
        declared or [expression for expression, _ in stated], "declared" if declared else "concluded"
    )
    if named := holders(assessment):
        model["copyright"] = "\n".join(named)
    return model | {"modelCard": _card(assessment)}


def _card(assessment: Assessment) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    if tasks := card_values(assessment, "pipeline_tag"):
        parameters["task"] = tasks[0]
    if families := card_values(assessment, "model_type"):
        parameters["architectureFamily"] = families[0]
    if classes := card_values(assessment, "architectures"):
        parameters["modelArchitecture"] = classes[0]
    if datasets := card_values(assessment, "datasets"):
        parameters["datasets"] = [{"type": "dataset", "name": name} for name in datasets]
    based_on = [_property("base-model", name) for name in card_values(assessment, "base_model")]
    return {"modelParameters": parameters, "properties": based_on}


def _component(part: Part) -> dict[str, Any]:
    component: dict[str, Any] = {"type": _TYPES[part.kind], "bom-ref": part.key, "name": part.name}
    if part.version:
        component["version"] = part.version
    if part.maker:
        component["supplier"] = {"name": part.maker}
    if part.purl:
        component["purl"] = part.purl
    if part.kind == "dataset":
        component["data"] = [{"type": "dataset", "name": part.name}]
    component |= _licenses(part.expressions, "declared" if part.kind == "package" else "concluded")
    component["evidence"] = _evidence(part)
    component["properties"] = [_property("found-by", remark) for remark in part.remarks]
    return component


def _licenses(expressions: list[str], acknowledgement: str) -> dict[str, Any]:
    """One expression, since the format allows one: several statements hold together."""
    expression = together(expressions)
    return {"licenses": [{"expression": expression, "acknowledgement": acknowledgement}]} if expression else {}


def _evidence(part: Part) -> dict[str, Any]:
    places = [{"location": one.path} | ({} if one.line is None else {"line": one.line}) for one in part.places]
    evidence: dict[str, Any] = {"occurrences": places}
    if part.confidence is not None:
        confidence = min(max(part.confidence, 0.0), 1.0)
        method = {"technique": part.technique, "confidence": confidence}
        evidence["identity"] = [{"field": "name", "confidence": confidence, "methods": [method]}]
    return evidence


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": f"{_PREFIX}{name}", "value": value}
