"""ScanCode's `Span` of positions with its operations left to the set of integers that it wraps.

ScanCode copies a set into a list and back for each intersection or union, and intersects for each distance.
"""

import sys
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

_WORD = 64
"""Bits."""
_CHEAP_LENGTH = 100
_POSITIONS_A_STEP = 130
"""Making a set by its bits takes as long as so many numbers, and one more for so many bits."""


def contiguous(start: int, end: int) -> Any:
    """ScanCode's `Span` of the positions from `start` to before `end`, of which there is at least one."""
    from intbitset import intbitset

    if end - start < _CHEAP_LENGTH + end // _POSITIONS_A_STEP:
        return _wrapped(intbitset(list(range(start, end))), start, end - 1)
    return _wrapped(_of_bits((1 << end) - (1 << start), end), start, end - 1)


def from_sorted(positions: list[int]) -> Any:
    """ScanCode's `Span` of `positions`."""
    from intbitset import intbitset

    return _wrapped(intbitset(positions))


def set_of(marks: npt.NDArray[np.bool_], offset: int) -> Any:
    """ScanCode's set of the marked positions, counted from `offset`."""
    bits = int.from_bytes(np.packbits(marks, bitorder="little").tobytes(), "little")
    return _of_bits(bits << offset, offset + marks.size)


def _of_bits(bits: int, size: int) -> Any:
    """The set of the places of ones in `bits`, through the form in which the set's library stores it."""
    from intbitset import intbitset

    # whole words, and one more for what is behind them
    words = bits.to_bytes((size // _WORD + 2) * (_WORD // 8), sys.byteorder)
    return intbitset(zlib.compress(words, 0))


def sets_are_stored_as_bits() -> bool:
    """Whether the installed set library stores sets as is relied on here."""
    from intbitset import intbitset

    examples = ([0], [63], [64], [127, 128], [5, 200, 1000], list(range(100, 300)))
    return all(_of_bits(sum(1 << n for n in one), one[-1] + 1) == intbitset(one) for one in examples)


def mark(marks: npt.NDArray[np.bool_], span: Any, value: bool) -> None:
    """Set the positions of `span` in `marks` to `value`."""
    positions = span._set
    first, last = span.start, span.end
    if len(positions) == last - first + 1:
        marks[first : last + 1] = value
    else:
        marks[list(positions)] = value


REPLACED = ("__init__", "__and__", "__or__", "difference", "distance_to", "end", "overlap", "start")
"""Names of the methods of `Span` that are replaced."""


def replacements(original_init: Any) -> dict[str, Any]:
    """Methods for ScanCode's `Span`, by name; its own constructor is called for what isn't a span already."""
    from licensedcode.spans import Span

    def initialize(self: Any, *args: Any) -> None:
        if len(args) == 1 and type(args[0]) is Span:
            self._set = args[0]._set.copy()
        else:
            original_init(self, *args)

    return {
        "__init__": initialize,
        "__and__": _and,
        "__or__": _or,
        "difference": _difference,
        "distance_to": _distance_to,
        "end": property(_end),
        "overlap": _overlap,
        "start": property(_start),
    }


def _wrapped(positions: Any, start: int | None = None, end: int | None = None) -> Any:
    from licensedcode.spans import Span

    span = Span.__new__(Span)
    span._set = positions
    if start is not None:
        span._first, span._last = start, end
    return span


def _start(self: Any) -> int:
    try:
        first: int = self._first
    except AttributeError:  # spans aren't changed once they are made
        if not self._set:
            raise TypeError("Empty Span has no start.") from None
        first = self._first = self._set[0]
    return first


def _end(self: Any) -> int:
    try:
        last: int = self._last
    except AttributeError:
        if not self._set:
            raise TypeError("Empty Span has no end.") from None
        last = self._last = self._set[-1]  # takes time with the length of the set
    return last


def _and(self: Any, *others: Any) -> Any:
    return _wrapped(self._set.intersection(*[other._set for other in others]))


def _or(self: Any, *others: Any) -> Any:
    return _wrapped(self._set.union(*[other._set for other in others]))


def _difference(self: Any, *others: Any) -> Any:
    return _wrapped(self._set.difference(*[other._set for other in others]))


def _overlap(self: Any, other: Any) -> int:
    return len(self._set & other._set)


def _distance_to(self: Any, other: Any) -> int:
    if _end(self) < _start(other):
        return other.start - self.end  # type: ignore[no-any-return]  # 1 where they touch
    if _end(other) >= _start(self) and not self._set.isdisjoint(other._set):
        return 0
    return self.start - other.end  # type: ignore[no-any-return]  # interleaved ones too: ScanCode's answer
