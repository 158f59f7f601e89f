"""Flax's msgpack checkpoints: nested maps whose leaves are arrays, each a small header before its data.

Format: https://github.com/msgpack/msgpack/blob/master/spec.md and `flax/serialization.py` (`_MsgpackExtType`).
"""

from io import BytesIO
from typing import BinaryIO

from compliance.model.text import encodable
from compliance.weights.caps import LONGEST_NAME, MAX_DEPTH, MAX_METADATA, MAX_TENSORS
from compliance.weights.element_types import NUMPY, bytes_of
from compliance.weights.faults import WeightFileError, malformed, too_large
from compliance.weights.header_reader import HeaderReader
from compliance.weights.msgpack_values import Array, Data, Extension, Map, Value, next_value
from compliance.weights.tensors import Faults, Tensor, WeightFile, checked_shape, kept_value

MAX_VALUES = 300_000
"""Of one file: as many arrays as are described, and some."""
_ARRAY, _SCALAR = 1, 3
"""Flax's extension types that hold an array."""
_LONGEST_ARRAY_HEADER = 1_024
"""Bytes before an array's data: shape and type."""


def read(stream: BinaryIO, size: int) -> WeightFile:
    """The tensors and plain values of the Flax checkpoint in `stream`, seekable and of `size` bytes.

    Raises:
        WeightFileError: it is no map, broken or over a cap.
        OSError: the stream can't be read.
    """
    reader = HeaderReader(stream, size)
    faults = Faults()
    tensors: list[Tensor] = []
    metadata: list[tuple[str, str]] = []
    try:
        _walk(reader, faults, tensors, metadata)
    except WeightFileError as error:
        if not tensors:
            raise
        faults.add(error)
    else:
        if reader.left:
            faults.add(
                malformed(
                    f"{reader.left:,} bytes after the end",
                    f"끝난 뒤 {reader.left:,}바이트 더 있음",
                    offset=reader.offset,
                )
            )
    return WeightFile("flax", tuple(tensors), tuple(metadata), faults.all())


def _walk(reader: HeaderReader, faults: Faults, tensors: list[Tensor], metadata: list[tuple[str, str]]) -> None:
    """Every value in order, without recursion."""
    root = next_value(reader)
    if not isinstance(root, Map):
        raise malformed("it doesn't begin with a map", "맵으로 시작하지 않음", offset=0)
    open_containers: list[_Container] = [_Container("", root.length, named=True)]
    for _ in range(MAX_VALUES):
        while open_containers and not open_containers[-1].left:
            open_containers.pop()
        if not open_containers:
            return
        name = open_containers[-1].next_name(reader)
        place = reader.offset
        value = next_value(reader)
        if isinstance(value, Map | Array):
            if len(open_containers) >= MAX_DEPTH:
                raise too_large(f"more than {MAX_DEPTH} levels", f"중첩이 {MAX_DEPTH}단계를 넘음", offset=place)
            open_containers.append(_Container(name, value.length, named=isinstance(value, Map)))
        else:
            _leaf(name, value, reader, place, faults, tensors, metadata)
    raise too_large(f"more than {MAX_VALUES:,} values", f"값이 {MAX_VALUES:,}개를 넘음", offset=reader.offset)


class _Container:
    """A map or list that is being read."""

    __slots__ = ("_named", "_number", "_path", "left")

    def __init__(self, path: str, length: int, *, named: bool) -> None:
        self._path = path
        self._named = named
        self._number = 0
        self.left = length

    def next_name(self, reader: HeaderReader) -> str:
        """The path of the next value; a map's key is read."""
        self.left -= 1
        key: Value = self._number
        self._number += 1
        place = reader.offset
        if self._named:
            key = next_value(reader)
        if not isinstance(key, str | int):
            raise malformed("a key that is neither text nor number", "문자열도 숫자도 아닌 키", offset=place)
        name = f"{self._path}/{key}" if self._path else str(key)
        if len(name) > LONGEST_NAME:
            raise too_large(f"a name of {len(name):,} characters", f"{len(name):,}자 길이의 이름", offset=place)
        return encodable(name)


def _leaf(
    name: str, value: Value, reader: HeaderReader, place: int, faults: Faults,
    tensors: list[Tensor], metadata: list[tuple[str, str]],
) -> None:  # fmt: skip
    if isinstance(value, Extension) and value.kind in (_ARRAY, _SCALAR):
        if len(tensors) == MAX_TENSORS:
            raise too_large(f"more than {MAX_TENSORS:,} tensors", f"텐서가 {MAX_TENSORS:,}개를 넘음", offset=place)
        end = reader.offset + value.length
        try:
            tensors.append(_tensor(name, reader.take(min(value.length, _LONGEST_ARRAY_HEADER, reader.left)), end))
        except WeightFileError as error:
            faults.add(error)
        reader.skip(end - reader.offset)
    elif isinstance(value, Extension | Data):
        reader.skip(value.length)
    elif isinstance(value, str | int) and not isinstance(value, bool) and len(metadata) < MAX_METADATA:
        metadata.append((name, encodable(kept_value(str(value)))))


def _tensor(name: str, head: bytes, end: int) -> Tensor:
    """The array in an extension that begins with `head` and ends before the byte `end` of the file."""
    reader = HeaderReader(BytesIO(head), len(head))
    parts = next_value(reader)
    lengths = next_value(reader)
    if not isinstance(parts, Array) or parts.length != 3 or not isinstance(lengths, Array) or lengths.length > 64:
        raise malformed("it isn't an array of Flax's", "Flax 배열이 아님", entry=name)
    shape = checked_shape([next_value(reader) for _ in range(lengths.length)], name)
    said = next_value(reader)
    data = next_value(reader)
    if not isinstance(said, str) or not isinstance(data, Data):
        raise malformed("it isn't an array of Flax's", "Flax 배열이 아님", entry=name)
    dtype = NUMPY.get(said, said[:40])
    expected = bytes_of(dtype, Tensor("", "", shape).elements)
    if expected is not None and expected != data.length:
        sizes = f"{expected:,} bytes by type and shape, {data.length:,} in the file"
        raise malformed(sizes, f"유형과 형상으로는 {expected:,}바이트, 파일에는 {data.length:,}바이트", entry=name)
    return Tensor(name, dtype, shape, end - data.length, data.length)
