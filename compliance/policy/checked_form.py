"""The serialized form of a checked condition: CEL's published `cel.expr.CheckedExpr`.

Only the fields that are looked at are described here; the others are kept as they are.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message


class TooDeepError(Exception):
    """The condition nests more deeply than its serialized form can be read."""


def parsed(serialized: bytes) -> Any:
    """The message of a compiled condition that `serialized` holds.

    Raises:
        TooDeepError: more nesting than protobuf reads (about fifty levels).
    """
    envelope = any_pb2.Any()
    checked = _checked_expression()()
    try:
        envelope.ParseFromString(serialized)
        checked.ParseFromString(envelope.value)
    except DecodeError as error:
        raise TooDeepError from error
    return checked


def serialized(checked: Message) -> bytes:
    """The bytes from which CEL reads the message `checked`, the inverse of `parsed`."""
    return any_pb2.Any(type_url=_TYPE_URL, value=checked.SerializeToString()).SerializeToString()


_TYPE_URL = "type.googleapis.com/cel.expr.CheckedExpr"

_Proto = descriptor_pb2.FieldDescriptorProto
_MESSAGES: Mapping[str, tuple[tuple[str, int, str], ...]] = {
    "CheckedExpr": (("references", 2, "*Referred"), ("source_info", 5, "SourceInfo"), ("expr", 4, "Expr")),
    "Referred": (("key", 1, "int64"), ("value", 2, "Reference")),
    "Reference": (("overloads", 3, "*string"),),
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
    "Constant": (
        ("bool_value", 2, "|bool"),
        ("int64_value", 3, "|int64"),
        ("double_value", 5, "|double"),
        ("string_value", 6, "|string"),
    ),
    "Ident": (("name", 1, "string"),),
    "Select": (("operand", 1, "Expr"), ("field", 2, "string"), ("test_only", 3, "bool")),
    "Call": (("target", 1, "Expr"), ("function", 2, "string"), ("args", 3, "*Expr")),
    "CreateList": (("elements", 1, "*Expr"),),
    "Comprehension": (
        ("iter_var", 1, "string"),
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
    "double": _Proto.TYPE_DOUBLE,
    "string": _Proto.TYPE_STRING,
}


@cache
def _checked_expression() -> type[Message]:
    file = descriptor_pb2.FileDescriptorProto(name="checked.proto", package="checked", syntax="proto2")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        if any(type_.startswith("|") for _, _, type_ in fields):
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
