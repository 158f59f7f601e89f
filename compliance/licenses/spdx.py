"""SPDX license expressions as trees. The one adapter of license-expression for SPDX."""

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Any, Literal

import msgspec
from license_expression import AND, OR, LicenseSymbol, LicenseWithExceptionSymbol, Licensing, get_spdx_licensing

MAX_CHARACTERS = 20_000
MAX_NESTING = 100
"""No honest expression is longer or deeper; what is counts as unparsable."""

_UNKNOWN = {"unknown": "NOASSERTION", "noassertion": "NOASSERTION", "none": "NONE"}
_UNKNOWN_PREFIXES = (
    "licenseref-scancode-unknown",
    "licenseref-scancode-free-unknown",
    "licenseref-unknown",
    "licenseref-noassertion",
)
_IDENTIFIER = re.compile(r"(?:DocumentRef-[\w.+-]+:)?[\w.+-]+", re.ASCII)
_NOT_IN_REFERENCE = re.compile(r"[^A-Za-z0-9.-]")
_REFERENCES = ("licenseref-", "documentref-")


class License(msgspec.Struct, frozen=True):
    """One license, with its exception where it has one.

    ScanCode also reports an exception by itself, where it stands apart from its license: that is then the `id`.
    """

    id: str
    """SPDX identifier in SPDX's own case, or `LicenseRef-…`."""
    exception: str | None = None

    def __str__(self) -> str:
        """As SPDX writes it."""
        return f"{self.id} WITH {self.exception}" if self.exception else self.id


class Every(msgspec.Struct, frozen=True):
    """All parts apply (AND)."""

    parts: "tuple[Expression, ...]"

    def __str__(self) -> str:
        """As SPDX writes it, with brackets around choices."""
        return " AND ".join(f"({part})" if isinstance(part, Choice) else str(part) for part in self.parts)


class Choice(msgspec.Struct, frozen=True):
    """One part is to be chosen (OR)."""

    parts: "tuple[Expression, ...]"

    def __str__(self) -> str:
        """As SPDX writes it, with brackets around AND, which binds tighter anyway."""
        return " OR ".join(f"({part})" if isinstance(part, Every) else str(part) for part in self.parts)


Expression = License | Every | Choice


@lru_cache(maxsize=65_536)
def parse(expression: str | None) -> Expression | None:
    """The tree of `expression`; None where it is empty or not an SPDX expression.

    Known identifiers take SPDX's case and current name (`gpl-2.0+` reads as `GPL-2.0-or-later`); a bare name
    that SPDX doesn't know, such as the knowledge base's `llama-3.1`, becomes a `LicenseRef-`, as SPDX demands.
    """
    if not expression or len(expression) > MAX_CHARACTERS or _nesting(expression) > MAX_NESTING:
        return None
    try:
        parsed = _licensing().parse(expression)
    except Exception:
        # Beside its own errors, license-expression 30.4 raises IndexError for "()" and AttributeError for others.
        return None
    return None if parsed is None else _tree(parsed)


def join(expressions: Iterable[str], operator: Literal["AND", "OR"]) -> str:
    """SPDX `expressions` joined by `operator`, each different one once, with brackets where needed.

    Raises:
        ValueError: there is none, or one of them isn't an SPDX expression.
    """
    trees = [parse(one) for one in expressions]
    parts = tuple(dict.fromkeys(tree for tree in trees if tree is not None))
    if None in trees or not parts:
        raise ValueError("not SPDX expressions")
    if len(parts) == 1:
        return str(parts[0])
    return str(Every(parts) if operator == "AND" else Choice(parts))


def reference(name: str) -> str:
    """The SPDX reference for the license `name`, which SPDX doesn't list. SPDX allows no `+` there: `openrail++-m`
    becomes `LicenseRef-openrailplusplus-m`."""
    return "LicenseRef-" + _NOT_IN_REFERENCE.sub("-", name.replace("+", "plus"))


def is_unknown(leaf: str) -> bool:
    """Whether `leaf`, as `leaves` gives it, names no license: NOASSERTION, NONE or one of ScanCode's unknowns."""
    return any(part in _UNKNOWN or part.startswith(_UNKNOWN_PREFIXES) for part in leaf.casefold().split(" with "))


def is_listed_by_spdx(identifier: str) -> bool:
    """Whether `identifier` (in any case) is a license or exception that license-expression knows."""
    return identifier.casefold() in _known()


def known_identifiers() -> Collection[str]:
    """Every license and exception that license-expression knows, as SPDX spells it."""
    return _known().values()


@cache
def _licensing() -> Licensing:
    return get_spdx_licensing()


@cache
def _known() -> dict[str, str]:
    return {key.casefold(): key for key in _licensing().known_symbols}


def _nesting(expression: str) -> int:
    depth = deepest = 0
    for character in expression:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


def _tree(node: Any) -> Expression | None:
    match node:
        case LicenseWithExceptionSymbol():
            return _with_exception(node)
        case LicenseSymbol():
            return _license(node)
        case AND() | OR():
            parts = [_tree(part) for part in node.args]
            known = tuple(part for part in parts if part is not None)
            if len(known) != len(parts):
                return None
            return Every(known) if isinstance(node, AND) else Choice(known)
        case _:
            return None


def _license(symbol: LicenseSymbol) -> License | None:
    name = _name(symbol)
    return None if name is None else License(name)


def _with_exception(symbol: LicenseWithExceptionSymbol) -> License | None:
    base, exception = _license(symbol.license_symbol), _name(symbol.exception_symbol)
    if base is None or exception is None or symbol.license_symbol.is_exception:
        return None
    known = is_listed_by_spdx(exception)
    return License(base.id, exception) if symbol.exception_symbol.is_exception or not known else None


def _name(symbol: LicenseSymbol) -> str | None:
    key = str(symbol.key)
    if not _IDENTIFIER.fullmatch(key):
        return None
    lowered = key.casefold()
    if lowered in _UNKNOWN:
        return _UNKNOWN[lowered]
    if lowered.startswith(_REFERENCES):
        return key
    base = _known().get(lowered.removesuffix("+"))
    if base is None:
        return reference(key)
    return f"{base}+" if lowered.endswith("+") and not base.endswith("+") else base
