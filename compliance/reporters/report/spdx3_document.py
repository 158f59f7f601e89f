"""An SPDX 3.0.1 document. The one adapter of spdx-python-model, which takes a fifth of a second to load.

The same assessment gives the same bytes: identifiers are made of names, and the time is the day of the policy.
"""

import datetime
import hashlib
import io
import json
from typing import Any

from spdx_python_model import v3_0_1 as model

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
from compliance.reporters.report.days import day_of
from compliance.reporters.terminal_text import visible

_NAMESPACE = "urn:compliance:spdx:"


class Spdx3Document:
    """The model that was handed in, its parts, and the licenses of both."""

    def __init__(self, assessment: Assessment) -> None:
        """Args: what to tell of."""
        self._assessment = assessment
        self._space = (
            _NAMESPACE + hashlib.sha256(repr(assessment).encode("utf-8", "replace")).hexdigest()[:32] + "#"
        )
        self._objects: dict[str, Any] = {}
        self._info = model.CreationInfo()
        self._info.set_id("_:creation-info")
        self._info.specVersion = "3.0.1"
        self._info.created = datetime.datetime.combine(
            day_of(assessment.policy.evaluated_on), datetime.time(), datetime.UTC
        )
        tool = self._agent(model.SoftwareAgent, f"{assessment.tool.name} {assessment.tool.version}")
        self._info.createdBy.append(tool)

    def text(self) -> str:
        """The document as JSON-LD."""
        root = self._model()
        for part in parts_of(self._assessment):
            self._relate(root, "contains" if part.kind != "dataset" else "trainedOn", self._part(part))
        self._licensed(root, model_licenses(self._assessment))
        document = self._made(model.SpdxDocument, "document")
        document.name = visible(self._assessment.subject.name)
        document.dataLicense = self._expression("CC0-1.0")
        profiles = model.ProfileIdentifierType
        document.profileConformance.extend(
            [profiles.core, profiles.software, profiles.ai, profiles.dataset, profiles.simpleLicensing]
        )
        document.rootElement.append(root)
        document.element.extend(one for one in self._objects.values() if one is not document)
        written = model.SHACLObjectSet([self._info, *self._objects.values()])
        stream = io.BytesIO()
        model.JSONLDSerializer().write(written, stream)
        return json.dumps(json.loads(stream.getvalue()), indent=2, ensure_ascii=False) + "\n"

    def _made(self, kind: Any, *key: str) -> Any:
        """The one object of `kind` with this key."""
        name = hashlib.sha256("\0".join((kind.__name__, *key)).encode("utf-8", "replace")).hexdigest()[:16]
        identifier = f"{self._space}{kind.__name__}-{name}"
        if identifier not in self._objects:
            made = kind()
            made.set_id(identifier)
            made.creationInfo = self._info
            self._objects[identifier] = made
        return self._objects[identifier]

    def _agent(self, kind: Any, name: str) -> Any:
        agent = self._made(kind, name)
        agent.name = name
        return agent

    def _model(self) -> Any:
        """What was handed in, as a model."""
        subject = self._assessment.subject
        root = self._made(model.ai_AIPackage, "model")
        root.name = visible(subject.name)
        root.software_primaryPurpose = model.software_SoftwarePurpose.model
        if subject.team:
            root.suppliedBy = self._agent(model.Organization, visible(subject.team))
        _set(
            root,
            software_packageVersion=commit_of(self._assessment),
            software_copyrightText="\n".join(holders(self._assessment)),
        )
        root.ai_typeOfModel.extend(card_values(self._assessment, "model_type"))
        root.ai_domain.extend(card_values(self._assessment, "pipeline_tag"))
        return root

    def _part(self, part: Part) -> Any:
        kinds = {"weights": model.ai_AIPackage, "dataset": model.dataset_DatasetPackage}
        made = self._made(kinds.get(part.kind, model.software_Package), part.key)
        purposes = model.software_SoftwarePurpose
        made.name = part.name
        made.software_primaryPurpose = {
            "package": purposes.library,
            "code": purposes.source,
            "weights": purposes.model,
            "dataset": purposes.data,
        }[part.kind]
        if part.maker:
            made.suppliedBy = self._agent(model.Organization, part.maker)
        if part.kind == "dataset":
            made.dataset_datasetType.append(model.dataset_DatasetType.noAssertion)
        _set(
            made,
            software_packageVersion=part.version,
            software_packageUrl=part.purl,
            comment=_comment(part),
        )
        self._licensed(made, [(expression, part.kind == "package") for expression in part.expressions])
        return made

    def _licensed(self, element: Any, stated: list[tuple[str, bool]]) -> None:
        for declared, kind in ((True, "hasDeclaredLicense"), (False, "hasConcludedLicense")):
            if expression := together(one for one, is_declared in stated if is_declared is declared):
                self._relate(element, kind, self._expression(expression))

    def _expression(self, expression: str) -> Any:
        made = self._made(model.simplelicensing_LicenseExpression, expression)
        made.simplelicensing_licenseExpression = expression
        return made

    def _relate(self, source: Any, kind: str, target: Any) -> None:
        relation = self._made(model.Relationship, kind, source.get_id(), target.get_id())
        relation.from_ = source
        relation.relationshipType = getattr(model.RelationshipType, kind)
        relation.to = [target]


def _set(made: Any, **values: str | None) -> None:
    """Set what has a value: the library takes no None."""
    for name, value in values.items():
        if value:
            setattr(made, name, value)


def _comment(part: Part) -> str | None:
    """How the part was told, and where it was met: SPDX has no field for places of a package."""
    return "\n".join(filter(None, ("; ".join(part.told), *part.located))) or None
