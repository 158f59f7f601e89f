"""The words that several reports share, in both languages."""

import re
from collections.abc import Mapping

from compliance.model.finding import Basis
from compliance.model.submission import ENVIRONMENT, SourceKind, Subject
from compliance.model.text import Text

BASES: Mapping[Basis, Text] = {
    "declared": Text(en="declared", ko="선언"),
    "detected": Text(en="detected", ko="탐지"),
    "concluded": Text(en="concluded", ko="확정"),
}

LIMITS = Text(
    en="What this examination could not have seen:",
    ko="이번 검사로는 볼 수 없는 것:",
)
EVIDENCE = Text(en="Evidence", ko="근거")
IN_ARCHIVE = Text(en="Inside the archive", ko="압축 파일 안 위치")
WHOLE_SUBMISSION = Text(en="(the whole submission)", ko="(제출물 전체)")
WORKING_FILES = Text(en="working files, not a commit", ko="작업 중인 파일(커밋 아님)")
SUBMISSION_ROOT = Text(en="Root of the repository that was examined.", ko="검사한 저장소의 최상위 디렉터리.")
NO_LICENSE = Text(en="license not identified", ko="식별되지 않은 라이선스")

SCOPES: Mapping[str, Text] = {
    "runtime": Text(en="runtime", ko="실행"),
    "dev": Text(en="dev", ko="개발"),
    "test": Text(en="test", ko="시험"),
    "build": Text(en="build", ko="빌드"),
    "optional": Text(en="optional", ko="선택"),
    "peer": Text(en="peer", ko="함께 설치"),
    "package": Text(en="package itself", ko="패키지 자체"),
    "submodule": Text(en="submodule", ko="서브모듈"),
    "installed": Text(en="installed", ko="설치됨"),
}
"""What a package is needed for; other scopes go by the names of their manifests."""


def scope(name: str) -> Text:
    """How reports call what a package is needed for."""
    return SCOPES.get(name) or Text(en=name, ko=name)


def and_more(count: int) -> Text:
    """How many more there are than were shown."""
    return Text(en=f"and {count:,} more (the JSON report has all)", ko=f"외 {count:,}건(JSON 보고서에 전체 수록)")


def confidence(share: float) -> Text:
    """How sure a statement of 0–1 is."""
    return Text(en=f"confidence {100 * share:.0f} %", ko=f"신뢰도 {100 * share:.0f} %")


_DIGEST_AT_END = re.compile("-[0-9a-f]{40}$")
_MATCHERS: Mapping[str, Text] = {
    "1-hash": Text(en="the whole file", ko="파일 전체"),
    "1-spdx-id": Text(en="an SPDX tag", ko="SPDX 표시"),
    "2-aho": Text(en="the same words", ko="같은 문구"),
    "3-seq": Text(en="nearly the same words", ko="비슷한 문구"),
}
"""How ScanCode matched; others go by their own names."""


def matched(rule: str, matcher: str, score: float) -> Text:
    """How much of a license rule's text was found; a digest at the end of its name tells a reader nothing."""
    rule = _DIGEST_AT_END.sub("", rule)
    how = _MATCHERS.get(matcher) or Text(en=matcher, ko=matcher)
    return Text(
        en=f"{score:.0f} % match of ScanCode's rule {rule} ({how.en})",
        ko=f"ScanCode 규칙 {rule}: {score:.0f} % 일치({how.ko})",
    )


def weights_size(tensors: int | None, parameters: int | None) -> list[Text]:
    """How many tensors and parameters weights have, as far as known."""
    said = []
    if tensors is not None:
        said.append(Text(en=f"{tensors:,} tensor{'s' * (tensors != 1)}", ko=f"텐서 {tensors:,}개"))
    if parameters is not None:
        said.append(Text(en=f"{parameters:,} parameter{'s' * (parameters != 1)}", ko=f"파라미터 {parameters:,}개"))
    return said


SOURCE_KINDS: Mapping[SourceKind, Text] = {
    "directory": Text(en="directory", ko="디렉터리"),
    "git": Text(en="git repository", ko="git 저장소"),
    "archive": Text(en="archive", ko="압축 파일"),
    "model-snapshot": Text(en="model snapshot", ko="모델 스냅샷"),
    ENVIRONMENT: Text(en="installed environment", ko="설치된 환경"),
}


def title(subject: Subject) -> str:
    """Who handed in what; once where both are called alike."""
    return " / ".join(filter(None, dict.fromkeys((subject.team, subject.name))))


def unlicensed_heading(count: int) -> Text:
    """Of how many files no license is known."""
    return Text(
        en=f"Files for which no license was found: {count:,}", ko=f"라이선스를 찾지 못한 파일: {count:,}개"
    )


def files_counted(files: int, examined: int, skipped: int) -> Text:
    """How much was examined."""
    return Text(
        en=f"examined {examined:,} of {files:,} files, skipped {skipped:,}",
        ko=f"파일 {files:,}개 중 {examined:,}개 검사, 건너뜀 {skipped:,}건",
    )
