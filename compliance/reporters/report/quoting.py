"""Quoted lines of an examined file, as every format shows them: numbered, and as far left as they go together."""

import textwrap
from collections.abc import Iterator

from compliance.model.evidence import Lines
from compliance.model.finding import OriginFinding
from compliance.model.text import Text
from compliance.reporters.report import counts
from compliance.reporters.report.frame import Frame
from compliance.reporters.terminal_text import visible

_TAB = 4
"""Columns."""
_DEEPEST = 32
"""Columns that a line begins to the right of the others; below an open bracket, a page may not have the room."""


def quoted(frame: Frame, path: str, lines: Lines) -> tuple[str, ...]:
    """The lines of the place that are quoted, the last one telling how many more there are; none where none is."""
    text = frame.quoted.get((path, lines))
    return tuple(_numbered(frame, text, lines)) if text else ()


def states(frame: Frame) -> tuple[str, ...]:
    """Of which state of each source its lines are quoted, for every source of which some are."""
    revisions = {
        _source_of(frame, one.path): one.revision
        for one in frame.of(OriginFinding)
        if any((one.path, span.lines) in frame.quoted for span in one.spans)
    }
    return tuple(frame.say(_state(visible(name), revision)) for name, revision in sorted(revisions.items()))


def left_out(frame: Frame) -> str | None:
    """How many places aren't quoted although others are, and why that may be; None where none is left out."""
    places = {(one.path, span.lines) for one in frame.of(OriginFinding) for span in one.spans}
    missing = len(places - frame.quoted.keys())
    return frame.say(_left_out(missing, len(places))) if frame.quoted and missing else None


def _source_of(frame: Frame, path: str) -> str:
    """The name of the source with the file: its paths begin with it where a team names its sources."""
    subject = frame.assessment.subject
    return subject.name if subject.team is None else path.partition("/")[0]


def _numbered(frame: Frame, text: tuple[str, ...], lines: Lines) -> Iterator[str]:
    width = len(str(lines[0] + len(text)))
    aligned = textwrap.dedent("\n".join(one.expandtabs(_TAB) for one in text)).split("\n")
    for number, line in enumerate(aligned, lines[0]):
        indent = min(len(line) - len(line.lstrip(" ")), _DEEPEST)
        yield f"{number:>{width}}  {' ' * indent}{visible(line.lstrip(' '))}".rstrip()
    if left := lines[1] - lines[0] + 1 - len(text):
        yield frame.say(_more(left))


def _more(count: int) -> Text:
    told = counts.lines(count)
    return Text(en=f"… {told.en} more", ko=f"… 외 {told.ko}")


def _state(source: str, revision: str | None) -> Text:
    if revision is not None:
        return Text(
            en=f"{source}: quoted from commit {revision}, which was examined",
            ko=f"{source}: 검사한 커밋 {revision}에서 인용",
        )
    return Text(
        en=f"{source}: quoted as it stood on that day, since no commit was examined; it may have changed after "
        "the examination",
        ko=f"{source}: 커밋을 기준으로 검사하지 않아 인용한 날의 내용이며, 검사 후에 바뀌었을 수 있음",
    )


def _left_out(missing: int, places: int) -> Text:
    return Text(
        en=f"{missing:,} of {places:,} places aren't quoted: what was examined isn't there any more, its file "
        "couldn't be read, or the report would have become too long.",
        ko=f"전체 {places:,}곳 중 {missing:,}곳은 인용하지 않았습니다. 검사한 내용이 그 자리에 없거나, 파일을 "
        "읽지 못했거나, 보고서가 너무 길어지는 경우입니다.",
    )


HOW = Text(
    en="Quoted are the first lines of each examined place, long ones cut, with what looks like a key or password "
    "masked. Of known code, the place in its release is named.",
    ko="검사한 파일에서 각 위치의 처음 몇 행을 인용했으며, 긴 행은 자르고 키나 암호로 보이는 부분은 가렸습니다. "
    "알려진 코드는 해당 릴리스의 위치만 적습니다.",
)
"""What is quoted of a place, and what isn't."""
