"""The document of Korean offices, read back by another library: all words and tables, always the same."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hwp_hwpx_parser import HWPXReader

from compliance.language import Language
from compliance.model.verdict import Assessment
from compliance.reporters import hwpx
from compliance.reporters.report.blocks import Cell, Link, Table, Violated
from compliance.reporters.report.building import report_of
from compliance.reporters.reporter import ReportOptions
from tests.reporters.example_assessment import CLEAN, EXAMPLE


def document(folder: Path, assessment: Assessment, language: Language = "ko") -> HWPXReader:
    file = folder / "report.hwpx"
    file.write_bytes(hwpx.REPORTER.render(assessment, ReportOptions(language, previous=EXAMPLE)))
    return HWPXReader(str(file))


def cell_text(cell: Cell) -> str:
    parts = cell if isinstance(cell, tuple) else (cell,)
    return "".join("".join((one.text if isinstance(one, Link) else one).split()) for one in parts) or "–"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_another_reader_finds_every_chapter_and_every_broken_rule(language: Language, tmp_path: Path) -> None:
    text = "".join(document(tmp_path, EXAMPLE, language).extract_text().split())
    for chapter in report_of(EXAMPLE, language, EXAMPLE).sections:
        for section in chapter.walk():
            assert "".join(section.title.split()) in text
            for block in section.blocks:
                assert not isinstance(block, Violated) or "".join(block.message.split()) in text


def test_another_reader_finds_every_cell_of_every_table(tmp_path: Path) -> None:
    told = [table.rows for table in document(tmp_path, EXAMPLE).get_tables()]
    found = {tuple("".join(cell.split()) for cell in row) for rows in told for row in rows}
    for chapter in report_of(EXAMPLE, "ko", EXAMPLE).sections:
        for section in chapter.walk():
            for block in section.blocks:
                if isinstance(block, Table):
                    assert {tuple(map(cell_text, row.cells)) for row in block.rows} <= found


def test_a_large_table_is_cut_and_keeps_its_head(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(document(tmp_path, EXAMPLE).get_tables())
    monkeypatch.setattr(hwpx, "MOST_ROWS", 5)
    cut = [table.rows for table in document(tmp_path, EXAMPLE).get_tables()]
    assert len(cut) > whole
    assert max(len(rows) for rows in cut) == 6


@pytest.mark.parametrize("assessment", [EXAMPLE, CLEAN])
def test_the_same_assessment_gives_the_same_bytes(assessment: Assessment) -> None:
    assert hwpx.REPORTER.render(assessment, ReportOptions("ko")) == hwpx.REPORTER.render(
        assessment, ReportOptions("ko")
    )


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from compliance.reporters.hwpx import REPORTER; "
        "from compliance.reporters.reporter import ReportOptions; "
        "from tests.reporters.example_assessment import EXAMPLE; "
        "print(hashlib.sha256(REPORTER.render(EXAMPLE, ReportOptions('ko'))).hexdigest())"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True) for _ in "12"
    )
    assert first.stdout == second.stdout


@pytest.mark.parametrize("hostile", ["<hp:t>x</hp:t>", "&amp;", "]]>", "=1+1", "\x00\x0b", "<!--"])
def test_hostile_words_stay_words(hostile: str, tmp_path: Path) -> None:
    findings = tuple(msgspec.structs.replace(one, path=f"a{hostile}b", lines=None) for one in EXAMPLE.findings)
    told = document(tmp_path, msgspec.structs.replace(EXAMPLE, findings=findings)).extract_text()
    shown = hostile.replace("\x00\x0b", "\\x00\\x0b")
    assert f"a{shown}b" in told
