"""Licenses of code, dependencies, notices, contradictions: what was found, place by place."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from compliance.model.evidence import Evidence, told
from compliance.model.finding import (
    ContradictionFinding,
    CopyrightFinding,
    DependencyFinding,
    Finding,
    LicenseFinding,
    NoticeFinding,
)
from compliance.model.text import Text
from compliance.reporters import finding_words, origin_words, wording
from compliance.reporters.report import condensing
from compliance.reporters.report.blocks import Block, Cell, Row
from compliance.reporters.report.frame import Frame
from compliance.reporters.report.tables import table
from compliance.reporters.terminal_text import visible

MOST_PLACES = 3
"""Of a license that breaks no rule; a tree has as many statements as files."""


def licenses(frame: Frame) -> Iterator[Block]:
    """Statements that break a rule one by one, all of them counted, and the holders of copyright."""
    found = [one for one in frame.of(LicenseFinding) if one.subject != "weights"]
    if broken := [one for one in found if one.id in frame.broken]:
        rows = [_said(frame, one) for one in broken]
        told = ((one, (finding_words.fact(one, frame.language),), "") for one in broken)
        pages = condensing.pages(frame, ((_LICENSE[0], 4),), None, told, {})
        yield table(frame.say, _BROKEN_LICENSES, (_PLACE, _LICENSE, _EVIDENCE, _RULES), rows, pages)
    if found:
        yield table(frame.say, _ALL_LICENSES, (_LICENSE, _BASIS, _COUNT, _EXAMPLES), _counted(frame, found))
    if holders := _holders(frame):
        yield table(frame.say, _HOLDERS, (_HOLDER, _COUNT, _EXAMPLES), holders)


def dependencies(frame: Frame) -> Iterator[Block]:
    """Every package, with its license as far as known."""
    found = frame.of(DependencyFinding)
    rows = [frame.row(one, visible(one.purl), *_terms(frame, one)) for one in found]
    if rows:
        told = ((one, _terms(frame, one), name) for one, name in zip(found, _names(found), strict=True))
        heads = (_LICENSE[:2], _SCOPE[:2], _PINNED[:2])
        pages = condensing.pages(frame, heads, (_PACKAGES, 10), told, {}, named=True)
        columns = (_PLACE, _PACKAGE, _LICENSE, _SCOPE, _PINNED, _RULES)
        yield table(frame.say, _PACKAGES, columns, rows, pages)


def _names(found: Sequence[DependencyFinding]) -> list[str]:
    """Name and release of each; the kind of package goes before them where there are several kinds."""
    named = [visible(one.purl).removeprefix("pkg:") for one in found]
    kinds = {one.partition("/")[0] for one in named}
    return [one.partition("/")[2] for one in named] if len(kinds) == 1 else named


def _terms(frame: Frame, finding: DependencyFinding) -> tuple[str, str, str]:
    """License, use and whether the release is fixed."""
    return (
        visible(finding.expression or frame.say(wording.NO_LICENSE)),
        frame.say(wording.scope(visible(finding.scope))),
        frame.say(_YES if finding.locked else _NO),
    )


def notices(frame: Frame) -> Iterator[Block]:
    """What the licenses of origins demand, what of it is missing and what is here."""
    rows = [
        frame.row(
            one,
            visible(f"{one.origin} ({one.expression})" if one.expression else one.origin),
            _parts(frame, one.missing),
            _parts(frame, one.present),
            tuple(visible(path) for path in one.cured_by),
        )
        for one in frame.of(NoticeFinding)
    ]
    if rows:
        told = ((one, (_licensed(one), _parts(frame, one.missing)), "") for one in frame.of(NoticeFinding))
        pages = condensing.pages(frame, ((_NOTICE_OF[0], 4), (_MISSING[0], 4)), None, told, {})
        columns = (_PLACE, _NOTICE_OF, _MISSING, _PRESENT, _ELSEWHERE, _RULES)
        yield table(frame.say, _NOTICES, columns, rows, pages)


def contradictions(frame: Frame) -> Iterator[Block]:
    """Both places of every pair of statements that can't both hold."""
    rows = [
        frame.row(
            one, finding_words.fact(one, frame.language), tuple(_claim(frame, each, one) for each in one.evidence)
        )
        for one in frame.of(ContradictionFinding)
    ]
    if rows:
        yield table(frame.say, _CONTRADICTIONS, (_PLACE, _ABOUT, _CLAIMS, _RULES), rows)


def _said(frame: Frame, finding: Finding) -> Row:
    fact, grounds = finding_words.fact(finding, frame.language), finding_words.grounds(finding, frame.language)
    return frame.row(finding, fact, grounds or "–")


def _counted(frame: Frame, found: Sequence[LicenseFinding]) -> list[Row]:
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in found:
        basis = frame.say(wording.BASES[one.basis])
        places[visible(one.expression or frame.say(wording.NO_LICENSE)), basis].append(frame.place(one))
    ordered = sorted(places.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        Row((expression, basis, f"{len(listed):,}", tuple(listed[:MOST_PLACES])))
        for (expression, basis), listed in ordered
    ]


def _holders(frame: Frame) -> list[Row]:
    files: defaultdict[str, list[str]] = defaultdict(list)
    for finding in frame.of(CopyrightFinding):
        for holder in finding.holders:
            files[visible(holder)].append(frame.place(finding))
    counted = Counter({holder: len(listed) for holder, listed in files.items()})
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Row((holder, f"{count:,}", tuple(files[holder][:MOST_PLACES]))) for holder, count in ordered]


def _licensed(finding: NoticeFinding) -> str:
    """The project without its file, which differs from finding to finding, and its license."""
    project = finding.origin.partition(" ")[0]
    return visible(f"{project} ({finding.expression})" if finding.expression else project)


def _parts(frame: Frame, parts: Sequence[str]) -> Cell:
    return tuple(visible(origin_words.notice_part(one, frame.language)) for one in parts) or "–"


def _claim(frame: Frame, evidence: Evidence, finding: Finding) -> str:
    place = finding_words.with_lines(visible(evidence.path or finding.path), evidence.lines)
    return f"{place}: {visible(told(evidence).in_language(frame.language))}"


_YES, _NO = Text(en="yes", ko="예"), Text(en="no", ko="아니요")
_BROKEN_LICENSES = Text(en="License statements to which a rule applies", ko="규칙이 적용되는 라이선스 표시")
_ALL_LICENSES = Text(
    en="All licenses of code, packages and data, counted", ko="코드, 패키지, 데이터의 전체 라이선스(집계)"
)
_HOLDERS = Text(en="Holders of copyright, counted", ko="저작권자(집계)")
_PACKAGES = Text(en="Packages", ko="패키지")
_NOTICES = Text(
    en="Notices that licenses of third-party code demand",
    ko="제삼자 코드의 라이선스가 요구하는 고지",
)
_CONTRADICTIONS = Text(en="Statements that can't both hold", ko="양립할 수 없는 진술")
_PLACE = (Text(en="File and lines", ko="파일과 행"), 4, False)
_LICENSE = (Text(en="License", ko="라이선스"), 4, False)
_EVIDENCE = (Text(en="Evidence", ko="근거"), 4, False)
_RULES = (Text(en="Rules", ko="규칙"), 4, False)
_BASIS = (Text(en="Basis", ko="구분"), 2, False)
_COUNT = (Text(en="Statements", ko="건수"), 1, True)
_EXAMPLES = (Text(en="First places", ko="처음 몇 곳"), 5, False)
_HOLDER = (Text(en="Holder", ko="저작권자"), 4, False)
_PACKAGE = (Text(en="Package", ko="패키지"), 4, False)
_SCOPE = (Text(en="Scope", ko="용도"), 2, False)
_PINNED = (Text(en="Pinned", ko="버전 고정"), 2, False)
_NOTICE_OF = (Text(en="Notices of", ko="고지 대상"), 4, False)
_MISSING = (Text(en="Missing", ko="누락"), 4, False)
_PRESENT = (Text(en="Here", ko="있음"), 4, False)
_ELSEWHERE = (Text(en="Named elsewhere", ko="다른 파일에 있음"), 3, False)
_ABOUT = (Text(en="About", ko="내용"), 4, False)
_CLAIMS = (Text(en="Each place says", ko="각 위치의 진술"), 8, False)
