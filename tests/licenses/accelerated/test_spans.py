"""Spans made by bits, and operations that skip lists, are ScanCode's."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from licensedcode.spans import Span

from compliance.licenses.accelerated import positions, replacing, spans

_NEAR = st.lists(st.integers(0, 300), min_size=1, max_size=30, unique=True)
_FAR = st.lists(st.integers(0, 9_000), min_size=1, max_size=30, unique=True)
_RANGES = st.tuples(st.integers(0, 5_000), st.integers(1, 5_000)).map(lambda one: range(one[0], one[0] + one[1]))
_POSITIONS = st.one_of(_NEAR, _FAR, _RANGES).map(sorted)
_OPERATIONS: dict[str, Any] = {
    "and": lambda one, other: list(one & other),
    "or": lambda one, other: list(one | other),
    "union": lambda one, other: list(one.union(other)),
    "union of many": lambda one, other: list(one.union(*[other, one] * 9)),
    "difference of two": lambda one, other: list(Span(range(10_000)).difference(one, other)),
    "difference": lambda one, other: list(one.difference(other)),
    "overlap": lambda one, other: one.overlap(other),
    "distance_to": lambda one, other: one.distance_to(other),
    "contains": lambda one, other: (other in one, other.start in one, set(other) in one),
    "equal": lambda one, other: (one == other, one == Span(list(one))),
    "density": lambda one, other: (one.density(), one.magnitude(), len(one), bool(one)),
    "subspans": lambda one, other: [list(part) for part in one.subspans()],
    "surround": lambda one, other: (one.surround(other), one.touch(other), one.is_after(other), hash(one)),
    "range": lambda one, other: (list(Span(one.start, one.end)), list(Span(one.start)), len(Span())),
    "copy": lambda one, other: list(Span(one)),
    "start": lambda one, other: one.start,
    "end": lambda one, other: one.end,
}


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Calls something with ScanCode's own methods in place, whatever else this process did before."""
    own = replacing.originals()

    def call(operation: Any, one: list[int], other: list[int]) -> Any:
        with monkeypatch.context() as patch:
            for name, method in own.items():
                patch.setattr(Span, name, method)
            return operation(Span(one), Span(other))

    return call


@given(st.integers(0, 5000), st.integers(1, 3000))
def test_a_contiguous_span_has_every_position(start: int, length: int) -> None:
    made = spans.contiguous(start, start + length)._set

    assert list(made) == list(range(start, start + length))
    assert (made.first, made.last, len(made)) == (start, start + length - 1, length)


@given(_POSITIONS)
def test_positions_are_given_back_in_order(numbers: list[int]) -> None:
    assert list(positions.positions_of(reversed(numbers))) == numbers


@given(_POSITIONS, st.booleans())
def test_marked_are_the_positions_alone(numbers: list[int], value: bool) -> None:
    marks = np.full(10_001, not value)

    spans.mark(marks, spans.span_of(positions.positions_of(numbers)), value)

    assert np.flatnonzero(marks == value).tolist() == numbers


@pytest.mark.parametrize("name", _OPERATIONS)
def test_operations_are_scancodes(name: str, plain: Any) -> None:
    operation: Any = _OPERATIONS[name]

    @given(_POSITIONS, _POSITIONS)
    def same(one: list[int], other: list[int]) -> None:
        replacing.install()
        assert operation(Span(one), Span(other)) == plain(operation, one, other)

    same()
