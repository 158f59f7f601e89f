"""The words of conditions: what each kind of fact is called, its fields, their types and allowed values.

Read off the fact classes, so that a new field of a finding is at once a word that editors can use.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from compliance.policy.facts import FACT_CLASSES

Shape = Literal["text", "texts", "integer", "number", "flag"]

UNKNOWN = "unknown"
"""How a text reads that nobody stated."""

_HIDDEN = frozenset({"id", "lines", "revision", "evidence"})
"""They say where a fact stands and not what it is; identifiers would also make every fact differ."""


_RANGES: Mapping[str, tuple[float, float]] = {"score": (0, 100), "share": (0, 1), "confidence": (0, 1)}
"""As the findings document them; all other numbers are counts."""


class Field(msgspec.Struct, frozen=True):
    """One field of a kind of fact."""

    name: str
    shape: Shape
    optional: bool
    """It may be absent, which `has()` tells. An absent text reads as `unknown`."""
    values: tuple[str, ...] = ()
    """The only values it can have, sorted; empty where it is open."""
    range: tuple[float, float] = (0, math.inf)
    """Of a number: the least and the greatest. Of a list: how many members it may have."""


class Kind(msgspec.Struct, frozen=True):
    """One kind of fact that a rule may look at."""

    name: str
    """As in a rule's `for`."""
    variable: str
    """As in a condition."""
    fields: Mapping[str, Field]


def _field(field: msgspec.inspect.Field) -> Field:
    type_ = field.type
    optional = False
    if isinstance(type_, msgspec.inspect.UnionType):
        optional = type_.includes_none
        (type_,) = (member for member in type_.types if not isinstance(member, msgspec.inspect.NoneType))
    values = type_.values if isinstance(type_, msgspec.inspect.LiteralType) else ()
    in_words = tuple(sorted(str(value) for value in values))
    return Field(field.name, _shape(type_), optional, in_words, _RANGES.get(field.name, (0, math.inf)))


def _shape(type_: msgspec.inspect.Type) -> Shape:
    match type_:
        case msgspec.inspect.StrType() | msgspec.inspect.LiteralType():
            return "text"
        case msgspec.inspect.VarTupleType(item_type=msgspec.inspect.StrType()):
            return "texts"
        case msgspec.inspect.BoolType():
            return "flag"
        case msgspec.inspect.IntType():
            return "integer"
        case msgspec.inspect.FloatType():
            return "number"
        case _:
            raise TypeError(f"conditions have no word for {type_}")


def _kind(name: str, fact: type[msgspec.Struct]) -> Kind:
    info = msgspec.inspect.type_info(fact)
    if not isinstance(info, msgspec.inspect.StructType):
        raise TypeError(f"{fact} is no struct")
    fields = {field.name: _field(field) for field in info.fields if field.name not in _HIDDEN}
    return Kind(name, "card" if name == "model-card" else name, MappingProxyType(fields))


KINDS: Mapping[str, Kind] = MappingProxyType({name: _kind(name, fact) for name, fact in FACT_CLASSES.items()})
"""Every kind by the name that a rule's `for` uses."""


def name_in_conditions(name: str) -> str:
    """How a list or threshold of that name is written in a condition: hyphens become underscores."""
    return name.replace("-", "_")
