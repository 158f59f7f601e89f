"""SPDX 2.3 as JSON, for tools that don't read SPDX 3 yet: packages, their licenses, and how they hang together.

The version knows neither models nor datasets: both are packages, whose purpose and comment say what they are. The
same assessment gives the same bytes: the name space is made of the contents, the time is the day of the policy.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from compliance.licenses.catalog import licenses_by_spdx
from compliance.licenses.expressions import leaves
from compliance.model.verdict import Assessment
from compliance.reporters.report.bill import Part, commit_of, holders, model_licenses, parts_of, together
from compliance.reporters.report.days import day_of
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import visible

_NOTHING_SAID = "NOASSERTION"
_MODEL = "SPDXRef-Model"
_PURPOSES = {"package": "LIBRARY", "code": "SOURCE", "weights": "OTHER", "dataset": "OTHER"}


class Spdx2Reporter:
    """JSON of specification 2.3; in English, as its words are fixed."""

    name = "spdx2"
    media_type = "application/spdx+json"
    suffix = ".spdx.json"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The document."""
        parts = [(f"SPDXRef-{_digest(part.key)}", part) for part in parts_of(assessment)]
        packages = [_model(assessment), *(_package(identifier, part) for identifier, part in parts)]
        document: dict[str, Any] = {
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "SPDXID": "SPDXRef-DOCUMENT",
            "name": visible(assessment.subject.name) or "model",
            "creationInfo": {
                "created": f"{day_of(assessment.policy.evaluated_on)}T00:00:00Z",
                "creators": [f"Tool: {assessment.tool.name}-{visible(assessment.tool.version)}"],
            },
            "packages": packages,
            "hasExtractedLicensingInfos": _references(packages),
            "relationships": [
                _relation("SPDXRef-DOCUMENT", "DESCRIBES", _MODEL),
                *(_relation(_MODEL, _kind(part), identifier) for identifier, part in parts),
            ],
        }
        document["documentNamespace"] = f"https://spdx.org/spdxdocs/compliance-{_digest(json.dumps(document))}"
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


REPORTER = Spdx2Reporter()


def _model(assessment: Assessment) -> dict[str, Any]:
    stated = model_licenses(assessment)
    model = _described(_MODEL, visible(assessment.subject.name) or "model", "APPLICATION")
    model["licenseDeclared"] = _said(expression for expression, declared in stated if declared)
    model["licenseConcluded"] = _said(expression for expression, declared in stated if not declared)
    model["copyrightText"] = "\n".join(holders(assessment)) or _NOTHING_SAID
    if assessment.subject.team:
        model["supplier"] = f"Organization: {visible(assessment.subject.team)}"
    commit = commit_of(assessment)
    return model | ({"versionInfo": commit} if commit else {})


def _package(identifier: str, part: Part) -> dict[str, Any]:
    package = _described(identifier, part.name or part.kind, _PURPOSES[part.kind])
    own = "licenseDeclared" if part.kind == "package" else "licenseConcluded"
    package[own] = _said(part.expressions)
    package["comment"] = "; ".join((part.kind, *part.told, *part.located))
    if part.version:
        package["versionInfo"] = part.version
    if part.maker:
        package["supplier"] = f"Organization: {part.maker}"
    if part.purl and part.purl.startswith("pkg:"):
        reference = {
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": part.purl,
        }
        package["externalRefs"] = [reference]
    return package


def _said(expressions: Iterable[str]) -> str:
    return together(expressions) or _NOTHING_SAID


def _described(identifier: str, name: str, purpose: str) -> dict[str, Any]:
    return {
        "SPDXID": identifier,
        "name": name,
        "downloadLocation": _NOTHING_SAID,
        "filesAnalyzed": False,
        "licenseConcluded": _NOTHING_SAID,
        "licenseDeclared": _NOTHING_SAID,
        "copyrightText": _NOTHING_SAID,
        "primaryPackagePurpose": purpose,
    }


def _kind(part: Part) -> str:
    if part.kind == "package":
        return "DEPENDS_ON"
    return "OTHER" if part.kind == "dataset" else "CONTAINS"


def _relation(source: str, kind: str, target: str) -> dict[str, str]:
    return {"spdxElementId": source, "relationshipType": kind, "relatedSpdxElement": target}


def _references(packages: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """What stands behind each `LicenseRef-`: a name, since texts aren't kept."""
    used = {
        name
        for package in packages
        for field in ("licenseDeclared", "licenseConcluded")
        for leaf in leaves(package[field])
        for name in leaf.split(" WITH ")
        if name.startswith("LicenseRef-")
    }
    return [
        {
            "licenseId": name,
            "name": next((one.name.en for one in licenses_by_spdx(name)), name),
            "extractedText": "The text is not kept here; it stands beside the files that name the license.",
        }
        for name in sorted(used)
    ]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
