"""The report as HWPX, the document format of Korean public offices (KS X 6101). The one adapter of python-hwpx.

Large tables are cut into several, each with its head: the format's programs lay out long tables badly.
"""

import contextlib
import io
import itertools
import re
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from compliance.language import Language
from compliance.model.verdict import Assessment
from compliance.reporters.report import typesetting
from compliance.reporters.report.blocks import (
    Bars,
    Block,
    Graph,
    Listing,
    Paragraph,
    Preformatted,
    Report,
    Section,
    SideBySide,
    Violated,
)
from compliance.reporters.report.building import report_of
from compliance.reporters.report.days import day_of
from compliance.reporters.report.drawing import PRINTED, size_of, svg_of
from compliance.reporters.report.hwpx_section import WIDTH, Look, Looks, SectionWriter
from compliance.reporters.report.on_pages import on_pages
from compliance.reporters.report.plain_tables import as_table
from compliance.reporters.report.words import words
from compliance.reporters.reporter import ReportOptions

MOST_ROWS = 200
"""Of one table; more go into the next."""
_MARGIN, _BOTTOM, _EDGE = 5_669, 4_252, 2_834
"""20, 15 and 10 mm."""
_PIXEL = 75
"""Of a diagram, in the format's units: 96 to an inch."""
_HIGHEST = 42_520
"""150 mm, so that a diagram leaves no page empty before it."""
_BULLET = "•\u00a0"
"""Never alone on a line, however long what follows is."""
_HANGING = 3.2
"""Millimetres that a bullet takes, by which further lines of its item are set in."""
_BODY = "바탕글"
"""The style of running text, whatever the language."""
_FIXED = "굴림체"
"""Letters of one width, which Korean offices have."""
_LEVELS = 3
_SECTION, _ABOUT, _LISTS = "Contents/section0.xml", "Contents/content.hpf", "Contents/header.xml"
_MARK = "\u2063"
"""Stands in paragraphs between which the library's own elements are found again; nobody's text is it alone."""


class HwpxReporter:
    """The report for Korean offices."""

    name = "hwpx"
    media_type = "application/hwp+zip"
    suffix = ".hwpx"

    def render(self, assessment: Assessment, options: ReportOptions) -> bytes:
        """The document in `options.language`."""
        return self.draw(report_of(assessment, options.language, options.previous, options.quotations))

    def draw(self, report: Report) -> bytes:
        """The document that says what `report` does."""
        with _counted_identifiers():
            return _Writer(report).content()


REPORTER = HwpxReporter()


class _Writer:
    def __init__(self, report: Report) -> None:
        from hwpx import HwpxDocument

        self._report = on_pages(report)
        self._words = words(report.language)
        self._document = HwpxDocument.new()
        self._document.page.set_margins(
            left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=_BOTTOM, header=0, footer=_EDGE
        )
        self._document.page.set_page_number()
        self._document.add_paragraph(_MARK)
        styles: Any = self._document.styles
        looks = Looks(
            dict(self._looks(styles)),
            border=styles.ensure_border_fill(border_color="#8A94A6"),
            shaded=styles.ensure_border_fill(border_color="#8A94A6", fill_color="#EEF1F6"),
        )
        self._divided = looks.paragraphs["cell-divided"].paragraph
        self._section = SectionWriter(looks)
        self._pictures = 0
        self._document.add_paragraph(_MARK)

    def _looks(self, styles: Any) -> Iterator[tuple[str, Look]]:
        """Of every kind of paragraph, made by setting one so; what they say is left out in the end."""
        bold = styles.ensure_run(bold=True)
        body = {"line_spacing_percent": 150, "spacing_after_pt": 3, "alignment": "LEFT"}
        yield "body", self._look(self._document.add_paragraph("", style=_BODY), body)
        listed = {**body, "first_line_indent_mm": -_HANGING}
        yield "listed", self._look(self._document.add_paragraph("", style=_BODY), listed)
        items = {**listed, "line_spacing_percent": 140, "spacing_after_pt": 0}
        yield "item", self._look(self._document.add_paragraph("", style=_BODY), items)
        kept = {**body, "keep_with_next": True}
        yield "kept", self._look(self._document.add_paragraph("", style=_BODY), kept)
        yield (
            "head",
            self._look(
                self._document.add_paragraph("", style=_BODY, char_pr_id_ref=bold),
                {"spacing_before_pt": 8, "spacing_after_pt": 2, "keep_with_next": True, "alignment": "LEFT"},
            ),
        )
        title = styles.ensure_run(bold=True, size=20)
        yield "title", self._look(self._document.add_paragraph("", style=_BODY, char_pr_id_ref=title), body)
        yield from self._looks_of_cells(styles)
        for level, size in ((1, 16), (2, 13), (3, 11)):
            letters = styles.ensure_run(bold=True, size=size)
            made = self._document.add_heading("", level, char_pr_id_ref=letters)
            room = {"spacing_before_pt": 20 - 4 * level, "spacing_after_pt": 4, "indent_left_mm": 0}
            yield f"level-{level}", self._look(made, {**room, "keep_with_next": True, "alignment": "LEFT"})

    def _looks_of_cells(self, styles: Any) -> Iterator[tuple[str, Look]]:
        """Of paragraphs in tables, and of code wherever it stands."""
        narrow = {"line_spacing_percent": 135, "alignment": "LEFT"}
        small, label = styles.ensure_run(size=9), styles.ensure_run(size=9, bold=True)
        code = styles.ensure_run(size=8, font=_FIXED)
        kinds: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("cell", small, {}),
            ("number", small, {"alignment": "RIGHT"}),
            ("label", label, {}),
            ("code", code, {}),
            # a setting of their own, so that they are paragraphs of their own
            ("cell-divided", small, {"keep_lines": True}),
            ("code-divided", code, {"keep_lines": True}),
            ("code-end", code, {"spacing_after_pt": 6}),
        )
        for name, letters, settings in kinds:
            made = self._document.add_paragraph("", style=_BODY, char_pr_id_ref=letters)
            yield name, self._look(made, {**narrow, **settings})

    def _look(self, paragraph: Any, settings: dict[str, Any]) -> Look:
        last = len(self._document.paragraphs) - 1
        self._document.styles.apply_paragraph_format(paragraph_index=last, **settings)
        letters = next(iter(paragraph.runs)).char_pr_id_ref
        return Look(str(paragraph.para_pr_id_ref), str(paragraph.style_id_ref), str(letters))

    def content(self) -> bytes:
        """The whole file."""
        self._section.say(self._report.title)
        self._section.say(self._report.subtitle, "title")
        for chapter in self._report.sections:
            self._chapter(chapter, 1)
        made: bytes = self._document.to_bytes()
        return _completed(made, self._section.content(), self._report, self._divided)

    def _chapter(self, section: Section, level: int) -> None:
        self._section.say(section.title, f"level-{min(level, _LEVELS)}", new_page=section.apart)
        for block in section.blocks:
            self._block(block)
        for inner in section.sections:
            self._chapter(inner, level + 1)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text=text):
                self._section.say(text)
            case Listing(items=items):
                for item in items:
                    self._section.say(f"{_BULLET}{item}", "listed")
            case Preformatted(text=text, title=title):
                self._head(title)
                *lines, last = text.splitlines() or [""]
                for line in lines:
                    self._section.say(line, "code")
                self._section.say(last, "code-end")
            case Violated():
                self._violated(block)
            case SideBySide(quotes=False):
                self._head(block.title)
                for stretch in block.stretches:
                    self._section.say(f"{_BULLET}{stretch.brief}", "item")
            case Graph() | Bars():
                self._head(block.title)
                self._picture(block)
                self._section.say(block.alternative)
            case _:
                table = as_table(block, self._words)
                self._head(table.title)
                self._section.table(table, MOST_ROWS)

    def _violated(self, block: Violated) -> None:
        self._section.say(f"[{block.label}] {block.message}", "head")
        for line in (f"{block.rule} · {block.question}", *block.remarks):
            self._section.say(line, "kept")
        self._section.say(f"{block.remedy_label}: {block.remedy}", "kept" if block.places else "body")
        for place in block.places:
            self._section.say(f"{_BULLET}{place.text}", "item")
        if block.more_places:
            self._section.say(_BULLET + self._words["more"].format(f"{block.more_places:,}"), "item")

    def _head(self, title: str) -> None:
        if title:
            self._section.say(title, "head")

    def _picture(self, block: Graph | Bars) -> None:
        """The diagram; without the shipped font its words, which follow, have to do."""
        svg = svg_of(block, PRINTED)
        if (image := typesetting.picture(svg)) is None:
            return
        wide, high = size_of(svg)
        scale = min(_PIXEL, WIDTH / wide, _HIGHEST / high)
        made = self._document.add_picture(image, "png", width=round(wide * scale), height=round(high * scale))
        said = f"{block.title}: {block.alternative}"
        for comment in made.element.iter():
            if comment.tag.endswith("}shapeComment"):
                comment.text = said
        self._document.add_paragraph(_MARK)
        self._pictures += 1
        self._section.element(_place_of(self._pictures))


def _place_of(picture: int) -> str:
    return f"<{_MARK}{picture}/>"


def _completed(written: bytes, text: str, report: Report, divided: str) -> bytes:
    """The library's package with `text` in it, what it says of itself, and without the time it was written at.

    `mimetype` stays first, uncompressed.

    Args:
        written: the library's package.
        text: elements of its section.
        report: what it is about.
        divided: identifier of the paragraphs whose Latin words are divided where a line ends.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as source, zipfile.ZipFile(stream, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == _SECTION:
                content = _with_text(content.decode(), text).encode()
            elif part.filename == _ABOUT:
                content = _about(content.decode(), report).encode()
            elif part.filename == _LISTS:
                lists = _with_divided_words(content.decode(), divided)
                content = _numbered(lists, report.language).encode()
            plain = zipfile.ZipInfo(part.filename)
            plain.compress_type = part.compress_type
            target.writestr(plain, content)
    return stream.getvalue()


def _with_text(section: str, text: str) -> str:
    """The library's section up to its first mark, `text` with the pictures that stand between marks, its end."""
    mark = re.compile(rf"<hp:p [^>]*><hp:run [^>]*><hp:t>{_MARK}</hp:t></hp:run></hp:p>")
    head, _looks, *pictures, end = mark.split(section)
    for number, picture in enumerate(pictures, 1):
        text = text.replace(_place_of(number), picture)
    return f"{head}{text}{end}"


def _with_divided_words(lists: str, paragraph: str) -> str:
    """The lists with Latin words of `paragraph` divided where a line ends, which the library cannot set."""
    opening = re.compile(rf'(<hh:paraPr [^>]*\bid="{paragraph}".*?breakLatinWord=")KEEP_WORD', re.DOTALL)
    return opening.sub(r"\1BREAK_WORD", lists, count=1)


def _numbered(lists: str, language: Language) -> str:
    """The lists with headings that are numbered in letters of `language`; the library's are Korean."""
    return lists if language == "ko" else lists.replace('"HANGUL_SYLLABLE"', '"LATIN_SMALL"')


def _about(package: str, report: Report) -> str:
    """The package's description, about this report instead of the library's empty one."""
    day = day_of(report.date).isoformat()
    said = {
        "creator": report.author,
        "lastsaveby": report.author,
        "CreatedDate": f"{day}T00:00:00Z",
        "ModifiedDate": f"{day}T00:00:00Z",
        "date": day,
    }
    title = escape(" – ".join(filter(None, (report.title, report.subtitle))))
    package = package.replace("<opf:title/>", f"<opf:title>{title}</opf:title>")
    package = re.sub(r"<opf:language>[^<]*<", f"<opf:language>{report.language}<", package)
    for name, value in said.items():
        opening = f'<opf:meta name="{name}" content="text">'
        before, _, after = package.partition(opening)
        package = f"{before}{opening}{escape(value)}{after[after.index('<') :]}"
    return package


@contextlib.contextmanager
def _counted_identifiers() -> Iterator[None]:
    """Within it, the library's identifiers count up instead of being drawn at random: its own seam for that."""
    from hwpx.oxml import _document_impl as seam

    drawn, numbers = seam.uuid4, itertools.count(1)
    seam.uuid4 = lambda: uuid.UUID(int=next(numbers))
    try:
        yield
    finally:
        seam.uuid4 = drawn
