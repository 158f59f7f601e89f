"""A NOTICE file made of what was found, to be checked by a person and put beside the work."""

from compliance.model.verdict import Assessment
from compliance.reporters.report.notice_text import notice_text
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import visible


class NoticeReporter:
    """Third parties with their holders, licenses and files; in English, as such files are."""

    name = "notice"
    media_type = "text/plain"
    suffix = ".NOTICE"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The text; the subject's name alone where no third party's work was found."""
        return notice_text(assessment) or visible(assessment.subject.team or assessment.subject.name) + "\n"


REPORTER = NoticeReporter()
