"""What was measured is kept, and drawn from what is kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.file_reports import FileReport, differing
from benchmarks.speed import document, peers
from benchmarks.speed.agreement import reasons, with_peer
from benchmarks.speed.conditions import conditions
from benchmarks.speed.curves import growths
from benchmarks.speed.plan import QUICK
from benchmarks.speed.processes import Cost
from benchmarks.speed.records import Record, latest, opened
from benchmarks.speed.sample import Candidate, Sample
from benchmarks.speed.tables import paired, ratios, seconds, spread, table
from tests.samples.copyright_mark import MARK

CONDITIONS = {"scancode": "1", "commit": "a"}


def row(name: str, number: int = 0, *, wall: float = 1.0, cpu: float = 1.0, others: float = 0.0) -> Record:
    return Record(name, number, Cost(wall, cpu, others=others))


def never() -> Record:
    raise AssertionError("measured again")


def test_what_was_measured_is_not_measured_again_by_a_later_run(tmp_path: Path) -> None:
    opened(CONDITIONS, tmp_path).once("cold/ours", 0, lambda: row("cold/ours"))
    assert opened(CONDITIONS, tmp_path).once("cold/ours", 0, never) == row("cold/ours")


def test_a_row_that_was_cut_off_is_measured_again(tmp_path: Path) -> None:
    opened(CONDITIONS, tmp_path).once("cold/ours", 0, lambda: row("cold/ours"))
    file = next(tmp_path.glob("*.jsonl"))
    file.write_bytes(file.read_bytes()[:-10])
    assert opened(CONDITIONS, tmp_path).once("cold/ours", 0, lambda: row("cold/ours", cpu=2)).cost.cpu == 2
    assert opened(CONDITIONS, tmp_path).rounds("cold/ours") == [row("cold/ours", cpu=2)]


def test_rows_of_other_conditions_are_not_mixed_in(tmp_path: Path) -> None:
    opened(CONDITIONS, tmp_path).once("cold/ours", 0, lambda: row("cold/ours"))
    assert opened({**CONDITIONS, "scancode": "2"}, tmp_path).every() == []


def test_a_commit_that_leaves_the_product_as_it_is_keeps_the_rows(tmp_path: Path) -> None:
    opened(CONDITIONS, tmp_path).once("cold/ours", 0, lambda: row("cold/ours"))
    assert opened({**CONDITIONS, "commit": "b"}, tmp_path).every() == [row("cold/ours")]


def test_one_section_is_forgotten_and_the_others_stay(tmp_path: Path) -> None:
    records = opened(CONDITIONS, tmp_path)
    for name in ("cold/ours", "curves/files/100"):
        records.once(name, 0, lambda name=name: row(name))  # type: ignore[misc]
    records.forget("cold")
    assert latest(tmp_path).every() == [row("curves/files/100")]


def test_drawing_before_anything_was_measured_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make bench"):
        latest(tmp_path)


def test_ratios_are_of_the_same_round() -> None:
    theirs = [row("a", 0, cpu=10), row("a", 1, cpu=40)]
    ours = [row("b", 1, cpu=4), row("b", 0, cpu=2)]
    assert [one.cpu / other.cpu for one, other in paired(theirs, ours)] == [5, 10]
    assert ratios(theirs, ours)[1] == "7.5 × (5.0–10.0)"


def test_what_was_measured_once_stands_beside_every_round() -> None:
    assert ratios([row("a", cpu=8)], [row("b", 0, cpu=4), row("b", 1, cpu=2)])[1] == "3.0 × (2.0–4.0)"


@given(st.lists(st.floats(0.01, 100), min_size=2))
def test_a_spread_tells_the_smallest_and_the_largest(values: list[float]) -> None:
    digits = 1 if min(values) >= 1 else 2
    assert f"({min(values):.{digits}f}–{max(values):.{digits}f})" in spread(values)


def test_a_table_has_as_many_cells_a_row_as_its_head() -> None:
    assert table(("a", "b"), [["1", "2"]]) == "| a | b |\n|---|---|\n| 1 | 2 |"


def test_seconds_have_the_digits_that_tell() -> None:
    assert [seconds(one) for one in (0.123, 12.34, 1234.5)] == ["0.12", "12.3", "1,234"]


def test_linear_cost_grows_by_one() -> None:
    assert growths([(0, 5), (1e6, 6), (10e6, 15)]) == [(None, None), (1, None), (1, 1)]


def test_quadratic_cost_grows_with_the_size() -> None:
    *_, (_, growth) = growths([(0, 0), (1e6, 1), (10e6, 100), (100e6, 10_000)])
    assert growth == pytest.approx(10, rel=0.01)


def test_too_little_time_tells_no_growth() -> None:
    assert growths([(1e3, 1.0), (1e4, 1.1), (1e6, 3.1)])[1] == (None, None)


def test_files_are_counted_by_who_finds_a_license() -> None:
    ours = {"a": FileReport(expression="MIT"), "b": FileReport(expression="MIT"), "c": FileReport()}
    counted = with_peer({"a": True, "b": False, "d": True}, ours)
    assert counted == {"files": 3, "both": 1, "only theirs": 1, "only ours": 1, "neither": 1}


def test_a_file_differs_that_is_missing_or_of_which_something_else_is_said() -> None:
    theirs = {"a": FileReport(expression="MIT"), "b": FileReport(copyrights=[(1, 1, "x")]), "c": FileReport()}
    ours = {"a": FileReport(), "b": FileReport(), "d": FileReport()}
    assert differing(theirs, ours, "expression") == ["a", "c"]


def test_reasons_are_told_once() -> None:
    assert reasons(["too-large (a)", "too-large (b (1))", "deadline (c)"]) == "deadline, too-large"
    assert reasons([]) == "–"


def test_licensecheck_output_is_read() -> None:
    output = "/s/a.py\tMIT License\t2020 Someone\x0cElse\n/s/b.py\tUNKNOWN\n/s/c\t*No copyright* UNKNOWN\t\n"
    assert peers.licensed_by_licensecheck(output, Path("/s")) == {"a.py": True, "b.py": False, "c": False}


def test_decopy_output_is_read() -> None:
    paragraphs = (
        "Format: x\nSource: TODO",
        f"Files: a.py\n       b/c d.py\n{MARK}: 2020, Someone\n           2021, Else\nLicense: Apache-2",
        "Files: e.json\nLicense: MIT",
        "Files: f\nLicense: UnknownCopyrighted",
        "License: MIT\n text",
    )
    told = {"a.py": True, "b/c d.py": True, "e.json": True, "f": False}
    assert peers.licensed_by_decopy("\n\n".join(paragraphs), Path("/s")) == told


def test_the_document_names_what_was_not_measured(tmp_path: Path) -> None:
    sample = Sample(tmp_path, (Candidate("a/b.py", "Python", 10, tmp_path),), "0" * 64)
    records = opened(conditions(sample, QUICK), tmp_path)
    records.once("cold/ours", 0, lambda: row("cold/ours", others=1.5))
    text = document.text(records)
    assert "Not measured in this run: cold, pairs, detection, repeated, start_up, curves." in text
    assert "**The machine wasn't quiet**" in text
    assert "| Python | 1 | 0.00 |" in text
