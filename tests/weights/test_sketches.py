"""Sketches: near where values are near, small, and silent about what neighbours have in common."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from compliance.weights.sketches import FEWEST_BITS, GROUP, MOST_BITS, cosine, deviations, sketch, unequal_bits

SIZE = 65_536


def normal(seed: int, size: int = SIZE) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(0, 0.02, size).astype("<f4")


def bits(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    made = sketch(values)
    assert made is not None
    return np.frombuffer(made, np.uint8)


def between(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The cosine as sketches tell it."""
    first, second = bits(one), bits(other)
    length = min(len(first), len(second))
    return cosine(int(unequal_bits(first, second[None])[0]), 8 * length)


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0, 2.0])
def test_the_cosine_of_a_copy_with_noise_is_told(share: float) -> None:
    values = normal(1)
    noisy = values + np.float32(share) * normal(2)

    assert between(values, noisy) == pytest.approx(1 / math.sqrt(1 + share**2), abs=0.12)


@given(st.integers(0, 1 << 32), st.integers(0, 1 << 32))
def test_values_that_have_nothing_in_common_are_far(one: int, other: int) -> None:
    first, second = bits(normal(one)), bits(normal(other))
    unequal = int(unequal_bits(first, second[None])[0])

    assert one == other or abs(deviations(unequal, 8 * len(first))) < 6


@given(st.floats(-1, 1), st.floats(0.1, 10))
def test_a_mean_and_a_scale_change_nothing(mean: float, scale: float) -> None:
    values = normal(1)

    assert between(values, (values * np.float32(scale) + np.float32(mean)).astype("<f4")) > 0.99


def test_exchanged_signs_are_the_opposite() -> None:
    assert between(normal(1), -normal(1)) == pytest.approx(-1)


def test_a_common_slope_drops_out() -> None:
    slope = np.linspace(-5, 5, SIZE).astype("<f4")

    assert abs(between(normal(1) + slope, normal(2) + slope)) < 0.2


def test_values_that_are_appended_leave_the_begin_as_it_was() -> None:
    longer = np.concatenate([normal(1), normal(2, 6_400)])

    assert bytes(bits(longer))[: SIZE // GROUP // 8] == bytes(bits(normal(1)))


def test_a_sketch_says_one_bit_of_many_values() -> None:
    assert len(bits(normal(1, 2 * SIZE))) * 8 == MOST_BITS
    assert len(bits(normal(1))) * 8 * GROUP == SIZE


@pytest.mark.parametrize(
    "values",
    [normal(1, (FEWEST_BITS - 1) * GROUP), np.zeros(SIZE, "<f4"), np.full(SIZE, 3, "<f4"), np.zeros(0, "<f4")],
    ids=["small", "zero", "constant", "empty"],
)
def test_what_says_nothing_has_no_sketch(values: NDArray[np.float32]) -> None:
    assert sketch(values) is None


def test_numbers_that_are_none_count_as_zero() -> None:
    values = normal(1)
    values[::1000] = np.nan
    values[1::1000] = np.inf

    assert between(values, normal(1)) > 0.9


def test_signs_never_change() -> None:
    # references on disk rest on them
    assert (
        bytes(bits(np.sin(np.arange(SIZE, dtype=np.float64) ** 2).astype("<f4")))[:8].hex() == "e641ce2c9cc92175"
    )
