"""Stored facts judged twice, and what differs between the two judgements."""

import msgspec

from compliance.model.skip import Skip
from compliance.model.submission import Subject
from compliance.model.text import Text
from compliance.model.verdict import Axis, PolicyReference, Target, Verdict

REPLAY_SCHEMA = "compliance.replay/1"


class VerdictChange(msgspec.Struct, frozen=True, kw_only=True):
    """One verdict of one subject that differs."""

    axis: Axis
    target: Target | None = None
    before: Verdict | None = None
    """None where the policy has no rules for that axis and target."""
    after: Verdict | None = None
    rules: tuple[str, ...] = ()
    """The rules that the change rests on, sorted: those that lead to a graver verdict after, or to a graver one
    before. Empty where it rests on none, such as where no rule is in force."""


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """One stored document."""

    file: str
    """As the call named it, or below the folder that it named."""
    subject: Subject
    changes: tuple[VerdictChange, ...] = ()


class RuleEffect(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one rule's violations, counted over documents and targets."""

    rule: str
    message: Text
    appear: int = 0
    """Violations that there are only after."""
    vanish: int = 0
    """Violations that there were only before."""
    graver: int = 0
    """Of those that there are both times, with a graver severity, or no longer waived."""
    milder: int = 0
    """With a milder severity, or waived."""
    other_findings: int = 0
    """As grave as before, but of other findings."""


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What would change."""

    schema: str = REPLAY_SCHEMA
    before: PolicyReference
    after: PolicyReference
    documents: tuple[Replayed, ...]
    """All that were judged, in the order of team, name and file."""
    rules: tuple[RuleEffect, ...]
    """Those of which something changes, sorted."""
    skipped: tuple[Skip, ...] = ()
    """Documents that could not be judged."""

    @property
    def changed(self) -> tuple[Replayed, ...]:
        """The documents of which a verdict changes."""
        return tuple(one for one in self.documents if one.changes)

    @property
    def same(self) -> bool:
        """Whether no verdict and no violation changes."""
        return not self.changed and not self.rules
