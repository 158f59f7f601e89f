"""Sentences of the command line itself, in the language that the call asks for."""

import sys
from collections.abc import Sequence
from pathlib import Path

from compliance.json_documents import JsonError
from compliance.language import Language, from_locale
from compliance.model.text import Text


def language_of_call(arguments: list[str]) -> Language:
    """The language that `--language` names in `arguments`, else the locale's.

    Help texts are built before options are parsed, hence this look ahead.
    """
    for place, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--language=") else None
        if word == "--language" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in ("ko", "en"):
            return "ko" if value == "ko" else "en"
    return from_locale()


LANGUAGE_NAMES = ("Python", "C", "C++", "CUDA", "HIP", "JavaScript", "TypeScript", "Rust", "Go", "shell")
"""Languages whose code can be compared."""
CALL_LANGUAGE = language_of_call(sys.argv[1:])


def say(en: str, ko: str) -> str:
    """The help text in the call's language."""
    return Text(en=en, ko=ko).in_language(CALL_LANGUAGE)


INTERNAL_ERROR = Text(
    en="The program failed and nothing was judged. This is a fault of ours: please report it with the text above.",
    ko="프로그램 내부 오류로 판정하지 못함. 위 내용을 첨부해 오류를 신고해 주세요.",
)
UNWRITABLE = Text(
    en="can't be written; name another place with --output",
    ko="쓸 수 없음: --output 옵션으로 다른 위치를 지정하세요",
)
UNREADABLE = Text(
    en="can't be read; check the path and its permissions", ko="읽을 수 없음: 경로와 권한을 확인하세요"
)
SEVERAL_FORMATS = Text(
    en="Several formats need a folder to be written to: add --output FOLDER.",
    ko="형식을 여러 개 쓰려면 저장할 폴더가 필요함: --output 폴더 옵션을 추가하세요.",
)
SERIAL_AND_MORE = Text(
    en="--serial examines in one process, so it can't be had with --jobs or --cluster: leave one of them out.",
    ko="--serial 옵션은 프로세스 하나만 쓰므로 --jobs, --cluster 옵션과 함께 쓸 수 없음: 하나를 빼세요.",
)
SEVERAL_SUBJECTS = Text(
    en="The inventories of several subjects need a folder: add --output FOLDER.",
    ko="여러 SUBJECT의 조사 목록을 저장할 폴더가 필요함: --output 폴더 옵션을 추가하세요.",
)
SAME_SUBJECTS = Text(
    en="Two subjects would have the same file. Name each once, by its path from here.",
    ko="두 SUBJECT의 결과 파일 이름이 같음: 현재 위치에서 시작하는 경로로 하나씩 지정하세요.",
)
SAME_NAMES = Text(
    en="Two of the files have the same name, so their reports would overwrite each other. Rename one.",
    ko="파일 이름이 같아 보고서가 서로 덮어씀. 파일 하나의 이름을 바꾸세요.",
)
ONE_SOURCE = Text(
    en="--source belongs to one assessment: write the report of each team by itself with it.",
    ko="--source 옵션은 판정 결과 하나에만 쓸 수 있음. 팀마다 따로 보고서를 만드세요.",
)
NO_COMPARISON = Text(
    en="No comparison was written: none of the formats asked for can hold one. Add --format html, or another "
    "document.",
    ko="비교 문서 없음: 지정한 형식으로는 만들 수 없음. --format html 등 문서 형식을 추가하세요.",
)
MOMENT_WITHOUT_KEY = Text(
    en="--signed-at says when a report is signed: name a key with --sign, or leave it out.",
    ko="--signed-at 옵션은 서명 일시: --sign 옵션으로 키를 지정하거나 이 옵션을 빼세요.",
)
NO_KEY = Text(
    en="Name the public key of who should have signed with --key: without it a signature proves nothing.",
    ko="서명했어야 할 사람의 공개 키를 --key 옵션으로 지정하세요. 공개 키 없이는 서명을 확인할 수 없습니다.",
)
RIGHT = Text(en="right", ko="확인")
WRONG = Text(en="wrong", ko="오류")
UNCHECKED = Text(en="not checked", ko="미확인")
ALL_RIGHT = Text(en="Everything that was checked is right.", ko="확인한 모든 것이 올바릅니다.")
NOT_RIGHT = Text(
    en="Something is wrong: don't rely on this report before it is cleared up.",
    ko="올바르지 않은 것이 있습니다. 해결하기 전에는 이 보고서를 믿지 마세요.",
)
NOT_ALL_CHECKED = Text(
    en="Nothing wrong was found, but not everything that was asked for could be checked.",
    ko="잘못된 것은 없으나 일부는 확인하지 못했습니다.",
)
SEE_HELP = Text(
    en="See `compliance --help` and `compliance COMMAND --help` for what a call may say.",
    ko="호출 방법은 `compliance --help` 및 `compliance 명령 --help` 도움말을 보세요.",
)
POLICY_CLEAN = Text(en="no faults", ko="오류 없음")
NOTHING_TO_COMPARE = Text(
    en="Nothing to compare: name another policy with --against, or another day with --against-date.",
    ko="비교 대상 없음: --against 옵션으로 다른 정책을, 또는 --against-date 옵션으로 다른 날짜를 지정하세요.",
)
NO_INVENTORIES = Text(
    en="No file ends in .json there: name inventories written by `compliance scan -o`, or a folder of them.",
    ko=".json 파일 없음: `compliance scan -o` 명령으로 저장한 조사 목록 또는 그 폴더를 지정하세요.",
)
NO_INDEX = Text(
    en="There is no index to compare with: name one with --origins.",
    ko="대조할 색인이 없음: --origins 옵션으로 지정하세요.",
)
NOT_BY_THESE_KEYS = Text(
    en="no signature in it is by a key named with --key", ko="--key 옵션으로 지정한 키의 서명이 없음"
)
ABOUT_SOMETHING_ELSE = Text(
    en="what was signed is another content, or no cache", ko="서명된 것이 다른 내용이거나 캐시가 아님"
)
ERROR = Text(en="error", ko="오류")


def no_cache(path: Path) -> Text:
    """There is no cache to work on."""
    return Text(
        en=f"There is no cache at {path}: name its folder with --cache, or run `compliance check` first.",
        ko=f"캐시 없음: {path}. --cache 옵션으로 폴더를 지정하거나 `compliance check` 명령을 먼저 실행하세요.",
    )


def cache_unusable(path: Path, error: Exception) -> Text:
    """The cache can't be opened, read or written."""
    return Text(
        en=f"{path}: the cache can't be used ({error}). Free its disk, wait for other runs, or name "
        "another folder "
        "with --cache; what it held before is kept.",
        ko=f"{path}: 캐시를 쓸 수 없음 ({error}). 디스크를 비우거나 다른 실행이 끝나기를 기다리거나 "
        "--cache 옵션으로 "
        "다른 폴더를 지정하세요. 이전 내용은 그대로입니다.",
    )


def cache_not_signed(envelope: Path, why: Text) -> Text:
    """An exported cache isn't signed as was asked for."""
    return Text(
        en=f"{envelope}: {why.en}. Nothing was imported; get file and envelope again from whoever exported them.",
        ko=f"{envelope}: {why.ko}. 가져오지 않음. 내보낸 사람에게 파일과 봉투를 다시 받으세요.",
    )


def unknown_format(name: str, known: list[str]) -> Text:
    """There is no reporter of that name."""
    names = ", ".join(known)
    return Text(
        en=f"There is no format {name!r}. Choose one of: {names}.",
        ko=f"알 수 없는 형식: {name!r}. 다음 중에서 고르세요: {names}.",
    )


def wrong_date(value: str) -> Text:
    """The evaluation date isn't one."""
    return Text(
        en=f"{value!r} is not a date. Write it as 2026-11-23.",
        ko=f"날짜 형식 오류: {value!r}. 2026-11-23 형식으로 쓰세요.",
    )


def is_a_folder(path: Path) -> Text:
    """A folder was named where one file is compared."""
    return Text(
        en=f"{path} is a folder: name one source file, or run `compliance check` on the folder.",
        ko=f"폴더를 지정함: {path}. 소스 파일 하나를 지정하거나, 폴더는 `compliance check` 명령으로 검사하세요.",
    )


def unknown_language(path: Path) -> Text:
    """The suffix tells no language that can be compared."""
    known = ", ".join(LANGUAGE_NAMES)
    return Text(
        en=f"{path} is in no language that can be compared, by its suffix. Name a source file in {known}.",
        ko=f"확장자로 보아 대조할 수 없는 언어: {path}. 다음 언어의 소스 파일을 지정하세요: {known}.",
    )


def is_binary(path: Path) -> Text:
    """The content isn't text in an encoding that can be read."""
    return Text(
        en=f"{path} is no text that can be compared (it holds NUL bytes). Save UTF-16 text as UTF-8 first.",
        ko=f"대조할 수 있는 텍스트가 아님 (NUL 바이트 있음): {path}. "
        "UTF-16 텍스트는 UTF-8로 저장한 뒤 다시 실행하세요.",
    )


def too_large(path: Path, largest: int) -> Text:
    """The file is over the cap."""
    return Text(
        en=f"{path} is over {largest >> 10:,} KiB, more than is compared. Name a part of it.",
        ko=f"대조 한도 {largest >> 10:,}KiB 초과: {path}. 일부만 담은 파일을 지정하세요.",
    )


def no_folder(path: Path) -> Text:
    """A folder with the origin's text isn't there."""
    return Text(
        en=f"{path} is no folder: name the folder that holds the origin's text with --beside.",
        ko=f"폴더가 아님: {path}. 출처 원문이 있는 폴더를 --beside 옵션으로 지정하세요.",
    )


def unknown_maker(name: str) -> Text:
    """A reference names who developed it."""
    return Text(
        en=f"{name}: its owner is none of the known developers. Name the developer and the country with "
        "--developer and --country.",
        ko=f"{name}: 알려진 개발사의 저장소가 아님. --developer, --country 옵션으로 개발사와 국가를 지정하세요.",
    )


def no_weights(path: Path) -> Text:
    """Nothing there can be fingerprinted."""
    return Text(
        en=f"{path} has no file of weights in safetensors, PyTorch's formats, GGUF or ONNX: name a downloaded "
        "snapshot or one file of it.",
        ko=f"safetensors, PyTorch, GGUF, ONNX 가중치 파일 없음: {path}. 내려받은 모델 폴더나 파일을 지정하세요.",
    )


def nothing_tells(path: Path) -> Text:
    """No tensor there could prove a copy."""
    return Text(
        en=f"{path}: no tensor tells anything: all are small, constant or tables. Name the whole model's weights.",
        ko=f"{path}: 모두 작거나 일정하거나 공식으로 정해진 텐서. 모델 전체 가중치를 지정하세요.",
    )


def fingerprinted(path: Path, kept: int, tensors: int) -> Text:
    """What was written."""
    return Text(
        en=f"Wrote {path}: {kept:,} of {tensors:,} tensors; the others are small, constant or tables.",
        ko=f"저장함: {path}. 텐서 {tensors:,}개 중 {kept:,}개(나머지는 작거나 일정하거나 공식으로 정해진 표).",
    )


def unknown_license(name: str, near: Sequence[str]) -> Text:
    """No license has that id or name; `near` are ids of those that are called alike."""
    alike = ", ".join(near)
    return Text(
        en=f"There is no license {name!r} in the knowledge base. "
        + (f"Did you mean: {alike}? " if near else "")
        + "All are listed by `compliance licenses list`.",
        ko=f"라이선스 자료에 없는 이름: {name!r}. "
        + (f"비슷한 이름: {alike}. " if near else "")
        + "전체 목록은 `compliance licenses list` 명령으로 확인하세요.",
    )


def several_licenses(name: str, ids: Sequence[str]) -> Text:
    """Several licenses are published under that name."""
    listed = ", ".join(ids)
    return Text(
        en=f"{name!r} may be any of several licenses. Name one of: {listed}.",
        ko=f"여러 라이선스가 쓰는 이름: {name!r}. 다음 중 하나를 지정하세요: {listed}.",
    )


def wrong_term(words: str) -> Text:
    """A filter isn't written as one."""
    return Text(
        en=f"--term {words!r} names no value. Write it as --term military_use=prohibited.",
        ko=f"--term 값 오류: {words!r}. --term military_use=prohibited 형식으로 쓰세요.",
    )


def unknown_term(name: str, near: Sequence[str]) -> Text:
    """A filter asks for a term that licenses don't have."""
    alike = ", ".join(near)
    return Text(
        en=f"There is no term {name!r}. "
        + (f"Did you mean: {alike}? " if near else "")
        + "All are explained by `compliance licenses terms`.",
        ko=f"없는 조건: {name!r}. "
        + (f"비슷한 이름: {alike}. " if near else "")
        + "전체 설명은 `compliance licenses terms` 명령으로 확인하세요.",
    )


def unknown_answer(term: str, value: str, answers: Sequence[str]) -> Text:
    """A filter asks for a value that the term can't have."""
    listed = ", ".join(answers)
    return Text(
        en=f"{term} is never {value!r}. Choose one of: {listed}.",
        ko=f"{term} 조건에 없는 값: {value!r}. 다음 중에서 고르세요: {listed}.",
    )


def no_match(path: Path, team: str, count: int) -> Text:
    """An earlier assessment belongs to none of the present ones, or to several."""
    return Text(
        en=f"{path}: its team is {team!r}, which {count} of the assessments name. Give one earlier assessment "
        "for a team that has exactly one now.",
        ko=f"{path}: 팀 이름 {team!r}, 같은 팀의 판정 결과 {count}건. 판정 결과가 하나인 팀마다 이전 판정 "
        "결과를 하나씩 지정하세요.",
    )


def password_missing(path: Path, variable: str) -> Text:
    """The key is encrypted and nobody can be asked."""
    return Text(
        en=f"{path} is encrypted: put its password into {variable}, or run the command on a terminal.",
        ko=f"암호화된 키: {path}. {variable} 환경 변수에 암호를 넣거나 터미널에서 실행하세요.",
    )


def wrong_moment(where: str, value: str) -> Text:
    """The time to state isn't one."""
    return Text(
        en=f"{where}: {value!r} is no date and time. Write 2026-11-23T09:00:00+09:00, or seconds in "
        "SOURCE_DATE_EPOCH.",
        ko=f"{where}: 일시 형식 오류 {value!r}. 2026-11-23T09:00:00+09:00 형식으로, SOURCE_DATE_EPOCH 변수에는 "
        "초 단위로 쓰세요.",
    )


def unsafe_name(name: str) -> Text:
    """A file couldn't be named in a statement so that it is found again on every system."""
    return Text(
        en=f"{name!r} can't be signed under this name. Rename the assessment: no colon, no backslash.",
        ko=f"이 이름으로는 서명할 수 없음: {name!r}. 콜론과 역슬래시가 없도록 판정 결과 파일 이름을 바꾸세요.",
    )


def others_in_folder(folder: Path, names: Sequence[str]) -> Text:
    """A signature wouldn't cover everything in the folder."""
    listed = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
    return Text(
        en=f"{folder} holds files that this report doesn't write, and no signature would cover them: {listed}. "
        "Name an empty folder, or remove them.",
        ko=f"보고서에 없는 파일이 폴더에 있어 서명 범위 밖에 남음({folder}): {listed}. 빈 폴더를 지정하거나 "
        "파일을 옮기세요.",
    )


def ambiguous(fault: JsonError) -> Text:
    """An assessment isn't read by everybody alike, so nobody should sign it."""
    return Text(
        en=f"This assessment can't be signed, since not every program reads it alike ({fault}). Make it again "
        "with `compliance assess --format json`.",
        ko=f"프로그램마다 다르게 읽힐 수 있어 서명할 수 없는 판정 결과({fault.placed_ko}). `compliance assess "
        "--format json` 명령으로 다시 만드세요.",
    )
