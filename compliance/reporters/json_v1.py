"""Assessments and inventories as JSON, first version of the shape.

The shape's names are fixed for everybody who reads it, so it stands here and not in the model: a renamed field of
the model is mapped here, and a later version of the shape is another module beside this one.
"""

import re
from typing import Any, TypeVar

import msgspec

from compliance.errors import ConfigurationError
from compliance.model.evidence import Evidence, ReleaseStatement, told
from compliance.model.finding import ContradictionFinding, Finding
from compliance.model.inventory import INVENTORY_SCHEMA, Inventory
from compliance.model.quotation import QUOTATIONS_SCHEMA, Quotations
from compliance.model.text import Text
from compliance.model.verdict import ASSESSMENT_SCHEMA, Assessment, PolicyReference
from compliance.reporters.json_text import encode_bytes, encode_text
from compliance.reporters.reporter import ReportOptions

D = TypeVar("D", Assessment, Inventory, Quotations)
S = TypeVar("S", bound=msgspec.Struct)


class JsonReporter:
    """The whole assessment for programs; holds both languages, so the options change nothing."""

    name = "json"
    media_type = "application/json"
    suffix = ".json"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The assessment as JSON; see `reports/schemas/compliance.assessment-1.schema.json`."""
        return encode_text(_shape(assessment))


REPORTER = JsonReporter()


def encode_assessment(assessment: Assessment) -> bytes:
    """`assessment` as UTF-8 JSON: the same facts give the same bytes, in whatever order they were found."""
    return encode_bytes(_shape(assessment))


def encode_inventory(inventory: Inventory) -> bytes:
    """`inventory` as UTF-8 JSON: the same facts give the same bytes, in whatever order they were found."""
    return encode_bytes(_shape(inventory))


def encode_quotations(quotations: Quotations) -> bytes:
    """`quotations` as UTF-8 JSON; equal ones give equal bytes."""
    return encode_bytes(quotations)


def decode_quotations(content: bytes, name: str = "quotations") -> Quotations:
    """The quotations in `content`; arguments and errors as for `decode_assessment`."""
    return _decode(content, Quotations, QUOTATIONS_SCHEMA, name)


def decode_assessment(content: bytes, name: str = "assessment") -> Assessment:
    """The assessment in `content`; fields that this version doesn't know are ignored.

    Arguments:
        content: UTF-8 JSON.
        name: what the message calls the document, such as its file name.

    Raises:
        ConfigurationError: broken JSON, another schema, or a wrong value, with its place.
    """
    return _decode(content, Assessment, ASSESSMENT_SCHEMA, name)


def decode_inventory(content: bytes, name: str = "inventory") -> Inventory:
    """The inventory in `content`; arguments and errors as for `decode_assessment`."""
    return _decode(content, Inventory, INVENTORY_SCHEMA, name)


def decode_facts(content: bytes, name: str = "document") -> Inventory:
    """The facts in `content`, an inventory or an assessment; arguments and errors as for `decode_assessment`."""
    if _schema(content, INVENTORY_SCHEMA, name) != ASSESSMENT_SCHEMA:
        return decode_inventory(content, name)
    facts = _decoded(content, Inventory, ASSESSMENT_SCHEMA, name)  # it has the fields of an inventory, and more
    return msgspec.structs.replace(facts, schema=INVENTORY_SCHEMA)


def decode_policy(content: bytes, name: str = "document") -> PolicyReference | None:
    """By which policy the assessment in `content` was made; None for an inventory. Arguments, errors as above."""
    return _decoded(content, _Judged, ASSESSMENT_SCHEMA, name).policy


def _shape(document: Assessment | Inventory) -> dict[str, Any]:
    """`document` as plain values, but for most of its findings: msgspec writes these as they are."""
    shape: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(document, findings=()))
    shape["tool"]["data"] = dict(sorted(document.tool.data.items()))
    shape["findings"] = [_finding(one) for one in sorted(document.findings, key=_finding_order)]
    shape["skipped"] = [
        {"path": skip.path, "reason": skip.reason, "detail": skip.detail, "detail_ko": skip.detail_ko}
        for skip in sorted(document.skipped, key=lambda skip: (skip.path, skip.reason, skip.detail))
    ]
    return shape


def _finding_order(finding: Finding) -> tuple[str, tuple[int, ...], str, str]:
    return finding.path, finding.lines or (), str(finding.__struct_config__.tag), finding.id


def _finding(finding: Finding) -> Finding | dict[str, Any]:
    if not isinstance(finding, ContradictionFinding):
        return finding
    own: dict[str, Any] = msgspec.to_builtins(finding)
    return own | {"claims": [_claim(finding, one) for one in finding.evidence]}


def _claim(finding: ContradictionFinding, evidence: Evidence) -> dict[str, Any]:
    one = told(evidence)
    claim = {"path": evidence.path or finding.path, "lines": evidence.lines, "says": one.en, "says_ko": one.ko}
    if isinstance(evidence, ReleaseStatement):
        claim |= {"release": evidence.release, "revision": evidence.revision, "date": evidence.date}
    return claim


class _Judged(msgspec.Struct):
    policy: PolicyReference | None = None


class _Header(msgspec.Struct):
    schema: str | None = None


def _decode(content: bytes, document: type[D], schema: str, name: str) -> D:
    found = _schema(content, schema, name)
    if found != schema:
        raise ConfigurationError(_foreign(name, schema, found))
    return _decoded(content, document, schema, name)


def _schema(content: bytes, expected: str, name: str) -> str | None:
    return _decoded(content, _Header, expected, name).schema


def _decoded(content: bytes, document: type[S], schema: str, name: str) -> S:
    try:
        return msgspec.json.decode(content, type=document)
    except msgspec.ValidationError as error:
        raise ConfigurationError(_wrong_value(name, schema, str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(_broken(name, content, error)) from error


def _foreign(name: str, schema: str, found: str | None) -> Text:
    return Text(
        en=f"{name}: its `schema` is {found!r}, not {schema!r}; "
        "give a file that this command reads, or use the version of the program that wrote it",
        ko=f"{name}: `schema` 값 {found!r}, 필요한 값 {schema!r}. "
        "이 명령이 읽는 파일을 지정하거나 파일을 만든 버전의 프로그램을 쓰세요",
    )


def _wrong_value(name: str, schema: str, fault: str) -> Text:
    return Text(
        en=f"{name}: not a valid {schema} document: {fault}; write it again with this program",
        ko=f"{name}: 올바른 {schema} 문서 아님: {fault}. 이 프로그램으로 다시 만드세요",
    )


def _broken(name: str, content: bytes, error: Exception) -> Text:
    fault = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    at = re.search(r"\(byte (\d+)\)", fault)
    before = content[: int(at[1])] if at else content
    line, column = before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1
    return Text(
        en=f"{name}, line {line}, column {column}: not valid JSON: {fault}; write it again with this program",
        ko=f"{name}, {line}행 {column}열: 올바른 JSON 아님: {fault}. 이 프로그램으로 다시 만드세요",
    )
