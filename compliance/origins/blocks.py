"""Functions, and what lies between them: the stretches of a text that are compared, each by itself.

Headers, imports and annotations are left out: they say how code is called and typed, not what it does, and are the
first to be rewritten.
"""

from bisect import bisect_left

import msgspec
import numpy as np
from numpy.typing import NDArray

from compliance.origins.braced_functions import braced_functions
from compliance.origins.languages import Kind
from compliance.origins.lexing import Tokens


class Block(msgspec.Struct, frozen=True):
    """A stretch of tokens that belongs together."""

    name: str
    """`Class.method`, `function`, `Class` for what a class holds besides methods; empty at the top level."""
    first: int
    """Position of its first token."""
    end: int
    """Position after its last token."""
    lines: tuple[int, int]
    """First and last line, its header included."""


class Blocks(msgspec.Struct, frozen=True):
    """A text as blocks."""

    tokens: Tokens
    """Those that are compared."""
    blocks: tuple[Block, ...]
    """In order; together they hold every token."""

    def of_tokens(self) -> NDArray[np.int32]:
        """The number of the block of each token."""
        sizes = [block.end - block.first for block in self.blocks]
        return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)


class _Part(msgspec.Struct):
    """A block on its way: tokens that it spans, some of which are dropped."""

    name: str
    first: int
    end: int
    header: int
    """Position after its header."""


def blocks_of(tokens: Tokens) -> Blocks:
    """Split `tokens` by the layout of their language."""
    if not len(tokens):
        return Blocks(tokens, ())
    match tokens.vocabulary.language.blocks:
        case "indentation":
            return _kept(tokens, _by_indentation(tokens), _imports_and_annotations(tokens))
        case "braces":
            return _kept(tokens, _by_braces(tokens), np.zeros(len(tokens), bool))
        case "none":
            return _kept(tokens, [_Part("", 0, len(tokens), 0)], np.zeros(len(tokens), bool))


def _kept(tokens: Tokens, parts: list[_Part], dropped: NDArray[np.bool_]) -> Blocks:
    for part in parts:
        dropped[part.first : part.header] = True
    kept = ~dropped
    position = np.concatenate(([0], np.cumsum(kept)))
    firsts = np.array([part.first for part in parts], np.int64)
    ends = np.array([part.end for part in parts], np.int64)
    # the last token may be a string that reaches over several lines
    last_lines = tokens.lines[ends - 1] + tokens.vocabulary.breaks(tokens.words[ends - 1])
    lines = zip(tokens.lines[firsts].tolist(), last_lines.tolist(), strict=True)
    names = (part.name for part in parts)
    blocks = map(Block, names, position[firsts].tolist(), position[ends].tolist(), lines)
    return Blocks(tokens.only(kept), tuple(blocks))


def _by_indentation(tokens: Tokens) -> list[_Part]:
    """Functions and methods, with what surrounds them as blocks of their own."""
    return _joined(_Outline(tokens).parts())


class _Outline:
    """Goes through the logical lines of a text whose blocks are told by indentation."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        starts = np.flatnonzero(tokens.columns >= 0)
        self._words: list[int] = tokens.words[starts].tolist()
        """First word of each line."""
        self._columns: list[int] = tokens.columns[starts].tolist()
        self._positions: list[int] = [*starts.tolist(), len(tokens)]
        colons = np.flatnonzero(tokens.words == tokens.vocabulary.number(b":"))
        self._colons: list[int] = colons.tolist()
        self._depths_of_colons: list[int] = tokens.depths[colons].tolist()
        self._parts: list[_Part] = []
        self._classes: list[tuple[int, str]] = []
        """Column and name of each class that is open, outermost first."""
        self._between = 0
        """Where the part begins that holds what is in no function."""

    def parts(self) -> list[_Part]:
        """Functions, headers of classes, and what lies between them."""
        number = self._tokens.vocabulary.number
        def_, class_, async_, at = (number(word) for word in (b"def", b"class", b"async", b"@"))
        line, decorated = 0, -1
        while line < len(self._words):
            word, position = self._words[line], self._positions[line]
            if decorated < 0:
                self._leave_classes(self._columns[line], position)
            if word == at:
                decorated = position if decorated < 0 else decorated
                line += 1
                continue
            begin = position if decorated < 0 else decorated
            decorated = -1
            if word == async_ and self._tokens.words[position + 1 : position + 2].tolist() == [def_]:
                word, position = def_, position + 1
            if word == class_:
                line = self._enter_class(line, begin, position)
            elif word == def_:
                line = self._function(line, begin, position)
            else:
                line += 1
        self._close(len(self._tokens))
        return self._parts

    def _leave_classes(self, column: int, position: int) -> None:
        """Close every class whose body a line at `column` ends."""
        if self._classes and column <= self._classes[-1][0]:
            self._close(position)
            self._between = position
            while self._classes and column <= self._classes[-1][0]:
                self._classes.pop()

    def _enter_class(self, line: int, begin: int, position: int) -> int:
        """Open the class whose `class` stands at `position` of `line`; the first line after its header.

        Where a colon is missing, what is taken for its header isn't gone through again.
        """
        self._close(begin)
        name, body = self._header(position)
        self._classes.append((self._columns[line], name))
        self._parts.append(_Part(self._name(), begin, body, body))
        self._between = body
        line += 1
        while line < len(self._words) and self._positions[line] < body:
            line += 1
        return line

    def _function(self, line: int, begin: int, position: int) -> int:
        """Take in the function whose `def` stands at `position` of `line`; the first line after it."""
        self._close(begin)
        name, body = self._header(position)
        column = self._columns[line]
        line += 1
        while line < len(self._words) and (self._columns[line] > column or self._positions[line] < body):
            line += 1
        end = self._positions[line]
        self._parts.append(_Part(self._name(name), begin, end, min(body, end)))
        self._between = end
        return line

    def _header(self, position: int) -> tuple[str, int]:
        """Name of the function or class whose `def` or `class` stands at `position`, and where its body begins."""
        tokens = self._tokens
        name = tokens.spelling(position + 1).decode("utf-8", "replace") if position + 1 < len(tokens) else ""
        depth = int(tokens.depths[position])
        for colon in range(bisect_left(self._colons, position), len(self._colons)):
            if self._depths_of_colons[colon] <= depth:
                return name, self._colons[colon] + 1
        return name, len(tokens)

    def _close(self, end: int) -> None:
        """End what lies between functions at `end`."""
        if end > self._between:
            self._parts.append(_Part(self._name(), self._between, end, self._between))

    def _name(self, *last: str) -> str:
        return ".".join((*(name for _, name in self._classes), *last))


def _joined(parts: list[_Part]) -> list[_Part]:
    """`parts` with the header of a class put before what follows it, since alone it holds nothing."""
    found: list[_Part] = []
    for part in parts:
        if (
            found
            and found[-1].header == found[-1].end
            and found[-1].name == part.name
            and part.header == part.first
        ):
            found[-1] = _Part(part.name, found[-1].first, part.end, found[-1].header)
        else:
            found.append(part)
    return found


def _imports_and_annotations(tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens belong to import lines, or to the annotation of a name at the start of a line."""
    number = tokens.vocabulary.number
    starts = np.flatnonzero(tokens.columns >= 0)
    line_of = np.cumsum(tokens.columns >= 0) - 1
    first = tokens.words[starts]
    imports = (first == number(b"import")) | (first == number(b"from"))
    dropped = imports[np.maximum(line_of, 0)] if len(starts) else np.zeros(len(tokens), bool)
    return dropped | annotations(tokens)


def annotations(tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens are the `: type` of a line `name: type = value`."""
    dropped = np.zeros(len(tokens), bool)
    starts = np.flatnonzero(tokens.columns >= 0)
    colon, equals = tokens.vocabulary.number(b":"), tokens.vocabulary.number(b"=")
    ends = np.append(starts[1:], len(tokens))
    annotated = np.flatnonzero(starts + 2 < len(tokens))
    names = starts[annotated]
    annotated = annotated[(tokens.kinds[names] == Kind.NAME) & (tokens.words[names + 1] == colon)]
    if not len(annotated):
        return dropped
    colons = starts[annotated] + 1
    signs = np.append(np.flatnonzero(tokens.words == equals), len(tokens))
    depths = np.append(tokens.depths, 0)[signs].tolist()
    positions = signs.tolist()
    begins = np.searchsorted(signs, colons).tolist()
    each = zip(colons.tolist(), ends[annotated].tolist(), tokens.depths[colons].tolist(), begins, strict=True)
    for begin, end, depth, first in each:
        sign = first
        while positions[sign] < end and depths[sign] != depth:
            sign += 1
        dropped[begin : min(end, positions[sign])] = True
    return dropped


def _by_braces(tokens: Tokens) -> list[_Part]:
    """Functions, by their outermost braces; braces of classes and namespaces count as none."""
    parts: list[_Part] = []
    between = 0
    for one in braced_functions(tokens):
        if one.header > between:
            parts.append(_Part("", between, one.header, between))
        parts.append(_Part(one.name, one.header, one.end, one.brace))
        between = one.end
    if between < len(tokens):
        parts.append(_Part("", between, len(tokens), between))
    return parts
