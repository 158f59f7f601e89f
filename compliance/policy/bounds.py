"""How large a policy may be, and what its conditions may do: neither loop in loops nor build anything."""

import string
from collections.abc import Iterator

from compliance.model.text import Text
from compliance.policy.condition_cost import cost_of
from compliance.policy.conditions import ConditionFault
from compliance.policy.constants import Constants
from compliance.policy.functions import FUNCTIONS
from compliance.policy.suggestions import closest
from compliance.policy.syntax import Call, Literal, Node, walk

MAX_RULES = 1_000
MAX_VALUES = 50_000
"""Of everything in a policy file: names, sentences, entries of lists."""
MAX_BYTES = 1_000_000
"""Of a policy file."""
MAX_FAULTS = 1_000
"""Of one kind that are listed of a file."""
MAX_CHARACTERS = 4_000
"""Of a condition."""
MAX_WEIGHT = 10_000
"""Of a condition; see `cost.Cost`."""

_ALLOWED = frozenset(
    {
        *("_&&_", "_||_", "!_", "_?_:_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"),
        *("_+_", "_-_", "_*_", "_/_", "_%_", "-_", "int", "double"),
        *("size", "startsWith", "endsWith", "contains", "@comprehension", "@not_strictly_false"),
        *FUNCTIONS,
    }
)
WRITTEN = (
    "size",
    "startsWith",
    "endsWith",
    "contains",
    "int",
    "double",
    "exists",
    "all",
    "exists_one",
    *FUNCTIONS,
)
_LETTERS = f"{string.ascii_letters}{string.digits}_"
_BUILDS_TEXT = frozenset({"add_string", "add_bytes"})


def too_long(source: str) -> ConditionFault | None:
    """That the condition `source` is longer than any has to be; None where it isn't."""
    return ConditionFault(0, _TOO_LONG) if len(source) > MAX_CHARACTERS else None


def faults(source: str, tree: Node, constants: Constants) -> Iterator[ConditionFault]:
    """What the condition `source`, whose tree passed the type check, must not do: each at its place."""
    for node in walk(tree):
        if isinstance(node, Call):
            offset = _beginning(source, node.offset)
            yield from (ConditionFault(offset, message) for message in _refused(node))
    if cost_of(tree, constants).weight > MAX_WEIGHT:
        yield ConditionFault(0, _TOO_HEAVY)


def _beginning(source: str, offset: int) -> int:
    """Where the name of a function begins whose place, as CEL has it, is its bracket."""
    before = source[:offset]
    return len(before.rstrip(_LETTERS)) if source[offset : offset + 1] == "(" else offset


def _refused(call: Call) -> Iterator[Text]:
    if call.function not in _ALLOWED:
        yield _not_allowed(call.function)
    if _BUILDS_TEXT.intersection(call.overloads):
        yield _BUILT_TEXT
    if call.function == "@comprehension":
        if _builds_list(call):
            yield _BUILT_LIST
        elif any(isinstance(node, Call) and node.function == "@comprehension" for node in _below(call)):
            yield _LOOP_IN_LOOP


def _builds_list(loop: Call) -> bool:
    """Whether it is `map` or `filter`: they begin with an empty list, the others with an answer or a count."""
    return not isinstance(loop.arguments[1], Literal)


def _below(call: Call) -> Iterator[Node]:
    for part in call.arguments:
        yield from walk(part)


def _not_allowed(function: str) -> Text:
    name = {"@unread": "{…}", "_[_]": "[…]"}.get(function, function)
    hint = closest(name, WRITTEN)
    choice = ", ".join(WRITTEN)
    return Text(
        en=f"{name} can't be used in a condition; beside operators there are {choice}{hint.en}",
        ko=f"조건식에 쓸 수 없는 함수: {name}. 연산자 외에 쓸 수 있는 함수: {choice}{hint.ko}",
    )


TOO_MANY_RULES = Text(
    en=f"more than {MAX_RULES:,} rules; split the policy from here on",
    ko=f"규칙 {MAX_RULES:,}개 초과: 여기부터 다른 정책으로 나누세요",
)
_TOO_LONG = Text(
    en=f"the condition has more than {MAX_CHARACTERS:,} characters; split it into several rules, or name a list",
    ko=f"조건식 길이 {MAX_CHARACTERS:,}자 초과: 규칙을 나누거나 목록을 쓰세요",
)
_TOO_HEAVY = Text(
    en=f"the condition takes more than {MAX_WEIGHT:,} steps for each fact; shorten the lists that it goes through "
    "with in, or compare with only, requires or listed",
    ko=f"조건식의 계산량이 사실마다 {MAX_WEIGHT:,}단계 초과: in 연산으로 훑는 목록을 줄이거나 "
    "only, requires, listed 함수로 비교하세요",
)
_BUILT_TEXT = Text(
    en="texts can't be joined in a condition; compare them one by one",
    ko="조건식에서는 문자열을 이어 붙일 수 없음: 하나씩 비교하세요",
)
_BUILT_LIST = Text(
    en="map and filter can't be used in a condition; ask with exists or all",
    ko="조건식에서는 map, filter 사용 불가: exists 또는 all 함수로 물으세요",
)
_LOOP_IN_LOOP = Text(
    en="exists or all can't stand within another; use in, or two rules",
    ko="exists, all 함수는 서로 안에 쓸 수 없음: in 연산을 쓰거나 규칙을 둘로 나누세요",
)
