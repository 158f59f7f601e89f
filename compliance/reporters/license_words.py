"""What the evidence of a license file says: how its text differs from a known one, and which terms were read."""

from collections.abc import Mapping

from compliance.language import Language
from compliance.licenses.terms import definition_of
from compliance.model.evidence import TERM_READ
from compliance.model.text import Text

ALTERED = Text(en="with altered clauses", ko="변경된 조항 있음")
_READ = Text(en="read by pattern, for review", ko="자동 추출, 검토 필요")
_FIELDS: Mapping[str, Text] = {
    "told-apart-by": Text(en="told apart from near-copies by", ko="유사한 라이선스와 구별되는 문구"),
    "clause-added": Text(en="clause added", ko="추가된 조항"),
    "clause-removed": Text(en="clause removed", ko="삭제된 조항"),
    "clause-changed": Text(en="clause changed", ko="변경된 조항"),
    "clause": Text(en="changed clauses", ko="변경된 조항"),
}


def field(name: str, language: Language) -> str | None:
    """How reports call the evidence field `name`; None where it is of no license file."""
    if name in _FIELDS:
        return _FIELDS[name].in_language(language)
    definition = definition_of(name.removeprefix(TERM_READ)) if name.startswith(TERM_READ) else None
    return f"{definition.label.in_language(language)} ({_READ.in_language(language)})" if definition else None
