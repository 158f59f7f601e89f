"""A correct policy as bytes, from which it is made again without YAML, and with no check.

A condition is compiled when it is first asked: what the same policy answered of the same values is remembered, so
that most rules of a repository which hardly changed are never asked.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from compliance.policy.conditions import Condition, LicenseQuestion, Lists, Thresholds, Unevaluated
from compliance.policy.cost import Cost
from compliance.policy.policy import Policy, Rule

if TYPE_CHECKING:
    from compliance.policy.cel import CelEvaluation, CelEvaluator
    from compliance.policy.syntax import Node


class _Condition(msgspec.Struct, frozen=True, array_like=True):
    """What is asked of a condition before its answer."""

    reads: tuple[str, ...]
    cost: Cost


def _fields_of(cls: type[msgspec.Struct], **others: Any) -> list[tuple[str, Any]]:
    """Names and types of the fields of `cls`: those in `others` are of another type, or with None left out."""
    types = {one.name: one.type for one in msgspec.structs.fields(cls)} | others
    return [(name, kind) for name, kind in types.items() if kind is not None]


_Rule = msgspec.defstruct("_Rule", _fields_of(Rule, condition=_Condition), frozen=True, array_like=True)
_Policy = msgspec.defstruct(
    "_Policy",
    _fields_of(Policy, rules=tuple[_Rule, ...], read=None),  # type: ignore[valid-type]
    frozen=True,
    array_like=True,
)
_encode = msgspec.msgpack.Encoder().encode
_policy = msgspec.msgpack.Decoder(_Policy).decode


def packed(policy: Policy) -> bytes:
    """`policy` without the compiled conditions, and without the files that it was read from."""
    return _encode(msgspec.convert(policy, _Policy, from_attributes=True))


def unpacked(content: bytes) -> Policy:
    """The policy that `packed` made `content` of.

    Raises:
        msgspec.DecodeError: it is damaged.
    """
    kept: Any = _policy(content)
    conditions = _Conditions(kept.lists, kept.thresholds)
    rules = tuple(_made(rule, conditions) for rule in kept.rules)
    return Policy(**{**msgspec.structs.asdict(kept), "rules": rules})


def _made(rule: Any, conditions: "_Conditions") -> Rule:
    condition = _KeptCondition(conditions, rule.kind, rule.when, rule.condition)
    return Rule(**{**msgspec.structs.asdict(rule), "condition": condition})


class _Conditions:
    """The conditions of one policy, with what compiles them."""

    def __init__(self, lists: Lists, thresholds: Thresholds) -> None:
        self._lists = lists
        self._thresholds = thresholds

    @cached_property
    def evaluator(self) -> "CelEvaluator":
        from compliance.policy.cel import CelEvaluator

        return CelEvaluator(self._lists, self._thresholds)


class _KeptCondition:
    """A condition that was found correct, not compiled yet."""

    def __init__(self, conditions: _Conditions, kind: str, source: str, known: _Condition) -> None:
        self.reads = known.reads
        self.cost = known.cost
        self._conditions = conditions
        self._kind = kind
        self._source = source

    @cached_property
    def _compiled(self) -> Condition:
        """Raises ValueError: it isn't correct any more, by another evaluator than the one that found it so."""
        match self._conditions.evaluator.compile(self._kind, self._source):
            case tuple(faults):
                raise ValueError(faults[0].message.en)
            case condition:
                return condition

    @property
    def license_lists(self) -> frozenset[str]:
        return self._compiled.license_lists

    @property
    def tree(self) -> "Node":
        return self._compiled.tree

    @property
    def license_questions(self) -> tuple[LicenseQuestion, ...]:
        return self._compiled.license_questions

    @cached_property
    def _evaluation(self) -> "CelEvaluation | Unevaluated":
        try:
            return self._conditions.evaluator.evaluation(self._kind, self._source, self.reads)
        except Exception as error:  # cel-expr-python has no class of its own
            return Unevaluated(f"{type(error).__name__}: {error}")

    def holds(self, values: Sequence[object], *, leads: bool = True) -> bool | Unevaluated:
        ready = self._evaluation
        return ready if isinstance(ready, Unevaluated) else ready.holds(values, leads=leads)
