"""An explanation as a value; its JSON form is its own shape."""

import msgspec

from compliance.model.evidence import Lines
from compliance.model.submission import Subject
from compliance.model.text import Text
from compliance.model.verdict import Axis, PolicyReference, Severity, Target, Verdict

EXPLANATION_SCHEMA = "compliance.explanation/1"

Value = str | int | float | bool | tuple[str, ...] | None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a finding stands."""

    finding: str
    """Its identifier; empty for the inventory as a whole."""
    kind: str
    path: str
    lines: Lines | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a question looked at."""

    name: str
    """As the condition writes it: `weights.country`, `lists.domestic_countries`, `thresholds.sure_score`."""
    value: Value
    """Null for what nobody stated, and for a list with more entries than are told."""
    entries: int | None = None
    """Of a list."""


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """What a license of the knowledge base says on one term."""

    license_id: str
    name: Text
    term: str
    answers: tuple[str, ...]
    section: str | None
    """As the text counts its sections."""
    locator: str | None
    """The clause's first words, to find it by."""
    document: str | None
    """`acceptable-use-policy` where it stands there and not in the license itself."""
    remark: Text | None
    lead: bool
    """The term is known from reports alone."""


class LicenseReason(msgspec.Struct, frozen=True, kw_only=True):
    """What one license of an expression has to do with the answer."""

    license: str
    """As SPDX writes it."""
    entry: str | None
    """The entry or answer of the policy that it is, or gives; null where there is none."""
    unknown_terms: tuple[str, ...] = ()
    """Terms of which nobody has read what it says."""
    clauses: tuple[Clause, ...] = ()


class QuestionAnswered(msgspec.Struct, frozen=True, kw_only=True):
    """One question of a condition."""

    text: str
    answer: bool | None
    """Null where it could not be answered."""
    decides: bool
    """The answer of the whole follows from this one, with the others that decide."""
    seen: tuple[Seen, ...]
    licenses: tuple[LicenseReason, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A question that would have to be answered otherwise."""

    question: str
    answer: bool
    """The answer that it would need."""
    fields: tuple[str, ...]
    """Of the finding, on which the answer depends."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Findings that look the same to a rule."""

    findings: tuple[Place, ...]
    holds: bool | None
    """Whether the condition holds of them, so that they break the rule; null where it could not be evaluated,
    which counts as breaking it."""
    lead: bool
    """They break it by what is known from reports or general knowledge alone."""
    questions: tuple[QuestionAnswered, ...]
    smallest_changes: tuple[tuple[Change, ...], ...] = ()
    """Each way to break it no longer that changes as few answers as possible."""


class VerdictAfter(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict under another policy."""

    axis: Axis
    target: Target | None
    verdict: Verdict


class PolicyChange(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a list, or one threshold of the policy, that would do by itself."""

    of: str
    """The list or threshold, as the policy calls it."""
    action: str
    """`add`, `remove` or `set`."""
    value: str | int | float
    """The entry, or the threshold's new value."""
    was: int | float | None
    """The threshold's value."""
    verdicts: tuple[VerdictAfter, ...]
    """Every verdict that it would turn, for better or worse."""


class RuleExplained(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that was asked."""

    rule: str
    axis: Axis
    targets: tuple[Target | None, ...]
    severity: Severity
    kind: str
    when: str
    line: int
    """Of the rule in its file."""
    message: Text
    why: Text
    references: tuple[str, ...]
    asked_of: int
    """Findings."""
    broken_by: int
    groups: tuple[Group, ...]
    """Those that break it first."""
    groups_left_out: int
    """How many groups that don't break it are not told."""
    policy: tuple[PolicyChange, ...]
    """Each single change of the policy with which nothing would break the rule, as far as they were tried."""


class NotAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that was not asked."""

    rule: str
    reason: str
    """`other-kind`, `no-such-finding`, `not-yet` or `no-longer`."""
    kind: str
    """Of finding that it is about."""
    date: str | None = None
    """First or last day in force, where that is the reason."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which findings would have to differ."""

    fields: tuple[str, ...]
    """Those whose values would have to differ, as few as possible."""
    changes: tuple[Change, ...]
    """What they would have to answer."""


class FindingChange(msgspec.Struct, frozen=True, kw_only=True):
    """What would have to differ in findings that look the same, so that they break none of the rules that lead."""

    findings: tuple[Place, ...]
    rules: tuple[str, ...]
    """Those that they would break no longer."""
    ways: tuple[Way, ...]
    """Any one of them would do; none where none is known."""


class VerdictExplained(msgspec.Struct, frozen=True, kw_only=True):
    """One verdict, and the shortest way to the next better one."""

    axis: Axis
    target: Target | None
    verdict: Verdict
    rules: tuple[str, ...]
    """Those that lead to it."""
    incomplete: bool
    """Something was not examined, which no change of a finding heals."""
    better: Verdict | None
    """What it would be if none of the leading rules were broken; null where no rule leads to it."""
    findings: tuple[FindingChange, ...]
    """All of them must change."""
    policy: tuple[PolicyChange, ...]
    """Any one of them would do, as far as single entries and thresholds were tried."""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why a policy judged as it did."""

    schema: str = EXPLANATION_SCHEMA
    subject: Subject
    policy: PolicyReference
    assessed: PolicyReference | None = None
    """By which policy the assessment was made that is explained; null for an inventory."""
    verdicts: tuple[VerdictExplained, ...]
    rules: tuple[RuleExplained, ...]
    not_asked: tuple[NotAsked, ...]
