"""The report as HWPX, the document format of Korean public offices (KS X 6101). The one adapter of python-hwpx.

Diagrams stand in it as the words that say what they show. Large tables are cut into several, each with its head:
the format's programs lay out long tables badly.
"""

import contextlib
import io
import itertools
import unicodedata
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from compliance.model.verdict import Assessment
from compliance.reporters.report.blocks import (
    Bars,
    Block,
    Graph,
    Listing,
    Paragraph,
    Preformatted,
    Report,
    Section,
    Table,
    Violated,
    parts_of,
)
from compliance.reporters.report.building import report_of
from compliance.reporters.report.plain_tables import as_table
from compliance.reporters.report.words import words
from compliance.reporters.reporter import ReportOptions

MOST_ROWS = 200
"""Of one table; more go into the next."""
_WIDTH = 48_190
"""Of the text on a page of A4 with 20 mm at both sides, in the format's units of 1/7200 inch."""
_ROW = 2_200
_MARGIN = 5_669
"""20 mm."""
_BODY = "바탕글"
"""The style of running text, whatever the language."""


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
            written = _Writer(report).content()
        return _undated(written)


REPORTER = HwpxReporter()


class _Writer:
    def __init__(self, report: Report) -> None:
        from hwpx import HwpxDocument

        self._report = report
        self._words = words(report.language)
        self._document = HwpxDocument.new()
        self._document.page.set_margins(left=_MARGIN, right=_MARGIN)
        self._bold = self._document.styles.ensure_run(bold=True)
        self._title = self._document.styles.ensure_run(bold=True, size=20)
        self._heads = {
            level: self._document.styles.ensure_run(bold=True, size=size)
            for level, size in ((1, 16), (2, 13), (3, 11))
        }

    def content(self) -> bytes:
        """The whole file."""
        self._say(self._report.title)
        self._say(self._report.subtitle, self._title)
        self._document.page.set_page_number()
        for chapter in self._report.sections:
            self._section(chapter, 1)
        made: bytes = self._document.to_bytes()
        return made

    def _section(self, section: Section, level: int) -> None:
        self._document.add_heading(section.title, level, char_pr_id_ref=self._heads[min(level, 3)])
        for block in section.blocks:
            self._block(block)
        for inner in section.sections:
            self._section(inner, level + 1)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text=text):
                self._say(text)
            case Listing(items=items):
                for item in items:
                    self._say(f"• {item}")
            case Preformatted(text=text, title=title):
                self._head(title)
                for line in text.splitlines():
                    self._say(line)
            case Violated():
                self._violated(block)
            case Graph() | Bars():
                self._head(block.title)
                self._say(block.alternative)
            case _:
                self._table(as_table(block, self._words))

    def _violated(self, block: Violated) -> None:
        self._say(f"[{block.label}] {block.message}", self._bold)
        self._say(f"{block.rule} · {block.question}")
        for remark in block.remarks:
            self._say(remark)
        self._say(f"{block.remedy_label}: {block.remedy}")
        for place in block.places:
            self._say(f"• {place.text}")
        if block.more_places:
            self._say("• " + self._words["more"].format(f"{block.more_places:,}"))

    def _table(self, table: Table) -> None:
        self._head(table.title)
        heads = tuple(column.label for column in table.columns)
        for start in range(0, len(table.rows), MOST_ROWS) or [0]:
            lines = [heads, *(row.cells for row in table.rows[start : start + MOST_ROWS])]
            drawn: Any = self._document.add_table(len(lines), len(heads), width=_WIDTH, height=len(lines) * _ROW)
            drawn.set_column_widths(_widths([column.weight for column in table.columns]))
            for line, row in zip(lines, drawn.rows, strict=True):
                for content, cell in zip(line, row.cells, strict=True):
                    first, *others = [_printable(part) for part in parts_of(content)] or ["–"]
                    cell.set_text(first)
                    for part in others:
                        cell.add_paragraph(part)

    def _head(self, title: str) -> None:
        if title:
            self._say(title, self._bold)

    def _say(self, text: str, look: str | None = None) -> None:
        self._document.add_paragraph(_printable(text), style=_BODY, char_pr_id_ref=look)


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


def _undated(written: bytes) -> bytes:
    """The same package without the time at which its parts were written; `mimetype` stays first, uncompressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as source, zipfile.ZipFile(stream, "w") as target:
        for part in source.infolist():
            plain = zipfile.ZipInfo(part.filename)
            plain.compress_type = part.compress_type
            target.writestr(plain, source.read(part))
    return stream.getvalue()


def _widths(weights: Sequence[int]) -> list[int]:
    unit = _WIDTH // sum(weights)
    *first, _ = widths = [unit * weight for weight in weights]
    widths[-1] = _WIDTH - sum(first)
    return widths


def _printable(text: str) -> str:
    """`text` without characters that XML has no way to write."""
    return "".join("\ufffd" if unicodedata.category(one) in {"Cc", "Cs"} and one != "\n" else one for one in text)
