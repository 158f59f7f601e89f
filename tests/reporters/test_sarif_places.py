"""Where code-scanning tools show a violation."""

import json
from typing import Any

import msgspec
import pytest

from compliance.model.evidence import Lines
from compliance.model.submission import SourceReference
from compliance.model.verdict import Assessment
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.sarif import REPORTER
from tests.reporters.small_assessments import card, violating

Json = dict[str, Any]


def _results(assessment: Assessment) -> list[Json]:
    log: Json = json.loads(REPORTER.render(assessment, ReportOptions()))
    return list(log["runs"][0]["results"])


def _location(assessment: Assessment) -> Json:
    [result] = _results(assessment)
    [location] = result["locations"]
    return dict(location)


def _uri(path: str, prefix: str = "") -> str:
    return str(_location(violating(card(path), prefix=prefix))["physicalLocation"]["artifactLocation"]["uri"])


def test_a_result_stands_at_the_lines_of_its_finding() -> None:
    location = _location(violating(card("docs/a.md")))

    assert location == {
        "physicalLocation": {
            "artifactLocation": {"uri": "docs/a.md", "uriBaseId": "SRCROOT"},
            "region": {"startLine": 3, "endLine": 4},
        }
    }


@pytest.mark.parametrize("lines", [(0, 0), (-3, -1), (9, 2)])
def test_impossible_lines_still_give_a_valid_region(lines: Lines) -> None:
    region = _location(violating(card("a.md", lines)))["physicalLocation"]["region"]

    assert 1 <= region["startLine"] <= region["endLine"]


def test_a_finding_about_a_whole_file_stands_at_its_first_line() -> None:
    location = _location(violating(card("a.md", None)))

    assert location["physicalLocation"]["region"] == {"startLine": 1, "endLine": 1}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b.md", "a%20b.md"),
        ("모델/카드.md", "%EB%AA%A8%EB%8D%B8/%EC%B9%B4%EB%93%9C.md"),
        ("100%.md", "100%25.md"),
        ("a#b?c.md", "a%23b%3Fc.md"),
        ("c:/a.md", "c%3A/a.md"),
        ("a\\xff.md", "a%5Cxff.md"),
        ("a\nb.md", "a%0Ab.md"),
        ("//host/a.md", "host/a.md"),
        ("../../etc/a.md", "etc/a.md"),
    ],
)
def test_a_path_becomes_a_relative_uri(path: str, uri: str) -> None:
    assert _uri(path) == uri


def test_paths_are_those_of_the_repository_when_a_part_of_it_was_examined() -> None:
    assert _uri("src/a.py", prefix="models/hanbit") == "models/hanbit/src/a.py"


def test_an_installed_environment_beside_the_repository_changes_no_path() -> None:
    assessment = violating(card("a.md"), prefix="models")
    environment = SourceReference(kind="environment", path="venv")
    subject = msgspec.structs.replace(assessment.subject, sources=(*assessment.subject.sources, environment))

    [result] = _results(msgspec.structs.replace(assessment, subject=subject))

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "models/a.md"


def test_several_sources_keep_their_names_and_have_no_prefix() -> None:
    sources = tuple(SourceReference(kind="git", path=name, prefix="models") for name in ("code", "weights"))
    assessment = violating(card("code/a.md"))
    subject = msgspec.structs.replace(assessment.subject, sources=sources)

    [result] = _results(msgspec.structs.replace(assessment, subject=subject))

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "code/a.md"


def test_an_archive_member_stands_at_the_archive_and_is_named() -> None:
    assessment = violating(card("vendor/foo.whl!/pkg/a b.py", (10, 20)))
    location = _location(assessment)
    [result] = _results(assessment)

    assert location["physicalLocation"]["artifactLocation"]["uri"] == "vendor/foo.whl"
    assert location["physicalLocation"]["region"] == {"startLine": 1, "endLine": 1}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "pkg/a b.py", "kind": "resource"}]
    assert result["message"]["text"].endswith("Inside the archive: pkg/a b.py:10-20.")


def test_a_rule_about_the_whole_submission_stands_at_its_root() -> None:
    location = _location(violating())

    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": ".", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 1, "endLine": 1},
    }
    assert _location(violating(prefix="a/b"))["physicalLocation"]["artifactLocation"]["uri"] == "a/b"


def test_findings_that_the_assessment_does_not_hold_leave_a_result_at_the_root() -> None:
    assessment = msgspec.structs.replace(violating(card("a.md")), findings=())

    assert _location(assessment)["physicalLocation"]["artifactLocation"]["uri"] == "."
