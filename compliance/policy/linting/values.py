"""The values that one field of a fact may have, in as few cases as a formula can tell apart."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from compliance.policy.constants import Constants
from compliance.policy.functions import FUNCTIONS
from compliance.policy.syntax import Call, Literal, Name, Node, Selection, walk
from compliance.policy.vocabulary import UNKNOWN, Field, Kind

_NOTHING_IN_NOTHING = frozenset({"only", "requires", "says", "listed"})
"""Functions that hold of nothing where their list is empty."""


class Open:
    """Stands for a value that isn't known further."""


OTHER: Final = Open()
"""A text that no question names."""
UNDECIDED: Final = Open()
"""What a question can't be answered with."""


class Case(msgspec.Struct, frozen=True):
    """One case of a field."""

    field: Field
    value: object
    """What the field reads as: a text, number or flag; `OTHER`; for a list, how many members it has."""
    present: bool
    """What `has` says."""


def cases(field: Field, questions: Iterable[Node], constants: Constants) -> list[Case]:
    """Cases of `field` that together cover every fact; in each, a question about the field alone has one answer or
    is undecided.

    Args:
        field: of the kind that the questions are asked of.
        questions: all that name the field.
        constants: the policy's lists and thresholds.
    """
    named = _named(questions, constants)
    match field.shape:
        case "flag":
            values: list[object] = [True, False]
        case "text":
            values = list(field.values) or [*sorted(one for one in named if isinstance(one, str)), OTHER]
        case _:
            values = list(_numbers(field, (one for one in named if isinstance(one, int | float))))
    absent = UNKNOWN if field.shape == "text" else 0
    found = [Case(field, value, present=field.shape != "texts" or value != 0) for value in values]
    return [*found, Case(field, absent, present=False)] if field.optional else found


def _named(questions: Iterable[Node], constants: Constants) -> set[object]:
    """Every text and number that `questions` compare with."""
    found: set[object] = set()
    for question in questions:
        for node in walk(question):
            value = constants.value(node)
            found.update(value if isinstance(value, tuple) else () if value is None else (value,))
    return found


def _numbers(field: Field, named: Iterable[int | float]) -> Iterator[int | float]:
    """Each of the `named` numbers and the ends of the field's range, and one number between any two neighbours."""
    least, most = field.range
    points = sorted({one for one in (*named, least, most) if least <= one <= most})
    for place, point in enumerate(points):
        if math.isfinite(point):
            yield int(point) if field.shape != "number" else point
        if place + 1 < len(points):
            yield from _between(point, points[place + 1], whole=field.shape != "number")


def _between(low: float, high: float, *, whole: bool) -> Iterator[int | float]:
    if math.isinf(high):
        inside = low + 1 if math.isfinite(low) else 0
    elif math.isinf(low):
        inside = high - 1
    else:
        inside = int(low) + 1 if whole else (low + high) / 2
    if low < inside < high:
        yield int(inside) if whole else inside


class Reading(msgspec.Struct, frozen=True):
    """Answers questions about one case of a field."""

    variable: str
    """How conditions name the fact."""
    case: Case | None
    """None for what depends on no fact."""
    constants: Constants

    def answer(self, node: Node) -> bool | None:
        """Whether the question `node` holds in this case; None where that isn't decided."""
        value = self._value(node)
        return value if isinstance(value, bool) else None

    def _value(self, node: Node) -> object:
        constant = self.constants.value(node)
        if constant is not None:
            return constant
        match node:
            case Selection(operand=Name(name=name), field=field, tested=tested) if name == self.variable:
                return self._field(field, tested=tested)
            case Call(function="@comprehension", arguments=(ranged, first, *_)):
                # an empty list: `exists` is false, `all` is true
                empty = self._members(ranged) == 0 and isinstance(first, Literal) and isinstance(first.value, bool)
                return first.value if empty and isinstance(first, Literal) else UNDECIDED
            case Call(function=function, arguments=arguments):
                return self._call(function, arguments)
            case _:
                return UNDECIDED

    def _field(self, name: str, *, tested: bool) -> object:
        if self.case is None or name != self.case.field.name:
            return UNDECIDED
        if tested:
            return self.case.present
        return UNDECIDED if self.case.field.shape == "texts" else self.case.value

    def _members(self, node: Node) -> int | None:
        """How many members the list `node` has, where this case knows."""
        match node, self.case:
            case Selection(operand=Name(name=name), field=field), Case() as case if name == self.variable:
                is_it = field == case.field.name and case.field.shape == "texts"
                return case.value if is_it and isinstance(case.value, int) else None
        value = self.constants.value(node)
        return len(value) if isinstance(value, tuple) else None

    def _call(self, function: str, arguments: tuple[Node, ...]) -> object:
        if function in FUNCTIONS:
            return self._function(function, arguments)
        if function == "size":
            return self._size(arguments[0])
        if function == "@in" and self._members(arguments[1]) == 0:
            return False
        first, *others = (self._value(argument) for argument in arguments)
        rest = others[0] if others else None
        if isinstance(first, Open) or isinstance(rest, Open):
            return self._of_other_text(function, first, rest)
        return _compared(function, first, rest)

    def _function(self, name: str, arguments: tuple[Node, ...]) -> object:
        """Of our own functions: what holds of no text, and what they say of a text that is known."""
        text, *rest = (self._value(argument) for argument in arguments)
        if name in _NOTHING_IN_NOTHING and rest[-1] == ():
            return False
        absent = self.case is not None and not self.case.present
        if (
            isinstance(text, str)
            and (name == "listed" or absent)
            and not any(isinstance(one, Open) for one in rest)
        ):
            return FUNCTIONS[name].ask(text, *rest)
        return UNDECIDED

    def _size(self, node: Node) -> object:
        members = self._members(node)
        if members is not None:
            return members
        text = self._value(node)
        return len(text) if isinstance(text, str) else UNDECIDED

    def _of_other_text(self, function: str, first: object, rest: object) -> object:
        """A text that nothing names equals nothing that is named."""
        named = rest if first is OTHER else first
        if UNDECIDED in (first, rest) or (first is OTHER and rest is OTHER):
            return UNDECIDED
        match function:
            case "_==_":
                return False
            case "_!=_":
                return True
            case "@in" if isinstance(named, tuple):
                return False
        return UNDECIDED


def _compared(function: str, first: Any, rest: Any) -> object:
    match function:
        case "_==_":
            return first == rest
        case "_!=_":
            return first != rest
        case "@in":
            return first in rest
        case "startsWith":
            return first.startswith(rest)
        case "endsWith":
            return first.endswith(rest)
        case "contains":
            return rest in first
        case _:
            return _ordered(function, first, rest)


_ORDERS: Mapping[str, Any] = {
    "_<_": lambda first, rest: first < rest,
    "_<=_": lambda first, rest: first <= rest,
    "_>_": lambda first, rest: first > rest,
    "_>=_": lambda first, rest: first >= rest,
}


def _ordered(function: str, first: object, rest: object) -> object:
    if function not in _ORDERS or isinstance(first, bool | tuple):
        return UNDECIDED
    return _ORDERS[function](first, rest)


def fields_in(node: Node, kind: Kind) -> frozenset[str]:
    """The fields of a fact of `kind` that `node` names."""
    return frozenset(
        part.field
        for part in walk(node)
        if isinstance(part, Selection) and isinstance(part.operand, Name) and part.operand.name == kind.variable
    )
