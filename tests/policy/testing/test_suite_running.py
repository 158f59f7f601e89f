"""Running tests of a policy: what fails, and in which words."""

from pathlib import Path

import pytest

from tests.policy.inventories import rule
from tests.policy.testing.suites import outcome_of, policy_in

MIT = "findings: [{kind: license, expression: MIT}]"
GPL = "findings: [{kind: license, expression: GPL-2.0-only}]"


@pytest.mark.parametrize(
    "test",
    [
        f"{GPL}\n  flags: [not-mit]",
        f"{GPL}\n  flags: [not-mit: fail]",
        f"{GPL}\n  verdicts: {{disclosure: fail}}",
        f"{MIT}\n  leaves: [not-mit]",
        f"{MIT}\n  verdicts: {{disclosure: pass}}",
        "inventory: {skipped: 1}\n  verdicts: {disclosure: incomplete}",
        "inventory: {files: 0}\n  verdicts: {disclosure: incomplete}",
    ],
)
def test_what_is_expected_and_seen_passes(tmp_path: Path, test: str) -> None:
    assert outcome_of(tmp_path, test).failures == ()


@pytest.mark.parametrize(
    ("test", "english", "korean"),
    [
        (f"{MIT}\n  flags: [not-mit]", "not-mit should be broken, but nothing", "not-mit: 위반이어야 하나"),
        (f"{GPL}\n  leaves: [not-mit]", "not-mit should be left alone, but 1 of the", "발견 사항 1건이 위반"),
        (
            f"{GPL}\n  flags: [not-mit: review]",
            "should be of severity review, but is of severity fail",
            "실제 심각도 fail",
        ),
        (
            f"{GPL}\n  verdicts: {{disclosure: pass}}",
            "disclosure should be pass, but is fail by not-mit",
            "실제 판정 fail",
        ),
    ],
)
def test_what_is_not_seen_is_told_in_both_languages(tmp_path: Path, test: str, english: str, korean: str) -> None:
    (failure,) = outcome_of(tmp_path, test).failures
    assert english in failure.en
    assert korean in failure.ko


def test_targets_are_compared_where_the_test_names_them(tmp_path: Path) -> None:
    rules = rule("for-two", axis="national-infrastructure", more="targets: [defence, telecom]")
    policy = policy_in(tmp_path, rules)
    one = outcome_of(tmp_path, f"{MIT}\n  flags: [for-two: {{targets: [defence]}}]", policy)
    assert [text.en for text in one.failures] == [
        "for-two should be broken for defence, but is broken for defence, telecom"
    ]
    assert (
        outcome_of(tmp_path, f"{MIT}\n  flags: [for-two: {{targets: [telecom, defence]}}]", policy).failures == ()
    )


def test_rules_are_asked_as_of_the_tests_day(tmp_path: Path) -> None:
    policy = policy_in(tmp_path, rule("later", more="from: 2027-01-01"))
    assert outcome_of(tmp_path, f"{MIT}\n  leaves: [later]", policy).failures == ()
    assert outcome_of(tmp_path, f"{MIT}\n  date: 2027-01-01\n  flags: [later]", policy).failures == ()


def test_a_condition_that_could_not_be_evaluated_fails_the_test(tmp_path: Path) -> None:
    policy = policy_in(tmp_path, rule("divides", kind="inventory", when="1 / (inventory.files - 10) > 0"))
    one = outcome_of(tmp_path, "flags: [divides]", policy)
    assert "could not be evaluated" in one.failures[0].en
