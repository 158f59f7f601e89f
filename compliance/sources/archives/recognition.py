"""Archives among all files, also those whose first bytes don't say so: zips behind programs, disk images."""

import os
import re
import struct
from typing import BinaryIO

import msgspec

from compliance.sources.archives.formats import HEAD, ArchiveFormat, format_of, may_be_archive

_PROGRAMS = (b"#!", b"MZ", b"\x7fELF")
_SUFFIXES_OF_PROGRAMS = (".pyz", ".pyzw", ".exe", ".run")
_END = struct.Struct("<4s4H2LH")
_END_MAGIC = b"PK\5\6"
_END_AND_COMMENT = _END.size + (64 << 10)
_LARGE_DIRECTORY = 0xFFFFFFFF
"""Stands for a size that is told in another record (zip64)."""
_LARGE_MAGIC, _LARGE_LENGTH = b"PK\6\7", 20

_SEALED_MAGIC: tuple[tuple[re.Pattern[bytes], ArchiveFormat], ...] = (
    (re.compile(rb"\x5d\0\0..(?:\xff{8}|.{5}\0{3})", re.DOTALL), ArchiveFormat.LZMA),
    (re.compile(rb"\x1f\x9d[\x09-\x10\x89-\x90]"), ArchiveFormat.COMPRESS),
    (re.compile(rb"07070[12][0-9A-Fa-f]{104}|070707[0-7]{70}"), ArchiveFormat.CPIO),
    (re.compile(rb"hsqs|sqsh"), ArchiveFormat.SQUASHFS),
)
_SEALED_SUFFIXES = {
    ".lzma": ArchiveFormat.LZMA,
    ".Z": ArchiveFormat.COMPRESS,
    ".cpio": ArchiveFormat.CPIO,
    ".iso": ArchiveFormat.ISO,
    ".squashfs": ArchiveFormat.SQUASHFS,
    ".sqfs": ArchiveFormat.SQUASHFS,
    ".dmg": ArchiveFormat.DISK_IMAGE,
}
_ISO_MAGIC, _ISO_AT = b"CD001", 32_769
_DISK_IMAGE_MAGIC, _DISK_IMAGE_FROM_END = b"koly", 512


class Recognized(msgspec.Struct, frozen=True):
    """An archive, and whether it is something else besides."""

    archive_format: ArchiveFormat
    also_a_file: bool
    """It must be examined as it is, too: a program comes first, or the name alone says what it is."""


def recognized(content: BinaryIO, path: str) -> Recognized | None:
    """What archive the file called `path` is; None for none. Leaves `content`, which is seekable, at its start.

    Raises:
        OSError: the content can't be read.
    """
    head = content.read(HEAD)
    if (told := format_of(head)) is not None:
        content.seek(0)
        return Recognized(told, also_a_file=False)
    size = content.seek(0, os.SEEK_END)
    found = _behind_its_head(content, size, path, head) if may_be_archive(path, size) else None
    content.seek(0)
    return Recognized(found, also_a_file=True) if found is not None else None


def _behind_its_head(content: BinaryIO, size: int, path: str, head: bytes) -> ArchiveFormat | None:
    program = head.startswith(_PROGRAMS) or path.lower().endswith(_SUFFIXES_OF_PROGRAMS)
    if program and _ends_as_zip(content, size):
        return ArchiveFormat.ZIP
    return _sealed(content, size, path, head)


def _sealed(content: BinaryIO, size: int, path: str, head: bytes) -> ArchiveFormat | None:
    """Formats that can't be read."""
    for magic, sealed in _SEALED_MAGIC:
        if magic.match(head):
            return sealed
    if _read_at(content, _ISO_AT, len(_ISO_MAGIC)) == _ISO_MAGIC:
        return ArchiveFormat.ISO
    if _read_at(content, max(0, size - _DISK_IMAGE_FROM_END), len(_DISK_IMAGE_MAGIC)) == _DISK_IMAGE_MAGIC:
        return ArchiveFormat.DISK_IMAGE
    suffix = os.path.splitext(path)[1]  # noqa: PTH122 - a path in a source, not on disk
    return _SEALED_SUFFIXES.get(suffix) or _SEALED_SUFFIXES.get(suffix.lower())


def _ends_as_zip(content: BinaryIO, size: int) -> bool:
    """Whether the end of a zip's directory is there, and the directory before it.

    The mark alone says nothing: every program that reads zips holds it.
    """
    begin = max(0, size - _END_AND_COMMENT)
    tail = _read_at(content, begin, _END_AND_COMMENT)
    at = tail.rfind(_END_MAGIC)
    while at >= 0:
        if len(tail) - at >= _END.size and _follows_a_directory(content, begin + at, tail[at : at + _END.size]):
            return True
        at = tail.rfind(_END_MAGIC, 0, at)
    return False


def _follows_a_directory(content: BinaryIO, at: int, record: bytes) -> bool:
    directory = int(_END.unpack_from(record)[5])
    if directory == _LARGE_DIRECTORY:
        return _read_at(content, at - _LARGE_LENGTH, 4) == _LARGE_MAGIC
    return directory > 0 and _read_at(content, at - directory, 4) == b"PK\1\2"


def _read_at(content: BinaryIO, at: int, length: int) -> bytes:
    if at < 0:
        return b""
    content.seek(at)
    return content.read(length)
