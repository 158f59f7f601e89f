"""Faults in the shape of policy files and of their tests, each at its place and in both languages."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from compliance import yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text
from compliance.policy.bounds import MAX_FAULTS
from compliance.policy.schema import MAX_NUMBER, PolicyDocument, Sentence
from compliance.policy.suggestions import closest

Steps = tuple[int | str, ...]


def faults(root: Any, document: type[BaseModel] = PolicyDocument) -> Iterator[Fault]:
    """Every place where `root` (nodes with positions) isn't shaped as `document` says."""
    try:
        document.model_validate(yaml_documents.plain(root))
    except ValidationError as error:
        for detail in islice(error.errors(include_url=False), MAX_FAULTS):
            yield _fault(root, detail, document)


def rule_position(root: Any, index: int) -> tuple[int, int]:
    """Line and column, from 1, of the rule with that index."""
    return yaml_documents.position(root["rules"], index)


def _fault(root: Any, detail: ErrorDetails, document: type[BaseModel]) -> Fault:
    steps = _within(root, detail["loc"])
    match detail["type"]:
        case "missing":
            field = str(detail["loc"][-1])
            return Fault(*_container_position(root, steps), _missing(field, _model(document, (*steps, field))))
        case "extra_forbidden":
            return Fault(*_key_position(root, steps), _unknown(str(detail["loc"][-1]), _model(document, steps)))
        case _:
            at = _key_position(root, steps) if detail["loc"][-1:] == ("[key]",) else _value_position(root, steps)
            return Fault(*at, _wrong(detail, _named(steps)))


def _within(root: Any, location: Steps) -> Steps:
    """The part of a pydantic location that names keys and places of the file."""
    node, steps = root, []
    for step in location:
        known = isinstance(node, Mapping) and step in node
        if known or (isinstance(node, list) and isinstance(step, int) and step < len(node)):
            node = node[step]
            steps.append(step)
    return tuple(steps)


def _parent(root: Any, steps: Steps) -> Any:
    for step in steps[:-1]:
        root = root[step]
    return root


def _value_position(root: Any, steps: Steps) -> tuple[int, int]:
    return yaml_documents.position(_parent(root, steps), steps[-1]) if steps else yaml_documents.position(root)


def _key_position(root: Any, steps: Steps) -> tuple[int, int]:
    return yaml_documents.key_position(_parent(root, steps), steps[-1]) if steps else (1, 1)


def _container_position(root: Any, steps: Steps) -> tuple[int, int]:
    """Where the mapping that lacks a key is introduced: at its key, or at its place in a sequence."""
    if steps and isinstance(steps[-1], str):
        return _key_position(root, steps)
    return _value_position(root, steps)


def _model(document: type[BaseModel], steps: Steps) -> type[BaseModel]:
    """What the mapping in which the last of `steps` stands is shaped by."""
    for step in steps[:-1]:
        fields = {info.alias or name: info for name, info in document.model_fields.items()}
        document = (step in fields and _inner(fields[str(step)].annotation)) or document
    return document


def _inner(annotation: object) -> type[BaseModel] | None:
    """The model in the type of a field."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_inner, get_args(annotation))), None)


def _named(steps: Steps) -> str:
    names = [str(step) for step in steps if isinstance(step, str)]
    return names[-1] if names else "policy"


def _missing(field: str, model: type[BaseModel]) -> Text:
    if model is Sentence:
        language = {"en": Text(en="English", ko="영어"), "ko": Text(en="Korean", ko="한국어")}[field]
        return Text(
            en=f"the {language.en} text is missing; add {field!r}, since every sentence is read in both languages",
            ko=f"{language.ko} 문장 누락: {field!r} 항목을 추가하세요. 모든 문장은 두 언어로 씁니다",
        )
    return Text(
        en=f"the field {field!r} is missing here; add it", ko=f"필수 필드 누락: {field!r} 항목을 추가하세요"
    )


def _unknown(field: str, model: type[BaseModel]) -> Text:
    known = [info.alias or name for name, info in model.model_fields.items()]
    hint = closest(field, known)
    choice = ", ".join(known)
    return Text(
        en=f"there is no field {field!r} here; the fields are {choice}{hint.en}",
        ko=f"없는 필드: {field!r}. 있는 필드: {choice}{hint.ko}",
    )


def _wrong(detail: ErrorDetails, field: str) -> Text:
    value = repr(detail["input"])[:80]
    if instead := _INSTEAD.get(detail["type"]):
        return Text(
            en=f"{field} can't be {value}; write {instead.en}", ko=f"{field} 값 오류: {value}. {instead.ko}"
        )
    match detail["type"]:
        case "enum" | "literal_error":
            expected = detail["ctx"]["expected"]
            return Text(
                en=f"{field} can't be {value}; it is one of {expected}",
                ko=f"{field} 값 오류: {value}. 가능한 값: {expected.replace(' or ', ', ')}",
            )
        case "string_type":
            return Text(
                en=f"{field} must be text, not {value}; put it in quotes",
                ko=f"{field} 값은 문자열이어야 함: {value}. 따옴표로 감싸세요",
            )
        case "string_too_short" | "too_short":
            return Text(en=f"{field} is empty; fill it in", ko=f"{field} 값이 비어 있음: 내용을 쓰세요")
        case "string_pattern_mismatch":
            return Text(
                en=f"{value} can't be a name; use lower-case letters, digits and hyphens",
                ko=f"이름으로 쓸 수 없음: {value}. 영문 소문자, 숫자, 하이픈만 쓰세요",
            )
        case _:
            return Text(
                en=f"{field}: {detail['msg']}, but it is {value}; see `compliance policy schema`",
                ko=f"{field} 값의 형식 오류: {value}. `compliance policy schema` 출력을 확인하세요",
            )


_FIELDS = Text(en="fields with their values here", ko="필드와 값을 쓰세요")
_INSTEAD: Mapping[str, Text] = {
    "number": Text(en=f"a number up to {MAX_NUMBER:,}", ko=f"{MAX_NUMBER:,} 이하의 숫자로 쓰세요"),
    "iso_date": Text(en="a date such as 2026-01-31", ko="2026-01-31처럼 쓰세요"),
    "bool_type": Text(en="true or false", ko="true 또는 false로 쓰세요"),
    "greater_than_equal": Text(en="0 or more", ko="0 이상으로 쓰세요"),
    "int_type": Text(en="a whole number", ko="정수로 쓰세요"),
    "tuple_type": Text(en="a list such as [one, two]", ko="[하나, 둘] 같은 목록으로 쓰세요"),
    "dict_type": _FIELDS,
    "model_type": _FIELDS,
}
"""What to write where a value is of another type, by pydantic's name of the error."""
