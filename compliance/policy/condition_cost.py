"""What a condition costs, read from its syntax."""

from collections.abc import Iterable, Iterator, Mapping

from compliance.policy.constants import Constants
from compliance.policy.cost import CHARACTERS_OF_ONE, Cost
from compliance.policy.functions import FUNCTIONS
from compliance.policy.syntax import Call, Literal, Name, Node, Selection, walk

_CALL = 20
"""Steps of a call of one of our own functions, and of an entry that is a license's answer to a term."""


def cost_of(tree: Node, constants: Constants) -> Cost:
    """The cost of `tree`, a condition that passed the type check."""
    named = {one.field for one in _lists(walk(tree), constants)}
    looked_up = {name: sum(map(_looked_up, constants.lists[name])) for name in named}
    weight = sum(_steps(node, constants, looked_up) for node in walk(tree))
    return Cost(weight, any(map(_is_squared, walk(tree))))


def _steps(node: Node, constants: Constants, looked_up: Mapping[str, int]) -> int:
    match node:
        case Literal(value=str(text)):
            return 1 + len(text) // CHARACTERS_OF_ONE
        case Call(function=name, arguments=parts) if name in FUNCTIONS:
            return _CALL + sum(looked_up[one.field] for one in _lists(parts, constants))
        case Call(arguments=parts):
            return 1 + sum(len(constants.lists[one.field]) for one in _lists(parts, constants))
        case _:
            return 1


def _looked_up(entry: str) -> int:
    """Steps of an entry of a list that is handed to a function; names are looked up all at once."""
    if "=" in entry:
        return _CALL
    return int(entry.endswith("*"))


def _lists(parts: Iterable[Node], constants: Constants) -> Iterator[Selection]:
    """The policy's lists among `parts`; those of a sum are its own."""
    for part in parts:
        match part:
            case Call(function="_+_", arguments=summands):
                yield from _lists(summands, constants)
            case Selection() if isinstance(constants.value(part), tuple):
                yield part


def _is_squared(node: Node) -> bool:
    match node:
        case Call(function="@comprehension", arguments=(_, *body)):
            return any(_reads_fact(part) for part in body)
        case Call(function="contains", arguments=(_, sought)):
            return not isinstance(sought, Literal)
        case _:
            return False


def _reads_fact(part: Node) -> bool:
    return any(
        isinstance(node, Selection)
        and isinstance(node.operand, Name)
        and node.operand.name not in {"lists", "thresholds"}
        for node in walk(part)
    )
