"""Quoted lines of an examined file, as every format shows them: numbered, and as far left as they go together."""

import textwrap
from collections.abc import Iterator

from compliance.model.evidence import Lines
from compliance.model.text import Text
from compliance.reporters.report import counts
from compliance.reporters.report.frame import Frame
from compliance.reporters.terminal_text import visible

_TAB = 4
"""Columns."""


def quoted(frame: Frame, path: str, lines: Lines) -> tuple[str, ...]:
    """The lines of the place that are quoted, the last one telling how many more there are; none where none is."""
    text = frame.quoted.get((path, lines))
    return tuple(_numbered(frame, text, lines)) if text else ()


def remark(frame: Frame) -> str | None:
    """Whose state the quoted lines are of; None where none is quoted."""
    if not frame.quoted:
        return None
    commits = [one.revision for one in frame.assessment.subject.sources if one.kind == "git"]
    return frame.say(_AT_COMMIT if commits and all(commits) else _AS_READ)


def _numbered(frame: Frame, text: tuple[str, ...], lines: Lines) -> Iterator[str]:
    width = len(str(lines[0] + len(text)))
    aligned = textwrap.dedent("\n".join(one.expandtabs(_TAB) for one in text)).split("\n")
    for number, line in enumerate(aligned, lines[0]):
        yield f"{number:>{width}}  {visible(line)}".rstrip()
    if left := lines[1] - lines[0] + 1 - len(text):
        yield frame.say(_more(left))


def _more(count: int) -> Text:
    told = counts.lines(count)
    return Text(en=f"… {told.en} more", ko=f"… 외 {told.ko}")


_AT_COMMIT = Text(
    en="Lines of examined files are quoted from the commit that was examined: the first ones of each place, long "
    "ones cut, with what looks like a key or password masked. Of known code, the place in its release is named.",
    ko="검사한 파일의 행은 검사한 커밋에서 인용했습니다. 각 위치의 처음 몇 행이며, 긴 행은 자르고 키나 암호로 "
    "보이는 부분은 가렸습니다. 알려진 코드는 해당 릴리스의 위치만 적습니다.",
)
_AS_READ = Text(
    en="Lines of examined files are quoted as they stood when they were quoted, since the examination names no "
    "commit: the first ones of each place, long ones cut, with what looks like a key or password masked. Of known "
    "code, the place in its release is named.",
    ko="검사 기록에 커밋이 없어, 검사한 파일의 행은 인용 시점의 내용입니다. 각 위치의 처음 몇 "
    "행이며, 긴 행은 자르고 키나 암호로 보이는 부분은 가렸습니다. 알려진 코드는 해당 릴리스의 위치만 적습니다.",
)
