"""The stretches of a run in which a rule can be aligned: those around its legal words.

A block of the alignment holds a legal word of the rule and is no longer than the rule. In a large file such words
are rare, so the rest is left out, with a place between stretches that matches nothing.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
import numpy as np

from compliance.licenses.accelerated.positions import Mask
from compliance.licenses.accelerated.ragged import Ints, ranges

_NO_TOKEN = -1
_SHORT = 1_000
"""Tokens of a run up to which nothing is left out."""


class Words:
    """A run of a query, its places counted from its start."""

    def __init__(self, tokens: list[int], token_array: Ints, matchable: Mask, legalese: int) -> None:
        """Token ids, which of them can be matched, and below which id they are legal words."""
        self.tokens = tokens
        self.token_array = token_array
        self.matchable = matchable
        self.legalese = legalese
        self.matchables = _set_of(np.flatnonzero(matchable))


class Stretches(msgspec.Struct, frozen=True):
    """What of a run is aligned with one rule."""

    tokens: list[int]
    matchables: Any
    legalese: int
    first: int
    """Where the first stretch begins in `tokens`."""
    end: int
    """Behind the last place that can be part of a block."""
    begins: Sequence[int]
    """Where each stretch begins in `tokens`."""
    shifts: Sequence[int]
    """By stretch: the difference to places in the run."""
    by_hit: Sequence[int]
    """By legal word of the rule in the run: in which stretch it is; empty where there is only one."""

    def original(self, place: int) -> int:
        """The place in the run."""
        return place + self.shifts[bisect_right(self.begins, place) - 1]

    def place_before(self, hit: int, start: int) -> int:
        """Where the stretch with the legal word number `hit` begins, but not before place `start` of the run."""
        stretch = self.by_hit[hit] if self.by_hit else 0
        return max(self.begins[stretch], start - self.shifts[stretch])

    def blocks(self, rule: list[int], postings: Mapping[int, list[int]], start: int, end: int) -> Any:
        """ScanCode's alignment of the tokens of a `rule` with those from `start` to before `end`."""
        return _aligning()(
            a=self.tokens,
            b=rule,
            a_start=start,
            a_end=end,
            b2j=postings,
            len_good=self.legalese,
            matchables=self.matchables,
        )


@cache
def _aligning() -> Callable[..., Any]:
    """The alignment that ScanCode's index takes, without the index."""
    try:
        from cyseq import match_blocks  # type: ignore[import-untyped]  # compiled, where it is installed
    except ImportError:
        from licensedcode.seq import match_blocks
    aligning: Callable[..., Any] = match_blocks
    return aligning


def stretches_of(words: Words, hits: Sequence[int], reach: int) -> Stretches:
    """The stretches of `words` that are at most `reach` away from one of `hits`, ascending places of the run."""
    last = len(words.tokens) - 1
    if len(words.tokens) > _SHORT:
        places = np.array(hits)
        is_far = np.diff(places) > 2 * reach + 1
        firsts = np.maximum(places[np.append(True, is_far)] - reach, 0)
        lasts = np.minimum(places[np.append(is_far, True)] + reach, last)
        sizes = lasts - firsts + 1
        if 2 * int(sizes.sum()) < len(words.tokens):
            return _apart(words, firsts, sizes, np.append(0, np.cumsum(is_far)))
    # blocks begin with legal words and grow by at most the rule's length to either side
    first, end = max(hits[0] - reach, 0), min(last, hits[-1] + reach) + 1
    return Stretches(words.tokens, words.matchables, words.legalese, first, end, (first,), (0,), ())


def _apart(words: Words, firsts: Ints, sizes: Ints, by_hit: Ints) -> Stretches:
    places, _ = ranges(firsts, sizes)
    begins = np.cumsum(sizes + 1) - (sizes + 1)
    shifts = firsts - begins
    new = places - np.repeat(shifts, sizes)
    tokens = np.full(int(new[-1]) + 1, _NO_TOKEN, dtype=np.int64)
    tokens[new] = words.token_array[places]
    return Stretches(
        tokens.tolist(),
        _set_of(new[words.matchable[places]]),
        words.legalese,
        0,
        tokens.size,
        begins.tolist(),
        shifts.tolist(),
        by_hit.tolist(),
    )


def _set_of(places: Ints) -> Any:
    from intbitset import intbitset

    return intbitset(places.tolist())
