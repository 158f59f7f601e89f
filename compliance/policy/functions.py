"""The functions that conditions may call, beside CEL's own."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

import msgspec

from compliance.licenses import expressions


def listed(value: str, entries: Sequence[str]) -> bool:
    """Whether `value` is one of `entries` in any case, or begins as one does before its `*`."""
    exact, beginnings = _folded(tuple(entries))
    folded = value.casefold()
    return folded in exact or folded.startswith(beginnings)


@lru_cache(maxsize=512)
def _folded(entries: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The entries in one case: those that stand for themselves, and the beginnings."""
    folded = [entry.casefold() for entry in entries]
    return (
        frozenset(entry for entry in folded if not entry.endswith("*")),
        tuple(entry[:-1] for entry in folded if entry.endswith("*")),
    )


TEXT, TEXTS = "text", "texts"


class Function(msgspec.Struct, frozen=True):
    """One function; all of them answer true or false."""

    shapes: tuple[str, ...]
    """Of its arguments."""
    ask: Callable[..., bool]
    weighs_leads: bool = False
    """It can leave out terms of licenses that are known from reports alone."""

    def asking(self, *, leads: bool) -> Callable[..., bool]:
        """The function itself; terms that are known from reports alone count only if `leads`."""
        return partial(self.ask, leads=leads) if self.weighs_leads else self.ask


FUNCTIONS: Mapping[str, Function] = {
    "only": Function((TEXT, TEXTS), expressions.only),
    "without": Function((TEXT, TEXTS), expressions.without),
    "requires": Function((TEXT, TEXTS), expressions.requires, weighs_leads=True),
    "known": Function((TEXT,), expressions.is_known),
    "says": Function((TEXT, TEXT, TEXTS), expressions.says, weighs_leads=True),
    "says_other": Function((TEXT, TEXT, TEXTS), expressions.says_other, weighs_leads=True),
    "settled": Function((TEXT, TEXTS, TEXTS), expressions.settled),
    "listed": Function((TEXT, TEXTS), listed),
}
EXPRESSION_FUNCTIONS = frozenset(FUNCTIONS) - {"listed"}
"""Those whose first argument is a license expression."""
LICENSE_FUNCTIONS = frozenset({"only", "without", "requires", "settled"})
"""Those whose last argument is a list of licenses."""
TERM_FUNCTIONS = frozenset({"says", "says_other"})
"""Those whose second argument names a term, and whose third is a list of answers to it."""
