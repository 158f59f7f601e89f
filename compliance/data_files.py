"""The program's own data files: JSON, decoded fast; of a wrong one, every fault at its place.

A type says what a file may hold; msgspec decodes by it but stops at the first fault and takes the last of two
equal keys. So a file that it refuses, and every file in the tests, is read once more with positions.
"""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from compliance import json_documents
from compliance.errors import ConfigurationError, Fault
from compliance.json_documents import JsonDocument, JsonError, JsonObject
from compliance.model.text import Text

Decoded = TypeVar("Decoded", bound=msgspec.Struct)
Words = Annotated[str, msgspec.Meta(min_length=1)]
Country = Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")]
Date = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class BothLanguages(Text, frozen=True, forbid_unknown_fields=True):
    """A sentence in a data file: both languages, neither empty."""

    en: Words
    ko: Words


def decode(content: bytes, shape: type[Decoded], name: str) -> Decoded:
    """What the file `name` with `content` holds.

    Raises:
        ConfigurationError: it isn't of the `shape`: with every fault and its place.
    """
    try:
        return msgspec.json.decode(content, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise wrong(
            name, list(faults(content, shape)) or [Fault(1, 1, _not_json(Text(en=str(error), ko=str(error))))]
        ) from error


def wrong(name: str, found: list[Fault]) -> ConfigurationError:
    """The error that says all that was `found` wrong with the data file `name`."""
    ordered = tuple(sorted(set(found), key=lambda fault: (fault.line, fault.column, fault.message.en)))
    count = len(ordered)
    return ConfigurationError(
        Text(
            en=f"the data file {name} has {count} fault{'s' * (count != 1)}; correct each place named",
            ko=f"데이터 파일 오류 {count}건: {name}. 표시된 위치를 고치세요",
        ),
        ordered,
        name,
    )


def faults(content: bytes, shape: type[msgspec.Struct]) -> Iterator[Fault]:
    """Every place where `content` isn't of the `shape`; duplicate keys too, which `decode` lets pass."""
    try:
        document = json_documents.read(content)
    except JsonError as error:
        yield Fault(error.line, error.column, _not_json(error.what))
        return
    if isinstance(document.root, JsonObject):
        yield from _object(document, document.root, shape, (1, 1))
    else:
        yield Fault(1, 1, _not_object("file"))


def _object(
    document: JsonDocument, node: JsonObject, shape: type[msgspec.Struct], place: tuple[int, int]
) -> Iterator[Fault]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(shape)}
    for key, value in node.items():
        at = document.place(node, key)
        if key not in fields:
            yield Fault(*at, _unknown(key, fields))
        else:
            yield from _value(document, value, fields[key].type, key, at)
    for name, field in fields.items():
        if field.required and name not in node:
            yield Fault(*place, _missing(name))


def _value(document: JsonDocument, value: Any, hint: Any, key: str, place: tuple[int, int]) -> Iterator[Fault]:
    shapes = _alternatives(hint)
    struct = next((one for one in shapes if isinstance(one, type) and issubclass(one, msgspec.Struct)), None)
    if isinstance(value, JsonObject) and struct:
        yield from _object(document, value, struct, place)
        return
    sequence = next((one for one in shapes if get_origin(one) is tuple), None)
    if isinstance(value, list) and sequence:
        for member in value:
            yield from _value(document, member, get_args(sequence)[0], key, place)
        return
    try:
        msgspec.convert(value, hint)
    except msgspec.ValidationError:
        yield Fault(*place, _wrong_value(key, value, shapes))


def _alternatives(hint: Any) -> list[Any]:
    """The types that `hint` allows, annotations aside."""
    if get_origin(hint) in (Union, UnionType):
        return [shape for part in get_args(hint) for shape in _alternatives(part)]
    if get_origin(hint) is Annotated:
        return _alternatives(get_args(hint)[0]) if get_origin(get_args(hint)[0]) is tuple else [hint]
    return [hint]


def _wrong_value(key: str, value: Any, shapes: list[Any]) -> Text:
    said = repr(value)[:80] if not isinstance(value, JsonObject | list) else "{…}" if value else repr(value)
    expected = [_expected(shape) for shape in shapes]
    return Text(
        en=f"{key} can't be {said}; it may be {' or '.join(one.en for one in expected)}",
        ko=f"{key} 값 오류: {said}. 쓸 수 있는 값: {' 또는 '.join(one.ko for one in expected)}",
    )


def _expected(shape: Any) -> Text:
    if get_origin(shape) is Literal:
        names = ", ".join(str(one) for one in get_args(shape))
        return Text(en=names, ko=names)
    if get_origin(shape) is tuple:
        return Text(en="a list", ko="목록")
    if get_origin(shape) is Annotated:
        pattern = next((one.pattern for one in get_args(shape)[1:] if one.pattern), None)
        return Text(en=f"text like {pattern}", ko=f"{pattern} 형식의 문자열") if pattern else _TEXT
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return Text(en="an object with its fields", ko="필드를 가진 객체")
    return _NAMES.get(shape, Text(en=str(shape), ko=str(shape)))


_TEXT = Text(en="text that isn't empty", ko="비어 있지 않은 문자열")
_NAMES: dict[Any, Text] = {
    str: Text(en="text", ko="문자열"),
    int: Text(en="a whole number", ko="정수"),
    bytes: Text(en="base64", ko="base64 문자열"),
    bool: Text(en="true or false", ko="true 또는 false"),
    type(None): Text(en="null", ko="null"),
}


def _not_json(what: Text) -> Text:
    return Text(
        en=f"not valid JSON: {what.en}; correct the file at this place",
        ko=f"올바른 JSON 아님: {what.ko}. 이 위치를 고치세요",
    )


def _not_object(key: str) -> Text:
    return Text(en=f"the {key} must be an object", ko=f"객체가 아님: {key}")


def _unknown(key: str, fields: dict[str, Any]) -> Text:
    known = ", ".join(fields)
    return Text(
        en=f"there is no field {key!r} here; the fields are {known}; correct its name",
        ko=f"없는 필드: {key!r}. 있는 필드: {known}. 이름을 고치세요",
    )


def _missing(field: str) -> Text:
    return Text(
        en=f"the field {field!r} is missing here; add it", ko=f"필수 필드 누락: {field!r} 항목을 추가하세요"
    )
