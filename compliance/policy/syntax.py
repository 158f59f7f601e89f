"""A checked condition as a tree with places, read from CEL's serialized form."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from compliance.policy import checked_form


class Literal(msgspec.Struct, frozen=True):
    """A constant."""

    offset: int
    """Characters before it in the condition."""
    value: str | int | float | bool | None
    """None for null, bytes and unsigned numbers, which no fact has."""


class Name(msgspec.Struct, frozen=True):
    """A variable."""

    offset: int
    name: str


class Selection(msgspec.Struct, frozen=True):
    """A field of something: `operand.field`, or `has(operand.field)`."""

    offset: int
    """Of the point before the field."""
    operand: "Node"
    field: str
    tested: bool
    """It is only asked whether the field is there."""


class Call(msgspec.Struct, frozen=True):
    """An operator or a function.

    Macros such as `exists` are calls named `@comprehension` over their parts: what is looped over, first value,
    whether to go on, next value, answer, name of the member. What isn't described here is a call named `@unread`
    without arguments.
    """

    offset: int
    function: str
    arguments: "tuple[Node, ...]"
    overloads: tuple[str, ...] = ()
    """CEL's identifiers of what the function may be for these types, such as `add_list`."""


class Sequence(msgspec.Struct, frozen=True):
    """A list that is written out."""

    offset: int
    elements: "tuple[Node, ...]"


Node = Literal | Name | Selection | Call | Sequence


def read(serialized: bytes) -> Node:
    """The tree of a compiled condition that `serialized` holds.

    Raises:
        TooDeepError: more nesting than protobuf reads (about fifty levels).
    """
    checked = checked_form.parsed(serialized)
    return Reader.of(checked).node(checked.expr)


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it, outermost first."""
    yield node
    for part in _parts(node):
        yield from walk(part)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Selection(operand=operand):
            return (operand,)
        case Call(arguments=parts) | Sequence(elements=parts):
            return parts
        case Literal() | Name():
            return ()


class Reader(msgspec.Struct, frozen=True):
    """Reads the expressions of one checked condition."""

    offsets: Mapping[int, int]
    overloads: Mapping[int, tuple[str, ...]]
    """Both by the number that the form gives an expression."""

    @classmethod
    def of(cls, checked: Any) -> "Reader":
        """The reader of the message `checked` (`checked_form`)."""
        return cls(
            {entry.key: entry.value for entry in checked.source_info.positions},
            {entry.key: tuple(entry.value.overloads) for entry in checked.references},
        )

    def node(self, expression: Any) -> Node:
        """The tree of `expression`, which is a part of the condition or all of it."""
        offset = self.offsets.get(expression.id, 0)
        match expression.WhichOneof("kind"):
            case "ident":
                return Name(offset, expression.ident.name)
            case "select":
                select = expression.select
                return Selection(offset, self.node(select.operand), select.field, select.test_only)
            case "call":
                call = expression.call
                target = [call.target] if call.HasField("target") else []
                overloads = self.overloads.get(expression.id, ())
                return Call(offset, call.function, self._nodes([*target, *call.args]), overloads)
            case "list":
                return Sequence(offset, self._nodes(expression.list.elements))
            case "comprehension":
                made = expression.comprehension
                parts = (made.iter_range, made.accu_init, made.loop_condition, made.loop_step, made.result)
                return Call(offset, "@comprehension", (*self._nodes(parts), Name(offset, made.iter_var)))
            case "const":
                return Literal(offset, _value(expression.const))
            case _:
                return Call(offset, "@unread", ())

    def _nodes(self, expressions: Iterable[Any]) -> tuple[Node, ...]:
        return tuple(self.node(expression) for expression in expressions)


def _value(constant: Any) -> str | int | float | bool | None:
    kind = constant.WhichOneof("kind")
    return None if kind is None else getattr(constant, kind)
