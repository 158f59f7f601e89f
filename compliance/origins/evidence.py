"""Where the counterpart stands: the nearest state of a family's file, its releases, and lines beside lines."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from compliance.origins.catalog import Content, ContentBlock, Notice, Release
from compliance.origins.matching import Known, Matches, Numbers

LARGEST_GAP = 3
"""Lines between two matches of one stretch."""
LEAST_HITS = 2
"""Matches without which a stretch is left out, unless they are enough of its function."""
ENOUGH_OF_A_BLOCK = 0.15
"""Share of a function's fingerprints from which all its lines count as matched, whatever these fingerprints tell.

Where three of ten statements are rewritten, a third of the fingerprints are left; where half are, an eighth.
"""
LEAST_OF_A_BLOCK = 0.03
"""Share of a function's fingerprints from which all its lines count as matched if these tell enough."""
TELLS_ENOUGH = 0.5
"""How much they have to tell for that; see `Matches.telling`."""
PASTED = 10
"""Matches that are lines pasted into a function if they are close together in less than half of it."""
CLOSE = 0.8
"""Share of the fingerprints from the first to the last of them that match, if they are close together."""

Lines = tuple[int, int]


class Stretch(msgspec.Struct, frozen=True):
    """Lines of the examined file and their counterpart."""

    block: int
    """Number of the examined file's block."""
    lines: Lines
    name: str
    origin_lines: Lines
    """Of the whole function or class that holds the counterpart."""
    origin_name: str


class Counterpart(msgspec.Struct, frozen=True):
    """The nearest known state of a family's file."""

    family: int
    """Number of the family among all that are known."""
    releases: tuple[Release, ...]
    """Those that hold the nearest state, earliest first."""
    as_near: tuple[Release, ...]
    """The first releases of other states that share as much with the file: what tells them apart was rewritten."""
    first_release: Release
    """The first known release of the file in any state."""
    notice: Notice
    share: float
    """0–1: how much of the examined parts it has."""
    stretches: tuple[Stretch, ...]


class _Shared(msgspec.Struct, frozen=True):
    """Fingerprints of the examined parts and the blocks of one index that have them, by fingerprint."""

    queries: Numbers
    blocks: Numbers

    def within(self, blocks: Numbers, count: int) -> "_Shared":
        """Those that some of `blocks` have, of which there are `count` in the index."""
        wanted = np.zeros(count, bool)
        wanted[blocks] = True
        kept = wanted[self.blocks]
        return _Shared(self.queries[kept], self.blocks[kept])


class _State(msgspec.Struct, frozen=True):
    """One state of a family's file beside the examined parts."""

    content: Content
    shared: _Shared
    common: int
    """How many fingerprints it shares."""


class Counterparts:
    """The counterparts of some blocks of one file in several families."""

    def __init__(self, matches: Matches, blocks: Sequence[int], known: Known) -> None:
        """Look for the counterparts of the file's `blocks`."""
        self._matches = matches
        self._blocks = blocks
        self._known = known
        self._chosen = np.zeros(len(matches.text.blocks), bool)
        self._chosen[list(blocks)] = True
        self._prints = int(self._chosen[matches.prints.blocks].sum())
        self._shared: dict[int, _Shared] = {}

    def of(self, family: int) -> Counterpart:
        """The state of `family` that is nearest to the blocks."""
        states, best = self._states(family)
        place = self._known.place(family)
        catalog = self._known.indexes[place.index].catalog
        nearest = states[best]
        first = min(
            (state.content.releases[0] for state in states),
            key=lambda number: catalog.releases[number].released or "9999",
        )
        return Counterpart(
            family,
            tuple(catalog.releases[number] for number in nearest.content.releases),
            tuple(
                catalog.releases[state.content.releases[0]]
                for state in states
                if state is not nearest and state.common == nearest.common
            ),
            catalog.releases[first],
            catalog.notices[nearest.content.notice],
            nearest.common / max(self._prints, 1),
            tuple(_stretches(self._matches, self._blocks, nearest.shared, nearest.content)),
        )

    def notice_of(self, family: int) -> Notice:
        """What the nearest state of `family` carried."""
        states, best = self._states(family)
        return self._known.indexes[self._known.place(family).index].catalog.notices[states[best].content.notice]

    def _states(self, family: int) -> "tuple[list[_State], int]":
        """All states of `family`, and which one is the nearest.

        The nearest one shares most fingerprints; among equals it is the one with fewest others, then the earliest.
        """
        place = self._known.place(family)
        index = self._known.indexes[place.index]
        sizes = index.block_sizes
        states, others = [], []
        for content in index.contents(place.family):
            own = np.array([block.block for block in content.blocks], np.int64)
            shared = self._shared_with_any(place.index).within(own, len(sizes))
            states.append(_State(content, shared, len(_different(shared.queries))))
            others.append(int(sizes[own].sum(dtype=np.int64)))
        best = max(
            range(len(states)),
            key=lambda at: (states[at].common, states[at].common - others[at], -states[at].content.releases[0]),
        )
        return states, best

    def _shared_with_any(self, number: int) -> _Shared:
        if number not in self._shared:
            found = self._matches.found[number]
            of_blocks = self._chosen[self._matches.prints.blocks[found.queries]]
            queries = found.queries[of_blocks]
            positions, blocks = self._known.indexes[number].blocks(found.groups[of_blocks])
            order = np.argsort(positions, kind="stable")
            self._shared[number] = _Shared(queries[positions[order]], blocks[order])
        return self._shared[number]


def _different(ascending: Numbers) -> Numbers:
    """Each of the numbers once."""
    kept = np.ones(len(ascending), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=kept[1:])
    return ascending[kept]


def _stretches(matches: Matches, blocks: Sequence[int], shared: _Shared, content: Content) -> Iterable[Stretch]:
    origin = {block.block: block for block in reversed(content.blocks)}
    queries, found = shared.queries, shared.blocks
    prints = matches.prints
    sizes = np.bincount(prints.blocks, minlength=len(matches.text.blocks)).tolist()
    different = _different(queries)
    bounds = np.searchsorted(prints.blocks[different], np.arange(len(sizes) + 1)).tolist()
    for block in blocks:
        hits = different[bounds[block] : bounds[block + 1]]
        if not len(hits):
            continue
        tells_enough = matches.telling[hits].sum() >= TELLS_ENOUGH
        least = LEAST_OF_A_BLOCK if tells_enough else ENOUGH_OF_A_BLOCK
        if len(hits) >= least * sizes[block] and not _is_pasted(hits, sizes[block]):
            lines = matches.text.blocks[block].lines
            yield _stretch(matches, block, lines, found[_between(queries, hits)], origin)
            continue
        for begin, end in _runs(prints.first_lines[hits], prints.last_lines[hits]):
            run = hits[begin:end]
            if len(run) >= LEAST_HITS:
                lines = int(prints.first_lines[run[0]]), int(prints.last_lines[run].max())
                yield _stretch(matches, block, lines, found[_between(queries, run)], origin)


def _between(queries: Numbers, hits: Numbers) -> slice:
    """Where the first to the last of `hits` stand among the ascending `queries`."""
    return slice(*np.searchsorted(queries, (hits[0], hits[-1] + 1)).tolist())


def _is_pasted(hits: Numbers, size: int) -> bool:
    """Whether the `hits` among `size` fingerprints of a function are too close together for a rewritten one."""
    reach = int(hits[-1] - hits[0]) + 1
    return len(hits) >= PASTED and len(hits) >= CLOSE * reach and reach < 0.5 * size


def _stretch(
    matches: Matches, block: int, lines: Lines, found: Numbers, origin: dict[int, ContentBlock]
) -> Stretch:
    """`lines` beside the function of the origin that shares most with them."""
    counted = Counter(found.tolist())
    nearest = origin[max(counted, key=lambda number: (counted[number], -origin[number].first))]
    return Stretch(block, lines, matches.text.blocks[block].name, (nearest.first, nearest.last), nearest.name)


def _runs(
    first: np.ndarray[tuple[int], np.dtype[np.int32]], last: np.ndarray[tuple[int], np.dtype[np.int32]]
) -> list[tuple[int, int]]:
    """Beginnings and ends of stretches of matches with no larger gap between them."""
    reached = np.maximum.accumulate(last)
    breaks = np.flatnonzero(first[1:] - reached[:-1] > LARGEST_GAP) + 1
    bounds = [0, *breaks.tolist(), len(first)]
    return list(pairwise(bounds))
