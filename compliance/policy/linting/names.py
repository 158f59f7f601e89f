"""Lists and thresholds that nothing uses, and entries of lists that change nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from compliance import yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text
from compliance.model.verdict import Severity
from compliance.policy.functions import FUNCTIONS, LICENSE_FUNCTIONS, TERM_FUNCTIONS
from compliance.policy.policy import Policy, Rule
from compliance.policy.syntax import Call, Name, Node, Selection, walk
from compliance.policy.vocabulary import name_in_conditions


def warnings(policy: Policy, root: Any) -> Iterator[Fault]:
    """Everything about the lists and thresholds of the file whose nodes are `root`."""
    lists = {name_in_conditions(name): name for name in root.get("lists", {})}
    uses = _uses(policy)
    for written, name in lists.items():
        if not uses[written]:
            yield Fault(*yaml_documents.key_position(root["lists"], name), _unused_list(name))
        yield from _entries(_listed(root["lists"][name]), frozenset(uses[written]))
    compared = {
        node.field
        for rule in policy.rules
        for node in walk(rule.condition.tree)
        if isinstance(node, Selection) and isinstance(node.operand, Name) and node.operand.name == "thresholds"
    }
    for name in root.get("thresholds", {}):
        if name_in_conditions(name) not in compared:
            yield Fault(*yaml_documents.key_position(root["thresholds"], name), _unused_threshold(name))
    yield from _allowed_and_failing(policy, root, lists)


def _listed(node: Any) -> Any:
    """The entries that are written at `node`; of a list that only changes the base's, those that it adds."""
    return node.get("add", []) if isinstance(node, Mapping) else node


def _uses(policy: Policy) -> Mapping[str, set[str]]:
    """By the name of a list, the functions and operators that it is handed to, sums left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in policy.rules:
        for call in walk(rule.condition.tree):
            if isinstance(call, Call) and call.function != "_+_":
                for part in call.arguments:
                    for name in _lists_in(part):
                        found[name].add(call.function)
    return found


def _lists_in(part: Node) -> Iterator[str]:
    """The policy's lists that `part` is, or is a sum of."""
    match part:
        case Call(function="_+_", arguments=summands):
            for one in summands:
                yield from _lists_in(one)
        case Selection(operand=Name(name="lists"), field=field):
            yield field


def _entries(entries: Any, uses: frozenset[str]) -> Iterator[Fault]:
    """Entries that stand twice, that another one covers, or whose `*` means nothing."""
    by_pattern = bool(uses) and uses <= frozenset(FUNCTIONS)
    letter_by_letter = bool(uses) and not uses & frozenset(FUNCTIONS)
    fold: Callable[[str], str] = str.casefold if by_pattern and not uses & TERM_FUNCTIONS else str
    seen: set[str] = set()
    beginnings = {fold(entry[:-1]): entry for entry in entries if entry.endswith("*") and "=" not in entry}
    lengths = sorted(set(map(len, beginnings)))
    for place, entry in enumerate(entries):
        at = yaml_documents.position(entries, place)
        folded = fold(entry)
        if folded in seen:
            yield Fault(*at, _stands_twice(entry))
        elif letter_by_letter and entry.endswith("*"):
            yield Fault(*at, _no_pattern(entry))
        elif by_pattern and (cover := _cover(folded, beginnings, lengths, uses)) is not None:
            yield Fault(*at, _covered(entry, cover))
        seen.add(folded)


def _cover(entry: str, beginnings: Mapping[str, str], lengths: Sequence[int], uses: frozenset[str]) -> str | None:
    """The entry with the shortest of other `beginnings` that covers `entry`; an exception may have to be named."""
    if "=" in entry:
        return None
    own = entry.removesuffix("*")
    exception_needed = " with " in entry and bool(uses & LICENSE_FUNCTIONS)
    for length in lengths:
        one = own[:length]
        itself = one == own and entry.endswith("*")
        if one in beginnings and not itself and (" with " in one or not exception_needed):
            return beginnings[one]
    return None


def _allowed_and_failing(policy: Policy, root: Any, lists: Mapping[str, str]) -> Iterator[Fault]:
    """Entries that stand in a list of what is allowed and in one that fails, on one axis."""
    allowed: dict[object, set[str]] = defaultdict(set)
    failing: dict[object, set[str]] = defaultdict(set)
    for rule in policy.rules:
        allowed[rule.axis] |= _handed_to(rule, {"only", "settled"}, lists)
        if rule.severity is Severity.FAIL:
            failing[rule.axis] |= _handed_to(rule, {"requires"}, lists) - _allowed_by_the_same(rule, lists)
    for axis, names in failing.items():
        for ban in sorted(names - allowed[axis]):
            banned = {entry.casefold() for entry in policy.lists[lists[ban]]}
            for name in sorted(allowed[axis] - names):
                yield from _shared(_listed(root["lists"][lists[name]]), banned, lists[ban], str(axis))


def _allowed_by_the_same(rule: Rule, lists: Mapping[str, str]) -> set[str]:
    """Lists that the rule itself both allows and bans by."""
    return _handed_to(rule, {"only", "settled"}, lists)


def _handed_to(rule: Rule, functions: set[str], lists: Mapping[str, str]) -> set[str]:
    """Which of `lists` the rule hands to `functions` as their last argument."""
    return {
        name
        for call in walk(rule.condition.tree)
        if isinstance(call, Call) and call.function in functions
        for name in _lists_in(call.arguments[-1])
        if name in lists
    }


def _shared(entries: Any, banned: set[str], ban: str, axis: str) -> Iterator[Fault]:
    for place, entry in enumerate(entries):
        if entry.casefold() in banned:
            yield Fault(*yaml_documents.position(entries, place), _both(entry, ban, axis))


def _unused_list(name: str) -> Text:
    return Text(
        en=f"no rule uses the list {name!r}; use it or remove it",
        ko=f"어떤 규칙도 쓰지 않는 목록: {name!r}. 쓰거나 지우세요",
    )


def _unused_threshold(name: str) -> Text:
    return Text(
        en=f"no rule uses the threshold {name!r}; use it or remove it",
        ko=f"어떤 규칙도 쓰지 않는 기준값: {name!r}. 쓰거나 지우세요",
    )


def _stands_twice(entry: str) -> Text:
    return Text(
        en=f"{entry!r} stands in this list twice; remove one", ko=f"목록에 두 번 있음: {entry!r}. 하나를 지우세요"
    )


def _covered(entry: str, cover: str) -> Text:
    return Text(
        en=f"{entry!r} is covered by the entry {cover!r} already; remove one of them",
        ko=f"{entry!r} 항목은 이미 {cover!r} 항목에 포함됨: 하나를 지우세요",
    )


def _no_pattern(entry: str) -> Text:
    return Text(
        en=f"{entry!r} is compared letter by letter here, so its * means nothing; ask with listed() instead of in",
        ko=f"in 연산은 글자 그대로 비교하므로 {entry!r}의 * 기호는 뜻이 없음: in 대신 listed() 함수를 쓰세요",
    )


def _both(entry: str, ban: str, axis: str) -> Text:
    return Text(
        en=f"{entry!r} is allowed here and fails by the list {ban!r} on the axis {axis}; remove one of them",
        ko=f"{axis} 축에서 허용 목록과 부적합 목록({ban!r})에 모두 있음: {entry!r}. 한쪽에서 지우세요",
    )
