"""The shortest way from a verdict to the next better one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import msgspec

from compliance.model.verdict import AxisVerdict, Verdict, join, verdict_of
from compliance.policy.explanation.asking import AskedGroup, Teller, changes_of
from compliance.policy.explanation.document import Change, FindingChange, VerdictExplained, Way
from compliance.policy.explanation.policy_changes import Trials
from compliance.policy.facts import Fact
from compliance.policy.policy import Rule
from compliance.policy.questions import Questions

_MOST_FIELDS = 12
"""Of the fields that rules read, so many are tried in every combination."""


class AskedRule(msgspec.Struct, frozen=True):
    """A rule that was asked, with what came of it."""

    rule: Rule
    questions: Questions
    groups: tuple[AskedGroup, ...]


def explained(
    verdict: AxisVerdict, asked: Sequence[AskedRule], teller: Teller, trials: Trials
) -> VerdictExplained:
    """`verdict` with what would have to differ in findings, or in the policy, to make it better.

    Args:
        verdict: as the policy judged.
        asked: every rule in force, with all facts of its kind.
        teller: of the inventory.
        trials: of other policies on the same facts.
    """
    broken = [
        (one, group, verdict_of(group.severity(one.rule)))
        for one in asked
        if (verdict.axis, verdict.target) in [(one.rule.axis, target) for target in one.rule.targets]
        for group in one.groups
        if group.breaks
    ]
    worst = join(leads_to for _, _, leads_to in broken)
    leading = [(one, group) for one, group, leads_to in broken if leads_to is worst and worst is not Verdict.PASS]
    rest = [leads_to for _, _, leads_to in broken if leads_to is not worst]
    unseen = [] if trials.examined else [Verdict.INCOMPLETE]
    place = (verdict.axis, verdict.target)
    return VerdictExplained(
        axis=verdict.axis,
        target=verdict.target,
        verdict=verdict.verdict,
        rules=verdict.rules,
        incomplete=not trials.examined,
        better=join([*rest, *unseen]) if leading else None,
        findings=tuple(_finding_changes(leading, teller)),
        policy=trials.bettering(place, [(one.questions, group) for one, group in leading]),
    )


def _finding_changes(leading: Sequence[tuple[AskedRule, AskedGroup]], teller: Teller) -> Iterator[FindingChange]:
    """What must differ, findings that break the same rules in the same way together."""
    breaks: dict[tuple[str, int], tuple[Fact, list[tuple[AskedRule, AskedGroup]]]] = {}
    for one, group in leading:
        for fact in group.facts:
            breaks.setdefault((one.rule.kind, id(fact)), (fact, []))[1].append((one, group))
    alike: dict[tuple[int, ...], list[Fact]] = defaultdict(list)
    by_whom: dict[tuple[int, ...], list[tuple[AskedRule, AskedGroup]]] = {}
    for fact, by in breaks.values():
        key = tuple(id(group) for _, group in by)
        alike[key].append(fact)
        by_whom[key] = by
    for key, facts in alike.items():
        by = by_whom[key]
        yield FindingChange(
            findings=tuple(teller.place(fact, by[0][0].rule.kind) for fact in facts),
            rules=tuple(one.rule.id for one, _ in by),
            ways=tuple(_fewest_fields([_ways(one, group) for one, group in by])),
        )


Ways = list[tuple[Change, ...]]


def _ways(one: AskedRule, group: AskedGroup) -> Ways:
    return [changes_of(one.questions, changes) for changes in group.answers.smallest_changes(False)]


def _fewest_fields(rules: Sequence[Ways]) -> list[Way]:
    """The ways in which as few fields as possible must differ so that no rule is broken, in the rules' order."""
    known = list(
        dict.fromkeys(field for ways in rules for way in ways for change in way for field in change.fields)
    )
    sizes = range(len(known) + 1) if len(known) <= _MOST_FIELDS else [len(known)]
    for size in sizes:
        found = [way for fields in combinations(known, size) if (way := _way(rules, fields))]
        if found:
            return found
    return []


def _way(rules: Sequence[Ways], fields: Sequence[str]) -> Way | None:
    """How no rule would be broken if only `fields` differed."""
    chosen = [_within(ways, fields) for ways in rules]
    if None in chosen:
        return None
    return Way(fields=tuple(fields), changes=tuple(dict.fromkeys(one for way in chosen for one in way or ())))


def _within(ways: Ways, fields: Sequence[str]) -> tuple[Change, ...] | None:
    """The first way that needs no other fields than `fields`; if possible none in which something isn't stated."""
    possible = [way for way in ways if all({*change.fields} <= {*fields} for change in way)]
    return min(possible, key=lambda way: sum(change.question.startswith("has(") for change in way), default=None)
