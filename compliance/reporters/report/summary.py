"""The first page: verdicts, why, and what would cure each."""

from collections.abc import Iterator

from compliance.model import fact_words
from compliance.model.text import Text
from compliance.model.verdict import AxisVerdict, Severity, Verdict, verdict_of
from compliance.reporters import verdict_words
from compliance.reporters.report.blocks import Judgement, Judgements, Link, Paragraph, Section
from compliance.reporters.report.frame import Frame, rule_anchor
from compliance.reporters.violation_groups import ViolationGroup

MOST_REASONS = 5
"""Of a verdict on the first page; the chapters have them all."""


def section(frame: Frame) -> Section:
    """Verdicts per question, with the gravest reasons and their cures."""
    return Section("summary", frame.say(_TITLE), (Judgements(judgements(frame)), *_remarks(frame)))


def judgements(frame: Frame) -> tuple[Judgement, ...]:
    """Every verdict with its gravest reasons and their cures."""
    return tuple(_judgement(frame, one) for one in frame.assessment.verdicts)


def _remarks(frame: Frame) -> Iterator[Paragraph]:
    if frame.assessment.skipped:
        count = len(frame.assessment.skipped)
        yield Paragraph(frame.say(_not_examined(count)), Verdict.INCOMPLETE)
    yield Paragraph(frame.say(_FACTS), "quiet")


def _judgement(frame: Frame, one: AxisVerdict) -> Judgement:
    groups = [group for group in frame.groups if _counts(group, one)]
    return Judgement(
        question=verdict_words.question(one.axis, [one.target], frame.language),
        verdict=one.verdict,
        label=frame.say(verdict_words.VERDICTS[one.verdict]),
        reasons=tuple(_reasons(frame, groups, one)),
        cures=tuple(dict.fromkeys(frame.say(group.violation.remedy) for group in groups[:MOST_REASONS])),
    )


def _counts(group: ViolationGroup, one: AxisVerdict) -> bool:
    """Whether the violation leads to the verdict: as grave as its rules, on its axis, for its target."""
    violation = group.violation
    about = violation.axis is one.axis and (one.target is None or one.target in group.targets)
    return (
        about
        and violation.waiver is None
        and violation.rule in one.rules
        and violation.severity is not Severity.NOTE
    )


def _reasons(frame: Frame, groups: list[ViolationGroup], one: AxisVerdict) -> Iterator[Link]:
    if one.verdict is Verdict.INCOMPLETE:
        why = verdict_words.why_incomplete(frame.assessment)
        yield Link(frame.say(why), "reproduction" if why is verdict_words.NO_RULE_IN_FORCE else "skipped")
    gravest = max(
        (verdict_of(group.violation.severity) for group in groups), key=list(Verdict).index, default=None
    )
    led = [group for group in groups if verdict_of(group.violation.severity) is gravest]
    for group in led[:MOST_REASONS]:
        yield Link(frame.say(group.violation.message), rule_anchor(group.violation.rule))
    if len(led) > MOST_REASONS:
        yield Link(frame.say(fact_words.and_more(len(led) - MOST_REASONS)), "findings")


def _not_examined(count: int) -> Text:
    return Text(
        en=f"Not examined: {count:,}. What wasn't seen can't pass; the chapter on method and extent lists each of "
        "these and what to do about it.",
        ko=f"검사하지 못한 항목: {count:,}건. 보지 못한 것은 적합으로 판정하지 않습니다. 목록과 처리 방법은 "
        "“검사하지 못한 것”에 있습니다.",
    )


_TITLE = Text(en="Summary", ko="요약")
_FACTS = Text(
    en="This report states facts and their evidence, and what the named policy says of them. It accuses nobody: "
    "nearness of code is no proof of copying, and the lineage of code says nothing of the lineage of weights.",
    ko="이 보고서는 사실과 근거, 그리고 명시된 정책에 따른 판정을 적은 것이며 누구도 비난하지 않습니다. 코드가 "
    "가깝다는 것은 "
    "복제의 증명이 아니고, 코드의 계보는 가중치의 계보를 말해 주지 않습니다.",
)
