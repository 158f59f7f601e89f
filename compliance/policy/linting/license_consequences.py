"""What follows from one license question for another about the same expression."""

from collections.abc import Iterable, Iterator
from itertools import permutations

import msgspec

from compliance.licenses.license_lists import license_list
from compliance.licenses.spdx import License, parse
from compliance.policy.constants import Constants
from compliance.policy.functions import EXPRESSION_FUNCTIONS
from compliance.policy.linting.formulas import Question, key_of
from compliance.policy.syntax import Call


class Consequence(msgspec.Struct, frozen=True):
    """If the question with the key `cause` holds, that with the key `effect` does, or doesn't."""

    cause: str
    effect: str
    holds: bool


class _Asked(msgspec.Struct, frozen=True):
    key: str
    function: str
    of: str
    """The key of the expression that is asked about."""
    term: str
    terms: frozenset[str]
    entries: frozenset[str]


def consequences(questions: Iterable[Question], constants: Constants) -> tuple[Consequence, ...]:
    """Everything that follows among `questions`; what isn't known to follow isn't said."""
    asked = [found for question in questions if (found := _asked(question, constants))]
    return tuple(
        consequence
        for one, other in permutations(asked, 2)
        if one.of == other.of
        for consequence in _from(one, other)
    )


def _asked(question: Question, constants: Constants) -> _Asked | None:
    node = question.node
    if not isinstance(node, Call) or node.function not in EXPRESSION_FUNCTIONS:
        return None
    values = [constants.value(argument) for argument in node.arguments[1:]]
    if None in values:
        return None
    lists = [frozenset(value) for value in values if isinstance(value, tuple)]
    return _Asked(
        key=question.key,
        function=node.function,
        of=key_of(node.arguments[0]),
        term=next((value for value in values if isinstance(value, str)), ""),
        terms=lists[0] if node.function == "settled" else frozenset(),
        entries=lists[-1] if lists else frozenset(),
    )


def _from(one: _Asked, other: _Asked) -> Iterator[Consequence]:
    if _follows(one, other):
        yield Consequence(one.key, other.key, holds=True)
    if _excludes(one, other):
        yield Consequence(one.key, other.key, holds=False)


def _follows(one: _Asked, other: _Asked) -> bool:
    """Whether `other` holds wherever `one` does."""
    fewer = one.entries <= other.entries
    match one.function, other.function:
        case ("only" | "without" | "settled", "known"):
            return True
        case ("only", "only") | ("requires", "requires") | ("only", "settled"):
            return fewer
        case ("without", "without"):
            return other.entries <= one.entries
        case ("settled", "settled"):
            return fewer and other.terms <= one.terms
        case ("says", "says"):
            return one.term == other.term and fewer
        case ("says_other", "says_other"):
            return one.term == other.term and other.entries <= one.entries
        case ("says", "requires"):
            return len(one.entries) == 1 and _as_entries(one) <= other.entries
        case ("requires", "says"):
            return one.entries <= _as_entries(other)
        case _:
            return False


def _as_entries(says: _Asked) -> frozenset[str]:
    return frozenset(f"{says.term}={answer}" for answer in says.entries)


def _excludes(one: _Asked, other: _Asked) -> bool:
    """Whether `other` never holds where `one` does."""
    match one.function, other.function:
        case ("requires", "without"):
            return one.entries <= other.entries
        case ("requires", "only"):
            return not may_share(one.entries, other.entries)
        case _:
            return False


def may_share(bans: frozenset[str], allowed: frozenset[str]) -> bool:
    """Whether a license may be covered by the list `allowed` and be hit by the list `bans`; yes where in doubt."""
    return any(_may_be_hit(entry, bans) for entry in allowed)


def _may_be_hit(entry: str, bans: frozenset[str]) -> bool:
    license_ = None if "=" in entry or entry.endswith("*") else parse(entry)
    if isinstance(license_, License):
        hits = license_list(tuple(sorted(bans))).hits
        return hits(license_) or hits(License(f"{license_.id}+", license_.exception))
    beginning = entry.removesuffix("*").casefold()
    if "=" in entry or " with " in beginning or any("=" in ban for ban in bans):
        return True
    return any(_meet(beginning, ban.casefold()) for ban in bans)


def _meet(beginning: str, ban: str) -> bool:
    if ban.endswith("*"):
        return beginning.startswith(ban[:-1]) or ban[:-1].startswith(beginning)
    return f"{ban}+".startswith(beginning)
