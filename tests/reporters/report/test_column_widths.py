"""How the width of a page is shared out among columns, and how many lines words take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reporters.report.column_widths import lines_of, shared_out

COLUMNS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 500)), min_size=1, max_size=8)


@given(st.integers(50, 2000), COLUMNS)
def test_the_room_is_used_and_not_exceeded(room: int, columns: list[tuple[int, int]]) -> None:
    widths = shared_out(room, [weight for weight, _need in columns], [need for _weight, need in columns])
    assert room - len(columns) < sum(widths) <= room


@given(st.integers(50, 2000), COLUMNS)
def test_no_column_is_short_while_another_has_more_than_it_needs(
    room: int, columns: list[tuple[int, int]]
) -> None:
    needs = [need for _weight, need in columns]
    widths = shared_out(room, [weight for weight, _need in columns], needs)
    if any(width < need for width, need in zip(widths, needs, strict=True)):
        assert all(width <= need for width, need in zip(widths, needs, strict=True))


@pytest.mark.parametrize(
    ("room", "weights", "needs", "widths"),
    [
        (90, [1, 2], [100, 100], [30, 60]),
        (90, [1, 2], [80, 10], [80, 10]),
        (100, [1, 4], [10, 10], [26, 74]),
        (100, [1, 1, 2], [10, 90, 90], [10, 30, 60]),
    ],
)
def test_weights_count_for_what_is_left(
    room: int, weights: list[int], needs: list[int], widths: list[int]
) -> None:
    assert shared_out(room, weights, needs) == widths


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("short", 1),
        ("two words", 1),
        ("goes to the next", 2),
        ("a" * 25, 3),
        ("aaaaaa/bbbbb/c", 2),
        ("aaaaaa/bbbbbbb-ccc", 3),
        ("한글은두칸", 1),
        ("한글은두칸씩", 2),
    ],
)
def test_lines_of_ten_columns(text: str, lines: int) -> None:
    assert lines_of(text, 10) == lines
