"""Ranking by arrays gives what ScanCode's own ranking gives, candidate for candidate, on real files."""

from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses import candidate_ranking, scancode

_FILES = 40
_LARGEST = 60_000


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
def test_ranges_lists_every_place_of_the_asked_rows_in_order(case: tuple[list[int], list[int]]) -> None:
    sizes, rows = case
    rows = [row for row in rows if row < len(sizes)]
    starts = np.concatenate(([0], np.cumsum(np.array(sizes, dtype=np.int64)))).astype(np.int64)

    places, asked = candidate_ranking._ranges(starts, np.array(rows, dtype=np.int64))

    assert places.tolist() == [place for row in rows for place in range(int(starts[row]), int(starts[row + 1]))]
    assert asked.tolist() == [sizes[row] for row in rows]


def test_another_scancode_keeps_its_own_ranking() -> None:
    other = ModuleType("match_set")
    source = Path(candidate_ranking.__file__)
    for name in candidate_ranking.REPLACED_FUNCTIONS:
        setattr(other, name, candidate_ranking.install)

    assert source.exists()
    assert candidate_ranking.install(other, index=None) is False
    assert other.compute_candidates is candidate_ranking.install


def real_files() -> Iterator[Path]:
    """Files of many kinds from installed packages: license texts, metadata, sources; the same every time."""
    seen = 0
    for distribution in sorted(distributions(), key=lambda one: one.name.lower()):
        files = [Path(str(distribution.locate_file(file))) for file in distribution.files or ()]
        texts = [file for file in files if "licen" in file.name.lower()][:1]
        sources = [file for file in files if file.suffix in {".py", ".pyi", ".c", ".h", ".txt"}][:1]
        for file in (*texts, *sources):
            if file.is_file() and 0 < file.stat().st_size < _LARGEST:
                yield file
                seen += 1
                if seen >= _FILES:
                    return


@pytest.mark.slow
def test_detections_are_the_same_with_either_ranking() -> None:
    from licensedcode import match_set

    assert scancode.load(), "the installed ScanCode's ranking differs from the one that is reproduced"
    ours = match_set.compute_candidates
    calls: list[tuple[Any, Any]] = []

    def both(*arguments: Any, **options: Any) -> Any:
        fast = ours(*arguments, **options)
        slow = getattr(ours, candidate_ranking._MARK)(*arguments, **options)
        calls.append((fast, slow))
        return fast

    match_set.compute_candidates = both
    try:
        files = list(real_files())
        for file in files:
            scancode.license_regions(file)
    finally:
        match_set.compute_candidates = ours
    assert len(files) == _FILES
    assert len(calls) >= _FILES
    assert all(fast == slow for fast, slow in calls)
