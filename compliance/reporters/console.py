"""The report that a person reads on a terminal. The one adapter of rich for reports.

Rich only paints: every line is laid out here first, since its width has to hold on Korean terminals too and no
character of the examined files may act as markup or as a terminal command.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator

from compliance.language import Language
from compliance.model import fact_words
from compliance.model.evidence import Lines
from compliance.model.finding import Finding, NoticeFinding, OriginFinding
from compliance.model.inventory import FileCounts
from compliance.model.skip import Skip
from compliance.model.submission import SourceReference
from compliance.model.text import Text
from compliance.model.verdict import Assessment, AxisVerdict, Severity, Verdict, WaiverFault
from compliance.reporters import finding_words, skipped_words, verdict_words, wording
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import cells, cut, cut_middle, padded, usual_cells, visible, wrapped
from compliance.reporters.violation_groups import ViolationGroup, findings_of, grouped

Span = tuple[str, str]
"""Text and rich's name of its style."""
Line = tuple[Span, ...]

SHOWN_PLACES = 5
SHOWN_SOURCES = 5
SHOWN_SKIPS = 5
SHOWN_UNLICENSED = 5
_LINES_OF_FACT = 2
_LINES_OF_ORIGIN = 6
MIN_WIDTH = 40
MIN_RULES_WIDTH = 12
_PLAIN = ""
_QUIET = "dim"
_STRONG = "bold"

_VERDICT_LOOK = {
    Verdict.PASS: ("✓", "green"),
    Verdict.PASS_WITH_OBLIGATIONS: ("✓", "cyan"),
    Verdict.REVIEW: ("?", "yellow"),
    Verdict.INCOMPLETE: ("!", "magenta"),
    Verdict.FAIL: ("✗", "red"),
}
_SEVERITY_LOOK = {
    Severity.FAIL: ("✗", "red"),
    Severity.REVIEW: ("?", "yellow"),
    Severity.OBLIGATION: ("✓", "cyan"),
    Severity.NOTE: ("-", "blue"),
}
_WAIVED_LOOK = ("-", "magenta")


class ConsoleReporter:
    """Verdicts, violations with their places and remedies, and what was not examined."""

    name = "console"
    media_type = "text/plain"
    suffix = ".txt"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The report in `options.language`; no line takes more than `options.width` columns (at least 40)."""
        page = _Page(options.language, max(options.width, MIN_WIDTH))
        blocks = [
            page.subject(assessment),
            page.verdicts(assessment.verdicts),
            page.incompleteness(assessment),
            *page.violations(assessment),
            page.waiver_faults(assessment.waiver_faults),
            page.paragraph(verdict_words.policy_line(assessment.policy)),
            page.unlicensed(assessment.counts),
            page.skipped(assessment.skipped),
            page.limits(assessment.limits),
            page.closing(assessment),
        ]
        lines = [line for block in blocks if (drawn := list(block)) for line in [*drawn, ()]]
        return _painted(lines[:-1]) if options.colour else _plain(lines[:-1])


REPORTER = ConsoleReporter()


class _Page:
    """Lays out lines for one language and width."""

    def __init__(self, language: Language, width: int) -> None:
        self.language = language
        self.width = width

    def subject(self, assessment: Assessment) -> Iterator[Line]:
        """Who handed in what."""
        subject = assessment.subject
        yield from self.flowing(visible(wording.title(subject)), _STRONG)
        for source in subject.sources[:SHOWN_SOURCES]:
            yield from self.clipped(self.source(source), _QUIET, 2)
        if len(subject.sources) > SHOWN_SOURCES:
            yield from self.flowing(self.said(wording.and_more(len(subject.sources) - SHOWN_SOURCES)), _QUIET, 2)

    def source(self, source: SourceReference) -> str:
        """One source, with the short form of its commit."""
        revision = f" @ {source.revision[:12]}" if source.revision else ""
        return visible(f"{self.said(wording.SOURCE_KINDS[source.kind])} {source.path}{revision}")

    def verdicts(self, verdicts: Iterable[AxisVerdict]) -> Iterator[Line]:
        """One line a verdict; its rules are left to the violations where the terminal is too narrow."""
        rows = [
            (
                one,
                self.said(verdict_words.VERDICTS[one.verdict]),
                verdict_words.question(one.axis, [one.target], self.language),
            )
            for one in verdicts
        ]
        word_width = max((usual_cells(word) for _, word, _ in rows), default=0)
        axis_width = max((usual_cells(axis) for _, _, axis in rows), default=0)
        for one, word, axis in rows:
            symbol, style = _VERDICT_LOOK[one.verdict]
            verdict = f"{symbol} {padded(word, word_width)}  "
            label = f"{padded(axis, axis_width)}  "
            room = self.width - cells(verdict + label)
            if room >= MIN_RULES_WIDTH:
                yield (verdict, f"bold {style}"), (label, _PLAIN), (self.rule_names(one.rules, room), _QUIET)
            else:
                yield (verdict, f"bold {style}"), (cut(axis, self.width - cells(verdict)), _PLAIN)

    def incompleteness(self, assessment: Assessment) -> Iterator[Line]:
        """Why verdicts are incomplete where nothing was skipped; what was is told at the end."""
        if not assessment.skipped and any(one.verdict is Verdict.INCOMPLETE for one in assessment.verdicts):
            look, style = _VERDICT_LOOK[Verdict.INCOMPLETE]
            yield from self.flowing(self.said(verdict_words.why_incomplete(assessment)), style, 2, f"{look} ")

    def rule_names(self, rules: tuple[str, ...], room: int) -> str:
        """As many of `rules` as fit into `room` columns, and the number of the others."""
        names = [visible(rule) for rule in rules]
        for shown in range(len(names), 0, -1):
            more = f" +{len(names) - shown}" if shown < len(names) else ""
            text = ", ".join(names[:shown]) + more
            if cells(text) <= room:
                return text
        return cut(self.said(verdict_words.rules_count(len(names))), room) if names else ""

    def violations(self, assessment: Assessment) -> Iterator[Iterable[Line]]:
        """A block for each violation, gravest first."""
        by_id = {finding.id: finding for finding in assessment.findings}
        groups = grouped(assessment.violations)
        if not groups:
            yield self.paragraph(verdict_words.NO_VIOLATIONS)
        for group in groups:
            yield self.violation(group, findings_of(group, by_id))

    def violation(self, group: ViolationGroup, findings: list[Finding]) -> Iterator[Line]:
        """Rule and severity, message, places with evidence, remedy."""
        one = group.violation
        symbol, style = _WAIVED_LOOK if one.waiver else _SEVERITY_LOOK[one.severity]
        severity = f"{symbol} {self.said(verdict_words.SEVERITIES[one.severity])}  "
        asked = verdict_words.question(one.axis, group.targets, self.language)
        first, *rest = wrapped(f"{visible(one.rule)} ({asked})", self.width - cells(severity))
        yield (severity, f"bold {style}"), (first, _STRONG)
        yield from (((f"{' ' * cells(severity)}{line}", _STRONG),) for line in rest)
        if one.waiver:
            yield from self.flowing(self.said(verdict_words.waived(one.waiver)), "magenta", 2)
        yield from self.flowing(self.said(one.message), _PLAIN, 2)
        for remark in filter(None, (one.unevaluated, one.lead)):
            yield from self.flowing(self.said(remark), "magenta", 2)
        yield from self.places(findings)
        yield from self.flowing(self.said(one.remedy), "green", 2, "→ ")

    def places(self, findings: list[Finding]) -> Iterator[Line]:
        """The first places, each with what was found there and why."""
        for finding in findings[:SHOWN_PLACES]:
            yield from self.place(finding)
        if len(findings) > SHOWN_PLACES:
            yield from self.flowing(self.said(wording.and_more(len(findings) - SHOWN_PLACES)), _QUIET, 4)

    def place(self, finding: Finding) -> Iterator[Line]:
        """File and lines, what was found there, and the evidence for it."""
        room = _LINES_OF_ORIGIN if isinstance(finding, OriginFinding | NoticeFinding) else _LINES_OF_FACT
        yield from self.located(finding.path, finding.lines, finding_words.fact(finding, self.language), room)
        if grounds := finding_words.grounds(finding, self.language):
            yield from self.clipped(grounds, _QUIET, 6)

    def located(self, path: str, lines: Lines | None, said: str, room: int = _LINES_OF_FACT) -> Iterator[Line]:
        """A place whose file name and lines are never cut, and `said` beside it or below."""
        where = self.where(path, lines)
        if cells(f"    {where}  {said}") <= self.width:
            yield ("    ", _PLAIN), (where, _STRONG), (f"  {said}", _PLAIN)
        else:
            yield ("    ", _PLAIN), (where, _STRONG)
            yield from self.clipped(said, _PLAIN, 6, room)

    def where(self, path: str, lines: Lines | None) -> str:
        """The place on one line, cut in its folders alone."""
        named = visible(path) or self.said(wording.WHOLE_SUBMISSION)
        keep = len(finding_words.with_lines(named.rsplit("/", 1)[-1], lines))
        return cut_middle(finding_words.with_lines(named, lines), self.width - 4, keep)

    def waiver_faults(self, faults: tuple[WaiverFault, ...]) -> Iterator[Line]:
        """Waivers that have expired or cover nothing, each with what to do."""
        if not faults:
            return
        yield from self.flowing(self.said(verdict_words.waiver_faults_heading(len(faults))), "bold red")
        for fault in faults:
            yield from self.flowing(self.said(verdict_words.waiver_fault(fault)), _PLAIN, 2, "✗ ")

    def unlicensed(self, counts: FileCounts) -> Iterator[Line]:
        """Of how many files no license is known, and the first of them: a rule about all of them names none."""
        if not counts.unlicensed_paths:
            return
        yield from self.flowing(self.said(wording.unlicensed_heading(counts.unlicensed)), _STRONG)
        shown = counts.unlicensed_paths[:SHOWN_UNLICENSED]
        yield from ((("    ", _PLAIN), (self.where(path, None), _PLAIN)) for path in shown)
        if (more := counts.unlicensed - len(shown)) > 0:
            yield from self.flowing(self.said(fact_words.and_more_things(more)), _QUIET, 4)

    def skipped(self, skipped: tuple[Skip, ...]) -> Iterator[Line]:
        """How much was not examined and why, what to do about each reason, and the first of them."""
        if not skipped:
            return
        yield from self.flowing(self.said(skipped_words.skipped_heading(len(skipped))), "bold magenta")
        for reason, count in sorted(Counter(skip.reason for skip in skipped).items()):
            words = skipped_words.words_of(reason)
            yield from self.flowing(f"{self.said(words.reason)} ({count:,}): {self.said(words.advice)}", _PLAIN, 2)
        ordered = sorted(skipped, key=lambda skip: (skip.path, skip.reason, skip.detail))
        for skip in ordered[:SHOWN_SKIPS]:
            why = self.said(skipped_words.words_of(skip.reason).reason)
            yield from self.located(skip.path, None, f"{why}: {visible(skip.said.in_language(self.language))}")
        if len(skipped) > SHOWN_SKIPS:
            yield from self.flowing(self.said(wording.and_more(len(skipped) - SHOWN_SKIPS)), _QUIET, 4)

    def limits(self, limits: tuple[Text, ...]) -> Iterator[Line]:
        """What the examination could not have seen."""
        if limits:
            yield from self.paragraph(wording.LIMITS)
        for limit in limits:
            yield from self.flowing(self.said(limit), _QUIET, 2, "- ")

    def closing(self, assessment: Assessment) -> Iterator[Line]:
        """The counts."""
        groups = grouped(assessment.violations)
        counting = [group.violation.severity for group in groups if group.violation.waiver is None]
        severities = {severity: counting.count(severity) for severity in Severity}
        counts = assessment.counts
        violated = self.said(verdict_words.counted(severities, len(groups) - len(counting)))
        files = self.said(wording.files_counted(counts.files, counts.examined, len(assessment.skipped)))
        yield from self.flowing(f"{violated}; {files}", _STRONG)

    def paragraph(self, text: Text) -> Iterator[Line]:
        """`text` over the whole width."""
        return self.flowing(self.said(text), _PLAIN)

    def flowing(self, text: str, style: str, indent: int = 0, mark: str = "") -> Iterator[Line]:
        """`text` on as many lines as it needs, after `mark` on the first of them."""
        margin = " " * indent
        for at, line in enumerate(wrapped(text, self.width - indent - cells(mark))):
            yield ((margin + (" " * len(mark) if at else mark) + line, style),)

    def clipped(self, text: str, style: str, indent: int, room: int = _LINES_OF_FACT) -> Iterator[Line]:
        """`text` on at most `room` lines, cut where that is too little."""
        lines = wrapped(text, self.width - indent)
        for line in [*lines[: room - 1], *([" ".join(lines[room - 1 :])] if len(lines) >= room else [])]:
            yield ((" " * indent + cut(line, self.width - indent), style),)

    def said(self, text: Text) -> str:
        """`text` in the reader's language, safe to show."""
        return visible(" ".join(text.in_language(self.language).split()))


def _plain(lines: Iterable[Line]) -> str:
    return "".join("".join(text for text, _style in line).rstrip() + "\n" for line in lines)


def _painted(lines: Iterable[Line]) -> str:
    """`lines` with terminal colour codes."""
    from rich.console import Console  # what nobody looks at in colour isn't painted
    from rich.text import Text as PaintedText

    stream = io.StringIO()
    console = Console(
        file=stream,
        force_terminal=True,
        force_interactive=False,
        color_system="standard",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    for line in lines:
        painted = PaintedText(no_wrap=True, overflow="ignore", end="")
        for text, style in line:
            painted.append(text, style=style)
        painted.rstrip()
        console.print(painted, soft_wrap=True)
    return stream.getvalue()
