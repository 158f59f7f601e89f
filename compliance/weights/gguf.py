"""GGUF, versions 1 to 3 in either byte order: key-value metadata, a list of tensors, then the data.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import struct
from typing import BinaryIO

import msgspec

from compliance.weights.caps import LONGEST_NAME, LONGEST_VALUE, MAX_COUNT, MAX_METADATA, MAX_TENSORS
from compliance.weights.faults import malformed, too_large, unsupported
from compliance.weights.gguf_types import BLOCKS, NUMBERS
from compliance.weights.header_reader import HeaderReader
from compliance.weights.tensors import Faults, Tensor, WeightFile, check_layout, checked_shape, kept_value

MAGIC = b"GGUF"
_VERSIONS = (1, 2, 3)
_STRING, _ARRAY, _BOOL = 8, 9, 7
_ALIGNMENT = "general.alignment"
_USUAL_ALIGNMENT = 32
_MOST_ALIGNMENT = 1 << 20
_MOST_ELEMENTS_KEPT = 64
"""Of a list of texts, such as `general.tags`. A vocabulary has a hundred thousand and is passed over."""
_MOST_DIMENSIONS = 8
"""GGML has 4; more is a broken header rather than a new version."""


class _Layout(msgspec.Struct, frozen=True):
    """How numbers are written in one file."""

    order: str
    """`<` or `>`."""
    length: struct.Struct
    """Counts and lengths: 32 bits in version 1, 64 later."""
    word: struct.Struct
    offset: struct.Struct


def read(stream: BinaryIO, size: int) -> WeightFile:
    """The header of the GGUF file in `stream`, which is seekable and has `size` bytes.

    Raises:
        WeightFileError: the header is broken, over a cap or of an unknown version.
        OSError: the stream can't be read.
    """
    reader = HeaderReader(stream, size)
    if reader.take(len(MAGIC)) != MAGIC:
        raise malformed("it doesn't begin with GGUF", "GGUF 표식으로 시작하지 않음", offset=0)
    layout = _layout(reader.take(4))
    tensor_count = reader.unpack(layout.length)
    value_count = reader.unpack(layout.length)
    if tensor_count > MAX_TENSORS:
        raise too_large(f"{tensor_count:,} tensors", f"텐서 {tensor_count:,}개", offset=8)
    if value_count > MAX_METADATA:
        raise too_large(f"{value_count:,} metadata entries", f"메타데이터 항목 {value_count:,}개", offset=8)
    faults = Faults()
    metadata = _metadata(reader, layout, value_count, faults)
    unplaced = _tensors(reader, layout, tensor_count, faults)
    begin = _aligned(reader.offset, _alignment(metadata, faults))
    tensors = tuple(msgspec.structs.replace(one, offset=begin + (one.offset or 0)) for one in unplaced)
    _check_places(tensors, size, faults)
    return WeightFile("gguf", tensors, tuple(metadata.items()), faults.all())


def is_big_endian(stream: BinaryIO) -> bool:
    """Whether the numbers of the GGUF file in `stream` have their highest byte first. Raises OSError."""
    stream.seek(len(MAGIC))
    return int.from_bytes(stream.read(4), "little") not in _VERSIONS


def _layout(version: bytes) -> _Layout:
    order = next((one for one in "<>" if struct.unpack(f"{one}I", version)[0] in _VERSIONS), None)
    if order is None:
        number = struct.unpack("<I", version)[0]
        raise unsupported(f"GGUF version {number:,}", f"GGUF 버전 {number:,}", offset=4)
    first = struct.unpack(f"{order}I", version)[0] == 1
    word = struct.Struct(f"{order}I")
    return _Layout(order, word if first else struct.Struct(f"{order}Q"), word, struct.Struct(f"{order}Q"))


def _metadata(reader: HeaderReader, layout: _Layout, count: int, faults: Faults) -> dict[str, str]:
    found: dict[str, str] = {}
    for _ in range(count):
        place = reader.offset
        key = _name(reader, layout)
        kind = reader.unpack(layout.word)
        value = _array(reader, layout, key) if kind == _ARRAY else _scalar(reader, layout, kind, key)
        if key in found:
            faults.add(malformed("the key occurs twice", "키가 두 번 나옴", offset=place, entry=key))
        found.setdefault(key, value)
    return found


def _name(reader: HeaderReader, layout: _Layout) -> str:
    place = reader.offset
    length = reader.unpack(layout.length)
    if length > LONGEST_NAME:
        raise too_large(f"a name of {length:,} bytes", f"{length:,}바이트 길이의 이름", offset=place)
    return reader.take(length).decode("utf-8", "replace")


def _text(reader: HeaderReader, layout: _Layout) -> str:
    """The next text, of which only what is kept is read."""
    length = reader.unpack(layout.length)
    kept = reader.take(min(length, 4 * LONGEST_VALUE))
    reader.skip(length - len(kept))
    return kept_value(kept.decode("utf-8", "replace"))


def _scalar(reader: HeaderReader, layout: _Layout, kind: int, key: str) -> str:
    if kind == _STRING:
        return _text(reader, layout)
    if kind not in NUMBERS:
        raise unsupported(f"values of type {kind:,}", f"값 유형 {kind:,}", offset=reader.offset - 4, entry=key)
    number = reader.unpack(struct.Struct(layout.order + NUMBERS[kind]))
    return str(bool(number)).lower() if kind == _BOOL else str(number)


def _array(reader: HeaderReader, layout: _Layout, key: str) -> str:
    """A list of texts joined by commas where it is short, else how long the list is."""
    kind = reader.unpack(layout.word)
    count = reader.unpack(layout.length)
    if kind in NUMBERS:
        reader.skip(count * struct.calcsize(NUMBERS[kind]))
    elif kind != _STRING:  # llama.cpp refuses lists of lists as well
        raise unsupported(f"lists of type {kind:,}", f"목록 유형 {kind:,}", offset=reader.offset, entry=key)
    elif count <= _MOST_ELEMENTS_KEPT:
        return kept_value(", ".join(_text(reader, layout) for _ in range(count)))
    else:
        _pass_over_texts(reader, layout.length, count)
    return f"({count:,})"


def _pass_over_texts(reader: HeaderReader, length: struct.Struct, count: int) -> None:
    """Go to the end of `count` texts; nobody needs a vocabulary here."""
    if count * length.size > reader.left:
        raise malformed(f"a list of {count:,} texts", f"문자열 {count:,}개의 목록", offset=reader.offset)
    take, skip, size, unpack = reader.take, reader.skip, length.size, length.unpack
    for _ in range(count):
        skip(unpack(take(size))[0])


def _tensors(reader: HeaderReader, layout: _Layout, count: int, faults: Faults) -> list[Tensor]:
    found: dict[str, Tensor] = {}
    for _ in range(count):
        place = reader.offset
        tensor = _tensor(reader, layout, faults)
        if tensor.name in found:  # llama.cpp refuses such a file as well
            raise malformed("two tensors of one name", "이름이 같은 텐서가 둘", offset=place, entry=tensor.name)
        found[tensor.name] = tensor
    return list(found.values())


def _tensor(reader: HeaderReader, layout: _Layout, faults: Faults) -> Tensor:
    """The next tensor, its offset still counted from the begin of the data."""
    name = _name(reader, layout)
    dimensions = reader.unpack(layout.word)
    if dimensions > _MOST_DIMENSIONS:
        said = f"{dimensions:,} dimensions", f"{dimensions:,}차원"
        raise malformed(*said, offset=reader.offset - 4, entry=name)
    lengths = [reader.unpack(layout.length) for _ in range(dimensions)]
    shape = checked_shape(reversed(lengths), name)  # written innermost first
    kind = reader.unpack(layout.word)
    offset = reader.unpack(layout.offset)
    if offset > MAX_COUNT:
        raise malformed(
            "an offset beyond all bounds", "범위를 벗어난 오프셋", offset=reader.offset - 8, entry=name
        )
    tensor = Tensor(name, f"type {kind}", shape, offset)
    if (block := BLOCKS.get(kind)) is None:
        said = f"unknown tensor type {kind:,}", f"알 수 없는 텐서 유형 {kind:,}"
        faults.add(unsupported(*said, offset=reader.offset - 12, entry=name))
        return tensor
    dtype, length, block_bytes = block
    if shape and shape[-1] % length:
        said = (
            f"rows of {shape[-1]:,} that aren't whole {dtype} blocks of {length}",
            f"{dtype} 블록으로 나뉘지 않는 행 길이",
        )
        faults.add(malformed(*said, entry=name))
    return msgspec.structs.replace(tensor, dtype=dtype, size=tensor.elements // length * block_bytes)


def _alignment(metadata: dict[str, str], faults: Faults) -> int:
    said = metadata.get(_ALIGNMENT, str(_USUAL_ALIGNMENT))
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 12 else 0
    if not 0 < number <= _MOST_ALIGNMENT:
        faults.add(malformed(f"an alignment of {said[:20]}", f"정렬 값 {said[:20]}", entry=_ALIGNMENT))
        return _USUAL_ALIGNMENT
    return number


def _aligned(place: int, alignment: int) -> int:
    return (place + alignment - 1) // alignment * alignment


def _check_places(tensors: tuple[Tensor, ...], size: int, faults: Faults) -> None:
    for one in tensors:
        end = (one.offset or 0) + (one.size or 0)
        if end > size:
            said = (
                f"its data end {end - size:,} bytes after the file",
                f"데이터가 파일 끝을 {end - size:,}바이트 넘음",
            )
            faults.add(malformed(*said, offset=one.offset, entry=one.name))
    check_layout(tensors, faults, gaps=False)  # alignment leaves gaps
