"""safetensors headers: what honest ones say, and that lies are named with their place."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.weights.described import described, fault, faults, shapes, tensor
from tests.weights.writers import BYTES, safetensors, safetensors_header, safetensors_of

NAME = "model.safetensors"
ONE = {"a.weight": ("F32", [2, 3])}

entries = st.dictionaries(
    st.text(min_size=1, max_size=30).filter(lambda name: name != "__metadata__"),
    st.tuples(st.sampled_from(sorted(BYTES)), st.lists(st.integers(0, 5), max_size=3)),
    max_size=8,
)


@given(entries, st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=4))
def test_what_is_written_is_read(written: dict[str, tuple[str, list[int]]], metadata: dict[str, str]) -> None:
    found = described(NAME, safetensors(written, metadata))

    assert shapes(found) == {name: (dtype, tuple(shape)) for name, (dtype, shape) in written.items()}
    assert (dict(found.metadata), found.faults) == (metadata, ())


def test_a_tensor_says_where_its_data_lie() -> None:
    content = safetensors({"a": ("F32", [2]), "b": ("F16", [3])})

    found = described(NAME, content)

    assert [(one.offset, one.size) for one in found.tensors] == [(len(content) - 14, 8), (len(content) - 6, 6)]
    assert (found.parameters, found.data_bytes) == (5, 14)


def test_a_header_padded_with_spaces_is_read() -> None:
    header, data = safetensors_header(ONE)

    assert faults(described(NAME, safetensors_of(json.dumps(header).encode() + b"   ", data))) == []


def test_a_file_without_tensors_is_described() -> None:
    assert described(NAME, safetensors({})).tensors == ()


def test_a_truncated_file_is_described_and_said_to_be_short() -> None:
    found = described(NAME, safetensors(ONE)[:-5])

    assert list(shapes(found)) == ["a.weight"]
    assert faults(found)[0].startswith("the file ends 5 bytes before the tensors' data do (in a.weight, at byte")


def test_bytes_after_the_last_tensor_are_named() -> None:
    assert faults(described(NAME, safetensors(ONE) + b"code"))[0].startswith("4 bytes after the last tensor")


def lie(**changes: object) -> bytes:
    header, data = safetensors_header({**ONE, "b": ("F32", [2])})
    entry = header["b"]
    assert isinstance(entry, dict)
    entry.update(changes)
    return safetensors_of(header, data)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lie(data_offsets=[16, 24]), "its data begin inside those of a.weight"),
        (lie(data_offsets=[28, 36]), "4 bytes before its data belong to no tensor"),
        (lie(data_offsets=[32, 24]), "data_offsets aren't two ascending numbers"),
        (lie(data_offsets=[-8, 0]), "data_offsets aren't two ascending numbers"),
        (lie(data_offsets=[24]), "data_offsets aren't two ascending numbers"),
        (lie(data_offsets=[24, 1 << 80]), "data_offsets aren't two ascending numbers"),
        (lie(data_offsets=[24.0, 32.0]), "data_offsets aren't two ascending numbers"),
        (lie(shape=[3]), "12 bytes by dtype and shape, 8 by data_offsets"),
        (lie(shape=[-2]), "the shape isn't one that a tensor can have"),
        (lie(shape=[1 << 40, 1 << 40]), "the shape isn't one that a tensor can have"),
        (lie(shape=[0, 1 << 70]), "the shape isn't one that a tensor can have"),
        (lie(shape=[True, 2]), "the shape isn't one that a tensor can have"),
        (lie(shape="2"), "it lacks dtype, shape or data_offsets"),
        (lie(dtype="F33"), "unknown dtype 'F33'"),
        (lie(dtype=3), "unknown dtype ''"),
    ],
)
def test_a_lie_about_one_tensor_is_named_and_the_others_are_described(content: bytes, said: str) -> None:
    found = described(NAME, content)

    assert "a.weight" in shapes(found)
    assert any(one.startswith(said) and "(in b" in one for one in faults(found)), faults(found)


def test_metadata_that_are_no_texts_are_named() -> None:
    found = described(NAME, safetensors_of({"__metadata__": {"license": ["MIT"], "format": "pt"}}, 0))

    assert (found.metadata, faults(found)) == ((("format", "pt"),), ["the value isn't a text (in license)"])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (b'{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"a":{}}', "the name occurs twice (in a)"),
        (b'{"a":{"dtype":"F32","dtype":"F16"}}', "the name occurs twice (in dtype)"),
        (b'{"a": }', "it isn't JSON: Expecting value (at byte 14)"),
        (b'{"a": NaN}', "JSON nested too deep, or a number that is none (at byte 8)"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "JSON nested too deep, or a number that is none (at byte 8)"),
        (b'{"a":' + b"[" * 100_000, "JSON nested too deep, or a number that is none (at byte 8)"),
        (b'{"\xff": 1}', "it isn't UTF-8 (at byte 10)"),
        (b"[]", "the header begins with b'[' and not with a brace (at byte 8)"),
    ],
)
def test_a_broken_header_is_refused_with_its_place(header: bytes, said: str) -> None:
    assert fault(NAME, safetensors_of(header, 0)) == said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\x10\0\0\0", "8 more bytes are announced than the 4 that are left"),
        (struct.pack("<Q", 1_000) + b"{}", "a header of 1,000 bytes, of which 2 are there (at byte 0)"),
        (struct.pack("<Q", 1 << 63) + b"{}", "a header of 9,223,372,036,854,775,808 bytes"),
        (struct.pack("<Q", 0) + b"{}", "it isn't JSON"),
    ],
)
def test_a_lying_length_is_refused(content: bytes, said: str) -> None:
    assert fault(NAME, content).startswith(said)


def test_a_name_of_a_thousand_lies_is_cut_short() -> None:
    many = {str(place): {"dtype": "F33", "shape": [], "data_offsets": [0, 0]} for place in range(200)}

    said = faults(described(NAME, safetensors_of(many, 0)))

    assert (len(said), said[-1]) == (51, "150 more faults of this kind")


def test_control_characters_in_a_name_do_not_reach_the_message() -> None:
    said = faults(described(NAME, safetensors_of({"\x1b[2J" * 100: {}}, 0)))

    assert said[0].isprintable()
    assert len(said[0]) < 500


def test_half_a_surrogate_pair_in_a_name_can_be_written_out() -> None:
    entry = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}

    found = described(NAME, safetensors_of({"\ud800": entry}, 4))

    assert tensor(found, "?").elements == 1
