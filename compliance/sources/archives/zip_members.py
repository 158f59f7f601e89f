"""Zip archives: wheels, jars and plain zips."""

import os
import stat
import struct
import zipfile
from typing import BinaryIO

from compliance.model.text import Text
from compliance.sources.archives.formats import Layout, layout_of
from compliance.sources.archives.unpacking import (
    FAULTS,
    ArchiveBombError,
    MalformedError,
    Unpacking,
    guarded,
    reason_of,
)
from compliance.sources.archives.zip_recovery import recover

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}
"""LZMA's dictionary can claim 4 GiB of memory, and newer methods aren't in every Python."""
_ENCRYPTED = 0x1
_UTF8 = 0x800
_LONGEST_TARGET = 4_096
_BYTES_PER_ENTRY = 46
_LARGEST_ENTRY = 300
"""Bytes of one directory entry, on average, that an honest archive stays below."""
_END = struct.Struct("<4s4H2LH")
_END_AND_COMMENT = _END.size + 0xFFFF

_EMPTY_DIRECTORY = Text(en="an empty directory after content", ko="내용 뒤에 빈 목록")
_ENCRYPTED_MEMBER = Text(
    en="encrypted; hand in the archive without a password", ko="암호화됨. 비밀번호 없는 압축 파일로 제출하세요"
)


def unpack_zip(content: BinaryIO, unpacking: Unpacking) -> Layout | None:
    """Unpack every member of the zip in `content`, unless it is more than an archive.

    Returns:
        What the zip is instead, where nothing was unpacked: an office document or weights.

    Raises:
        MalformedError: there is no directory of members; what could be read without it is in `unpacking`.
        ArchiveBombError: too many members, or too much in all.
    """
    _check_directory(content, unpacking)
    try:
        archive = zipfile.ZipFile(content)
    except FAULTS as error:
        raise MalformedError(_and(reason_of(error)[1], recover(content, unpacking))) from error
    with archive:
        if (layout := layout_of(archive.namelist())) is not None:
            return layout
        if not archive.infolist() and content.seek(0, os.SEEK_END) > _END.size + len(archive.comment):
            raise MalformedError(_and(_EMPTY_DIRECTORY, recover(content, unpacking)))
        for member in archive.infolist():
            path = unpacking.admit(raw_name(member))
            if path is not None:
                with guarded(unpacking, path):
                    _unpack_member(archive, member, path, unpacking)
    return None


def raw_name(member: zipfile.ZipInfo) -> bytes:
    """The name as it stands in the archive: Python reads names that aren't marked as UTF-8 as code page 437."""
    name = member.orig_filename
    return name.encode("utf-8", "surrogatepass") if member.flag_bits & _UTF8 else name.encode("cp437", "replace")


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, unpacking: Unpacking) -> None:
    mode = member.external_attr >> 16
    if member.is_dir():
        unpacking.add_folder(path)
    elif member.flag_bits & _ENCRYPTED:
        unpacking.skip(path, "unsupported", _ENCRYPTED_MEMBER)
    elif member.compress_type not in _METHODS:
        method = member.compress_type
        said = Text(
            en=f"compression method {method}; pack it with deflate",
            ko=f"압축 방식 {method}. deflate 방식으로 압축하세요",
        )
        unpacking.skip(path, "unsupported", said)
    elif stat.S_ISLNK(mode):
        with archive.open(member) as content:
            unpacking.add_link(path, content.read(_LONGEST_TARGET))
    elif stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        unpacking.skip(path, "special-file", Text(en=f"mode {mode:o}", ko=f"모드 {mode:o}"))
    else:
        unpacking.spool.check(member.file_size, member.compress_size)
        with archive.open(member) as content:
            unpacking.add_file(path, content, member.compress_size)


def _check_directory(content: BinaryIO, unpacking: Unpacking) -> None:
    """Refuse a directory of members so large that reading it would fill the memory."""
    size = content.seek(0, os.SEEK_END)
    content.seek(max(0, size - _END_AND_COMMENT))
    tail = content.read()
    content.seek(0)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        return
    directory = _END.unpack_from(tail, at)[5]
    if directory == 0xFFFFFFFF:  # zip64: the true size can't be larger than the file
        directory = size
    if directory > unpacking.spool.limits.members * _LARGEST_ENTRY or (
        directory < size and directory // _BYTES_PER_ENTRY > 2 * unpacking.spool.limits.members
    ):
        raise ArchiveBombError(f"a directory of {directory:,} bytes", f"목록만 {directory:,}바이트")


def _and(one: Text, other: Text) -> Text:
    return Text(en=f"{one.en}; {other.en}", ko=f"{one.ko}; {other.ko}")
