"""Every line of the exit-status table."""

import itertools
from typing import Literal

import msgspec
import pytest

from compliance.cli.exit_status import ExitStatus, FailOn, status_of
from compliance.model.inventory import FileCounts, Tool
from compliance.model.skip import Skip
from compliance.model.submission import Subject
from compliance.model.text import Text
from compliance.model.verdict import (
    Assessment,
    Axis,
    AxisVerdict,
    PolicyReference,
    Severity,
    Verdict,
    Violation,
    Waiver,
    WaiverFault,
    join,
    verdict_of,
)

SKIP = Skip(path="a", reason="malformed", detail="line 1")
WAIVER = Waiver(reason=Text(en="agreed", ko="승인함"), approver="ministry", expires="2027-01-01")


def assessment(*severities: Severity, skipped: bool = False, waiver: Waiver | None = None) -> Assessment:
    text = Text(en="x", ko="x")
    violations = tuple(
        Violation(
            rule=f"r{number}",
            axis=Axis.DISCLOSURE,
            severity=severity,
            message=text,
            remedy=text,
            waiver=waiver,
        )
        for number, severity in enumerate(severities)
    )
    counted = [] if waiver else [verdict_of(severity) for severity in severities]
    verdict = join([*counted, *([Verdict.INCOMPLETE] if skipped else [])])
    return Assessment(
        tool=Tool(version="0", data={}),
        subject=Subject(name="x"),
        policy=PolicyReference(id="p", version="1", digest="sha256:0", evaluated_on="2026-11-23"),
        counts=FileCounts(),
        verdicts=(AxisVerdict(axis=Axis.DISCLOSURE, verdict=verdict),),
        violations=violations,
        skipped=(SKIP,) if skipped else (),
    )


@pytest.mark.parametrize("severities", [(), (Severity.NOTE,), (Severity.OBLIGATION,), (Severity.REVIEW,)])
def test_0_when_nothing_fails(severities: tuple[Severity, ...]) -> None:
    assert status_of(assessment(*severities), FailOn.FAIL) is ExitStatus.CLEAN


def test_1_when_the_policy_is_violated() -> None:
    assert status_of(assessment(Severity.NOTE, Severity.FAIL), FailOn.FAIL) is ExitStatus.VIOLATED


def test_1_for_a_review_when_asked_to_fail_on_reviews() -> None:
    assert status_of(assessment(Severity.REVIEW), FailOn.REVIEW) is ExitStatus.VIOLATED


def test_0_for_an_obligation_even_when_asked_to_fail_on_reviews() -> None:
    assert status_of(assessment(Severity.OBLIGATION), FailOn.REVIEW) is ExitStatus.CLEAN


def test_3_when_something_could_not_be_examined() -> None:
    assert status_of(assessment(Severity.REVIEW, skipped=True), FailOn.FAIL) is ExitStatus.INCOMPLETE


def test_1_wins_over_3() -> None:
    assert status_of(assessment(Severity.FAIL, skipped=True), FailOn.FAIL) is ExitStatus.VIOLATED


def test_1_wins_over_3_for_a_review_that_the_incomplete_verdict_hides() -> None:
    assert status_of(assessment(Severity.REVIEW, skipped=True), FailOn.REVIEW) is ExitStatus.VIOLATED


def test_a_waived_violation_does_not_count() -> None:
    assert status_of(assessment(Severity.FAIL, waiver=WAIVER), FailOn.FAIL) is ExitStatus.CLEAN


def with_fault(fault: Literal["expired", "matches-nothing"], *, skipped: bool = False) -> Assessment:
    text = Text(en="x", ko="x")
    faults = (WaiverFault(waiver="w", file="waivers.yaml", line=2, fault=fault, message=text),)
    return msgspec.structs.replace(assessment(skipped=skipped), waiver_faults=faults)


def test_1_when_a_waiver_has_expired_or_covers_nothing() -> None:
    assert status_of(with_fault("expired"), FailOn.FAIL) is ExitStatus.VIOLATED
    assert status_of(with_fault("matches-nothing"), FailOn.FAIL) is ExitStatus.VIOLATED


def test_what_was_not_examined_may_be_what_a_waiver_covers_and_an_expired_one_stays_expired() -> None:
    assert status_of(with_fault("matches-nothing", skipped=True), FailOn.FAIL) is ExitStatus.INCOMPLETE
    assert status_of(with_fault("expired", skipped=True), FailOn.FAIL) is ExitStatus.VIOLATED


@pytest.mark.parametrize(
    ("severities", "fail_on"),
    list(itertools.product([(), *((one,) for one in Severity), (Severity.NOTE, Severity.FAIL)], FailOn)),
)
def test_something_skipped_is_never_0(severities: tuple[Severity, ...], fail_on: FailOn) -> None:
    assert status_of(assessment(*severities, skipped=True), fail_on) is not ExitStatus.CLEAN
