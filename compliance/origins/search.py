"""The whole way from a file to its origins: read, match, attribute, and find the counterpart of what is told."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

import msgspec
import numpy as np

from compliance.origins.attribution import Part, Reals, Weights, attribute
from compliance.origins.catalog import Notice
from compliance.origins.evidence import Counterpart, Counterparts
from compliance.origins.graph import LineageGraph
from compliance.origins.index.reader import Index
from compliance.origins.languages import language_of
from compliance.origins.matching import Known, Matches, matches_of
from compliance.origins.telling import LEAST_EVIDENCE, prints_of, told_parts

MOST_ALSO_NEAR = 5
"""Other model families that are named of one part."""
AS_NEAR = 0.98
"""Share of the nearest one's match from which a family is as near throughout a region."""
_MOST_TIES = 5


class Region(msgspec.Struct, frozen=True):
    """Parts of a file that are nearest to the same model family."""

    parts: tuple[Part, ...]
    name: str
    """Of the model family."""
    counterpart: Counterpart
    share: float
    """0–1: how much of these parts the family's nearest file has."""
    confidence: float
    """0–1: how sure it is that this family is the nearest, not another one."""
    shared: tuple["Relative", ...]
    """Other families that may be the nearest to some part, the likeliest first."""
    as_near: tuple["Relative", ...]
    """Those of them that have as much of the whole region as the nearest one."""
    notice: Notice
    """What the nearest file and all that are as near throughout carried alike."""
    ancestors: tuple["Relative", ...]
    """Families that this one is known to descend from, nearest first."""
    founders: tuple[str, ...]
    """Those of them that descend from nothing else that is known."""
    evidence: float


class Relative(msgspec.Struct, frozen=True):
    """Another model family of a lineage."""

    name: str
    family: int
    """Number of the family's file that is nearest."""
    share: float | None
    """0–1: how much of the region it has; None where nothing was compared."""


class Search:
    """Compares files with one or more indexes."""

    def __init__(
        self,
        indexes: Sequence[Index],
        *,
        weights: Weights = Weights(),  # noqa: B008 (frozen)
        least_evidence: float = LEAST_EVIDENCE,
    ) -> None:
        """Search `indexes` together.

        Args:
            indexes: to search.
            weights: of the candidates' traits.
            least_evidence: for one family in one file, below which nothing is said.
        """
        self.known = Known(indexes)
        self._weights = weights
        self._least_evidence = least_evidence

    @cached_property
    def _graphs(self) -> tuple[LineageGraph, ...]:
        return tuple(LineageGraph.of(index.catalog) for index in self.known.indexes)

    def ancestors_of(self, family: int) -> tuple[int, ...]:
        """Numbers of the files that the family's file is known to descend from, nearest first."""
        place = self.known.place(family)
        above = self._graphs[place.index].ancestors(place.family)
        return tuple(family - place.family + one.node.family for one in above)

    @cached_property
    def _counts(self) -> Reals:
        """How many model families descend from each directly."""
        return np.bincount(self.known.edges[:, 1], minlength=len(self.known.names)).astype(np.float64)

    @cached_property
    def _children_logarithm(self) -> Reals:
        return np.log1p(self._counts)

    def children(self, without: Collection[str]) -> Reals:
        """For each model family, the logarithm of one more than how many, but for `without`, descend from it."""
        if not without:
            return self._children_logarithm
        left_out = self.known.names_within(without)
        child, parent = self.known.edges.T
        parents = parent[np.isin(child, sorted(left_out))]
        return np.log1p(self._counts - np.bincount(parents, minlength=len(self._counts)))

    def origins_of(self, content: bytes, path: str, *, without: Collection[str] = ()) -> tuple[Region, ...]:
        """Where the code of a file comes from, region by region, the one with most evidence first.

        Args:
            content: of the file.
            path: names its language by the suffix.
            without: families, as `project:path`, that don't count.
        """
        if (language := language_of(path)) is None or not self.known.indexes:
            return ()
        matches = matches_of(content, language, self.known, without, self._least_evidence)
        if matches is None:
            return ()
        attribution = attribute(matches, self.children(without), self._weights)
        told = told_parts(attribution, self._least_evidence)
        regions = [self._region(matches, name, members) for name, members in told.items()]
        shown = [region for region in regions if region.counterpart.stretches]  # or nobody could check it
        return tuple(sorted(shown, key=lambda region: -region.evidence))

    def also_near(self, region: Region) -> dict[int, tuple[str, ...]]:
        """For each block of `region`, other model families that may be the nearest to its part, by likelihood."""
        return {
            block: tuple(self.known.names[one.name] for one in part.candidates[1 : MOST_ALSO_NEAR + 1])
            for part in region.parts
            for block in part.blocks
        }

    def _region(self, matches: Matches, name: int, parts: Sequence[Part]) -> Region:
        blocks = sorted(block for part in parts for block in part.blocks)
        families = self._families(matches, blocks)
        counterparts = Counterparts(matches, blocks, self.known)
        nearest = counterparts.of(families[name][0])
        prints = prints_of(parts)
        shares = _shares(parts, prints)
        own = dict(shares)[name]
        shared = [Relative(self.known.names[one], families[one][0], share) for one, share in shares if one != name]
        as_near = [one for one in shared if (one.share or 0.0) >= AS_NEAR * own]
        ties = [counterparts.notice_of(one.family) for one in as_near[:_MOST_TIES]]
        return Region(
            tuple(parts),
            self.known.names[name],
            nearest,
            families[name][1] / max(prints, 1),
            sum(part.candidates[0].probability * part.prints for part in parts) / max(prints, 1),
            tuple(shared),
            tuple(as_near),
            _common([nearest.notice, *ties]),
            tuple(self._ancestors(nearest.family)),
            self._founders(nearest.family),
            sum(part.candidates[0].evidence for part in parts),
        )

    def _families(self, matches: Matches, blocks: Sequence[int]) -> dict[int, tuple[int, int]]:
        """For each model family its file that shares most with `blocks`, and how many fingerprints that is."""
        hits = matches.hits
        here = np.isin(matches.prints.blocks[hits.queries], np.array(blocks))
        groups, shared = np.unique(hits.groups[here], return_counts=True)
        positions, members = hits.families.of(groups)
        counts = np.bincount(members, shared[positions]).astype(np.int64)
        families = np.flatnonzero(counts)
        names = self.known.name_of_family[families]
        order = np.lexsort((families, -counts[families], names))
        best = order[np.flatnonzero(np.diff(names[order], prepend=-1))]
        pairs = zip(families[best].tolist(), counts[families[best]].tolist(), strict=True)
        return dict(zip(names[best].tolist(), pairs, strict=True))

    def _ancestors(self, family: int) -> Iterator[Relative]:
        told = {int(self.known.name_of_family[family])}
        for one in self.ancestors_of(family):
            name = int(self.known.name_of_family[one])
            if name not in told:
                told.add(name)
                yield Relative(self.known.names[name], one, None)

    def _founders(self, family: int) -> tuple[str, ...]:
        """Model families of the file's ancestors that descend from nothing else that is known."""
        place = self.known.place(family)
        families = self.known.indexes[place.index].catalog.families
        names = [families[node.family].name for node in self._graphs[place.index].founders(place.family)]
        return tuple(name for name in dict.fromkeys(names) if name != families[place.family].name)


def _shares(parts: Sequence[Part], prints: int) -> list[tuple[int, float]]:
    """Every candidate of any part with how much of the region it is near to, the likeliest first."""
    shares: dict[int, float] = defaultdict(float)
    chances: dict[int, float] = defaultdict(float)
    for part in parts:
        for one in part.candidates:
            shares[one.name] += one.share * part.prints / max(prints, 1)
            chances[one.name] += one.probability * part.prints
    return [(name, shares[name]) for name in sorted(shares, key=lambda name: (-chances[name], name))]


def _common(notices: Sequence[Notice]) -> Notice:
    """What all of `notices` hold: no one is asked for a notice that only one of several equal origins carried."""
    first = notices[0]
    return Notice(
        first.expression if all(one.expression == first.expression for one in notices) else None,
        tuple(holder for holder in first.holders if all(holder in one.holders for one in notices)),
        all(one.changes_stated for one in notices),
    )
