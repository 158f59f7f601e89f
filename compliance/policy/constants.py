"""Parts of a condition that are the same for every fact: what is written out, lists, thresholds and their sums."""

from collections.abc import Mapping
from dataclasses import dataclass

from compliance.policy.syntax import Call, Literal, Name, Node, Selection, Sequence

Constant = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constants:
    """The lists and thresholds of one policy, by their names in conditions."""

    lists: Mapping[str, tuple[str, ...]]
    thresholds: Mapping[str, int | float]

    def value(self, node: Node) -> Constant | None:
        """What `node` is for every fact; None where that depends on the fact, or isn't worked out here."""
        match node:
            case Literal(value=value):
                return value
            case Selection(operand=Name(name="lists"), field=name, tested=False):
                return self.lists.get(name)
            case Selection(operand=Name(name="thresholds"), field=name, tested=False):
                return self.thresholds.get(name)
            case Sequence(elements=parts):
                texts = tuple(value for value in map(self.value, parts) if isinstance(value, str))
                return texts if len(texts) == len(parts) else None
            case Call(function="_+_", arguments=(first, second)):
                match self.value(first), self.value(second):
                    case tuple(some), tuple(more):
                        return (*some, *more)
        return None
