"""What is new, gone and unchanged since an earlier assessment of the same submission."""

from compliance.model.finding import Finding
from compliance.model.text import Text
from compliance.model.verdict import Assessment
from compliance.reporters import finding_words, wording
from compliance.reporters.report.blocks import Block, Column, Fields, Row, Section, Table
from compliance.reporters.report.frame import Frame
from compliance.reporters.terminal_text import visible


def section(frame: Frame, previous: Assessment) -> Section:
    """Verdicts then and now, and findings that break a rule: new, fixed, unchanged.

    Findings are told apart by their identifiers, which are the same for the same fact at the same place.
    """
    before = {one.id: one for one in previous.findings}
    broken_before, broken_now = broken(previous), broken(frame.assessment)
    new, fixed = broken_now - broken_before, broken_before - broken_now
    counts = Fields(
        (
            (frame.say(_NEW), f"{len(new):,}"),
            (frame.say(_FIXED), f"{len(fixed):,}"),
            (frame.say(_SAME), f"{len(broken_now & broken_before):,}"),
        )
    )
    blocks: list[Block] = [_verdicts(frame, previous), counts]
    if new:
        blocks.append(_table(frame, _NEW, [frame.by_id[one] for one in new if one in frame.by_id]))
    if fixed:
        blocks.append(_table(frame, _FIXED, [before[one] for one in fixed if one in before]))
    return Section("changes", frame.say(_TITLE), tuple(blocks))


def broken(assessment: Assessment) -> set[str]:
    """Identifiers of the findings that break a rule, waivers aside."""
    return {name for one in assessment.violations if not one.waiver for name in one.findings}


def _verdicts(frame: Frame, previous: Assessment) -> Table:
    then = {(one.axis, one.target): one.verdict for one in previous.verdicts}
    rows = tuple(
        Row(
            (
                wording.question(one.axis, [one.target], frame.language),
                frame.say(wording.VERDICTS[then[one.axis, one.target]]) if (one.axis, one.target) in then else "–",
                frame.say(wording.VERDICTS[one.verdict]),
            ),
            tone=one.verdict,
        )
        for one in frame.assessment.verdicts
    )
    return Table((Column(frame.say(_QUESTION), 3), Column(frame.say(_THEN)), Column(frame.say(_NOW))), rows)


def _table(frame: Frame, title: Text, findings: list[Finding]) -> Table:
    ordered = sorted(findings, key=lambda one: (one.path, one.lines or (0, 0), one.id))
    rows = tuple(
        Row((finding_words.with_lines(visible(one.path), one.lines), finding_words.fact(one, frame.language)))
        for one in ordered
    )
    return Table((Column(frame.say(_PLACE), 3), Column(frame.say(_FACT), 5)), rows, frame.say(title))


_TITLE = Text(en="Since the last report", ko="지난 보고서 이후")
_NEW = Text(en="New", ko="신규")
_FIXED = Text(en="Gone", ko="해소")
_SAME = Text(en="Unchanged", ko="변동 없음")
_QUESTION = Text(en="Question", ko="판정 항목")
_THEN = Text(en="Then", ko="지난 판정")
_NOW = Text(en="Now", ko="이번 판정")
_PLACE = Text(en="File and lines", ko="파일과 행")
_FACT = Text(en="What was found", ko="확인한 사실")
