"""What code-scanning tools read."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from compliance.language import Language
from compliance.model.evidence import Statement
from compliance.model.finding import CopyrightFinding, Finding, LicenseFinding, place
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.model.verdict import Assessment, Axis, AxisVerdict, Severity, Target, Verdict, WaiverFault
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.sarif import REPORTER
from tests.reporters.assessment_strategies import ANY_TEXT, assessments
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.small_assessments import card, violating

Json = dict[str, Any]


def _run(assessment: Assessment, language: Language = "en") -> Json:
    log: Json = json.loads(REPORTER.render(assessment, ReportOptions(language)))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    return dict(run)


def _results(assessment: Assessment) -> list[Json]:
    return list(_run(assessment)["results"])


def _fingerprints(assessment: Assessment) -> list[str]:
    return [result["partialFingerprints"]["complianceFinding/v1"] for result in _results(assessment)]


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.FAIL, "error"),
        (Severity.REVIEW, "warning"),
        (Severity.OBLIGATION, "note"),
        (Severity.NOTE, "note"),
    ],
)
def test_severity_becomes_a_level_and_the_kind_stays_fail(severity: Severity, level: str) -> None:
    [result] = _results(violating(card("a.md"), severity=severity))

    assert result["level"] == level
    assert result["properties"]["severity"] == severity
    assert "kind" not in result


def test_each_violated_rule_has_its_texts_once() -> None:
    [rule] = _run(violating(card("a.md"), card("b.md")))["tool"]["driver"]["rules"]

    assert rule["id"] == "a-rule"
    assert rule["shortDescription"] == {"text": "Something is wrong."}
    assert rule["help"] == {"text": "Put it right."}
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"]["message"]["ko"] == "잘못된 것이 있습니다."


def test_texts_come_in_the_language_of_the_options() -> None:
    run = _run(violating(card("a.md")), "ko")

    assert run["tool"]["driver"]["language"] == "ko"
    assert run["tool"]["driver"]["rules"][0]["help"] == {"text": "고치세요."}
    assert run["results"][0]["message"]["text"] == "잘못된 것이 있습니다. 근거: license: x."


def test_a_result_names_its_rule_by_identifier_and_index() -> None:
    run = _run(EXAMPLE)

    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_there_is_one_result_for_each_finding_behind_a_violation() -> None:
    assert len(_results(violating(card("a.md"), card("b.md"), card("c.md")))) == 3


def test_targets_share_a_result() -> None:
    violation = violating(card("a.md")).violations[0]
    both = tuple(msgspec.structs.replace(violation, target=target) for target in (Target.TELECOM, Target.DEFENCE))
    [result] = _results(msgspec.structs.replace(violating(card("a.md")), violations=both))

    assert result["properties"]["targets"] == ["defence", "telecom"]


def test_the_gravest_results_come_first() -> None:
    levels = [result["level"] for result in _results(EXAMPLE) if "suppressions" not in result]

    assert levels == sorted(levels, key=["error", "warning", "note"].index)


def test_a_fingerprint_holds_when_lines_scores_and_evidence_change() -> None:
    before = LicenseFinding(lines=(3, 9), expression="MIT", basis="detected", score=91.0)
    after = LicenseFinding(
        lines=(30, 36),
        expression="MIT",
        basis="detected",
        score=95.5,
        evidence=(Statement(field="header", says="MIT"),),
    )

    old, new = (
        _fingerprints(violating(place(one, "a.py", revision))) for one, revision in ((before, "1"), (after, "2"))
    )

    assert old == new


@pytest.mark.parametrize(
    "other",
    [
        place(LicenseFinding(lines=(3, 9), expression="MIT", basis="detected"), "b.py", None),
        place(LicenseFinding(lines=(3, 9), expression="BSD-3-Clause", basis="detected"), "a.py", None),
        place(CopyrightFinding(lines=(3, 9), statement="MIT"), "a.py", None),
    ],
)
def test_another_path_fact_or_kind_has_another_fingerprint(other: Finding) -> None:
    one = place(LicenseFinding(lines=(3, 9), expression="MIT", basis="detected"), "a.py", None)

    assert _fingerprints(violating(one)) != _fingerprints(violating(other))


def test_the_same_fact_twice_in_a_file_has_two_fingerprints() -> None:
    first, second = _fingerprints(violating(card("a.md", (1, 1)), card("a.md", (5, 5))))

    assert first.removesuffix(":1") == second.removesuffix(":2")


def test_github_is_given_a_fingerprint_only_where_the_line_shown_is_not_the_findings_own() -> None:
    located, whole = violating(card("a.md")), violating(card("a.md", None))

    assert "primaryLocationLineHash" not in _results(located)[0]["partialFingerprints"]
    assert _results(whole)[0]["partialFingerprints"]["primaryLocationLineHash"] == _fingerprints(whole)[0]


def test_a_waiver_becomes_an_accepted_suppression() -> None:
    [suppression] = [one for result in _results(EXAMPLE)[-1:] for one in result["suppressions"]]

    assert suppression["kind"] == "external"
    assert suppression["status"] == "accepted"
    assert suppression["justification"] == "used for training only, not shipped"
    assert suppression["properties"]["expires"] == "2027-03-31"


def test_the_reason_of_a_waiver_is_said_in_the_language_of_the_report() -> None:
    results = _run(EXAMPLE, "ko")["results"]
    [suppression] = [one for result in results[-1:] for one in result["suppressions"]]

    assert suppression["justification"] == "학습에만 사용하며 배포하지 않음"
    assert suppression["properties"]["reason"]["en"] == "used for training only, not shipped"


def test_a_waiver_that_has_expired_is_a_notification_about_the_configuration() -> None:
    says = Text(en="it expired", ko="만료됨")
    fault = WaiverFault(waiver="old-one", file="waivers.yaml", line=7, fault="expired", message=says)
    run = _run(msgspec.structs.replace(CLEAN, waiver_faults=(fault,)))
    [told] = run["invocations"][0]["toolConfigurationNotifications"]

    assert told["message"]["text"] == "old-one (waivers.yaml:7): it expired"
    assert told["descriptor"]["id"] in {one["id"] for one in run["tool"]["driver"]["notifications"]}


def test_an_execution_without_skips_was_successful() -> None:
    assert _run(CLEAN)["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_an_incomplete_verdict_makes_the_execution_unsuccessful() -> None:
    verdict = AxisVerdict(axis=Axis.DISCLOSURE, verdict=Verdict.INCOMPLETE)

    assert not _run(msgspec.structs.replace(CLEAN, verdicts=(verdict,)))["invocations"][0]["executionSuccessful"]


def test_every_skipped_path_is_a_notification_at_its_place() -> None:
    skip = Skip(path="a b.bin", reason="malformed", detail="byte 7: bad length")
    run = _run(msgspec.structs.replace(CLEAN, skipped=(skip,)))
    [invocation] = run["invocations"]
    [notification] = invocation["toolExecutionNotifications"]

    assert invocation["executionSuccessful"] is False
    assert notification["descriptor"] == {"id": "malformed"}
    assert notification["level"] == "error"
    assert notification["message"]["text"] == "Not examined: a b.bin: byte 7: bad length"
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.bin"
    assert [one["id"] for one in run["tool"]["driver"]["notifications"]] == ["malformed"]


def test_the_category_names_tool_policy_and_subject() -> None:
    assert _run(EXAMPLE)["automationDetails"] == {"id": "compliance/sovereign-ai/hanbit-1/"}


def test_no_address_of_a_repository_is_invented() -> None:
    assert "versionControlProvenance" not in _run(EXAMPLE)


def test_the_verdicts_and_the_policy_are_kept() -> None:
    properties = _run(EXAMPLE)["properties"]

    assert properties["policy"]["digest"] == EXAMPLE.policy.digest
    assert len(properties["verdicts"]) == len(EXAMPLE.verdicts)


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("{0}", "{{0}}"),
        ("[free](sarif:/x)", "[free] (sarif:/x)"),
        ("a\u202eb\x1b", "a\\u202eb\\x1b"),
    ],
)
def test_examined_text_makes_no_link_placeholder_or_hidden_character_in_a_message(
    hostile: str, harmless: str
) -> None:
    [result] = _results(violating(card("a.md", value=hostile)))

    assert result["message"]["text"] == f"Something is wrong. Evidence: license: {harmless}."


@settings(max_examples=40, deadline=None)
@given(assessments(ANY_TEXT))
def test_any_assessment_can_be_written(assessment: Assessment) -> None:
    run = _run(assessment, "ko")

    assert all(result["locations"] and result["message"]["text"] for result in run["results"])
