"""Even samples: how many values, which ones, and the same in whatever pieces they come."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.weights.sampling import SAMPLE, InColumns, InRows, Sample, Values, step_of


def taken(sample: Sample, values: "np.ndarray[tuple[int], np.dtype[np.float32]]", *cuts: int) -> list[float]:
    for piece in np.split(values, sorted(cuts)):
        sample.add(Values(piece.tobytes(), "F32"))
    return [float(one) for one in sample.values()]


@given(st.integers(1, 1 << 50))
def test_a_sample_has_the_promised_size(elements: int) -> None:
    size = -(-elements // step_of(elements))

    assert size == elements if elements < SAMPLE else SAMPLE <= size <= 2 * SAMPLE


def test_a_table_with_a_few_rows_more_is_sampled_at_the_same_places() -> None:
    assert step_of(151_936 * 3_584) == step_of(152_064 * 3_584) == 8_193


@given(st.lists(st.integers(0, 500_000), max_size=4))
def test_pieces_make_no_difference(cuts: list[int]) -> None:
    values = np.arange(500_000, dtype="<f4")

    assert taken(InRows(500_000), values, *cuts) == list(range(0, 500_000, step_of(500_000)))
    assert taken(InColumns(500, 1000), values, *cuts) == taken(InColumns(500, 1000), values)


@pytest.mark.parametrize("shape", [(1, 7), (7, 1), (30, 50), (300, 1000), (1000, 301)])
def test_columns_are_the_rows_of_the_transposed_matrix(shape: tuple[int, int]) -> None:
    values = np.random.default_rng(1).random(shape, np.float32)
    transposed = np.ascontiguousarray(values.T).reshape(-1)

    assert taken(InColumns(*shape), values.reshape(-1)) == taken(InRows(values.size), transposed)


@pytest.mark.parametrize("dtype", ["F16", "BF16"])
def test_short_floats_become_exact_longer_ones(dtype: str) -> None:
    one_and_a_half = {"F16": b"\x00\x3e", "BF16": b"\xc0\x3f"}[dtype]

    assert Values(one_and_a_half * 2, dtype).at(slice(None)).tolist() == [1.5, 1.5]
