"""Rows of different lengths, one after the other in one array, each found by where it starts."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def starts_of(sizes: Ints) -> Ints:
    """Where each row starts, and after the last one where all end."""
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))


def places_of(starts: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Places of all entries of `rows`, in this order, and the size of each row."""
    return ranges(starts[rows], starts[rows + 1] - starts[rows])


def ranges(firsts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """The numbers first, first + 1 … of each range, one range after the other, and the sizes again."""
    ends = np.cumsum(sizes)
    offsets = np.repeat(firsts - (ends - sizes), sizes)
    return np.arange(int(ends[-1]) if ends.size else 0) + offsets, sizes
