"""A condition taken apart at `&&`, `||` and `!`: the parts that can be asked by themselves.

What is left are questions such as `weights.basis == 'digest'`; conditional expressions (`a ? b : c`) and calls are
such questions as a whole, whatever stands inside them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import msgspec

Operator = Literal["and", "or", "not", "question"]

_TOKEN = re.compile(
    r"""[rRbB]{0,2}(?:'{3}.*?'{3}|"{3}.*?"{3})"""
    r"""|[rR][bB]?(?:'[^']*'|"[^"]*")"""
    r"""|[bB]?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
    r"""|&&|\|\||!=|[!?()\[\]{}]|\w+|\s+|.""",
    re.DOTALL,
)
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_JOINS: tuple[tuple[str, Operator], ...] = (("||", "or"), ("&&", "and"))
"""The one that binds less first."""
_BINDING_LESS = ("=", "!=", "<", ">", "in", "+", "-", "*", "/", "%")
"""Beside these, `!` belongs to one side alone: `!a == b` is no negation."""


class Part(msgspec.Struct, frozen=True):
    """A part of a condition."""

    operator: Operator
    start: int
    end: int
    """Characters of the condition before its first and after its last; brackets around it are left out."""
    parts: "tuple[Part, ...]" = ()
    """Of what it is made; none for a question."""

    def text(self, source: str) -> str:
        """The part as it stands in the condition `source`."""
        return source[self.start : self.end]

    def questions(self) -> "Iterator[Part]":
        """Every question in it, from left to right."""
        if self.operator == "question":
            yield self
        for part in self.parts:
            yield from part.questions()

    def walk(self) -> "Iterator[Part]":
        """It and every part below it, outermost first."""
        yield self
        for part in self.parts:
            yield from part.walk()


class _Token(msgspec.Struct, frozen=True):
    text: str
    start: int
    end: int


def parts_of(source: str) -> Part:
    """The parts of the condition `source`, which has been compiled without fault."""
    tokens = [_Token(one[0], one.start(), one.end()) for one in _TOKEN.finditer(source) if not one[0].isspace()]
    return _part(tokens)


Form = tuple[str, tuple[object, ...]]
"""An operator and what it joins, without spaces and brackets, in an order of its own."""


def form_of(source: str, part: Part | None = None) -> Form:
    """What `source`, or a `part` of it, asks.

    Conditions have the same one that differ in layout, in idle brackets or in the order of what is joined.
    """
    part = part or parts_of(source)
    if part.operator == "question":
        tokens = _TOKEN.finditer(part.text(source))
        return part.operator, tuple(one[0] for one in tokens if not one[0].isspace())
    inner: list[object] = []
    for form in (form_of(source, one) for one in part.parts):
        inner += form[1] if form[0] == part.operator != "not" else [form]
    return part.operator, tuple(sorted(inner, key=repr))


def _part(tokens: list[_Token]) -> Part:
    tokens = _without_brackets(tokens)
    start, end = (tokens[0].start, tokens[-1].end) if tokens else (0, 0)
    if not any(_at_top(tokens, "?")):
        for sign, operator in _JOINS:
            if cuts := [place for place, here in enumerate(_at_top(tokens, sign)) if here]:
                edges = [-1, *cuts, len(tokens)]
                pieces = [tokens[before + 1 : after] for before, after in pairwise(edges)]
                return Part(operator, start, end, tuple(_part(piece) for piece in pieces))
        if tokens and tokens[0].text == "!" and not any(_at_top(tokens, *_BINDING_LESS)):
            return Part("not", start, end, (_part(tokens[1:]),))
    return Part("question", start, end)


def _at_top(tokens: list[_Token], *signs: str) -> Iterator[bool]:
    """For each token whether it is one of `signs` outside of all brackets."""
    depth = 0
    for token in tokens:
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        yield depth == 0 and token.text in signs


def _without_brackets(tokens: list[_Token]) -> list[_Token]:
    while len(tokens) > 1 and tokens[0].text == "(" and _closing(tokens) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def _closing(tokens: list[_Token]) -> int:
    """The place of the bracket that closes the first one."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if depth == 0:
            return place
    return -1
