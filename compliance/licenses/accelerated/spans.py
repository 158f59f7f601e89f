"""ScanCode's `Span` over the sets of `positions`, in place of its own."""

from typing import Any

from compliance.licenses.accelerated.positions import Mask, Positions, positions_of


def span_of(positions: Positions) -> Any:
    """ScanCode's `Span` of `positions`."""
    from licensedcode.spans import Span

    span = Span.__new__(Span)
    span._set = positions
    return span


def contiguous(start: int, end: int) -> Any:
    """ScanCode's `Span` of the positions from `start` to before `end`."""
    return span_of(Positions((1 << (end - start)) - 1, start))


def mark(marks: Mask, span: Any, value: bool) -> None:
    """Set the positions of `span` in `marks` to `value`."""
    positions: Positions = span._set
    if not positions:
        return
    part = marks[positions.first : positions.last + 1]
    if positions.is_contiguous:
        part[:] = value
    else:
        part[positions.marks()] = value


def replacements() -> dict[str, Any]:
    """Methods for ScanCode's `Span`, by name; its others do with these sets as with its own."""
    return {
        "__init__": _initialize,
        "__and__": _and,
        "__or__": _or,
        "difference": _difference,
        "distance_to": _distance_to,
        "end": property(_end),
        "overlap": _overlap,
        "start": property(_start),
    }


def _initialize(self: Any, *args: Any) -> None:
    if len(args) == 1 and hasattr(args[0], "_set"):  # another span, which is never changed
        self._set = args[0]._set
    elif len(args) == 1 and not isinstance(args[0], int):
        self._set = positions_of(args[0])
    elif len(args) == 2:  # the first and the last one
        self._set = positions_of(range(args[0], args[1] + 1))
    else:
        self._set = positions_of(args)


def _start(self: Any) -> int:
    if not self._set:
        raise TypeError("Empty Span has no start.")
    first: int = self._set.first
    return first


def _end(self: Any) -> int:
    if not self._set:
        raise TypeError("Empty Span has no end.")
    last: int = self._set.last
    return last


def _and(self: Any, *others: Any) -> Any:
    return span_of(self._set.intersection(*[other._set for other in others]))


def _or(self: Any, *others: Any) -> Any:
    return span_of(self._set.union(*[other._set for other in others]))


def _difference(self: Any, *others: Any) -> Any:
    return span_of(self._set.difference(*[other._set for other in others]))


def _overlap(self: Any, other: Any) -> int:
    return len(self._set & other._set)


def _distance_to(self: Any, other: Any) -> int:
    if _end(self) < _start(other):
        return _start(other) - _end(self)  # 1 where they touch
    if _end(other) >= _start(self) and self._set & other._set:
        return 0
    return _start(self) - _end(other)  # interleaved ones too: ScanCode's answer
