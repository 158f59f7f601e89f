"""Collected files to an index: every block once, who holds it, and where it stands in each release."""

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from compliance.origins.catalog import Catalog, CollectedFile, Content, ContentBlock, Family
from compliance.origins.dialect import read
from compliance.origins.index import format as index_format
from compliance.origins.languages import language_of
from compliance.origins.parameters import DIALECT

LOW_BITS = 24
"""Bits of a fingerprint that are stored; some more follow from its place in the table."""
_LEAST_IN_BUCKET = 4


class ReadBlock(msgspec.Struct, frozen=True, array_like=True):
    """A block as a worker reads it."""

    name: str
    first: int
    last: int
    values: bytes
    """Its fingerprints, little-endian 64 bits each."""


class IndexBuilder(msgspec.Struct):
    """Gathers contents and writes them as one index."""

    _blocks: dict[bytes, int] = msgspec.field(default_factory=dict)
    _values: list[NDArray[np.uint64]] = msgspec.field(default_factory=list)
    _contents: dict[bytes, list[ContentBlock]] = msgspec.field(default_factory=dict)
    _holders: dict[tuple[int, bytes], list[int]] = msgspec.field(default_factory=lambda: defaultdict(list))
    """Releases by family and content."""

    def knows(self, digest: bytes) -> bool:
        """Whether the content with that SHA-256 has been read."""
        return digest in self._contents

    def read(self, digest: bytes, blocks: Iterable[ReadBlock]) -> None:
        """Take in what a content holds."""
        self._contents[digest] = [
            ContentBlock(self._block(one.values), one.name, one.first, one.last) for one in blocks
        ]

    def hold(self, family: int, digest: bytes, release: int) -> None:
        """Note that `family` has that content in `release`."""
        self._holders[family, digest].append(release)

    def _block(self, values: bytes) -> int:
        key = hashlib.blake2b(values, digest_size=16).digest()
        number = self._blocks.setdefault(key, len(self._blocks))
        if number == len(self._values):
            self._values.append(np.frombuffer(values, "<u8"))
        return number

    def write(self, path: Path, catalog: Catalog, notice_of: Callable[[bytes], int]) -> index_format.Header:
        """Write the index with `catalog` to `path`.

        Args:
            path: a file that is replaced in one step.
            catalog: its families are those that `hold` speaks of.
            notice_of: position in the catalog of the notice that a content carries, by its SHA-256.
        """
        by_family: dict[int, list[tuple[bytes, list[int]]]] = defaultdict(list)
        for (family, digest), releases in sorted(self._holders.items()):
            by_family[family].append((digest, sorted(releases)))
        holders = self._families_of_blocks(by_family)
        return index_format.write(
            path,
            DIALECT,
            {
                **_table(self._values, holders, _names(catalog.families)),
                **self._evidence(by_family, len(catalog.families), notice_of),
                "catalog": np.frombuffer(zlib.compress(msgspec.msgpack.encode(catalog), 9), np.uint8),
            },
            recipe=" ".join(catalog.recipe.split()[:2]),
        )

    def _families_of_blocks(self, by_family: dict[int, list[tuple[bytes, list[int]]]]) -> list[tuple[int, ...]]:
        found: list[set[int]] = [set() for _ in self._values]
        for family, contents in by_family.items():
            for digest, _ in contents:
                for one in self._contents[digest]:
                    found[one.block].add(family)
        return [tuple(sorted(families)) for families in found]

    def _evidence(
        self,
        by_family: dict[int, list[tuple[bytes, list[int]]]],
        families: int,
        notice_of: Callable[[bytes], int],
    ) -> "dict[str, index_format.Array]":
        """What is looked up once a family is known: its contents, compressed together since they are alike."""
        chunks: list[bytes] = []
        starts = np.zeros(families + 1, np.uint64)
        for family in range(families):
            contents = [
                Content(tuple(releases), notice_of(digest), tuple(self._contents[digest]))
                for digest, releases in by_family.get(family, ())
            ]
            chunks.append(zlib.compress(msgspec.msgpack.encode(contents), 9))
            starts[family + 1] = starts[family] + np.uint64(len(chunks[-1]))
        return {"contents": np.frombuffer(b"".join(chunks), np.uint8), "content_starts": starts}


def read_blocks(file: CollectedFile) -> list[ReadBlock]:
    """The blocks of `file` that are long enough to be compared; none for an unknown language."""
    if (language := language_of(file.path)) is None:
        return []
    text, found = read(file.content, language)
    bounds = np.searchsorted(found.blocks, np.arange(len(text.blocks) + 1)).tolist()
    return [
        ReadBlock(block.name, *block.lines, found.values[begin:end].astype("<u8").tobytes())
        for block, begin, end in zip(text.blocks, bounds[:-1], bounds[1:], strict=True)
        if end > begin
    ]


def _names(families: Iterable[Family]) -> NDArray[np.int64]:
    """For each family the number of its name: weights go by names, since forks and copies repeat a family."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(family.name, len(numbers)) for family in families], np.int64)


def _table(
    values: list[NDArray[np.uint64]], holders: list[tuple[int, ...]], names: NDArray[np.int64]
) -> "dict[str, index_format.Array]":
    """Fingerprint to group of blocks, group to families."""
    blocks = np.repeat(np.arange(len(values), dtype=np.int64), [len(one) for one in values])
    flat = np.concatenate(values) if values else np.zeros(0, np.uint64)
    bits = prefix_bits(len(flat))
    keys = flat >> np.uint64(64 - bits - LOW_BITS)
    order = np.lexsort((blocks, keys))
    keys, blocks = keys[order], blocks[order]
    fresh = np.concatenate(([True], (keys[1:] != keys[:-1]) | (blocks[1:] != blocks[:-1])))[: len(keys)]
    keys, blocks = keys[fresh], blocks[fresh]
    unique, begins = np.unique(keys, return_index=True)
    groups = _Groups(len(values))
    ends = np.append(begins, len(keys))[1:]
    refs = np.array(
        [groups.number(blocks[a:b]) for a, b in zip(begins.tolist(), ends.tolist(), strict=True)], np.int64
    )
    buckets = np.searchsorted(unique, np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(LOW_BITS))
    sets = _Groups(0)
    set_of_block = [sets.number(np.array(families, np.int64)) for families in holders]
    set_of_list = [
        sets.number(np.unique(np.concatenate([holders[block] for block in members]).astype(np.int64)))
        for members in groups.members
    ]
    spread = np.array([len(np.unique(names[members])) for members in sets.members], np.int64)
    return {
        "buckets": buckets.astype(np.uint32),
        "low": (unique & np.uint64(0xFFFF)).astype(np.uint16),
        "middle": ((unique >> np.uint64(16)) & np.uint64(0xFF)).astype(np.uint8),
        "group_low": (refs & 0xFFFF).astype(np.uint16),
        "group_high": (refs >> 16).astype(np.uint8 if len(groups) < 1 << 24 else np.uint16),
        **groups.sections("list", np.uint32),
        "families_of_group": np.array([*set_of_block, *set_of_list], np.uint32),
        **sets.sections("set", np.uint16 if len(names) <= 1 << 16 else np.uint32),
        "spread": np.minimum(spread, 0xFFFF).astype(np.uint16),
        "block_sizes": np.array([min(len(one), 0xFFFF) for one in values], np.uint16),
    }


def prefix_bits(fingerprints: int) -> int:
    """How many leading bits of a fingerprint pick its bucket, so that a bucket holds a few."""
    return max(8, min(20, (fingerprints // _LEAST_IN_BUCKET).bit_length()))


class _Groups:
    """Sets of numbers, each kept once; a set of one number below `singles` is that number."""

    def __init__(self, singles: int) -> None:
        self._singles = singles
        self._numbers: dict[bytes, int] = {}
        self.members: list[NDArray[np.int64]] = []

    def __len__(self) -> int:
        return self._singles + len(self.members)

    def number(self, members: NDArray[np.int64]) -> int:
        """The number of the set of `members`, which are sorted."""
        if len(members) == 1 and members[0] < self._singles:
            return int(members[0])
        number = self._numbers.setdefault(members.tobytes(), len(self))
        if number == len(self):
            self.members.append(members)
        return number

    def sections(self, name: str, type_: type[np.unsignedinteger]) -> "dict[str, index_format.Array]":
        """The sets, one after the other, and where each begins."""
        sizes = [len(one) for one in self.members]
        starts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
        flat = np.concatenate(self.members) if self.members else np.zeros(0, np.int64)
        return {f"{name}_members": flat.astype(type_), f"{name}_starts": starts.astype(np.uint32)}
