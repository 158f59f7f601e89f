"""Running the tests of a policy: what each expected, and what was seen instead."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from compliance.model.text import Text
from compliance.model.verdict import AxisVerdict, Severity, Target, Verdict, Violation
from compliance.policy.evaluation import verdicts_of, violations_of
from compliance.policy.policy import Policy
from compliance.policy.testing.document import FlagDocument
from compliance.policy.testing.suite import PolicyTest

Seen = Mapping[str, tuple[Violation, ...]]
"""Every violation by its rule."""


class Outcome(msgspec.Struct, frozen=True):
    """What came of one test."""

    test: PolicyTest
    day: datetime.date
    """Whose rules were asked."""
    seen: Seen
    failures: tuple[Text, ...]
    """What was expected and not seen, or seen and not expected; none where the test passed."""

    @property
    def flagged(self) -> frozenset[str]:
        """The rules that were broken."""
        return frozenset(self.seen)


def run(policy: Policy, tests: Iterable[PolicyTest], today: datetime.date) -> tuple[Outcome, ...]:
    """What comes of `tests`; those that name no day are run as of `today`."""
    return tuple(_run(policy, test, test.date or today) for test in tests)


def _run(policy: Policy, test: PolicyTest, day: datetime.date) -> Outcome:
    broken = {
        rule.id: tuple(violations_of(rule, test.facts[rule.kind])) for rule in policy.rules if rule.in_force(day)
    }
    seen = {rule: violations for rule, violations in broken.items() if violations}
    return Outcome(test, day, seen, tuple(failures(policy, test, day, seen)))


def failures(policy: Policy, test: PolicyTest, day: datetime.date, seen: Seen) -> Iterator[Text]:
    """Where `seen` isn't what the test expects of `policy`."""
    for rule, violations in seen.items():
        if unevaluated := next((one.unevaluated for one in violations if one.unevaluated), None):
            yield Text(en=f"{rule}: {unevaluated.en}", ko=f"{rule}: {unevaluated.ko}")
    for flag in test.flags:
        yield from _not_as_expected(flag, seen.get(flag.rule, ()))
    yield from (_not_left(rule, seen[rule]) for rule in test.leaves if rule in seen)
    if test.verdicts:
        every = [one for violations in seen.values() for one in violations]
        yield from _other_verdicts(test, verdicts_of(policy, day, every, examined=test.examined))


def _not_as_expected(flag: FlagDocument, violations: Sequence[Violation]) -> Iterator[Text]:
    if not violations:
        yield _not_broken(flag.rule)
        return
    severities = _in_order({one.severity for one in violations}, Severity)
    if flag.severity is not None and severities != (flag.severity,):
        yield _of_other_severity(flag.rule, flag.severity, severities)
    targets = _in_order({one.target for one in violations if one.target}, Target)
    if flag.targets is not None and targets != _in_order(set(flag.targets), Target):
        yield _for_other_targets(flag.rule, flag.targets, targets)


def _other_verdicts(test: PolicyTest, verdicts: Iterable[AxisVerdict]) -> Iterator[Text]:
    for one in verdicts:
        expected = test.verdicts.get((one.axis, one.target))
        if expected is not None and expected is not one.verdict:
            yield _other_verdict(one, expected)


def _in_order(found: set[Any], order: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(one for one in order if one in found)


def _not_broken(rule: str) -> Text:
    return Text(en=f"{rule} should be broken, but nothing here breaks it", ko=f"{rule}: 위반이어야 하나 위반 없음")


def _not_left(rule: str, violations: Sequence[Violation]) -> Text:
    many = len({finding for one in violations for finding in one.findings})
    by = Text(en=f"{many} of the findings break it", ko=f"발견 사항 {many}건이 위반")
    if not many:
        by = Text(en="the inventory breaks it", ko="조사 목록이 위반")
    return Text(en=f"{rule} should be left alone, but {by.en}", ko=f"{rule}: 위반이 아니어야 하나 {by.ko}")


def _of_other_severity(rule: str, expected: Severity, seen: Sequence[Severity]) -> Text:
    found = ", ".join(seen)
    return Text(
        en=f"{rule} should be of severity {expected}, but is of severity {found}",
        ko=f"{rule}: 기대 심각도 {expected}, 실제 심각도 {found}",
    )


def _for_other_targets(rule: str, expected: Sequence[Target], seen: Sequence[Target]) -> Text:
    wanted, found = ", ".join(expected), ", ".join(seen) or "–"
    return Text(
        en=f"{rule} should be broken for {wanted}, but is broken for {found}",
        ko=f"{rule}: 기대 대상 {wanted}, 실제 대상 {found}",
    )


def _other_verdict(seen: AxisVerdict, expected: Verdict) -> Text:
    place = f"{seen.axis} ({seen.target})" if seen.target else str(seen.axis)
    because = ", ".join(seen.rules)
    return Text(
        en=f"the verdict for {place} should be {expected}, but is {seen.verdict}"
        + (f" by {because}" if because else ""),
        ko=f"{place}: 기대 판정 {expected}, 실제 판정 {seen.verdict}" + (f"(규칙 {because})" if because else ""),
    )
