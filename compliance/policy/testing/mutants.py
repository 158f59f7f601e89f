"""Slightly wrong forms of a policy, each of which a good test would notice."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from compliance.model.verdict import Severity
from compliance.policy.cel import CelEvaluator
from compliance.policy.conditions import Condition, Evaluator, Unevaluated
from compliance.policy.constants import named_in
from compliance.policy.policy import Policy, Rule, targets_of
from compliance.policy.testing import condition_mutants
from compliance.policy.testing.places import Places, WrittenEntry
from compliance.policy.threshold_steps import moved
from compliance.policy.vocabulary import name_in_conditions

LONGEST_LIST = 12
"""Entries of a list whose entries are left out one by one. Longer ones, such as all open licenses, are data:
nobody would write a test for each of 400 names."""


class Mutant(msgspec.Struct, frozen=True, eq=False):
    """A policy with one small change."""

    of: str
    """The rule, list or threshold that was changed."""
    change: str
    """What stands there instead; with `of` it names the mutant."""
    line: int
    rules: tuple[Rule, ...]
    """The rules that judge otherwise by it."""
    evaluator: Evaluator
    """For its lists and thresholds."""

    @property
    def name(self) -> tuple[str, str]:
        """What no other mutant of the policy is called."""
        return self.of, self.change

    def policy(self, policy: Policy) -> Policy:
        """`policy` with the change."""
        changed = {rule.id: rule for rule in self.rules}
        return msgspec.structs.replace(policy, rules=tuple(changed.get(rule.id, rule) for rule in policy.rules))


def mutants_of(policy: Policy, places: Places) -> Iterator[Mutant]:
    """Every mutant of `policy`, in the order of its rules, lists and thresholds.

    What it takes over from another policy is left as it is. A change with which a condition can't be loaded isn't
    one: loading notices it.
    """
    evaluator = CelEvaluator(policy.lists, policy.thresholds)
    for rule in filter(places.writes, policy.rules):
        yield from _of_rule(rule, evaluator, places)
    for name in places.lists():
        written = list(places.entries(name))
        if len(written) <= LONGEST_LIST:
            yield from _of_list(policy, name, written)
    for name, line in places.thresholds().items():
        value = policy.thresholds[name]
        for other in (moved(value, -1), moved(value, 1)):
            evaluator = CelEvaluator(policy.lists, {**policy.thresholds, name: other})
            rules = _compiled_anew(policy, f"thresholds.{name_in_conditions(name)}", evaluator)
            yield from _mutant(name, f"{value} → {other}", line, rules, evaluator)


def long_lists(places: Places) -> tuple[str, ...]:
    """The lists whose entries are not left out one by one."""
    return tuple(name for name in places.lists() if len(list(places.entries(name))) > LONGEST_LIST)


def _of_rule(rule: Rule, evaluator: Evaluator, places: Places) -> Iterator[Mutant]:
    line = places.of_rule(rule, "when")
    for mutant in condition_mutants.mutants(rule.when):
        yield from _mutant(
            rule.id, mutant.change, line, _with_condition(rule, mutant.condition, evaluator), evaluator
        )
    severity = _OTHER_SEVERITY[rule.severity]
    changed = msgspec.structs.replace(rule, severity=severity)
    yield Mutant(rule.id, f"severity: {severity}", places.of_rule(rule, "severity"), (changed,), evaluator)
    for target in targets_of(rule.axis):
        # without the target where the rule has it, and with it where not
        targets = tuple(one for one in targets_of(rule.axis) if (one in rule.targets) is not (one is target))
        changed = msgspec.structs.replace(rule, targets=targets)
        if targets:
            change = f"targets: [{', '.join(map(str, targets))}]"
            yield Mutant(rule.id, change, places.of_rule(rule, "targets"), (changed,), evaluator)
    for other in _days_beside(rule.begins):
        changed = msgspec.structs.replace(rule, begins=other)
        yield Mutant(rule.id, f"from: {other}", places.of_rule(rule, "from"), (changed,), evaluator)
    for other in _days_beside(rule.ends):
        changed = msgspec.structs.replace(rule, ends=other)
        yield Mutant(rule.id, f"until: {other}", places.of_rule(rule, "until"), (changed,), evaluator)


def _of_list(policy: Policy, name: str, written: Iterable[WrittenEntry]) -> Iterator[Mutant]:
    """The list without each entry, and with each that the file takes out of it."""
    for one in written:
        entries = policy.lists[name]
        other = (*entries, one.entry) if one.removed else tuple(entry for entry in entries if entry != one.entry)
        evaluator = CelEvaluator({**policy.lists, name: other}, policy.thresholds)
        rules = _compiled_anew(policy, f"lists.{name_in_conditions(name)}", evaluator)
        change = f"with {one.entry}" if one.removed else f"without {one.entry}"
        yield from _mutant(name, change, one.line, rules, evaluator)


def _mutant(of: str, change: str, line: int, rules: Iterable[Rule], evaluator: Evaluator) -> Iterator[Mutant]:
    """The mutant, unless no rule is changed by it."""
    if found := tuple(rules):
        yield Mutant(of, change, line, found, evaluator)


def _compiled_anew(policy: Policy, word: str, evaluator: Evaluator) -> Iterator[Rule]:
    for rule in policy.rules:
        if word in named_in(rule.when):
            yield from _with_condition(rule, rule.when, evaluator)


def _with_condition(rule: Rule, when: str, evaluator: Evaluator) -> Iterator[Rule]:
    condition = evaluator.compile(rule.kind, when)
    if not isinstance(condition, tuple):
        yield msgspec.structs.replace(rule, when=when, condition=Remembered(condition))


class Remembered:
    """A condition that is asked once for each different set of values: many tests show it the same ones."""

    def __init__(self, condition: Condition) -> None:
        """Remember the answers of `condition`."""
        self.reads = condition.reads
        self.license_lists = condition.license_lists
        self.license_questions = condition.license_questions
        self.tree = condition.tree
        self.cost = condition.cost
        self._condition = condition
        self._answers: dict[tuple[bool, tuple[object, ...]], bool | Unevaluated] = {}

    def holds(self, values: Sequence[object], *, leads: bool = True) -> bool | Unevaluated:
        """As the condition says."""
        key = (leads, tuple(values))
        if key not in self._answers:
            self._answers[key] = self._condition.holds(values, leads=leads)
        return self._answers[key]


def _days_beside(date: datetime.date | None) -> Iterator[datetime.date]:
    if date is not None and date > datetime.date.min:
        yield date - _DAY
    if date is not None and date < datetime.date.max:
        yield date + _DAY


_DAY = datetime.timedelta(days=1)
_OTHER_SEVERITY: Mapping[Severity, Severity] = {
    Severity.FAIL: Severity.REVIEW,
    Severity.REVIEW: Severity.OBLIGATION,
    Severity.OBLIGATION: Severity.NOTE,
    Severity.NOTE: Severity.OBLIGATION,
}
"""The next milder one; of the mildest the next graver one."""
