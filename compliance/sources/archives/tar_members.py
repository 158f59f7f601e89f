"""Tar archives, plain or compressed, read from begin to end."""

import tarfile
from collections.abc import Iterator
from typing import IO, Any, Self, cast

import msgspec

from compliance.model.text import Text
from compliance.sources.archives.unpacking import (
    FAULTS,
    ArchiveBombError,
    BrokenContentError,
    Content,
    MalformedError,
    Unpacking,
    UnpackingLimits,
    reason_of,
)

_LARGEST_EXTRA_HEADER = 1 << 20
"""Bytes of a long name or of extended headers, which are read into memory at once."""
_CHUNK = 1 << 20
_SPARSE = "a sparse file; pack it without --sparse", "희소 파일. --sparse 옵션 없이 묶으세요"
_EXTRA_HEADERS = {
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
}


class _StrictHeader(tarfile.TarInfo):
    """A header whose faults are faults: the standard library takes a broken one for the archive's end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str | None, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)  # type: ignore[arg-type]  # None means the default
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # the zero block that ends an archive
            raise
        except tarfile.HeaderError as error:
            raise _meaning(error) from error
        if header.size < 0 or (header.type in _EXTRA_HEADERS and header.size > _LARGEST_EXTRA_HEADER):
            raise BrokenContentError(
                f"a header that claims {header.size:,} bytes", f"크기를 {header.size:,}바이트로 적은 헤더"
            )
        if header.type == tarfile.GNUTYPE_SPARSE:
            raise BrokenContentError(*_SPARSE)
        return header

    def _proc_gnusparse_10(self, *_: object) -> None:
        """Refuse sparse files, whose maps the standard library reads into memory whatever their length."""
        raise BrokenContentError(*_SPARSE)

    _proc_gnusparse_00 = _proc_gnusparse_01 = _proc_gnusparse_10


class _Metered:
    """The tar's content, counted: members that are left out must not unpack for ever either."""

    def __init__(self, content: Content, packed: int, limits: UnpackingLimits) -> None:
        self._content = content
        self._most = min(limits.total_bytes, max(limits.ratio_floor, limits.ratio * packed))
        self._read = 0

    def read(self, size: int = -1, /) -> bytes:
        piece = self._content.read(size)
        self._read += len(piece)
        if self._read > self._most:
            raise ArchiveBombError(
                f"the archive unpacks to more than {self._most:,} bytes; the rest is left out",
                f"압축 파일을 풀면 {self._most:,}바이트 초과. 나머지는 제외함",
            )
        return piece


class _Reading(msgspec.Struct):
    """The pass over one tar."""

    content: Content
    count: int = 0
    """Members met."""
    more_follows: bool = False
    """Known after the last member."""

    def members(self) -> Iterator[tuple[tarfile.TarInfo, tarfile.TarFile]]:
        """Every header with the archive to read its content from, before the next one is asked for."""
        stream = cast("IO[bytes]", self.content)  # read() is all that a stream is asked for
        options: dict[str, Any] = {"tarinfo": _StrictHeader, "encoding": "utf-8", "errors": "surrogateescape"}
        with tarfile.open(fileobj=stream, mode="r|", **options) as archive:
            while (member := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # a million headers are of no use here
                self.count += 1
                yield member, archive
            rest = cast("IO[bytes]", archive.fileobj)
            while not self.more_follows and (piece := rest.read(_CHUNK)):
                self.more_follows = piece.count(0) < len(piece)


def _meaning(error: Exception) -> BrokenContentError:
    if isinstance(error, tarfile.EmptyHeaderError):  # type: ignore[attr-defined]
        return BrokenContentError("the archive ends without its end mark", "끝 표시 없이 끝난 압축 파일")
    return BrokenContentError(f"broken header: {error}", f"깨진 헤더: {error}")


def unpack_tar(content: Content, packed: int, unpacking: Unpacking) -> bool:
    """Unpack every member of the tar that `content` unpacks to.

    Args:
        content: the tar, already decompressed.
        packed: bytes of the archive as it lies on disk, the most that any member can be packed into.
        unpacking: receives the members.

    Returns:
        Whether anything but zeros follows the end mark, as in tars joined one after another.

    Raises:
        MalformedError: the archive breaks off; the members before that are in `unpacking`.
        ArchiveBombError: a cap was reached; likewise.
    """
    reading = _Reading(_Metered(content, packed, unpacking.spool.limits))
    try:
        for member, archive in reading.members():
            path = unpacking.admit(_raw(member.name))
            if path is not None:
                _unpack_member(archive, member, path, packed, unpacking)
    except FAULTS as error:
        said = reason_of(error)[1]
        raise MalformedError(
            Text(
                en=f"after {reading.count:,} members: {said.en}",
                ko=f"항목 {reading.count:,}개 다음: {said.ko}",
            )
        ) from error
    return reading.more_follows


def _unpack_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, path: str, packed: int, unpacking: Unpacking
) -> None:
    if member.isdir():
        unpacking.add_folder(path)
    elif member.issym():
        unpacking.add_link(path, _raw(member.linkname))
    elif member.islnk():
        unpacking.add_hard_link(path, _raw(member.linkname))
    elif not member.isfile():
        said = Text(en=f"tar member type {member.type!r}", ko=f"tar 항목 유형 {member.type!r}")
        unpacking.skip(path, "special-file", said)
    elif (content := archive.extractfile(member)) is not None:
        with content:
            unpacking.add_file(path, content, packed)


def _raw(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
