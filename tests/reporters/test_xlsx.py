"""A workbook, read back by another library: every table, filterable, and nothing calculated."""

import io

import msgspec
import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from compliance.model.finding import DependencyFinding, place
from compliance.model.verdict import Assessment
from compliance.reporters.report.blocks import Column, Listing, Report, Row, Section, SideBySide, Stretch, Table
from compliance.reporters.report.plain_tables import entries_table
from compliance.reporters.report.words import words
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.xlsx import REPORTER
from tests.reporters.example_assessment import CLEAN, EXAMPLE


def book(assessment: Assessment) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(REPORTER.render(assessment, ReportOptions("en"))))


@pytest.mark.parametrize("assessment", [EXAMPLE, CLEAN])
def test_every_sheet_has_a_head_a_filter_and_a_fixed_row(assessment: Assessment) -> None:
    for sheet in book(assessment):
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes == "A2"
        assert all(cell.value for cell in sheet[1])


def test_verdicts_and_broken_rules_come_first() -> None:
    found = book(EXAMPLE)
    assert found.sheetnames[:2] == ["Verdicts", "Broken rules"]
    assert found["Verdicts"].max_row == len(EXAMPLE.verdicts) + 1


@pytest.mark.parametrize("hostile", ["=1+1", '=HYPERLINK("http://a","b")', "http://a", "+1", "{=A1}", "0012"])
def test_what_looks_like_a_formula_a_link_or_a_number_is_text(hostile: str) -> None:
    findings = tuple(msgspec.structs.replace(one, path=hostile, lines=None) for one in EXAMPLE.findings)
    cells = [
        cell
        for sheet in book(msgspec.structs.replace(EXAMPLE, findings=findings))
        for row in sheet
        for cell in row
    ]
    assert hostile in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_counts_and_shares_are_numbers_that_can_be_sorted() -> None:
    columns = {
        (sheet.title, head.value): [row[head.column - 1] for row in sheet.iter_rows(min_row=2)]
        for sheet in book(EXAMPLE)
        for head in sheet[1]
    }
    places = columns["Broken rules", "Places"]
    shares = [cell for (_sheet, head), cells in columns.items() for cell in cells if head == "Confidence"]

    assert {cell.data_type for cell in places if cell.value != "–"} == {"n"}
    assert [(cell.value, cell.number_format) for cell in shares] == [(0.97, "0 %"), (0.9, "0 %")]


def test_the_same_assessment_gives_the_same_bytes() -> None:
    assert REPORTER.render(EXAMPLE, ReportOptions("ko")) == REPORTER.render(EXAMPLE, ReportOptions("ko"))


def test_policy_limits_and_counts_are_there_too() -> None:
    values = {str(cell.value) for sheet in book(EXAMPLE) for row in sheet for cell in row}
    assert EXAMPLE.policy.digest in values
    assert {limit.en for limit in EXAMPLE.limits} <= values
    assert f"{EXAMPLE.counts.files:,}" in values


def test_each_sheet_says_on_paper_what_it_is_about() -> None:
    subject = msgspec.structs.replace(EXAMPLE.subject, team=None, name="A & B")
    for sheet in book(msgspec.structs.replace(EXAMPLE, subject=subject)):
        assert sheet.oddHeader.left.text == "A && B"


def test_the_header_of_a_page_stays_whatever_it_says() -> None:
    table = Table((Column("a"),), (Row(("b",)),), "&" * 300)
    drawn = REPORTER.draw(Report("t", "&" * 300, "en", (Section("x", "Chapter", (table,)),)))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(drawn))

    assert "&" in sheet.oddHeader.left.text


def test_a_title_that_has_no_room_as_a_name_stands_on_paper_in_full() -> None:
    title = "What some License with a long Name & Date says"
    table = Table((Column("a"),), (Row(("b",)),), title)
    drawn = REPORTER.draw(Report("t", "s", "en", (Section("x", "Chapter", (table,)),)))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(drawn))

    assert sheet.title == "What some License with a long…"
    assert sheet.oddHeader.right.text == title.replace("&", "&&")


def test_a_sheet_may_have_an_apostrophe_in_its_name_but_not_around_it() -> None:
    table = Table((Column("a"),), (Row(("b",)),))
    chapters = tuple(Section("x", title, (table,)) for title in ("What can't hold", "'quoted'"))
    drawn = REPORTER.draw(Report("t", "s", "en", chapters))

    assert openpyxl.load_workbook(io.BytesIO(drawn)).sheetnames == ["What can't hold", "quoted"]


def test_a_rule_about_the_submission_as_a_whole_counts_no_places() -> None:
    broken = msgspec.structs.replace(EXAMPLE.violations[0], findings=())
    sheet = book(msgspec.structs.replace(EXAMPLE, violations=(broken,)))["Broken rules"]

    assert sheet.cell(2, 6).value == "–"


def test_a_place_beside_known_code_names_its_file_once() -> None:
    stretches = (
        Stretch("a.py:1-9", "garam/model.py:3-11", "Model"),
        Stretch("a.py:20-29", "garam/other.py:1-10", "Other"),
    )
    entry = SideBySide(1, "Places 1", "a.py", "garam 1.0 garam/model.py", "here", "there", stretches, "x")

    rows = entries_table([entry], words("en")).rows

    assert [row.cells[2] for row in rows] == [
        ("garam 1.0", "garam/model.py:3-11"),
        ("garam 1.0 garam/model.py", "garam/other.py:1-10"),
    ]


def test_a_row_has_room_for_words_that_go_to_the_next_line() -> None:
    long = "transformers/models/a_model_with_a_long_name/modeling.py"
    purls = [f"pkg:pypi/x {long}", "pkg:pypi/x"]
    packages = [DependencyFinding(purl=one, scope="runtime") for one in purls]
    findings = tuple(place(one, "requirements.txt", None) for one in packages)
    sheet = book(msgspec.structs.replace(EXAMPLE, findings=findings, violations=()))["Packages"]
    heights = {str(row[1].value): sheet.row_dimensions[row[1].row].height for row in sheet.iter_rows(min_row=2)}

    assert heights == {purls[0]: 49.5, purls[1]: 16.5}  # Korean letters have room


def test_words_stand_off_the_rulings_and_head_and_rows_are_ruled_alike() -> None:
    for sheet in book(EXAMPLE):
        head, below = sheet.cell(1, 1), sheet.cell(2, 1)
        assert head.alignment.indent == below.alignment.indent == 1
        assert head.border.left.color.rgb == below.border.left.color.rgb


def test_remarks_beside_a_table_have_a_sheet_that_says_so() -> None:
    listed, table = Listing(("a remark",)), Table((Column("a"),), (Row(("b",)),))
    chapters = (Section("x", "Appendix", (table, listed)), Section("y", "Limits", (listed,)))
    drawn = openpyxl.load_workbook(io.BytesIO(REPORTER.draw(Report("t", "s", "en", chapters))))

    assert drawn.sheetnames == ["Appendix", "Remarks (Appendix)", "Limits"]
