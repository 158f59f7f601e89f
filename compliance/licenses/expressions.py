"""The questions that may be asked of SPDX license expressions.

AND needs all of its parts, OR leaves a choice, `A WITH B` is one license. A statement that says nothing certain
(empty, unparsable, NOASSERTION, "unknown …") satisfies nothing.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from compliance.licenses.spdx import Choice, Every, Expression, License, is_unknown, parse


def leaves(expression: str | None) -> tuple[str, ...]:
    """The different licenses in `expression`, in their order; `A WITH B` is one. Empty where unparsable."""
    tree = parse(expression)
    return () if tree is None else tuple(dict.fromkeys(str(leaf) for leaf in _licenses(tree)))


def satisfies(expression: str | None, acceptable: Callable[[str], bool]) -> bool:
    """Whether `expression` can be complied with by using acceptable licenses alone.

    Args:
        expression: SPDX; None, unparsable and unknown licenses satisfy nothing.
        acceptable: asked of each license, such as `MIT` or `GPL-2.0-only WITH Classpath-exception-2.0`.
    """
    tree = parse(expression)
    return tree is not None and _holds(tree, lambda leaf: not is_unknown(str(leaf)) and acceptable(str(leaf)))


def is_known(expression: str | None) -> bool:
    """Whether `expression` can be complied with without relying on a license that nobody has identified."""
    return satisfies(expression, lambda _: True)


def only(expression: str | None, listed: Iterable[str]) -> bool:
    """Whether `expression` can be complied with by using listed licenses alone.

    Args:
        expression: SPDX; unknown licenses are never covered.
        listed: identifiers, or patterns with one trailing `*`. An exception must be named too: `GPL-2.0-only`
            doesn't cover `GPL-2.0-only WITH Classpath-exception-2.0`, since an exception may take rights away.

    Raises:
        ValueError: an entry of the list is neither a license nor such a pattern.
    """
    names = _names(tuple(listed))
    tree = parse(expression)
    return tree is not None and _holds(tree, lambda leaf: not is_unknown(str(leaf)) and names.cover(leaf))


def without(expression: str | None, listed: Iterable[str]) -> bool:
    """Whether `expression` can be complied with while using no listed license.

    Args:
        expression: SPDX; an unknown license might be a listed one, so it doesn't count as doing without.
        listed: as for `only`, but an entry also hits the same license with any exception, and an exception's own
            name hits every license that carries it.

    Raises:
        ValueError: an entry of the list is neither a license nor such a pattern.
    """
    names = _names(tuple(listed))
    tree = parse(expression)
    return tree is not None and _holds(tree, lambda leaf: not is_unknown(str(leaf)) and not names.hit(leaf))


def requires(expression: str | None, listed: Iterable[str]) -> bool:
    """Whether every way to comply with `expression` surely uses a listed license.

    The proven counterpart of `not without(…)`: an unknown license is given the benefit of the doubt. An
    unparsable expression proves nothing.

    Raises:
        ValueError: an entry of the list is neither a license nor a pattern with one trailing `*`.
    """
    names = _names(tuple(listed))
    tree = parse(expression)
    return tree is not None and not _holds(tree, lambda leaf: not names.hit(leaf))


def check_entry(entry: str) -> None:
    """Raise ValueError, saying why, where `entry` of a license list is neither a license nor a pattern."""
    if entry.endswith("*"):
        if "*" in entry[:-1]:
            raise ValueError(f"{entry!r}: only one * is allowed, at the end")
    elif not isinstance(parse(entry), License):
        raise ValueError(f"{entry!r} is not one license")


class _Names:
    """A list of licenses and patterns, ready to be compared with leaves."""

    def __init__(self, entries: tuple[str, ...]) -> None:
        for entry in entries:
            check_entry(entry)
        self._exact = frozenset(str(parse(entry)).casefold() for entry in entries if not entry.endswith("*"))
        self._prefixes = tuple(entry[:-1].casefold() for entry in entries if entry.endswith("*"))
        self._prefixes_with_exception = tuple(prefix for prefix in self._prefixes if " with " in prefix)

    def cover(self, leaf: License) -> bool:
        """Whether the list names the leaf: its license and, where it has one, its exception."""
        name = str(leaf).casefold()
        prefixes = self._prefixes_with_exception if leaf.exception else self._prefixes
        return name in self._exact or name.startswith(prefixes) or (not leaf.exception and self._or_later(name))

    def hit(self, leaf: License) -> bool:
        """Whether the list names the leaf, its license or its exception."""
        names = [str(leaf), leaf.id, leaf.exception or leaf.id]
        return any(self._matches(name.casefold()) for name in names)

    def _matches(self, name: str) -> bool:
        return name in self._exact or name.startswith(self._prefixes) or self._or_later(name)

    def _or_later(self, name: str) -> bool:
        """`X+` offers X itself, so a list that names X names it."""
        return (
            name.endswith("+")
            and not name.startswith(("licenseref-", "documentref-"))
            and name[:-1] in self._exact
        )


@lru_cache(maxsize=512)
def _names(entries: tuple[str, ...]) -> _Names:
    return _Names(entries)


def _licenses(tree: Expression) -> Iterable[License]:
    match tree:
        case License():
            yield tree
        case Every(parts) | Choice(parts):
            for part in parts:
                yield from _licenses(part)


def _holds(tree: Expression, acceptable: Callable[[License], bool]) -> bool:
    match tree:
        case License():
            return acceptable(tree)
        case Every(parts):
            return all(_holds(part, acceptable) for part in parts)
        case Choice(parts):
            return any(_holds(part, acceptable) for part in parts)
