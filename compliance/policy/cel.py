"""Conditions in CEL, Google's Common Expression Language. The one adapter of cel-expr-python.

CEL has no input or output, no loops without end and no assignment, so a policy can't do anything but judge. What
goes wrong while a condition is evaluated comes back as a value that isn't a boolean, never as an answer.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

import msgspec
from cel_expr_python import cel  # type: ignore[import-untyped]  # has stubs but no py.typed

from compliance.policy import (
    bounds,
    cel_faults,
    checked_form,
    checks,
    functions,
    license_questions,
    syntax,
    term_checks,
)
from compliance.policy.condition_cost import cost_of
from compliance.policy.conditions import (
    Condition,
    ConditionFault,
    LicenseQuestion,
    Lists,
    Thresholds,
    Unevaluated,
)
from compliance.policy.constants import Constants
from compliance.policy.cost import Cost
from compliance.policy.messages import PACKAGE, Messages
from compliance.policy.prepared_calls import ASKED, ASKED_OVERLOAD, PreparedCalls
from compliance.policy.vocabulary import KINDS, Kind


class CelEvaluator:
    """Compiles CEL conditions over typed facts, for one policy's lists and thresholds."""

    def __init__(self, lists: Lists, thresholds: Thresholds) -> None:
        """Args: lists and thresholds by the names that the policy gives them."""
        self._messages = Messages(lists, thresholds)
        self._constants = Constants.of(lists, thresholds)
        self._calls = PreparedCalls(self._constants)
        self._environments: dict[tuple[str, bool], cel.Env] = {}
        self._functions: dict[bool, list[cel.FunctionDecl]] = {}

    def compile(self, kind: str, source: str) -> Condition | tuple[ConditionFault, ...]:
        """The condition that `source` is for facts of `kind`, or every mistake found in it (at least one)."""
        if fault := bounds.too_long(source):
            return (fault,)
        try:
            compiled = self._environment(KINDS[kind], leads=True).compile(source)
            if compiled.return_type() != cel.Type.BOOL:
                return (ConditionFault(0, cel_faults.not_boolean(compiled.return_type().name())),)
            tree = syntax.read(compiled.serialize())
        except checked_form.TooDeepError:
            return (ConditionFault(0, cel_faults.TOO_DEEP),)
        except (
            Exception
        ) as error:  # cel-expr-python raises RuntimeError, ValueError and others for one and the same
            return tuple(cel_faults.read(str(error), source, KINDS[kind], self._constants))
        lists = self._constants.lists
        if found := tuple(bounds.faults(source, tree, self._constants)):
            return found
        every = chain(checks.faults(tree, KINDS[kind], lists), term_checks.faults(tree, lists))
        if found := tuple(islice(every, bounds.MAX_FAULTS)):
            return found
        cost = cost_of(tree, self._constants)
        asks = license_questions.read(tree, KINDS[kind], lists)
        reads = checks.reads(tree, KINDS[kind])
        holds = self._evaluation(KINDS[kind], compiled, reads).holds
        return _CelCondition(reads, checks.license_lists(tree), tree, asks, cost, holds)

    def evaluation(self, kind: str, source: str, reads: tuple[str, ...]) -> "CelEvaluation":
        """The condition that `source` is for facts of `kind`, to be asked and nothing more.

        Args:
            kind: of the facts.
            source: a condition that `compile` once found right.
            reads: what it then read.

        Raises:
            RuntimeError, ValueError and others of cel-expr-python: it isn't right any more.
        """
        return self._evaluation(KINDS[kind], self._environment(KINDS[kind], leads=True).compile(source), reads)

    def _evaluation(self, kind: Kind, compiled: cel.Expression, reads: tuple[str, ...]) -> "CelEvaluation":
        ready = partial(self._ready, kind, self._calls.prepare(compiled.serialize()))
        return CelEvaluation(kind, reads, ready, self._messages)

    def _ready(self, kind: Kind, serialized: bytes, *, leads: bool) -> "_Ready":
        """The condition that `serialized` holds, ready to be evaluated with leads or without."""
        environment = self._environment(kind, leads=leads)
        return _Ready(environment, environment.deserialize(serialized))

    def _environment(self, kind: Kind, *, leads: bool) -> cel.Env:
        if leads not in self._functions:
            self._functions[leads] = self._declarations(leads=leads)
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


class _Ready(NamedTuple):
    """A condition that can be evaluated."""

    environment: cel.Env
    expression: cel.Expression


class _CelCondition(msgspec.Struct, frozen=True, eq=False):
    """A compiled CEL condition, and what is known of it before it is asked."""

    reads: tuple[str, ...]
    license_lists: frozenset[str]
    tree: syntax.Node
    license_questions: tuple[LicenseQuestion, ...]
    cost: Cost
    holds: Callable[..., bool | Unevaluated]


class CelEvaluation:
    """A compiled CEL condition, as far as it is asked."""

    def __init__(
        self, kind: Kind, reads: tuple[str, ...], prepare: "Callable[..., _Ready]", messages: Messages
    ) -> None:
        """Args: `prepare` makes the condition ready, with `leads` or without."""
        self._kind = kind
        self._reads = reads
        self._prepare = prepare
        self._ready: dict[bool, _Ready] = {}
        self._messages = messages

    def holds(self, values: Sequence[object], *, leads: bool = True) -> bool | Unevaluated:
        """Whether the condition holds of a fact whose `reads` have these `values`; None stands for absent."""
        try:
            if leads not in self._ready:
                self._ready[leads] = self._prepare(leads=leads)
            environment, expression = self._ready[leads]
            message = self._messages.message(self._kind.name, dict(zip(self._reads, values, strict=True)))
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
