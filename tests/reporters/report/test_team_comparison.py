"""The report across teams: nothing ranked, nothing made up, everything counted from the assessments."""

import csv
import io
from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given

from compliance.language import Language
from compliance.model.verdict import Assessment, Severity
from compliance.reporters import verdict_words
from compliance.reporters.report.blocks import Cell, Paragraph, Report, Section, Table
from compliance.reporters.report.comparison import comparison_of, teams_of
from compliance.reporters.report.documents import across_teams
from compliance.reporters.reporter import DocumentReporter, reporters
from tests.reporters.assessment_strategies import assessments
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.example_comparison import SECOND, TEAMS

Pairs = Mapping[str, tuple[Assessment, Assessment | None]]
DRAWING = {name: one for name, one in reporters().items() if isinstance(one, DocumentReporter)}


def compared(pairs: Pairs = TEAMS, language: Language = "en") -> Report:
    return comparison_of(teams_of(pairs, language), language)


def section(report: Report, anchor: str) -> Section:
    return next(one for one in report.sections if one.anchor == anchor)


def tables(of: Section) -> list[Table]:
    return [one for one in of.blocks if isinstance(one, Table)]


def rows(of: Section, place: int = 0) -> list[tuple[Cell, ...]]:
    return [row.cells for row in tables(of)[place].rows]


def test_every_verdict_stands_in_the_row_of_its_team() -> None:
    summary = section(compared(), "summary")

    assert [one.label for one in tables(summary)[0].columns] == [
        "Team",
        "policy independence",
        "national infrastructure: defence",
        "national infrastructure: security",
        "national infrastructure: telecom",
        "disclosure",
    ]
    assert rows(summary) == [
        ("Hanbit", "incomplete", "fail", "fail", "fail", "fail"),
        ("Team Hanbit", "–", "fail", "fail", "fail", "pass"),
    ]


def test_rules_are_counted_by_severity_and_waivers_apart() -> None:
    standing = [one for one in EXAMPLE.violations if one.waiver is None]
    fails, reviews, duties = (
        str(len({one.rule for one in standing if one.severity is severity}))
        for severity in (Severity.FAIL, Severity.REVIEW, Severity.OBLIGATION)
    )
    waived = str(len({one.rule for one in EXAMPLE.violations if one.waiver}))

    assert rows(section(compared(), "summary"), 1) == [
        ("Hanbit", fails, reviews, duties, waived, "124", str(len(EXAMPLE.skipped))),
        ("Team Hanbit", "1", "0", "0", "0", "3", "0"),
    ]


def test_teams_stand_in_alphabetical_order_whatever_the_verdicts() -> None:
    backwards = dict(reversed(list(TEAMS.items())))

    assert compared(backwards) == compared()


def test_teams_of_one_name_are_told_apart_by_their_files() -> None:
    report = compared({"first": (EXAMPLE, None), "again": (CLEAN, None)})

    assert [row[0] for row in rows(section(report, "summary"))] == ["Hanbit (again)", "Hanbit (first)"]


def test_an_origin_of_several_teams_is_shared_and_that_of_one_is_not() -> None:
    shared = rows(section(compared(), "shared-origins"))

    assert [row[0] for row in shared] == ["garam_moe"]
    assert shared[0][-1] == (
        "Hanbit: nearest in the index, 1 file",
        "Team Hanbit: nearest in the index, 1 file",
    )
    assert not tables(section(compared({"a": (EXAMPLE, None), "b": (CLEAN, None)}), "shared-origins"))


def test_a_license_that_breaks_a_rule_in_several_teams_is_shared() -> None:
    shared = rows(section(compared(), "shared-licenses"))

    assert shared == [
        (
            "garam-community-1.0",
            ("foreign-weights", "weights-use-restricted"),
            ("Hanbit: 2 places", "Team Hanbit: 1 place"),
        )
    ]


def test_a_license_under_a_waiver_is_not_counted() -> None:
    waiver = next(one.waiver for one in EXAMPLE.violations if one.waiver)
    waived = tuple(msgspec.structs.replace(one, waiver=waiver) for one in SECOND.violations)
    second = msgspec.structs.replace(SECOND, violations=waived)

    assert not tables(section(compared({"a": (EXAMPLE, None), "b": (second, None)}), "shared-licenses"))


def test_every_broken_rule_is_told_gravest_first_with_its_teams() -> None:
    told = rows(section(compared(), "rules"))
    order = [verdict_words.SEVERITIES[one].en for one in Severity]

    assert [row[1] for row in told] == sorted((row[1] for row in told), key=lambda one: order.index(str(one)))
    restricted = next(row for row in told if row[0] == "weights-use-restricted")
    assert restricted[-1] == ("Hanbit: 2 places", "Team Hanbit: 1 place")
    assert "copyleft-dependency" not in [row[0] for row in told]  # waived


def test_what_changed_is_told_for_teams_with_an_earlier_report() -> None:
    since = rows(section(compared(), "changes"))
    broken = str(len({name for one in EXAMPLE.violations if one.waiver is None for name in one.findings}))

    assert since[0][2] == (
        "policy independence: – → incomplete",
        "national infrastructure: defence: – → fail",
        "national infrastructure: security: – → fail",
        "national infrastructure: telecom: – → fail",
        "disclosure: pass → fail",
    )
    assert since[0][3:] == (broken, "0", "0")
    assert since[1] == ("Team Hanbit", "no earlier report", "–", "–", "–", "–")
    unchanged = rows(section(compared({"a": (EXAMPLE, EXAMPLE), "b": (SECOND, None)}), "changes"))
    assert unchanged[0][2:] == ("the same verdicts", "0", "0", broken)


def test_without_earlier_reports_nothing_is_said_of_changes() -> None:
    report = compared({key: (one, None) for key, (one, _) in TEAMS.items()})

    assert "changes" not in [one.anchor for one in report.sections]


def test_different_policies_or_days_are_told() -> None:
    later = msgspec.structs.replace(SECOND.policy, evaluated_on="2026-12-01")
    second = msgspec.structs.replace(SECOND, policy=later)

    def warned(report: Report) -> bool:
        blocks = section(report, "summary").blocks
        return any("different days" in one.text for one in blocks if isinstance(one, Paragraph))

    assert warned(compared({"a": (EXAMPLE, None), "b": (second, None)}))
    assert not warned(compared())


def test_all_documents_can_hold_a_comparison_and_data_formats_do_not() -> None:
    assert set(DRAWING) == {"csv", "html", "hwpx", "markdown", "pdf", "xlsx"}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", sorted(DRAWING))
def test_a_comparison_is_the_same_bytes_each_time(name: str, language: Language) -> None:
    assert across_teams(DRAWING[name], TEAMS, language) == across_teams(DRAWING[name], TEAMS, language)


def test_the_table_of_cells_holds_every_cell() -> None:
    text = across_teams(DRAWING["csv"], TEAMS, "en").decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text)))

    cells = sum(len(row.cells) - 1 for part in compared().sections for one in tables(part) for row in one.rows)
    assert len(read) == cells
    assert {"table": "Verdicts", "row": "Hanbit", "column": "disclosure", "value": "fail"} in read


def test_hostile_names_stay_words_in_markdown() -> None:
    hostile = "@everyone | <b> `x` \n# title"
    second = msgspec.structs.replace(SECOND, subject=msgspec.structs.replace(SECOND.subject, team=hostile))
    text = across_teams(DRAWING["markdown"], {"a": (EXAMPLE, None), "b": (second, None)}, "en").decode()

    assert "<b>" not in text
    assert "\n# title" not in text
    assert "\\@everyone \\|" in text


@given(assessments(), assessments())
def test_any_two_assessments_can_be_compared(one: Assessment, other: Assessment) -> None:
    pairs: Pairs = {"one": (one, other), "other": (other, None)}

    for name in ("html", "markdown", "csv", "xlsx"):
        assert across_teams(DRAWING[name], pairs, "ko")
