"""Calls of the policy's functions whose lists are the same for every fact, made ready once.

CEL would copy the members of a list anew for every call: of a list of 600 licenses, that takes thirty times as
long as the question itself. So `requires(license.expression, lists.bans)` becomes `@asked(license.expression, 7)`
before it is evaluated, and what call 7 stands for is looked up here.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from compliance.policy import checked_form
from compliance.policy.constants import Constant, Constants
from compliance.policy.functions import FUNCTIONS
from compliance.policy.syntax import Reader

ASKED = "@asked"
"""The function that stands for prepared calls. Conditions can't name it."""
ASKED_OVERLOAD = "asked_text_number"
_MOST_ANSWERS = 65_536


class PreparedCalls:
    """The prepared calls of all conditions of one policy."""

    def __init__(self, constants: Constants) -> None:
        """Args: the policy's lists and thresholds."""
        self._constants = constants
        self._numbers: dict[tuple[str, tuple[Constant, ...]], int] = {}
        self._calls: list[tuple[str, tuple[Constant, ...]]] = []

    def asking(self, *, leads: bool) -> Callable[[str, int], bool]:
        """The function that answers the call of a number for a text; `leads` as in `functions`.

        It raises what the called function raises.
        """

        @lru_cache(maxsize=_MOST_ANSWERS)
        def asked(text: str, number: int) -> bool:
            name, constants = self._calls[number]
            return FUNCTIONS[name].asking(leads=leads)(text, *constants)

        return asked

    def prepare(self, serialized: bytes) -> bytes:
        """The condition that `serialized` holds, with prepared calls in place of those that can be."""
        checked = checked_form.parsed(serialized)
        reader = Reader.of(checked)
        overloads = {entry.key: entry.value.overloads for entry in checked.references}
        for expression in _expressions(checked.expr):
            call = expression.call
            if call.function not in FUNCTIONS or len(call.args) == 1:
                continue
            values = [self._constants.value(reader.node(argument)) for argument in call.args[1:]]
            constants = tuple(value for value in values if value is not None)
            if len(constants) == len(values):
                _replace(call, self._number(call.function, constants))
                overloads[expression.id][:] = [ASKED_OVERLOAD]
        return checked_form.serialized(checked)

    def _number(self, name: str, constants: tuple[Constant, ...]) -> int:
        call = (name, constants)
        if call not in self._numbers:
            self._numbers[call] = len(self._calls)
            self._calls.append(call)
        return self._numbers[call]


def _replace(call: Any, number: int) -> None:
    """Make `call`, a function with a text and more, ask for the prepared call `number` of that text."""
    call.function = ASKED
    del call.args[2:]
    identifier = call.args[1].id
    call.args[1].Clear()
    call.args[1].id = identifier
    call.args[1].const.int64_value = number


def _expressions(expression: Any) -> Iterator[Any]:
    """`expression` and every one below it, outermost first; what is changed meanwhile is gone into as changed."""
    yield expression
    match expression.WhichOneof("kind"):
        case "select":
            parts = [expression.select.operand]
        case "call":
            parts = [expression.call.target, *expression.call.args]
        case "list":
            parts = list(expression.list.elements)
        case "comprehension":
            made = expression.comprehension
            parts = [made.iter_range, made.accu_init, made.loop_condition, made.loop_step, made.result]
        case _:
            parts = []
    for part in parts:
        yield from _expressions(part)
