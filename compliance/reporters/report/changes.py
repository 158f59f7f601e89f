"""What is new, gone and unchanged since an earlier assessment of the same submission."""

from collections.abc import Iterator

from compliance.model.finding import Finding
from compliance.model.placement import by_place
from compliance.model.text import Text
from compliance.model.verdict import Assessment, Verdict
from compliance.reporters import finding_words, verdict_words
from compliance.reporters.report.blocks import Block, Column, Fields, Paragraph, Row, Section, Table
from compliance.reporters.report.frame import Frame
from compliance.reporters.terminal_text import visible


def section(frame: Frame, previous: Assessment) -> Section:
    """Verdicts then and now, and findings that break a rule: new, fixed, unchanged.

    Findings are told apart by their identifiers, which are the same for the same fact at the same place.
    """
    before = {one.id: one for one in previous.findings}
    broken_before, broken_now = broken(previous), broken(frame.assessment)
    rules_before, rules_now = _rules(previous), _rules(frame.assessment)
    new, fixed = broken_now - broken_before, broken_before - broken_now
    counts = Fields(
        (
            (frame.say(_NEW), f"{len(new):,}"),
            (frame.say(_FIXED), f"{len(fixed):,}"),
            (frame.say(_SAME), f"{len(broken_now & broken_before):,}"),
            (frame.say(_NEW_RULES), _names(rules_now - rules_before)),
            (frame.say(_FIXED_RULES), _names(rules_before - rules_now)),
        )
    )
    blocks: list[Block] = [*_policies(frame, previous), _verdicts(frame, previous), counts]
    if new:
        blocks.append(_table(frame, _NEW, [frame.by_id[one] for one in new if one in frame.by_id]))
    if fixed:
        blocks.append(_table(frame, _FIXED, [before[one] for one in fixed if one in before]))
    return Section("changes", frame.say(_TITLE), tuple(blocks))


def broken(assessment: Assessment) -> set[str]:
    """Identifiers of the findings that break a rule, waivers aside."""
    return {name for one in assessment.violations if not one.waiver for name in one.findings}


def _rules(assessment: Assessment) -> set[str]:
    """Rules that are broken, waivers aside; some name no finding."""
    return {one.rule for one in assessment.violations if not one.waiver}


def _names(rules: set[str]) -> str:
    return ", ".join(visible(rule) for rule in sorted(rules)) or "–"


def _policies(frame: Frame, previous: Assessment) -> Iterator[Paragraph]:
    """That another policy, day or waiver may be behind a change."""
    if previous.policy != frame.assessment.policy:
        yield Paragraph(frame.say(_JUDGED_OTHERWISE), Verdict.REVIEW)
        for label, one in ((_THEN, previous), (_NOW, frame.assessment)):
            yield Paragraph(f"{frame.say(label)} · {frame.say(verdict_words.policy_line(one.policy))}")


def _verdicts(frame: Frame, previous: Assessment) -> Table:
    then = {(one.axis, one.target): one.verdict for one in previous.verdicts}
    rows = tuple(
        Row(
            (
                verdict_words.question(one.axis, [one.target], frame.language),
                frame.say(verdict_words.VERDICTS[then[one.axis, one.target]])
                if (one.axis, one.target) in then
                else "–",
                frame.say(verdict_words.VERDICTS[one.verdict]),
            ),
            tone=one.verdict,
        )
        for one in frame.assessment.verdicts
    )
    return Table((Column(frame.say(_QUESTION), 3), Column(frame.say(_THEN)), Column(frame.say(_NOW))), rows)


def _table(frame: Frame, title: Text, findings: list[Finding]) -> Table:
    ordered = sorted(findings, key=by_place)
    rows = tuple(
        Row((finding_words.with_lines(visible(one.path), one.lines), finding_words.fact(one, frame.language)))
        for one in ordered
    )
    return Table((Column(frame.say(_PLACE), 3), Column(frame.say(_FACT), 5)), rows, frame.say(title))


_TITLE = Text(en="Since the last report", ko="지난 보고서 이후")
_NEW = Text(en="New findings to which a rule applies", ko="규칙이 적용되는 새로운 사실")
_FIXED = Text(en="Findings that are gone", ko="없어진 사실")
_SAME = Text(en="Findings as before", ko="그대로인 사실")
_NEW_RULES = Text(en="Rules that newly apply", ko="새로 적용된 규칙")
_FIXED_RULES = Text(en="Rules that no longer apply", ko="더 이상 적용되지 않는 규칙")
_JUDGED_OTHERWISE = Text(
    en="The two were judged by another policy, on another day or with other waivers, so a change needn't be "
    "one of the submission.",
    ko="두 보고서는 정책, 기준일, 예외 승인 중 하나 이상이 서로 다릅니다. 달라진 판정이 제출물의 변화 때문이 "
    "아닐 수 있습니다.",
)
_QUESTION = Text(en="Question", ko="판정 항목")
_THEN = Text(en="Then", ko="지난 판정")
_NOW = Text(en="Now", ko="이번 판정")
_PLACE = Text(en="File and lines", ko="파일과 행")
_FACT = Text(en="What was found", ko="확인한 사실")
