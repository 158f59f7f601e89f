"""SPDX 3.0.1 with the AI, Dataset, Software and Licensing profiles."""

from compliance.model.verdict import Assessment
from compliance.reporters.reporter import ReportOptions


class Spdx3Reporter:
    """JSON-LD; in English, as its words are fixed."""

    name = "spdx3"
    media_type = "application/spdx+json"
    suffix = ".spdx3.json"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The document."""
        from compliance.reporters.report.spdx3_document import Spdx3Document  # its library is slow to load

        return Spdx3Document(assessment).text()


REPORTER = Spdx3Reporter()
