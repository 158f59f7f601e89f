"""The report as PDF/A that is tagged for readers of the screen (PDF/UA).

Everything said goes in as data, so no word of an examined file is read as markup.
"""

import json

from compliance import shipped_files
from compliance.model.verdict import Assessment
from compliance.reporters.report import typesetting
from compliance.reporters.report.blocks import Report
from compliance.reporters.report.building import report_of
from compliance.reporters.report.days import day_of
from compliance.reporters.report.on_pages import on_pages
from compliance.reporters.report.page_data import page_data
from compliance.reporters.report.words import words
from compliance.reporters.reporter import ReportOptions


class PdfReporter:
    """The report for paper and archives."""

    name = "pdf"
    media_type = "application/pdf"
    suffix = ".pdf"

    def render(self, assessment: Assessment, options: ReportOptions) -> bytes:
        """The document in `options.language`.

        Raises:
            ConfigurationError: there is no font with Korean letters.
        """
        return self.draw(report_of(assessment, options.language, options.previous, options.quotations))

    def draw(self, report: Report) -> bytes:
        """The document that says what `report` does.

        Raises:
            ConfigurationError: there is no font with Korean letters.
        """
        data, drawings = page_data(on_pages(report))
        said = words(report.language)
        said["date"] = day_of(report.date).isoformat()  # the standard asks for one
        said["author"] = report.author
        template = shipped_files.read("templates", "report.typ", "reports/templates")
        inputs = {"report": _json(data), "words": _json(said), "drawings": _json(drawings)}
        return typesetting.pages(template, inputs)


REPORTER = PdfReporter()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
