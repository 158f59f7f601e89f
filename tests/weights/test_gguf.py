"""GGUF headers: all versions and byte orders, and lies with their place."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.weights.described import described, fault, faults, shapes, tensor
from tests.weights.writers import GGUF_TYPES, Gguf

NAME = "model.gguf"
WRITERS = [Gguf(order, version) for version in (1, 2, 3) for order in "<>"]
METADATA = {
    "general.architecture": "qwen2",
    "general.license": "apache-2.0",
    "general.base_model.0.repo_url": "https://huggingface.co/Qwen/Qwen2.5-7B",
    "general.tags": ["text", "ko"],
    "general.quantized": True,
    "general.parts": 3,
}
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
ENTRIES = st.dictionaries(
    NAMES,
    st.tuples(st.sampled_from(["F32", "F16", "BF16"]), st.lists(st.integers(1, 5), min_size=1, max_size=4)),
    max_size=6,
)


@given(st.sampled_from(WRITERS), ENTRIES, st.dictionaries(NAMES, NAMES, max_size=5))
def test_what_is_written_is_read(
    writer: Gguf, entries: dict[str, tuple[str, list[int]]], metadata: dict[str, str]
) -> None:
    metadata.pop("general.alignment", None)

    found = described(NAME, writer.file(entries, metadata))

    assert shapes(found) == {name: (dtype, tuple(shape)) for name, (dtype, shape) in entries.items()}
    assert (dict(found.metadata), found.faults) == (metadata, ())


@pytest.mark.parametrize("writer", WRITERS, ids=str)
def test_every_kind_of_value_is_read_as_text(writer: Gguf) -> None:
    assert dict(described(NAME, writer.file({}, METADATA)).metadata) == {
        "general.architecture": "qwen2",
        "general.license": "apache-2.0",
        "general.base_model.0.repo_url": "https://huggingface.co/Qwen/Qwen2.5-7B",
        "general.tags": "text, ko",
        "general.quantized": "true",
        "general.parts": "3",
    }


def test_a_vocabulary_is_passed_over_and_counted() -> None:
    words = [str(place) for place in range(1_000)]

    found = described(NAME, Gguf().file({"a": ("F32", [1])}, {"tokenizer.ggml.tokens": words, "z": "last"}))

    assert dict(found.metadata) == {"tokenizer.ggml.tokens": "(1,000)", "z": "last"}


def test_a_long_text_is_kept_in_part_and_passed_over() -> None:
    found = described(NAME, Gguf().file({}, {"tokenizer.chat_template": "x" * 100_000, "z": "last"}))

    assert (len(dict(found.metadata)["tokenizer.chat_template"]), found.metadata[-1]) == (4_097, ("z", "last"))


def test_quantised_tensors_have_as_many_parameters_as_before() -> None:
    found = described(NAME, Gguf().file({"a": ("Q4_0", [4, 64]), "b": ("Q4_K", [2, 256])}))

    assert (found.parameters, tensor(found, "a").size, tensor(found, "b").size) == (768, 144, 288)
    assert found.faults == ()


def test_the_file_s_own_alignment_places_the_data() -> None:
    content = Gguf().file({"a": ("F32", [1])}, {"general.alignment": 4})

    assert (tensor(described(NAME, content + bytes(64)), "a").offset or 0) % 4 == 0


@pytest.mark.parametrize("said", [0, 1 << 30])
def test_an_impossible_alignment_is_named(said: int) -> None:
    assert f"an alignment of {said} (in general.alignment)" in faults(
        described(NAME, Gguf().file({}, {"general.alignment": said}))
    )


def test_a_truncated_file_is_described_and_said_to_be_short() -> None:
    found = described(NAME, Gguf().file({"a": ("F32", [100])})[:-250])

    assert list(shapes(found)) == ["a"]
    assert "bytes after the file (in a, at byte" in faults(found)[0]


def test_overlapping_data_are_named() -> None:
    writer = Gguf()
    header = writer.start(2, 0) + writer.tensor("a", 0, [16], 0) + writer.tensor("b", 0, [16], 32)

    assert faults(described(NAME, header + bytes(256)))[0].startswith("its data begin inside those of a (in b")


def test_a_name_that_cannot_be_printed_is_shown_as_escapes_wherever_it_stands() -> None:
    writer = Gguf()
    header = writer.start(2, 0) + writer.tensor("a\n\x1b", 0, [16], 0) + writer.tensor("b", 0, [16], 32)

    assert faults(described(NAME, header + bytes(256)))[0].startswith(
        "its data begin inside those of a\\n\\x1b (in b"
    )


def test_a_key_twice_is_named_and_the_first_one_kept() -> None:
    writer = Gguf()
    pairs = b"".join(writer.text("general.license") + writer.value(one) for one in ("mit", "other"))

    found = described(NAME, writer.start(0, 2) + pairs)

    assert dict(found.metadata) == {"general.license": "mit"}
    assert faults(found) == ["the key occurs twice (in general.license, at byte 62)"]


def test_a_withdrawn_or_future_tensor_type_is_named_and_described() -> None:
    writer = Gguf()

    found = described(NAME, writer.start(1, 0) + writer.tensor("a", 4, [32], 0) + bytes(64))

    assert (shapes(found), faults(found)[0][:21]) == ({"a": ("type 4", (32,))}, "unknown tensor type 4")
    assert found.faults[0].reason == "unsupported"


def test_rows_that_are_not_whole_blocks_are_named() -> None:
    writer = Gguf()

    found = described(NAME, writer.start(1, 0) + writer.tensor("a", 2, [33], 0) + bytes(64))

    assert faults(found) == ["rows of 33 that aren't whole Q4_0 blocks of 32 (in a)"]


W = Gguf()
KEY = W.text("k")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GGUF" + struct.pack("<IQQ", 4, 0, 0), "GGUF version 4 (at byte 4)"),
        (W.start(1 << 40, 0), "1,099,511,627,776 tensors (at byte 8)"),
        (W.start(0, 1 << 40), "1,099,511,627,776 metadata entries (at byte 8)"),
        (W.start(5, 0), "8 more bytes are announced than the 0 that are left (at byte 24)"),
        (W.start(0, 1) + W.length(1 << 50), "a name of 1,125,899,906,842,624 bytes (at byte 24)"),
        (W.start(0, 1) + KEY + W.word(13), "values of type 13 (in k, at byte 33)"),
        (W.start(0, 1) + KEY + W.word(8) + W.length(1 << 62), "16,384 more bytes are announced than the 0"),
        (W.start(0, 1) + KEY + W.word(9) + W.word(9) + W.length(1), "lists of type 9 (in k, at byte 49)"),
        (
            W.start(0, 1) + KEY + W.word(9) + W.word(8) + W.length(1 << 60),
            "a list of 1,152,921,504,606,846,976 texts",
        ),
        (W.start(0, 1) + KEY + W.word(9) + W.word(4) + W.length(1 << 60), "4,611,686,018,427,387,904 more bytes"),
        (W.start(1, 0) + W.text("a") + W.word(9), "9 dimensions (in a, at byte 33)"),
        (W.start(1, 0) + W.tensor("a", 0, [1 << 40, 1 << 40], 0), "the shape isn't one that a tensor can have"),
        (W.start(1, 0) + W.tensor("a", 0, [1], (1 << 64) - 1), "an offset beyond all bounds (in a, at byte"),
    ],
)
def test_a_broken_header_is_refused_with_its_place(content: bytes, said: str) -> None:
    assert fault(NAME, content).startswith(said)


def test_every_block_type_of_the_writer_is_one_of_the_reader_s() -> None:
    from compliance.weights.gguf_types import BLOCKS

    assert all(BLOCKS[number] == (name, *sizes) for name, (number, *sizes) in GGUF_TYPES.items())
