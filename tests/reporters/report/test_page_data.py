"""What the template of pages gets: places to break at, links only where there are few, room for numbers."""

from typing import Any

import pytest

from compliance.reporters.report.blocks import Column, Link, Report, Row, Section, SideBySide, Table
from compliance.reporters.report.page_data import MOST_LINKED_ROWS, page_data


def table_of(*rows: Row, columns: tuple[Column, ...] = (Column("File"), Column("Rule"))) -> dict[str, Any]:
    section = Section("one", "One", (Table(columns, rows),))
    data, _drawings = page_data(Report("Title", "Subtitle", "en", (section,)))
    found: dict[str, Any] = data["sections"][0]["blocks"][0]
    return found


def linking(anchor: str) -> Row:
    return Row(("a", Link("b", anchor)), anchor)


@pytest.mark.parametrize(
    ("written", "broken"),
    [
        ("src/model_x.py", "src/|model_|x.py"),
        ("x" * 40, "x" * 16 + "|" + "x" * 16 + "|" + "x" * 8),
        ("한빛 연구소", "한빛 연구소"),
        ("end.", "end."),
        ("Apache-2.0", "Apache-2.0"),
        ("garam.py:269-311", "garam.py:|269-311"),
        ("vllm 0.11.0", "vllm 0.11.0"),
        ("Router.__init__", "Router.__|init__"),
        ("MIT, 97 %", "MIT, 97\u00a0%"),
    ],
)
def test_long_names_may_break_at_signs_and_after_sixteen_letters(written: str, broken: str) -> None:
    (row,) = table_of(Row((written, "")))["rows"]

    assert row["cells"][0] == broken.replace("|", "\u200b")


def test_an_address_within_the_report_is_left_as_it_is() -> None:
    (row,) = table_of(linking("finding-a_b"))["rows"]

    assert row["cells"][1] == {"text": "b", "anchor": "finding-a_b"}


def test_a_large_table_has_no_links_and_a_row_that_nothing_leads_to_no_anchor() -> None:
    few = table_of(*[linking(f"finding-{number}") for number in range(MOST_LINKED_ROWS)])["rows"]
    many = table_of(*[linking(f"finding-{number}") for number in range(MOST_LINKED_ROWS + 1)])["rows"]

    assert [row["anchors"] for row in few] == [[f"finding-{number}"] for number in range(MOST_LINKED_ROWS)]
    assert not any(row["anchors"] for row in many)
    assert {row["cells"][1] for row in many} == {"b"}


def test_a_long_name_of_several_words_may_break_between_them() -> None:
    (row,) = table_of(Row(("Qwen3MoeRotaryEmbedding.forward", "DecoderLayer")))["rows"]

    assert row["cells"] == ["Qwen3\u200bMoe\u200bRotary\u200bEmbedding.\u200bforward", "DecoderLayer"]


def test_a_word_that_a_narrow_column_has_no_room_for_may_break_there() -> None:
    columns = (Column("File", 9), Column("Informational", 1))
    told = table_of(Row(("configuration", "configuration")), columns=columns)
    (row,) = told["rows"]

    assert row["cells"][0] == "configuration"
    assert row["cells"][1] == "configu\u200bration"
    assert told["columns"][1]["label"] == "Informa\u200btional"


@pytest.mark.parametrize(("count", "linked"), [(MOST_LINKED_ROWS, True), (MOST_LINKED_ROWS + 1, False)])
def test_a_large_appendix_has_no_links(count: int, linked: bool) -> None:
    entry = SideBySide(1, "Places 1", Link("a.py", "row"), "other", "Here", "There", (), "entry")
    data, _drawings = page_data(Report("Title", "Subtitle", "en", (Section("one", "One", (entry,) * count),)))

    (told,) = {str(block["finding"]) for block in data["sections"][0]["blocks"]}

    assert ("anchor" in told) is linked


def test_a_column_of_numbers_is_as_wide_as_the_longest_number_or_word_of_its_label() -> None:
    columns = (Column("File"), Column("Share", number=True))
    short = table_of(Row(("a", "1")), columns=columns)["columns"]
    long = table_of(Row(("a", "1,234,567")), columns=columns)["columns"]

    assert short[0]["width"] is None
    assert 0 < short[1]["width"] < long[1]["width"]
