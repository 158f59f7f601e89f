"""Protobuf messages for conditions, described at start-up from the vocabulary and from a policy's own names.

Type checks of conditions work on messages alone. proto2 is used because its fields can have a default: an absent
text reads as `unknown` while `has()` still says that it is absent.
"""

from collections.abc import Iterable, Mapping, Sequence

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import Message

from compliance.policy.vocabulary import KINDS, UNKNOWN, Field, Shape, name_in_conditions

PACKAGE = "policy"

_Proto = descriptor_pb2.FieldDescriptorProto
_TYPES: Mapping[Shape, "_Proto.Type.ValueType"] = {
    "text": _Proto.TYPE_STRING,
    "texts": _Proto.TYPE_STRING,
    "integer": _Proto.TYPE_INT64,
    "number": _Proto.TYPE_DOUBLE,
    "flag": _Proto.TYPE_BOOL,
}


class Messages:
    """The message classes of one policy: one a kind of fact, one for its lists and one for its thresholds."""

    def __init__(self, lists: Mapping[str, Sequence[str]], thresholds: Mapping[str, int | float]) -> None:
        """Args: lists and thresholds by the names that the policy gives them."""
        file = descriptor_pb2.FileDescriptorProto(name="policy.proto", package=PACKAGE, syntax="proto2")
        for kind in KINDS.values():
            _describe(file, kind.variable, kind.fields.values())
        _describe(file, "lists", [Field(name_in_conditions(name), "texts", optional=False) for name in lists])
        _describe(
            file,
            "thresholds",
            [
                Field(name_in_conditions(name), "integer" if isinstance(value, int) else "number", optional=False)
                for name, value in thresholds.items()
            ],
        )
        self.pool = descriptor_pool.DescriptorPool()
        self.pool.AddSerializedFile(file.SerializeToString())
        self.lists = self._class("lists")(**{name_in_conditions(name): values for name, values in lists.items()})
        self.thresholds = self._class("thresholds")(
            **{name_in_conditions(name): value for name, value in thresholds.items()}
        )
        self._classes = {kind.name: self._class(kind.variable) for kind in KINDS.values()}

    def message(self, kind: str, values: Mapping[str, object]) -> Message:
        """The fact of `kind` with the fields in `values`; a field whose value is None is absent.

        Raises:
            ValueError, TypeError: a value that a message can't hold, such as an integer of more than 64 bits or
                text with a lone surrogate.
        """
        present = {name: value for name, value in values.items() if value is not None}
        return self._classes[kind](**present)

    def _class(self, name: str) -> type[Message]:
        return message_factory.GetMessageClass(self.pool.FindMessageTypeByName(f"{PACKAGE}.{name}"))


def _describe(file: descriptor_pb2.FileDescriptorProto, name: str, fields: Iterable[Field]) -> None:
    message = file.message_type.add(name=name)
    for number, field in enumerate(fields, start=1):
        described = message.field.add(
            name=field.name,
            number=number,
            type=_TYPES[field.shape],
            label=_Proto.LABEL_REPEATED if field.shape == "texts" else _Proto.LABEL_OPTIONAL,
        )
        if field.shape == "text":
            described.default_value = UNKNOWN
