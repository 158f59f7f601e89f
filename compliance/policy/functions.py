"""The functions that conditions may call, beside CEL's own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from compliance.licenses import expressions

_leads_count: ContextVar[bool] = ContextVar("leads_count", default=True)


@contextmanager
def leads(*, count: bool) -> Iterator[None]:
    """Within it, terms that are known from reports alone count only if `count`."""
    token = _leads_count.set(count)
    try:
        yield
    finally:
        _leads_count.reset(token)


def _listed(value: str, entries: Sequence[str]) -> bool:
    folded = value.casefold()
    return any(
        folded.startswith(entry[:-1].casefold()) if entry.endswith("*") else folded == entry.casefold()
        for entry in entries
    )


def _requires(expression: str, entries: Sequence[str]) -> bool:
    return expressions.requires(expression, entries, leads=_leads_count.get())


def _says(expression: str, term: str, answers: Sequence[str]) -> bool:
    return expressions.says(expression, term, answers, leads=_leads_count.get())


def _says_other(expression: str, term: str, answers: Sequence[str]) -> bool:
    return expressions.says_other(expression, term, answers, leads=_leads_count.get())


TEXT, TEXTS = "text", "texts"

FUNCTIONS: Mapping[str, tuple[Callable[..., bool], tuple[str, ...]]] = {
    "only": (expressions.only, (TEXT, TEXTS)),
    "without": (expressions.without, (TEXT, TEXTS)),
    "requires": (_requires, (TEXT, TEXTS)),
    "known": (expressions.is_known, (TEXT,)),
    "says": (_says, (TEXT, TEXT, TEXTS)),
    "says_other": (_says_other, (TEXT, TEXT, TEXTS)),
    "settled": (expressions.settled, (TEXT, TEXTS, TEXTS)),
    "listed": (_listed, (TEXT, TEXTS)),
}
"""Every function with the shapes of its arguments; all of them answer true or false."""
LICENSE_FUNCTIONS = frozenset({"only", "without", "requires", "settled"})
"""Those whose last argument is a list of licenses."""
TERM_FUNCTIONS = frozenset({"says", "says_other"})
"""Those whose second argument names a term, and whose third is a list of answers to it."""
