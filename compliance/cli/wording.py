"""Sentences of the command line itself, in the language that the call asks for."""

import sys

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
SAME_NAMES = Text(
    en="Two inventories have the same file name, so their reports would overwrite each other. Rename one.",
    ko="조사 목록 파일 이름이 같아 보고서가 서로 덮어씀. 파일 하나의 이름을 바꾸세요.",
)
SEE_HELP = Text(
    en="See `compliance --help` and `compliance COMMAND --help` for what a call may say.",
    ko="호출 방법은 `compliance --help` 및 `compliance 명령 --help` 도움말을 보세요.",
)
POLICY_CLEAN = Text(en="no faults", ko="오류 없음")
ERROR = Text(en="error", ko="오류")


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
