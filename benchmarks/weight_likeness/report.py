"""The section on likeness of docs/accuracy.md."""

from collections.abc import Iterable, Iterator

import numpy as np

from benchmarks.weight_likeness import chance, copies
from benchmarks.weight_likeness.copies import Met
from benchmarks.weight_likeness.plan import INDEPENDENT
from compliance.weights.fingerprints import ReferenceTensor
from compliance.weights.likeness import ALIKE, CHANCE, DEVIATIONS
from tests.weights.tensor_files import Values

_RULE_OF_THREE = 3.0
"""Where none of n independent cases came up, the rate is below 3 / n with 95 % confidence."""


def lines(real: Values, tensors: tuple[ReferenceTensor, ...]) -> Iterator[str]:
    """What was measured.

    Args:
        real: the values of a published model.
        tensors: the reference made of it.
    """
    yield "# Accuracy of likeness"
    yield ""
    yield (
        f"Written by `make accuracy-weights`. Tensors count as alike from a cosine of {ALIKE} and {DEVIATIONS:g} "
        f"standard deviations of chance on. {INDEPENDENT} small language models were trained from seeds of their "
        "own on two texts, and others from the first of them; real models come from public packages."
    )
    yield ""
    yield from _sketches(tensors)
    yield ""
    yield "## Trained on their own: how near by chance"
    yield ""
    yield from _chance()
    yield ""
    yield "## Changed copies, and models that are none"
    yield ""
    yield (
        "The reference is the first of the small models, if no other is named. *Change*: root mean square of the "
        "difference over that of the original, for the middle one of the matrices."
    )
    yield ""
    yield "| examined | models | change | comparable tensors | equal | alike | median cosine | with a finding |"
    yield "|---|---|---|---|---|---|---|---|"
    yield from map(_row, copies.related())
    yield "| **trained on their own** | | | | | | | |"
    yield from map(_row, copies.unrelated())
    yield ""
    yield "## How far values may move"
    yield ""
    yield "Noise on every number of all-MiniLM-L6-v2, in root mean squares of the tensor."
    yield ""
    yield "| noise | comparable tensors | alike | median cosine |"
    yield "|---|---|---|---|"
    for met in copies.noisy(real):
        yield f"| {met.change} | {met.comparable} | {met.alike} | {_number(met.cosine)} |"


def _sketches(tensors: tuple[ReferenceTensor, ...]) -> Iterable[str]:
    import msgspec

    written = [len(msgspec.json.encode(one)) for one in tensors]
    sketches = [len(one.sketch) for one in tensors if one.sketch]
    yield (
        f"A reference takes {np.mean(written):.0f} bytes a tensor (at most {max(written)}), of which "
        f"{max(sketches)} are the longest sketch before base64: one bit for 64 sampled values."
    )


def _chance() -> Iterator[str]:
    yield (
        "| pairs of tensors | pairs of models | pairs | standard deviation (1 by theory) | farthest | "
        "largest cosine | alike |"
    )
    yield "|---|---|---|---|---|---|---|"
    pairs = models = alike = 0
    for one in chance.measured():
        pairs, models, alike = pairs + len(one.deviations), models + one.models, alike + one.alike
        yield (
            f"| {one.kind} | {one.models} | {len(one.deviations):,} | {one.deviations.std():.2f} | "
            f"{np.abs(one.deviations).max():.1f} | {np.abs(one.cosines).max():.2f} | {one.alike} |"
        )
    yield ""
    rate = f"below {_RULE_OF_THREE / pairs:.1g} if pairs were independent" if not alike else f"{alike / pairs:.2g}"
    yield (
        f"Of {pairs:,} pairs {alike} were alike: a rate {rate}. They aren't, since tensors of one model depend on "
        f"each other; over {models} pairs of models the bound is {_RULE_OF_THREE / models:.2g}. The product "
        f"reckons with {CHANCE:g} a tensor."
    )


def _row(met: Met) -> str:
    change = "" if met.change is None else f"{met.change:.3g}"
    return (
        f"| {met.kind} | {met.models} | {change} | {met.comparable:,} | {met.same:,} | {met.alike:,} | "
        f"{_number(met.cosine)} | {met.found} |"
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
