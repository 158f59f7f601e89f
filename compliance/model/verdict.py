"""Verdicts and how they combine."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

import msgspec

from compliance.model.finding import Finding
from compliance.model.inventory import FileCounts, Tool
from compliance.model.skip import Skip
from compliance.model.submission import Subject
from compliance.model.text import Text

ASSESSMENT_SCHEMA = "compliance.assessment/1"


class Axis(StrEnum):
    """The question that is asked of a submission."""

    POLICY_INDEPENDENCE = "policy-independence"
    NATIONAL_INFRASTRUCTURE = "national-infrastructure"
    DISCLOSURE = "disclosure"


AXIS_RANK = {axis: rank for rank, axis in enumerate(Axis)}
"""The order in which axes are told."""


class Target(StrEnum):
    """The piece of national infrastructure a model would serve."""

    DEFENCE = "defence"
    SECURITY = "security"
    TELECOM = "telecom"


class Severity(StrEnum):
    """What breaking a rule leads to."""

    FAIL = "fail"
    REVIEW = "review"
    OBLIGATION = "obligation"
    NOTE = "note"


SEVERITY_RANK = {severity: rank for rank, severity in enumerate(Severity)}
"""The order in which severities are told: 0 the gravest."""


class Verdict(StrEnum):
    """The answer on one axis. Members stand in the order of the lattice, weakest first."""

    PASS = "pass"
    PASS_WITH_OBLIGATIONS = "pass-with-obligations"
    REVIEW = "review"
    INCOMPLETE = "incomplete"
    FAIL = "fail"


_RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}

_OF_SEVERITY = {
    Severity.FAIL: Verdict.FAIL,
    Severity.REVIEW: Verdict.REVIEW,
    Severity.OBLIGATION: Verdict.PASS_WITH_OBLIGATIONS,
    Severity.NOTE: Verdict.PASS,
}


def join(verdicts: Iterable[Verdict]) -> Verdict:
    """The least verdict that is at least as grave as each of `verdicts`; `pass` for none.

    Incomplete lies above review and below fail: more to see can only add violations, so a proven failure stays
    one, and nothing short of a failure may be said of what was not wholly seen.
    """
    return max(verdicts, key=_RANK.__getitem__, default=Verdict.PASS)


def gravity(verdict: Verdict) -> int:
    """The place of `verdict` in the lattice; the graver, the higher."""
    return _RANK[verdict]


def verdict_of(severity: Severity) -> Verdict:
    """The verdict that one violation of `severity` leads to by itself."""
    return _OF_SEVERITY[severity]


class AxisVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on one axis, for one target where the axis has targets."""

    axis: Axis
    target: Target | None = None
    verdict: Verdict
    rules: tuple[str, ...] = ()
    """Identifiers of the rules that led to it, sorted; empty for pass and for a purely incomplete verdict."""


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """An approved, dated exception under which a violation stays visible but doesn't count."""

    id: str = ""
    """Unique among the waivers of one judgement."""
    reason: Text
    approver: str
    begins: str | None = None
    """ISO date; the first day on which the waiver holds, None for ever since."""
    expires: str
    """ISO date; the waiver holds up to and including that day."""
    reference: str | None = None


class WaiverFault(msgspec.Struct, frozen=True, kw_only=True):
    """A waiver that was handed in and doesn't do what it says; the gate must not pass over it."""

    waiver: str
    """Its identifier."""
    file: str
    line: int
    """Of the waiver in its file, from 1."""
    fault: Literal["expired", "matches-nothing", "not-evaluated"]
    """Expired: its last day is over. Matches nothing: no violation is covered. Not evaluated: all that it could
    cover are conditions that could not be evaluated, of which nobody knows what they would have said."""
    message: Text


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the policy that the facts break."""

    rule: str
    axis: Axis
    target: Target | None = None
    severity: Severity
    message: Text
    remedy: Text
    findings: tuple[str, ...] = ()
    """Identifiers of the findings that break it; empty for a rule asked of the whole inventory."""
    unevaluated: Text | None = None
    """Set where the rule's condition could not be evaluated on some of them, which counts as breaking it: says on
    how many and why."""
    lead: Text | None = None
    """Set where a rule that fails would be broken by leads alone, so that it asks for review instead: says why."""
    waiver: Waiver | None = None


class BaseReference(msgspec.Struct, frozen=True, kw_only=True):
    """A policy that another one extends."""

    id: str
    version: str
    digest: str
    """`sha256:…` of this one file's bytes."""


class WaiverFileReference(msgspec.Struct, frozen=True, kw_only=True):
    """A file of waivers that was taken into account."""

    file: str
    """From the working directory; the name alone of a file elsewhere."""
    digest: str
    """`sha256:…` of its bytes."""


class PolicyReference(msgspec.Struct, frozen=True, kw_only=True):
    """Which policy judged, exactly."""

    id: str
    version: str
    digest: str
    """`sha256:…` of the policy file's bytes; of a policy that extends others, of the digests of all its files, one
    a line, its own first."""
    evaluated_on: str
    """ISO date on which the rules in force were asked."""
    extends: tuple[BaseReference, ...] = ()
    """The policies that it extends, the nearest first."""
    waivers: tuple[WaiverFileReference, ...] = ()
    """The files of waivers, in the order of the call."""


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """Facts and the judgement over them; the same inputs give the same bytes."""

    schema: str = ASSESSMENT_SCHEMA
    tool: Tool
    subject: Subject
    policy: PolicyReference
    counts: FileCounts
    verdicts: tuple[AxisVerdict, ...]
    violations: tuple[Violation, ...] = ()
    waiver_faults: tuple[WaiverFault, ...] = ()
    """Waivers that have expired or cover nothing; with any of them a gate doesn't pass."""
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skip, ...] = ()
    limits: tuple[Text, ...] = ()
