"""Faults in what a policy file means: conditions, names, dates and targets.

Read as far as its shape allows, so that they are found together with faults in the shape.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from compliance import yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text
from compliance.model.verdict import Axis
from compliance.policy import bounds, list_entries
from compliance.policy.cel import CelEvaluator
from compliance.policy.conditions import Condition
from compliance.policy.scalars import columns
from compliance.policy.schema import MAX_NUMBER
from compliance.policy.vocabulary import KINDS, name_in_conditions


class Meaning(msgspec.Struct, frozen=True):
    """What was understood of a policy file."""

    conditions: Mapping[int, Condition]
    """By the index of their rule."""
    faults: tuple[Fault, ...]


def read(root: Any, lines: Sequence[str], written: Callable[[int], int] = lambda line: line) -> Meaning:
    """The conditions of the policy `root`, and every fault in its meaning.

    Args:
        root: nodes with places in `lines`.
        lines: of the file, or of several one below the other.
        written: the line in its file for one of all lines, both from 1; for messages that name another line.
    """
    conditions: dict[int, Condition] = {}
    found = islice(_faults(root, lines, written, conditions), bounds.MAX_FAULTS)
    return Meaning(conditions, tuple(found))


def _faults(
    root: Any, lines: Sequence[str], written: Callable[[int], int], conditions: dict[int, Condition]
) -> Iterator[Fault]:
    """Every fault; what is right on the way is put into `conditions`."""
    lists, rules = _lists(root), _rules(root)
    if len(rules) > bounds.MAX_RULES:
        yield Fault(*yaml_documents.position(root["rules"], bounds.MAX_RULES), bounds.TOO_MANY_RULES)
        return
    evaluator = CelEvaluator(lists, _thresholds(root))
    yield from _repeated(rules, written)
    for index, rule in rules:
        yield from _wrong_targets(rule)
        yield from _wrong_dates(rule)
        match _condition(rule, evaluator, lines):
            case tuple(faults):
                yield from faults
            case None:
                pass
            case condition:
                conditions[index] = condition
    compared = frozenset[str]().union(*(condition.license_lists for condition in conditions.values()))
    for name in lists:
        is_compared = name_in_conditions(name) in compared
        fault_of = list_entries.license_fault if is_compared else list_entries.pattern_fault
        yield from _wrong_entries(root["lists"], name, fault_of)


def _lists(root: Any) -> dict[str, tuple[str, ...]]:
    node = root.get("lists")
    if not isinstance(node, Mapping):
        return {}
    return {
        str(name): tuple(str(entry) for entry in entries if isinstance(entry, str))
        for name, entries in node.items()
        if isinstance(entries, list) and _is_name(name)
    }


def _thresholds(root: Any) -> dict[str, int | float]:
    node = root.get("thresholds")
    if not isinstance(node, Mapping):
        return {}
    plain = {name: yaml_documents.plain(value) for name, value in node.items()}
    return {
        str(name): value
        for name, value in plain.items()
        if _is_name(name)
        and isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) <= MAX_NUMBER
    }


def _is_name(name: object) -> bool:
    """Whether a message can have a field of that name; the schema is stricter and says so itself."""
    return isinstance(name, str) and "_" not in name and name_in_conditions(name).isidentifier() and name.isascii()


def _rules(root: Any) -> list[tuple[int, Any]]:
    node = root.get("rules")
    entries = node if isinstance(node, list) else []
    return [(index, rule) for index, rule in enumerate(entries) if isinstance(rule, Mapping)]


def _condition(rule: Any, evaluator: CelEvaluator, lines: Sequence[str]) -> Condition | tuple[Fault, ...] | None:
    source = rule.get("when")
    if not isinstance(source, str) or not source.strip():
        return None
    line, column = yaml_documents.position(rule, "when")
    if fault := bounds.too_long(source):
        return (Fault(line, column, fault.message),)
    places = columns(lines, line, column, source)
    if places is None:
        return (Fault(line, column, _NOT_ON_ONE_LINE),)
    if rule.get("for") not in KINDS:
        return None
    match evaluator.compile(str(rule["for"]), source):
        case tuple(faults):
            return tuple(Fault(line, places[min(fault.offset, len(source))], fault.message) for fault in faults)
        case condition:
            return condition


def _repeated(rules: Sequence[tuple[int, Any]], written: Callable[[int], int]) -> Iterator[Fault]:
    first: dict[object, int] = {}
    for _, rule in rules:
        name = rule.get("id")
        if not isinstance(name, str):
            continue
        line, column = yaml_documents.position(rule, "id")
        if name in first:
            yield Fault(
                line,
                column,
                Text(
                    en=f"the rule id {name!r} is taken by the rule in line {first[name]}; choose another",
                    ko=f"규칙 id 중복: {name!r}({first[name]}행). 다른 id로 바꾸세요",
                ),
            )
        first.setdefault(name, written(line))


def _wrong_targets(rule: Any) -> Iterator[Fault]:
    axis = rule.get("axis")
    if "targets" in rule and axis in set(Axis) - {Axis.NATIONAL_INFRASTRUCTURE}:
        yield Fault(*yaml_documents.key_position(rule, "targets"), _no_targets(str(axis)))
        return
    targets = rule.get("targets")
    if isinstance(targets, list) and len({str(target) for target in targets}) < len(targets):
        yield Fault(*yaml_documents.key_position(rule, "targets"), _SAME_TARGET)


def _wrong_dates(rule: Any) -> Iterator[Fault]:
    begins, ends = date_of(rule.get("from")), date_of(rule.get("until"))
    if begins and ends and ends < begins:
        yield Fault(
            *yaml_documents.position(rule, "until"),
            Text(
                en=f"the rule ends on {ends}, before it begins on {begins}; it would never be asked",
                ko=f"종료일({ends})이 시작일({begins})보다 빠름: 적용되는 날이 없으니 날짜를 고치세요",
            ),
        )


def date_of(value: object) -> datetime.date | None:
    """The date that a value of a file is, or writes; None where it is none."""
    if isinstance(value, datetime.datetime):
        return None
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _wrong_entries(lists: Any, name: str, fault_of: Callable[[str], Text | None]) -> Iterator[Fault]:
    for index, entry in enumerate(lists[name]):
        if isinstance(entry, str) and (fault := fault_of(entry)):
            yield Fault(*yaml_documents.position(lists[name], index), fault)


def _no_targets(axis: str) -> Text:
    only = Axis.NATIONAL_INFRASTRUCTURE.value
    return Text(
        en=f"only rules of the axis {only} have targets; remove them from this {axis} rule",
        ko=f"targets 항목은 {only} 축에만 있음({axis} 규칙): 지우세요",
    )


_SAME_TARGET = Text(en="a target stands here twice; remove one", ko="같은 대상이 두 번 있음: 하나를 지우세요")
_NOT_ON_ONE_LINE = Text(
    en="write the condition itself on one line, plain or in quotes, so that its faults have a place",
    ko="조건식은 한 줄에 직접 쓰세요(따옴표 사용 가능). 접거나 여러 줄로 쓰면 오류 위치를 알 수 없습니다",
)
