"""Which answers a condition can have at all: a search through the cases of every field that it names.

Where two cases can't be told to exclude each other, both are taken as possible together. So an answer that is left
out here never comes, while one that is named may still never come.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from compliance.policy.constants import Constants
from compliance.policy.linting.formulas import ANSWERS, Answer, Formula, Question, answers, questions_of
from compliance.policy.linting.license_consequences import Consequence, consequences
from compliance.policy.linting.values import Reading, cases, fields_in
from compliance.policy.vocabulary import Kind

MAX_QUESTIONS = 40
"""Different ones in a formula; more aren't decided."""
MAX_STEPS = 20_000
"""Of one search."""
MAX_STEPS_OF_POLICY = 400_000
"""Of all searches together: half a minute or so."""

_NO_FIELD = ""
"""Under it stand questions that depend on no fact."""

Known = dict[str, frozenset[Answer]]
"""The answers that are left for each question, by its key."""


class UndecidedError(Exception):
    """The search would take too long."""


class Decisions(msgspec.Struct):
    """Answers for the conditions of one policy."""

    constants: Constants
    steps: int = 0
    """Taken so far."""
    undecided: int = 0
    """Formulas given up so far."""

    def possible(self, formula: Formula, kind: Kind) -> frozenset[Answer]:
        """The answers that `formula` may have for facts of `kind`; all where that would take too long to tell."""
        if self.steps >= MAX_STEPS_OF_POLICY:
            self.undecided += 1
            return ANSWERS
        questions = {question.key: question for question in questions_of(formula)}
        search = _Search(formula, kind, self.constants, questions, self._allowance(len(questions)))
        try:
            search.go({key: _open(question) for key, question in questions.items()}, search.fields)
        except UndecidedError:
            self.undecided += 1
            return ANSWERS
        finally:
            self.steps += search.steps
        return search.found

    def _allowance(self, questions: int) -> int:
        return 0 if questions > MAX_QUESTIONS else min(MAX_STEPS, MAX_STEPS_OF_POLICY - self.steps)


def _open(question: Question) -> frozenset[Answer]:
    return ANSWERS if question.may_fail else frozenset({True, False})


class _Search:
    def __init__(
        self,
        formula: Formula,
        kind: Kind,
        constants: Constants,
        questions: Mapping[str, Question],
        allowance: int,
    ) -> None:
        self.found: frozenset[Answer] = frozenset()
        self.steps = 0
        self._formula = formula
        self._kind = kind
        self._constants = constants
        self._allowance = allowance
        self._consequences: tuple[Consequence, ...] = consequences(questions.values(), constants)
        about: dict[str, list[Question]] = defaultdict(list)
        for question in questions.values():
            match sorted(fields_in(question.node, kind)):
                case []:
                    about[_NO_FIELD].append(question)
                case [field]:
                    about[field].append(question)
        self._told = {field: self._tell(field, asked) for field, asked in about.items()}
        self.fields = tuple(self._told)

    def go(self, known: Known, fields: Sequence[str]) -> None:
        """Find the answers that are possible under what is `known`, with `fields` yet to go through.

        Raises:
            UndecidedError: after too many steps.
        """
        self.steps += 1
        if self.steps > self._allowance:
            raise UndecidedError
        now = answers(self._formula, known)
        if now <= self.found:
            return
        if len(now) == 1:
            self.found |= now
        elif fields:
            for told in self._told[fields[0]]:
                self._go_on(known, told, fields[1:])
        else:
            self._try_out(known)

    def _tell(self, field: str, questions: Sequence[Question]) -> list[Known]:
        """What each case of `field` says of the `questions` about it alone, every different one once."""
        nodes = [question.node for question in questions]
        every = [None] if field == _NO_FIELD else cases(self._kind.fields[field], nodes, self._constants)
        found: list[Known] = []
        for case in every:
            reading = Reading(self._kind.variable, case, self._constants)
            told = {question.key: reading.answer(question.node) for question in questions}
            known: Known = {key: frozenset({answer}) for key, answer in told.items() if answer is not None}
            if known not in found:
                found.append(known)
        return found

    def _try_out(self, known: Known) -> None:
        key = next((key for key, left in known.items() if len(left) > 1), None)
        if key is None:
            self.found |= answers(self._formula, known)
            return
        for answer in sorted(known[key], key=str):
            self._go_on(known, {key: frozenset({answer})}, ())

    def _go_on(self, known: Known, told: Known, fields: Sequence[str]) -> None:
        """Go on with what was known and `told` besides, unless they contradict each other."""
        followed = self._followed({**known, **{key: known[key] & left for key, left in told.items()}})
        if all(followed.values()):
            self.go(followed, fields)

    def _followed(self, known: Known) -> Known:
        """What follows from what is known; a question without an answer left is a contradiction."""
        before = None
        while known != before:
            before = known
            for one in self._consequences:
                if known[one.cause] == {True}:
                    known = {**known, one.effect: known[one.effect] & {one.holds}}
                if known[one.effect] == {not one.holds}:
                    known = {**known, one.cause: known[one.cause] - {True}}
        return known
