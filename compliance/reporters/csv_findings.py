"""Every finding on a line of its own, for spreadsheets and scripts."""

import csv
import io

from compliance.model.verdict import Assessment
from compliance.reporters import finding_words, wording
from compliance.reporters.report.frame import Frame
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import visible

COLUMNS = ("id", "kind", "path", "first_line", "last_line", "found", "evidence", "severity", "rules")
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
        stream = io.StringIO()
        stream.write("\ufeff")
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for one in sorted(assessment.findings, key=lambda one: (one.path, one.lines or (0, 0), one.id)):
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
                frame.say(wording.SEVERITIES[tone]) if tone else "",
                " ".join(visible(rule) for rule in frame.broken.get(one.id, ())),
            )
            writer.writerow([_literal(cell) for cell in cells])
        return stream.getvalue()


REPORTER = CsvReporter()


def _literal(cell: object) -> object:
    """`cell`, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
