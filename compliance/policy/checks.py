"""What CEL's type check lets through in a condition though it can never be meant."""

from collections.abc import Iterator

from compliance.model.text import Text
from compliance.policy.conditions import ConditionFault, Lists
from compliance.policy.functions import LICENSE_FUNCTIONS
from compliance.policy.suggestions import closest
from compliance.policy.syntax import Call, Literal, Name, Node, Selection, Sequence, walk
from compliance.policy.vocabulary import Field, Kind


def reads(tree: Node, kind: Kind) -> tuple[str, ...]:
    """The fields of the fact that `tree` may depend on, sorted; all where it handles the fact as a whole."""
    nodes = list(walk(tree))
    selected = [node for node in nodes if isinstance(node, Selection) and _is_fact(node.operand, kind)]
    whole = sum(_is_fact(node, kind) for node in nodes) > len(selected)
    unread = any(isinstance(node, Call) and node.function == "@unread" for node in nodes)
    names = set(kind.fields) if whole or unread else {node.field for node in selected}
    return tuple(sorted(names & set(kind.fields)))


def license_lists(tree: Node) -> frozenset[str]:
    """The lists, as conditions write their names, that `tree` compares with licenses."""
    calls = [node for node in walk(tree) if isinstance(node, Call) and node.function in LICENSE_FUNCTIONS]
    compared = [node for call in calls for node in walk(call.arguments[-1])]
    return frozenset(node.field for node in compared if isinstance(node, Selection) and _is_lists(node.operand))


def faults(tree: Node, kind: Kind, lists: Lists) -> Iterator[ConditionFault]:
    """Texts that an enumerated field never has, and numbers read without asking whether they are there.

    Args:
        tree: a condition that passed the type check.
        kind: what it is asked of.
        lists: the policy's lists by their names in conditions.
    """
    yield from _impossible_texts(tree, kind, lists)
    yield from _unguarded_numbers(tree, kind)


def _impossible_texts(tree: Node, kind: Kind, lists: Lists) -> Iterator[ConditionFault]:
    for node in walk(tree):
        if not isinstance(node, Call) or node.function not in {"_==_", "_!=_", "@in"}:
            continue
        for one, other in (node.arguments, node.arguments[::-1]):
            field = _field(one, kind)
            if field is None or not field.values:
                continue
            allowed = {*field.values, "unknown"} if field.optional else set(field.values)
            for offset, text in texts(other, lists):
                if text not in allowed:
                    yield ConditionFault(offset, _impossible(field.name, text, sorted(allowed)))


def texts(node: Node, lists: Lists) -> Iterator[tuple[int, str]]:
    """The texts that `node` is or holds, each with the offset where it, or its list, is named."""
    match node:
        case Literal(offset=offset, value=str(text)):
            yield offset, text
        case Sequence(elements=parts) | Call(function="_+_", arguments=parts):
            for part in parts:
                yield from texts(part, lists)
        case Selection(offset=offset, operand=Name(name="lists"), field=name):
            for entry in lists.get(name, ()):
                yield offset, entry


def _unguarded_numbers(tree: Node, kind: Kind) -> Iterator[ConditionFault]:
    nodes = list(walk(tree))
    guarded = {node.field for node in nodes if isinstance(node, Selection) and node.tested}
    for node in nodes:
        field = _field(node, kind)
        if not isinstance(node, Selection) or node.tested or field is None:
            continue
        if field.optional and field.shape in {"integer", "number"} and field.name not in guarded:
            whole = f"{kind.variable}.{field.name}"
            yield ConditionFault(node.offset, _unguarded(whole))


def _field(node: Node, kind: Kind) -> Field | None:
    if isinstance(node, Selection) and _is_fact(node.operand, kind):
        return kind.fields.get(node.field)
    return None


def _is_fact(node: Node, kind: Kind) -> bool:
    return isinstance(node, Name) and node.name == kind.variable


def _is_lists(node: Node) -> bool:
    return isinstance(node, Name) and node.name == "lists"


def _impossible(field: str, text: str, allowed: list[str]) -> Text:
    hint = closest(text, allowed)
    choice = ", ".join(allowed)
    return Text(
        en=f"{field} is never {text!r}; it is one of {choice}{hint.en}",
        ko=f"{field} 필드에 없는 값: {text!r}. 가능한 값: {choice}{hint.ko}",
    )


def _unguarded(whole: str) -> Text:
    return Text(
        en=f"{whole} may be absent and would then read as 0; ask has({whole}) too",
        ko=f"{whole} 값이 없으면 0으로 계산됨. has({whole}) 조건을 함께 쓰세요",
    )
