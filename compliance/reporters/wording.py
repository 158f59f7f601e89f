"""The words of the reports, in both languages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compliance.language import Language
from compliance.model.finding import Basis
from compliance.model.skip import Reason
from compliance.model.submission import ENVIRONMENT, SourceKind, Subject
from compliance.model.text import Text
from compliance.model.verdict import (
    Assessment,
    Axis,
    PolicyReference,
    Severity,
    Target,
    Verdict,
    Waiver,
    WaiverFault,
)

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.PASS: Text(en="pass", ko="적합"),
    Verdict.PASS_WITH_OBLIGATIONS: Text(en="pass with obligations", ko="의무 조건부 적합"),
    Verdict.REVIEW: Text(en="review", ko="검토 필요"),
    Verdict.INCOMPLETE: Text(en="incomplete", ko="판정 미완료"),
    Verdict.FAIL: Text(en="fail", ko="부적합"),
}

SEVERITIES: Mapping[Severity, Text] = {
    Severity.FAIL: Text(en="fail", ko="부적합"),
    Severity.REVIEW: Text(en="review", ko="검토"),
    Severity.OBLIGATION: Text(en="obligation", ko="의무"),
    Severity.NOTE: Text(en="note", ko="참고"),
}

AXES: Mapping[Axis, Text] = {
    Axis.POLICY_INDEPENDENCE: Text(en="policy independence", ko="정책적 독자성"),
    Axis.NATIONAL_INFRASTRUCTURE: Text(en="national infrastructure", ko="국가 인프라 활용"),
    Axis.DISCLOSURE: Text(en="disclosure", ko="고지·라이선스 준수"),
}

TARGETS: Mapping[Target, Text] = {
    Target.DEFENCE: Text(en="defence", ko="국방"),
    Target.SECURITY: Text(en="security", ko="보안"),
    Target.TELECOM: Text(en="telecom", ko="통신"),
}

BASES: Mapping[Basis, Text] = {
    "declared": Text(en="declared", ko="선언"),
    "detected": Text(en="detected", ko="탐지"),
    "concluded": Text(en="concluded", ko="확정"),
}

_DIGEST_AT_END = re.compile("-[0-9a-f]{40}$")


@dataclass(frozen=True, slots=True)
class SkipWords:
    """Why something was not examined, and what to do about it."""

    reason: Text
    advice: Text


_DEFECT = Text(
    en="examine the file by hand and report the fault to the maintainers of this program",
    ko="파일을 직접 검토하고 이 프로그램의 관리자에게 결함을 알리세요",
)

SKIPS: Mapping[Reason, SkipWords] = {
    "unreadable": SkipWords(
        Text(en="unreadable", ko="읽기 실패"),
        Text(en="give this user the right to read it", ko="현재 사용자에게 읽기 권한을 주세요"),
    ),
    "malformed": SkipWords(
        Text(en="malformed", ko="형식 오류"),
        Text(en="repair the file at the place named", ko="표시된 위치에서 파일을 고치세요"),
    ),
    "truncated": SkipWords(
        Text(en="only a part examined", ko="일부만 검사"),
        Text(en="examine the rest by hand, or split the file", ko="나머지를 직접 검토하거나 파일을 나누세요"),
    ),
    "too-large": SkipWords(
        Text(en="too large", ko="크기 초과"),
        Text(
            en="raise --max-file-size, or examine it by hand",
            ko="--max-file-size 값을 늘리거나 직접 검토하세요",
        ),
    ),
    "timeout": SkipWords(
        Text(en="out of time", ko="시간 초과"),
        Text(en="raise --timeout, or examine it by hand", ko="--timeout 값을 늘리거나 직접 검토하세요"),
    ),
    "out-of-memory": SkipWords(
        Text(en="out of memory", ko="메모리 초과"),
        Text(en="raise --max-memory, or examine it by hand", ko="--max-memory 값을 늘리거나 직접 검토하세요"),
    ),
    "worker-died": SkipWords(Text(en="its process died", ko="검사 프로세스 중단"), _DEFECT),
    "detector-failed": SkipWords(Text(en="its detector failed", ko="탐지기 오류"), _DEFECT),
    "unsafe-path": SkipWords(
        Text(en="path leads outside", ko="검사 대상 밖 경로"),
        Text(en="remove the entry from the source", ko="검사 대상에서 이 항목을 없애세요"),
    ),
    "symlink": SkipWords(
        Text(en="symbolic link", ko="심볼릭 링크"),
        Text(
            en="put the content itself in its place, or hand in what it points to",
            ko="내용을 그 자리에 직접 넣거나 링크 대상도 함께 제출하세요",
        ),
    ),
    "special-file": SkipWords(
        Text(en="not a regular file", ko="일반 파일 아님"),
        Text(en="remove it from the submission", ko="제출물에서 없애세요"),
    ),
    "lfs-pointer": SkipWords(
        Text(en="content in Git LFS", ko="내용이 Git LFS 저장소에 있음"),
        Text(
            en="fetch it with `git lfs pull` and examine again",
            ko="`git lfs pull` 실행으로 내용을 받은 뒤 다시 검사하세요",
        ),
    ),
    "submodule": SkipWords(
        Text(en="git submodule", ko="git 서브모듈"),
        Text(
            en="hand in the submodule's repository as a source of its own",
            ko="서브모듈 저장소를 별도의 검사 대상으로 제출하세요",
        ),
    ),
    "archive-bomb": SkipWords(
        Text(en="unpacks to too much", ko="압축 해제 한도 초과"),
        Text(en="unpack it and hand in the folder", ko="압축을 풀어 그 폴더를 제출하세요"),
    ),
    "unsupported": SkipWords(
        Text(en="unsupported format", ko="지원하지 않는 형식"),
        Text(
            en="convert it to a supported format, or examine it by hand",
            ko="지원하는 형식으로 바꾸거나 직접 검토하세요",
        ),
    ),
    "unsafe-pickle": SkipWords(
        Text(en="would run code when loaded", ko="불러오면 코드가 실행되는 피클"),
        Text(
            en="save the weights as safetensors, and don't load this file",
            ko="이 파일을 불러오지 말고, 가중치를 safetensors 형식으로 제출하세요",
        ),
    ),
    "missing-file": SkipWords(
        Text(en="a file it needs is missing", ko="필요한 파일 없음"),
        Text(en="hand in that file as well", ko="해당 파일도 함께 제출하세요"),
    ),
    "empty": SkipWords(
        Text(en="nothing to examine", ko="검사할 파일 없음"),
        Text(
            en="check the path, and whether everything in it is ignored (--include-ignored)",
            ko="경로를 확인하고, 모두 제외 대상이면 --include-ignored 옵션을 쓰세요",
        ),
    ),
    "index-fault": SkipWords(
        Text(en="index of known code can't be used", ko="알려진 코드 색인을 쓸 수 없음"),
        Text(
            en="build it anew with `compliance origins build`, or install the package again",
            ko="`compliance origins build` 명령으로 다시 만들거나 패키지를 다시 설치하세요",
        ),
    ),
    "missing-object": SkipWords(
        Text(en="git object missing", ko="git 객체 없음"),
        Text(
            en="fetch the repository in full (`git fetch --unshallow`)",
            ko="저장소 전체를 받으세요(`git fetch --unshallow`)",
        ),
    ),
}

NO_VIOLATIONS = Text(en="No rule of the policy is violated.", ko="정책 규칙 위반 없음")
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
NOT_EXAMINED_FILE = Text(en="Not examined", ko="검사하지 못함")


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


def skip_words(reason: str) -> SkipWords:
    """The words for `reason`; its own name where a newer version has added it."""
    otherwise = SkipWords(Text(en=reason, ko=reason), Text(en="examine it by hand", ko="직접 검토하세요"))
    return next((words for known, words in SKIPS.items() if known == reason), otherwise)


def question(axis: Axis, targets: Iterable[Target | None], language: Language) -> str:
    """The axis, with its targets where it has some."""
    named = [TARGETS[target].in_language(language) for target in targets if target is not None]
    label = AXES[axis].in_language(language)
    return f"{label}: {', '.join(named)}" if named else label


def and_more(count: int) -> Text:
    """How many more there are than were shown."""
    return Text(en=f"and {count:,} more (the JSON report has all)", ko=f"외 {count:,}건(JSON 보고서에 전체 수록)")


def rules_count(count: int) -> Text:
    """A number of rules whose names don't fit."""
    return Text(en=f"{count} rule{'s' * (count != 1)}", ko=f"규칙 {count}개")


def confidence(share: float) -> Text:
    """How sure a statement of 0–1 is."""
    return Text(en=f"confidence {100 * share:.0f} %", ko=f"신뢰도 {100 * share:.0f} %")


def waived(waiver: Waiver) -> Text:
    """That a violation doesn't count, until when, by whose approval and why."""
    named = ", ".join(filter(None, [waiver.id, waiver.reference]))
    reference = f" ({named})" if named else ""
    return Text(
        en=f"waived until {waiver.expires} by {waiver.approver}: {waiver.reason.en}{reference}",
        ko=f"예외 승인(만료일 {waiver.expires}, 승인자 {waiver.approver}): {waiver.reason.ko}{reference}",
    )


def waiver_faults_heading(count: int) -> Text:
    """That waivers were handed in which don't do what they say."""
    return Text(
        en=f"Waivers that need attention: {count:,}. The check fails until each is renewed, mended or removed.",
        ko=f"확인이 필요한 예외 승인: {count:,}건. 갱신하거나 고치거나 지울 때까지 점검을 통과하지 못합니다.",
    )


WAIVER_FAULTS: Mapping[str, Text] = {
    "expired": Text(en="expired waiver", ko="만료된 예외 승인"),
    "matches-nothing": Text(en="waiver that covers nothing", ko="해당하는 위반이 없는 예외 승인"),
    "not-evaluated": Text(en="waiver of what could not be evaluated", ko="평가하지 못한 조건에 대한 예외 승인"),
}
SEE_TO_WAIVER = Text(
    en="renew, mend or remove the waiver that the message names",
    ko="표시된 예외 승인을 갱신하거나 고치거나 지우세요",
)


def waiver_fault(fault: WaiverFault) -> Text:
    """Which waiver it is and what is wrong with it."""
    place = f"{fault.file}:{fault.line}"
    return Text(
        en=f"{fault.waiver} ({place}): {fault.message.en}", ko=f"{fault.waiver} ({place}): {fault.message.ko}"
    )


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


_CONTRADICTIONS = {
    "weights-license-declared-and-text": Text(
        en="the license declared for the weights is another one than the text beside them",
        ko="가중치에 선언된 라이선스와 옆에 있는 본문이 다름",
    ),
    "weights-license-declared-and-base": Text(
        en="the card grants more than the license of the base model that it names",
        ko="모델 카드의 라이선스가 기반 모델의 라이선스보다 더 많은 것을 허용함",
    ),
    "weights-license-declared-and-ancestor": Text(
        en="the card grants more than the license of a model further up its line of base models",
        ko="모델 카드의 라이선스가 상위 기반 모델의 라이선스보다 더 많은 것을 허용함",
    ),
    "weights-license-declared-and-linked": Text(
        en="the card declares another license than the text to which it links",
        ko="모델 카드의 라이선스가 링크된 본문의 라이선스와 다름",
    ),
    "weights-license-declared-twice": Text(
        en="two licenses are declared for the same weights",
        ko="같은 가중치에 서로 다른 라이선스를 선언함",
    ),
    "weights-license-declared-and-claimed": Text(
        en="the card's prose names another license for the weights than its front matter",
        ko="모델 카드 본문이 말하는 가중치 라이선스가 머리말의 선언과 다름",
    ),
    "from-scratch-and-base": Text(
        en="training from scratch is claimed, and a base is named",
        ko="처음부터 학습했다고 하면서 기반 모델을 밝힘",
    ),
    "from-scratch-and-part": Text(
        en="training from scratch is claimed, and a part of the model is copied from others or named like theirs",
        ko="처음부터 학습했다고 하면서 모델 일부는 다른 곳에서 복사되었거나 다른 곳의 이름으로 되어 있음",
    ),
    "own-tokenizer-and-tokenizer": Text(
        en="a tokenizer of one's own is claimed, and the tokenizer is named like another's",
        ko="자체 토크나이저라고 하면서 토크나이저가 다른 곳의 이름으로 되어 있음",
    ),
    "own-code-and-origin": Text(
        en="code without others' code is claimed, and some is copied from others or says so itself",
        ko="다른 곳의 코드가 없다고 하면서 일부 코드는 다른 곳에서 복사되었거나 스스로 그렇게 밝힘",
    ),
    "license-changed-after-release": Text(
        en="the license is another one than at an earlier release",
        ko="이전 릴리스와 라이선스가 다름",
    ),
    "copyright-changed-after-release": Text(
        en="a copyright holder named at an earlier release is named no longer",
        ko="이전 릴리스에 있던 저작권자 표시가 없어짐",
    ),
    "base-model-changed-after-release": Text(
        en="the base model is another one than at an earlier release",
        ko="이전 릴리스와 기반 모델이 다름",
    ),
}


def at_release(says: str, release: str, date: str, revision: str) -> Text:
    """What a file said at a release."""
    at = f"{release}, {date}, {revision[:12]}"
    return Text(en=f"{says} (at release {at})", ko=f"{says} (릴리스 {at} 기준)")


def contradiction(about: str) -> Text:
    """That statements about something cannot all hold."""
    known = _CONTRADICTIONS.get(about, Text(en=about, ko=about))
    return Text(en=f"contradiction: {known.en}", ko=f"모순: {known.ko}")


def policy_line(policy: PolicyReference) -> Text:
    """Which policy judged, and by which day's rules."""
    bases = ", ".join(f"{base.id} {base.version}" for base in policy.extends)
    waivers = ", ".join(f"{one.file} {_short(one.digest)}" for one in policy.waivers)
    return Text(
        en=f"Policy: {policy.id} {policy.version}"
        + (f" (extends {bases})" if bases else "")
        + f", rules in force on {policy.evaluated_on}, {_short(policy.digest)}"
        + (f"; waivers: {waivers}" if waivers else ""),
        ko=f"정책: {policy.id} {policy.version}"
        + (f" (기반 정책: {bases})" if bases else "")
        + f", 기준일 {policy.evaluated_on}, {_short(policy.digest)}"
        + (f"; 예외 승인: {waivers}" if waivers else ""),
    )


def _short(digest: str) -> str:
    return digest[: len("sha256:") + 12]


def skipped_heading(count: int) -> Text:
    """That something was not examined, and what follows from it."""
    return Text(
        en=f"Not examined: {count:,}. What wasn't seen can't pass; see to each of these, then examine again.",
        ko=f"검사하지 못한 항목: {count:,}건. 보지 못한 것은 적합 판정 불가: 아래를 처리한 뒤 다시 검사하세요.",
    )


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


def why_incomplete(assessment: Assessment) -> Text:
    """Why a verdict of `assessment` is incomplete."""
    if assessment.skipped:
        return NOT_ALL_SEEN
    seen = assessment.counts.files > 0 or assessment.findings
    return NO_RULE_IN_FORCE if seen else NOTHING_SEEN


NOT_ALL_SEEN = Text(
    en="Something could not be examined, and what wasn't seen can't pass.",
    ko="검사하지 못한 항목이 있으며, 보지 못한 것은 적합으로 판정하지 않습니다.",
)
NOTHING_SEEN = Text(
    en="There was nothing to examine, neither files nor findings; check what was handed in.",
    ko="파일도 확인한 사실도 없어 검사할 것이 없었습니다. 제출물을 확인하세요.",
)
NO_RULE_IN_FORCE = Text(
    en="No rule of the policy is in force for this question; name a policy or a day on which one is.",
    ko="이 항목에 적용되는 정책 규칙이 없습니다. 규칙이 있는 정책이나 날짜를 지정하세요.",
)


def counted(severities: Mapping[Severity, int], waivers: int) -> Text:
    """How many violations there are of each severity."""
    en = ", ".join(f"{count} {SEVERITIES[severity].en}" for severity, count in severities.items())
    ko = ", ".join(f"{SEVERITIES[severity].ko} {count}" for severity, count in severities.items())
    return Text(en=f"Violations: {en}, {waivers} waived", ko=f"위반: {ko}, 예외 승인 {waivers}")


def files_counted(files: int, examined: int, skipped: int) -> Text:
    """How much was examined."""
    return Text(
        en=f"examined {examined:,} of {files:,} files, skipped {skipped:,}",
        ko=f"파일 {files:,}개 중 {examined:,}개 검사, 건너뜀 {skipped:,}건",
    )
