"""JSON from people we don't know: positions of every key, every fault with its place, no duplicates, no bombs.

The standard library's decoder has no positions, takes the last of duplicate keys, accepts NaN and recurses without
a limit. Only its string scanner is used here.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Any

from compliance.model.text import Text

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_LITERALS = {"true": True, "false": False, "null": None}
_LITERAL = re.compile(r"true|false|null|NaN|-?Infinity")
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonError(Exception):
    """The content isn't acceptable JSON. Line and column are counted from 1; the message is English."""

    def __init__(self, what: str, line: int = 1, column: int = 1, *, readable_elsewhere: bool = False) -> None:
        """A fault described by `what` at a place."""
        super().__init__(f"line {line}, column {column}: {what}")
        self.what = what
        self.line = line
        self.column = column
        self.readable_elsewhere = readable_elsewhere
        """Whether a usual, tolerant reader would still load the content."""

    @property
    def said(self) -> Text:
        """What is wrong and where; the words of the reader itself are English."""
        return Text(
            en=f"not acceptable JSON: {self}", ko=f"{self.line}행 {self.column}열: 올바른 JSON 아님: {self.what}"
        )


class JsonObject(dict[str, Any]):
    """A JSON object that knows where its keys stand."""

    __slots__ = ("offsets",)

    def __init__(self) -> None:
        """An object without keys."""
        super().__init__()
        self.offsets: dict[str, int] = {}
        """Characters before each key."""


@dataclass(frozen=True, slots=True)
class JsonDocument:
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
        raise JsonError(f"{len(content):,} bytes, more than {largest:,}", readable_elsewhere=True)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        raise JsonError("not UTF-8", *_place(_line_starts(before), len(before))) from error
    if text.startswith("\ufeff"):
        raise JsonError("starts with a byte order mark", readable_elsewhere=True)
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
            raise self._fault("more text after the value")
        return value

    def _fault(self, what: str, offset: int | None = None, *, readable: bool = False) -> JsonError:
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
                raise self._fault(f"more than {MAX_DEPTH} levels", readable=True)
            case "{":
                return self._object(depth + 1)
            case "[":
                return self._array(depth + 1)
            case '"':
                return self._string()
            case "":
                raise self._fault("the text ends where a value is expected")
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
                raise self._fault("a key in double quotes is expected")
            place = self.offset
            key = self._string()
            if key in found:
                raise self._fault(f"the key {key[:60]!r} occurs twice", place, readable=True)
            if self._next() != ":":
                raise self._fault("a colon is expected")
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
            raise self._fault(f"a comma or {closing} is expected")
        self.offset += 1
        return character == closing

    def _string(self) -> str:
        start = self.offset
        value: str
        try:
            value, self.offset = scanstring(self.text, start + 1, True)
        except JSONDecodeError as error:
            raise self._fault(error.msg.rstrip(" at"), min(error.pos, len(self.text))) from error
        if _SURROGATE.search(value):
            raise self._fault("half of a surrogate pair", start, readable=True)
        return value

    def _scalar(self) -> Any:
        if found := _LITERAL.match(self.text, self.offset):
            if found[0] not in _LITERALS:
                raise self._fault(f"{found[0]} is not JSON", readable=True)
            self.offset = found.end()
            return _LITERALS[found[0]]
        number = _NUMBER.match(self.text, self.offset)
        if number is None:
            raise self._fault("a value is expected")
        start, self.offset = self.offset, number.end()
        try:
            return float(number[0]) if number[1] or number[2] else int(number[0])
        except ValueError as error:  # an integer of more digits than the interpreter converts
            raise self._fault("a number with too many digits", start) from error
