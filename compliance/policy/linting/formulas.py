"""Conditions as formulas of three values: true, false, and no answer where the evaluation fails."""

from collections.abc import Iterable, Iterator

import msgspec

from compliance.policy.condition_parts import Part, parts_of
from compliance.policy.functions import FUNCTIONS
from compliance.policy.syntax import Call, Literal, Name, Node, Selection, Sequence, walk

Answer = bool | None
"""None: there is no answer, so that the rule counts as broken."""

ANSWERS: frozenset[Answer] = frozenset({True, False, None})

_NEVER_FAILS = frozenset(
    {
        *("_&&_", "_||_", "!_", "_?_:_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"),
        *("size", "startsWith", "endsWith", "contains", *FUNCTIONS),
    }
)
"""All others may: numbers overflow, and loops have a limit of rounds."""


class Question(msgspec.Struct, frozen=True):
    """What can't be taken apart further."""

    node: Node
    key: str
    """The same for questions that always have the same answer."""
    may_fail: bool


class And(msgspec.Struct, frozen=True):
    """True if all parts are, false if one is."""

    parts: "tuple[Formula, ...]"


class Or(msgspec.Struct, frozen=True):
    """True if one part is, false if all are."""

    parts: "tuple[Formula, ...]"


class Not(msgspec.Struct, frozen=True):
    """True if the part is false."""

    part: "Formula"


class If(msgspec.Struct, frozen=True):
    """A conditional expression."""

    condition: "Formula"
    then: "Formula"
    otherwise: "Formula"


class Breaks(msgspec.Struct, frozen=True):
    """True if a rule with that condition is broken: it holds, or has no answer."""

    part: "Formula"


Formula = Question | And | Or | Not | If | Breaks


class Piece(msgspec.Struct, frozen=True):
    """A part of a condition with the formula that it is."""

    part: Part
    formula: Formula
    pieces: "tuple[Piece, ...]" = ()


def pieces_of(source: str, tree: Node) -> Piece | None:
    """The condition `source`, whose syntax tree is `tree`, taken apart; None where the two don't agree."""
    part = parts_of(source)
    questions = list(_leaves(tree))
    if len(questions) != sum(1 for _ in part.questions()):
        return None
    return _piece(part, iter(questions))


def _piece(part: Part, questions: Iterator[Node]) -> Piece:
    if part.operator == "question":
        return Piece(part, formula_of(next(questions)))
    pieces = tuple(_piece(one, questions) for one in part.parts)
    formulas = tuple(piece.formula for piece in pieces)
    match part.operator:
        case "not":
            return Piece(part, Not(formulas[0]), pieces)
        case "and":
            return Piece(part, And(formulas), pieces)
        case _:
            return Piece(part, Or(formulas), pieces)


def _leaves(node: Node) -> Iterator[Node]:
    match node:
        case Call(function="_&&_" | "_||_" | "!_", arguments=parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            yield node


def formula_of(node: Node) -> Formula:
    """The formula that the syntax tree `node`, true or false, is."""
    match node:
        case Call(function="_&&_", arguments=parts):
            return And(tuple(map(formula_of, parts)))
        case Call(function="_||_", arguments=parts):
            return Or(tuple(map(formula_of, parts)))
        case Call(function="!_", arguments=(part,)):
            return Not(formula_of(part))
        case Call(function="_?_:_", arguments=(condition, then, otherwise)):
            return If(formula_of(condition), formula_of(then), formula_of(otherwise))
        case _:
            return Question(node, key_of(node), _may_fail(node))


def questions_of(formula: Formula) -> Iterator[Question]:
    """Every question in `formula`, from left to right."""
    match formula:
        case Question():
            yield formula
        case And(parts) | Or(parts):
            for part in parts:
                yield from questions_of(part)
        case Not(part) | Breaks(part):
            yield from questions_of(part)
        case If(condition, then, otherwise):
            for part in (condition, then, otherwise):
                yield from questions_of(part)


def answers(formula: Formula, known: "dict[str, frozenset[Answer]]") -> frozenset[Answer]:
    """The answers that `formula` may have where each question, by its key, has one of those that are known.

    Questions are taken as if they had nothing to do with one another, so there may be more here than there are.
    """
    match formula:
        case Question(key=key):
            return known[key]
        case And(parts):
            return _all(answers(part, known) for part in parts)
        case Or(parts):
            return _negated(_all(_negated(answers(part, known)) for part in parts))
        case Not(part):
            return _negated(answers(part, known))
        case Breaks(part):
            return frozenset(answer is not False for answer in answers(part, known))
        case If(condition, then, otherwise):
            return _chosen(answers(condition, known), answers(then, known), answers(otherwise, known))


def _all(parts: Iterable[frozenset[Answer]]) -> frozenset[Answer]:
    found: frozenset[Answer] = frozenset({True})
    for part in parts:
        found = frozenset(_and(one, other) for one in found for other in part)
    return found


def _and(one: Answer, other: Answer) -> Answer:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _negated(some: Iterable[Answer]) -> frozenset[Answer]:
    return frozenset(None if answer is None else not answer for answer in some)


def _chosen(
    condition: frozenset[Answer], then: frozenset[Answer], otherwise: frozenset[Answer]
) -> frozenset[Answer]:
    found: frozenset[Answer] = frozenset()
    for answer in condition:
        found |= frozenset({None}) if answer is None else then if answer else otherwise
    return found


def key_of(node: Node) -> str:
    """The same text for nodes that are the same but for their places."""
    match node:
        case Literal(value=value):
            return repr(value)
        case Name(name=name):
            return name
        case Selection(operand=operand, field=field, tested=tested):
            return f"{'has ' if tested else ''}{key_of(operand)}.{field}"
        case Call(function=function, arguments=parts):
            return f"{function}({', '.join(map(key_of, parts))})"
        case Sequence(elements=parts):
            return f"[{', '.join(map(key_of, parts))}]"


def _may_fail(node: Node) -> bool:
    return any(_fails(part) for part in walk(node))


def _fails(node: Node) -> bool:
    if not isinstance(node, Call):
        return False
    return node.function not in _NEVER_FAILS and "add_list" not in node.overloads
