"""`compliance policy words`: every word that a policy may use, and what it means."""

import json
from typing import TYPE_CHECKING, Any

from compliance.cli import options
from compliance.cli.laid_out_lines import Lines
from compliance.cli.licenses import Format, FormatOption
from compliance.cli.output import terminal_width, write_text
from compliance.cli.wording import say
from compliance.model.text import Text

if TYPE_CHECKING:
    from compliance.policy.vocabulary import Field

_WIDTH = 38
"""Columns of a word."""
_FUNCTION_WIDTH = 54
"""Columns of a function with its arguments."""


def words(format_: FormatOption = Format.CONSOLE, language: options.Language = options.LANGUAGE) -> None:
    """Print kinds of facts with their fields, functions, and terms of licenses with their answers."""
    if format_ is Format.JSON:
        write_text(json.dumps(_as_json(), indent=2, ensure_ascii=False) + "\n")
    else:
        said = Lines(language.value, terminal_width())
        _say_fields(said)
        _say_functions(said)
        _say_terms(said)
        write_text(said.text())


words.__doc__ = say(
    "Print every word of policies: kinds of facts and their fields, functions, and terms of licenses.",
    "정책에서 쓰는 모든 말 출력: 사실의 종류와 필드, 함수, 라이선스 조건.",
)


def _say_fields(said: Lines) -> None:
    from compliance.policy.vocabulary import KINDS
    from compliance.policy.words import KIND_WORDS, field_words

    for kind in KINDS.values():
        said.flow(f"for: {kind.name} – {KIND_WORDS[kind.name].in_language(said.language)}")
        for field in kind.fields.values():
            meaning = field_words(kind.name, field.name).in_language(said.language)
            form = _form(field).in_language(said.language)
            said.row(_same(f"{kind.variable}.{field.name}"), f"{meaning} [{form}]", _WIDTH)
        said.line("")


def _say_functions(said: Lines) -> None:
    from compliance.policy.words import FUNCTION_WORDS

    said.line(_FUNCTIONS.in_language(said.language))
    for one in FUNCTION_WORDS.values():
        said.row(_same(one.written), one.meaning, _FUNCTION_WIDTH)
    said.line("")


def _say_terms(said: Lines) -> None:
    from compliance.licenses.term_answers import answers_of
    from compliance.licenses.terms import TERMS

    said.flow(_TERMS.in_language(said.language))
    for definition in TERMS:
        answers = ", ".join(answers_of(definition.name)) or _ANY_WORDS.in_language(said.language)
        said.row(
            _same(definition.name), f"{definition.explanation.in_language(said.language)} [{answers}]", _WIDTH
        )


def _as_json() -> dict[str, Any]:
    from compliance.licenses.term_answers import answers_of
    from compliance.licenses.terms import TERMS
    from compliance.policy.vocabulary import KINDS
    from compliance.policy.words import FUNCTION_WORDS, KIND_WORDS, field_words

    return {
        "kinds": [
            {
                "for": kind.name,
                "variable": kind.variable,
                "meaning": _both(KIND_WORDS[kind.name]),
                "fields": [
                    {**_shape(field), "meaning": _both(field_words(kind.name, field.name))}
                    for field in kind.fields.values()
                ],
            }
            for kind in KINDS.values()
        ],
        "functions": [{"written": one.written, "meaning": _both(one.meaning)} for one in FUNCTION_WORDS.values()],
        "terms": [
            {
                "name": definition.name,
                "meaning": _both(definition.explanation),
                "answers": list(answers_of(definition.name)),
            }
            for definition in TERMS
        ],
    }


def _shape(field: "Field") -> dict[str, Any]:
    return {"name": field.name, "shape": field.shape, "optional": field.optional, "values": list(field.values)}


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "ko": text.ko}


def _form(field: "Field") -> Text:
    shape = _SHAPES[field.shape]
    if field.values:
        shape = _same(", ".join(field.values))
    elif field.shape == "number":
        least, most = field.range
        shape = _same(f"{least:g}–{most:g}")
    if field.optional:
        return Text(en=f"{shape.en}; may be absent", ko=f"{shape.ko}. 없을 수 있음")
    return shape


def _same(words_: str) -> Text:
    return Text(en=words_, ko=words_)


_SHAPES = {
    "text": Text(en="text", ko="문자열"),
    "texts": Text(en="list of texts", ko="문자열 목록"),
    "integer": Text(en="whole number", ko="정수"),
    "number": Text(en="number", ko="소수"),
    "flag": Text(en="true or false", ko="참·거짓"),
}
_FUNCTIONS = Text(en="Functions and operators", ko="함수와 연산자")
_TERMS = Text(
    en="Terms of licenses, for says, says_other, settled and entries such as military_use=prohibited",
    ko="라이선스 조건. says, says_other, settled 함수와 military_use=prohibited 같은 항목에 씀",
)
_ANY_WORDS = Text(en="any words", ko="임의의 문구")
