"""Conditions in CEL, Google's Common Expression Language. The one adapter of cel-expr-python.

CEL has no input or output, no loops without end and no assignment, so a policy can't do anything but judge. What
goes wrong while a condition is evaluated comes back as a value that isn't a boolean, never as an answer.
"""

import re
from collections.abc import Sequence

from cel_expr_python import cel  # type: ignore[import-untyped]  # has stubs but no py.typed

from compliance.model.text import Text
from compliance.policy import checks, functions, license_questions, syntax, term_checks
from compliance.policy.conditions import (
    Condition,
    ConditionFault,
    LicenseQuestion,
    Lists,
    Thresholds,
    Unevaluated,
)
from compliance.policy.messages import PACKAGE, Messages
from compliance.policy.suggestions import closest
from compliance.policy.vocabulary import KINDS, Kind, name_in_conditions

_ERROR = re.compile(r"^(?:[A-Z_]+: )?ERROR: <input>:(?P<line>\d+):(?P<column>\d+): (?P<what>.*)$", re.MULTILINE)
_UNDEFINED_FIELD = re.compile(
    rf"undefined field '(?P<field>[^']*)' not found in struct '{PACKAGE}\.(?P<struct>\w+)'"
)
_UNDECLARED = re.compile(r"undeclared reference to '(?P<name>[^']*)'")
_NO_OVERLOAD = re.compile(r"found no matching overload for '(?P<function>[^']*)' applied to '\((?P<types>.*)\)'")
_SYNTAX = re.compile(r"Syntax error: (?P<what>.*)")
_OPERATOR = re.compile(r"_?(?P<sign>[^\w\s]+|in)_?|@in")


class CelEvaluator:
    """Compiles CEL conditions over typed facts, for one policy's lists and thresholds."""

    def __init__(self, lists: Lists, thresholds: Thresholds) -> None:
        """Args: lists and thresholds by the names that the policy gives them."""
        self._messages = Messages(lists, thresholds)
        self._lists = {name_in_conditions(name): entries for name, entries in lists.items()}
        self._thresholds = [name_in_conditions(name) for name in thresholds]
        self._environments: dict[str, cel.Env] = {}

    def compile(self, kind: str, source: str) -> Condition | tuple[ConditionFault, ...]:
        """The condition that `source` is for facts of `kind`, or every mistake found in it (at least one)."""
        environment = self._environment(KINDS[kind])
        try:
            compiled = environment.compile(source)
            if compiled.return_type() != cel.Type.BOOL:
                return (ConditionFault(0, _not_boolean(compiled.return_type().name())),)
            tree = syntax.read(compiled.serialize())
        except syntax.TooDeepError:
            return (ConditionFault(0, _TOO_DEEP),)
        except (
            Exception
        ) as error:  # cel-expr-python raises RuntimeError, ValueError and others for one and the same
            return tuple(self._faults(str(error), source, KINDS[kind]))
        if found := (*checks.faults(tree, KINDS[kind], self._lists), *term_checks.faults(tree, self._lists)):
            return found
        asks = license_questions.read(tree, KINDS[kind], self._lists)
        return _CelCondition(compiled, tree, KINDS[kind], environment, self._messages, asks)

    def _environment(self, kind: Kind) -> cel.Env:
        if kind.name not in self._environments:
            self._environments[kind.name] = cel.NewEnv(
                descriptor_pool=self._messages.pool,
                variables={name: cel.Type(f"{PACKAGE}.{name}") for name in (kind.variable, "lists", "thresholds")},
                functions=_declarations(),
            )
        return self._environments[kind.name]

    def _faults(self, error: str, source: str, kind: Kind) -> list[ConditionFault]:
        found = [
            self._fault(int(match["column"]) - 1, match["what"].strip(), source, kind)
            for match in _ERROR.finditer(error)
            if match["line"] == "1"
        ]
        return found or [ConditionFault(0, _unclassified(error.splitlines()[0] if error else "unknown error"))]

    def _fault(self, offset: int, what: str, source: str, kind: Kind) -> ConditionFault:
        if match := _UNDEFINED_FIELD.match(what):
            return ConditionFault(offset + 1, self._undefined(match["field"], match["struct"], kind))
        if match := _UNDECLARED.match(what):
            start = source.rfind(match["name"], 0, offset + len(match["name"]))  # CEL points at its dot or bracket
            return ConditionFault(offset if start < 0 else start, _undeclared(match["name"], kind))
        if match := _NO_OVERLOAD.match(what):
            return ConditionFault(offset, _wrong_types(match["function"], match["types"]))
        if match := _SYNTAX.match(what):
            return ConditionFault(offset, _syntax_error(match["what"]))
        return ConditionFault(offset, _unclassified(what))

    def _undefined(self, name: str, struct: str, kind: Kind) -> Text:
        if struct == "lists":
            return _no_list(name, list(self._lists))
        if struct == "thresholds":
            return _no_threshold(name, self._thresholds)
        return _no_field(name, kind)


class _CelCondition:
    """A compiled CEL condition."""

    def __init__(
        self,
        compiled: cel.Expression,
        tree: syntax.Node,
        kind: Kind,
        environment: cel.Env,
        messages: Messages,
        asks: tuple[LicenseQuestion, ...],
    ) -> None:
        self.license_questions = asks
        self.reads = checks.reads(tree, kind)
        self.license_lists = checks.license_lists(tree)
        self._compiled = compiled
        self._kind = kind
        self._environment = environment
        self._messages = messages

    def holds(self, values: Sequence[object], *, leads: bool = True) -> bool | Unevaluated:
        """Whether the condition holds of a fact whose `reads` have these `values`; None stands for absent."""
        with functions.leads(count=leads):
            return self._holds(values)

    def _holds(self, values: Sequence[object]) -> bool | Unevaluated:
        try:
            message = self._messages.message(self._kind.name, dict(zip(self.reads, values, strict=True)))
            activation = self._environment.Activation(
                {
                    self._kind.variable: message,
                    "lists": self._messages.lists,
                    "thresholds": self._messages.thresholds,
                }
            )
            answer = self._compiled.eval(activation)
            if answer.type() == cel.Type.BOOL:
                return bool(answer.value())
            return Unevaluated(str(answer.value()))
        except Exception as error:  # whatever it is, there was no answer
            return Unevaluated(f"{type(error).__name__}: {error}")


def _declarations() -> list[cel.FunctionDecl]:
    types = {functions.TEXT: cel.Type.STRING, functions.TEXTS: cel.Type.List(cel.Type.STRING)}
    return [
        cel.FunctionDecl(
            name,
            [
                cel.Overload(
                    "_".join((name, *shapes)),
                    cel.Type.BOOL,
                    [types[shape] for shape in shapes],
                    is_member=False,
                    impl=function,
                )
            ],
        )
        for name, (function, shapes) in functions.FUNCTIONS.items()
    ]


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


def _not_boolean(type_: str) -> Text:
    return Text(
        en=f"the condition gives {type_}, not true or false; make it a comparison",
        ko=f"조건식의 값이 참·거짓 아님: {type_}. 비교식으로 고치세요",
    )


def _unclassified(what: str) -> Text:
    return Text(
        en=f"the condition can't be compiled: {what}; correct it",
        ko=f"조건식 컴파일 불가: {what}. 조건식을 고치세요",
    )


_TOO_DEEP = Text(
    en="the condition nests too deeply; split it into several rules", ko="조건식 중첩이 너무 깊음: 규칙을 나누세요"
)
