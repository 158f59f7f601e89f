"""Which tensors are statistically nearer to a reference's than tensors that were trained on their own.

Of two sketches the share of equal bits gives a cosine. Tensors count as alike beyond a cosine and a number of
standard deviations, both far above what was met among pairs of independently trained ones (docs/accuracy.md). What
is alike within one model, such as rates that all layers start from by the same formula, is no sign of anything and
is left out when a reference is made.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from compliance.weights.fingerprints import ReferenceTensor, TensorPrint
from compliance.weights.sampling import step_of
from compliance.weights.sketches import FEWEST_BITS, cosine, deviations, unequal_bits

ALIKE = 0.4
"""Cosine from which tensors count as alike. Noise that leaves it is 2.3 times as large as the weights."""
DEVIATIONS = 8.0
"""Standard deviations of chance that a likeness must reach as well, which asks more of small tensors."""
CHANCE = 1 / 1000
"""How often a tensor that was trained on its own is taken to count as alike, at most. The measurement leaves
0.0003 possible if tensors don't depend on each other, and 0.016 for a model if those of one do so entirely."""
PAIRS = 10_454
"""Pairs of independently trained tensors that were compared, of which none was alike: docs/accuracy.md."""
DOUBT = 0.01
"""Probability by chance above which nothing is said of a part of a model."""
_PATTERN = 4.0
"""Standard deviations of chance from which tensors of one model share a pattern. Fewer than for a likeness: what
two layers share, two models share more of."""
_MOST_COMPARED = 4096
"""Tensors of one shape in the references that one tensor is compared with."""
_SIBLINGS = 64
"""Tensors of the same shape and model that one is compared with, to tell patterns."""
_NUMBER = re.compile(r"\d+")
_SUFFIX = 3
"""Last parts of a name that are the same in all layers, roughly: `17.down_proj.weight`."""


class Likeness(msgspec.Struct, frozen=True):
    """A tensor that is alike to one of a reference."""

    found: TensorPrint
    original: ReferenceTensor
    cosine: float
    """Estimated; below zero where signs were exchanged."""


class _Block(msgspec.Struct, frozen=True):
    """Sketches of one length, of tensors whose samples lie at the same places."""

    owners: tuple[tuple[int, ReferenceTensor], ...]
    bits: NDArray[np.uint8]
    """One row each."""
    by_suffix: dict[str, NDArray[np.int64]]


class Sketches:
    """The sketches of several references."""

    def __init__(self, tensors: Iterable[tuple[int, ReferenceTensor]]) -> None:
        """Index `tensors`, each with the number of its reference."""
        listed: defaultdict[Layout, defaultdict[int, list[tuple[int, ReferenceTensor]]]]
        listed = defaultdict(lambda: defaultdict(list))
        for number, tensor in tensors:
            if tensor.sketch and len(tensor.sketch) * 8 >= FEWEST_BITS and not len(tensor.sketch) % 2:
                listed[layout_of(tensor)][len(tensor.sketch)].append((number, tensor))
        self._blocks = {
            layout: [_block(owners) for owners in by_length.values()] for layout, by_length in listed.items()
        }

    def alike(self, found: TensorPrint) -> dict[int, Likeness]:
        """For each reference that has tensors alike to `found`, its number and the nearest of them."""
        nearest: dict[int, Likeness] = {}
        for number, likeness in self.nearest(found):
            before = nearest.get(number)
            if before is None or abs(likeness.cosine) > abs(before.cosine):
                nearest[number] = likeness
        return nearest

    def nearest(self, found: TensorPrint) -> Iterator[tuple[int, Likeness]]:
        """Every tensor alike to `found`, with the number of its reference."""
        if found.sketch is None:
            return
        own = np.frombuffer(found.sketch, np.uint8)
        for block in self._blocks.get(layout_of(found), ()):
            bits = 8 * min(len(own), block.bits.shape[1])
            rows = _candidates(block, found.name)
            unequal = unequal_bits(own, block.bits if rows is None else block.bits[rows])
            for place in np.flatnonzero(are_alike(unequal, bits)):
                number, original = block.owners[place if rows is None else rows[place]]
                yield number, Likeness(found, original, cosine(int(unequal[place]), bits))


def are_alike(unequal: NDArray[np.int64], bits: int) -> NDArray[np.bool_]:
    """Which of several comparisons of `bits` bits show tensors that are alike, or alike with signs exchanged."""
    farthest = int(bits * np.arccos(ALIKE) / np.pi)
    beyond = deviations(0, bits) if bits else 0.0
    if beyond < DEVIATIONS:
        return np.zeros(len(unequal), np.bool_)
    few = min(farthest, int((bits - DEVIATIONS * bits**0.5) / 2))
    return (unequal <= few) | (unequal >= bits - few)


def without_patterns(tensors: Sequence[ReferenceTensor]) -> list[ReferenceTensor]:
    """`tensors` of one model, where those that share a pattern with others of their shape have no sketch."""
    shaped: defaultdict[tuple[int, ...], list[ReferenceTensor]] = defaultdict(list)
    for one in tensors:
        if one.sketch:
            shaped[one.shape].append(one)
    patterned = {id(one) for group in shaped.values() for one in _patterned(group)}
    return [msgspec.structs.replace(one, sketch=None) if id(one) in patterned else one for one in tensors]


def chance(alike: int, tensors: int) -> float:
    """How probable it is, at most, that so many of `tensors` that were trained on their own are `alike`.

    By Markov's inequality, which holds however much tensors of a model depend on each other: the expected number
    of alike ones is at most `CHANCE` for each.
    """
    return min(1.0, CHANCE * tensors / alike)


Layout = tuple[tuple[int, ...], int]
"""Lengths of all dimensions but the first, and the step of the sample: what must be the same to compare."""


def layout_of(tensor: ReferenceTensor) -> Layout:
    """What must be the same of two tensors so that their sketches can be compared."""
    elements = 1
    for length in tensor.shape:
        elements *= length
    return tensor.shape[1:], step_of(elements)


def _block(owners: list[tuple[int, ReferenceTensor]]) -> _Block:
    bits = np.frombuffer(b"".join(one.sketch or b"" for _, one in owners), np.uint8).reshape(len(owners), -1)
    places: defaultdict[str, list[int]] = defaultdict(list)
    if len(owners) > _MOST_COMPARED:
        for place, (_, tensor) in enumerate(owners):
            places[_suffix(tensor.name)].append(place)
    return _Block(tuple(owners), bits, {suffix: np.array(listed) for suffix, listed in places.items()})


def _candidates(block: _Block, name: str) -> NDArray[np.int64] | None:
    """The rows to compare a tensor called `name` with; None for all."""
    if len(block.owners) <= _MOST_COMPARED:
        return None
    named = block.by_suffix.get(_suffix(name))
    return named[:_MOST_COMPARED] if named is not None else np.arange(_MOST_COMPARED)


def _suffix(name: str) -> str:
    return ".".join(name.split(".")[-_SUFFIX:])


def _patterned(group: list[ReferenceTensor]) -> Iterator[ReferenceTensor]:
    """Those of `group`, tensors of one shape, that share a pattern with two others, or with most of its name.

    One other alone may have been made from it, as when a model is made deeper by repeating layers.
    """
    bits = np.array([np.frombuffer(one.sketch or b"", np.uint8) for one in group])
    digests = np.array([one.digest for one in group])
    names = np.array([_NUMBER.sub("", one.name) for one in group])
    for place, one in enumerate(group):
        others = np.unique(np.linspace(0, len(group) - 1, min(_SIBLINGS, len(group))).astype(np.int64))
        others = others[digests[others] != digests[place]]
        unequal = unequal_bits(bits[place], bits[others])
        near = np.array([abs(deviations(int(count), 8 * bits.shape[1])) > _PATTERN for count in unequal], np.bool_)
        named = near[names[others] == names[place]]
        if near.sum() > 1 or (named.any() and named.mean() > 0.5):
            yield one
