"""Headings and labels that every format draws by itself."""

from collections.abc import Mapping

from compliance.language import Language
from compliance.model.text import Text

_WORDS: Mapping[str, Text] = {
    "question": Text(en="Question", ko="판정 항목"),
    "verdict": Text(en="Verdict", ko="판정"),
    "why": Text(en="Why", ko="사유"),
    "cure": Text(en="What would cure it", ko="해소 방법"),
    "names": Text(en="Class or function", ko="클래스 또는 함수"),
    "lines": Text(
        en="Lines of the examined file ↔ lines of the nearest known code, class or function",
        ko="검사한 파일의 행 ↔ 가장 가까운 알려진 코드의 행, 클래스 또는 함수",
    ),
    "number": Text(en="Number", ko="번호"),
    "name": Text(en="Name", ko="항목"),
    "value": Text(en="Value", ko="내용"),
    "contents": Text(en="Contents", ko="차례"),
    "more": Text(en="and {} more, in the tables below", ko="외 {}건(아래 표 참고)"),
}


def words(language: Language) -> dict[str, str]:
    """All of them in `language`, by name; `{}` stands for a number."""
    return {name: text.in_language(language) for name, text in _WORDS.items()}
