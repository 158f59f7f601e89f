"""The documents of a report as bytes: of one submission, and across teams."""

from collections.abc import Mapping

from compliance.language import Language
from compliance.model.quotation import Quotations
from compliance.model.verdict import Assessment
from compliance.reporters.report.comparison import comparison_of, teams_of
from compliance.reporters.reporter import DocumentReporter, Reporter, ReportOptions, encoded


def of_submission(
    reporter: Reporter,
    assessment: Assessment,
    language: Language,
    previous: Assessment | None = None,
    quotations: Quotations | None = None,
) -> bytes:
    """The document about one submission, as it stands in a file.

    Args:
        reporter: of the format.
        assessment: what it tells.
        language: in which it is told.
        previous: an earlier assessment of the same submission.
        quotations: lines of what was examined.
    """
    return encoded(reporter.render(assessment, ReportOptions(language, previous=previous, quotations=quotations)))


def across_teams(
    reporter: DocumentReporter,
    judged: Mapping[str, tuple[Assessment, Assessment | None]],
    language: Language,
) -> bytes:
    """The document across the teams of `judged`: each one's assessment and an earlier one, by a key of its own."""
    return encoded(reporter.draw(comparison_of(teams_of(judged, language), language)))
