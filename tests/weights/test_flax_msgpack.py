"""Flax's msgpack: arrays by the path of keys to them, of which only shape and type are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.weights.described import described, fault, faults, shapes, tensor
from tests.weights.writers import packed

NAME = "flax_model.msgpack"


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=20),
        st.tuples(st.sampled_from(["float32", "bfloat16", "int64"]), st.lists(st.integers(0, 4), max_size=3)),
        max_size=5,
    )
)
def test_what_is_written_is_read(entries: dict[str, tuple[str, list[int]]]) -> None:
    found = described(NAME, packed({"params": entries}))

    spelled = {"float32": "F32", "bfloat16": "BF16", "int64": "I64"}
    expected = {f"params/{key}": (spelled[dtype], tuple(shape)) for key, (dtype, shape) in entries.items()}
    assert (shapes(found), found.faults) == (expected, ())


def test_an_array_says_where_its_data_lie() -> None:
    content = packed({"a": ("float32", [2])})

    assert (tensor(described(NAME, content), "a").offset, len(content)) == (len(content) - 8, len(content))


def test_plain_values_are_metadata() -> None:
    assert described(NAME, packed({"step": 3, "license": "mit"})).metadata == (("step", "3"), ("license", "mit"))


def test_a_truncated_file_is_described_as_far_as_it_goes() -> None:
    found = described(NAME, packed({"a": ("float32", [2]), "b": ("float32", [8])})[:-3])

    assert list(shapes(found)) == ["a", "b"]
    assert "more bytes are announced than the" in faults(found)[0]


def test_bytes_after_the_end_are_named() -> None:
    assert faults(described(NAME, packed({"a": ("float32", [1])}) + b"xx"))[0].startswith("2 bytes after the end")


def test_data_of_another_length_than_the_shape_says_are_named() -> None:
    content = packed({"a": ("float32", [2])}).replace(b"float32", b"float64")

    assert faults(described(NAME, content)) == ["16 bytes by type and shape, 8 in the file (in a)"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xa1x", "it doesn't begin with a map (at byte 0)"),
        (b"\x81\xc1", "byte 0xc1 begins no value (at byte 1)"),
        (b"\x81\xc0\x01", "a key that is neither text nor number (at byte 1)"),
        (b"\x81\xa1", "1 more bytes are announced than the 0 that are left"),
        (b"\x81\xa1a" * 40, "more than 32 levels"),
    ],
)
def test_what_is_broken_is_refused_with_its_place(content: bytes, said: str) -> None:
    assert fault(NAME, content).startswith(said)
