"""What every word of a policy means, in both languages: kinds of facts, their fields, functions.

The one place where these texts stand: the schema, `compliance policy words` and the guide are made from them or
tested against them.
"""

from collections.abc import Mapping

import msgspec

from compliance.model.text import Text
from compliance.policy.field_words import FIELD_WORDS, SHARED_WORDS

KIND_WORDS: Mapping[str, Text] = {
    "license": Text(
        en="A license statement about a file, a package or weights.",
        ko="파일, 패키지, 가중치에 대한 라이선스 표시.",
    ),
    "copyright": Text(en="A copyright statement.", ko="저작권 표시."),
    "dependency": Text(
        en="A package that is declared, locked, vendored, installed or linked as a submodule.",
        ko="선언, 고정, 내장, 설치되었거나 서브모듈로 연결된 패키지.",
    ),
    "model-card": Text(
        en="A field of a model card's front matter or of a model's configuration.",
        ko="모델 카드 앞부분 또는 모델 설정의 항목 하나.",
    ),
    "weights": Text(en="A part of a model, and whose it is.", ko="모델의 구성 요소와 그 출처."),
    "contradiction": Text(en="Two statements that can't both hold.", ko="함께 성립할 수 없는 두 진술."),
    "origin": Text(
        en="Code that is nearest to known code, or names its origin itself. Where nothing else is said, a "
        "field is of the nearest origin.",
        ko="알려진 코드와 가장 가깝거나 출처를 스스로 밝힌 코드. "
        "따로 적지 않은 항목은 가장 가까운 출처에 대한 것.",
    ),
    "notice": Text(
        en="What the license of an origin demands to be kept, and how much of it is here.",
        ko="출처의 라이선스가 유지하도록 요구하는 고지와 그 이행 상태.",
    ),
    "inventory": Text(en="The whole examination in numbers.", ko="조사 전체의 수치."),
}


class FunctionWords(msgspec.Struct, frozen=True):
    """How a function or operator is written, and when it holds."""

    written: str
    meaning: Text


FUNCTION_WORDS: Mapping[str, FunctionWords] = {
    "only": FunctionWords(
        "only(expression, list)",
        Text(
            en="the expression can be complied with by using listed licenses alone",
            ko="목록에 있는 라이선스만으로 라이선스 식을 충족할 수 있음",
        ),
    ),
    "without": FunctionWords(
        "without(expression, list)",
        Text(
            en="the expression can be complied with while using no listed license",
            ko="목록에 있는 라이선스를 쓰지 않고 라이선스 식을 충족할 수 있음",
        ),
    ),
    "requires": FunctionWords(
        "requires(expression, list)",
        Text(
            en="every way to comply with the expression surely uses a listed license",
            ko="라이선스 식을 충족하는 모든 방법이 목록에 있는 라이선스를 확실히 포함함",
        ),
    ),
    "known": FunctionWords(
        "known(expression)",
        Text(
            en="the expression can be complied with without relying on an unidentified license",
            ko="식별되지 않은 라이선스에 기대지 않고 라이선스 식을 충족할 수 있음",
        ),
    ),
    "says": FunctionWords(
        "says(expression, 'term', answers)",
        Text(
            en="every way to comply surely uses a license that gives the term one of the answers",
            ko="충족하는 모든 방법이 해당 조건에 그 값 중 하나로 답하는 라이선스를 확실히 포함함",
        ),
    ),
    "says_other": FunctionWords(
        "says_other(expression, 'term', answers)",
        Text(
            en="the same with an answer outside the list; silence, unknown and none are no answers",
            ko="목록에 없는 값으로 답하는 라이선스를 확실히 포함함. silent, unknown, none은 값으로 치지 않음",
        ),
    ),
    "settled": FunctionWords(
        "settled(expression, terms, list)",
        Text(
            en="the expression can be complied with by licenses that are listed, or of which it was read what "
            "they say on every term",
            ko="목록에 있거나 모든 조건의 내용이 확인된 라이선스만으로 라이선스 식을 충족할 수 있음",
        ),
    ),
    "listed": FunctionWords(
        "listed(text, list)",
        Text(
            en="the text is in the list, in any case; an entry such as LGAI-EXAONE/* stands for all that begin so",
            ko="문자열이 목록에 있음(대소문자 무시). LGAI-EXAONE/* 같은 항목은 그렇게 시작하는 모든 것을 뜻함",
        ),
    ),
    "has": FunctionWords(
        "has(fact.field)",
        Text(en="the field was stated; a list has members", ko="값이 명시되어 있음. 목록이면 원소가 있음"),
    ),
    "in": FunctionWords(
        "text in list", Text(en="the text is in the list, letter by letter", ko="문자열이 목록에 글자 그대로 있음")
    ),
    "exists": FunctionWords(
        "list.exists(x, condition)",
        Text(en="the condition holds of a member x of the list", ko="목록에 조건을 만족하는 원소 x가 있음"),
    ),
    "all": FunctionWords(
        "list.all(x, condition)",
        Text(en="the condition holds of every member x of the list", ko="목록의 모든 원소 x가 조건을 만족함"),
    ),
    "exists_one": FunctionWords(
        "list.exists_one(x, condition)",
        Text(en="the condition holds of exactly one member x", ko="조건을 만족하는 원소 x가 정확히 하나임"),
    ),
    "startsWith": FunctionWords(
        "text.startsWith('beginning')", Text(en="the text begins so", ko="문자열이 그렇게 시작함")
    ),
    "endsWith": FunctionWords("text.endsWith('end')", Text(en="the text ends so", ko="문자열이 그렇게 끝남")),
    "contains": FunctionWords("text.contains('part')", Text(en="the text has that part", ko="문자열에 포함됨")),
    "size": FunctionWords(
        "size(list)",
        Text(en="how many members a list or characters a text has", ko="목록의 원소 수 또는 문자열의 글자 수"),
    ),
    "int": FunctionWords("int(number)", Text(en="the whole number", ko="정수로 바꿈")),
    "double": FunctionWords(
        "double(number)",
        Text(en="the number as a fraction, to compare it with one", ko="소수와 비교할 수 있게 바꿈"),
    ),
    "? :": FunctionWords(
        "condition ? one : other",
        Text(en="one if the condition holds, else the other", ko="조건이 참이면 앞, 아니면 뒤"),
    ),
    "&& || !": FunctionWords("a && b, a || b, !a", Text(en="and, or, not", ko="그리고, 또는, 부정")),
    "== !=": FunctionWords("a == b, a != b", Text(en="equal, not equal", ko="같음, 다름")),
    "< <= > >=": FunctionWords(
        "a < b, a <= b, a > b, a >= b",
        Text(
            en="order of numbers of one type: 80 is whole, 80.0 a fraction",
            ko="같은 형식의 수 비교. 80은 정수, 80.0은 소수",
        ),
    ),
    "+ - * / %": FunctionWords(
        "lists.a + lists.b, a + b, a - b, a * b, a / b, a % b",
        Text(en="lists joined; numbers calculated with", ko="목록 합치기, 수 계산"),
    ),
}
"""Our own functions first, then what conditions may use of CEL."""


def field_words(kind: str, field: str) -> Text:
    """What `field` of a fact of `kind` means."""
    return FIELD_WORDS[kind].get(field) or SHARED_WORDS[field]
