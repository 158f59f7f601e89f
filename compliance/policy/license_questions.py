"""What a condition asks of license expressions, read off its tree."""

from collections.abc import Iterator

from compliance.policy.checks import texts
from compliance.policy.conditions import LicenseQuestion, Lists
from compliance.policy.functions import EXPRESSION_FUNCTIONS
from compliance.policy.syntax import Call, Name, Node, Selection, walk
from compliance.policy.vocabulary import Kind


def read(tree: Node, kind: Kind, lists: Lists) -> tuple[LicenseQuestion, ...]:
    """The questions that `tree` asks of licenses in fields of the fact.

    Args:
        tree: a condition that passed the type check.
        kind: what it is asked of.
        lists: the policy's lists by their names in conditions.
    """
    return tuple(_questions(tree, kind, lists))


def _questions(tree: Node, kind: Kind, lists: Lists) -> Iterator[LicenseQuestion]:
    for node in walk(tree):
        match node:
            case Call(function=function, arguments=(Selection(operand=Name(name=of), field=field), *rest)) if (
                of == kind.variable and function in EXPRESSION_FUNCTIONS
            ):
                given = [tuple(text for _, text in texts(one, lists)) for one in rest]
                yield LicenseQuestion(
                    function, field, given[-1] if given else (), given[0] if len(given) > 1 else ()
                )
