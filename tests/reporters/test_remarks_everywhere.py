"""What qualifies a violation or a verdict is told in every report that tells the violation or the verdict."""

import msgspec
import pytest

from compliance.language import Language
from compliance.model.text import Text
from compliance.model.verdict import Assessment, Verdict
from compliance.reporters.reporter import ReportOptions, reporters
from compliance.reporters.verdict_words import NO_RULE_IN_FORCE, why_incomplete
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.small_assessments import card, violating

LEAD = Text(en="onlyalead", ko="단서뿐")
FAILED = Text(en="notasked", ko="평가불가")
EVERY = ["console", "html", "junit", "markdown"]


def rendered(name: str, assessment: Assessment, language: Language) -> str:
    found = reporters()[name].render(assessment, ReportOptions(language))
    return " ".join((found if isinstance(found, str) else found.decode()).replace("\\", "").split())


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", [*EVERY, "sarif"])
def test_a_lead_and_a_condition_without_an_answer_are_told(name: str, language: Language) -> None:
    assessment = violating(card("README.md"))
    one = msgspec.structs.replace(assessment.violations[0], lead=LEAD, unevaluated=FAILED)
    text = rendered(name, msgspec.structs.replace(assessment, violations=(one,)), language)
    assert LEAD.in_language(language) in text
    assert FAILED.in_language(language) in text


@pytest.mark.parametrize("name", EVERY)
def test_an_axis_without_a_rule_in_force_is_not_told_as_something_unseen(name: str) -> None:
    verdicts = tuple(msgspec.structs.replace(one, verdict=Verdict.INCOMPLETE, rules=()) for one in CLEAN.verdicts)
    assessment = msgspec.structs.replace(CLEAN, verdicts=verdicts)
    assert not assessment.skipped
    assert why_incomplete(assessment) is NO_RULE_IN_FORCE
    text = rendered(name, assessment, "en")
    assert "No rule of the policy is in force" in text
    assert "could not be examined, and" not in text


def test_names_of_what_was_skipped_stay_on_their_line_of_the_comment() -> None:
    skipped = tuple(msgspec.structs.replace(one, path="a\n# b") for one in EXAMPLE.skipped)
    text = reporters()["markdown"].render(msgspec.structs.replace(EXAMPLE, skipped=skipped), ReportOptions("en"))
    assert isinstance(text, str)
    assert "\n# b" not in text
