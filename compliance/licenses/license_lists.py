"""Lists that licenses are compared with: licenses by name, by a beginning, or by what they say.

An entry is an SPDX identifier, a beginning with a `*` (`GPL-*`), or `TERM=ANSWER` for every license of the
knowledge base that says so (`military_use=prohibited`; `territory_excluded=*` for any that names one).
"""

from functools import lru_cache

import msgspec

from compliance.licenses.spdx import License, is_unknown, parse
from compliance.licenses.term_answers import ANY, fits, is_settled, may_be_answered, surely_answers
from compliance.licenses.terms import definition_of


def check_entry(entry: str) -> None:
    """Raise ValueError, saying why, where `entry` is neither a license, a pattern nor an answer to a term."""
    if "=" in entry:
        term, _, answer = entry.partition("=")
        if definition_of(term) is None:
            raise ValueError(f"{entry!r}: licenses have no term {term!r}")
        if not answer or not may_be_answered(term, answer):
            raise ValueError(f"{entry!r}: no license answers {term} with {answer!r}")
    elif entry.endswith(ANY):
        if ANY in entry[:-1]:
            raise ValueError(f"{entry!r}: only one * is allowed, at the end")
    elif not isinstance(parse(entry), License):
        raise ValueError(f"{entry!r} is not one license")


@lru_cache(maxsize=512)
def license_list(entries: tuple[str, ...]) -> "LicenseList":
    """The list of these `entries`, ready to be compared with licenses.

    Raises:
        ValueError: as `check_entry` says.
    """
    return LicenseList(entries)


class _Answer(msgspec.Struct, frozen=True):
    term: str
    pattern: str

    def given_by(self, leaf: License, *, leads: bool = True) -> bool:
        return surely_answers(leaf, self.term, lambda answer: fits(answer, self.pattern), leads=leads)

    def possible_for(self, leaf: License) -> bool:
        """Whether the license may say so for all that is known."""
        return self.given_by(leaf) or not is_settled(leaf, self.term)


class LicenseList:
    """A list of licenses."""

    def __init__(self, entries: tuple[str, ...]) -> None:
        """Raises ValueError, as `check_entry` says, for an entry that is none."""
        for entry in entries:
            check_entry(entry)
        names = [entry for entry in entries if "=" not in entry]
        said = [entry.partition("=") for entry in entries if "=" in entry]
        self._answers = tuple(_Answer(term, pattern) for term, _, pattern in said)
        self._exact = frozenset(str(parse(entry)).casefold() for entry in names if not entry.endswith(ANY))
        self._prefixes = tuple(entry[:-1].casefold() for entry in names if entry.endswith(ANY))
        self._prefixes_with_exception = tuple(prefix for prefix in self._prefixes if " with " in prefix)

    def covers(self, leaf: License) -> bool:
        """Whether the list has the leaf: its license and, where it has one, its exception.

        An answer that is known from reports alone is not enough to rely on.
        """
        return self._names(leaf) or (
            leaf.exception is None and any(answer.given_by(leaf, leads=False) for answer in self._answers)
        )

    def hits(self, leaf: License, *, leads: bool = True) -> bool:
        """Whether the list surely has the leaf, its license or its exception.

        Args:
            leaf: one license.
            leads: whether what licenses say counts where it is known from reports alone.
        """
        return self._hit_by_name(leaf) or any(answer.given_by(leaf, leads=leads) for answer in self._answers)

    def may_hit(self, leaf: License) -> bool:
        """Whether the list has the leaf, its license or its exception, for all that is known."""
        return (
            is_unknown(str(leaf))
            or self._hit_by_name(leaf)
            or any(answer.possible_for(leaf) for answer in self._answers)
        )

    def _names(self, leaf: License) -> bool:
        name = str(leaf).casefold()
        prefixes = self._prefixes_with_exception if leaf.exception else self._prefixes
        return name in self._exact or name.startswith(prefixes) or (not leaf.exception and self._or_later(name))

    def _hit_by_name(self, leaf: License) -> bool:
        return any(self._matches(name.casefold()) for name in (str(leaf), leaf.id, leaf.exception or leaf.id))

    def _matches(self, name: str) -> bool:
        return name in self._exact or name.startswith(self._prefixes) or self._or_later(name)

    def _or_later(self, name: str) -> bool:
        """`X+` offers X itself, so a list that names X names it."""
        return (
            name.endswith("+")
            and not name.startswith(("licenseref-", "documentref-"))
            and name[:-1] in self._exact
        )
