"""Every finding on a line of its own, for spreadsheets and scripts."""

import csv
import io
from collections.abc import Iterable, Sequence

from compliance.model.placement import by_place
from compliance.model.verdict import Assessment
from compliance.reporters import finding_words, verdict_words
from compliance.reporters.report.blocks import Cell, Report, Table, parts_of
from compliance.reporters.report.frame import Frame
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import visible

COLUMNS = ("id", "kind", "path", "first_line", "last_line", "found", "evidence", "severity", "rules")
CELL_COLUMNS = ("table", "row", "column", "value")
_FORMULA = ("=", "+", "-", "@")
"""Characters with which spreadsheets begin a formula."""


class CsvReporter:
    """UTF-8 with a byte order mark, without which spreadsheets in Korea read it in another encoding (RFC 4180)."""

    name = "csv"
    media_type = "text/csv"
    suffix = ".csv"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """One line a finding, in the order of the JSON report; names of columns are the same in both languages."""
        frame = Frame(assessment, options.language)
        rows = []
        for one in sorted(assessment.findings, key=by_place):
            first, last = one.lines or ("", "")
            tone = frame.tones.get(one.id)
            cells = (
                one.id,
                type(one).__struct_config__.tag,
                visible(one.path),
                first,
                last,
                finding_words.fact(one, options.language),
                finding_words.grounds(one, options.language),
                frame.say(verdict_words.SEVERITIES[tone]) if tone else "",
                " ".join(visible(rule) for rule in frame.broken.get(one.id, ())),
            )
            rows.append(cells)
        return _written(COLUMNS, rows)

    def draw(self, report: Report) -> str:
        """Every cell of the tables of `report` on its own line: table, row, column and what stands there."""
        rows = [
            (block.title or section.title, _text(row.cells[0]), column.label, _text(cell))
            for chapter in report.sections
            for section in chapter.walk()
            for block in section.blocks
            if isinstance(block, Table)
            for row in block.rows
            for column, cell in zip(block.columns[1:], row.cells[1:], strict=True)
        ]
        return _written(CELL_COLUMNS, rows)


REPORTER = CsvReporter()


def _written(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_literal(cell) for cell in row] for row in rows)
    return stream.getvalue()


def _text(cell: Cell) -> str:
    return "; ".join(parts_of(cell))


def _literal(cell: object) -> object:
    """`cell`, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
