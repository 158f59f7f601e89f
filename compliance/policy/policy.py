"""A policy that was loaded and found correct."""

import datetime
from collections.abc import Mapping
from importlib.resources.abc import Traversable

import msgspec

from compliance.model.text import Text
from compliance.model.verdict import Axis, BaseReference, Severity, Target
from compliance.policy.conditions import Condition


class Rule(msgspec.Struct, frozen=True):
    """One rule, ready to be asked."""

    id: str
    axis: Axis
    targets: tuple[Target | None, ...]
    """In their fixed order; only None for an axis without targets."""
    severity: Severity
    kind: str
    """The kind of fact it is asked of, as in the policy's `for`."""
    when: str
    message: Text
    remedy: Text
    why: Text
    references: tuple[str, ...]
    owner: str | None
    begins: datetime.date | None
    """First day in force; None for ever since."""
    ends: datetime.date | None
    """Last day in force; None for good."""
    line: int
    """Of the rule in its file, from 1."""
    condition: Condition
    file: str
    """Where `line` is, as messages name it: the policy's file, or one that it extends."""

    @property
    def first_day(self) -> datetime.date:
        """As `begins`; the first day there is where it is None."""
        return self.begins or datetime.date.min

    @property
    def last_day(self) -> datetime.date:
        """As `ends`; the last day there is where it is None."""
        return self.ends or datetime.date.max

    def in_force(self, today: datetime.date) -> bool:
        """Whether the rule is asked on `today`."""
        return self.first_day <= today <= self.last_day


class Policy(msgspec.Struct, frozen=True):
    """A set of rules, and the lists and thresholds that they name."""

    id: str
    version: str
    status: str
    """`draft` or `in-force`; a draft judges too, the word is for its readers."""
    languages: tuple[str, ...]
    description: Text
    lists: Mapping[str, tuple[str, ...]]
    thresholds: Mapping[str, int | float]
    rules: tuple[Rule, ...]
    """In the order of the file."""
    digest: str
    """`sha256:…` of the file's bytes; of a policy that extends others, of the digests of all its files, one a
    line, its own first."""
    file: str
    """Where it was read, as messages name it."""
    extends: tuple[BaseReference, ...] = ()
    """The policies that it extends, the nearest first."""
    retired: Mapping[str, Text] = msgspec.field(default_factory=dict)
    """Rules of these that it leaves out, with the reason."""
    read: tuple[tuple[Traversable, str], ...] = ()
    """The files that it was read from, its own first, with the `sha256:…` of their bytes."""

    def judged(self) -> tuple[tuple[Axis, Target | None], ...]:
        """The axes and targets that its rules, in force or not, are about, in their fixed order."""
        named = {(rule.axis, target) for rule in self.rules for target in rule.targets}
        every = [(axis, target) for axis in Axis for target in targets_of(axis)]
        return tuple(place for place in every if place in named)


def targets_of(axis: Axis) -> tuple[Target | None, ...]:
    """The targets for which `axis` has a verdict each; None alone where it has one verdict for all."""
    return tuple(Target) if axis is Axis.NATIONAL_INFRASTRUCTURE else (None,)
