"""A file with several licenses, one below the other: where each begins and ends, and which it is.

The stretch of sentences that has the most words of one known text is cut out, then the same is done above and
below it. What stands between and is no known license belongs to the license before it, as a clause that was added,
unless it is a mere heading.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from compliance.licenses.text_comparison import DECIDING
from compliance.licenses.text_matching import FEWEST_WORDS, KnownTexts, TextMatch
from compliance.licenses.words import TextWords

MOST_PARTS = 20
"""Of one file that are told apart; what follows counts as the last one's."""

_Range = tuple[int, int]
"""Numbers of the first sentence and of that behind the last one."""


class LicensePart(msgspec.Struct, frozen=True):
    """A known license and the stretch of text that it was found in."""

    text: TextWords
    match: TextMatch


def license_parts(text: TextWords, known: KnownTexts) -> tuple[LicensePart, ...]:
    """The known licenses in `text` in their order; none where it is none of them."""
    whole = known.match(text)
    if whole is None or whole.changes or whole.basis == "clauses":
        parts = [_slice(text, each) for each in _with_leftovers(text, _ranges(text, known))]
        found = [LicensePart(part, match) for part in parts if (match := known.match(part)) is not None]
        if len(found) == len(parts) > 1:
            return tuple(found)
    return (LicensePart(text, whole),) if whole else ()


def _ranges(text: TextWords, known: KnownTexts) -> list[_Range]:
    """The stretches of `text` that are each a known license."""
    found: list[_Range] = []
    waiting = [(0, len(text.sentences))]
    while waiting and len(found) + len(waiting) <= MOST_PARTS:
        begin, end = waiting.pop()
        part = _slice(text, (begin, end))
        if len(part.words) < FEWEST_WORDS:
            continue
        stretch = _longest(part, known)
        if stretch is not None:
            first, last = begin + stretch[0], begin + stretch[1]
            found.append((first, last))
            waiting += [(begin, first), (last, end)]
        elif (begin, end) != (0, len(text.sentences)) and known.match(part) is not None:
            found.append((begin, end))  # by its clauses alone
    return sorted(found)


def _longest(part: TextWords, known: KnownTexts) -> _Range | None:
    """Of all known texts that stand in `part`, the stretch with the most words of one of them."""
    stretches = [_stretch(part, own) for own in known.contained(part)]
    words, stretch = max(stretches, default=(0, (0, 0)))
    return stretch if words else None


def _stretch(part: TextWords, own: TextWords) -> tuple[int, _Range]:
    """The sentences of `part` with the most words of a text, those of others counted against it; and how many
    more they are.

    Each sentence of the text is found once and in its order, since other licenses have some of the same ones. The
    stretch is the largest sum of neighbours, after Kadane.
    """
    matcher = SequenceMatcher(
        None, [one.words for one in part.sentences], [one.words for one in own.sentences], autojunk=False
    )
    same = {block.a + at for block in matcher.get_matching_blocks() for at in range(block.size)}
    best, chosen, total, begin = 0, (0, 0), 0, 0
    for number, sentence in enumerate(part.sentences):
        if total <= 0:
            total, begin = 0, number
        total += len(sentence.words) if number in same else -len(sentence.words)
        if total > best:
            best, chosen = total, (begin, number + 1)
    return best, chosen


def _with_leftovers(text: TextWords, ranges: Sequence[_Range]) -> Iterator[_Range]:
    """`ranges` with what stands between them, as far as it isn't a heading."""
    for number, (begin, end) in enumerate(ranges):
        first = 0 if number == 0 else begin
        last = ranges[number + 1][0] if number + 1 < len(ranges) else len(text.sentences)
        yield (
            begin if _is_heading(text, (first, begin)) else first,
            end if _is_heading(text, (end, last)) else last,
        )


def _is_heading(text: TextWords, each: _Range) -> bool:
    words = [word for sentence in text.sentences[slice(*each)] for word in sentence.words]
    return len(words) < FEWEST_WORDS and not DECIDING & set(words)


def _slice(text: TextWords, each: _Range) -> TextWords:
    before = sum(len(sentence.words) for sentence in text.sentences[: each[0]])
    sentences = text.sentences[slice(*each)]
    after = before + sum(len(sentence.words) for sentence in sentences)
    return TextWords(text.words[before:after], text.lines[before:after], sentences)
