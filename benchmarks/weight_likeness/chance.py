"""How near tensors are that were trained on their own: the null that the threshold rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from benchmarks.weight_likeness.models import prints, prints_of, trained
from benchmarks.weight_likeness.plan import INDEPENDENT
from benchmarks.weight_likeness.real import EFFICIENTNETS, MINILM, OTHERS, SILERO
from compliance.weights.fingerprints import ReferenceTensor, TensorPrint
from compliance.weights.likeness import are_alike, layout_of
from compliance.weights.references import kept
from compliance.weights.sketches import cosine, deviations, unequal_bits


@dataclass(frozen=True)
class Chance:
    """Pairs of one kind."""

    kind: str
    models: int
    """Pairs of models, or models where pairs lie inside one."""
    deviations: NDArray[np.float64]
    cosines: NDArray[np.float64]
    alike: int


def measured() -> Iterator[Chance]:
    """Every kind."""
    seeds = [prints(trained(f"seed-{number}")) for number in range(INDEPENDENT)]
    pairs = list(combinations(seeds, 2))
    yield _chance("the same tensor of models from different seeds", pairs, same_name=True)
    yield _chance("other tensors of the same shape of these", pairs, same_name=False)
    starts = [(one, prints(trained("initial"))) for one in seeds[1:]]
    yield _chance("a model from one seed, and the untrained start of another", starts, same_name=True)
    nets = [prints(trained(f"efficientnet-lite{number}")) for number in range(len(EFFICIENTNETS))]
    yield _chance("EfficientNet-Lite 0, 1 and 2, any tensors that can be compared", list(combinations(nets, 2)))
    *related, alone = [prints_of(one.content, one.name) for one in SILERO]
    yield _chance("Silero VAD and another training run of it", [(alone, one) for one in related])
    real = [prints_of(one.content, one.name) for one in (MINILM, *OTHERS)]
    yield _chance("different tensors within one real model", [(one, one) for one in (*real, *nets)])
    mixed = [pair for pair in combinations((*real, *nets, related[0], seeds[0]), 2) if not _both(pair, nets)]
    yield _chance("tensors of different real models that can be compared", mixed)


def _both(pair: tuple[object, ...], group: Sequence[object]) -> bool:
    return all(any(one is member for member in group) for one in pair)


Pair = tuple[list[TensorPrint], list[TensorPrint]]


def _chance(kind: str, pairs: Sequence[Pair], *, same_name: bool | None = None) -> Chance:
    found: list[tuple[float, float, bool]] = []
    for examined, origin in pairs:
        known = [one for one in kept(origin) if one.sketch]
        for one, other in product((one for one in examined if one.telling and one.sketch), known):
            wanted = same_name is None or same_name == (one.name == other.name)
            if wanted and layout_of(other) == layout_of(one) and other.digest != one.digest:
                found.append(_compared(one, other))
    figures = np.array(found, np.float64).reshape(-1, 3)
    return Chance(kind, len(pairs), figures[:, 0], figures[:, 1], int(figures[:, 2].sum()))


def _compared(one: TensorPrint, other: ReferenceTensor) -> tuple[float, float, bool]:
    own, known = (np.frombuffer(sketch or b"", np.uint8) for sketch in (one.sketch, other.sketch))
    bits = 8 * min(len(own), len(known))
    unequal = unequal_bits(own, known[None])
    return deviations(int(unequal[0]), bits), cosine(int(unequal[0]), bits), bool(are_alike(unequal, bits)[0])
