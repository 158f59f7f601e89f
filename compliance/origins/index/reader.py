"""Looking fingerprints up in an index file that is mapped into memory."""

import zlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from compliance.origins.catalog import Catalog, Content
from compliance.origins.index.format import Mapped
from compliance.origins.index.writer import LOW_BITS
from compliance.origins.parameters import DIALECT

_CONTENTS = msgspec.msgpack.Decoder(list[Content])
_CATALOG = msgspec.msgpack.Decoder(Catalog)


class Hits(msgspec.Struct, frozen=True):
    """Which fingerprints of a query are known."""

    queries: NDArray[np.int64]
    """Position of each known fingerprint in the query, ascending."""
    groups: NDArray[np.int64]
    """Number of the group of blocks that hold it."""


class Index:
    """An index of known code. What it holds is read from the file when it is needed."""

    def __init__(self, index: Path | Mapped) -> None:
        """Map the index at a path, or use one that is mapped already.

        Raises:
            IndexFaultError: it isn't a whole index of this dialect, or contradicts itself.
        """
        self.mapped = index if isinstance(index, Mapped) else Mapped(index, DIALECT)
        section = self.mapped.section
        self._buckets = section("buckets")
        self._low, self._middle = section("low"), section("middle")
        self._group_low, self._group_high = section("group_low"), section("group_high")
        self._list_members, self._list_starts = section("list_members"), section("list_starts")
        self._families_of_group = section("families_of_group")
        self._set_members, self._set_starts = section("set_members"), section("set_starts")
        self._spread = section("spread")
        self.block_sizes = section("block_sizes")
        self._contents, self._content_starts = section("contents"), section("content_starts")
        self._bits = len(self._buckets).bit_length() - 1
        if not self._is_consistent():
            raise self.mapped.corrupted("its sections don't fit each other")

    def __len__(self) -> int:
        """How many different fingerprints it holds."""
        return len(self._low)

    @property
    def digest(self) -> str:
        """Identity of the index."""
        return self.mapped.header.digest

    @cached_property
    def catalog(self) -> Catalog:
        """Projects, releases, families, notices, and which family descends from which.

        Raises:
            IndexFaultError: it can't be read.
        """
        try:
            catalog = _CATALOG.decode(zlib.decompress(self.mapped.section("catalog").tobytes()))
        except (zlib.error, msgspec.DecodeError) as error:
            raise self.mapped.corrupted("its catalog can't be read") from error
        if len(self._content_starts) != len(catalog.families) + 1:
            raise self.mapped.corrupted("its sections don't fit its catalog")
        return catalog

    def look_up(self, values: NDArray[np.uint64]) -> Hits:
        """Which of `values` are known, by binary search in each one's bucket."""
        bucket = (values >> np.uint64(64 - self._bits)).astype(np.int64)
        shift = np.uint64(64 - self._bits - LOW_BITS)
        wanted = ((values >> shift) & np.uint64((1 << LOW_BITS) - 1)).astype(np.int64)
        low = self._buckets[bucket].astype(np.int64)
        end = self._buckets[bucket + 1].astype(np.int64)
        high = end.copy()
        last = len(self._low) - 1
        for _ in range(int((high - low).max(initial=0)).bit_length()):
            middle = (low + high) >> 1
            smaller = (self._key(np.minimum(middle, last)) < wanted) & (low < high)
            low, high = np.where(smaller, middle + 1, low), np.where(smaller | (low >= high), high, middle)
        found = low < end
        found[found] = self._key(low[found]) == wanted[found]
        places = low[found]
        groups = self._group_low[places].astype(np.int64) | (self._group_high[places].astype(np.int64) << 16)
        return Hits(np.flatnonzero(found), groups)

    def _key(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        low: NDArray[np.int64] = self._low[places].astype(np.int64)
        middle: NDArray[np.int64] = self._middle[places].astype(np.int64)
        key: NDArray[np.int64] = low | (middle << 16)
        return key

    def families(self, groups: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of a position in `groups` and a family that holds a block of that group."""
        return expanded(self._families_of_group[groups].astype(np.int64), self._set_starts, self._set_members)

    def spread(self, groups: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many model families, by name, hold a block of each group."""
        spread: NDArray[np.int64] = self._spread[self._families_of_group[groups]].astype(np.int64)
        return spread

    def blocks(self, groups: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of a position in `groups` and a block of that group."""
        singles = len(self.block_sizes)
        single = np.flatnonzero(groups < singles)
        several = np.flatnonzero(groups >= singles)
        positions, members = expanded(groups[several] - singles, self._list_starts, self._list_members)
        return np.concatenate((single, several[positions])), np.concatenate((groups[single], members))

    def contents(self, family: int) -> Sequence[Content]:
        """Every known state of the family's file.

        Raises:
            IndexFaultError: they can't be read.
        """
        begin, end = self._content_starts[family : family + 2].tolist()
        try:
            return _CONTENTS.decode(zlib.decompress(self._contents[begin:end].tobytes()))
        except (zlib.error, msgspec.DecodeError) as error:
            raise self.mapped.corrupted("the contents of a file can't be read") from error

    def _is_consistent(self) -> bool:
        """Whether the sizes of the sections fit each other, which a wrong type in the header would break."""
        keys = {len(one) for one in (self._low, self._middle, self._group_low, self._group_high)}
        groups = len(self.block_sizes) + len(self._list_starts) - 1
        ends = (
            (self._buckets, self._low),
            (self._list_starts, self._list_members),
            (self._set_starts, self._set_members),
            (self._content_starts, self._contents),
        )
        return (
            len(keys) == 1
            and len(self._buckets) == (1 << self._bits) + 1
            and len(self._families_of_group) == groups
            and len(self._spread) == len(self._set_starts) - 1
            and all(len(starts) and int(starts[-1]) == len(members) for starts, members in ends)
        )


def expanded(
    sets: NDArray[np.int64], starts: NDArray[np.generic], members: NDArray[np.generic]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of a position in `sets` and a member of the set there, by position.

    Args:
        sets: numbers of sets.
        starts: where the members of each set begin among all; one more than there are sets.
        members: of all sets, one after another.
    """
    begin = starts[sets].astype(np.int64)
    sizes = starts[sets + 1].astype(np.int64) - begin
    positions = np.repeat(np.arange(len(sets)), sizes)
    within = np.arange(len(positions)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return positions, members[np.repeat(begin, sizes) + within].astype(np.int64)
