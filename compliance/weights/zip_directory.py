"""The directory of a zip and the begin of its members, as PyTorch's reader sees them and no stricter.

The standard library refuses members whose checksum, flags or second name are wrong, which PyTorch loads all the
same; what is refused is not looked into, and that is what such files are made for. Format: PKWARE's APPNOTE.TXT.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from compliance.weights.faults import malformed, too_large, unsupported
from compliance.weights.header_reader import HeaderReader

MAX_DIRECTORY = 16 << 20
"""Bytes; some 150,000 members. A checkpoint has one for each storage."""
MAX_MEMBER = 64 << 20
"""Bytes of one unpacked member."""

_END = struct.Struct("<4s4H2LH")
_END_MAGIC = b"PK\5\6"
_FURTHEST_END = _END.size + 0xFFFF
_LOCATOR = struct.Struct("<4sLQL")
_LARGE_END = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LARGE = 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8


class ZipMember(msgspec.Struct, frozen=True):
    """One member as the directory describes it."""

    name: str
    method: int
    packed: int
    """Bytes in the file."""
    size: int
    """Bytes unpacked, as the directory says."""
    header: int
    """Bytes of the file before its own header."""


def members(stream: BinaryIO, size: int) -> list[ZipMember]:
    """Every member in the order of the directory.

    Raises:
        WeightFileError: there is no directory, or it is broken or too large.
        OSError: the stream can't be read.
    """
    begin = max(0, size - _FURTHEST_END)
    stream.seek(begin)
    tail = stream.read(size - begin)
    # as PyTorch's reader does it: marks too near the end for a whole record don't count
    at = tail.rfind(_END_MAGIC, 0, max(0, len(tail) - _END.size + len(_END_MAGIC)))
    if at < 0:
        raise malformed("a zip without a directory; it was cut short", "zip 목록이 없음(파일이 잘림)", offset=size)
    end = _END.unpack_from(tail, at)
    length, place = int(end[5]), int(end[6])
    if _LARGE in (length, place) or end[4] == 0xFFFF:
        length, place = _large_directory(stream, begin + at, size)
    if length > MAX_DIRECTORY:
        raise too_large(f"a zip directory of {length:,} bytes", f"zip 목록 {length:,}바이트", offset=place)
    if place + length > size:
        raise malformed("the zip's directory lies beyond the end", "zip 목록이 파일 끝을 넘음", offset=size)
    stream.seek(place)
    return list(_entries(stream.read(length), place))


def content(stream: BinaryIO, size: int, member: ZipMember) -> bytes:
    """The unpacked content of `member`, at most `MAX_MEMBER` bytes of it, whatever its checksum and flags say.

    Raises:
        WeightFileError: it lies beyond the end, is too large, packed by an unknown method or broken.
        OSError: the stream can't be read.
    """
    reader = HeaderReader(stream, size, start=min(member.header, size), budget=_LOCAL.size + MAX_MEMBER)
    local = _LOCAL.unpack(reader.take(_LOCAL.size))
    reader.skip(local[9] + local[10])
    if max(member.packed, member.size) > MAX_MEMBER:
        said = f"{max(member.packed, member.size):,} bytes", f"{max(member.packed, member.size):,}바이트"
        raise too_large(*said, entry=member.name)
    packed = reader.take(member.packed)
    if member.method == _STORED:
        return packed
    if member.method != _DEFLATED:
        said = f"compression method {member.method}", f"압축 방식 {member.method}"
        raise unsupported(*said, entry=member.name)
    return _inflated(packed, member)


def begin_of(stream: BinaryIO, size: int, member: ZipMember) -> int | None:
    """Bytes of the file before the content of `member`; None where it is packed.

    Raises:
        WeightFileError: its own header lies beyond the end.
        OSError: the stream can't be read.
    """
    if member.method != _STORED:
        return None
    reader = HeaderReader(stream, size, start=min(member.header, size))
    local = _LOCAL.unpack(reader.take(_LOCAL.size))
    reader.skip(local[9] + local[10])
    return reader.offset


def _inflated(packed: bytes, member: ZipMember) -> bytes:
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = unpacking.decompress(packed, min(member.size, MAX_MEMBER) + 1)
    except zlib.error as error:
        raise malformed(f"it can't be unpacked: {error}", "압축을 풀 수 없음", entry=member.name) from error
    if len(unpacked) > member.size:
        raise malformed("it unpacks to more than it says", "표시된 크기보다 크게 풀림", entry=member.name)
    return unpacked


def _large_directory(stream: BinaryIO, end: int, size: int) -> tuple[int, int]:
    """Length and place of the directory of a zip64."""
    reader = HeaderReader(stream, size, start=max(0, end - _LOCATOR.size))
    magic, _, place, _ = _LOCATOR.unpack(reader.take(_LOCATOR.size))
    if magic != b"PK\6\7" or place + _LARGE_END.size > size:
        raise malformed("the zip64 directory can't be found", "zip64 목록을 찾을 수 없음", offset=end)
    record = _LARGE_END.unpack(HeaderReader(stream, size, start=place).take(_LARGE_END.size))
    if record[0] != b"PK\6\6":
        raise malformed("the zip64 directory can't be found", "zip64 목록을 찾을 수 없음", offset=place)
    return int(record[8]), int(record[9])


def _entries(directory: bytes, place: int) -> Iterator[ZipMember]:
    at = 0
    while at < len(directory):
        if len(directory) - at < _ENTRY.size or directory[at : at + 4] != b"PK\1\2":
            raise malformed("the zip's directory is broken", "zip 목록이 손상됨", offset=place + at)
        entry = _ENTRY.unpack_from(directory, at)
        method, packed, size, header = entry[4], entry[8], entry[9], entry[16]
        name_end = at + _ENTRY.size + entry[10]
        name = directory[at + _ENTRY.size : name_end].decode("utf-8", "replace")
        large = _large_numbers(directory[name_end : name_end + entry[11]])
        # in this order, and only those that don't fit into the entry
        size = next(large, size) if size == _LARGE else size
        packed = next(large, packed) if packed == _LARGE else packed
        header = next(large, header) if header == _LARGE else header
        yield ZipMember(name, method, packed, size, header)
        at = name_end + entry[11] + entry[12]


def _large_numbers(extra: bytes) -> Iterator[int]:
    at = 0
    while len(extra) - at >= 4:
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            yield from (int(one[0]) for one in struct.iter_unpack("<Q", field[: len(field) // 8 * 8]))
            return
        at += 4 + length
