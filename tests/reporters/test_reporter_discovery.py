"""Reporters are found by their folder."""

from typing import get_args

import pytest

from compliance.language import Language
from compliance.reporters.reporter import Reporter, ReportOptions, reporter_named, reporters
from tests.reporters.example_assessment import CLEAN, EXAMPLE

NAMES = [
    *("console", "csv", "cyclonedx", "html", "hwpx", "json", "junit", "markdown", "notice"),
    *("pdf", "sarif", "spdx2", "spdx3", "xlsx"),
]
TEXTS = [name for name in NAMES if name not in {"hwpx", "pdf", "xlsx"}]
LANGUAGES = get_args(Language)


def test_every_module_that_declares_a_reporter_is_found_under_its_name() -> None:
    assert list(reporters()) == NAMES
    assert all(name == reporter.name for name, reporter in reporters().items())


@pytest.mark.parametrize("name", NAMES)
def test_one_is_found_by_its_name_as_among_all(name: str) -> None:
    assert reporter_named(name) is reporters()[name]


@pytest.mark.parametrize("name", ["", "blocks", "report", "report.blocks", "../console", "os"])
def test_no_other_name_is_a_reporter(name: str) -> None:
    assert reporter_named(name) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_reporter_says_how_its_files_are_called(name: str) -> None:
    reporter = reporters()[name]

    assert isinstance(reporter, Reporter)
    assert reporter.suffix.startswith(".")
    assert "/" in reporter.media_type


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_same_assessment_gives_the_same_text(name: str, language: Language) -> None:
    reporter, options = reporters()[name], ReportOptions(language, colour=True)

    assert reporter.render(EXAMPLE, options) == reporter.render(EXAMPLE, options)


@pytest.mark.parametrize("name", TEXTS)
def test_a_report_ends_with_exactly_one_newline(name: str) -> None:
    for assessment in (EXAMPLE, CLEAN):
        rendered = reporters()[name].render(assessment, ReportOptions())

        assert isinstance(rendered, str)
        assert rendered.endswith("\n")
        assert not rendered.endswith("\n\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_changes_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [reporters()[name].render(EXAMPLE, ReportOptions(colour=colour)) for colour in (False, True)]
    for variable, value in {
        "COLUMNS": "17",
        "NO_COLOR": "1",
        "FORCE_COLOR": "1",
        "TERM": "dumb",
        "LANG": "ko",
    }.items():
        monkeypatch.setenv(variable, value)

    assert [
        reporters()[name].render(EXAMPLE, ReportOptions(colour=colour)) for colour in (False, True)
    ] == expected
