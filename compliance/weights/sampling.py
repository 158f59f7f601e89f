"""Even samples of a tensor's values, taken while its data stream by."""

from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE = 1 << 16
"""Values, at least, that stand for a tensor where it has as many; at most twice as many. To hash each value
three times took four times as long."""


def step_of(elements: int) -> int:
    """Every how many values one is sampled, of a tensor of `elements`.

    A power of two and one, so that a table that some rows were added to is mostly sampled at the same places as
    before, and places don't keep to a few columns.
    """
    whole = elements // SAMPLE
    return 1 if whole < 2 else (1 << ((whole - 1).bit_length() - 1)) + 1


class Values:
    """Floats in a stretch of a file."""

    __slots__ = ("_dtype", "_raw")

    def __init__(self, content: bytes, dtype: str) -> None:
        """Of `content`, whole numbers of type `dtype`: `F32`, `F16` or `BF16`."""
        self._raw = np.frombuffer(content, {"F32": "<f4", "F16": "<f2", "BF16": "<u2"}[dtype])
        self._dtype = dtype

    def __len__(self) -> int:
        """How many."""
        return len(self._raw)

    def at(self, places: "slice | NDArray[np.int64]") -> NDArray[np.float32]:
        """Those at `places`, each as exact as it is."""
        taken = self._raw[places]
        with np.errstate(invalid="ignore"):  # a number that is none stays none
            return (taken.astype("<u4") << 16).view("<f4") if self._dtype == "BF16" else taken.astype("<f4")


class Sample(Protocol):
    """Takes what it needs of the values that pass."""

    def add(self, values: Values) -> None:
        """Take from the next stretch of the tensor."""

    def values(self) -> NDArray[np.float32]:
        """What was taken, in the sample's own order."""


class InRows:
    """Every so many values in the order in which the tensor is stored."""

    def __init__(self, elements: int) -> None:
        """Of a tensor of `elements`."""
        self._step = step_of(elements)
        self._begin = 0
        self._taken: list[NDArray[np.float32]] = []

    def add(self, values: Values) -> None:
        """Take from the next stretch of the tensor."""
        self._taken.append(values.at(slice(-self._begin % self._step, None, self._step)))
        self._begin += len(values)

    def values(self) -> NDArray[np.float32]:
        """What was taken."""
        return np.concatenate(self._taken)


class InColumns:
    """The same of the transposed matrix, from one that is stored row by row."""

    def __init__(self, rows: int, columns: int) -> None:
        """Of a matrix of `rows` and `columns` as it is stored."""
        self._places, self._order = _places(rows, columns)
        self._begin = 0
        self._taken: list[NDArray[np.float32]] = []

    def add(self, values: Values) -> None:
        """Take from the next stretch of the matrix."""
        end = self._begin + len(values)
        first, last = np.searchsorted(self._places, (self._begin, end))
        self._taken.append(values.at(self._places[first:last] - self._begin))
        self._begin = end

    def values(self) -> NDArray[np.float32]:
        """What was taken, column by column."""
        taken = np.concatenate(self._taken)
        ordered = np.empty_like(taken)
        ordered[self._order] = taken
        return ordered


@lru_cache(maxsize=16)
def _places(rows: int, columns: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the sampled values are stored, ascending, and the number of each in the sample."""
    wanted = np.arange(0, rows * columns, step_of(rows * columns), dtype=np.int64)
    stored = wanted % rows * columns + wanted // rows
    order = np.argsort(stored)
    return stored[order], order
