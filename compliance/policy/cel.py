"""Conditions in CEL, Google's Common Expression Language. The one adapter of cel-expr-python.

CEL has no input or output, no loops without end and no assignment, so a policy can't do anything but judge. What
goes wrong while a condition is evaluated comes back as a value that isn't a boolean, never as an answer.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cel_expr_python import cel  # type: ignore[import-untyped]  # has stubs but no py.typed

from compliance.model.text import Text
from compliance.policy import bounds, checked_form, checks, functions, syntax, term_checks
from compliance.policy.conditions import Condition, ConditionFault, Lists, Thresholds, Unevaluated
from compliance.policy.constants import Constants
from compliance.policy.cost import Cost, cost_of
from compliance.policy.messages import PACKAGE, Messages
from compliance.policy.prepared_calls import ASKED, ASKED_OVERLOAD, PreparedCalls
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
        self._constants = Constants(
            {name_in_conditions(name): tuple(entries) for name, entries in lists.items()},
            {name_in_conditions(name): value for name, value in thresholds.items()},
        )
        self._calls = PreparedCalls(self._constants)
        self._environments: dict[tuple[str, bool], cel.Env] = {}
        self._functions = {leads: self._declarations(leads=leads) for leads in (True, False)}

    def compile(self, kind: str, source: str) -> Condition | tuple[ConditionFault, ...]:
        """The condition that `source` is for facts of `kind`, or every mistake found in it (at least one)."""
        if fault := bounds.too_long(source):
            return (fault,)
        try:
            compiled = self._environment(KINDS[kind], leads=True).compile(source)
            if compiled.return_type() != cel.Type.BOOL:
                return (ConditionFault(0, _not_boolean(compiled.return_type().name())),)
            tree = syntax.read(compiled.serialize())
        except checked_form.TooDeepError:
            return (ConditionFault(0, _TOO_DEEP),)
        except (
            Exception
        ) as error:  # cel-expr-python raises RuntimeError, ValueError and others for one and the same
            return tuple(self._faults(str(error), source, KINDS[kind]))
        lists = self._constants.lists
        if found := tuple(bounds.faults(source, tree, self._constants)):
            return found
        if found := (*checks.faults(tree, KINDS[kind], lists), *term_checks.faults(tree, lists)):
            return found
        cost = cost_of(tree, self._constants)
        return _CelCondition(tree, KINDS[kind], cost, self._prepared(compiled, KINDS[kind]), self._messages)

    def _prepared(self, compiled: cel.Expression, kind: Kind) -> "Mapping[bool, _Ready]":
        """The condition, ready to be evaluated with leads and without."""
        serialized = self._calls.prepare(compiled.serialize())
        environments = {leads: self._environment(kind, leads=leads) for leads in (True, False)}
        return {leads: _Ready(one, one.deserialize(serialized)) for leads, one in environments.items()}

    def _environment(self, kind: Kind, *, leads: bool) -> cel.Env:
        if (kind.name, leads) not in self._environments:
            self._environments[kind.name, leads] = cel.NewEnv(
                descriptor_pool=self._messages.pool,
                variables={name: cel.Type(f"{PACKAGE}.{name}") for name in (kind.variable, "lists", "thresholds")},
                functions=self._functions[leads],
            )
        return self._environments[kind.name, leads]

    def _declarations(self, *, leads: bool) -> list[cel.FunctionDecl]:
        types = {functions.TEXT: cel.Type.STRING, functions.TEXTS: cel.Type.List(cel.Type.STRING)}
        declared = [
            _declaration(
                name,
                "_".join((name, *function.shapes)),
                [types[shape] for shape in function.shapes],
                function.asking(leads=leads),
            )
            for name, function in functions.FUNCTIONS.items()
        ]
        asked = self._calls.asking(leads=leads)
        return [*declared, _declaration(ASKED, ASKED_OVERLOAD, [cel.Type.STRING, cel.Type.INT], asked)]

    def _faults(self, error: str, source: str, kind: Kind) -> list[ConditionFault]:
        found = [
            self._fault(int(match["column"]) - 1, match["what"].strip(), source, kind)
            for match in _ERROR.finditer(error)
            if match["line"] == "1"
        ]
        if found:
            return found
        what = _TOO_DEEP if "recursion" in error else _unclassified(error.partition("\n")[0] or "unknown error")
        return [ConditionFault(0, what)]

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
            return _no_list(name, list(self._constants.lists))
        if struct == "thresholds":
            return _no_threshold(name, list(self._constants.thresholds))
        return _no_field(name, kind)


class _Ready(NamedTuple):
    """A condition that can be evaluated."""

    environment: cel.Env
    expression: cel.Expression


class _CelCondition:
    """A compiled CEL condition."""

    def __init__(
        self, tree: syntax.Node, kind: Kind, cost: Cost, ready: Mapping[bool, _Ready], messages: Messages
    ) -> None:
        """Args: `ready` by whether leads count."""
        self.tree = tree
        self.reads = checks.reads(tree, kind)
        self.license_lists = checks.license_lists(tree)
        self.cost = cost
        self._kind = kind
        self._ready = ready
        self._messages = messages

    def holds(self, values: Sequence[object], *, leads: bool = True) -> bool | Unevaluated:
        """Whether the condition holds of a fact whose `reads` have these `values`; None stands for absent."""
        environment, expression = self._ready[leads]
        try:
            message = self._messages.message(self._kind.name, dict(zip(self.reads, values, strict=True)))
            activation = environment.Activation(
                {
                    self._kind.variable: message,
                    "lists": self._messages.lists,
                    "thresholds": self._messages.thresholds,
                }
            )
            answer = expression.eval(activation)
            if answer.type() == cel.Type.BOOL:
                return bool(answer.value())
            return Unevaluated(str(answer.value()))
        except Exception as error:  # whatever it is, there was no answer
            return Unevaluated(f"{type(error).__name__}: {error}")


def _declaration(
    name: str, overload: str, parameters: list[cel.Type], ask: Callable[..., bool]
) -> cel.FunctionDecl:
    return cel.FunctionDecl(name, [cel.Overload(overload, cel.Type.BOOL, parameters, is_member=False, impl=ask)])


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
