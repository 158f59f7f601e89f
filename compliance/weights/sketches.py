"""Sketches of tensors: few bytes that are near each other where the values are, and can't give them back.

The sample of a tensor is cut into groups of 64 values. Each gives one bit, the sign of a sum with fixed random
signs. Of two tensors, the share of equal bits tells the cosine between their values (sign random projections:
Charikar, *Similarity estimation techniques from rounding algorithms*, STOC 2002). Signs come in pairs of plus and
minus, so that what neighbours have in common, such as a mean, a scale of rows or a smooth slope, drops out.
"""

import hashlib
import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

GROUP = 64
"""Values behind one bit: the more there are, the less one bit says of any of them."""
FEWEST_BITS = 128
"""Without which a sketch says too little: 8,192 values."""
MOST_BITS = 2048
"""Of the largest sample."""
_MOST_TIES = 0.1
"""Share of groups whose sums may be zero, which have no sign: of tensors that are mostly padding."""
_SIGNS = b"compliance.weights.sketches/1"
"""What the random signs are made from; they must never change."""
_COUNTS = np.array([one.bit_count() for one in range(1 << 16)], np.uint8)
"""Bits set in each number of two bytes; NumPy counts them itself from 2.0 on."""


def sketch(values: NDArray[np.float32]) -> bytes | None:
    """The sketch of a tensor whose sample is `values`; None where it would say nothing."""
    bits = min(len(values) // GROUP, MOST_BITS) // 16 * 16
    if bits < FEWEST_BITS:
        return None
    with np.errstate(invalid="ignore"):
        finite = np.nan_to_num(values[: bits * GROUP].astype(np.float64), nan=0, posinf=0, neginf=0)
    pairs = finite.reshape(bits, GROUP // 2, 2)
    sums = np.sum((pairs[:, :, 0] - pairs[:, :, 1]) * _signs()[:bits], axis=1)
    if np.count_nonzero(sums) < bits * (1 - _MOST_TIES):
        return None
    return np.packbits(sums > 0).tobytes()


def unequal_bits(one: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How many bits of `one` sketch differ from each row of `others`, as far as both reach.

    Sketches have an even number of bytes.
    """
    length = min(len(one), others.shape[1])
    differ = np.bitwise_xor(one[:length], others[:, :length])
    unequal: NDArray[np.int64] = _COUNTS[differ.view(np.uint16)].sum(axis=1, dtype=np.int64)
    return unequal


def cosine(unequal: int, bits: int) -> float:
    """The cosine between the values of two tensors of whose `bits` so many are unequal, as far as these tell."""
    return math.cos(math.pi * unequal / bits)


def deviations(unequal: int, bits: int) -> float:
    """How many standard deviations the share of equal bits is above that of tensors with nothing in common."""
    return (bits - 2 * unequal) / math.sqrt(bits)


@cache
def _signs() -> NDArray[np.float64]:
    """Plus or minus one for each pair of each group."""
    drawn = np.frombuffer(hashlib.shake_128(_SIGNS).digest(MOST_BITS * GROUP // 16), np.uint8)
    return np.unpackbits(drawn).reshape(MOST_BITS, GROUP // 2).astype(np.float64) * 2 - 1
