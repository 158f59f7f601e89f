"""JUnit: what fails a gate fails a test."""

from xml.etree import ElementTree as ET

import msgspec
from hypothesis import given

from compliance.model.inventory import FileCounts
from compliance.model.skip import Skip
from compliance.model.verdict import Assessment, Severity, Verdict
from compliance.reporters.junit import REPORTER
from compliance.reporters.reporter import ReportOptions
from tests.reporters.assessment_strategies import assessments
from tests.reporters.example_assessment import CLEAN, EXAMPLE


def suites(assessment: Assessment) -> list[ET.Element]:
    text = REPORTER.render(assessment, ReportOptions("en"))
    return ET.fromstring(text).findall("testsuite")  # noqa: S314  # our own text


def test_there_is_a_suite_for_each_verdict() -> None:
    assert len(suites(EXAMPLE)) == len(EXAMPLE.verdicts)


def test_a_failed_rule_is_a_failure_with_its_places() -> None:
    found = {case.get("name"): case.find("failure") for suite in suites(EXAMPLE) for case in suite}
    failure = found["weights-use-restricted"]
    assert failure is not None
    assert "weights/LICENSE:1-64" in (failure.text or "")


def test_a_waived_rule_is_no_failure() -> None:
    waived = {one.rule for one in EXAMPLE.violations if one.waiver}
    cases = [case for suite in suites(EXAMPLE) for case in suite if case.get("name") in waived]
    assert cases
    assert all(case.find("failure") is None and case.find("skipped") is not None for case in cases)


def test_what_was_not_examined_is_an_error() -> None:
    assert all(suite.get("errors") == "1" for suite in suites(EXAMPLE))
    assert all(suite.get("errors") == "0" for suite in suites(CLEAN))


def test_why_something_was_not_examined_is_said_in_words() -> None:
    skipped = (Skip(path="a.json", reason="lfs-pointer", detail="Git LFS object"),)
    said = REPORTER.render(msgspec.structs.replace(EXAMPLE, skipped=skipped), ReportOptions("ko"))
    assert "a.json: 내용이 Git LFS 저장소에 있음: " in said
    assert "lfs-pointer" not in said


def test_an_incomplete_verdict_without_rules_is_an_error() -> None:
    nothing = msgspec.structs.replace(EXAMPLE, violations=(), skipped=())
    incomplete = [one for one in EXAMPLE.verdicts if one.verdict == "incomplete"]
    assert sum(int(suite.get("errors", "0")) for suite in suites(nothing)) == len(incomplete)


@given(assessments())
def test_counts_agree_with_the_tests_of_any_assessment(assessment: Assessment) -> None:
    for suite in suites(assessment):
        assert suite.get("tests") == str(len(suite))
        assert suite.get("failures") == str(sum(case.find("failure") is not None for case in suite))
    failing = {one.rule for one in assessment.violations if one.severity is Severity.FAIL and not one.waiver}
    told = sum(int(suite.get("failures", "0")) for suite in suites(assessment))
    assert not told or failing or assessment.waiver_faults


def test_an_incomplete_verdict_is_an_error_beside_rules_that_ask_for_review() -> None:
    nothing = msgspec.structs.replace(
        EXAMPLE,
        skipped=(),
        findings=(),
        counts=FileCounts(),
        verdicts=tuple(
            msgspec.structs.replace(one, verdict=Verdict.INCOMPLETE, rules=()) for one in EXAMPLE.verdicts
        ),
    )
    assert all(suite.get("errors") == "1" for suite in suites(nothing))
    assert "nothing to examine" in REPORTER.render(nothing, ReportOptions("en"))
