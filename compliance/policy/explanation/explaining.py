"""Explaining a judgement: every rule that was asked, why it held or not, and what would turn the verdicts."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from compliance.model.inventory import Inventory
from compliance.model.verdict import Axis
from compliance.policy.cel import CelEvaluator
from compliance.policy.evaluation import assess, was_examined
from compliance.policy.explanation.asking import Teller, ask
from compliance.policy.explanation.document import Explanation, NotAsked, RuleExplained
from compliance.policy.explanation.policy_changes import Trials
from compliance.policy.explanation.turning import AskedRule, explained
from compliance.policy.facts import Fact, facts_of
from compliance.policy.policy import Policy, Rule
from compliance.policy.questions import questions_of


class Wanted(msgspec.Struct, frozen=True):
    """What an explanation is to be about; everything where nothing is named."""

    finding: str | None = None
    rule: str | None = None
    axis: Axis | None = None

    def rules(self, rules: Iterable[Rule]) -> list[Rule]:
        """Those of `rules` that it is about."""
        return [rule for rule in rules if self.rule in (None, rule.id) and self.axis in (None, rule.axis)]


def explain(inventory: Inventory, policy: Policy, today: datetime.date, wanted: Wanted) -> Explanation:
    """Why `policy` judges `inventory` as it does on `today`, as far as it is `wanted`.

    The verdicts are always those of the whole inventory.
    """
    facts = facts_of(inventory)
    evaluator = CelEvaluator(policy.lists, policy.thresholds)
    assessment = assess(inventory, policy, today)
    rules = wanted.rules(policy.rules)
    axes = {rule.axis for rule in rules}
    every = [
        (rule, questions_of(rule, evaluator))
        for rule in policy.rules
        if rule.axis in axes and rule.in_force(today)
    ]
    asked = [AskedRule(rule, questions, ask(rule, questions, facts[rule.kind])) for rule, questions in every]
    shown = [_of_finding(one, wanted.finding) for one in asked if one.rule in rules]
    teller = Teller(policy, inventory)
    trials = Trials(policy, facts, today, was_examined(inventory))
    return Explanation(
        subject=inventory.subject,
        policy=assessment.policy,
        verdicts=tuple(explained(one, asked, teller, trials) for one in assessment.verdicts if one.axis in axes),
        rules=tuple(_rule(one, teller, trials) for one in shown if one.groups),
        not_asked=tuple(_not_asked(rules, today, shown, _kind_of(facts, wanted.finding))),
    )


def _rule(asked: AskedRule, teller: Teller, trials: Trials) -> RuleExplained:
    breaking = [(asked.questions, group) for group in asked.groups if group.breaks]
    cleared = trials.clearing(asked.rule.id, breaking) if breaking else ()
    return teller.rule(asked.rule, asked.questions, asked.groups, cleared)


def _of_finding(asked: AskedRule, finding: str | None) -> AskedRule:
    """The rule asked of one finding alone, where one is named."""
    if finding is None:
        return asked
    facts = [(group, tuple(fact for fact in group.facts if fact.id == finding)) for group in asked.groups]
    return msgspec.structs.replace(
        asked, groups=tuple(msgspec.structs.replace(group, facts=some) for group, some in facts if some)
    )


def _kind_of(facts: Mapping[str, Sequence[Fact]], finding: str | None) -> str | None:
    return next((kind for kind, some in facts.items() if finding and any(one.id == finding for one in some)), None)


def _not_asked(
    rules: Iterable[Rule], today: datetime.date, shown: Iterable[AskedRule], kind: str | None
) -> Iterator[NotAsked]:
    asked = {one.rule.id for one in shown if one.groups}
    for rule in rules:
        if rule.id in asked:
            continue
        if rule.begins and today < rule.begins:
            yield NotAsked(rule=rule.id, reason="not-yet", kind=rule.kind, date=rule.begins.isoformat())
        elif rule.ends and rule.ends < today:
            yield NotAsked(rule=rule.id, reason="no-longer", kind=rule.kind, date=rule.ends.isoformat())
        else:
            reason = "no-such-finding" if kind in (None, rule.kind) else "other-kind"
            yield NotAsked(rule=rule.id, reason=reason, kind=rule.kind)
