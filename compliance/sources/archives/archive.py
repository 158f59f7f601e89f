"""Archives: one file that holds many."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from compliance.model.skip import Skip, refused
from compliance.model.submission import SourceReference
from compliance.model.text import Text
from compliance.model.weight_formats import may_hold_weights
from compliance.sources.archives.decompression import decompressed
from compliance.sources.archives.formats import COMPRESSIONS, HEAD, ArchiveFormat, Layout, is_tar
from compliance.sources.archives.recognition import recognized
from compliance.sources.archives.tar_members import unpack_tar
from compliance.sources.archives.unpacking import (
    FAULTS,
    ArchiveBombError,
    Content,
    MalformedError,
    Spool,
    Unpacking,
    reason_of,
    shortened,
)
from compliance.sources.archives.zip_members import unpack_zip
from compliance.sources.disk_file import disk_file
from compliance.sources.source import Members, SourceFile

_SUFFIXES = {".gz", ".bz2", ".xz", ".zst", ".z"}


class ArchiveSource(msgspec.Struct, frozen=True):
    """The members of one archive on disk."""

    location: Path
    reference: SourceReference
    spool: Spool

    def files(self, members: Members) -> Iterator[SourceFile]:
        """Every member by path; what is left out goes to `members`."""
        location = os.fsencode(self.location)
        name = self.location.name
        try:
            file = disk_file(name, location, self.location.stat())
            with file.open() as content:
                known = recognized(content, name)
            # What is a file besides its archive stands for itself, and is looked into like any file of a folder.
            whole = known is None or known.also_a_file
            unpacked = None if whole else unpack(file, self.spool, "", members)
        except OSError as error:
            members.skipped.append(refused(error, name))
            return
        yield from unpacked if unpacked is not None else [file]

    def history(self) -> None:
        """An archive has none."""


_DATA_BEHIND = Text(
    en="data after the end of the archive was not examined; unpack it with --ignore-zeros",
    ko="압축 파일 끝 뒤의 데이터는 검사하지 못함. --ignore-zeros 옵션으로 푸세요",
)


def unpack(file: SourceFile, spool: Spool, label: str, members: Members) -> list[SourceFile] | None:
    """The members of the archive `file` by path; what is left out goes to `members`.

    Args:
        file: what may be an archive.
        spool: receives the content of its members.
        label: what stands before each member's path: empty, or the archive's own path and `!/`.
        members: receives the skips.

    Returns:
        None where the file is no archive, or one that is examined as it is (documents).

    Raises:
        OSError: the file can't be opened or read.
    """
    with _seekable(file, spool) as content:
        known = recognized(content, file.path)
        if known is None:
            return None
        archive_format = known.archive_format
        unpacking = Unpacking(spool, label, file.identity)
        try:
            if not _unpack(content, archive_format, file, unpacking):
                return None
        except ArchiveBombError as error:
            members.skipped.append(error.skip(file.path))
        except MalformedError as error:
            members.skipped.append(Skip.of("malformed", shortened(f"{archive_format}: ", error.said), file.path))
    found, skipped = unpacking.finish()
    members.skipped.extend(skipped)
    return found


def _seekable(file: SourceFile, spool: Spool) -> BinaryIO:
    content = file.open()
    if content.seekable():
        return content
    with content:
        location, _ = spool.write(content, file.size)
    return location.open("rb")


def _unpack(content: BinaryIO, archive_format: ArchiveFormat, file: SourceFile, unpacking: Unpacking) -> bool:
    if archive_format == ArchiveFormat.ZIP:
        return _unpack_zip(content, file, unpacking)
    if archive_format == ArchiveFormat.TAR:
        _unpack_tar(content, file, unpacking)
    elif archive_format in COMPRESSIONS:
        _unpack_compressed(content, archive_format, file, unpacking)
    else:
        _unsupported(archive_format, file, unpacking)
    return True


def _unpack_tar(content: Content, file: SourceFile, unpacking: Unpacking) -> None:
    if unpack_tar(content, file.size, unpacking):
        unpacking.skipped.append(Skip.of("truncated", _DATA_BEHIND, file.path))


def _unpack_zip(content: BinaryIO, file: SourceFile, unpacking: Unpacking) -> bool:
    match unpack_zip(content, unpacking):
        case Layout.DOCUMENT | Layout.ARRAYS:
            return False
        case Layout.PYTORCH if may_hold_weights(file.path, file.size):
            return False
        case Layout.PYTORCH | Layout.KERAS as weights:
            said = Text(
                en=f"{weights} weights under a name that says nothing of them; "
                f"give it the suffix {weights.suffix}",
                ko=f"이름으로 알 수 없는 {weights} 가중치. 확장자 {weights.suffix} 파일로 제출하세요",
            )
            unpacking.skipped.append(Skip.of("unsupported", said, file.path))
    return True


def _unpack_compressed(
    content: BinaryIO, archive_format: ArchiveFormat, file: SourceFile, unpacking: Unpacking
) -> None:
    stream = decompressed(content, archive_format)
    if stream is None:
        _unsupported(archive_format, file, unpacking)
        return
    begin = b""
    try:
        while len(begin) < HEAD and (piece := stream.read(HEAD - len(begin))):
            begin += piece
        rest = _Joined(begin, stream)
        if is_tar(begin):
            _unpack_tar(rest, file, unpacking)
        else:
            unpacking.spool.count_member()
            unpacking.add_file(_name_inside(file.path), rest, file.size)
    except FAULTS as error:
        raise MalformedError(reason_of(error)[1]) from error


def _unsupported(archive_format: ArchiveFormat, file: SourceFile, unpacking: Unpacking) -> None:
    said = Text(
        en=f"{archive_format} archive; unpack it and examine the folder",
        ko=f"{archive_format} 압축 파일. 풀어서 그 폴더를 검사하세요",
    )
    unpacking.skipped.append(Skip.of("unsupported", said, file.path))


def _name_inside(path: str) -> str:
    """The name of the one file in a compressed file at `path`."""
    stem, dot, ending = path.rpartition("/")[2].rpartition(".")
    suffix = dot + ending
    return stem if stem and suffix.lower() in _SUFFIXES else f"{stem}{suffix}.content"


class _Joined:
    """Bytes already read from a stream, and the rest of it."""

    def __init__(self, begin: bytes, rest: Content) -> None:
        self._begin = begin
        self._rest = rest

    def read(self, size: int = -1, /) -> bytes:
        """The next piece."""
        if self._begin:
            piece, self._begin = self._begin, b""
            return piece
        return self._rest.read(size)
