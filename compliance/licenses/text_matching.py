"""Which known license a text is: by its words, and among near-copies by the words that only one of them has.

A license whose text is at hand is compared whole. Of the others only locators are known, the first words of
clauses: they are looked for one by one.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from compliance.licenses.text_comparison import SHINGLE, ClauseChange, changes, shared
from compliance.licenses.words import TextWords

LEAST_ALIKE = 0.6
"""Of a known text that has to stand in the examined one, as a share of its runs of words."""
LEAST_ALIKE_GENERAL = 0.9
"""The same for licenses of every kind of software, from whose words many others are made."""
LEAST_COVERED = 0.25
"""Of the examined text that has to be of the known one."""
FEWEST_LOCATORS = 4
LEAST_LOCATED = 0.75
"""Of a license's locators that have to be found where its text isn't at hand."""
NEAR_COPY = 0.3
"""Alike to any of its group from which a telling phrase decides."""
FEWEST_WORDS = 40
"""Words of a text that can be matched: names and one-line notices are not texts."""

Shingles = frozenset[tuple[str, ...]]


class KnownText(msgspec.Struct, frozen=True):
    """What is known of a license's words."""

    id: str
    texts: tuple[TextWords, ...]
    """Its text in each form that is at hand."""
    locators: tuple[str, ...]
    general: bool = False
    """It is a license of every kind of software and not of weights alone."""


class TellingPhrase(msgspec.Struct, frozen=True):
    """Words that, among near-copies, only one license has."""

    group: str
    id: str
    contains: str
    lacks: str | None = None


class TextMatch(msgspec.Struct, frozen=True):
    """A known license that a text is, or was made from."""

    id: str
    basis: Literal["text", "clauses"]
    """Whether the license's text was at hand to compare with, or single clauses were found."""
    share: float
    """0–1: of the known text, or of the known locators, that stands in the examined text."""
    changes: tuple[ClauseChange, ...] = ()
    """Clauses that differ; none where only clauses are known."""
    told_by: str | None = None
    """The phrase that decided among near-copies."""


class KnownTexts:
    """All known licenses, ready to be compared with."""

    def __init__(self, texts: Iterable[KnownText], phrases: Iterable[TellingPhrase]) -> None:
        """Prepare `texts`; `phrases` of one group are asked in their order."""
        self._known = {one.id: one for one in texts}
        self._shingles = {one.id: [text.shingles(SHINGLE) for text in one.texts] for one in self._known.values()}
        general = frozenset[tuple[str, ...]]().union(
            *(own for known in self._known.values() if known.general for own in self._shingles[known.id])
        )
        self._telling = {
            one.id: self._shingles[one.id] if one.general else [own - general for own in self._shingles[one.id]]
            for one in self._known.values()
        }
        """What of each text doesn't stand in a general license: many texts are made of those words."""
        self._phrases: dict[str, list[TellingPhrase]] = {}
        for phrase in phrases:
            self._phrases.setdefault(phrase.group, []).append(phrase)

    def match(self, text: TextWords) -> TextMatch | None:
        """The license that `text` is or was made from; None where it is none of them."""
        if len(text.words) < FEWEST_WORDS:
            return None
        own = text.shingles(SHINGLE)
        shares = {one.id: self._share(one, text, own) for one in self._known.values()}
        if told := self._told(text, shares):
            return self._matched(told.id, text, own, shares[told.id], told.contains)
        alike = [(self._likeness(one, own), one.id) for one in self._known.values() if self._is_alike(one, own)]
        if alike:
            chosen = max(alike)[1]
            return self._matched(chosen, text, own, shares[chosen], None)
        located = [
            (share, len(self._known[one].locators), one)
            for one, share in shares.items()
            if self._is_located(one, share)
        ]
        return TextMatch(max(located)[2], "clauses", max(located)[0]) if located else None

    def contained(self, text: TextWords) -> Iterator[TextWords]:
        """Each known text of which enough stands in `text`, whatever else does."""
        own = text.shingles(SHINGLE)
        for one in self._known.values():
            for known, telling in zip(one.texts, self._telling[one.id], strict=True):
                if telling and shared(telling, own) >= _least(one):
                    yield known

    def _share(self, known: KnownText, text: TextWords, own: Shingles) -> float:
        """How much of the license's text, or how many of its locators, stand in `text`."""
        if known.texts:
            return max(shared(one, own) for one in self._shingles[known.id])
        found = sum(text.find(one) is not None for one in known.locators)
        return found / len(known.locators) if known.locators else 0.0

    def _likeness(self, known: KnownText, own: Shingles) -> float:
        return max(shared(one, own) * shared(own, one) for one in self._shingles[known.id])

    def _is_alike(self, known: KnownText, own: Shingles) -> bool:
        return (
            bool(known.texts)
            and max(shared(one, own) for one in self._telling[known.id]) >= _least(known)
            and max(shared(own, one) for one in self._shingles[known.id]) >= LEAST_COVERED
        )

    def _is_located(self, license_id: str, share: float) -> bool:
        known = self._known[license_id]
        return not known.texts and len(known.locators) >= FEWEST_LOCATORS and share >= LEAST_LOCATED

    def _told(self, text: TextWords, shares: dict[str, float]) -> TellingPhrase | None:
        """The first telling phrase in `text` of the group that it is most alike to."""
        alike = {
            group: max((shares.get(one.id, 0.0) for one in members), default=0.0)
            for group, members in self._phrases.items()
        }
        for group in sorted(alike, key=lambda group: -alike[group]):
            for phrase in self._phrases[group] if alike[group] >= NEAR_COPY else ():
                lacks = phrase.lacks is None or text.find(phrase.lacks) is None
                if phrase.id in self._known and lacks and text.find(phrase.contains):
                    return phrase
        return None

    def _matched(
        self, license_id: str, text: TextWords, own: Shingles, share: float, told_by: str | None
    ) -> TextMatch:
        texts = self._known[license_id].texts
        if not texts:
            return TextMatch(license_id, "clauses", share, (), told_by)
        number = max(range(len(texts)), key=lambda at: shared(own, self._shingles[license_id][at]))
        return TextMatch(license_id, "text", share, changes(text, texts[number]), told_by)


def _least(known: KnownText) -> float:
    return LEAST_ALIKE_GENERAL if known.general else LEAST_ALIKE
