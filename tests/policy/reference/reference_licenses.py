"""License questions, asked of every way to comply, one by one. Only the knowledge base's data is the product's."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product

from compliance.licenses.catalog import licenses_by_spdx

Leaf = tuple[str, str | None]
"""A license and its exception."""

UNKNOWN = {"NOASSERTION", "NONE", "unknown"}
NOTHING = {"silent", "unknown", "unfilled", "none", "n/a"}


def ways(expression: str) -> list[list[Leaf]]:
    """Every way to comply with `expression`: the licenses that it uses. None for what is no expression."""
    words = expression.replace("(", " ( ").replace(")", " ) ").split()
    try:
        found, rest = _choices(words)
    except (IndexError, ValueError):
        return []
    return [] if rest else found


def _choices(words: list[str]) -> tuple[list[list[Leaf]], list[str]]:
    found, words = _sums(words)
    while words and words[0] == "OR":
        more, words = _sums(words[1:])
        found = found + more
    return found, words


def _sums(words: list[str]) -> tuple[list[list[Leaf]], list[str]]:
    found, words = _one(words)
    while words and words[0] == "AND":
        more, words = _one(words[1:])
        found = [one + other for one, other in product(found, more)]
    return found, words


def _one(words: list[str]) -> tuple[list[list[Leaf]], list[str]]:
    first, *words = words
    if first == "(":
        found, words = _choices(words)
        if words[0] != ")":
            raise ValueError
        return found, words[1:]
    if first in (")", "AND", "OR", "WITH"):
        raise ValueError
    if words and words[0] == "WITH":
        return [[(first, words[1])]], words[2:]
    return [[(first, None)]], words


def whole(leaf: Leaf) -> str:
    return leaf[0] if leaf[1] is None else f"{leaf[0]} WITH {leaf[1]}"


def unknown(leaf: Leaf) -> bool:
    return leaf[0] in UNKNOWN


def known_answers(leaf: Leaf, term: str) -> list[tuple[bool, tuple[str, ...]]]:
    """Of each license that the identifier may stand for: whether only reports tell of it, and its answers."""
    return [(one.is_lead, one.answers(term)) for one in licenses_by_spdx(leaf[0])]


def fits(said: str, pattern: str) -> bool:
    if pattern == "*":
        return said not in NOTHING
    return said.startswith(pattern[:-1]) if pattern.endswith("*") else said == pattern


def surely(leaf: Leaf, term: str, wanted: Callable[[str], bool], *, leads: bool) -> bool:
    known = known_answers(leaf, term)
    return bool(known) and all((leads or not lead) and any(map(wanted, said)) for lead, said in known)


def is_settled(leaf: Leaf, term: str) -> bool:
    known = known_answers(leaf, term)
    if not known or leaf[1] is not None or any(lead for lead, _ in known):
        return False
    return len({said for _, said in known}) == 1 and "unknown" not in known[0][1]


def named(name: str, entry: str) -> bool:
    name, entry = name.casefold(), entry.casefold()
    if entry.endswith("*"):
        return name.startswith(entry[:-1])
    return name in (entry, f"{entry}+")


def gives(leaf: Leaf, entry: str, *, leads: bool) -> bool:
    term, _, pattern = entry.partition("=")
    return surely(leaf, term, lambda said: fits(said, pattern), leads=leads)


def covered(leaf: Leaf, entry: str) -> bool:
    """Whether an allow list with `entry` allows the leaf."""
    if "=" in entry:
        return leaf[1] is None and gives(leaf, entry, leads=False)
    if leaf[1] is not None and " WITH " not in entry:
        return False
    return named(whole(leaf), entry)


def hit(leaf: Leaf, entry: str, *, leads: bool) -> bool:
    """Whether a ban on `entry` surely hits the leaf."""
    if "=" in entry:
        return gives(leaf, entry, leads=leads)
    return any(named(one, entry) for one in (whole(leaf), leaf[0], leaf[1] or leaf[0]))


def may_be_hit(leaf: Leaf, entry: str) -> bool:
    return hit(leaf, entry, leads=True) or ("=" in entry and not is_settled(leaf, entry.partition("=")[0]))


def some_way(expression: str, acceptable: Callable[[Leaf], bool]) -> bool:
    return any(all(not unknown(leaf) and acceptable(leaf) for leaf in way) for way in ways(expression))


def every_way(expression: str, proven: Callable[[Leaf], bool]) -> bool:
    found = ways(expression)
    return bool(found) and all(any(proven(leaf) for leaf in way) for way in found)


def only(expression: str, entries: Sequence[str]) -> bool:
    return some_way(expression, lambda leaf: any(covered(leaf, entry) for entry in entries))


def without(expression: str, entries: Sequence[str]) -> bool:
    return some_way(expression, lambda leaf: not any(may_be_hit(leaf, entry) for entry in entries))


def requires(expression: str, entries: Sequence[str], *, leads: bool) -> bool:
    return every_way(expression, lambda leaf: any(hit(leaf, entry, leads=leads) for entry in entries))


def known(expression: str) -> bool:
    return some_way(expression, lambda _: True)


def says(expression: str, term: str, wanted: Sequence[str], *, leads: bool) -> bool:
    def is_wanted(said: str) -> bool:
        return any(fits(said, one) for one in wanted)

    return every_way(expression, lambda leaf: surely(leaf, term, is_wanted, leads=leads))


def says_other(expression: str, term: str, left_out: Sequence[str], *, leads: bool) -> bool:
    def is_other(said: str) -> bool:
        return said not in NOTHING and not any(fits(said, one) for one in left_out)

    return every_way(expression, lambda leaf: surely(leaf, term, is_other, leads=leads))


def settled(expression: str, terms: Sequence[str], entries: Sequence[str]) -> bool:
    def is_read(leaf: Leaf) -> bool:
        return any(covered(leaf, entry) for entry in entries) or all(is_settled(leaf, term) for term in terms)

    return some_way(expression, is_read)


def listed(text: str, entries: Sequence[str]) -> bool:
    folded = text.casefold()
    return any(
        folded.startswith(entry[:-1].casefold()) if entry.endswith("*") else folded == entry.casefold()
        for entry in entries
    )


def functions(*, leads: bool) -> dict[str, Callable[..., bool]]:
    """The functions that conditions call; without `leads`, what is known from reports alone proves nothing."""
    return {
        "only": only,
        "without": without,
        "known": known,
        "settled": settled,
        "listed": listed,
        **{one.__name__: partial(one, leads=leads) for one in (requires, says, says_other)},
    }
