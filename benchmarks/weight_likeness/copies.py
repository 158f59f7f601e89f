"""Copies of weights that were changed in some way, and models that are none, as a check would meet them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from benchmarks.weight_likeness.models import prints, prints_of, reference, trained
from benchmarks.weight_likeness.plan import INDEPENDENT, TUNING
from benchmarks.weight_likeness.real import EFFICIENTNETS, SILERO
from compliance.weights.comparison import Comparison
from compliance.weights.fingerprints import TensorPrint
from compliance.weights.references import References
from tests.weights.tensor_files import Values, from_bf16, to_bf16

Array = NDArray[np.float32]
Change = Callable[[Array], Array]


@dataclass(frozen=True)
class Met:
    """What was found in one examined model, or in several of one kind together."""

    kind: str
    models: int
    change: float | None
    """Root mean square of the difference over that of the original; the middle one of the matrices."""
    comparable: int
    """Tensors that tell, with a sketch."""
    same: int
    alike: int
    cosine: float | None
    """Median of the alike ones."""
    found: int
    """Models with a finding."""


def related() -> Iterator[Met]:
    """Whose weights come from the reference's, the model from seed 0, all or in part."""
    for rate, steps in TUNING:
        yield _met(f"tuned on another text, rate {rate:g}, {steps:,} steps", trained(f"tuned-{rate:g}-{steps}"))
    yield _met("adapters of rank 8 trained and merged", trained("adapter-merged"))
    yield _met("one layer kept frozen, all else from another seed", trained("frozen-layer"))
    base = trained("seed-0")
    for count in (2, 4):
        yield _met(f"the mean of {count} models", _mean([trained(f"seed-{number}") for number in range(count)]))
    yield _met(
        "8 bits for each row and back, in bfloat16", _each(base, lambda one: quantised(one, 8, one.shape[-1]))
    )
    yield _met("4 bits for each 32 numbers and back, in bfloat16", _each(base, lambda one: quantised(one, 4, 32)))
    yield _met("the smaller half of the numbers set to zero", _each(base, pruned))
    yield _met("multiplied by -0.3", _each(base, lambda one: np.float32(-0.3) * one))
    longer = {name: extended(one) if name == "embed_tokens.weight" else one for name, one in tuned().items()}
    yield _met("tuned (rate 0.0005), a tenth more rows in the vocabulary", longer)
    yield _met("the same start, trained on another text", trained("same-start"))
    yield _met("the start itself, before training", trained("initial"))
    yield _met("neurons in another order", _each(base, shuffled))
    *silero, _ = [(one.name, prints_of(one.content, one.name)) for one in SILERO]
    for name, examined in silero[1:]:
        yield _told(f"{silero[0][0]} against {name}", examined, References([reference(silero[0][1], "-")]), None)


def unrelated() -> Iterator[Met]:
    """Models that were trained on their own."""
    seeds = [prints(trained(f"seed-{number}")) for number in range(INDEPENDENT)]
    yield _together("the same architecture from another seed", list(combinations(seeds, 2)))
    nets = [prints(trained(f"efficientnet-lite{number}")) for number in range(len(EFFICIENTNETS))]
    yield _together("EfficientNet-Lite 0, 1 and 2", list(combinations(nets, 2)))
    *silero, alone = [prints_of(one.content, one.name) for one in SILERO]
    yield _together("Silero VAD and another training run of it", [(alone, one) for one in silero])


def noisy(values: Values) -> Iterator[Met]:
    """How far the numbers of a real model may move."""
    known = References([reference(prints(values), "-")])
    chance = np.random.default_rng(7)
    for size in (0.01, 0.1, 0.3, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0):
        moved = {
            name: (one + chance.normal(0, size * _rms(one) + 1e-12, one.shape)).astype("<f4")
            for name, one in values.items()
        }
        yield _told("", prints(moved), known, size)


def quantised(values: Array, bits: int, group: int) -> Array:
    """`values` after a symmetric quantisation of each `group` of neighbours and back, rounded to bfloat16."""
    if values.size % group:
        return values
    rows = values.reshape(-1, group)
    scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12) / (2 ** (bits - 1) - 1)
    return from_bf16(to_bf16((np.round(rows / scale) * scale).reshape(values.shape).astype("<f4")))


def pruned(values: Array) -> Array:
    return np.where(np.abs(values) < np.median(np.abs(values)), np.float32(0), values)


def shuffled(values: Array) -> Array:
    return np.random.default_rng(values.size).permutation(values)


def extended(values: Array) -> Array:
    more = np.random.default_rng(1).normal(0, values.std(), (len(values) // 10, *values.shape[1:]))
    return np.concatenate([values, more.astype("<f4")])


def tuned() -> Values:
    return trained("tuned-0.0005-800")


def _each(values: Values, change: Change) -> Values:
    return {name: change(one) if one.ndim > 1 else one for name, one in values.items()}


def _mean(models: list[Values]) -> Values:
    return {name: np.mean([one[name] for one in models], axis=0, dtype=np.float32) for name in models[0]}


def _rms(values: Array) -> float:
    return float(np.sqrt(np.mean(np.square(values, dtype=np.float64))))


def _met(kind: str, examined: Values) -> Met:
    base = trained("seed-0")
    changes = [
        _rms(examined[name] - one) / _rms(one)
        for name, one in base.items()
        if one.ndim > 1 and examined[name].shape == one.shape
    ]
    return _told(kind, prints(examined), References([reference(prints(base), "-")]), float(np.median(changes)))


def _told(kind: str, examined: list[TensorPrint], known: References, change: float | None) -> Met:
    comparison = Comparison()
    for one in examined:
        comparison.add(one, known)
    copied, alike = comparison.copied(0), comparison.alike(0)
    cosines = [likeness.cosine for likeness in comparison.all_alike(0)]
    return Met(
        kind,
        1,
        change,
        comparison.comparable,
        copied.tensors if copied else 0,
        len(cosines),
        float(np.median(cosines)) if cosines else None,
        int(bool(copied or alike)),
    )


def _together(kind: str, pairs: list[tuple[list[TensorPrint], list[TensorPrint]]]) -> Met:
    known = {id(origin): References([reference(origin, "-")]) for _, origin in pairs}
    met = [_told("", examined, known[id(origin)], None) for examined, origin in pairs]
    return Met(
        kind,
        len(met),
        None,
        sum(one.comparable for one in met),
        sum(one.same for one in met),
        sum(one.alike for one in met),
        None,
        sum(one.found for one in met),
    )
