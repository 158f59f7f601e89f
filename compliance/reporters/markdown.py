"""A short comment for a pull request: verdicts, what breaks the policy and where, what was not examined."""

from collections import Counter
from collections.abc import Iterator

from compliance.model import fact_words
from compliance.model.text import Text
from compliance.model.verdict import Assessment, Severity, Verdict
from compliance.reporters import skipped_words, verdict_words, wording
from compliance.reporters.report.blocks import Judgement, Report
from compliance.reporters.report.frame import Frame
from compliance.reporters.report.markdown_text import code, document_lines, escaped
from compliance.reporters.report.summary import judgements
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import visible
from compliance.reporters.violation_groups import ViolationGroup, findings_of

SHOWN_PLACES = 3
SHOWN_SKIPS = 5
SHOWN_UNLICENSED = 5
_SYMBOLS = {
    Verdict.PASS: "✅",
    Verdict.PASS_WITH_OBLIGATIONS: "☑️",
    Verdict.REVIEW: "❔",
    Verdict.INCOMPLETE: "❗",
    Verdict.FAIL: "❌",
}


class MarkdownReporter:
    """GitHub's Markdown; everything that comes from examined files is code or escaped, never markup."""

    name = "markdown"
    media_type = "text/markdown"
    suffix = ".md"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The comment in `options.language`."""
        frame = Frame(assessment, options.language)
        parts = (_verdicts, _violations, _waivers, _unlicensed, _skipped, _closing)
        return "\n".join(line for part in parts for line in part(frame)) + "\n"

    def draw(self, report: Report) -> str:
        """`report` as a document: headings, tables, lists."""
        return "\n".join(document_lines(report)).rstrip("\n") + "\n"


REPORTER = MarkdownReporter()


def _verdicts(frame: Frame) -> Iterator[str]:
    subject = wording.title(frame.assessment.subject)
    yield f"### {frame.say(_TITLE)}: {escaped(visible(subject))}"
    yield ""
    yield f"| | {frame.say(_QUESTION)} | {frame.say(_WHY)} |"
    yield "|---|---|---|"
    for one in judgements(frame):
        yield f"| {_SYMBOLS[one.verdict]} **{one.label}** | {one.question} | {_reasons(one)} |"
    yield ""


def _reasons(one: Judgement) -> str:
    return "<br>".join(escaped(reason.text) for reason in one.reasons) or "–"


def _violations(frame: Frame) -> Iterator[str]:
    counted = [group for group in frame.groups if group.violation.severity in (Severity.FAIL, Severity.REVIEW)]
    for group in counted:
        one = group.violation
        severity = frame.say(verdict_words.SEVERITIES[one.severity])
        waived = f" ({escaped(frame.say(verdict_words.waived(one.waiver)))})" if one.waiver else ""
        yield f"- **{severity}** {code(one.rule)}{waived}: {escaped(frame.say(one.message))}"
        yield from (f"  - {escaped(frame.say(said))}" for said in (one.unevaluated, one.lead) if said)
        yield from _places(frame, group)
        yield f"  - → {escaped(frame.say(one.remedy))}"
    if not counted:
        yield frame.say(_NOTHING_TO_DO)


def _places(frame: Frame, group: ViolationGroup) -> Iterator[str]:
    """The first places, each once with how many findings are there, and how many findings are at others."""
    counts = Counter(frame.place(finding) for finding in findings_of(group, frame.by_id))
    shown = list(counts.items())[:SHOWN_PLACES]
    yield from (f"  - {code(place)}{f' ({count:,})' if count > 1 else ''}" for place, count in shown)
    if more := counts.total() - sum(count for _place, count in shown):
        yield f"  - {escaped(frame.say(wording.and_more(more)))}"


def _waivers(frame: Frame) -> Iterator[str]:
    faults = frame.assessment.waiver_faults
    if faults:
        yield ""
        yield f"**{escaped(frame.say(verdict_words.waiver_faults_heading(len(faults))))}**"
        yield ""
        yield from (f"- {escaped(frame.say(verdict_words.waiver_fault(fault)))}" for fault in faults)


def _unlicensed(frame: Frame) -> Iterator[str]:
    """The first files of which no license is known, since a rule about all of them names none."""
    counts = frame.assessment.counts
    if not counts.unlicensed_paths:
        return
    yield ""
    yield f"**{escaped(frame.say(wording.unlicensed_heading(counts.unlicensed)))}**"
    yield ""
    shown = counts.unlicensed_paths[:SHOWN_UNLICENSED]
    yield from (f"- {code(visible(path))}" for path in shown)
    if (more := counts.unlicensed - len(shown)) > 0:
        yield f"- {escaped(frame.say(fact_words.and_more_things(more)))}"


def _skipped(frame: Frame) -> Iterator[str]:
    skipped = frame.assessment.skipped
    if not skipped:
        return
    yield ""
    yield f"**{escaped(frame.say(skipped_words.skipped_heading(len(skipped))))}**"
    yield ""
    for reason, count in sorted(Counter(one.reason for one in skipped).items()):
        words = skipped_words.words_of(reason)
        yield f"- {escaped(frame.say(words.reason))} ({count:,}): {escaped(frame.say(words.advice))}"
    yield from (
        f"  - {code(visible(one.path))}" for one in sorted(skipped, key=lambda one: one.path)[:SHOWN_SKIPS]
    )


def _closing(frame: Frame) -> Iterator[str]:
    yield ""
    yield f"<sub>{escaped(frame.say(verdict_words.policy_line(frame.assessment.policy)))}</sub>"


_TITLE = Text(en="Compliance", ko="준수 검사")
_QUESTION = Text(en="Question", ko="판정 항목")
_WHY = Text(en="Why", ko="사유")
_NOTHING_TO_DO = Text(
    en="No rule asks for a change or a review.", ko="수정이나 검토가 필요한 규칙 위반이 없습니다."
)
