"""Sequences in compressed blocks are the same again, or known to be damaged."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.store.blocks import by_count, by_path, packed, unpacked

_decode = msgspec.msgpack.Decoder(list[str]).decode


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.integers(1, 5))
def test_what_was_packed_is_unpacked_in_its_order(values: list[str], size: int) -> None:
    assert unpacked(packed(by_count(values, size)), _decode) == values


def test_no_block_has_more_than_its_size() -> None:
    assert [*by_count("abcde", 2)] == ["ab", "cd", "e"]


@given(st.lists(st.text(max_size=3)), st.integers(1, 5))
def test_runs_by_path_are_all_values_and_never_part_a_path(values: list[str], most: int) -> None:
    runs = [*by_path(values, lambda one: one, most)]

    assert [one for run in runs for one in run] == values
    assert all(one[-1] != next_one[0] for one, next_one in pairwise(runs))
    assert all(len([one for one in run if one != run[-1]]) < most for run in runs)


def test_one_path_more_changes_one_run_by_path() -> None:
    paths = [f"folder/{number:04}.py" for number in range(3_000)]
    before = {tuple(run) for run in by_path(paths, str, 3_000)}
    after = {tuple(run) for run in by_path([*paths[:1_500], "folder/1499_more.py", *paths[1_500:]], str, 3_000)}

    assert len(before) > 10
    assert len(before - after) == 1


def test_a_block_of_the_same_is_the_earlier_one() -> None:
    earlier = packed([["a"], ["b"]])
    again = packed([["c"], ["b"]], earlier)

    assert again[1] is earlier[1]
    assert unpacked(again, _decode) == ["c", "b"]


@pytest.mark.parametrize("damage", [b"", b"nonsense", packed([[1]])[0]], ids=["empty", "no block", "other values"])
def test_damaged_blocks_are_none(damage: bytes) -> None:
    assert unpacked([*packed([["a"]]), damage], _decode) is None


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        packed([["\ud800"]])
