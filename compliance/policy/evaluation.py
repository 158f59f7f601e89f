"""The judgement of an inventory by a policy: pure, and the same for the same facts, policy and day."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from compliance.model.inventory import Inventory
from compliance.model.text import Text
from compliance.model.verdict import (
    AXIS_RANK,
    SEVERITY_RANK,
    Assessment,
    Axis,
    AxisVerdict,
    PolicyReference,
    Severity,
    Target,
    Verdict,
    Violation,
    WaiverFileReference,
    join,
    verdict_of,
)
from compliance.policy import waiving
from compliance.policy.answers import Answers, Asking, FactGroups, grouped
from compliance.policy.facts import Fact, facts_of
from compliance.policy.policy import Policy, Rule

if TYPE_CHECKING:  # loaded where there are waivers
    from compliance.policy.waivers import WaiverFile


def assess(
    inventory: Inventory,
    policy: Policy,
    today: datetime.date,
    waivers: "Sequence[WaiverFile]" = (),
    asking: Asking | None = None,
) -> Assessment:
    """What `policy` says of the facts in `inventory` by the rules in force on `today`, except for `waivers`.

    A condition that can't be evaluated counts as broken, at least for review. Anything skipped, an inventory in
    which there was nothing to examine, and an axis or target none of whose rules is in force, make the verdict at
    least incomplete. `asking` knows answers of the same policy's rules.
    """
    return Judge(policy, today, waivers, asking).assess(inventory, FactGroups(facts_of(inventory)))


class Judge:
    """A policy on one day, which remembers what its conditions answered: many inventories are alike."""

    def __init__(
        self,
        policy: Policy,
        today: datetime.date,
        waivers: "Sequence[WaiverFile]" = (),
        asking: Asking | None = None,
    ) -> None:
        """Judge by the rules of `policy` in force on `today`, except for `waivers`.

        `asking` knows answers of the same policy's rules.
        """
        self._policy = policy
        self._today = today
        self._waivers = waivers
        self._rules = [rule for rule in policy.rules if rule.in_force(today)]
        self._asking = asking or Asking()

    def assess(self, inventory: Inventory, facts: FactGroups) -> Assessment:
        """What the policy says of `inventory`, whose facts are `facts`."""
        examined = was_examined(inventory)
        broken = [
            found
            for rule in self._rules
            for found in _violations(rule, self._asking.ask(rule, facts.same(rule.kind, rule.condition.reads)))
        ]
        waived = waiving.apply(broken, self._waivers, self._policy, inventory.subject, facts.by_kind, self._today)
        violations = sorted(waived.violations, key=_report_order)
        return Assessment(
            tool=inventory.tool,
            subject=inventory.subject,
            policy=self.reference,
            counts=inventory.counts,
            verdicts=verdicts_of(self._policy, self._today, violations, examined=examined),
            violations=tuple(violations),
            waiver_faults=waived.faults,
            findings=inventory.findings,
            skipped=inventory.skipped,
            limits=inventory.limits,
        )

    @property
    def reference(self) -> PolicyReference:
        """Which policy judges, on which day, with which waivers."""
        return PolicyReference(
            id=self._policy.id,
            version=self._policy.version,
            digest=self._policy.digest,
            evaluated_on=self._today.isoformat(),
            extends=self._policy.extends,
            waivers=tuple(WaiverFileReference(file=one.name, digest=one.digest) for one in self._waivers),
        )


def was_examined(inventory: Inventory) -> bool:
    """Whether there was something to examine, and nothing of it was skipped."""
    return not inventory.skipped and (inventory.counts.files > 0 or bool(inventory.findings))


def verdicts_of(
    policy: Policy, today: datetime.date, violations: Sequence[Violation], *, examined: bool
) -> tuple[AxisVerdict, ...]:
    """What `violations` of the rules in force on `today` come to, an axis and target each.

    Args:
        policy: whose axes are judged.
        today: the day of the rules that were asked.
        violations: of these rules.
        examined: whether there was something to examine and nothing was skipped.
    """
    asked = {(rule.axis, target) for rule in policy.rules if rule.in_force(today) for target in rule.targets}
    return tuple(_verdict(place, violations, complete=examined and place in asked) for place in policy.judged())


def violations_of(rule: Rule, facts: Sequence[Fact]) -> Iterable[Violation]:
    """The violations, a target each, that `rule` comes to when it is asked of `facts` of its kind."""
    return _violations(rule, Asking().ask(rule, grouped(facts, rule.condition.reads)))


def _violations(rule: Rule, answers: Answers) -> Iterable[Violation]:
    failed = answers.reason is not None
    for target in rule.targets:
        violation = Violation(
            rule=rule.id,
            axis=rule.axis,
            target=target,
            severity=rule.severity,
            message=rule.message,
            remedy=rule.remedy,
        )
        if answers.broken:
            yield msgspec.structs.replace(
                violation,
                severity=_at_least_review(rule.severity) if failed else rule.severity,
                findings=answers.broken_by,
                unevaluated=_unevaluated(answers) if failed else None,
            )
        if answers.leads:
            yield msgspec.structs.replace(violation, severity=Severity.REVIEW, findings=answers.leads, lead=_LEAD)


def _at_least_review(severity: Severity) -> Severity:
    return severity if severity is Severity.FAIL else Severity.REVIEW


def _unevaluated(answers: Answers) -> Text:
    reason = (answers.reason or "")[:200]
    return Text(
        en=f"The condition could not be evaluated on {answers.unevaluated:,} of these ({reason}), which counts as "
        "breaking the rule; correct the condition or judge them by hand.",
        ko=f"조건식 평가 불가 {answers.unevaluated:,}건({reason}). 위반으로 처리했으니 조건식을 고치거나 "
        "직접 검토하세요.",
    )


_LEAD = Text(
    en="This rests on reports or general knowledge alone, and a lead can't fail anything: read the license, or "
    "establish whose the part is.",
    ko="간접 자료나 일반적인 지식만을 근거로 하며, 단서만으로는 부적합으로 판정하지 않습니다. 라이선스 원문 또는 "
    "구성 요소의 출처를 확인하세요.",
)
_TARGETS: Mapping[Target | None, int] = {target: place for place, target in enumerate([None, *Target])}


def _report_order(violation: Violation) -> tuple[object, ...]:
    """By axis and target, gravest first; what is waived of a violation after what counts."""
    return (
        AXIS_RANK[violation.axis],
        _TARGETS[violation.target],
        SEVERITY_RANK[violation.severity],
        violation.rule,
        violation.lead is not None,
        violation.waiver.id if violation.waiver else "",
    )


def _verdict(place: tuple[Axis, Target | None], violations: Sequence[Violation], *, complete: bool) -> AxisVerdict:
    axis, target = place
    counted = [
        (verdict_of(violation.severity), violation.rule)
        for violation in violations
        if (violation.axis, violation.target) == place and violation.waiver is None
    ]
    worst = join(verdict for verdict, _ in counted)
    leading = {rule for verdict, rule in counted if verdict is worst}
    return AxisVerdict(
        axis=axis,
        target=target,
        verdict=worst if complete else join([worst, Verdict.INCOMPLETE]),
        rules=() if worst is Verdict.PASS else tuple(sorted(leading)),
    )
