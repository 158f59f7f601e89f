"""Where the counterpart stands: the nearest state of a family's file, its releases, and lines beside lines."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from compliance.origins.catalog import Content, ContentBlock, Notice, Release
from compliance.origins.index.reader import Index
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


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of the examined file and their counterpart."""

    block: int
    """Number of the examined file's block."""
    lines: Lines
    name: str
    origin_lines: Lines
    """Of the whole function or class that holds the counterpart."""
    origin_name: str


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The nearest known state of a family's file."""

    family: int
    """Number of the family among all that are known."""
    releases: tuple[Release, ...]
    """Those that hold the nearest state, earliest first."""
    first_release: Release
    """The first known release of the file in any state."""
    notice: Notice
    share: float
    """0–1: how much of the examined parts it has."""
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class _Shared:
    """Fingerprints of the examined parts and the blocks of one index that have them."""

    queries: Numbers
    blocks: Numbers


def counterpart(matches: Matches, blocks: Sequence[int], family: int, known: Known) -> Counterpart:
    """The state of `family` that is nearest to the file's `blocks`.

    The nearest one shares most fingerprints; among equals it is the one with fewest others, then the earliest.
    """
    place = known.place(family)
    index = known.indexes[place.index]
    chosen = np.flatnonzero(np.isin(matches.prints.blocks, np.array(blocks)))
    shared = _shared(matches, chosen, index)
    contents = index.contents(place.family)
    scores = [_overlap(content, shared, index) for content in contents]
    best = max(range(len(contents)), key=lambda at: (*scores[at], -contents[at].releases[0]))
    catalog = index.catalog
    releases = tuple(catalog.releases[number] for number in contents[best].releases)
    first = min(
        (content.releases[0] for content in contents),
        key=lambda number: catalog.releases[number].released or "9999",
    )
    return Counterpart(
        family,
        releases,
        catalog.releases[first],
        catalog.notices[contents[best].notice],
        scores[best][0] / max(len(chosen), 1),
        tuple(_stretches(matches, blocks, shared, contents[best])),
    )


def _shared(matches: Matches, chosen: Numbers, index: Index) -> _Shared:
    hits = index.look_up(matches.prints.values[chosen])
    positions, blocks = index.blocks(hits.groups)
    return _Shared(chosen[hits.queries[positions]], blocks)


def _overlap(content: Content, shared: _Shared, index: Index) -> tuple[int, int]:
    """How many of the fingerprints `content` has, and, negative, how many others."""
    own = np.array([block.block for block in content.blocks], np.int64)
    common = len(np.unique(shared.queries[np.isin(shared.blocks, own)]))
    return common, common - int(index.block_sizes[own].sum(dtype=np.int64))


def _stretches(matches: Matches, blocks: Sequence[int], shared: _Shared, content: Content) -> Iterable[Stretch]:
    origin = {block.block: block for block in reversed(content.blocks)}
    of_content = np.isin(shared.blocks, np.array(list(origin), np.int64))
    queries, found = shared.queries[of_content], shared.blocks[of_content]
    prints = matches.prints
    sizes = np.bincount(prints.blocks, minlength=len(matches.text.blocks))
    for block in blocks:
        here = prints.blocks[queries] == block
        hits = np.unique(queries[here])
        if not len(hits):
            continue
        tells_enough = matches.telling[hits].sum() >= TELLS_ENOUGH
        least = LEAST_OF_A_BLOCK if tells_enough else ENOUGH_OF_A_BLOCK
        if len(hits) >= least * sizes[block] and not _is_pasted(hits, int(sizes[block])):
            yield _stretch(matches, block, matches.text.blocks[block].lines, found[here], origin)
            continue
        for begin, end in _runs(prints.first_lines[hits], prints.last_lines[hits]):
            run = hits[begin:end]
            if len(run) >= LEAST_HITS:
                lines = int(prints.first_lines[run[0]]), int(prints.last_lines[run].max())
                yield _stretch(matches, block, lines, found[here & np.isin(queries, run)], origin)


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
