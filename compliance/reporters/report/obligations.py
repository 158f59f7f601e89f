"""What has to be done: duties that stay, exceptions that were approved, and a NOTICE file to begin with."""

from compliance.model.text import Text
from compliance.model.verdict import Severity
from compliance.reporters import verdict_words
from compliance.reporters.report import notice_pages
from compliance.reporters.report.blocks import (
    Block,
    Column,
    Link,
    Listing,
    Paragraph,
    Preformatted,
    Row,
    Section,
    Table,
)
from compliance.reporters.report.frame import Frame, rule_anchor
from compliance.reporters.report.notice_text import notice_text
from compliance.reporters.terminal_text import visible


def section(frame: Frame) -> Section:
    """Obligations with what fulfils each, and a NOTICE text made of what was found."""
    owed = [
        one for one in frame.groups if one.violation.severity is Severity.OBLIGATION and not one.violation.waiver
    ]
    columns = (
        Column(frame.say(_DUTY), 4),
        Column(frame.say(_TODO), 4),
        Column(frame.say(_PLACES), number=True),
        Column(frame.say(_RULE), 2),
    )
    rows = tuple(
        Row(
            (
                frame.say(one.violation.message),
                frame.say(one.violation.remedy),
                f"{len(one.violation.findings):,}",
                Link(visible(one.violation.rule), rule_anchor(one.violation.rule)),
            )
        )
        for one in owed
    )
    table = Table(columns, rows) if rows else Paragraph(frame.say(_NOTHING_OWED))
    parts = [Section("duties", frame.say(_DUTIES), (table,))]
    if text := notice_text(frame.assessment):
        file = Preformatted(text, "NOTICE", notice_pages.pages(frame, text))
        blocks = (Paragraph(frame.say(_CHECK_FIRST)), file)
        parts.append(Section("notice-text", frame.say(_NOTICE), blocks))
    return Section("obligations", frame.say(_TITLE), sections=tuple(parts))


def waivers(frame: Frame) -> Section | None:
    """Approved exceptions with who, until when and why, and those that have ended; None where there are none."""
    waived = [one for one in frame.groups if one.violation.waiver]
    faults = frame.assessment.waiver_faults
    attention: tuple[Block, ...] = ()
    if faults:
        says = tuple(frame.say(verdict_words.waiver_fault(fault)) for fault in faults)
        heading = frame.say(verdict_words.waiver_faults_heading(len(faults)))
        attention = (Paragraph(heading, Severity.FAIL), Listing(says))
    if not waived:
        return Section("waivers", frame.say(_WAIVERS), attention) if attention else None
    columns = (
        Column(frame.say(_RULE), 2),
        Column(frame.say(_EXCEPTION), 6),
        Column(frame.say(_PLACES), number=True),
    )
    rows = tuple(
        Row(
            (
                Link(visible(one.violation.rule), rule_anchor(one.violation.rule)),
                frame.say(verdict_words.waived(one.violation.waiver)),
                f"{len(one.violation.findings):,}",
            )
        )
        for one in waived
        if one.violation.waiver
    )
    return Section("waivers", frame.say(_WAIVERS), (*attention, Table(columns, rows)))


_TITLE = Text(en="Obligations", ko="의무 사항")
_DUTIES = Text(en="What has to be done", ko="이행할 일")
_NOTHING_OWED = Text(en="No rule of the policy names an obligation.", ko="정책 규칙에 따른 의무 사항이 없습니다.")
_DUTY = Text(en="Obligation", ko="의무")
_TODO = Text(en="What fulfils it", ko="이행 방법")
_PLACES = Text(en="Places", ko="건수")
_RULE = Text(en="Rule", ko="규칙")
_NOTICE = Text(en="A NOTICE file to begin with", ko="NOTICE 파일 초안")
_CHECK_FIRST = Text(
    en="Made of what was found. Confirm each origin before you publish it: the nearest known code isn't always "
    "the "
    "source. Licenses are named here; their texts have to be put beside it.",
    ko="발견한 사실로 만든 초안입니다. 가장 가까운 코드가 실제 출처가 아닐 수 있으므로 확인한 뒤 배포하세요. "
    "라이선스는 이름만 "
    "적었으니 원문을 함께 두세요.",
)
_WAIVERS = Text(en="Approved exceptions", ko="예외 승인")
_EXCEPTION = Text(en="Approved until, by whom, why", ko="만료일, 승인자, 사유")
