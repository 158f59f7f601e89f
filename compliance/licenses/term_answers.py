"""What single licenses answer to a term, and which answers there may be."""

import re
from collections.abc import Callable
from functools import lru_cache

from compliance.licenses.catalog import UNSPECIFIED, WeightLicense, licenses_by_spdx
from compliance.licenses.control_terms import UNFILLED
from compliance.licenses.spdx import License
from compliance.licenses.term_definition import SILENT, UNKNOWN, Kind
from compliance.licenses.terms import definition_of
from compliance.licenses.use_terms import GATE_EFFECTS, SCALE_METRICS

ANY = "*"
"""Stands for every answer that names something."""

_NOTHING = frozenset({SILENT, UNKNOWN, UNFILLED, "none", "n/a"})
_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z]{2})?")
_CODES = frozenset({Kind.CODE, Kind.TERRITORIES, Kind.NATIONAL_INTERESTS, Kind.FORUM})


def surely_answers(leaf: License, term: str, wanted: Callable[[str], bool], *, leads: bool = True) -> bool:
    """Whether the license is known to give `term` an answer that `wanted` holds of.

    ScanCode has one key for several texts: all that the identifier may stand for must agree.

    Args:
        leaf: one license; an exception takes no restriction away.
        term: name of a term.
        wanted: asked of each answer.
        leads: whether licenses count whose terms are known from reports alone.

    Raises:
        KeyError: there is no such term.
    """
    found = _answers(leaf.id, term)
    return bool(found) and all(
        (leads or not license_.is_lead) and any(map(wanted, answers)) for license_, answers in found
    )


def is_settled(leaf: License, term: str) -> bool:
    """Whether it was read what the license says on `term`, be it nothing.

    Reports by others settle nothing. Nor is a license with an exception settled: nobody has read what it changes.

    Raises:
        KeyError: there is no such term.
    """
    found = _answers(leaf.id, term)
    if not found or leaf.exception is not None or any(license_.is_lead for license_, _ in found):
        return False
    first = found[0][1]
    return UNKNOWN not in first and all(answers == first for _, answers in found)


def names_something(answer: str) -> bool:
    """Whether `answer` is more than silence, `unknown` or `none`."""
    return answer not in _NOTHING


def fits(answer: str, pattern: str) -> bool:
    """Whether `answer` is `pattern`, begins as it does before its `*`, or names something where that is all."""
    if pattern == ANY:
        return names_something(answer)
    return answer.startswith(pattern[:-1]) if pattern.endswith(ANY) else answer == pattern


def answers_of(term: str) -> tuple[str, ...]:
    """The words that a license may answer `term` with, beside codes of countries; none where any words may be.

    Raises:
        KeyError: there is no such term.
    """
    definition = definition_of(term)
    if definition is None:
        raise KeyError(term)
    match definition.kind:
        case Kind.WORDS:
            return ()
        case Kind.SCALE_GATES:
            return (*SCALE_METRICS, *GATE_EFFECTS, *definition.answers)
        case Kind.TERRITORIES | Kind.NATIONAL_INTERESTS:
            return ("EU", UNSPECIFIED, *definition.answers)
        case _:
            return definition.answers


def may_be_answered(term: str, pattern: str) -> bool:
    """Whether a license may answer `term` with something that fits `pattern`.

    Raises:
        KeyError: there is no such term.
    """
    known = answers_of(term)
    if not known or pattern == ANY:
        return True
    definition = definition_of(term)
    code = _CODE.fullmatch(pattern.removesuffix(ANY)) is not None
    return any(fits(one, pattern) for one in known) or (
        code and definition is not None and definition.kind in _CODES
    )


@lru_cache(maxsize=4_096)
def _answers(identifier: str, term: str) -> tuple[tuple[WeightLicense, tuple[str, ...]], ...]:
    if definition_of(term) is None:
        raise KeyError(term)
    return tuple((one, one.answers(term)) for one in licenses_by_spdx(identifier))
