"""Findings on lines of their own: all of them, and none of them a formula."""

import csv
import io

import msgspec
import pytest
from hypothesis import given

from compliance.model.verdict import Assessment
from compliance.reporters.csv_findings import COLUMNS, REPORTER
from compliance.reporters.reporter import ReportOptions
from tests.reporters.assessment_strategies import assessments
from tests.reporters.example_assessment import EXAMPLE


def rows(assessment: Assessment) -> list[dict[str, str]]:
    text = REPORTER.render(assessment, ReportOptions("en"))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_every_finding_has_a_line_with_its_place_and_rules() -> None:
    found = {row["id"]: row for row in rows(EXAMPLE)}
    assert set(found) == {one.id for one in EXAMPLE.findings}
    broken = next(one for one in EXAMPLE.violations if one.findings)
    assert broken.rule in found[broken.findings[0]]["rules"].split()


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a")'])
def test_a_path_that_looks_like_a_formula_is_text(hostile: str) -> None:
    first, *others = EXAMPLE.findings
    changed = msgspec.structs.replace(first, path=hostile)
    found = rows(msgspec.structs.replace(EXAMPLE, findings=(changed, *others)))
    assert f"'{hostile}" in {row["path"] for row in found}


@given(assessments())
def test_any_assessment_has_as_many_lines_as_findings(assessment: Assessment) -> None:
    found = rows(assessment)
    assert len(found) == len(assessment.findings)
    assert all(set(row) == set(COLUMNS) for row in found)
