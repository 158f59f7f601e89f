"""What licenses demand of whoever passes their code on, as a table that was read from their texts."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

import msgspec

from compliance.licenses.spdx import Choice, Every, Expression, License, parse

_DATA = resources.files("compliance.licenses").joinpath("data/notice_duties.json").read_bytes()

DATA_VERSION = hashlib.sha256(_DATA).hexdigest()[:12]
"""Of the table's bytes."""

Duty = Literal["holders", "license_text", "license_notice", "changes"]
"""Keep copyright notices; pass a copy of the license along; keep the notices in files that refer to it; say that
files were modified."""


class _Row(msgspec.Struct, frozen=True):
    license: str
    demands: tuple[Duty, ...]


class _Table(msgspec.Struct, frozen=True):
    comment: str
    duties: tuple[_Row, ...]


@lru_cache(maxsize=4_096)
def duties_of(identifier: str) -> frozenset[Duty] | None:
    """What the license `identifier` (SPDX, without an exception) demands; None where its text wasn't read."""
    name = identifier.casefold()
    if name in _exact():
        return _exact()[name]
    fitting = [prefix for prefix in _prefixes() if name.startswith(prefix)]
    return _prefixes()[max(fitting, key=len)] if fitting else None


def unmet(expression: str | None, missing: Callable[[str, frozenset[Duty]], frozenset[str]]) -> frozenset[str]:
    """What is missing to comply with `expression` in the way that lacks least.

    AND needs all of its parts, OR leaves a choice. A license whose text wasn't read demands nothing that is known.

    Args:
        expression: SPDX.
        missing: what of a license's duties isn't there, each under a name of the caller's.
    """
    tree = parse(expression)
    return frozenset() if tree is None else _least(tree, missing)


@lru_cache(maxsize=4_096)
def are_known(expression: str | None) -> bool:
    """Whether the duties of any license in `expression` are known."""
    tree = parse(expression)
    return tree is not None and any(duties_of(leaf.id) is not None for leaf in _leaves(tree))


def _least(tree: Expression, missing: Callable[[str, frozenset[Duty]], frozenset[str]]) -> frozenset[str]:
    match tree:
        case License(id=identifier):
            duties = duties_of(identifier)
            return frozenset() if duties is None else missing(identifier, duties)
        case Every(parts):
            return frozenset[str]().union(*(_least(part, missing) for part in parts))
        case Choice(parts):
            known = [part for part in parts if any(duties_of(leaf.id) is not None for leaf in _leaves(part))]
            return min(
                (_least(part, missing) for part in known),
                key=lambda one: (len(one), sorted(one)),
                default=frozenset(),
            )


def _leaves(tree: Expression) -> list[License]:
    match tree:
        case License():
            return [tree]
        case Every(parts) | Choice(parts):
            return [leaf for part in parts for leaf in _leaves(part)]


@cache
def _rows() -> tuple[_Row, ...]:
    return msgspec.json.decode(_DATA, type=_Table).duties


@cache
def _exact() -> Mapping[str, frozenset[Duty]]:
    return {row.license.casefold(): frozenset(row.demands) for row in _rows() if not row.license.endswith("*")}


@cache
def _prefixes() -> Mapping[str, frozenset[Duty]]:
    return {row.license[:-1].casefold(): frozenset(row.demands) for row in _rows() if row.license.endswith("*")}
