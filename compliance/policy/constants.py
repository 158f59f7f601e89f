"""Parts of a condition that are the same for every fact: what is written out, lists, thresholds and their sums."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from compliance.policy import syntax
from compliance.policy.syntax import Call, Literal, Name, Node, Selection
from compliance.policy.vocabulary import name_in_conditions

Constant = str | int | float | bool | tuple[str, ...]


class Constants(msgspec.Struct, frozen=True):
    """The lists and thresholds of one policy, by their names in conditions."""

    lists: Mapping[str, tuple[str, ...]]
    thresholds: Mapping[str, int | float]

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]], thresholds: Mapping[str, int | float]) -> "Constants":
        """The `lists` and `thresholds` that a policy has by names of its own."""
        return cls(
            {name_in_conditions(name): tuple(entries) for name, entries in lists.items()},
            {name_in_conditions(name): value for name, value in thresholds.items()},
        )

    def value(self, node: Node) -> Constant | None:
        """What `node` is for every fact; None where that depends on the fact, or isn't worked out here."""
        match node:
            case Literal(value=value):
                return value
            case Selection(operand=Name(name="lists"), field=name, tested=False):
                return self.lists.get(name)
            case Selection(operand=Name(name="thresholds"), field=name, tested=False):
                return self.thresholds.get(name)
            case syntax.Sequence(elements=parts):
                texts = tuple(value for value in map(self.value, parts) if isinstance(value, str))
                return texts if len(texts) == len(parts) else None
            case Call(function="_+_", arguments=(first, second)):
                match self.value(first), self.value(second):
                    case tuple(some), tuple(more):
                        return (*some, *more)
        return None


def named_in(condition: str) -> list[str]:
    """The lists and thresholds that the text `condition` names, such as `lists.open`, in its order."""
    return _NAMED.findall(condition)


_NAMED = re.compile(r"\b(?:lists|thresholds)\.\w+")
