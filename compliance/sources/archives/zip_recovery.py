"""Members of a zip whose directory is missing, as after an interrupted download: found by their own headers."""

import os
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from compliance.model.text import Text
from compliance.sources.archives.unpacking import (
    FAULTS,
    ArchiveBombError,
    BrokenContentError,
    Unpacking,
    reason_of,
)

_HEADER = struct.Struct("<4s5H3L2H")
_MAGIC = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW = 0x1, 0x8
_CHUNK = 1 << 16


class _Header(msgspec.Struct, frozen=True):
    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    begin: int
    """Where the member's content begins."""


class _MemberContent:
    """The unpacked content of one member, checked at its end."""

    def __init__(self, archive: BinaryIO, header: _Header) -> None:
        self._archive = archive
        self._header = header
        self._inflate = zlib.decompressobj(-15) if header.method == _DEFLATED else None
        self._left = header.packed or (1 << 62 if header.flags & _SIZES_FOLLOW else 0)
        self._checksum = 0
        archive.seek(header.begin)

    def read(self, _size: int = -1, /) -> bytes:
        """The next piece, in the archive's own measure."""
        while True:
            piece, finished = self._next()
            self._checksum = zlib.crc32(piece, self._checksum)
            if piece:
                return piece
            if finished:
                self._check()
                return b""

    def _next(self) -> tuple[bytes, bool]:
        if self._inflate is not None and self._inflate.eof:
            return b"", True
        if self._inflate is not None and self._inflate.unconsumed_tail:
            return self._inflate.decompress(self._inflate.unconsumed_tail, _CHUNK), False
        if not self._left:
            return b"", True
        packed = self._archive.read(min(_CHUNK, self._left))
        if not packed:
            raise BrokenContentError("the archive ends inside this member", "이 항목 중간에서 끝난 압축 파일")
        self._left -= len(packed)
        return (packed if self._inflate is None else self._inflate.decompress(packed, _CHUNK)), False

    def _check(self) -> None:
        if self._inflate is not None and not self._inflate.eof:
            raise BrokenContentError("the compressed content is cut off", "중간에서 끊긴 압축 내용")
        if not self._header.flags & _SIZES_FOLLOW and self._checksum != self._header.checksum:
            raise BrokenContentError("wrong checksum", "체크섬 불일치")

    @property
    def end(self) -> int:
        """Where the content ended, once it has been read."""
        unused = len(self._inflate.unused_data) if self._inflate else 0
        return self._archive.tell() - unused


def recover(content: BinaryIO, unpacking: Unpacking) -> Text:
    """Unpack what can be found in `content` without a directory; says up to which byte that was."""
    at = 0
    try:
        for at in _members(content, unpacking):  # noqa: B007 - the last place is told
            pass
    except (*FAULTS, ArchiveBombError) as error:
        said = error.said if isinstance(error, ArchiveBombError) else reason_of(error)[1]
        return Text(
            en=f"{len(unpacking.files):,} members read before byte {at:,}: {error}",
            ko=f"바이트 위치 {at:,} 앞까지 항목 {len(unpacking.files):,}개 읽음: {said.ko}",
        )
    return Text(
        en=f"{len(unpacking.files):,} members read, up to byte {at:,}",
        ko=f"바이트 위치 {at:,}까지 항목 {len(unpacking.files):,}개 읽음",
    )


def _members(content: BinaryIO, unpacking: Unpacking) -> Iterator[int]:
    """Where each readable member ends."""
    at = 0
    content_size = content.seek(0, os.SEEK_END)
    while (header := _header(content, at)) is not None:
        yield at
        if header.flags & _ENCRYPTED or header.method not in {_STORED, _DEFLATED}:
            raise BrokenContentError(
                f"member {header.name[:80]!r} is encrypted or packed in another way",
                f"항목 {header.name[:80]!r}: 암호화되었거나 다른 방식으로 압축됨",
            )
        if header.method == _STORED and header.flags & _SIZES_FOLLOW:
            raise BrokenContentError(
                f"member {header.name[:80]!r} doesn't tell its size", f"항목 {header.name[:80]!r}: 크기 정보 없음"
            )
        member = _MemberContent(content, header)
        path = unpacking.admit(header.name)
        if path is None or header.name.endswith(b"/"):
            while member.read():
                pass
        else:
            unpacking.add_file(path, member, header.packed or content_size)
        at = member.end
        if header.flags & _SIZES_FOLLOW:
            at = _after_sizes(content, at)
    yield at


def _header(content: BinaryIO, at: int) -> _Header | None:
    content.seek(at)
    raw = content.read(_HEADER.size)
    if len(raw) < _HEADER.size or not raw.startswith(_MAGIC):
        return None
    _, _, flags, method, _, _, checksum, packed, size, name_length, extra_length = _HEADER.unpack(raw)
    name = content.read(name_length)
    return _Header(name, flags, method, checksum, packed, size, at + _HEADER.size + name_length + extra_length)


def _after_sizes(content: BinaryIO, at: int) -> int:
    """Where the next member may begin after the sizes that follow one; the four forms differ in length."""
    content.seek(at)
    following = content.read(28)
    places = [length for length in (12, 16, 20, 24) if following[length : length + 4] in (_MAGIC, b"PK\x01\x02")]
    return at + (places[0] if places else 16)
