"""The questions of a condition, each asked by itself, and how their answers make the answer of the whole.

An answer is true, false, or none where the question could not be answered; none counts as CEL counts an error: it
is the answer of the whole unless the other answers settle it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product

import msgspec

from compliance.policy.condition_parts import Part, parts_of
from compliance.policy.conditions import Condition, Evaluator, Unevaluated
from compliance.policy.facts import Fact
from compliance.policy.policy import Rule
from compliance.policy.vocabulary import KINDS

Answer = bool | None

Changes = tuple[tuple[str, bool], ...]
"""Questions with the answers that they would have to have."""

_MOST_CHANGES = 16
"""Of ways to change as few answers as possible, so many are followed."""
_MOST_TRIED = 12
"""Of different questions, so many are tried in every combination where one stands at several places."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked by itself."""

    text: str
    """As it stands in the condition."""
    condition: Condition | None
    """None where it can't be asked by itself."""
    _given: dict[tuple[object, ...], Answer] = field(default_factory=dict, compare=False, repr=False)
    """Answers by what was seen: many findings show it the same values."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields of the fact on which its answer depends, as far as that is known."""
        return self.condition.reads if self.condition else ()

    def ask(self, fact: Fact, *, leads: bool = True) -> Answer:
        """Its answer of `fact`."""
        if self.condition is None:
            return None
        values = [getattr(fact, name) for name in self.condition.reads]
        key = (leads, *values)
        if key not in self._given:
            answer = self.condition.holds(values, leads=leads)
            self._given[key] = None if isinstance(answer, Unevaluated) else answer
        return self._given[key]


class Questions(msgspec.Struct, frozen=True):
    """The questions of one rule's condition."""

    source: str
    tree: Part
    each: tuple[Question, ...]
    """Every different one, in the order of the condition."""

    def ask(self, fact: Fact, *, leads: bool = True) -> "Answers":
        """The answers of `fact` to all of them."""
        return Answers(self.source, self.tree, {one.text: one.ask(fact, leads=leads) for one in self.each})


class Answers(msgspec.Struct, frozen=True):
    """The answers of one fact to the questions of one condition."""

    source: str
    tree: Part
    given: Mapping[str, Answer]
    """By the text of the question, in the order of the condition."""

    def whole(self) -> Answer:
        """The answer of the condition."""
        return self.of(self.tree)

    def of(self, part: Part) -> Answer:
        """The answer of a part of the condition."""
        match part.operator:
            case "question":
                return self.given[part.text(self.source)]
            case "not":
                inner = self.of(part.parts[0])
                return None if inner is None else not inner
        settles = part.operator == "or"
        answers = {self.of(one) for one in part.parts}
        if settles in answers:
            return settles
        return None if None in answers else not settles

    def changed(self, changes: Iterable[tuple[str, bool]]) -> "Answers":
        """The same with other answers to some questions."""
        return msgspec.structs.replace(self, given={**self.given, **dict(changes)})

    def matters(self, question: str) -> bool:
        """Whether the other answer to `question` alone would turn the answer of the whole."""
        answer, whole = self.given[question], self.whole()
        return None not in (answer, whole) and self.changed([(question, not answer)]).whole() is not whole

    def deciding(self) -> tuple[str, ...]:
        """The questions whose answers make the answer of the whole, in the order of the condition."""
        found = set(self._deciding(self.tree))
        return tuple(text for text in self.given if text in found)

    def _deciding(self, part: Part) -> Iterator[str]:
        if part.operator == "question":
            yield part.text(self.source)
        answer = self.of(part)
        for one in part.parts:
            if part.operator == "not" or self.of(one) is answer:
                yield from self._deciding(one)

    def smallest_changes(self, wanted: bool) -> tuple[Changes, ...]:
        """The smallest sets of answers with which the answer of the whole is `wanted`; none where none is known.

        Sets of the same size are all given, up to a limit, in the order of the condition.
        """
        order = {text: place for place, text in enumerate(self.given)}
        found = [
            changes for changes in self._changes(self.tree, wanted) if self.changed(changes).whole() is wanted
        ]
        if not found and len(order) <= _MOST_TRIED:  # a question at several places, which can't be changed at one
            found = self._tried(wanted)
        listed = [tuple(sorted(changes, key=lambda one: order[one[0]])) for changes in found]
        return tuple(sorted(listed, key=lambda changes: [order[text] for text, _ in changes]))

    def _changes(self, part: Part, wanted: bool) -> list[frozenset[tuple[str, bool]]]:
        if self.of(part) is wanted:
            return [frozenset()]
        match part.operator:
            case "question":
                return [frozenset([(part.text(self.source), wanted)])]
            case "not":
                return self._changes(part.parts[0], not wanted)
        each = [self._changes(one, wanted) for one in part.parts]
        if (part.operator == "or") is wanted:
            return _smallest(changes for ways in each for changes in ways)
        ways = each[0]
        for more in each[1:]:
            ways = _smallest(one | other for one, other in product(ways, more))
        return ways

    def _tried(self, wanted: bool) -> list[frozenset[tuple[str, bool]]]:
        for size in range(1, len(self.given) + 1):
            chosen = [
                frozenset((text, not self.given[text]) for text in texts)
                for texts in combinations(self.given, size)
            ]
            if found := [changes for changes in chosen if self.changed(changes).whole() is wanted]:
                return found[:_MOST_CHANGES]
        return []


def questions_of(rule: Rule, evaluator: Evaluator) -> Questions:
    """The questions of the condition of `rule`, ready to be asked.

    Args:
        rule: of the policy.
        evaluator: for the lists and thresholds of that policy.
    """
    tree = parts_of(rule.when)
    texts = dict.fromkeys(part.text(rule.when) for part in tree.questions())
    return Questions(
        rule.when, tree, tuple(Question(text, _condition(text, rule.kind, evaluator)) for text in texts)
    )


def _condition(text: str, kind: str, evaluator: Evaluator) -> Condition | None:
    """The question as a condition. A number may be guarded by another question: here it is guarded for itself."""
    compiled = evaluator.compile(kind, text)
    if isinstance(compiled, tuple):
        variable = KINDS[kind].variable
        read = dict.fromkeys(re.findall(rf"\b{variable}\.(\w+)", text))
        guards = [f"has({variable}.{name})" for name in read if name in KINDS[kind].fields]
        compiled = evaluator.compile(kind, f"({' || '.join([*guards, 'true'])}) && ({text})")
    return None if isinstance(compiled, tuple) else compiled


def _smallest(ways: Iterable[frozenset[tuple[str, bool]]]) -> list[frozenset[tuple[str, bool]]]:
    different = list(dict.fromkeys(ways))
    least = min(map(len, different), default=0)
    return [changes for changes in different if len(changes) == least][:_MOST_CHANGES]
