"""One self-contained page: readable offline, printable, with a filter; light and dark.

Everything is escaped, and a policy of content lets no script run but the page's own.
"""

import base64
import hashlib
import re
from functools import lru_cache

from markupsafe import Markup, escape

from compliance.model.text import Text
from compliance.model.verdict import Assessment, Severity, Verdict
from compliance.reporters import verdict_words
from compliance.reporters.report import templates
from compliance.reporters.report.blocks import Bars, Block, Graph, Report
from compliance.reporters.report.building import report_of
from compliance.reporters.report.drawing import svg_of
from compliance.reporters.report.frame import WAIVED
from compliance.reporters.report.words import words
from compliance.reporters.reporter import ReportOptions

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
_SIGN = re.compile(r"(?<=[\w-])(?:[/_](?=[^\W_])|\.(?=[^\W\d_]{4}))")
_LINES = re.compile(r"(?<=[\w/]:)\d+(?:-\d+)?(?!\w)")
"""Line numbers behind a path."""
_LONG = 8
"""Characters from which words are broken."""
_SYMBOLS = {
    Verdict.PASS.value: "✓",
    Verdict.PASS_WITH_OBLIGATIONS.value: "✓",
    Verdict.REVIEW.value: "?",
    Verdict.INCOMPLETE.value: "!",
    Verdict.FAIL.value: "✗",
}


class HtmlReporter:
    """The report as a web page."""

    name = "html"
    media_type = "text/html"
    suffix = ".html"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The page in `options.language`."""
        return self.draw(report_of(assessment, options.language, options.previous, options.quotations))

    def draw(self, report: Report) -> str:
        """`report` as one page."""
        return _page(report)


REPORTER = HtmlReporter()


def _page(report: Report) -> str:
    own = {name: text.in_language(report.language) for name, text in _OWN_WORDS.items()}
    script = templates.file("report.js")
    return templates.page_of(
        "report.html",
        {
            "report": report,
            "words": words(report.language) | own,
            "symbols": _SYMBOLS,
            "tones": _tones(report),
            "style": Markup(templates.file("report.css")),  # noqa: S704  # our own file
            "script": Markup(script),  # noqa: S704  # our own file
            "script_digest": "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        },
        {"anchor": _anchor, "breakable": _breakable, "kind": _kind, "drawn": _drawn},
    )


def _tones(report: Report) -> list[tuple[str, str]]:
    severities = [(one.value, verdict_words.SEVERITIES[one].in_language(report.language)) for one in Severity]
    return [*severities, ("waived", WAIVED.in_language(report.language))]


def _anchor(name: str) -> str:
    """`name` as an identifier that needs no escape in an address."""
    return _UNSAFE.sub(lambda found: f"_{ord(found[0]):x}", name)


@lru_cache(maxsize=1 << 16)
def _breakable(words: str) -> Markup:
    """`words`, escaped, with places to break at inside long paths and names, but not inside numbers of lines."""
    whole = words.replace(" %", "\u00a0%")
    safe = str(escape(whole))  # as marked text, it would be joined with what is put in, and escape that
    if len(words) > _LONG:
        safe = _LINES.sub(r'<wbr><span class="together">\g<0></span>', _SIGN.sub(r"\g<0><wbr>", safe))
    return Markup(safe)  # noqa: S704  # escaped above


def _kind(block: Block) -> str:
    return type(block).__name__


def _drawn(block: Graph | Bars) -> Markup:
    return Markup(svg_of(block))  # noqa: S704  # escaped where it is drawn


_OWN_WORDS = {
    "skip": Text(en="To the summary", ko="요약으로 바로 가기"),
    "search": Text(en="Search", ko="검색"),
    "severity": Text(en="Severity", ko="심각도"),
    "all": Text(en="all", ko="전체"),
    "back": Text(en="To the finding", ko="확인한 사실로 가기"),
    "table": Text(en="Table", ko="표"),
}
