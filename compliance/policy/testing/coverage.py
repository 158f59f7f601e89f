"""Which rules and which of their questions the tests of a policy touch."""

import re
from collections.abc import Sequence

import msgspec

from compliance.policy.cel import CelEvaluator
from compliance.policy.policy import Policy, Rule
from compliance.policy.questions import Answers, questions_of
from compliance.policy.testing.places import Places
from compliance.policy.testing.running import Outcome


class QuestionCoverage(msgspec.Struct, frozen=True):
    """One question of a condition."""

    text: str
    seen_true: bool
    """It was answered with true, and another answer would have turned the rule's."""
    seen_false: bool
    """The same with false."""


class RuleCoverage(msgspec.Struct, frozen=True):
    """One rule."""

    rule: Rule
    asked: bool
    """The rule was in force on the day of a test that shows it a fact."""
    broken: int
    """In how many tests it was broken."""
    left: int
    """In how many tests that expect so it was not broken."""
    questions: tuple[QuestionCoverage, ...]

    @property
    def complete(self) -> bool:
        """Whether it was broken and left alone, and each question mattered with both answers."""
        return bool(self.broken and self.left) and all(one.seen_true and one.seen_false for one in self.questions)


def coverage_of(policy: Policy, places: Places, outcomes: Sequence[Outcome]) -> tuple[RuleCoverage, ...]:
    """What `outcomes` of tests touch of each rule that `policy` writes itself, in its order."""
    evaluator = CelEvaluator(policy.lists, policy.thresholds)
    return tuple(_of_rule(rule, evaluator, outcomes) for rule in policy.rules if places.writes(rule))


def _of_rule(rule: Rule, evaluator: CelEvaluator, outcomes: Sequence[Outcome]) -> RuleCoverage:
    questions = questions_of(rule, evaluator)
    shown = [one for one in outcomes if rule.in_force(one.day) and one.test.facts[rule.kind]]
    answers = [questions.ask(fact) for one in shown for fact in one.test.facts[rule.kind]]
    return RuleCoverage(
        rule=rule,
        asked=bool(shown),
        broken=sum(rule.id in one.flagged for one in outcomes),
        left=sum(rule.id in one.test.leaves for one in outcomes if rule.id not in one.flagged),
        questions=tuple(
            QuestionCoverage(
                one.text, seen_true=_seen(one.text, True, answers), seen_false=_seen(one.text, False, answers)
            )
            for one in questions.each
            if one.condition is None or one.condition.reads  # `true` is no question
        ),
    )


def _seen(question: str, answer: bool, answers: Sequence[Answers]) -> bool:
    return any(one.given[question] is answer and _mattered(one, question) for one in answers)


def _mattered(answers: Answers, question: str) -> bool:
    """Whether another answer would have turned the whole; for an absent field with whatever it might hold."""
    if answers.matters(question):
        return True
    guard = _GUARD.fullmatch(question)
    if guard is None or answers.given[question] is not False:
        return False
    about = [one for one in answers.given if guard[1] in _FIELD.findall(one) and one != question]
    there = (answers.changed([(question, True), *((one, held) for one in about)]) for held in (True, False))
    return any(one.whole() is not answers.whole() for one in there)


_FIELD = re.compile(r"\w+\.\w+")
_GUARD = re.compile(r"has\((\w+\.\w+)\)")
