"""The members of a plain tar, from its headers alone. Format: POSIX.1-1988 `ustar`."""

from typing import BinaryIO

import msgspec

from compliance.weights.faults import malformed
from compliance.weights.header_reader import HeaderReader

_BLOCK = 512
_MAGIC_AT = 257
_MOST_MEMBERS = 100
"""PyTorch's first format has four."""


class TarMember(msgspec.Struct, frozen=True):
    """One member."""

    name: str
    begin: int
    """Bytes of the file before its content."""
    size: int


def is_tar(head: bytes) -> bool:
    """Whether content that starts with `head` (512 bytes) is a tar that says so."""
    return head[_MAGIC_AT : _MAGIC_AT + 5] == b"ustar"


def members(stream: BinaryIO, size: int) -> list[TarMember]:
    """The first members in order.

    Raises:
        WeightFileError: a header is broken.
        OSError: the stream can't be read.
    """
    reader = HeaderReader(stream, size)
    found: list[TarMember] = []
    while reader.left >= _BLOCK and len(found) < _MOST_MEMBERS:
        place = reader.offset
        header = reader.take(_BLOCK)
        if not header.strip(b"\0"):
            break
        name = header[:100].rstrip(b"\0").decode("utf-8", "replace")
        digits = header[124:136].strip(b" \0")
        if not is_tar(header) or not digits.isdigit() or b"8" in digits or b"9" in digits:
            raise malformed("a tar header is broken", "tar 헤더가 손상됨", offset=place)
        length = int(digits, 8)
        found.append(TarMember(name, reader.offset, length))
        reader.skip(min(-(-length // _BLOCK) * _BLOCK, reader.left))
    return found
