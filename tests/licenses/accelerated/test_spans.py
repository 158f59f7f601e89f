"""Spans made by bits, and operations that skip lists, are ScanCode's."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from intbitset import intbitset
from licensedcode.spans import Span

from compliance.licenses.accelerated import replacing, spans

_POSITIONS = st.lists(st.integers(0, 300), min_size=1, max_size=30, unique=True).map(sorted)
_OPERATIONS: dict[str, Any] = {
    "and": lambda one, other: list(one & other),
    "or": lambda one, other: list(one | other),
    "union": lambda one, other: list(one.union(other)),
    "difference": lambda one, other: list(one.difference(other)),
    "overlap": lambda one, other: one.overlap(other),
    "distance_to": lambda one, other: one.distance_to(other),
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


def test_the_installed_set_library_stores_sets_as_is_relied_on() -> None:
    assert spans.sets_are_stored_as_bits()


@given(st.integers(0, 5000), st.integers(1, 3000))
def test_a_contiguous_span_has_every_position(start: int, length: int) -> None:
    span = spans.contiguous(start, start + length)

    assert span._set == intbitset(list(range(start, start + length)))
    assert (span.start, span.end) == (start, start + length - 1)


@given(st.lists(st.booleans(), max_size=400), st.integers(0, 500))
def test_a_set_of_marks_has_the_marked_positions(marks: list[bool], offset: int) -> None:
    made = spans.set_of(np.array(marks, dtype=bool), offset)

    assert made == intbitset([offset + place for place, marked in enumerate(marks) if marked])


@pytest.mark.parametrize("name", _OPERATIONS)
def test_operations_are_scancodes(name: str, plain: Any) -> None:
    operation: Any = _OPERATIONS[name]

    @given(_POSITIONS, _POSITIONS)
    def same(one: list[int], other: list[int]) -> None:
        replacing.install()
        assert operation(Span(one), Span(other)) == plain(operation, one, other)

    same()
