"""Expressions in ScanCode's license keys: combined as ScanCode combines them, and translated to SPDX.

ScanCode's keys are finer than SPDX identifiers, so what spans several matches is computed on keys and translated
last. The translation comes from the matches themselves, each of which carries both forms: no license index needed.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from license_expression import Licensing, combine_expressions

from compliance.model.evidence import LicenseMatch

_licensing = Licensing()
_SYMBOL = re.compile(r"[^\s()]+")
SURE = 80.0
"""0–100: score from which a text is taken for what ScanCode says."""
_NAMELESS = (
    "unknown",
    "proprietary-license",
    "commercial-license",
    "other-",
    "free-unknown",
    "generic-",
    "warranty-",
)
"""What keys for a mere kind of license begin with."""
_OPERATORS = frozenset({"AND", "OR", "WITH"})


def combine(expressions: Iterable[str]) -> str:
    """`expressions` joined by AND, each different one once, in their order."""
    return str(combine_expressions(list(expressions), "AND", True, _licensing))


@lru_cache(maxsize=4_096)
def keys(expression: str) -> frozenset[str]:
    """The license and exception keys in `expression`."""
    return frozenset(_licensing.license_keys(expression))


def names_surely(expression: str, score: float | None) -> bool:
    """Whether ScanCode names licenses by `expression`, with a score from which they are taken for the text's."""
    return (score or 0.0) >= SURE and not is_nameless(expression)


def is_nameless(expression: str) -> bool:
    """Whether ScanCode only says of which kind the licenses are, and names none."""
    return all(key.startswith(_NAMELESS) for key in keys(expression))


def to_spdx(expression: str, matches: Iterable[LicenseMatch]) -> str:
    """`expression` in SPDX identifiers, as the `matches` that it is made of spell them.

    Raises:
        KeyError: a key occurs in none of the matches.
    """
    names: dict[str, str] = {}
    for match in matches:
        names.update(zip(_symbols(match.key_expression), _symbols(match.expression), strict=True))
    return _SYMBOL.sub(lambda found: found[0] if found[0] in _OPERATORS else names[found[0]], expression)


def _symbols(expression: str) -> list[str]:
    return [word for word in _SYMBOL.findall(expression) if word.upper() not in _OPERATORS]
