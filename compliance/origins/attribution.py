"""From matches to origins: which model family each class or function is nearest to, and how sure that is.

Model code descends from model code, so that a function is often as near to fifty families as to one. What decides
among them is the rest of the file: which family explains most of what few others have, and, among equals, from
which one others are known to descend.
"""

from collections.abc import Iterator
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from compliance.origins.matching import Matches, Numbers

Reals = NDArray[np.float64]

NEAR = 0.9
"""Share of the best match from which a family counts as being as near."""
IN_QUESTION = 0.4
"""Share of the best match from which a family may be the origin all the same, if the rest of the file says so."""
MOST_CANDIDATES = 12
"""Families that are named of one part."""


class Weights(msgspec.Struct, frozen=True):
    """How much each trait of a candidate tells: a conditional logit, fitted on the benchmark's tuning half.

    By `python -m benchmarks.origins.fitting`: half on classes that name their parent, with their own family left
    out of the index, half on parts of rewritten files whose family is in the index.
    """

    match: float = 5.65
    """Its match of the part, relative to the best."""
    exclusive: float = 0.75
    """Logarithm of how much of the file it explains, each fingerprint shared out among all that have it."""
    parts: float = 7.23
    """Share of the file's parts to which it is near."""
    whole: float = -2.38
    """How much of the whole file it has, whoever else has it."""
    children: float = 0.1
    """Logarithm of how many families are known to descend from it directly."""
    children_unexplained: float = 0.6
    """The same, times the share of the file that no family explains alone better than others."""
    children_divided: float = 0.76
    """The same, times the share of the file's parts to which not even the nearest family of all is near.

    Where one family is near to everything, it counts for little how famous others are.
    """


class Candidate(msgspec.Struct, frozen=True):
    """A model family that a part may come from."""

    name: int
    """Number of the model family."""
    share: float
    """0–1: how much of the part's fingerprints it has."""
    probability: float
    """0–1: how sure it is that this one, and no other candidate, is the nearest."""
    evidence: float
    """How much the fingerprints tell that it shares with the part; see `Matches.telling`."""


class Part(msgspec.Struct, frozen=True):
    """A class, or a function at the top level, and the families that it may come from."""

    name: str
    blocks: tuple[int, ...]
    """Numbers of its blocks, in order."""
    prints: int
    """How many fingerprints it has."""
    candidates: tuple[Candidate, ...]
    """Those that may be the nearest, the likeliest first."""


class Parts(msgspec.Struct, frozen=True):
    """A file in parts."""

    names: list[str]
    of_blocks: Numbers
    of_prints: Numbers
    sizes: Numbers
    """Fingerprints of each."""


class Pairs(msgspec.Struct, frozen=True):
    """Every part with every model family that shares anything with it, ordered by part."""

    parts: Numbers
    names: Numbers
    shares: Reals
    """0–1: how much of the part each has."""
    relative: Reals
    """The same, relative to the part's best."""
    evidence: Reals

    def only(self, kept: NDArray[np.bool_]) -> "Pairs":
        """Those pairs for which `kept` holds."""
        return Pairs(
            self.parts[kept], self.names[kept], self.shares[kept], self.relative[kept], self.evidence[kept]
        )


class Attribution(msgspec.Struct, frozen=True):
    """What a file comes from, as far as its text tells."""

    parts: tuple[Part, ...]
    """Those that match something, in order."""
    evidence: float
    """How much all that the file shares with one family tells, of the family with most of it."""


def attribute(matches: Matches, children: Reals, weights: Weights) -> Attribution:
    """The origins of a file's parts.

    Args:
        matches: of the file.
        children: of each model family, the logarithm of one more than how many families descend from it directly.
        weights: of the candidates' traits.
    """
    asked = traits_of(matches, children)
    scores = asked.values @ np.array(msgspec.structs.astuple(weights))
    return Attribution(tuple(_chosen(asked.parts, asked.pairs, scores)), asked.evidence)


class Traits(msgspec.Struct, frozen=True):
    """The candidates of all parts of a file."""

    parts: Parts
    pairs: Pairs
    """Of a part and a model family that may be its origin."""
    values: Reals
    """Of each pair in a row: as many as there are `Weights`, in their order."""
    evidence: float
    """See `Attribution`."""


def traits_of(matches: Matches, children: Reals) -> Traits:
    """What tells for each model family that a part of the file may come from; arguments as for `attribute`."""
    parts = _parts(matches)
    pairs = _pairs(matches, parts)
    kept = pairs.only(pairs.relative >= IN_QUESTION)
    values = np.column_stack((kept.relative, *_of_whole_file(matches, parts, pairs, children, kept.names)))
    return Traits(parts, kept, values, float(np.bincount(pairs.names, pairs.evidence).max()))


def _parts(matches: Matches) -> Parts:
    """A part is a class, else a function; blocks of one class need not follow one another."""
    numbers: dict[str, int] = {}
    of_blocks = [numbers.setdefault(block.name.partition(".")[0], len(numbers)) for block in matches.text.blocks]
    table = np.array(of_blocks, np.int64)
    of_prints = table[matches.prints.blocks]
    return Parts(list(numbers), table, of_prints, np.bincount(of_prints, minlength=len(numbers)))


def _pairs(matches: Matches, parts: Parts) -> Pairs:
    count = int(matches.names.max()) + 1
    keys, inverse = np.unique(parts.of_prints[matches.name_queries] * count + matches.names, return_inverse=True)
    shared = np.bincount(inverse, minlength=len(keys))
    evidence: Reals = np.bincount(inverse, matches.telling[matches.name_queries], len(keys)).astype(np.float64)
    numbers, names = np.divmod(keys, count)
    begins = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    best = np.repeat(np.maximum.reduceat(shared, begins), np.diff(np.append(begins, len(keys))))
    return Pairs(numbers, names, shared / parts.sizes[numbers], shared / best, evidence)


def _of_whole_file(
    matches: Matches, parts: Parts, pairs: Pairs, children: Reals, names: Numbers
) -> tuple[Reals, ...]:
    """What the file as a whole says for each of the model families `names`: the later six of `Weights`."""
    count = int(matches.names.max()) + 1
    exclusive = np.bincount(matches.names, 1 / matches.spread[matches.name_queries], minlength=count)
    whole = np.bincount(matches.names, minlength=count) / len(matches.prints)
    near = pairs.only(pairs.relative >= NEAR)
    nearness = np.bincount(near.names, parts.sizes[near.parts], minlength=count) / len(matches.prints)
    fame = children[names]
    return (
        np.log(exclusive[names]),
        nearness[names],
        whole[names],
        fame,
        fame * (1 - exclusive.max() / exclusive.sum()),
        fame * (1 - nearness.max()),
    )


def _chosen(parts: Parts, near: Pairs, scores: Reals) -> Iterator[Part]:
    bounds = np.searchsorted(near.parts, np.arange(len(parts.names) + 1)).tolist()
    for number, (begin, end) in enumerate(pairwise(bounds)):
        if begin == end:
            continue
        chances = np.exp(scores[begin:end] - scores[begin:end].max())
        chances /= chances.sum()
        order = begin + np.argsort(-chances, kind="stable")[:MOST_CANDIDATES]
        candidates = map(
            Candidate,
            near.names[order].tolist(),
            near.shares[order].tolist(),
            chances[order - begin].tolist(),
            near.evidence[order].tolist(),
        )
        yield Part(
            parts.names[number],
            tuple(np.flatnonzero(parts.of_blocks == number).tolist()),
            int(parts.sizes[number]),
            tuple(candidates),
        )
