"""What a condition is to the rest of the policy engine, whatever language it is written in."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from compliance.model.text import Text
from compliance.policy.cost import Cost

if TYPE_CHECKING:  # takes a protobuf library, and only who looks into a condition asks for it
    from compliance.policy.syntax import Node


class ConditionFault(msgspec.Struct, frozen=True):
    """A mistake in a condition."""

    offset: int
    """Characters before the mistake."""
    message: Text


class Unevaluated(msgspec.Struct, frozen=True):
    """A condition had no answer for a fact."""

    reason: str
    """English, as the evaluator says it."""


class LicenseQuestion(msgspec.Struct, frozen=True):
    """What a condition asks of a license expression."""

    function: str
    field: str
    """Of the fact; it holds the expression."""
    entries: tuple[str, ...]
    """Licenses that the expression is compared with; of `says` and `says_other` the answers."""
    terms: tuple[str, ...]
    """Terms that licenses are asked for."""


class Condition(Protocol):
    """A condition that was found correct."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields of the fact that the answer may depend on, sorted."""

    @property
    def license_lists(self) -> frozenset[str]:
        """The lists, as conditions write their names, that are compared with licenses."""

    @property
    def tree(self) -> "Node":
        """Its syntax."""

    @property
    def cost(self) -> Cost:
        """What an answer takes."""

    @property
    def license_questions(self) -> tuple[LicenseQuestion, ...]:
        """What it asks of licenses, in its order."""

    def holds(self, values: Sequence[object], *, leads: bool = True) -> bool | Unevaluated:
        """Whether the condition holds of a fact whose `reads` have these `values`; None stands for absent.

        Args:
            values: in the order of `reads`.
            leads: whether terms of licenses count that are known from reports alone.

        Never raises: what goes wrong is the answer `Unevaluated`.
        """


class Evaluator(Protocol):
    """Compiles conditions for one policy's lists and thresholds."""

    def compile(self, kind: str, source: str) -> Condition | tuple[ConditionFault, ...]:
        """The condition that `source` is for facts of `kind`, or every mistake found in it (at least one)."""


Lists = Mapping[str, Sequence[str]]
Thresholds = Mapping[str, int | float]
