"""The appendix: both sides of code near to known code, numbered; an entry and its finding name each other."""

import posixpath
from collections.abc import Iterator, Mapping

from compliance.model import origin_notice
from compliance.model.finding import Origin, OriginFinding, Span
from compliance.model.text import Text
from compliance.reporters import finding_words
from compliance.reporters.report import quoting
from compliance.reporters.report.blocks import Block, Link, Listing, Paragraph, Section, SideBySide, Stretch
from compliance.reporters.report.frame import Frame, anchor_of
from compliance.reporters.terminal_text import visible


def section(frame: Frame) -> Section | None:
    """An entry for each finding that has counterparts, by number; None where none has."""
    entries = tuple(_entry(frame, number, one) for number, one in enumerate(_found(frame), 1))
    if not entries:
        return None
    title = frame.say(_QUOTATIONS if frame.quoted else _PLACES)
    return Section("appendix", title, (*_about(frame), *entries), apart=True)


def _about(frame: Frame) -> Iterator[Block]:
    """What is quoted and of which state, and what isn't."""
    yield Paragraph(frame.say(quoting.HOW if frame.quoted else _NOT_QUOTED), "quiet")
    if states := quoting.states(frame):
        yield Listing(states)
    if (missing := quoting.left_out(frame)) is not None:
        yield Paragraph(missing)


def references(frame: Frame) -> Mapping[str, Link]:
    """What leads to the entry of each finding that has one, by the finding's id."""
    found = enumerate(_found(frame), 1)
    return {one.id: Link(_label(frame, number), _anchor(one)) for number, one in found}


def _found(frame: Frame) -> list[OriginFinding]:
    return [one for one in frame.of(OriginFinding) if one.spans]


def _entry(frame: Frame, number: int, finding: OriginFinding) -> SideBySide:
    origin = next(iter(finding.lineage), None)
    nearest = visible(origin_notice.name_of(origin)) if origin else "–"
    stretches = tuple(
        Stretch(
            here=finding_words.with_lines(visible(finding.path), one.lines),
            there=finding_words.with_lines(visible(one.origin_path), one.origin_lines),
            names=visible(_names(one)),
            brief=visible(_brief(one, origin)),
            quoted=quoting.quoted(frame, finding.path, one.lines),
        )
        for one in finding.spans
    )
    return SideBySide(
        number=number,
        label=_label(frame, number),
        finding=frame.link(finding),
        nearest=nearest,
        here=frame.say(_HERE),
        there=frame.say(_THERE),
        stretches=stretches,
        anchor=_anchor(finding),
    )


def _brief(span: Span, nearest: Origin | None) -> str:
    """Lines and names of both sides, and the other file where it isn't the nearest origin's."""
    here, there = (finding_words.line_range(one) for one in (span.lines, span.origin_lines))
    if nearest is None or nearest.path != span.origin_path:
        there = f"{posixpath.basename(span.origin_path)}:{there}"
    return f"{here} ↔ {there}  {_names(span)}".rstrip()


def _names(span: Span) -> str:
    """Of the class or function on both sides, once where they are the same."""
    return " ↔ ".join(dict.fromkeys(filter(None, (span.name, span.origin_name))))


def _label(frame: Frame, number: int) -> str:
    return frame.say(_quotation(number) if frame.quoted else _comparison(number))


def _anchor(finding: OriginFinding) -> str:
    return f"{anchor_of(finding)}-beside"


def _quotation(number: int) -> Text:
    return Text(en=f"Quotation {number:,}", ko=f"인용 {number:,}")


def _comparison(number: int) -> Text:
    return Text(en=f"Places {number:,}", ko=f"위치 {number:,}")


ABOUT_REFERENCES = Text(
    en="The number beside or below a place is that of its entry in the appendix, which shows both sides.",
    ko="위치 옆이나 아래의 번호는 부록의 항목 번호이며, 부록에 양쪽 코드의 위치가 있습니다.",
)
_NOT_QUOTED = Text(
    en="Places are named and no lines quoted. `compliance report --source` quotes lines of the examined files; "
    "known code is looked up in the named release.",
    ko="위치만 적고 내용은 인용하지 않았습니다. 검사한 파일의 행은 `compliance report --source` 명령으로 인용할 "
    "수 있습니다. 알려진 코드는 해당 릴리스에서 확인하세요.",
)
_QUOTATIONS = Text(en="Appendix: quotations", ko="부록: 인용")
_PLACES = Text(en="Appendix: places side by side", ko="부록: 위치 대조")
_HERE = Text(en="Examined file", ko="검사한 파일")
_THERE = Text(en="Nearest known code", ko="가장 가까운 알려진 코드")
