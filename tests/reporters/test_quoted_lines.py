"""Lines of examined files beside known code, in each format that quotes them; hostile ones stay words."""

import html
import io
import re
import zipfile
from collections.abc import Callable

import msgspec
import openpyxl
import pytest
from pdfminer.high_level import extract_text

from compliance.language import Language
from compliance.model.evidence import Lines
from compliance.model.finding import Origin, OriginFinding, Span, place
from compliance.model.quotation import Quotation, Quotations
from compliance.model.submission import Subject
from compliance.reporters.json_v1 import decode_quotations, encode_quotations
from compliance.reporters.report.blocks import Listing, SideBySide
from compliance.reporters.report.building import report_of
from compliance.reporters.reporter import QUOTING, ReportOptions, encoded, reporters
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.test_html import Page

HOSTILE = [
    "</pre><script>alert(1)</script>",
    '#panic("x") $ x^2 $',
    "{{ 7*7 }} {% raw %}",
    "]]></hp:t>&amp;",
    "\x1b[31m",
]


def origin() -> tuple[str, Lines]:
    """The first place of the example that has a counterpart."""
    return next(
        (one.path, one.spans[0].lines) for one in EXAMPLE.findings if isinstance(one, OriginFinding) and one.spans
    )


def quoting(*text: str) -> Quotations:
    path, lines = origin()
    return Quotations(quotations=(Quotation(path=path, lines=lines, text=text),))


def drawn(name: str, quotations: Quotations | None, language: Language = "ko") -> bytes:
    return encoded(reporters()[name].render(EXAMPLE, ReportOptions(language, quotations=quotations)))


def of_html(content: bytes) -> str:
    return "".join(Page(content.decode()).said)


def of_hwpx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        section = package.read("Contents/section0.xml").decode()
    return "".join(html.unescape(text) for text in re.findall(r"<hp:t>([^<]*)</hp:t>", section))


def of_pdf(content: bytes) -> str:
    return extract_text(io.BytesIO(content)).replace("\u200b", "")


def of_xlsx(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)


READERS: dict[str, Callable[[bytes], str]] = {"html": of_html, "hwpx": of_hwpx, "pdf": of_pdf, "xlsx": of_xlsx}


def words_in(name: str, content: bytes) -> str:
    return "".join(READERS[name](content).split())


@pytest.mark.parametrize("name", sorted(QUOTING))
def test_quoted_lines_stand_there_with_their_numbers(name: str) -> None:
    first = origin()[1][0]

    told = words_in(name, drawn(name, quoting("def route(tokens):", "    # 한빛 연구소")))

    assert f"{first}defroute(tokens):" in told
    assert f"{first + 1}#한빛연구소" in told


@pytest.mark.parametrize("name", sorted(QUOTING))
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_lines_stay_words(name: str, hostile: str) -> None:
    shown = hostile.replace("\x1b", "\\x1b")

    assert "".join(shown.split()) in words_in(name, drawn(name, quoting(hostile)))


def test_hostile_lines_make_no_element_of_the_page() -> None:
    plain = Page(drawn("html", quoting(*["x"] * len(HOSTILE))).decode()).tags

    assert Page(drawn("html", quoting(*HOSTILE)).decode()).tags == plain


@pytest.mark.parametrize("name", sorted(QUOTING - {"xlsx"}))
def test_a_finding_and_its_quotation_name_each_other(name: str) -> None:
    told = words_in(name, drawn(name, quoting("def route(tokens):")))
    row, entry, *_others = (found.start() for found in re.finditer("인용1(?=\\D)", told))
    path, (first, _last) = origin()[0], origin()[1]

    assert row < entry < told.index(f"{first}defroute(tokens):")
    assert path in told[entry : entry + len("인용1:") + len(path)]


def test_a_document_tells_lines_and_names_of_both_sides_above_the_quoted_lines() -> None:
    (entry, *_others) = [
        block
        for chapter in report_of(EXAMPLE, "ko", None, quoting("def route(tokens):")).sections
        for section in chapter.walk()
        for block in section.blocks
        if isinstance(block, SideBySide)
    ]

    told = of_hwpx(drawn("hwpx", quoting("def route(tokens):")))

    brief, first = entry.stretches[0].brief, origin()[1][0]
    assert f"{brief}{first}  def route(tokens):" in told


def test_a_workbook_has_a_sheet_of_quotations_with_the_same_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(drawn("xlsx", quoting("def route(tokens):"), "en")))
    _head, first, *_rows = book["Appendix quotations"].iter_rows(values_only=True)
    path, lines = origin()
    rows = [str(row[0].value) for sheet in book for row in sheet]

    assert first[0] == 1
    assert f"{lines[0]}  def route(tokens):" in str(first[1])
    assert str(first[1]).startswith(path)
    assert [row.startswith(path) for row in rows if row.endswith("\nQuotation 1")] == [True]


@pytest.mark.parametrize("name", sorted(set(reporters()) - QUOTING))
def test_other_formats_quote_nothing(name: str) -> None:
    assert drawn(name, quoting("def route(tokens):")) == drawn(name, None)


@pytest.mark.parametrize("name", sorted(QUOTING))
def test_the_same_quotations_give_the_same_bytes(name: str) -> None:
    assert drawn(name, quoting("def route(tokens):")) == drawn(name, quoting("def route(tokens):"))


def test_what_is_left_out_of_a_place_is_counted() -> None:
    _path, lines = origin()
    report = report_of(EXAMPLE, "en", quotations=quoting("    def route(tokens):", "\tpass"))

    beside = [
        block
        for chapter in report.sections
        for one in chapter.walk()
        for block in one.blocks
        if isinstance(block, SideBySide)
    ]
    (text,) = [stretch.quoted for block in beside for stretch in block.stretches if stretch.quoted]

    assert text[:2] == (f"{lines[0]}  def route(tokens):", f"{lines[0] + 1}  pass")
    assert text[2] == f"… {lines[1] - lines[0] - 1} lines more"


def test_a_line_far_to_the_right_of_the_others_is_moved_to_where_a_page_has_room() -> None:
    report = report_of(EXAMPLE, "en", quotations=quoting("def route(", " " * 60 + "tokens):"))
    lines = [
        line
        for chapter in report.sections
        for block in chapter.blocks
        if isinstance(block, SideBySide)
        for stretch in block.stretches
        for line in stretch.quoted
    ]

    (far,) = [line for line in lines if line.endswith("tokens):")]
    assert len(far) < 50


def test_quotations_are_read_back_as_they_were_written() -> None:
    found = quoting("def route(tokens):", "    # 한빛")

    assert decode_quotations(encode_quotations(found)) == found


def test_places_that_are_not_quoted_although_others_are_are_counted() -> None:
    (first,) = quoting("def route(tokens):").quotations
    origins = [one for one in EXAMPLE.findings if isinstance(one, OriginFinding)]
    every = [Quotation(path=one.path, lines=span.lines, text=("x",)) for one in origins for span in one.spans]

    def said(*quotations: Quotation) -> str:
        return repr(report_of(EXAMPLE, "en", quotations=Quotations(quotations=quotations)).sections[-1])

    assert len(every) == 2
    assert "1 of 2 places aren't quoted" in said(first)
    assert "aren't quoted" not in said(*every)


def told_of_sources(revisions: dict[str, str | None], team: str | None = "Hanbit") -> list[str]:
    """What the appendix says of each source, by name, that has code near to known code and a commit or none."""
    nearest = Origin(family="other", project="other", relation="derived", role="direct")
    span = Span(lines=(1, 2), origin_path="a.py", origin_lines=(1, 2))
    findings = [
        place(OriginFinding(lines=(1, 2), lineage=(nearest,), spans=(span,)), f"{name}/a.py", revision)
        for name, revision in revisions.items()
    ]
    subject = Subject(team=team, name="hanbit-1")
    assessment = msgspec.structs.replace(CLEAN, subject=subject, findings=tuple(findings))
    quoted = Quotations(
        quotations=tuple(Quotation(path=one.path, lines=(1, 2), text=("x = 1",)) for one in findings)
    )
    end = report_of(assessment, "en", quotations=quoted).sections[-1]
    return [item for block in end.blocks if isinstance(block, Listing) for item in block.items]


def test_each_source_says_whether_its_lines_are_of_its_commit_or_of_the_day_they_were_quoted() -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    repository, folder = told_of_sources({"code": commit, "serving": None})

    assert repository.startswith("code: ")
    assert commit in repository
    assert folder.startswith("serving: ")
    assert "no commit" in folder


def test_a_source_alone_goes_by_the_name_of_what_was_examined() -> None:
    (folder,) = told_of_sources({"src": None}, team=None)

    assert folder.startswith("hanbit-1: ")
