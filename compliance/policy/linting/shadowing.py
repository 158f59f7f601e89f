"""Rules that change no verdict, since another is broken wherever they are, and counts as much."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from compliance.model.text import Text
from compliance.model.verdict import SEVERITY_RANK, Severity
from compliance.policy.linting.decisions import Decisions
from compliance.policy.linting.formulas import And, Breaks, Formula, Not, questions_of
from compliance.policy.linting.values import fields_in
from compliance.policy.policy import Rule
from compliance.policy.vocabulary import KINDS


def shadowed(rules: Sequence[tuple[Rule, Formula]], decisions: Decisions) -> Iterator[tuple[Rule, Text]]:
    """Each rule that another one makes idle, with what to say of it; of two that say the same, the later one.

    Args:
        rules: in the order of the policy.
        decisions: of the policy.
    """
    idle: set[str] = set()
    fields = {rule.id: _fields(formula, rule) for rule, formula in rules}
    for (one, its), (other, others) in permutations(rules, 2):
        in_common = bool(fields[one.id] & fields[other.id])
        if not in_common or other.id in idle or one.id in idle or not _covers(one, other):
            continue
        if not _implies(others, its, one, decisions):
            continue
        same = _covers(other, one) and _implies(its, others, other, decisions)
        if same and one.severity is other.severity:
            later, earlier = (
                (other, one) if rules.index((one, its)) < rules.index((other, others)) else (one, other)
            )
            idle.add(later.id)
            yield later, _says_the_same(earlier)
        elif other.severity is not Severity.NOTE:
            idle.add(other.id)
            yield other, _changes_nothing(one)


def _covers(one: Rule, other: Rule) -> bool:
    """Whether `one` is asked of all that `other` is asked of, on all its days, and weighs at least as much."""
    return (
        (one.kind, one.axis) == (other.kind, other.axis)
        and set(other.targets) <= set(one.targets)
        and SEVERITY_RANK[one.severity] <= SEVERITY_RANK[other.severity]
        and one.first_day <= other.first_day
        and other.last_day <= one.last_day
    )


def _fields(formula: Formula, rule: Rule) -> frozenset[str]:
    found = (fields_in(question.node, KINDS[rule.kind]) for question in questions_of(formula))
    return frozenset[str]().union(*found)


def _implies(other: Formula, one: Formula, rule: Rule, decisions: Decisions) -> bool:
    """Whether the rule of `one`, which is `rule`, is broken wherever that of `other` is.

    A check that can't be made counts for review at least, so a milder rule is idle only if its own can be made.
    """
    mild = SEVERITY_RANK[rule.severity] > SEVERITY_RANK[Severity.REVIEW]
    if mild and any(q.may_fail for q in questions_of(other)):
        return False
    only_the_other = And((Breaks(other), Not(Breaks(one))))
    return decisions.possible(only_the_other, KINDS[rule.kind]) == {False}


def _changes_nothing(by: Rule) -> Text:
    return Text(
        en=f"this rule changes no verdict: whatever breaks it breaks {by.id!r} too, which is "
        f"{by.severity.value}; narrow one of them or remove this one",
        ko=f"판정을 바꾸지 못하는 규칙: 이 규칙을 위반하면 {by.id!r}({by.severity.value}) 규칙도 위반됨. "
        "둘 중 하나의 조건을 좁히거나 이 규칙을 지우세요",
    )


def _says_the_same(by: Rule) -> Text:
    return Text(
        en=f"this rule has the same condition and weight as {by.id!r}; remove one of them",
        ko=f"{by.id!r} 규칙과 조건과 심각도가 같음: 하나를 지우세요",
    )
