"""A checked condition as a tree with places, read from CEL's serialized form.

The form is CEL's published `cel.expr.CheckedExpr`; only the parts that are looked at are described here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant."""

    offset: int
    """Characters before it in the condition."""
    text: str | None
    """What a text constant says; None for other constants."""


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    offset: int
    name: str


@dataclass(frozen=True, slots=True)
class Selection:
    """A field of something: `operand.field`, or `has(operand.field)`."""

    offset: int
    """Of the point before the field."""
    operand: "Node"
    field: str
    tested: bool
    """It is only asked whether the field is there."""


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or a function; macros such as `exists` are calls named `@comprehension` over their parts, and
    what isn't described here is a call named `@unread` without arguments."""

    offset: int
    function: str
    arguments: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list that is written out."""

    offset: int
    elements: "tuple[Node, ...]"


Node = Literal | Name | Selection | Call | Sequence


class TooDeepError(Exception):
    """The condition nests more deeply than its serialized form can be read."""


def read(serialized: bytes) -> Node:
    """The tree of a compiled condition that `serialized` holds.

    Raises:
        TooDeepError: more nesting than protobuf reads (about fifty levels).
    """
    envelope = any_pb2.Any()
    checked: Any = _checked_expression()()
    try:
        envelope.ParseFromString(serialized)
        checked.ParseFromString(envelope.value)
    except DecodeError as error:
        raise TooDeepError from error
    return _node(checked.expr, {entry.key: entry.value for entry in checked.source_info.positions})


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


def _node(expression: Any, offsets: Mapping[int, int]) -> Node:
    offset = offsets.get(expression.id, 0)
    match expression.WhichOneof("kind"):
        case "ident":
            return Name(offset, expression.ident.name)
        case "select":
            select = expression.select
            return Selection(offset, _node(select.operand, offsets), select.field, select.test_only)
        case "call":
            call = expression.call
            target = [call.target] if call.HasField("target") else []
            return Call(offset, call.function, tuple(_node(part, offsets) for part in [*target, *call.args]))
        case "list":
            return Sequence(offset, tuple(_node(part, offsets) for part in expression.list.elements))
        case "comprehension":
            made = expression.comprehension
            parts = (made.iter_range, made.accu_init, made.loop_condition, made.loop_step, made.result)
            return Call(offset, "@comprehension", tuple(_node(part, offsets) for part in parts))
        case "const":
            return Literal(
                offset, expression.const.string_value if expression.const.HasField("string_value") else None
            )
        case _:
            return Call(offset, "@unread", ())


_Proto = descriptor_pb2.FieldDescriptorProto
_MESSAGES: Mapping[str, tuple[tuple[str, int, str], ...]] = {
    "CheckedExpr": (("source_info", 5, "SourceInfo"), ("expr", 4, "Expr")),
    "SourceInfo": (("positions", 4, "*Position"),),
    "Position": (("key", 1, "int64"), ("value", 2, "int32")),
    "Expr": (
        ("id", 2, "int64"),
        ("const", 3, "|Constant"),
        ("ident", 4, "|Ident"),
        ("select", 5, "|Select"),
        ("call", 6, "|Call"),
        ("list", 7, "|CreateList"),
        ("comprehension", 9, "|Comprehension"),
    ),
    "Constant": (("string_value", 6, "string"),),
    "Ident": (("name", 1, "string"),),
    "Select": (("operand", 1, "Expr"), ("field", 2, "string"), ("test_only", 3, "bool")),
    "Call": (("target", 1, "Expr"), ("function", 2, "string"), ("args", 3, "*Expr")),
    "CreateList": (("elements", 1, "*Expr"),),
    "Comprehension": (
        ("iter_range", 2, "Expr"),
        ("accu_init", 4, "Expr"),
        ("loop_condition", 5, "Expr"),
        ("loop_step", 6, "Expr"),
        ("result", 7, "Expr"),
    ),
}
"""Fields as (name, number, type): `*` marks a repeated one, `|` a member of the choice called `kind`."""

_SCALARS: Mapping[str, "_Proto.Type.ValueType"] = {
    "int64": _Proto.TYPE_INT64,
    "int32": _Proto.TYPE_INT32,
    "bool": _Proto.TYPE_BOOL,
    "string": _Proto.TYPE_STRING,
}


@cache
def _checked_expression() -> type[Message]:
    file = descriptor_pb2.FileDescriptorProto(name="checked.proto", package="checked", syntax="proto2")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        if name == "Expr":
            message.oneof_decl.add(name="kind")
        for field, number, type_ in fields:
            _describe(message, field, number, type_)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("checked.CheckedExpr"))


def _describe(message: descriptor_pb2.DescriptorProto, name: str, number: int, type_: str) -> None:
    bare = type_.lstrip("*|")
    repeated = _Proto.LABEL_REPEATED if type_.startswith("*") else _Proto.LABEL_OPTIONAL
    field = message.field.add(name=name, number=number, label=repeated)
    if bare in _SCALARS:
        field.type = _SCALARS[bare]
    else:
        field.type = _Proto.TYPE_MESSAGE
        field.type_name = f".checked.{bare}"
    if type_.startswith("|"):
        field.oneof_index = 0
