"""Hypothesis strategies for any assessment and inventory, made from the model's own types."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from compliance.model.evidence import Lines
from compliance.model.inventory import INVENTORY_SCHEMA, Inventory
from compliance.model.verdict import ASSESSMENT_SCHEMA, Assessment

_FIXED: dict[tuple[type[Any], str], str] = {
    (Assessment, "schema"): ASSESSMENT_SCHEMA,
    (Inventory, "schema"): INVENTORY_SCHEMA,
}
_ODD = "\x00\x07\x1b\x7f\x85\u202e\u2028\u200b\ufeff\u3164한글é[/]{}<>&\\\"'%:…\U0001f600\U000e0041"
ENCODABLE = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(_ODD)), max_size=12)
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("\ud800\udc80\udfff")), max_size=12)
LINES = st.tuples(st.integers(1, 10**6), st.integers(0, 10**4)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def assessments(text: st.SearchStrategy[str] = ENCODABLE) -> st.SearchStrategy[Assessment]:
    """Any assessment whose strings come from `text`."""
    return _Builder(text).of_struct(Assessment)


def inventories(text: st.SearchStrategy[str] = ENCODABLE) -> st.SearchStrategy[Inventory]:
    """Any inventory whose strings come from `text`."""
    return _Builder(text).of_struct(Inventory)


class _Builder:
    def __init__(self, text: st.SearchStrategy[str]) -> None:
        self.text = text

    def of_struct(self, struct: type[Any]) -> st.SearchStrategy[Any]:
        parts = {
            field.name: st.just(_FIXED[struct, field.name])
            if (struct, field.name) in _FIXED
            else self.of_type(msgspec.inspect.type_info(field.type))
            for field in msgspec.structs.fields(struct)
        }
        return st.builds(struct, **parts)

    def of_type(self, node: Any) -> st.SearchStrategy[Any]:
        match node:
            case msgspec.inspect.StructType(cls=struct):
                return self.of_struct(struct)
            case msgspec.inspect.UnionType(types=types):
                return st.one_of(*(self.of_type(one) for one in types))
            case msgspec.inspect.VarTupleType(item_type=inner):
                return st.lists(self.of_type(inner), max_size=3).map(tuple)
            case msgspec.inspect.DictType(value_type=inner):
                return st.dictionaries(self.text, self.of_type(inner), max_size=3)
            case msgspec.inspect.EnumType(cls=enum):
                return st.sampled_from(list(enum))
            case msgspec.inspect.LiteralType(values=values):
                return st.sampled_from(values)
            case _ if node == msgspec.inspect.type_info(Lines):
                return LINES
            case _:
                return self.of_scalar(node)

    def of_scalar(self, node: Any) -> st.SearchStrategy[Any]:
        match node:
            case msgspec.inspect.StrType():
                return self.text
            case msgspec.inspect.IntType():
                return st.integers(0, 2**63 - 1)
            case msgspec.inspect.FloatType():
                return st.floats(0, 100)
            case msgspec.inspect.BoolType():
                return st.booleans()
            case msgspec.inspect.NoneType():
                return st.none()
            case _:
                raise TypeError(f"no strategy for {node}")
