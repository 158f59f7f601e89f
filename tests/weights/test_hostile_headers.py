"""A thousand broken headers of each format: a clear fault or an honest description, in little memory."""

import io
import struct
import tracemalloc
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.weights import safetensors_index
from compliance.weights.faults import Fault, WeightFileError
from compliance.weights.reading import describe
from tests.weights.writers import (
    Gguf,
    call,
    dictionary,
    field,
    name,
    onnx_model,
    onnx_tensor,
    packed,
    pickled,
    safetensors,
    safetensors_of,
    text,
    torch_legacy,
    torch_zip,
)

MOST_MEMORY = 8 << 20
"""Bytes beyond what there was; the broken files have a few hundred."""
ENTRIES = {"model.layers.0.weight": ("F32", [2, 3]), "b": ("F16", [4]), "c": ("BF16", [])}
QUANTISED = {"blk.0.weight": ("Q4_0", [2, 32]), "b": ("F16", [4])}
METADATA = {"general.architecture": "qwen2", "general.tags": ["a", "b"], "general.count": 3}
TENSOR = field(5, onnx_tensor("w", 1, [2], bytes(8)))
NODE = field(1, field(2, "o") + field(5, field(5, onnx_tensor("c", 7, [1], bytes(8)))))
EVIL = pickled(call(name("os", "system"), text("id")) + dictionary({"a": b"N"}) + b"0")

FORMATS = {
    "safetensors": ("m.safetensors", safetensors(ENTRIES, {"format": "pt", "license": "mit"})),
    "gguf-1": ("m.gguf", Gguf("<", 1).file(QUANTISED, METADATA)),
    "gguf-3": ("m.gguf", Gguf("<", 3).file(QUANTISED, METADATA)),
    "gguf-3-big": ("m.gguf", Gguf(">", 3).file(QUANTISED, METADATA)),
    "onnx": ("m.onnx", onnx_model(TENSOR + NODE, field(14, field(1, "license") + field(2, "MIT")))),
    "onnx-external": ("m.onnx", onnx_model(field(5, onnx_tensor("w", 1, [2], location="w.bin")))),
    "pytorch-zip": ("m.pt", torch_zip(ENTRIES)),
    "pytorch-legacy": ("m.pt", torch_legacy(ENTRIES)),
    "pickle": ("m.pkl", EVIL),
    "flax": ("m.msgpack", packed({"params": {"kernel": ("float32", [2, 3])}, "step": 3, "name": "x"})),
}
INDEX = b'{"metadata": {"total_size": 10}, "weight_map": {"a": "1.safetensors", "b": "2.safetensors"}}'

CHUNKS = st.one_of(
    st.binary(max_size=9),
    st.sampled_from([0, 1, 0x7F, 0xFFFF, 1 << 31, (1 << 32) - 1]).map(lambda number: struct.pack("<I", number)),
    st.sampled_from([1 << 31, 1 << 40, (1 << 63) - 1, (1 << 64) - 1]).map(
        lambda number: struct.pack("<Q", number)
    ),
    st.sampled_from([1 << 31, 1 << 40, (1 << 64) - 1]).map(lambda number: struct.pack(">Q", number)),
)
KINDS = ["overwrite", "insert", "delete", "truncate", "repeat"]
CHANGES = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 1 << 16), CHUNKS),
    min_size=1,
    max_size=4,
)  # fmt: skip


def broken(content: bytes, changes: list[tuple[str, int, bytes]]) -> bytes:
    """`content` after every change, each at a place that it has."""
    for kind, where, chunk in changes:
        at = where % (len(content) + 1)
        rest = {
            "overwrite": chunk + content[at + len(chunk) :],
            "insert": chunk + content[at:],
            "delete": content[at + 1 + len(chunk) :],
            "truncate": b"",
            "repeat": content[at:] * 2,
        }[kind]
        content = (content[:at] + rest)[: 1 << 16]
    return content


def said(path: str, stream: BinaryIO, size: int) -> tuple[Fault, ...]:
    """The faults of the content, whichever way they are told."""
    try:
        found = describe(path, stream, size)
    except WeightFileError as error:
        return (error.fault,)
    return found.faults if found else ()


def peak_of(path: str, content: bytes) -> int:
    """Bytes of memory that describing the content took at most."""
    tracemalloc.start()
    try:
        faults = said(path, io.BytesIO(content), len(content))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert all(one.said.en and one.said.ko and one.said.en.isprintable() for one in faults)
    return peak


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=1_000, deadline=5_000)
@given(changes=CHANGES)
def test_a_broken_header_gives_a_fault_or_a_description(form: str, changes: list[tuple[str, int, bytes]]) -> None:
    path, content = FORMATS[form]

    assert peak_of(path, broken(content, changes)) < MOST_MEMORY


@settings(max_examples=1_000, deadline=5_000)
@given(changes=CHANGES)
def test_a_broken_index_gives_a_fault_or_a_description(changes: list[tuple[str, int, bytes]]) -> None:
    content = broken(INDEX, changes)
    try:
        faults = safetensors_index.read(io.BytesIO(content), len(content)).faults
    except WeightFileError as error:
        faults = (error.fault,)

    assert all(one.said.ko for one in faults)


@pytest.mark.parametrize("path", ["m.safetensors", "m.gguf", "m.onnx", "m.pt", "m.pkl", "m.msgpack", "m.bin", "m"])
@settings(max_examples=300, deadline=5_000)
@given(content=st.binary(max_size=400))
def test_noise_gives_a_fault_or_a_description(path: str, content: bytes) -> None:
    assert peak_of(path, content) < MOST_MEMORY


W = Gguf()
NESTED_GRAPH = b"\x0a\xff\xff\x3f\x2a\xff\xff\x3f\x32\xff\xff\x3f"
TEXTS = W.start(0, 1) + W.text("k") + W.word(9) + W.word(8)
BOMBS = {
    "brackets without end": ("m.safetensors", safetensors_of(b'{"a":' + b"[" * (1 << 20), 0)),
    "lists without end in msgpack": ("m.msgpack", b"\x81\xa1a" + b"\x91" * (1 << 20)),
    "a list of four billion in msgpack": ("m.msgpack", b"\x81\xa1a\xdd\xff\xff\xff\xff"),
    "a map of four billion in msgpack": ("m.msgpack", b"\xdf\xff\xff\xff\xff"),
    "four billion texts in GGUF": ("m.gguf", TEXTS + W.length(1 << 32)),
    "a text of a gigabyte in a pickle": ("m.pkl", b"\x80\x04\x8d" + struct.pack("<Q", 1 << 30)),
    "marks without end": ("m.pkl", b"\x80\x02" + b"(" * (1 << 18)),
    "tuples of tuples": ("m.pkl", b"\x80\x02)" + b"\x85" * (1 << 16) + b"."),
    "doubled again and again": ("m.pkl", b"\x80\x02)" + b"2\x86" * 100 + b"."),
    "a digit of a megabyte": ("m.pkl", b"\x80\x02I" + b"9" * (1 << 20) + b"\n."),
    "graphs in graphs": ("m.onnx", b"\x08\x08\x3a\xff\xff\x3f" + NESTED_GRAPH * 5_000),
    "many empty nodes": ("m.onnx", onnx_model(b"\x0a\x00" * (1 << 17))),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_takes_little_memory(kind: str) -> None:
    path, content = BOMBS[kind]

    assert peak_of(path, content) < MOST_MEMORY + 4 * len(content)


SPARSE = {
    "m.safetensors": struct.pack("<Q", 50 << 20),
    "m.gguf": W.start(100_000, 0),
    "m.onnx": field(1, 8) + b"\x3a" + b"\x80\x80\x80\x80\x10",
    "m.pt": b"\x80\x02\x8a",
    "m.msgpack": b"\xdf\xff\xff\xff\xff",
    "m.pkl": b"\x80\x04\x8e" + struct.pack("<Q", 4 << 30),
}


@pytest.mark.parametrize("path", SPARSE)
def test_a_huge_file_of_nothing_is_hardly_read(path: str, tmp_path: Path) -> None:
    """What it holds isn't on the disk: who read it all would need gigabytes."""
    with (tmp_path / path).open("wb") as stream:
        stream.write(SPARSE[path])
        stream.truncate(5 << 30)
    tracemalloc.start()
    try:
        with (tmp_path / path).open("rb") as stream:
            faults = said(path, stream, 5 << 30)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert (bool(faults), peak < MOST_MEMORY) == (True, True)
