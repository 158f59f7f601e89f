"""safetensors: a length, a JSON header with every tensor's type, shape and place, then the data.

Format: https://github.com/huggingface/safetensors (README, "Format", and `safetensors/src/tensor.rs`).
"""

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from compliance.model.text import encodable
from compliance.weights.caps import LONGEST_NAME, MAX_COUNT, MAX_HEADER, MAX_METADATA, MAX_TENSORS
from compliance.weights.element_types import bytes_of
from compliance.weights.faults import WeightFileError, malformed, too_large
from compliance.weights.header_reader import HeaderReader
from compliance.weights.json_headers import decoded
from compliance.weights.tensors import Faults, Tensor, WeightFile, check_layout, checked_shape, kept_value

_LENGTH = struct.Struct("<Q")
_METADATA = "__metadata__"
_KEYS = {"dtype", "shape", "data_offsets"}


def is_safetensors(head: bytes, size: int) -> bool:
    """Whether content of `size` bytes that starts with `head` (16 bytes or more) looks like a safetensors file."""
    if len(head) < _LENGTH.size + 2:
        return False
    length = int(_LENGTH.unpack_from(head)[0])
    return head[_LENGTH.size : _LENGTH.size + 1] == b"{" and 2 <= length <= size - _LENGTH.size


def read(stream: BinaryIO, size: int) -> WeightFile:
    """The header of the safetensors file in `stream`.

    Args:
        stream: seekable; only the header is read.
        size: bytes of the file.

    Raises:
        WeightFileError: the header is broken or over a cap, so that nothing can be described.
        OSError: the stream can't be read.
    """
    reader = HeaderReader(stream, size)
    length = reader.unpack(_LENGTH)
    if length > MAX_HEADER:
        raise too_large(f"a header of {length:,} bytes", f"헤더 {length:,}바이트", offset=0)
    if length > reader.left:
        said = f"a header of {length:,} bytes, of which {reader.left:,} are there"
        raise malformed(said, f"헤더 {length:,}바이트 중 {reader.left:,}바이트만 있음", offset=0)
    # before the whole is fetched: a sparse file can announce a header of nothing
    if length and (first := reader.take(1)) != b"{":
        said = f"the header begins with {first!r} and not with a brace"
        raise malformed(said, "헤더가 중괄호로 시작하지 않음", offset=_LENGTH.size)
    header = decoded(b"{" + reader.take(length - 1) if length else b"", _LENGTH.size)
    if len(header) > MAX_TENSORS:
        raise too_large(f"{len(header):,} tensors", f"텐서 {len(header):,}개", offset=_LENGTH.size)
    faults = Faults()
    begin = _LENGTH.size + length
    tensors = tuple(_tensors(header, begin, faults))
    _check_end(tensors, begin, size, faults)
    check_layout(tensors, faults, gaps=True)
    return WeightFile("safetensors", tensors, tuple(_metadata(header, faults)), faults.all())


def _tensors(header: dict[str, Any], begin: int, faults: Faults) -> Iterator[Tensor]:
    for name, entry in header.items():
        if name == _METADATA:
            continue
        try:
            yield _tensor(name, entry, begin)
        except WeightFileError as error:
            faults.add(error)


def _tensor(name: str, entry: Any, begin: int) -> Tensor:
    if len(name) > LONGEST_NAME:
        raise too_large(f"a name of {len(name):,} characters", f"{len(name):,}자 길이의 이름", entry=name)
    if not isinstance(entry, dict) or not entry.keys() >= _KEYS or not isinstance(entry["shape"], list):
        raise malformed(
            "it lacks dtype, shape or data_offsets", "dtype, shape, data_offsets 중 빠진 항목이 있음", entry=name
        )
    shape = checked_shape(entry["shape"], name)
    first, last = _offsets(entry["data_offsets"], name)
    dtype = entry["dtype"] if isinstance(entry["dtype"], str) else ""
    tensor = Tensor(encodable(name), encodable(dtype[:40]), shape, begin + first, last - first)
    _check_size(tensor, name)
    return tensor


def _offsets(said: Any, name: str) -> tuple[int, int]:
    match said:
        case [int(first), int(last)] if 0 <= first <= last <= MAX_COUNT and not isinstance(first, bool):
            return first, last
    raise malformed(
        "data_offsets aren't two ascending numbers", "data_offsets 값이 오름차순 정수 두 개가 아님", entry=name
    )


def _check_size(tensor: Tensor, name: str) -> None:
    expected = bytes_of(tensor.dtype, tensor.elements)
    if expected is None:
        raise malformed(f"unknown dtype {tensor.dtype!r}", f"알 수 없는 dtype: {tensor.dtype!r}", entry=name)
    if expected != tensor.size:
        said = f"{expected:,} bytes by dtype and shape, {tensor.size:,} by data_offsets"
        raise malformed(
            said, f"dtype과 형상으로는 {expected:,}바이트, data_offsets로는 {tensor.size:,}바이트", entry=name
        )


def _check_end(tensors: tuple[Tensor, ...], begin: int, size: int, faults: Faults) -> None:
    end = max(((one.offset or 0) + (one.size or 0) for one in tensors), default=begin)
    if end > size:
        late = next(one for one in tensors if (one.offset or 0) + (one.size or 0) > size)
        said = f"the file ends {end - size:,} bytes before the tensors' data do"
        faults.add(
            malformed(said, f"텐서 데이터보다 {end - size:,}바이트 먼저 파일이 끝남", offset=size, entry=late.name)
        )
    elif end < size:
        said = f"{size - end:,} bytes after the last tensor belong to none"
        faults.add(malformed(said, f"마지막 텐서 뒤에 소속 없는 {size - end:,}바이트가 있음", offset=end))


def _metadata(header: dict[str, Any], faults: Faults) -> Iterator[tuple[str, str]]:
    said = header.get(_METADATA, {})
    if not isinstance(said, dict):
        faults.add(malformed("it isn't an object of texts", "문자열만 담은 객체가 아님", entry=_METADATA))
        return
    for number, (key, value) in enumerate(said.items()):
        if number == MAX_METADATA:
            faults.add(too_large(f"{len(said):,} entries", f"항목 {len(said):,}개", entry=_METADATA))
            return
        if isinstance(value, str):
            yield encodable(key[:LONGEST_NAME]), encodable(kept_value(value))
        else:
            faults.add(malformed("the value isn't a text", "값이 문자열이 아님", entry=key))
