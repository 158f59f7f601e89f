"""Code told from what is written beside it: comments and docstrings, in one pass of one regular expression.

No parser: broken or foreign syntax is read as far as it goes, and work grows with the length of the text alone.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from typing import Literal

import msgspec

Style = Literal["python", "c", "hash"]
"""How a language writes comments: `#` and docstrings; `//` and `/* */`; `#` alone."""

_SUFFIXES: dict[Style, str] = {
    "python": "py pyi pyx pxd pxi",
    "c": "c h cc cpp cxx hh hpp hxx inc inl cu cuh hip m mm metal cl glsl wgsl comp java kt kts scala groovy"
    " js mjs cjs jsx ts mts cts tsx go rs swift cs dart php zig proto",
    "hash": "sh bash zsh ksh rb pl pm r jl ex exs cmake nix mk",
}
_STYLES: dict[str, Style] = {f".{one}": style for style, names in _SUFFIXES.items() for one in names.split()}

_DOUBLE, _SINGLE = rb'"(?:[^"\\\n]++|\\.)*+"?', rb"'(?:[^'\\\n]++|\\.)*+'?"
_CHARACTER = rb"'(?:\\.[^'\n]{0,8}|[^'\\\n])'|'"
"""A quote may open a lifetime or stand in a number: only a character counts as quoted by it."""
_SYNTAX: tuple[tuple[Style, bytes, bytes, bytes], ...] = (
    (
        "python",
        rb"#\"'",
        rb'(?!""")' + _DOUBLE + rb"|(?!''')" + _SINGLE,
        rb'#[^\n]*+|"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\Z)' + rb"|'''(?:[^'\\]++|\\.|'(?!''))*+(?:'''|\Z)",
    ),
    (
        "c",
        rb"/\"'",
        rb"/(?![/*])|" + _DOUBLE + rb"|" + _CHARACTER,
        rb"//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)",
    ),
    ("hash", rb"#\"'", _DOUBLE + rb"|" + _SINGLE, rb"#[^\n]*+"),
)
"""Style, first bytes of what isn't plain code, what is skipped as code, and what is kept."""
_TOKENS: dict[Style, re.Pattern[bytes]] = {
    style: re.compile(rb"(?:[^" + special + rb"]++|" + skipped + rb")*+(" + kept + rb"|\Z)", re.DOTALL)
    for style, special, skipped, kept in _SYNTAX
}
"""Code and short strings, then a comment or long string, in the group."""
_LONGEST_INDENT = 200
_STRING_PREFIX = b" \t\rrRuU"


def style_of(path: str) -> Style | None:
    """How the file at `path` writes comments, by its suffix; None for what isn't known as code."""
    name = path.rsplit("/", 1)[-1]
    return _STYLES.get("." + name.rsplit(".", 1)[-1].lower()) if "." in name[1:] else None


def utf8(content: bytes) -> bytes:
    """`content` as UTF-8 with `\\n` at the ends of lines, whichever of the usual encodings it came in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    elif content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    if not content.isascii():
        try:
            content.decode()
        except UnicodeDecodeError:
            # older Korean files, unless it is UTF-8 with a few broken bytes or cut off in the midst of a character
            readings = (content.decode(encoding, "replace") for encoding in ("utf-8", "cp949"))
            content = min(readings, key=lambda text: text.count("\ufffd")).encode()
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content


class Prose(msgspec.Struct):
    """The comments and docstrings of one file, joined, and the way back to its lines."""

    source: bytes
    """UTF-8."""
    text: bytes
    """All comments and docstrings, each with its markers and a newline at its end."""
    _starts: "array[int]"
    """Where comments and long strings of the source start, ascending."""
    _ends: "array[int]"
    _pieces: "array[int]"
    """Where each comment or docstring starts in `text`, ascending."""
    _origins: "array[int]"
    """Where it starts in the source."""
    _newlines: "array[int]"

    def line(self, position: int) -> int:
        """The line, from 1, of `position` in the source."""
        return bisect_left(self._newlines, position) + 1

    def place(self, position: int) -> int:
        """The position in the source of `position` in `text`."""
        piece = bisect_right(self._pieces, position) - 1
        return self._origins[piece] + position - self._pieces[piece]

    def is_whole_line_comment(self, position: int) -> bool:
        """Whether `position` of the source lies in a comment with `#` that has its line to itself."""
        token = bisect_right(self._starts, position) - 1
        if token < 0 or position >= self._ends[token]:
            return False
        start = self._starts[token]
        return self.source[start] == ord("#") and self.indent(start) is not None

    def is_code(self, position: int) -> bool:
        """Whether `position` of the source lies outside all comments and long strings."""
        token = bisect_right(self._starts, position) - 1
        return token < 0 or position >= self._ends[token]

    def indent(self, position: int) -> int | None:
        """Width of the blank before `position` of the source; None where the line begins with something else."""
        return _indent(self.source, position)


def prose_of(source: bytes, style: Style) -> Prose:
    """The comments and docstrings of `source`, UTF-8 with `\\n` at the ends of lines."""
    starts, ends, pieces, origins = array("q"), array("q"), array("q"), array("q")
    text = bytearray()
    for match in _TOKENS[style].finditer(source):
        start, end = match.span(1)
        if start == end:
            continue
        starts.append(start)
        ends.append(end)
        if style != "python" or source[start : start + 1] == b"#" or _is_docstring(source, start):
            pieces.append(len(text))
            origins.append(start)
            text += source[start:end]
            text += b"\n"
    return Prose(source, bytes(text), starts, ends, pieces, origins, _newlines(source))


def _newlines(source: bytes) -> "array[int]":
    import numpy as np

    places = np.flatnonzero(np.frombuffer(source, dtype=np.uint8) == ord("\n"))
    return array("q", places.astype(np.int64).tobytes())


def _is_docstring(source: bytes, start: int) -> bool:
    """Whether nothing stands on its line before the string that begins at `start`."""
    floor = max(0, start - _LONGEST_INDENT)
    line = source.rfind(b"\n", floor, start) + 1
    return (line > 0 or floor == 0) and not source[line:start].strip(_STRING_PREFIX)


def _indent(source: bytes, position: int) -> int | None:
    start = source.rfind(b"\n", max(0, position - _LONGEST_INDENT), position) + 1
    if start == 0 and position > _LONGEST_INDENT:
        return None
    before = source[start:position]
    return None if before.strip(b" \t\f") else len(before.expandtabs(8))
