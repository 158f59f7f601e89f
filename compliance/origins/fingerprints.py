"""Tokens to fingerprints: hashes of token k-grams that stay the same when names, comments or layout change.

A name that its author chose counts only by how many tokens ago it last occurred inside the k-gram; keywords,
numbers and names of outside libraries count as they are. Of the k-grams of each block, winnowing keeps a fixed
share, chosen by content (Schleimer, Wilkerson and Aiken, "Winnowing", 2003), so that a copied stretch of
`K + WINDOW - 1` tokens always shares one.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

from compliance.origins.blocks import Blocks
from compliance.origins.languages import Kind
from compliance.origins.lexing import code
from compliance.origins.parameters import WINDOW, K

LEAST_DISTINCT = 11
"""Different tokens without which a k-gram is too plain to be preferred."""
LEAST_TELLING = 3
"""Outside names and numbers without which a k-gram is too plain to be preferred."""
TELLING = ((12, 1, 1.0), (14, 0, 0.75), (10, 1, 0.6))
"""From how many different tokens on, with how many outside names and numbers, a match tells how much.

By the benchmark's tuning half: the logarithm of how many times more often such a k-gram of rewritten model code
matches its origin than one of independent code matches anything; 1 stands for twenty times. Plainer ones match
about as often in either, so they tell nothing.
"""
TABLE = 16
"""So many different tokens without any keyword or outside name are a table of values, which tells nothing."""

_STEPS = (1, 2, 4)
"""They add up to `WINDOW - 1`."""

_NONE = np.uint64(0xFFFFFFFFFFFFFFFF)
_PLAIN = np.uint64(1 << 63)
_BASE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_DISTANCES = np.array([code(b"name %d" % distance) for distance in range(K)], np.uint64)
"""What a chosen name is worth by its distance from its last occurrence; at 0, where it has none in the k-gram."""


class Fingerprints(msgspec.Struct, frozen=True):
    """The fingerprints of one text, in order."""

    values: NDArray[np.uint64]
    first_lines: NDArray[np.int32]
    last_lines: NDArray[np.int32]
    blocks: NDArray[np.int32]
    """Number of the block that each lies in."""
    telling: NDArray[np.float64]
    """0–1: how much more often such a one matches in code that comes from known code; see `TELLING`."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.values)


def fingerprints_of(text: Blocks) -> Fingerprints:
    """The fingerprints of every block of `text` that has at least `K` tokens."""
    tokens = text.tokens
    count = len(tokens) - K + 1
    if count < 1:
        return _none()
    block = text.of_tokens()
    chosen = tokens.kinds == Kind.NAME
    previous = _previous(tokens.words)
    hashes = _hashes(tokens.vocabulary.codes(tokens.words), chosen, previous)
    inside = block[:count] == block[K - 1 :]
    distinct = _distinct(previous)
    outside = _sums(np.isin(tokens.kinds, (Kind.API, Kind.NUMBER)))
    words = _sums(np.isin(tokens.kinds, (Kind.API, Kind.KEYWORD)))
    decisive = (distinct >= LEAST_DISTINCT) & (outside >= LEAST_TELLING)
    kept = np.flatnonzero(inside & _winnowed(hashes, decisive, inside) & (decisive | _one_of_two(hashes)))
    return Fingerprints(
        hashes[kept],
        tokens.lines[kept],
        tokens.lines[kept + K - 1],
        block[kept],
        np.where((words[kept] > 0) | (distinct[kept] < TABLE), _telling(distinct[kept], outside[kept]), 0.0),
    )


def _telling(distinct: NDArray[np.int64], outside: NDArray[np.int64]) -> NDArray[np.float64]:
    telling = np.zeros(len(distinct))
    for different, names, worth in TELLING:
        enough = (distinct >= different) & (outside >= names)
        telling = np.maximum(telling, np.where(enough, worth, 0.0))
    return telling


def _none() -> Fingerprints:
    empty = np.zeros(0, np.int32)
    return Fingerprints(np.zeros(0, np.uint64), empty, empty, empty, np.zeros(0))


def _previous(words: NDArray[np.int32]) -> NDArray[np.int64]:
    """Position at which each word last occurred; -1 where it never did."""
    order = np.argsort(words, kind="stable")
    same = words[order[1:]] == words[order[:-1]]
    previous = np.full(len(words), -1, np.int64)
    previous[order[1:][same]] = order[:-1][same]
    return previous


def _hashes(
    codes: NDArray[np.uint64], chosen: NDArray[np.bool_], previous: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """One hash for each k-gram, in time that doesn't depend on `K`.

    A k-gram's hash is the sum of `value[i] * BASE**i` over its positions, brought down by `BASE**-start`: sums
    are taken from running totals modulo 2**64. A chosen name has one value in the k-grams that hold its last
    occurrence and another in those that don't, hence the second running total.
    """
    size = len(codes)
    powers = _powers(_BASE, size)
    values = np.where(chosen, _DISTANCES[0], codes) * powers
    distance = np.arange(size) - previous
    near = chosen & (previous >= 0) & (distance < K)
    extra = np.zeros(size, np.uint64)
    extra[near] = (_DISTANCES[distance[near]] - _DISTANCES[0]) * powers[near]
    # k-gram `s` holds both occurrences for i-K < s <= previous[i]
    change = np.zeros(size + K, np.uint64)
    change[:size] += extra  # begins at s = i-K+1, kept at offset K-1
    change[previous[near] + K] -= extra[near]  # ends after s = previous[i], at offset K-1
    extras = np.cumsum(change, dtype=np.uint64)[K - 1 : size]
    totals = np.concatenate((np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)))
    sums = totals[K:] - totals[:-K] + extras
    return _mixed(sums * _powers(pow(_BASE, -1, 1 << 64), size)[: len(sums)])


def _powers(base: int, size: int) -> NDArray[np.uint64]:
    """`base**0`, `base**1` … modulo 2**64."""
    powers = np.full(size, base & _MASK, np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of a value spread over all bits (the finalizer of MurmurHash3)."""
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        values = (values ^ (values >> np.uint64(33))) * np.uint64(factor)
    return values ^ (values >> np.uint64(33))


def _winnowed(
    hashes: NDArray[np.uint64], decisive: NDArray[np.bool_], inside: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which k-grams are the least of some window of neighbours; plain ones only where there is no other."""
    order = (hashes >> np.uint64(2)) | np.where(decisive, np.uint64(0), _PLAIN)
    order[~inside] = _NONE
    values = np.concatenate((np.full(WINDOW - 1, _NONE), order, np.full(WINDOW - 1, _NONE)))
    for pick in (np.minimum, np.maximum):
        # windows of 2, 4 … neighbours, each from two of half its size
        for step in _STEPS:
            values = pick(values[:-step], values[step:])
    kept: NDArray[np.bool_] = order == values
    return kept


def _one_of_two(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """A half of all hashes, always the same one: plain k-grams decide nothing, so fewer of them do."""
    chosen: NDArray[np.bool_] = (hashes & np.uint64(1)) == 0
    return chosen


def _distinct(previous: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many different tokens each k-gram holds."""
    size = len(previous)
    repeated = np.arange(size) - previous < K
    repeated &= previous >= 0
    change = np.zeros(size + K, np.int64)
    change[:size] += repeated
    change[previous[repeated] + K] -= 1
    counts: NDArray[np.int64] = K - np.cumsum(change, dtype=np.int64)[K - 1 : size]
    return counts


def _sums(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many of the tokens of each k-gram are flagged."""
    totals = np.concatenate((np.zeros(1, np.int64), np.cumsum(flags, dtype=np.int64)))
    return totals[K:] - totals[:-K]
