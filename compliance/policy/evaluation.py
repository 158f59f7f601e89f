"""The judgement of an inventory by a policy: pure, and the same for the same facts, policy and day."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import msgspec

from compliance.model.inventory import Inventory
from compliance.model.text import Text
from compliance.model.verdict import (
    AXIS_RANK,
    Assessment,
    Axis,
    AxisVerdict,
    PolicyReference,
    Severity,
    Target,
    Verdict,
    Violation,
    join,
    verdict_of,
)
from compliance.policy.conditions import Unevaluated
from compliance.policy.cost import MAX_WORK, TOO_MUCH_WORK
from compliance.policy.facts import Fact, WeightsFact, facts_of
from compliance.policy.policy import Policy, Rule


def assess(inventory: Inventory, policy: Policy, today: datetime.date) -> Assessment:
    """What `policy` says of the facts in `inventory` by the rules in force on `today`.

    A condition that can't be evaluated counts as broken, at least for review. Anything skipped, an inventory in
    which there was nothing to examine, and an axis or target none of whose rules is in force, make the verdict at
    least incomplete.
    """
    examined = not inventory.skipped and (inventory.counts.files > 0 or bool(inventory.findings))
    facts = facts_of(inventory)
    rules = [rule for rule in policy.rules if rule.in_force(today)]
    violations = sorted(
        (violation for rule in rules for violation in _violations(rule, facts[rule.kind])), key=_report_order
    )
    asked = {(rule.axis, target) for rule in rules for target in rule.targets}
    return Assessment(
        tool=inventory.tool,
        subject=inventory.subject,
        policy=PolicyReference(
            id=policy.id, version=policy.version, digest=policy.digest, evaluated_on=today.isoformat()
        ),
        counts=inventory.counts,
        verdicts=tuple(
            _verdict(place, violations, complete=examined and place in asked) for place in policy.judged()
        ),
        violations=tuple(violations),
        findings=inventory.findings,
        skipped=inventory.skipped,
        limits=inventory.limits,
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    """What a rule's condition said of all facts of its kind."""

    broken: bool
    broken_by: tuple[str, ...]
    """Identifiers of the facts that break the rule or could not be judged, sorted."""
    leads: tuple[str, ...]
    """Of those that break it only by what is known from reports or general knowledge, sorted."""
    unevaluated: int
    """How many of the facts could not be judged."""
    reason: str | None
    """Why the first of them could not be."""


def _violations(rule: Rule, facts: Sequence[Fact]) -> Iterable[Violation]:
    answers = _ask(rule, facts)
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


def _ask(rule: Rule, facts: Sequence[Fact]) -> _Answers:
    """Ask once for each different set of values that the condition reads: a hundred thousand license statements
    are a few hundred different ones."""
    same: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    values = _values_of(rule.condition.reads)
    for fact in facts:
        same[values(fact)].append(fact)
    broken: list[Fact] = []
    leads: list[Fact] = []
    unevaluated = 0
    reason: str | None = None
    refused = Unevaluated(TOO_MUCH_WORK) if rule.condition.cost.work(same) > MAX_WORK else None
    for key, group in same.items():
        match refused or rule.condition.holds(key):
            case Unevaluated(reason=why):
                reason = reason or why
                unevaluated += len(group)
                broken += group
            case True if rule.severity is Severity.FAIL:
                proven = rule.condition.holds(key, leads=False) is not False
                for fact in group:
                    (broken if proven and not _is_lead(fact) else leads).append(fact)
            case True:
                broken += group
    return _Answers(
        broken=bool(broken),
        broken_by=_ids(broken),
        leads=_ids(leads),
        unevaluated=unevaluated,
        reason=reason,
    )


def _ids(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(sorted({fact.id for fact in facts if fact.id}))


def _is_lead(fact: Fact) -> bool:
    return isinstance(fact, WeightsFact) and fact.lead


def _values_of(fields: Sequence[str]) -> Callable[[Fact], tuple[object, ...]]:
    match fields:
        case []:
            return lambda _: ()
        case [field]:
            only = attrgetter(field)
            return lambda fact: (only(fact),)
        case _:
            return attrgetter(*fields)


def _at_least_review(severity: Severity) -> Severity:
    return severity if severity is Severity.FAIL else Severity.REVIEW


def _unevaluated(answers: _Answers) -> Text:
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
    ko="간접 자료나 일반적인 지식만을 근거로 하며, 단서만으로는 불합격으로 판정하지 않습니다. 라이선스 원문 또는 "
    "구성 요소의 출처를 확인하세요.",
)
_TARGETS: Mapping[Target | None, int] = {target: place for place, target in enumerate([None, *Target])}
_SEVERITIES: Mapping[Severity, int] = {severity: place for place, severity in enumerate(Severity)}


def _report_order(violation: Violation) -> tuple[int, int, int, str]:
    """By axis and target, gravest first."""
    return (
        AXIS_RANK[violation.axis],
        _TARGETS[violation.target],
        _SEVERITIES[violation.severity],
        violation.rule,
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
