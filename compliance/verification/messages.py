"""Sentences of the verification, in both languages."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from compliance.model.text import Text
from compliance.reporters.terminal_text import visible
from compliance.signing.statement import ENVELOPE_NAME

_SHORT = 16
"""Characters of a digest or key id that a sentence shows."""
_PLACES = 10
"""Places of findings that a sentence shows."""

MISSING = Text(
    en="missing; get it again from whoever signed the report",
    ko="파일 없음. 서명한 사람에게 다시 받으세요",
)
EXTRA = Text(
    en="not covered by the signature; it isn't a part of the signed report: remove it, and don't rely on it",
    ko="서명에 포함되지 않은 파일. 서명된 보고서의 일부가 아니므로 믿지 말고 폴더에서 빼세요",
)
TOO_LARGE_ENVELOPE = Text(
    en="larger than any envelope that this program writes; get it again from whoever signed the report",
    ko="이 프로그램이 쓰는 봉투보다 큰 파일. 서명한 사람에게 다시 받으세요",
)
TOO_LARGE_ASSESSMENT = Text(
    en="too large to be read as a whole; only its digest was checked",
    ko="한 번에 읽기에는 너무 큰 파일. 해시만 확인함",
)
NOT_ALL_READ = Text(
    en="documents can't be compared with assessments that aren't as they were signed; see to those first",
    ko="판정 결과가 서명된 그대로가 아니어서 문서를 비교할 수 없음. 그것부터 해결하세요",
)
CONTRADICTS = Text(
    en="the signed statement says something else of this assessment (subject, policy or verdicts) than it says "
    "itself; ask whoever signed the report to sign it anew",
    ko="서명된 진술이 이 판정 결과(대상, 정책, 판정)의 내용과 다름. 서명한 사람에게 다시 서명해 달라고 하세요",
)
AS_DRAWN = Text(
    en="the same bytes as this program draws out of the assessment",
    ko="이 프로그램이 판정 결과로 만든 것과 바이트까지 같음",
)
DRAWN_DIFFERENTLY = Text(
    en="not what this program draws out of the assessment, though its version and libraries are the same; read "
    "the assessment itself, and ask whoever signed the report how the document was made",
    ko="버전과 라이브러리가 같은데도 이 프로그램이 판정 결과로 만드는 문서와 다름. 판정 결과를 직접 확인하고 "
    "서명한 사람에게 작성 방법을 물어보세요",
)
FONTS = Text(
    en="this machine draws other bytes; fonts that are installed here can be the reason. Compare it with "
    "another format",
    ko="이 컴퓨터에서는 다른 바이트가 나옴. 설치된 글꼴 차이일 수 있으니 다른 형식과 비교하세요",
)
NO_FILE = Text(
    en="the report names this file, which isn't in what was examined; ask whoever made the report",
    ko="보고서에 나오는 파일이 검사 대상에 없음. 보고서 작성자에게 확인하세요",
)
NO_FILE_NOW = Text(
    en="the report names this file, which isn't in the source now; the report names no commit, so the source "
    "may have changed since: compare with the state that was examined",
    ko="보고서에 나오는 파일이 지금 검사 대상에 없음. 보고서에 커밋이 없어 그 뒤에 바뀌었을 수 있으니 검사 당시 "
    "상태와 비교하세요",
)
NO_CONTENT = Text(
    en="the source names it but gives no content (a link, a submodule, an LFS pointer); look it up by hand",
    ko="검사 대상에 이름만 있고 내용이 없음(링크, 서브모듈, LFS 포인터). 직접 확인하세요",
)
NO_TEXT = Text(
    en="binary, so its lines can't be counted; look it up with the program that made it",
    ko="바이너리 파일이라 행을 셀 수 없음. 해당 파일을 만든 프로그램으로 확인하세요",
)
TOO_LARGE_FILE = Text(
    en="too large to look words up in; look it up by hand", ko="너무 커서 대조할 수 없는 파일. 직접 확인하세요"
)
ENVIRONMENT = Text(
    en="about packages of an installed environment, which the source doesn't hold; list that environment again",
    ko="설치된 환경의 패키지에 관한 내용. 검사 대상에 없으니 환경을 다시 조사하세요",
)
WHOLE = Text(
    en="about the whole submission, not about a place; look it up by hand",
    ko="특정 위치가 아닌 제출물 전체에 관한 내용. 직접 확인하세요",
)
QUOTED_OTHERWISE = Text(
    en="the report quotes other lines than stand there; compare with the state that was examined",
    ko="보고서에 인용된 행이 실제와 다름. 검사 당시 상태와 비교하세요",
)
ONE_SOURCE = Text(
    en="--source belongs to one report: verify the folder of one team with it",
    ko="--source 옵션은 보고서 하나에만 쓸 수 있음. 한 팀의 폴더를 지정하세요",
)
NOT_RENDERED = Text(
    en="Documents weren't drawn again: add --render to compare them with the assessment.",
    ko="문서를 다시 만들어 비교하지 않음: 판정 결과와 비교하려면 --render 옵션을 추가하세요.",
)
NOT_COMPARED = Text(
    en="Evidence wasn't looked up: add --source PATH to compare it with what was examined.",
    ko="근거를 대조하지 않음: 검사 대상과 대조하려면 --source 경로 옵션을 추가하세요.",
)


def signed_by(key_id: str) -> Text:
    """The signature is right."""
    return Text(en=f"signed by key {key_id}", ko=f"서명 확인, 키 {key_id}")


def wrong_signature(key_id: str) -> Text:
    """The signature isn't over these bytes."""
    return Text(
        en=f"the signature of key {key_id[:_SHORT]}… doesn't fit: what was signed has changed, or the signature "
        "was replaced; get the report again from whoever signed it",
        ko=f"키 {key_id[:_SHORT]}…의 서명이 맞지 않음: 내용이 바뀌었거나 서명이 교체됨. 서명한 사람에게 "
        "보고서를 다시 받으세요",
    )


def wrong_key_id(key_id: str) -> Text:
    """The signature is right, what the envelope says of its key isn't."""
    shown = visible(key_id[:_SHORT])
    return Text(
        en=f"the envelope calls the signing key {shown}…, which isn't its id; get the report again",
        ko=f"봉투에 적힌 키 식별자 {shown}…, 실제 서명 키와 다름. 보고서를 다시 받으세요",
    )


def unknown_key(key_id: str) -> Text:
    """Somebody else has signed as well."""
    return Text(
        en=f"also signed with key {visible(key_id)}, which wasn't named; add --key with that public key",
        ko=f"지정하지 않은 키의 서명이 더 있음: {visible(key_id)}. 그 공개 키를 --key 옵션으로 추가하세요",
    )


def not_signed(key_ids: Sequence[str]) -> Text:
    """None of the keys has signed."""
    shown = visible(", ".join(f"{one[:_SHORT]}…" for one in key_ids[:5])) or "–"
    return Text(
        en=f"not signed by any of the keys that were named (it names: {shown}); name the signer's public key, "
        "or don't rely on this report",
        ko=f"지정한 키로 서명되지 않음(봉투의 키: {shown}). 서명자의 공개 키를 지정하거나, 이 보고서를 믿지 "
        "마세요",
    )


def unreadable(error: OSError) -> Text:
    """The system, or our care, refused."""
    why = error.strerror or type(error).__name__
    return Text(
        en=f"can't be read ({why}); make it a readable regular file",
        ko=f"읽을 수 없음 ({why}). 읽기 권한이 있는 일반 파일인지 확인하세요",
    )


def changed(signed: str, found: str) -> Text:
    """The file has other bytes than were signed."""
    return Text(
        en=f"changed after it was signed (SHA-256 {found[:_SHORT]}…, signed {visible(signed[:_SHORT])}…); get "
        "it again from whoever signed the report",
        ko=f"서명 후 변경됨(SHA-256 {found[:_SHORT]}…, 서명된 값 {visible(signed[:_SHORT])}…). 서명한 사람에게 "
        "다시 받으세요",
    )


def all_intact(count: int) -> Text:
    """Every file is as it was signed."""
    return Text(en=f"all {count:,} files are as they were signed", ko=f"파일 {count:,}개 모두 서명한 그대로임")


def no_envelope(location: Path) -> Text:
    """Nothing to verify."""
    return Text(
        en=f"{location}: there is no signed report ({ENVELOPE_NAME}). Name the folder that `compliance report "
        "--sign` wrote; without that file nothing can be verified.",
        ko=f"{location}: 서명된 보고서({ENVELOPE_NAME}) 없음. `compliance report --sign` 명령으로 만든 폴더를 "
        "지정하세요. 이 파일 없이는 확인할 수 없습니다.",
    )


def other_version(signed: str, present: str, differing: Mapping[str, str]) -> Text:
    """Documents can't be expected to be the same bytes."""
    more = ", ".join(f"{name} {version}" for name, version in differing.items())
    told = f"{signed}" + (f", {visible(more)}" if more else "")
    return Text(
        en=f"made by another version ({visible(told)}; this is {present}) and not the same bytes here; use that "
        "version",
        ko=f"다른 버전({visible(told)}, 현재 {present})으로 만든 문서이며 바이트가 다름. 그 버전으로 확인하세요",
    )


def unknown_format(name: str) -> Text:
    """This version has no such format."""
    return Text(
        en=f"this version draws no {visible(name)!r} (or not across teams); use the version that signed the "
        "report",
        ko=f"이 버전에 없는 형식: {visible(name)!r}. 서명할 때 쓴 버전을 쓰세요",
    )


def too_short(line: int, length: int) -> Text:
    """The file ends above the line."""
    return Text(
        en=f"the report names line {line:,}, but the file has {length:,}; compare with the commit that was "
        "examined",
        ko=f"보고서의 행 번호 {line:,}, 파일의 행 수 {length:,}. 검사 당시 상태와 비교하세요",
    )


def not_there(words: Sequence[str]) -> Text:
    """Quoted words don't stand at the place."""
    shown = visible(", ".join(words[:5]))
    return Text(
        en=f"these words of the report don't stand there: {shown}; compare with the state that was examined",
        ko=f"보고서에 인용된 단어가 그 위치에 없음: {shown}. 검사 당시 상태와 비교하세요",
    )


def counted(why: Text, places: Sequence[str], count: int) -> Text:
    """A reason, how many findings it holds for, and where the first of them are."""
    shown = visible(", ".join(places[:_PLACES])) + (" …" if len(places) > _PLACES else "")
    return Text(
        en=f"{count:,} finding{'s' * (count != 1)} ({shown}): {why.en}", ko=f"사실 {count:,}건({shown}): {why.ko}"
    )


def not_compared(count: int) -> Text:
    """The files of quoted places couldn't be read."""
    place = "places" if count != 1 else "place"
    return Text(
        en=f"{count:,} quoted {place} not compared, since the file wasn't read; see what is said of it",
        ko=f"파일을 읽지 못해 대조하지 않은 인용 위치 {count:,}곳. 해당 파일에 관한 내용을 확인하세요",
    )


def quoted_rightly(count: int) -> Text:
    """Every quoted place is as the source has it."""
    verb = "places are" if count != 1 else "place is"
    return Text(en=f"{count:,} quoted {verb} as the source has it", ko=f"인용된 위치 {count:,}곳 모두 원본과 일치")


def found_in_source(found: int, quoted: int, all_: int) -> Text:
    """How much of the evidence is in the source."""
    return Text(
        en=f"{found:,} of {all_:,} findings are where the report says; of these {quoted:,} quote words that "
        "stand there",
        ko=f"사실 {all_:,}건 중 {found:,}건이 보고서의 위치에 있음. 그중 {quoted:,}건은 인용된 단어까지 일치",
    )
