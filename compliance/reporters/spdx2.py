"""SPDX 2.3 as JSON, for tools that don't read SPDX 3 yet: packages, their licenses, and how they hang together.

The version knows neither models nor datasets: both are packages, whose purpose and comment say what they are. The
same assessment gives the same bytes: the name space is made of the contents, the time is the day of the policy.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from compliance.licenses import spdx
from compliance.licenses.catalog import licenses_by_spdx
from compliance.licenses.expressions import leaves
from compliance.model.verdict import Assessment
from compliance.reporters.report.bill import Part, holders, model_licenses, parts_of
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import visible

_NOTHING_SAID = "NOASSERTION"
_MODEL = "SPDXRef-Model"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PURPOSES = {"package": "LIBRARY", "code": "SOURCE", "weights": "OTHER", "dataset": "OTHER"}


class Spdx2Reporter:
    """JSON of specification 2.3; in English, as its words are fixed."""

    name = "spdx2"
    media_type = "application/spdx+json"
    suffix = ".spdx.json"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The document."""
        parts = [(f"SPDXRef-{_digest(part.key)}", part) for part in parts_of(assessment)]
        date = assessment.policy.evaluated_on
        packages = [_model(assessment), *(_package(identifier, part) for identifier, part in parts)]
        document: dict[str, Any] = {
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "SPDXID": "SPDXRef-DOCUMENT",
            "name": visible(assessment.subject.name) or "model",
            "creationInfo": {
                "created": f"{date if _DATE.fullmatch(date) else '1970-01-01'}T00:00:00Z",
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
    model["licenseDeclared"] = _joined(expression for expression, declared in stated if declared)
    model["licenseConcluded"] = _joined(expression for expression, declared in stated if not declared)
    model["copyrightText"] = "\n".join(holders(assessment)) or _NOTHING_SAID
    if assessment.subject.team:
        model["supplier"] = f"Organization: {visible(assessment.subject.team)}"
    revisions = [one.revision for one in assessment.subject.sources if one.revision]
    return model | ({"versionInfo": visible(revisions[0])} if revisions else {})


def _package(identifier: str, part: Part) -> dict[str, Any]:
    package = _described(identifier, part.name or part.kind, _PURPOSES[part.kind])
    own = "licenseDeclared" if part.kind == "package" else "licenseConcluded"
    package[own] = _joined(part.expressions)
    package["comment"] = "; ".join((part.kind, *part.remarks, *_confidence(part), *_places(part)))
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


def _confidence(part: Part) -> list[str]:
    return [] if part.confidence is None else [f"confidence {part.confidence:.2f}"]


def _places(part: Part) -> list[str]:
    return [f"{one.path}:{one.line}" if one.line else one.path for one in part.places]


def _joined(expressions: Iterable[str]) -> str:
    valid = [one for one in expressions if spdx.parse(one) is not None]
    return spdx.join(valid, "AND") if valid else _NOTHING_SAID


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
