"""JSON from people we don't know: positions of every key, every fault with its place, no duplicates, no bombs.

The standard library's decoder has no positions, takes the last of duplicate keys, accepts NaN and recurses without
a limit. Only its string scanner is used here.
"""

import re
from bisect import bisect_right
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Any

import msgspec

from compliance.model.text import Text

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_LITERALS = {"true": True, "false": False, "null": None}
_LITERAL = re.compile(r"true|false|null|NaN|-?Infinity")
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonError(Exception):
    """The content isn't acceptable JSON. Line and column are counted from 1; as a string, it is English."""

    def __init__(self, what: Text, line: int = 1, column: int = 1, *, readable_elsewhere: bool = False) -> None:
        """A fault described by `what` at a place."""
        super().__init__(f"line {line}, column {column}: {what.en}")
        self.what = what
        self.line = line
        self.column = column
        self.readable_elsewhere = readable_elsewhere
        """Whether a usual, tolerant reader would still load the content."""

    @property
    def said(self) -> Text:
        """What is wrong and where."""
        return Text(en=f"not acceptable JSON: {self}", ko=f"올바른 JSON 아님: {self.placed_ko}")

    @property
    def placed_ko(self) -> str:
        """Place and fault in Korean, as the error reads as a string in English."""
        return f"{self.line}행 {self.column}열: {self.what.ko}"


class JsonObject(dict[str, Any]):
    """A JSON object that knows where its keys stand."""

    __slots__ = ("offsets",)

    def __init__(self) -> None:
        """An object without keys."""
        super().__init__()
        self.offsets: dict[str, int] = {}
        """Characters before each key."""


class JsonDocument(msgspec.Struct, frozen=True):
    """The value of a JSON text; objects in it are `JsonObject`, arrays lists."""

    root: Any
    line_starts: tuple[int, ...]

    def line(self, parent: JsonObject, key: str) -> int:
        """The line, from 1, on which `key` of `parent` stands."""
        return self.place(parent, key)[0]

    def place(self, parent: JsonObject, key: str) -> tuple[int, int]:
        """Line and column, from 1, of `key` of `parent`."""
        return _place(self.line_starts, parent.offsets[key])


def read(content: bytes, largest: int = MAX_BYTES) -> JsonDocument:
    """The document in `content`, which may have `largest` bytes.

    Raises:
        JsonError: not UTF-8, broken syntax, a byte order mark, a duplicate key, NaN or an infinity, half of a
            surrogate pair, more nesting than `MAX_DEPTH`, or more bytes than `largest`.
    """
    if len(content) > largest:
        raise JsonError(_too_long(len(content), largest), readable_elsewhere=True)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        raise JsonError(_NOT_UTF8, *_place(_line_starts(before), len(before))) from error
    if text.startswith("\ufeff"):
        raise JsonError(_MARK, readable_elsewhere=True)
    starts = _line_starts(text)
    return JsonDocument(root=_Reader(text, starts).document(), line_starts=starts)


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in re.finditer("\n", text)))


def _place(starts: tuple[int, ...], offset: int) -> tuple[int, int]:
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


class _Reader:
    """Reads one text from left to right; `offset` is where it stands."""

    __slots__ = ("offset", "starts", "text")

    def __init__(self, text: str, starts: tuple[int, ...]) -> None:
        self.text = text
        self.starts = starts
        self.offset = 0

    def document(self) -> Any:
        value = self._value(0)
        if self._next():
            raise self._fault(_MORE)
        return value

    def _fault(self, what: Text, offset: int | None = None, *, readable: bool = False) -> JsonError:
        place = _place(self.starts, self.offset if offset is None else offset)
        return JsonError(what, *place, readable_elsewhere=readable)

    def _next(self) -> str:
        """The next character that isn't space, not yet taken; empty at the end."""
        found = _SPACE.match(self.text, self.offset)
        self.offset = found.end() if found else self.offset
        return self.text[self.offset : self.offset + 1]

    def _value(self, depth: int) -> Any:
        match self._next():
            case "{" | "[" if depth >= MAX_DEPTH:
                raise self._fault(_TOO_DEEP, readable=True)
            case "{":
                return self._object(depth + 1)
            case "[":
                return self._array(depth + 1)
            case '"':
                return self._string()
            case "":
                raise self._fault(_ENDS)
            case _:
                return self._scalar()

    def _object(self, depth: int) -> JsonObject:
        found = JsonObject()
        self.offset += 1
        if self._next() == "}":
            self.offset += 1
            return found
        while True:
            if self._next() != '"':
                raise self._fault(_NO_KEY)
            place = self.offset
            key = self._string()
            if key in found:
                raise self._fault(_twice(key[:60]), place, readable=True)
            if self._next() != ":":
                raise self._fault(_NO_COLON)
            self.offset += 1
            found[key] = self._value(depth)
            found.offsets[key] = place
            if self._ends("}"):
                return found

    def _array(self, depth: int) -> list[Any]:
        found: list[Any] = []
        self.offset += 1
        if self._next() == "]":
            self.offset += 1
            return found
        while True:
            found.append(self._value(depth))
            if self._ends("]"):
                return found

    def _ends(self, closing: str) -> bool:
        character = self._next()
        if character not in (",", closing) or not character:
            raise self._fault(_no_comma(closing))
        self.offset += 1
        return character == closing

    def _string(self) -> str:
        start = self.offset
        value: str
        try:
            value, self.offset = scanstring(self.text, start + 1, True)
        except JSONDecodeError as error:
            raise self._fault(_of_string(error.msg), min(error.pos, len(self.text))) from error
        if _SURROGATE.search(value):
            raise self._fault(_HALF, start, readable=True)
        return value

    def _scalar(self) -> Any:
        if found := _LITERAL.match(self.text, self.offset):
            if found[0] not in _LITERALS:
                raise self._fault(_no_literal(found[0]), readable=True)
            self.offset = found.end()
            return _LITERALS[found[0]]
        number = _NUMBER.match(self.text, self.offset)
        if number is None:
            raise self._fault(_NO_VALUE)
        start, self.offset = self.offset, number.end()
        try:
            return float(number[0]) if number[1] or number[2] else int(number[0])
        except ValueError as error:  # an integer of more digits than the interpreter converts
            raise self._fault(_TOO_MANY_DIGITS, start) from error


def _too_long(size: int, largest: int) -> Text:
    return Text(en=f"{size:,} bytes, more than {largest:,}", ko=f"{size:,}바이트(한도 {largest:,}바이트)")


def _twice(key: str) -> Text:
    return Text(en=f"the key {key!r} occurs twice", ko=f"두 번 나오는 키: {key!r}")


def _no_comma(closing: str) -> Text:
    return Text(en=f"a comma or {closing} is expected", ko=f"쉼표나 {closing} 기호가 있어야 할 자리")


def _no_literal(word: str) -> Text:
    return Text(en=f"{word} is not JSON", ko=f"JSON에 없는 값: {word}")


def _of_string(message: str) -> Text:
    """What the scanner of strings says of a fault."""
    said = message.rstrip(" at")
    return Text(en=said, ko=next((ko for begins, ko in _STRING_FAULTS.items() if said.startswith(begins)), said))


_STRING_FAULTS = {
    "Unterminated string": "닫히지 않은 문자열",
    "Invalid control character": "문자열 안의 제어 문자",
    "Invalid \\uXXXX escape": "잘못된 \\u 표기",
    "Invalid \\escape": "잘못된 역슬래시 표기",
}
_NOT_UTF8 = Text(en="not UTF-8", ko="UTF-8이 아님")
_MARK = Text(en="starts with a byte order mark", ko="바이트 순서 표시(BOM)로 시작함")
_MORE = Text(en="more text after the value", ko="값이 끝난 뒤에 남은 내용이 있음")
_TOO_DEEP = Text(en=f"more than {MAX_DEPTH} levels", ko=f"중첩이 {MAX_DEPTH}단계를 넘음")
_ENDS = Text(en="the text ends where a value is expected", ko="값이 있어야 할 자리에서 내용이 끝남")
_NO_KEY = Text(en="a key in double quotes is expected", ko="큰따옴표로 묶은 키가 있어야 할 자리")
_NO_COLON = Text(en="a colon is expected", ko="쌍점(:)이 있어야 할 자리")
_NO_VALUE = Text(en="a value is expected", ko="값이 있어야 할 자리")
_HALF = Text(en="half of a surrogate pair", ko="반쪽뿐인 서로게이트 문자")
_TOO_MANY_DIGITS = Text(en="a number with too many digits", ko="자릿수가 너무 많은 수")
