"""The document of Korean offices, read back by another library: all words and tables, always the same."""

import html
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest
from hwp_hwpx_parser import HWPXReader
from hwpx.tools.package_validator import validate_editor_open_safety
from hwpx.tools.validator import validate_document

from compliance.language import Language
from compliance.model.verdict import Assessment
from compliance.reporters import hwpx
from compliance.reporters.report.blocks import (
    Bars,
    Cell,
    Column,
    Graph,
    Link,
    Report,
    Row,
    Section,
    Table,
    Violated,
)
from compliance.reporters.report.building import report_of
from compliance.reporters.reporter import ReportOptions
from tests.reporters.example_assessment import CLEAN, EXAMPLE

A_THIRD_OF_A_PAGE = 20_000
"""In units of 1/7200 inch."""


def document(folder: Path, assessment: Assessment, language: Language = "ko") -> HWPXReader:
    file = folder / "report.hwpx"
    file.write_bytes(hwpx.REPORTER.render(assessment, ReportOptions(language, previous=EXAMPLE)))
    return HWPXReader(str(file))


def part(folder: Path, name: str) -> str:
    with zipfile.ZipFile(folder / "report.hwpx") as package:
        return package.read(name).decode()


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


@pytest.mark.parametrize("assessment", [EXAMPLE, CLEAN])
def test_the_library_finds_nothing_wrong_with_the_file(assessment: Assessment, tmp_path: Path) -> None:
    document(tmp_path, assessment)

    checked = validate_editor_open_safety(tmp_path / "report.hwpx")

    assert checked.reopen_ok
    assert not checked.blocking_package_errors
    assert not validate_document(tmp_path / "report.hwpx").issues


def test_tables_go_on_over_pages_and_repeat_their_heads(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    section = part(tmp_path, "Contents/section0.xml")

    tables = re.findall(r"<hp:tbl .*?</hp:tbl>", section)
    assert tables
    for table in tables:
        assert 'treatAsChar="0"' in table  # one that is set like a letter is never divided
        assert 'repeatHeader="1"' in table
        head, *rows = re.findall(r"<hp:tr>.*?</hp:tr>", table)
        assert 'header="0"' not in head
        assert not any('header="1"' in row for row in rows)


def test_diagrams_are_pictures_that_say_what_they_show(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    section = part(tmp_path, "Contents/section0.xml")

    drawn = [
        block
        for chapter in report_of(EXAMPLE, "ko", EXAMPLE).sections
        for one in chapter.walk()
        for block in one.blocks
        if isinstance(block, Graph | Bars)
    ]
    comments = [html.unescape(one) for one in re.findall(r"<hp:shapeComment>([^<]*)<", section)]
    images = re.findall(r'binaryItemIDRef="(\w+)"', section)

    assert comments == [f"{one.title}: {one.alternative}" for one in drawn]
    assert len(set(images)) == len(drawn)
    with zipfile.ZipFile(tmp_path / "report.hwpx") as package:
        for name in images:
            assert package.read(f"BinData/{name}.png").startswith(b"\x89PNG")


def test_without_the_shipped_font_the_words_stand_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.reporters.report.typesetting._font_folders", list)

    text = "".join(document(tmp_path, EXAMPLE).extract_text().split())

    assert "<hp:pic " not in part(tmp_path, "Contents/section0.xml")
    assert "hanbit-1→garam_moe" in text


def test_a_folder_of_fonts_that_is_empty_is_no_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.reporters.report.typesetting._font_folders", lambda: [tmp_path])
    document(tmp_path, EXAMPLE)

    assert "<hp:pic " not in part(tmp_path, "Contents/section0.xml")


def test_the_file_says_whose_report_it_is_and_of_which_day(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    about = part(tmp_path, "Contents/content.hpf")

    assert "<opf:title>라이선스·오픈소스 준수 검사 보고서 – Hanbit / hanbit-1</opf:title>" in about
    assert f">{EXAMPLE.tool.name} {EXAMPLE.tool.version}<" in about
    assert f">{EXAMPLE.policy.evaluated_on}T00:00:00Z<" in about


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


def test_the_appendix_begins_on_a_page_of_its_own(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    section = part(tmp_path, "Contents/section0.xml")

    broken = re.findall(r'<hp:p [^>]*pageBreak="1"[^>]*><hp:run [^>]*><hp:t>([^<]*)<', section)

    assert broken == ["부록: 위치 대조"]


def test_commands_are_set_in_letters_of_one_width(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    section, head = part(tmp_path, "Contents/section0.xml"), part(tmp_path, "Contents/header.xml")
    (letters,) = re.findall(r'<hp:run charPrIDRef="(\d+)"><hp:t>compliance report assessment', section)
    (font,) = re.findall(rf'<hh:charPr [^>]*id="{letters}"><hh:fontRef hangul="(\d+)"', head)
    (hangul,) = re.findall(r'<hh:fontface lang="HANGUL".*?</hh:fontface>', head)

    assert re.search(rf'<hh:font id="{font}" face="굴림체"', hangul)


def paragraph_settings(folder: Path, words: str) -> str:
    """Of the lists, what the first paragraph that says `words` is set with."""
    section, lists = part(folder, "Contents/section0.xml"), part(folder, "Contents/header.xml")
    opening = rf'paraPrIDRef="(\d+)"[^>]*><hp:run [^>]*><hp:t>{re.escape(html.escape(words, quote=False))}<'
    (identifier, *_) = re.findall(opening, section)
    (settings,) = re.findall(rf'<hh:paraPr [^>]*\bid="{identifier}".*?</hh:paraPr>', lists)
    return str(settings)


def test_headings_begin_where_the_text_does(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    for section in report_of(EXAMPLE, "ko", EXAMPLE).sections:
        for one in section.walk():
            assert set(re.findall(r'<hc:left value="(-?\d+)"', paragraph_settings(tmp_path, one.title))) == {"0"}


def test_a_broken_rule_stays_with_its_first_place(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    for chapter in report_of(EXAMPLE, "ko", EXAMPLE).sections:
        for section in chapter.walk():
            for block in section.blocks:
                if isinstance(block, Violated) and block.places:
                    for line in (f"{block.rule} · {block.question}", f"{block.remedy_label}: {block.remedy}"):
                        assert 'keepWithNext="1"' in paragraph_settings(tmp_path, line)


def test_a_name_that_has_no_room_is_divided_rather_than_cut_off(tmp_path: Path) -> None:
    long, short = "model/" + "a" * 200 + ".py", "a.py"
    table = Table((Column("file"), Column("other")), (Row((long, "b")), Row((short, "b"))))
    report = Report("t", "s", "en", (Section("x", "Files", (table,)),))
    (tmp_path / "report.hwpx").write_bytes(hwpx.REPORTER.draw(report))

    assert 'breakLatinWord="BREAK_WORD"' in paragraph_settings(tmp_path, long)
    assert 'breakLatinWord="KEEP_WORD"' in paragraph_settings(tmp_path, short)


def test_no_bullet_stands_alone_on_a_line_before_a_long_path(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    bullets = re.findall("•.", part(tmp_path, "Contents/section0.xml"))

    assert bullets
    assert set(bullets) == {"•\u00a0"}


def test_further_lines_of_an_item_are_set_in(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    section = part(tmp_path, "Contents/section0.xml")
    for item in set(re.findall("<hp:t>(•[^<]*)<", section)):
        assert 'intent value="-' in paragraph_settings(tmp_path, html.unescape(item))


def test_only_a_row_that_is_very_high_is_divided_between_pages(tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE)
    for table in re.findall(r"<hp:tbl .*?</hp:tbl>", part(tmp_path, "Contents/section0.xml")):
        heights = [int(height) for height in re.findall(r'<hp:cellSz width="\d+" height="(\d+)"', table)]
        assert ('pageBreak="CELL"' in table) == (max(heights) > A_THIRD_OF_A_PAGE)


@pytest.mark.parametrize(("language", "form"), [("ko", "HANGUL_SYLLABLE"), ("en", "LATIN_SMALL")])
def test_headings_are_numbered_in_letters_of_the_language(language: Language, form: str, tmp_path: Path) -> None:
    document(tmp_path, EXAMPLE, language)
    heads = re.findall(r'<hh:paraHead [^>]*level="2"[^>]*numFormat="(\w+)"', part(tmp_path, "Contents/header.xml"))

    assert set(heads) == {form}
