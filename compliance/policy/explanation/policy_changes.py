"""Which single entry of a list, or single threshold, would turn a verdict: found by trying."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from compliance.licenses.expressions import leaves
from compliance.model.verdict import Axis, Target, Verdict, Violation, join
from compliance.policy.answers import is_lead
from compliance.policy.cel import CelEvaluator
from compliance.policy.constants import named_in
from compliance.policy.evaluation import verdicts_of, violations_of
from compliance.policy.explanation.asking import LONGEST_TOLD, AskedGroup
from compliance.policy.explanation.document import PolicyChange, VerdictAfter
from compliance.policy.facts import Fact
from compliance.policy.list_entries import license_fault, pattern_fault
from compliance.policy.policy import Policy
from compliance.policy.questions import Question, Questions
from compliance.policy.threshold_steps import moved
from compliance.policy.vocabulary import name_in_conditions

Place = tuple[Axis, Target | None]
Number = int | float

MOST_TRIED = 60
"""Entries of lists that are tried for one verdict."""
_FARTHEST = 2**30
"""Steps by which a threshold is moved at most."""


class Edit(msgspec.Struct, frozen=True):
    """One change of a policy."""

    of: str
    action: str
    value: str | Number


Asked = Sequence[tuple[Questions, AskedGroup]]
Reached = Callable[[Edit], bool]
Violations = tuple[Violation, ...]


class Trials(msgspec.Struct):
    """Judges the same facts by policies that differ in one entry or threshold."""

    policy: Policy
    facts: Mapping[str, Sequence[Fact]]
    today: datetime.date
    examined: bool
    _tried: dict[Edit | None, Mapping[str, Violations]] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep one of all facts that look the same to every rule: verdicts need no more."""
        self.facts = {kind: self._different(kind, facts) for kind, facts in self.facts.items()}
        self._tried[None] = {
            rule.id: tuple(violations_of(rule, self.facts[rule.kind]))
            for rule in self.policy.rules
            if rule.in_force(self.today)
        }

    def bettering(self, place: Place, asked: Asked) -> tuple[PolicyChange, ...]:
        """Each single change of the policy that betters the verdict on `place`.

        Args:
            place: axis and target.
            asked: the groups that lead to the verdict, each with the questions of the rule that it breaks.
        """

        def is_better(edit: Edit) -> bool:
            before, after = self._judged(None)[place], self._judged(edit)[place]
            return after is not before and join([before, after]) is before

        return self._changes(asked, is_better)

    def clearing(self, rule: str, asked: Asked) -> tuple[PolicyChange, ...]:
        """Each single change of the policy with which nothing breaks the rule with the id `rule`.

        Args:
            rule: it is broken.
            asked: the groups that break it, each with its questions.
        """
        return self._changes(asked, lambda edit: not self._broken(edit)[rule])

    def _changes(self, asked: Asked, reached: Reached) -> tuple[PolicyChange, ...]:
        found = [edit for edit in self._lists(asked) if reached(edit)]
        for name in self._named("thresholds", asked):
            found += [edit for up in (True, False) if (edit := self._moved(name, reached, up=up))]
        return tuple(self._told(edit) for edit in found)

    def _different(self, kind: str, facts: Sequence[Fact]) -> list[Fact]:
        reads = sorted({name for rule in self.policy.rules if rule.kind == kind for name in rule.condition.reads})
        seen = {(is_lead(fact), *(getattr(fact, name) for name in reads)): fact for fact in reversed(facts)}
        return list(reversed(seen.values()))

    def _lists(self, asked: Asked) -> list[Edit]:
        edits: dict[Edit, None] = {}
        for questions, group in asked:
            for question in questions.each:
                for name in self._named_in(question, "lists"):
                    edits |= dict.fromkeys(self._entries(name, question, group.facts[0]))
        return list(edits)[:MOST_TRIED]

    def _entries(self, name: str, question: Question, fact: Fact) -> Iterator[Edit]:
        """Entries that the list may gain or lose by what the question saw."""
        entries, texts = self.policy.lists[name], tuple(dict.fromkeys(_texts(question, fact)))
        compared = question.condition is not None and name_in_conditions(name) in question.condition.license_lists
        fault_of = license_fault if compared else pattern_fault
        yield from (Edit(name, "add", text) for text in texts if text not in entries and not fault_of(text))
        few = entries if len(entries) <= LONGEST_TOLD else [entry for entry in entries if entry in texts]
        yield from (Edit(name, "remove", entry) for entry in few)

    def _moved(self, name: str, reached: Reached, *, up: bool) -> Edit | None:
        """The threshold as near as possible to where it is, so that it is reached."""

        def by(steps: int) -> Edit:
            return Edit(name, "set", moved(self.policy.thresholds[name], steps if up else -steps))

        if not reached(by(_FARTHEST)):
            return None
        enough = 1
        while not reached(by(enough)):
            enough *= 2
        too_few = enough // 2
        while enough - too_few > 1:
            middle = (enough + too_few) // 2
            enough, too_few = (middle, too_few) if reached(by(middle)) else (enough, middle)
        return by(enough)

    def _judged(self, edit: Edit | None) -> Mapping[Place, Verdict]:
        every = [one for found in self._broken(edit).values() for one in found]
        verdicts = verdicts_of(self.policy, self.today, every, examined=self.examined)
        return {(one.axis, one.target): one.verdict for one in verdicts}

    def _broken(self, edit: Edit | None) -> Mapping[str, Violations]:
        if edit not in self._tried:
            before = self._tried[None]
            self._tried[edit] = {**before, **self._changed(edit)} if edit else before
        return self._tried[edit]

    def _changed(self, edit: Edit) -> dict[str, Violations]:
        """The violations of the rules that `edit` is about; nothing where it makes a rule that can't be loaded."""
        lists, thresholds = dict(self.policy.lists), dict(self.policy.thresholds)
        match edit.action, edit.value:
            case "add", str(entry):
                lists[edit.of] = (*lists[edit.of], entry)
            case "remove", entry:
                lists[edit.of] = tuple(one for one in lists[edit.of] if one != entry)
            case _, int() | float() as number:
                thresholds[edit.of] = number
        evaluator = CelEvaluator(lists, thresholds)
        word = f"{'thresholds' if edit.action == 'set' else 'lists'}.{name_in_conditions(edit.of)}"
        found = {}
        for rule in self.policy.rules:
            if rule.id not in self._tried[None] or word not in named_in(rule.when):
                continue
            condition = evaluator.compile(rule.kind, rule.when)
            if isinstance(condition, tuple):
                return {}
            changed = msgspec.structs.replace(rule, condition=condition)
            found[rule.id] = tuple(violations_of(changed, self.facts[rule.kind]))
        return found

    def _told(self, edit: Edit) -> PolicyChange:
        before = self._judged(None)
        return PolicyChange(
            of=edit.of,
            action=edit.action,
            value=edit.value,
            was=self.policy.thresholds[edit.of] if edit.action == "set" else None,
            verdicts=tuple(
                VerdictAfter(axis=axis, target=target, verdict=verdict)
                for (axis, target), verdict in self._judged(edit).items()
                if verdict is not before[axis, target]
            ),
        )

    def _named(self, group: str, asked: Asked) -> list[str]:
        each = [question for questions, _ in asked for question in questions.each]
        return list(dict.fromkeys(name for one in each for name in self._named_in(one, group)))

    def _named_in(self, question: Question, group: str) -> list[str]:
        """The lists or thresholds in the text of `question`, as the policy calls them."""
        names = self.policy.lists if group == "lists" else self.policy.thresholds
        words = named_in(question.text)
        return [name for name in names if f"{group}.{name_in_conditions(name)}" in words]


def _texts(question: Question, fact: Fact) -> Iterator[str]:
    """The texts that the question saw; of an expression its licenses."""
    expressions = {one.field for one in question.condition.license_questions} if question.condition else set()
    for name in question.reads:
        value = getattr(fact, name)
        if name in expressions:
            yield from leaves(value)
        elif isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from value
