"""Functions of languages with braces: where each begins and ends, and what it is called."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from compliance.origins.languages import Kind
from compliance.origins.lexing import Tokens

_TRANSPARENT = frozenset(
    b"namespace extern class struct union impl trait mod interface module export internal".split()
)
"""Words that open braces around functions rather than within them."""
_FUNCTION = (b"fn", b"func", b"function")
"""Words that a function's name follows."""
_LONGEST_HEADER = 60
"""Tokens before an opening brace in which such a word, or the name of a function, is looked for."""


class BracedFunction(NamedTuple):
    """A function, or whatever else stands between outermost braces."""

    name: str
    """Empty where it has none."""
    header: int
    """Position of the first token of its header."""
    brace: int
    """Position of its opening brace."""
    end: int
    """Position after its last token."""


def braced_functions(tokens: Tokens) -> Iterator[BracedFunction]:
    """Each outermost braced body of `tokens` that isn't a class or namespace, in order."""
    vocabulary = tokens.vocabulary
    opening, closing, semicolon = (vocabulary.number(mark) for mark in (b"{", b"}", b";"))
    marks = np.flatnonzero(np.isin(tokens.words, (opening, closing, semicolon)))
    statement, inside, start = 0, 0, (0, 0)
    for position, word in zip(marks.tolist(), tokens.words[marks].tolist(), strict=True):
        if word == opening and (inside or not _is_transparent(tokens, statement, position)):
            start = start if inside else (statement, position)
            inside += 1
        elif word == closing and inside:
            inside -= 1
            if not inside:
                yield _function(tokens, *start, position + 1)
        if not inside:
            statement = position + 1
    if inside:
        yield _function(tokens, *start, len(tokens))


def _function(tokens: Tokens, header: int, brace: int, end: int) -> BracedFunction:
    return BracedFunction(_name(tokens, header, brace), header, brace, end)


def _is_transparent(tokens: Tokens, statement: int, brace: int) -> bool:
    first = max(statement, brace - _LONGEST_HEADER)
    words = [tokens.spelling(position) for position in range(first, brace)]
    return any(word in _TRANSPARENT for word in words) and b"(" not in words[-_LONGEST_HEADER:]


def _name(tokens: Tokens, statement: int, brace: int) -> str:
    """Name of the function whose header begins at `statement` and its body at `brace`; empty where it has none."""
    header = range(max(statement, brace - _LONGEST_HEADER), brace)
    words = [tokens.spelling(position) for position in header]
    named = [tokens.kinds[position] in (Kind.NAME, Kind.API) for position in header]
    found = _after_keyword(words, named)
    if found is None:
        found = _before_parameters(words, named, (tokens.depths[header.start : brace]).tolist())
    if found is None:
        ends = [at for at, word in enumerate(words) if word in (b"(", b"=")]
        found = max((at for at in range(ends[0] if ends else len(words)) if named[at]), default=None)
    return "" if found is None else words[found].decode("utf-8", "replace")


def _after_keyword(words: list[bytes], named: list[bool]) -> int | None:
    """Where the name stands in a header such as `fn name(…)`, or `func (receiver) name(…)`."""
    at = next((at for at, word in enumerate(words) if word in _FUNCTION), None)
    if at is None:
        return None
    at += 1
    if words[at : at + 1] == [b"("] and b")" in words[at:]:
        at = words.index(b")", at) + 1
    return at if at < len(words) and named[at] else None


def _before_parameters(words: list[bytes], named: list[bool], depths: list[int]) -> int | None:
    """Where the name stands in a header such as `type name(…)`; the words of compilers begin with `__`."""
    found = [at for at in range(len(words) - 1) if named[at] and words[at + 1] == b"(" and depths[at] == depths[0]]
    return next((at for at in found if not words[at].startswith(b"__")), next(iter(found), None))
