"""What CEL's compiler says of a condition, as faults with places and in both languages."""

import re
from collections.abc import Sequence

from compliance.model.text import Text
from compliance.policy import functions
from compliance.policy.conditions import ConditionFault
from compliance.policy.constants import Constants
from compliance.policy.messages import PACKAGE
from compliance.policy.suggestions import closest
from compliance.policy.vocabulary import Kind

_ERROR = re.compile(r"^(?:[A-Z_]+: )?ERROR: <input>:(?P<line>\d+):(?P<column>\d+): (?P<what>.*)$", re.MULTILINE)
_UNDEFINED_FIELD = re.compile(
    rf"undefined field '(?P<field>[^']*)' not found in struct '{PACKAGE}\.(?P<struct>\w+)'"
)
_UNDECLARED = re.compile(r"undeclared reference to '(?P<name>[^']*)'")
_NO_OVERLOAD = re.compile(r"found no matching overload for '(?P<function>[^']*)' applied to '\((?P<types>.*)\)'")
_SYNTAX = re.compile(r"Syntax error: (?P<what>.*)")
_OPERATOR = re.compile(r"_?(?P<sign>[^\w\s]+|in)_?|@in")


def read(error: str, source: str, kind: Kind, constants: Constants) -> list[ConditionFault]:
    """Every fault that the compiler's `error` tells of (at least one).

    Args:
        error: its message.
        source: the condition.
        kind: what it is asked of.
        constants: the policy's lists and thresholds, for hints at names.
    """
    found = [
        _fault(int(match["column"]) - 1, match["what"].strip(), source, kind, constants)
        for match in _ERROR.finditer(error)
        if match["line"] == "1"
    ]
    if found:
        return found
    what = TOO_DEEP if "recursion" in error else _unclassified(error.partition("\n")[0] or "unknown error")
    return [ConditionFault(0, what)]


def _fault(offset: int, what: str, source: str, kind: Kind, constants: Constants) -> ConditionFault:
    if match := _UNDEFINED_FIELD.match(what):
        return ConditionFault(offset + 1, _undefined(match["field"], match["struct"], kind, constants))
    if match := _UNDECLARED.match(what):
        start = source.rfind(match["name"], 0, offset + len(match["name"]))  # CEL points at its dot or bracket
        return ConditionFault(offset if start < 0 else start, _undeclared(match["name"], kind))
    if match := _NO_OVERLOAD.match(what):
        return ConditionFault(offset, _wrong_types(match["function"], match["types"]))
    if match := _SYNTAX.match(what):
        return ConditionFault(offset, _syntax_error(match["what"]))
    return ConditionFault(offset, _unclassified(what))


def _undefined(name: str, struct: str, kind: Kind, constants: Constants) -> Text:
    if struct == "lists":
        return _no_list(name, list(constants.lists))
    if struct == "thresholds":
        return _no_threshold(name, list(constants.thresholds))
    return _no_field(name, kind)


def _no_field(name: str, kind: Kind) -> Text:
    hint = closest(name, kind.fields)
    choice = ", ".join(sorted(kind.fields))
    return Text(
        en=f"{kind.variable} has no field {name!r}; it has {choice}{hint.en}",
        ko=f"{kind.variable} 항목에 없는 필드: {name!r}. 있는 필드: {choice}{hint.ko}",
    )


def _no_list(name: str, names: Sequence[str]) -> Text:
    hint = closest(name, names)
    return Text(
        en=f"the policy has no list {name!r}; add it under lists (hyphens are written _ here){hint.en}",
        ko=f"정책에 없는 목록: {name!r}. lists 항목에 추가하세요(조건식에서 하이픈은 _){hint.ko}",
    )


def _no_threshold(name: str, names: Sequence[str]) -> Text:
    hint = closest(name, names)
    return Text(
        en=f"the policy has no threshold {name!r}; add it under thresholds (hyphens are written _ here){hint.en}",
        ko=f"정책에 없는 기준값: {name!r}. thresholds 항목에 추가하세요(조건식에서 하이픈은 _){hint.ko}",
    )


def _undeclared(name: str, kind: Kind) -> Text:
    words = [kind.variable, "lists", "thresholds", *functions.FUNCTIONS]
    hint = closest(name.split(".")[0], words)
    choice = ", ".join(words)
    return Text(
        en=f"the name {name!r} means nothing in a rule for {kind.name}; the names are {choice}{hint.en}",
        ko=f"{kind.name} 규칙에 없는 이름: {name!r}. 있는 이름: {choice}{hint.ko}",
    )


def _wrong_types(function: str, types: str) -> Text:
    sign = _OPERATOR.fullmatch(function)
    name = (sign["sign"] or "in") if sign else function
    return Text(
        en=f"{name} can't be applied to ({types}); compare like with like (80.0 is a double, 80 an int)",
        ko=f"{name} 연산의 형식 불일치: ({types}). 같은 형식끼리 비교하세요(80.0은 double, 80은 int)",
    )


def _syntax_error(what: str) -> Text:
    return Text(
        en=f"not a CEL expression: {what}; correct the condition here",
        ko=f"CEL 문법 오류: {what}. 이 위치의 조건식을 고치세요",
    )


def not_boolean(type_: str) -> Text:
    """The condition gives a value of CEL's type `type_`."""
    return Text(
        en=f"the condition gives {type_}, not true or false; make it a comparison",
        ko=f"조건식의 값이 참·거짓 아님: {type_}. 비교식으로 고치세요",
    )


def _unclassified(what: str) -> Text:
    return Text(
        en=f"the condition can't be compiled: {what}; correct it",
        ko=f"조건식 컴파일 불가: {what}. 조건식을 고치세요",
    )


TOO_DEEP = Text(
    en="the condition nests too deeply; split it into several rules", ko="조건식 중첩이 너무 깊음: 규칙을 나누세요"
)
