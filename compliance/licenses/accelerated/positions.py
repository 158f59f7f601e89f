"""Sets of positions whose cost depends on their extent, not on where they lie.

ScanCode keeps the positions of a match in a bit set that begins at position zero: a match at the end of a large
file takes as much memory and time as the whole file. It fills it one position after the other, and copies it into
a list and back for each intersection. Here a set is an integer's bits and the position of the first one.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

_FEW = 64
"""Bits up to which a loop is faster than arrays."""
_SHORT = 4096
"""Bits up to which all are shifted; of longer sets, the bytes that are asked for."""
_MANY = 8
"""Sets from which on a union is made as an array."""


class Positions:
    """An immutable set of positions, with what `Span` and its users ask of ScanCode's set."""

    __slots__ = ("_stored", "bits", "first")

    def __init__(self, bits: int, first: int) -> None:
        """The set of `first` plus the place of each one in `bits`."""
        if bits and not bits & 1:
            zeros = (bits & -bits).bit_length() - 1
            bits >>= zeros
            first += zeros
        self.bits = bits
        self.first = first if bits else 0
        self._stored: bytes | None = None

    @property
    def last(self) -> int:
        """The highest position; the set must not be empty."""
        return self.first + self.bits.bit_length() - 1

    @property
    def is_contiguous(self) -> bool:
        """Whether no position between the first and the last is missing."""
        return not self.bits & (self.bits + 1)

    def __len__(self) -> int:
        """How many positions it has."""
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        """Whether it has any."""
        return bool(self.bits)

    def __iter__(self) -> Iterator[int]:
        """Its positions in order."""
        if self.is_contiguous:
            return iter(range(self.first, self.first + self.bits.bit_length()))
        if self.bits.bit_length() <= _FEW:
            return iter([self.first + n for n in range(self.bits.bit_length()) if self.bits >> n & 1])
        return iter((np.flatnonzero(self.marks()) + self.first).tolist())

    def __contains__(self, position: int) -> bool:
        """Whether it has `position`."""
        return bool(self.bits) and position >= self.first and bool(self._window(position, position) & 1)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same positions."""
        return isinstance(other, Positions) and self.bits == other.bits and self.first == other.first

    def __hash__(self) -> int:
        """By positions."""
        return hash((self.bits, self.first))

    def __getitem__(self, place: int) -> int:
        """The position at `place` in order; the first and the last one at once."""
        if self.bits and place in (0, -1):
            return self.last if place else self.first
        return list(self)[place]

    def __and__(self, other: "Positions") -> "Positions":
        """Positions that both have."""
        if not (self.bits and other.bits):
            return _NONE
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Positions(self._window(first, last) & other._window(first, last), first) if first <= last else _NONE

    def _window(self, first: int, last: int) -> int:
        """The bits of the positions from `first`, which isn't before its own first one, to at least `last`."""
        place = first - self.first
        if self.bits.bit_length() <= _SHORT:
            return self.bits >> place
        if self._stored is None:
            self._stored = self.bits.to_bytes(self.bits.bit_length() // 8 + 1, "little")
        part = self._stored[place >> 3 : (last - self.first >> 3) + 1]
        return int.from_bytes(part, "little") >> (place & 7)

    def intersection(self, *others: "Positions") -> "Positions":
        """Positions that all have."""
        common = self
        for other in others:
            common = common & other
        return common

    def union(self, *others: "Positions") -> "Positions":
        """Positions that any has."""
        held = [one for one in (self, *others) if one.bits]
        first = min((one.first for one in held), default=0)
        if len(held) > _MANY:
            marks = np.zeros(max(one.last for one in held) - first + 1, dtype=bool)
            for one in held:
                marks[one.first - first : one.last - first + 1] |= one.marks()
            return Positions(bits_of(marks), first)
        bits = 0
        for one in held:
            bits |= one.bits << (one.first - first)
        return Positions(bits, first)

    def difference(self, *others: "Positions") -> "Positions":
        """Positions that none of the others has."""
        bits = self.bits
        for other in others:
            if common := self & other:
                bits &= ~(common.bits << (common.first - self.first))
        return Positions(bits, self.first)

    def isdisjoint(self, other: "Positions") -> bool:
        """Whether no position is in both."""
        return not self & other

    def issubset(self, other: "Positions") -> bool:
        """Whether the other has all of these positions."""
        return self & other == self

    def issuperset(self, other: Iterable[int]) -> bool:
        """Whether it has all of the other's positions."""
        return other.issubset(self) if isinstance(other, Positions) else all(one in self for one in other)

    def marks(self) -> Mask:
        """By position from the first to the last: whether it has it."""
        size = self.bits.bit_length()
        stored = np.frombuffer(self.bits.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
        return np.unpackbits(stored, count=size, bitorder="little").view(np.bool_)


_NONE = Positions(0, 0)


def positions_of(numbers: Iterable[int]) -> Positions:
    """The set of `numbers`."""
    if isinstance(numbers, Positions):
        return numbers
    if isinstance(numbers, range) and numbers.step == 1:
        return Positions((1 << len(numbers)) - 1, numbers.start)
    listed = list(numbers)
    if not listed:
        return _NONE
    first, last = min(listed), max(listed)
    if last - first < _FEW:
        bits = 0
        for number in listed:
            bits |= 1 << (number - first)
        return Positions(bits, first)
    marks = np.zeros(last - first + 1, dtype=bool)
    marks[np.array(listed) - first] = True
    return Positions(bits_of(marks), first)


def bits_of(marks: Mask) -> int:
    """An integer with a one for each mark, the first one lowest."""
    return int.from_bytes(np.packbits(marks, bitorder="little").tobytes(), "little")
