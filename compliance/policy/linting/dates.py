"""Days: rules that are over, versions of a rule that overlap or leave a gap, axes that no rule judges."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from compliance.model.text import Text
from compliance.policy.policy import Policy, Rule

_DAY = datetime.timedelta(days=1)
_VERSION = re.compile(r"(?:-(?:v?\d+))+$")
"""What tells versions of a rule apart at the end of their ids: `no-gpl-2026`, `no-gpl-v2`, `no-gpl-2026-07`."""


def warnings(policy: Policy, today: datetime.date) -> Iterator[tuple[Rule, Text]]:
    """What is suspicious about the days on which rules are in force, each with the rule where it is said."""
    versions: dict[object, list[Rule]] = defaultdict(list)
    for rule in policy.rules:
        if rule.ends is not None and rule.ends < today:
            yield rule, _over(rule.ends)
        if rule.begins or rule.ends:
            for same in (_VERSION.sub("", rule.id), rule.message):
                versions[same, rule.axis, rule.kind, rule.targets].append(rule)
    for some in versions.values():
        yield from _between(sorted(some, key=attrgetter("first_day", "last_day")))
    yield from _unjudged(policy, today)


def _between(versions: Sequence[Rule]) -> Iterator[tuple[Rule, Text]]:
    for earlier, later in pairwise(versions):
        if later.first_day <= earlier.last_day:
            yield later, _overlap(earlier)
        elif earlier.last_day + _DAY < later.first_day:
            yield later, _gap(earlier, earlier.last_day + _DAY, later.first_day - _DAY)


def _unjudged(policy: Policy, today: datetime.date) -> Iterator[tuple[Rule, Text]]:
    """The first stretch of days, from `today` on, on which an axis has rules but none is in force."""
    for axis, target in policy.judged():
        rules = [rule for rule in policy.rules if rule.axis is axis and target in rule.targets]
        day = today
        for rule in sorted(rules, key=attrgetter("first_day")):
            if rule.first_day > day:
                break
            day = max(day, rule.last_day if rule.last_day == datetime.date.max else rule.last_day + _DAY)
        if day < datetime.date.max:
            until = min((rule.first_day for rule in rules if rule.first_day > day), default=None)
            yield rules[-1], _nothing_in_force(f"{axis}/{target}" if target else str(axis), day, until)


def _over(last: datetime.date) -> Text:
    return Text(
        en=f"the rule was last in force on {last}; remove it, or give it another day",
        ko=f"시행이 끝난 규칙(마지막 날: {last}): 지우거나 날짜를 고치세요",
    )


def _overlap(earlier: Rule) -> Text:
    return Text(
        en=f"the rule begins while its earlier version {earlier.id!r} is in force; end that one the day before",
        ko=f"이전 버전 {earlier.id!r} 규칙과 시행 기간이 겹침: 이전 규칙을 하루 전에 끝내세요",
    )


def _gap(earlier: Rule, first: datetime.date, last: datetime.date) -> Text:
    return Text(
        en=f"neither this rule nor its earlier version {earlier.id!r} is in force from {first} to {last}; close "
        "the gap",
        ko=f"이전 버전 {earlier.id!r} 규칙과의 사이에 빈 기간이 있음({first}–{last}): 날짜를 이어 주세요",
    )


def _nothing_in_force(axis: str, first: datetime.date, next_: datetime.date | None) -> Text:
    until = Text(en="on", ko="이후") if next_ is None else Text(en=f"to {next_ - _DAY}", ko=f"– {next_ - _DAY}")
    return Text(
        en=f"no rule for {axis} is in force from {first} {until.en}, so that its verdict is incomplete; add one",
        ko=f"{axis} 축에 시행 중인 규칙이 없는 기간: {first} {until.ko}. 판정이 미완료가 되니 규칙을 추가하세요",
    )
