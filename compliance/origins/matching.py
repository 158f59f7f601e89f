"""Fingerprints of one file against all indexes: which model families share which of them."""

from collections.abc import Collection, Sequence
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from compliance.origins.blocks import Blocks
from compliance.origins.catalog import Family, Project
from compliance.origins.dialect import read
from compliance.origins.fingerprints import Fingerprints
from compliance.origins.index.reader import Hits, Index, expanded
from compliance.origins.languages import Language

Numbers = NDArray[np.int64]


class Place(msgspec.Struct, frozen=True):
    """A family of one index."""

    index: int
    family: int


class Known:
    """Several indexes as one: families are numbered through, and model families go by their names."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        """Join `indexes`; where two hold the same family, both count."""
        self.indexes = tuple(indexes)
        self._offsets = np.cumsum([0, *(len(one.catalog.families) for one in indexes)])
        self.names: list[str] = []
        """Of model families, each once."""
        numbers: dict[str, int] = {}
        of_families: list[int] = []
        for index in indexes:
            for family in index.catalog.families:
                number = numbers.setdefault(family.name, len(numbers))
                if number == len(self.names):
                    self.names.append(family.name)
                of_families.append(number)
        self.name_of_family: Numbers = np.array(of_families, np.int64)

    def place(self, family: int) -> Place:
        """Where the family of that number is."""
        index = int(np.searchsorted(self._offsets, family, "right")) - 1
        return Place(index, family - int(self._offsets[index]))

    def family(self, family: int) -> Family:
        """What is known of the family of that number."""
        place = self.place(family)
        return self.indexes[place.index].catalog.families[place.family]

    def project(self, family: int) -> Project:
        """The project of the family of that number."""
        place = self.place(family)
        return self.indexes[place.index].catalog.projects[self.family(family).project]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number of each family by `project:path`."""
        return {
            f"{self.project(number).id}:{self.family(number).path}": number
            for number in range(len(self.name_of_family))
        }

    @cached_property
    def edges(self) -> Numbers:
        """Model families by their numbers among `names`, each with one that it descends from: two columns.

        Whoever only imports a module doesn't descend from it, and modules of no model have no family.
        """
        named = [self._named_edges(number) for number in range(len(self.indexes))]
        child, parent = np.concatenate([np.empty((0, 2), np.int64), *named]).T
        of_model = np.array(["/" not in name for name in self.names], bool)
        pairs = _once((child * len(self.names) + parent)[(child != parent) & of_model[child] & of_model[parent]])
        edges: Numbers = np.stack(np.divmod(pairs, max(len(self.names), 1)), axis=1)
        return edges

    def _named_edges(self, number: int) -> Numbers:
        edges = self.indexes[number].catalog.edges
        pairs = [(child, parent) for child, _, parent, _, how in edges if how != "imports"]
        named: Numbers = self.name_of_family[np.array(pairs, np.int64).reshape(-1, 2) + self._offsets[number]]
        return named

    def names_within(self, families: Collection[str]) -> frozenset[int]:
        """Those model families, by their numbers, of which every family is among `families` (`project:path`)."""
        inside = np.zeros(len(self.name_of_family), bool)
        inside[[self.numbers[one] for one in families if one in self.numbers]] = True
        outside = set(self.name_of_family[~inside].tolist())
        return frozenset(self.name_of_family[inside].tolist()) - outside

    def look_up(self, values: NDArray[np.uint64]) -> tuple[Hits, ...]:
        """Which of `values` are known, by index."""
        return tuple(index.look_up(values) for index in self.indexes)

    def families_of(self, found: Sequence[Hits], without: Collection[str]) -> "Known.Hits":
        """The families, but for those `without`, that have what was `found` in each index."""
        left_out = np.zeros(len(self.name_of_family), bool)
        left_out[[self.numbers[one] for one in without if one in self.numbers]] = True
        queries, groups, sizes, members = [], [], [], []
        count = 0
        for offset, index, hits in zip(self._offsets.tolist(), self.indexes, found, strict=False):
            own, inverse = np.unique(hits.groups, return_inverse=True)
            positions, families = index.families(own)
            kept = ~left_out[families + offset]
            queries.append(hits.queries)
            groups.append(inverse + count)
            sizes.append(np.bincount(positions[kept], minlength=len(own)))
            members.append((families + offset)[kept])
            count += len(own)
        of_groups = Lists(np.concatenate(([0], np.cumsum(np.concatenate(sizes)))), np.concatenate(members))
        known = np.concatenate(queries), np.concatenate(groups)
        some = of_groups.sizes[known[1]] > 0
        return Known.Hits(known[0][some], known[1][some], of_groups)

    class Hits(msgspec.Struct, frozen=True):
        """Which fingerprints of a query are known."""

        queries: Numbers
        """Position of a known fingerprint …"""
        groups: Numbers
        """… and the group of families that have it; in several indexes, one group each."""
        families: "Lists"
        """Of each group."""


class Lists(msgspec.Struct, frozen=True):
    """Several lists of numbers, one after another."""

    starts: Numbers
    """Where each begins; one more than there are lists."""
    members: Numbers

    @property
    def sizes(self) -> Numbers:
        """How many members each has."""
        return np.diff(self.starts)

    def of(self, lists: Numbers) -> tuple[Numbers, Numbers]:
        """Pairs of a position in `lists` and a member of the list there."""
        return expanded(lists, self.starts, self.members)


class Matches(msgspec.Struct, frozen=True):
    """What of a file is known."""

    text: Blocks
    prints: Fingerprints
    found: tuple[Hits, ...]
    """By index."""
    hits: Known.Hits
    name_queries: Numbers
    """Position of a fingerprint …"""
    names: Numbers
    """… and a model family that has it, each pair once."""
    spread: Numbers
    """Of each fingerprint: how many model families have it."""
    telling: NDArray[np.float64]
    """Of each fingerprint: how much it tells to share it, less the more families have it; once however often."""


def matches_of(
    content: bytes, language: Language, known: Known, without: Collection[str] = (), least: float = 0.0
) -> Matches | None:
    """What of `content` the indexes hold.

    Args:
        content: to read.
        language: of it.
        known: the indexes.
        without: families that don't count.
        least: if all that is known together tells less, there is no answer: whose it is isn't asked, which takes
            longer.
    """
    text, prints = read(content, language)
    found = known.look_up(prints.values)
    if sum(float(prints.telling[one.queries].sum()) for one in found) < least:
        return None
    hits = known.families_of(found, without)
    if not len(hits.queries):
        return None
    names_of_groups = _distinct(hits.families, known.name_of_family, len(known.names))
    positions, names = names_of_groups.of(hits.groups)
    name_queries = hits.queries[positions]
    if len(known.indexes) > 1:  # the same model family may stand in two of them
        pairs = _once(name_queries * len(known.names) + names)
        name_queries, names = np.divmod(pairs, len(known.names))
    spread = np.bincount(name_queries, minlength=len(prints))
    return Matches(text, prints, found, hits, name_queries, names, spread, _telling(prints, spread))


def _telling(prints: Fingerprints, spread: Numbers) -> NDArray[np.float64]:
    once = np.zeros(len(prints), bool)
    once[np.unique(prints.values, return_index=True)[1]] = True
    return np.where(once, prints.telling / (1 + np.log2(np.maximum(spread, 1))), 0.0)


def _once(numbers: Numbers) -> Numbers:
    """Each of `numbers`, none of which is negative, once, ascending.

    As numpy's own `unique`, which imports masked arrays to see that these aren't some (.02 s).
    """
    ordered = np.sort(numbers)
    once: Numbers = ordered[np.diff(ordered, prepend=-1) != 0]
    return once


def _distinct(families: Lists, name_of_family: Numbers, count: int) -> Lists:
    """The different names, of which there are `count`, of each list of families."""
    groups = np.repeat(np.arange(len(families.sizes)), families.sizes)
    pairs = _once(groups * max(count, 1) + name_of_family[families.members])
    groups, names = np.divmod(pairs, max(count, 1))
    starts = np.concatenate(([0], np.cumsum(np.bincount(groups, minlength=len(families.sizes)))))
    return Lists(starts, names)
