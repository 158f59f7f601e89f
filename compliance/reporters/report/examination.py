"""How the examination was made: what was examined, what was not, and what could not have been seen."""

from collections import Counter
from collections.abc import Iterator

from compliance.model.inventory import FileCounts
from compliance.model.submission import SourceReference
from compliance.model.text import Text
from compliance.model.verdict import Verdict
from compliance.reporters import skipped_words, wording
from compliance.reporters.report.blocks import Column, Fields, Listing, Paragraph, Row, Section, Table
from compliance.reporters.report.frame import Frame
from compliance.reporters.terminal_text import visible


def section(frame: Frame) -> Section:
    """Method, sources, what was skipped, limits."""
    parts = (_method(frame), _examined(frame), _skipped(frame), _limits(frame))
    return Section("examination", frame.say(_TITLE), sections=parts)


def _method(frame: Frame) -> Section:
    return Section("method", frame.say(_METHOD), tuple(Paragraph(frame.say(one)) for one in _HOW))


def _examined(frame: Frame) -> Section:
    counts = frame.assessment.counts
    fields = Fields(
        (
            (frame.say(_FILES), f"{counts.files:,}"),
            (frame.say(_WHOLLY), f"{counts.examined:,}"),
            (frame.say(_UNLICENSED), f"{counts.unlicensed:,}"),
        )
    )
    columns = (Column(frame.say(_KIND), 2), Column(frame.say(_PATH), 4), Column(frame.say(_COMMIT), 4))
    rows = tuple(
        Row((frame.say(wording.SOURCE_KINDS[one.kind]), visible(one.path), _commit(frame, one)))
        for one in frame.assessment.subject.sources
    )
    tables = (Table(columns, rows, frame.say(_SOURCES)), *_unlicensed(frame, counts))
    return Section("examined", frame.say(_EXAMINED), (fields, *tables))


def _unlicensed(frame: Frame, counts: FileCounts) -> Iterator[Table]:
    """The first files of which no license is known, since a rule about all of them names no place."""
    if paths := counts.unlicensed_paths:
        rows = tuple(Row((visible(path),)) for path in paths)
        yield Table(
            (Column(frame.say(_PATH), 9),), rows, frame.say(_first_unlicensed(len(paths), counts.unlicensed))
        )


def _first_unlicensed(shown: int, count: int) -> Text:
    if shown == count:
        return _UNLICENSED
    return Text(en=f"{_UNLICENSED.en}: the first {shown:,}", ko=f"{_UNLICENSED.ko}: 처음 {shown:,}개")


def _commit(frame: Frame, source: SourceReference) -> str:
    return source.revision or (frame.say(wording.WORKING_FILES) if source.kind == "git" else "–")


def _skipped(frame: Frame) -> Section:
    skipped = sorted(frame.assessment.skipped, key=lambda one: (one.path, one.reason, one.detail))
    if not skipped:
        return Section("skipped", frame.say(_SKIPPED), (Paragraph(frame.say(_NOTHING_SKIPPED)),))
    advice = tuple(
        f"{frame.say(words.reason)} ({count:,}): {frame.say(words.advice)}"
        for reason, count in sorted(Counter(one.reason for one in skipped).items())
        for words in [skipped_words.words_of(reason)]
    )
    columns = (Column(frame.say(_PATH), 4), Column(frame.say(_REASON), 2), Column(frame.say(_DETAIL), 5))
    rows = tuple(
        Row(
            (
                visible(one.path) or frame.say(wording.WHOLE_SUBMISSION),
                frame.say(skipped_words.words_of(one.reason).reason),
                visible(one.said.in_language(frame.language)),
            )
        )
        for one in skipped
    )
    heading = Paragraph(frame.say(skipped_words.skipped_heading(len(skipped))), Verdict.INCOMPLETE)
    return Section("skipped", frame.say(_SKIPPED), (heading, Listing(advice), Table(columns, rows)))


def _limits(frame: Frame) -> Section:
    said = tuple(frame.say(one) for one in frame.assessment.limits)
    return Section("limits", frame.say(_LIMITS), (Listing(said),) if said else ())


_TITLE = Text(en="Method and extent", ko="검사 방법과 범위")
_METHOD = Text(en="Method", ko="방법")
_HOW = (
    Text(
        en="Licenses and copyrights were matched by ScanCode, license files of weights by comparison with "
        "known texts, "
        "clause by clause. Code was compared with an index of published model and serving code. Weights were "
        "read "
        "from their headers, and their values compared with references where some were named. Nothing that was "
        "examined was executed, and nothing was fetched from a network.",
        ko="라이선스와 저작권은 ScanCode로, 가중치 라이선스 파일은 알려진 원문과 조항별로 대조했습니다. 코드는 "
        "공개된 모델·서빙 "
        "코드의 색인과 대조했습니다. 가중치는 헤더를 읽었고, 참조 파일이 지정된 경우 값도 대조했습니다. 검사 "
        "대상은 실행하지 "
        "않았고 네트워크도 사용하지 않았습니다.",
    ),
    Text(
        en="Facts and judgement are kept apart: the findings were recorded first, and the policy was asked "
        "afterwards. "
        "Each finding names its file, its lines and the evidence, so that it can be checked by hand.",
        ko="사실과 판정을 분리했습니다. 먼저 사실을 기록한 뒤 정책을 적용했습니다. 모든 사실에는 파일, 행, "
        "근거가 있어 직접 "
        "확인할 수 있습니다.",
    ),
)
_EXAMINED = Text(en="What was examined", ko="검사한 것")
_SKIPPED = Text(en="What was not examined", ko="검사하지 못한 것")
_NOTHING_SKIPPED = Text(en="Everything that was handed in was examined.", ko="제출된 것은 모두 검사했습니다.")
_LIMITS = Text(en="What could not have been seen", ko="이 검사로는 볼 수 없는 것")
_FILES = Text(en="Files", ko="파일 수")
_WHOLLY = Text(en="Examined to the end", ko="끝까지 검사한 파일")
_UNLICENSED = Text(en="Under no license that was found", ko="라이선스를 찾지 못한 파일")
_SOURCES = Text(en="Sources", ko="검사 대상")
_KIND = Text(en="Kind", ko="종류")
_PATH = Text(en="Path", ko="경로")
_COMMIT = Text(en="Commit", ko="커밋")
_REASON = Text(en="Reason", ko="사유")
_DETAIL = Text(en="Detail", ko="내용")
