"""Sequences in compressed blocks are the same again, or known to be damaged."""

import zlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.store.blocks import packed, unpacked

_decode = msgspec.msgpack.Decoder(list[str]).decode


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.integers(1, 5))
def test_what_was_packed_is_unpacked_in_its_order(values: list[str], size: int) -> None:
    assert unpacked(packed(values, size), _decode) == values


def test_no_block_has_more_than_its_size() -> None:
    assert [len(_decode(zlib.decompress(one))) for one in packed([*"abcde"], 2)] == [2, 2, 1]


@pytest.mark.parametrize(
    "damage", [b"", b"nonsense", packed([1], 1)[0]], ids=["empty", "no block", "other values"]
)
def test_damaged_blocks_are_none(damage: bytes) -> None:
    assert unpacked([*packed(["a"], 1), damage], _decode) is None


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        packed(["\ud800"], 1)
