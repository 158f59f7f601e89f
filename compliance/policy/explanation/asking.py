"""A rule asked of findings, question by question."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter

import msgspec

from compliance.model.inventory import Inventory
from compliance.model.verdict import Severity
from compliance.policy.answers import rests_on_lead
from compliance.policy.constants import Constants, named_in
from compliance.policy.explanation.document import (
    Change,
    Group,
    LicenseReason,
    Place,
    PolicyChange,
    QuestionAnswered,
    RuleExplained,
    Seen,
)
from compliance.policy.explanation.licenses import reasons
from compliance.policy.facts import Fact
from compliance.policy.policy import Policy, Rule
from compliance.policy.questions import Answers, Changes, Question, Questions
from compliance.policy.vocabulary import KINDS

LONGEST_TOLD = 12
"""Entries of a list that are told one by one."""
MOST_GROUPS = 20
"""Groups that don't break a rule and are told nevertheless."""


class AskedGroup(msgspec.Struct, frozen=True):
    """Facts that look the same to a rule, and what its questions say of them."""

    facts: tuple[Fact, ...]
    answers: Answers
    lead: bool
    """They break the rule by what is known from reports or general knowledge alone."""

    def severity(self, rule: Rule) -> Severity:
        """How gravely they break `rule`, as the engine counts it."""
        if self.lead:
            return Severity.REVIEW
        failed = self.answers.whole() is None
        return Severity.REVIEW if failed and rule.severity is not Severity.FAIL else rule.severity

    @property
    def breaks(self) -> bool:
        """Whether they break the rule; what could not be evaluated counts as breaking it."""
        return self.answers.whole() is not False


def ask(rule: Rule, questions: Questions, facts: Sequence[Fact]) -> tuple[AskedGroup, ...]:
    """The groups of `facts`, in their order."""
    same: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        lead = rule.severity is Severity.FAIL and rests_on_lead(rule, fact)
        same[(lead, *(attrgetter(field)(fact) for field in rule.condition.reads))].append(fact)
    return tuple(_group(rule, questions, group) for group in same.values())


def _group(rule: Rule, questions: Questions, facts: Sequence[Fact]) -> AskedGroup:
    answers = questions.ask(facts[0])
    fails = rule.severity is Severity.FAIL and answers.whole() is True
    lead = fails and (rests_on_lead(rule, facts[0]) or questions.ask(facts[0], leads=False).whole() is False)
    return AskedGroup(tuple(facts), answers, lead)


class Teller:
    """Tells of groups in the words of one policy and of one inventory."""

    def __init__(self, policy: Policy, inventory: Inventory) -> None:
        """Tell of `inventory` as `policy` judges it."""
        self._constants = Constants.of(policy.lists, policy.thresholds)
        self._lines = {finding.id: finding.lines for finding in inventory.findings}

    def rule(
        self, rule: Rule, questions: Questions, groups: Sequence[AskedGroup], policy: Sequence[PolicyChange]
    ) -> RuleExplained:
        """`rule` with what its questions say of each group; those that break it come first, all of them.

        Args:
            rule: it was asked.
            questions: of its condition.
            groups: of what it was asked.
            policy: changes of the policy with which nothing would break it.
        """
        breaking = [one for one in groups if one.breaks]
        others = [one for one in groups if not one.breaks]
        return RuleExplained(
            rule=rule.id,
            axis=rule.axis,
            targets=rule.targets,
            severity=rule.severity,
            kind=rule.kind,
            when=rule.when,
            line=rule.line,
            message=rule.message,
            why=rule.why,
            references=rule.references,
            asked_of=sum(len(one.facts) for one in groups),
            broken_by=sum(len(one.facts) for one in breaking),
            groups=tuple(self._group(rule, questions, one) for one in [*breaking, *others[:MOST_GROUPS]]),
            groups_left_out=len(others[MOST_GROUPS:]),
            policy=tuple(policy),
        )

    def place(self, fact: Fact, kind: str) -> Place:
        """Where `fact` stands."""
        return Place(finding=fact.id, kind=kind, path=getattr(fact, "path", ""), lines=self._lines.get(fact.id))

    def _group(self, rule: Rule, questions: Questions, group: AskedGroup) -> Group:
        deciding = group.answers.deciding()
        return Group(
            findings=tuple(self.place(fact, rule.kind) for fact in group.facts),
            holds=group.answers.whole(),
            lead=group.lead,
            questions=tuple(
                QuestionAnswered(
                    text=one.text,
                    answer=group.answers.given[one.text],
                    decides=one.text in deciding,
                    seen=tuple(self._seen(rule, one, group.facts[0])),
                    licenses=_licenses(one, group.facts[0]),
                )
                for one in questions.each
            ),
            smallest_changes=tuple(changes_of(questions, one) for one in group.answers.smallest_changes(False))
            if group.breaks
            else (),
        )

    def _seen(self, rule: Rule, question: Question, fact: Fact) -> Iterator[Seen]:
        variable = KINDS[rule.kind].variable
        for field in question.reads:
            yield Seen(name=f"{variable}.{field}", value=getattr(fact, field))
        for name in dict.fromkeys(named_in(question.text)):
            group, _, own = name.partition(".")
            if group == "thresholds":
                yield Seen(name=name, value=self._constants.thresholds[own])
                continue
            entries = self._constants.lists[own]
            told = entries if len(entries) <= LONGEST_TOLD else None
            yield Seen(name=name, value=told, entries=len(entries))


def _licenses(question: Question, fact: Fact) -> tuple[LicenseReason, ...]:
    asked = question.condition.license_questions if question.condition else ()
    return tuple(reason for one in asked for reason in reasons(one, getattr(fact, one.field)))


def changes_of(questions: Questions, changes: Changes) -> tuple[Change, ...]:
    """`changes` with the fields on which each answer depends."""
    reads = {one.text: one.reads for one in questions.each}
    return tuple(Change(question=text, answer=answer, fields=reads[text]) for text, answer in changes)
