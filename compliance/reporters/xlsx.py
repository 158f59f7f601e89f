"""A workbook that can be filtered: verdicts, rules that are broken, and the tables of every chapter.

The one adapter of xlsxwriter, which writes text as text: a cell that begins with `=` is no formula.
"""

import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from compliance.model.text import Text
from compliance.model.verdict import Assessment
from compliance.reporters import verdict_words
from compliance.reporters.report.blocks import (
    Cell,
    Column,
    Fields,
    Listing,
    Report,
    Row,
    Section,
    SideBySide,
    Table,
    parts_of,
)
from compliance.reporters.report.building import told
from compliance.reporters.report.column_widths import lines_of
from compliance.reporters.report.frame import Frame
from compliance.reporters.report.plain_tables import entries_table
from compliance.reporters.report.words import words
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import cells as columns_of

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_000
"""Of a sheet; the format has room for 1,048,576."""
MOST_CHARACTERS = 32_767
"""Of a cell."""
_WIDEST, _UNIT = 150, 12
"""Characters of all columns together, so that they can be read on paper too, and of a weight of one at most."""
_NARROWEST = 8
_ARROW = 4
"""Characters that the mark of a filter and the indent take beside a label."""
_LINE, _HIGHEST = 16.5, 405
"""Points of a line with Korean letters, and of a row at most."""
_INDENT = 1
"""Columns between the edge of a cell and its words."""
_DENSITY = 1.1
"""Latin letters that have room where the format counts one, which is as wide as a digit."""
_HEAD_ROOM = 6
"""Points that the head of a table has above its lines."""
_EDGE_OF_HEADER = 60
"""Characters at either side; the format has room for 255, where some count twice."""
_A4 = 9
_COUNT = re.compile(r"\d{1,3}(?:,\d{3}){0,4}")
_SHARE = re.compile(r"(\d{1,3})\u00a0%")
"""Columns of numbers are sorted as such."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'+|'+$")
_CREATED = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
"""The same in all files, so that the same assessment gives the same bytes."""
_EDGE = 31
"""Characters of a sheet's name."""


class XlsxReporter:
    """One sheet a table, with a filter and a fixed head."""

    name = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffix = ".xlsx"

    def render(self, assessment: Assessment, options: ReportOptions) -> bytes:
        """The workbook in `options.language`."""
        frame = Frame(assessment, options.language, options.quotations)
        report = told(frame, options.previous)
        first = [(frame.say(_VERDICTS), _verdicts(frame)), (frame.say(_BROKEN), _violations(frame))]
        return _workbook(report, [*first, *_tables(report)])

    def draw(self, report: Report) -> bytes:
        """The workbook with the tables of `report`."""
        return _workbook(report, _tables(report))


REPORTER = XlsxReporter()


def _workbook(report: Report, tables: Iterable[tuple[str, Table]]) -> bytes:
    import xlsxwriter  # few runs need it

    stream = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, settings) as book:
        book.set_properties({"title": report.title, "subject": report.subtitle, "created": _CREATED})
        sheets = _Sheets(book, report.subtitle)
        for title, table in tables:
            sheets.add(title, table)
    return stream.getvalue()


class _Sheets:
    def __init__(self, book: "xlsxwriter.Workbook", subject: str) -> None:
        self._book = book
        self._subject = subject
        ruled = {"border": 1, "border_color": "#A9B2C3", "indent": _INDENT}
        worded = {**ruled, "align": "left", "text_wrap": True}
        self._head: Format = book.add_format({**worded, "valign": "vcenter", "bold": True, "bg_color": "#E8ECF2"})
        self._cell: Format = book.add_format({**worded, "valign": "top"})
        aligned = {**ruled, "align": "right", "valign": "top"}
        self._number: Format = book.add_format({**aligned, "num_format": "#,##0"})
        self._share: Format = book.add_format({**aligned, "num_format": "0 %"})
        self._names: set[str] = set()

    def add(self, title: str, table: Table) -> None:
        """A sheet called `title`, or nearly so, with `table`; several where it has over `MOST_ROWS` rows."""
        for start in range(0, max(len(table.rows), 1), MOST_ROWS):
            sheet = self._book.add_worksheet(self._name(title))
            self._fill(sheet, table.columns, table.rows[start : start + MOST_ROWS])
            _lay_out(sheet, self._subject, title)

    def _fill(self, sheet: "Worksheet", columns: Sequence[Column], rows: Sequence[Row]) -> None:
        widths = _widths(columns)
        sheet.set_default_row(_LINE)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, widths[place])
            sheet.write_string(0, place, column.label, self._head)
        heads = _lines([column.label for column in columns], widths)
        sheet.set_row(0, heads * _LINE + _HEAD_ROOM)
        for line, row in enumerate(rows, start=1):
            for place, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
                self._write(sheet, (line, place), "\n".join(parts_of(cell))[:MOST_CHARACTERS], column)
            if (lines := _lines(row.cells, widths)) > 1:
                sheet.set_row(line, min(lines * _LINE, _HIGHEST))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

    def _write(self, sheet: "Worksheet", place: tuple[int, int], words: str, column: Column) -> None:
        if not column.number:
            sheet.write_string(*place, words, self._cell)
        elif _COUNT.fullmatch(words):
            sheet.write_number(*place, int(words.replace(",", "")), self._number)
        elif (share := _SHARE.fullmatch(words)) is not None:
            sheet.write_number(*place, int(share[1]) / 100, self._share)
        else:
            sheet.write_string(*place, words, self._number)

    def _name(self, title: str) -> str:
        plain = " ".join(_FORBIDDEN.sub(" ", title).split()) or "–"
        if len(plain) > _EDGE:
            plain = (plain[:_EDGE].rpartition(" ")[0] or plain[: _EDGE - 1]) + "…"
        name, number = plain, 1
        while name.casefold() in self._names:
            number += 1
            name = f"{plain[: _EDGE - len(str(number)) - 1]} {number}"
        self._names.add(name.casefold())
        return name


def _widths(columns: Sequence[Column]) -> list[int]:
    unit = min(_UNIT, _WIDEST / sum(column.weight for column in columns))
    words = [max(columns_of(word) for word in column.label.split() or [""]) for column in columns]
    return [
        max(round(unit * column.weight), _NARROWEST, word + _ARROW)
        for column, word in zip(columns, words, strict=True)
    ]


def _lines(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """Lines that the highest of `cells` takes; not every program finds that out by itself."""
    return max(
        sum(lines_of(part, _room(part, width)) for part in parts_of(cell)) or 1
        for cell, width in zip(cells, widths, strict=True)
    )


def _room(text: str, width: int) -> int:
    """Columns of a terminal that `text` has in a cell of `width`."""
    room = max(width - 2 * _INDENT, 1)
    return round(room * _DENSITY) if text.isascii() else room


def _lay_out(sheet: "Worksheet", subject: str, title: str) -> None:
    """For paper: across, all columns on a page, the head on each, and what it is about in full."""
    left, right = (words[:_EDGE_OF_HEADER].replace("&", "&&") for words in (subject, title))
    sheet.set_header(f"&L{left}&R{right}")
    sheet.set_footer("&C&P / &N")
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _tables(report: Report) -> Iterator[tuple[str, Table]]:
    for chapter in report.sections:
        for section in chapter.walk():
            yield from _of(section, words(report.language), _REMARKS.in_language(report.language))


def _of(section: Section, said: Mapping[str, str], remarks: str) -> Iterator[tuple[str, Table]]:
    if entries := [block for block in section.blocks if isinstance(block, SideBySide)]:
        yield section.title, entries_table(entries, said)
    beside = any(isinstance(block, Table | SideBySide) for block in section.blocks)
    for block in section.blocks:
        match block:
            case Table():
                yield block.title or section.title, block
            case Fields():
                yield (
                    section.title,
                    Table((Column(said["name"], 3), Column(said["value"], 6)), tuple(map(Row, block.rows))),
                )
            case Listing():
                title = f"{remarks} ({section.title})" if beside else section.title
                yield title, Table((Column(section.title, 9),), tuple(Row((one,)) for one in block.items))


def _verdicts(frame: Frame) -> Table:
    rows = tuple(
        Row(
            (
                verdict_words.question(one.axis, [one.target], frame.language),
                frame.say(verdict_words.VERDICTS[one.verdict]),
                tuple(one.rules),
            )
        )
        for one in frame.assessment.verdicts
    )
    return Table(
        (Column(frame.say(_QUESTION), 3), Column(frame.say(_VERDICT), 2), Column(frame.say(_RULES), 5)), rows
    )


def _violations(frame: Frame) -> Table:
    weights = {_RULE: 3, _SEVERITY: 1, _QUESTION: 3, _MESSAGE: 5, _REMEDY: 5, _PLACES: 1, _REMARKS: 4}
    rows = tuple(
        Row(
            (
                one.rule,
                one.label,
                one.question,
                one.message,
                one.remedy,
                str(len(one.places) + one.more_places or "–"),  # none: the submission as a whole
                one.remarks,
            )
        )
        for one in frame.violated(frame.groups)
    )
    columns = (Column(frame.say(label), weight, label is _PLACES) for label, weight in weights.items())
    return Table(tuple(columns), rows)


_VERDICTS = Text(en="Verdicts", ko="판정")
_BROKEN = Text(en="Broken rules", ko="규칙 위반")
_QUESTION = Text(en="Question", ko="판정 항목")
_VERDICT = Text(en="Verdict", ko="판정")
_RULES = Text(en="Rules that led to it", ko="판정을 이끈 규칙")
_RULE = Text(en="Rule", ko="규칙")
_SEVERITY = Text(en="Severity", ko="심각도")
_MESSAGE = Text(en="What was found", ko="확인한 사실")
_REMEDY = Text(en="What to do", ko="조치")
_PLACES = Text(en="Places", ko="건수")
_REMARKS = Text(en="Remarks", ko="비고")
