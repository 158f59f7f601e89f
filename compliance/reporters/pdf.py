"""The report as PDF/A that is tagged for readers of the screen (PDF/UA). The one adapter of Typst.

Everything said goes in as data, so no word of an examined file is read as markup. Typst's own packages are never
imported, since that would need a network.
"""

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from compliance import shipped_files
from compliance.errors import ConfigurationError
from compliance.model.text import Text
from compliance.model.verdict import Assessment
from compliance.reporters.report.blocks import Bars, Graph, Report
from compliance.reporters.report.building import report_of
from compliance.reporters.report.days import day_of
from compliance.reporters.report.drawing import PRINTED, bars_svg, graph_svg
from compliance.reporters.report.words import words
from compliance.reporters.reporter import ReportOptions

STANDARDS = ["a-2a", "ua-1"]
"""PDF/A-2a keeps; PDF/UA-1 is read aloud."""
FONTS = ("Pretendard GOV", "Noto Sans CJK KR")
"""Of which one must be there, or Korean words are boxes; the template names the same."""


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
        import typst

        drawings: list[dict[str, object]] = []
        data = _plain(report, drawings)
        said = words(report.language)
        said["date"] = day_of(report.date).isoformat()  # the standard asks for one
        said["author"] = report.author
        compile_: Any = typst.compile_with_warnings  # takes more than its stub says
        made, warnings = compile_(
            shipped_files.read("templates", "report.typ", "reports/templates").encode(),
            font_paths=[str(folder) for folder in _font_folders()],
            ignore_system_fonts=False,
            sys_inputs={"report": _json(data), "words": _json(said), "drawings": _json(drawings)},
            pdf_standards=STANDARDS,
            timestamp=0,
        )
        missing = {font for font in FONTS for one in warnings if font.casefold() in str(one).casefold()}
        if missing == set(FONTS):
            raise ConfigurationError(_NO_FONT)
        return bytes(made)


REPORTER = PdfReporter()


def _font_folders() -> list[Path]:
    return [Path(str(folder)) for folder in shipped_files.folders("fonts", ".work/fonts")]


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def _plain(content: Any, drawings: list[dict[str, object]]) -> Any:
    """`content` as JSON can hold it; diagrams are drawn and put apart."""
    if isinstance(content, Enum):
        return content.value
    if isinstance(content, tuple | list):
        return [_plain(one, drawings) for one in content]
    if not is_dataclass(content) or isinstance(content, type):
        return content
    plain = {field.name: _plain(getattr(content, field.name), drawings) for field in fields(content)}
    plain["kind"] = type(content).__name__
    if isinstance(content, Graph | Bars):
        svg = graph_svg(content, PRINTED) if isinstance(content, Graph) else bars_svg(content, PRINTED)
        plain["drawing"] = len(drawings)
        drawings.append({"svg": svg, "width": float(svg.partition(' width="')[2].partition('"')[0])})
    return plain


_NO_FONT = Text(
    en="PDF needs a font with Korean letters. Run `make setup` in a checkout, or install Noto Sans CJK "
    "(Debian: fonts-noto-cjk).",
    ko="PDF를 만들 한글 글꼴이 없음. 체크아웃에서 `make setup`을 실행하거나 Noto Sans CJK를 설치하세요"
    "(Debian: fonts-noto-cjk).",
)
