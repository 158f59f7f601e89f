"""Rounding and addressing in the ranking of candidates are exactly Python's."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses.accelerated import candidate_ranking
from compliance.licenses.accelerated.ragged import places_of, starts_of


@given(st.floats(min_value=0, max_value=1))
def test_rounding_to_a_tenth_is_pythons(value: float) -> None:
    assert candidate_ranking._round_tenth(np.array([value]))[0] == round(value, 1)


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_rounding_of_ratios_to_a_tenth_is_pythons(numerator: int, denominator: int) -> None:
    value = min(numerator, denominator) / max(numerator, denominator)
    assert candidate_ranking._round_tenth(np.array([value]))[0] == round(value, 1)


@given(
    st.lists(st.integers(0, 5), max_size=20).flatmap(
        lambda sizes: st.tuples(st.just(sizes), st.lists(st.integers(0, max(0, len(sizes) - 1)), max_size=20))
    )
)
def test_places_are_every_place_of_the_asked_rows_in_order(case: tuple[list[int], list[int]]) -> None:
    sizes, rows = case
    rows = [row for row in rows if row < len(sizes)]
    starts = starts_of(np.array(sizes, dtype=np.int64))

    places, asked = places_of(starts, np.array(rows, dtype=np.int64))

    assert places.tolist() == [place for row in rows for place in range(int(starts[row]), int(starts[row + 1]))]
    assert asked.tolist() == [sizes[row] for row in rows]
