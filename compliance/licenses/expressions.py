"""The questions that may be asked of SPDX license expressions.

AND needs all of its parts, OR leaves a choice, `A WITH B` is one license. A statement that says nothing certain
(empty, unparsable, NOASSERTION, "unknown …") satisfies nothing. A license that the knowledge base doesn't have
says nothing that could be proven, and nothing of it is settled.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from compliance.licenses.license_lists import license_list
from compliance.licenses.spdx import Choice, Every, Expression, License, is_unknown, parse
from compliance.licenses.term_answers import fits, is_settled, names_something, surely_answers


@lru_cache(maxsize=4_096)
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
    return _satisfied(expression, lambda leaf: acceptable(str(leaf)))


def is_known(expression: str | None) -> bool:
    """Whether `expression` can be complied with without relying on a license that nobody has identified."""
    return satisfies(expression, lambda _: True)


def only(expression: str | None, listed: Iterable[str]) -> bool:
    """Whether `expression` can be complied with by using listed licenses alone.

    Args:
        expression: SPDX; unknown licenses are never covered.
        listed: entries as in `license_lists`. An exception must be named too: `GPL-2.0-only` doesn't cover
            `GPL-2.0-only WITH Classpath-exception-2.0`, since an exception may take rights away.

    Raises:
        ValueError: an entry of the list is none.
    """
    return _satisfied(expression, license_list(tuple(listed)).covers)


def without(expression: str | None, listed: Iterable[str]) -> bool:
    """Whether `expression` can be complied with while using no listed license.

    Args:
        expression: SPDX; an unknown license might be a listed one, so it doesn't count as doing without, nor does
            a license of which nobody has read whether it gives a listed answer.
        listed: as for `only`, but an entry also hits the same license with any exception, and an exception's own
            name hits every license that carries it.

    Raises:
        ValueError: an entry of the list is none.
    """
    entries = license_list(tuple(listed))
    return _satisfied(expression, lambda leaf: not entries.may_hit(leaf))


def requires(expression: str | None, listed: Iterable[str], *, leads: bool = True) -> bool:
    """Whether every way to comply with `expression` surely uses a listed license.

    The proven counterpart of `not without(…)`: an unknown license is given the benefit of the doubt. An
    unparsable expression proves nothing.

    Args:
        expression: SPDX.
        listed: as for `without`.
        leads: whether answers count that are known from reports alone.

    Raises:
        ValueError: an entry of the list is none.
    """
    entries = license_list(tuple(listed))
    return _required(expression, lambda leaf: entries.hits(leaf, leads=leads))


def says(expression: str | None, term: str, answers: Iterable[str], *, leads: bool = True) -> bool:
    """Whether every way to comply with `expression` surely uses a license with one of `answers` to `term`.

    Args:
        expression: SPDX.
        term: name of a term of the knowledge base.
        answers: words as `WeightLicense.answers` gives them; a `*` at the end stands for any ending (`US*`), alone
            for any answer that names something.
        leads: as for `requires`.

    Raises:
        KeyError: there is no such term.
    """
    wanted = tuple(answers)
    return _required(
        expression,
        lambda leaf: surely_answers(leaf, term, lambda said: any(fits(said, one) for one in wanted), leads=leads),
    )


def says_other(expression: str | None, term: str, answers: Iterable[str], *, leads: bool = True) -> bool:
    """Whether every way to comply with `expression` surely uses a license with another answer than `answers`.

    Silence, `unknown` and `none` are no answers. Arguments and errors as for `says`.
    """
    left_out = tuple(answers)

    def is_other(said: str) -> bool:
        return names_something(said) and not any(fits(said, one) for one in left_out)

    return _required(expression, lambda leaf: surely_answers(leaf, term, is_other, leads=leads))


def settled(expression: str | None, terms: Iterable[str], listed: Iterable[str] = ()) -> bool:
    """Whether `expression` can be complied with by licenses of which it was read what they say on all `terms`.

    Args:
        expression: SPDX.
        terms: names of terms of the knowledge base.
        listed: licenses that count as read, as for `only`.

    Raises:
        KeyError: there is no such term.
        ValueError: an entry of the list is none.
    """
    asked = tuple(terms)
    entries = license_list(tuple(listed))
    return _satisfied(
        expression, lambda leaf: entries.covers(leaf) or all(is_settled(leaf, term) for term in asked)
    )


def _satisfied(expression: str | None, acceptable: Callable[[License], bool]) -> bool:
    tree = parse(expression)
    return tree is not None and _holds(tree, lambda leaf: not is_unknown(str(leaf)) and acceptable(leaf))


def _required(expression: str | None, hit: Callable[[License], bool]) -> bool:
    tree = parse(expression)
    return tree is not None and not _holds(tree, lambda leaf: not hit(leaf))


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
