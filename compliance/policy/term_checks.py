"""Licenses and terms that conditions write out, and that there aren't."""

from collections.abc import Iterator

from compliance.model.text import Text
from compliance.policy.checks import texts
from compliance.policy.conditions import ConditionFault, Lists
from compliance.policy.functions import LICENSE_FUNCTIONS, TERM_FUNCTIONS
from compliance.policy.list_entries import answer_fault, license_fault, term_fault
from compliance.policy.syntax import Call, Literal, Node, walk


def faults(tree: Node, lists: Lists) -> Iterator[ConditionFault]:
    """Licenses and terms that there aren't, and answers that no license gives.

    Args:
        tree: a condition that passed the type check.
        lists: the policy's lists by their names in conditions; those of licenses are checked where they stand.
    """
    for node in walk(tree):
        if not isinstance(node, Call):
            continue
        if node.function in LICENSE_FUNCTIONS:
            yield from _wrong((offset, license_fault(entry)) for offset, entry in texts(node.arguments[-1], {}))
        if node.function == "settled":
            yield from _wrong((offset, term_fault(term)) for offset, term in texts(node.arguments[1], lists))
        if node.function in TERM_FUNCTIONS:
            yield from _of_term(node, lists)


def _of_term(call: Call, lists: Lists) -> Iterator[ConditionFault]:
    _, name, answers = call.arguments
    if not isinstance(name, Literal) or not isinstance(name.value, str):
        yield ConditionFault(call.offset, _NOT_WRITTEN_OUT)
        return
    term = name.value
    if fault := term_fault(term):
        yield ConditionFault(name.offset, fault)
    else:
        yield from _wrong((offset, answer_fault(term, answer)) for offset, answer in texts(answers, lists))


def _wrong(found: Iterator[tuple[int, Text | None]]) -> Iterator[ConditionFault]:
    return (ConditionFault(offset, fault) for offset, fault in found if fault)


_NOT_WRITTEN_OUT = Text(
    en="write the name of the term here in quotes, such as 'military_use'",
    ko="조건 이름을 따옴표 안에 직접 쓰세요. 예: 'military_use'",
)
