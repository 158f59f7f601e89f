"""All occurrences of all rules in a sequence of tokens, found by hashes instead of an automaton.

A rule of length L is looked up by the hashes of its first and its last 2^k tokens, where 2^k <= L < 2^(k+1); both
windows cover it. The hashes of all windows of one size in a query come out of those of half the size by one array
operation. Every hit is compared token by token: the hashes save time and decide nothing.
"""

from collections.abc import Mapping
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt

from compliance.licenses.accelerated.array_file import Array
from compliance.licenses.accelerated.ragged import Ints, ranges

Hashes = npt.NDArray[np.uint64]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FACTOR = 0xD1342543DE82EF95
_ONE = np.uint64(1)
_FILTER_BITS = 17
_SHIFT = np.uint64(64 - _FILTER_BITS)
_MOST_COMPARED = 1 << 22
"""Tokens that are compared at once, which bounds the memory of a comparison."""


class Occurrences(msgspec.Struct, frozen=True):
    """Where rules occur: one place of each array an occurrence."""

    rids: Ints
    starts: Ints
    """In the query."""
    ends: Ints
    """Behind the last token."""


class _Level(msgspec.Struct, frozen=True):
    """The rules of one range of lengths."""

    first: Hashes
    """Hashes of the first tokens, sorted."""
    last: Hashes
    """Of the last tokens of the same rule."""
    rids: Ints
    filter: npt.NDArray[np.bool_]
    """By the upper bits of a hash: whether any rule begins so."""


class ExactRules:
    """The rules of an index, to be found in queries."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """Use the arrays of an index, those of `rule_hashes` among them."""
        self._starts: Ints = arrays["rule_starts"]
        self._lengths: Ints = np.diff(self._starts)
        self._tokens = arrays["rule_tokens"]
        bounds = arrays["level_starts"]
        self._levels = [
            _level(*(arrays[name][begin:end] for name in ("level_first", "level_last", "level_rids")))
            for begin, end in pairwise(bounds)
        ]

    def occurrences(self, tokens: Ints) -> Occurrences:
        """Every occurrence of every rule in `tokens`, as an automaton gives them: by end, then longest first."""
        found: list[tuple[Ints, Ints]] = []
        hashes = _of_tokens(tokens)
        factor = _FACTOR
        for size, level in enumerate(self._levels):
            if size:
                hashes, factor = _doubled(hashes, 1 << (size - 1), factor)
            if not hashes.size:
                break
            if level.rids.size:
                found.append(self._confirmed(tokens, *self._candidates(level, hashes, tokens.size, 1 << size)))
        starts = np.concatenate([one[0] for one in found]) if found else np.zeros(0, dtype=np.int64)
        rids = np.concatenate([one[1] for one in found]) if found else np.zeros(0, dtype=np.int64)
        ends = starts + self._lengths[rids]
        order = np.lexsort((starts, ends))
        return Occurrences(rids[order], starts[order], ends[order])

    def _candidates(self, level: _Level, hashes: Hashes, query: int, window: int) -> tuple[Ints, Ints]:
        """Starts and rules whose first and last windows agree by hash."""
        places = np.flatnonzero(level.filter[hashes >> _SHIFT])
        wanted = hashes[places]
        begins = np.searchsorted(level.first, wanted, side="left")
        sizes = np.searchsorted(level.first, wanted, side="right") - begins
        rows, _ = ranges(begins, sizes)
        starts = np.repeat(places, sizes)
        rids = level.rids[rows]
        ends = starts + self._lengths[rids]
        fits = ends <= query
        starts, rids, ends, rows = starts[fits], rids[fits], ends[fits], rows[fits]
        agrees = hashes[ends - window] == level.last[rows]
        return starts[agrees], rids[agrees]

    def _confirmed(self, tokens: Ints, starts: Ints, rids: Ints) -> tuple[Ints, Ints]:
        """Those of the candidates whose tokens are the rule's."""
        lengths = self._lengths[rids]
        same = np.ones(starts.size, dtype=bool)
        totals = np.cumsum(lengths)
        begin = 0
        while begin < starts.size:
            spent = int(totals[begin - 1]) if begin else 0
            end = max(begin + 1, int(np.searchsorted(totals, spent + _MOST_COMPARED, side="right")))
            part = slice(begin, end)
            in_query, sizes = ranges(starts[part], lengths[part])
            in_rule, _ = ranges(self._starts[rids[part]], sizes)
            equal = tokens[in_query] == self._tokens[in_rule]
            same[part] = np.logical_and.reduceat(equal, np.cumsum(sizes) - sizes)
            begin = end
        return starts[same], rids[same]


def rule_hashes(tokens: Array, starts: Ints) -> dict[str, Array]:
    """What `ExactRules` looks up, of the rules whose `tokens` start at `starts`; empty ones are never found."""
    lengths = np.diff(starts)
    levels = [
        _rules_of_level(tokens, starts, lengths, size) for size in range(int(lengths.max(initial=1)).bit_length())
    ]
    return {
        "level_starts": np.cumsum([0, *(len(level[0]) for level in levels)]),
        "level_rids": np.concatenate([level[0] for level in levels]),
        "level_first": np.concatenate([level[1] for level in levels]),
        "level_last": np.concatenate([level[2] for level in levels]),
    }


def _rules_of_level(tokens: Array, starts: Ints, lengths: Ints, size: int) -> tuple[Ints, Hashes, Hashes]:
    window = 1 << size
    rids = np.flatnonzero((lengths >= window) & (lengths < 2 * window))
    first = np.zeros(rids.size, dtype=np.uint64)
    last = np.zeros(rids.size, dtype=np.uint64)
    for place, rid in enumerate(rids):
        own = tokens[starts[rid] : starts[rid + 1]].astype(np.int64)
        first[place] = _of_window(own[:window])
        last[place] = _of_window(own[-window:])
    order = np.argsort(first, kind="stable")
    return rids[order], first[order], last[order]


def _of_window(tokens: Ints) -> np.uint64:
    hashes = _of_tokens(tokens)
    factor = _FACTOR
    size = 1
    while size < tokens.size:
        hashes, factor = _doubled(hashes, size, factor)
        size *= 2
    return np.uint64(hashes[0])


def _of_tokens(tokens: Ints) -> Hashes:
    mixed: Hashes = (tokens.astype(np.uint64) + _ONE) * _SPREAD
    return mixed


def _doubled(hashes: Hashes, size: int, factor: int) -> tuple[Hashes, int]:
    """Hashes of windows of `2 * size` tokens out of those of `size`, and the factor for the next doubling."""
    count = max(0, hashes.size - size)
    doubled: Hashes = hashes[:count] * np.uint64(factor) + hashes[size : size + count]
    return doubled, factor * factor % (1 << 64)


def _level(first: Hashes, last: Hashes, rids: Ints) -> _Level:
    marks = np.zeros(1 << _FILTER_BITS, dtype=bool)
    marks[first >> _SHIFT] = True
    return _Level(first, last, rids, marks)
