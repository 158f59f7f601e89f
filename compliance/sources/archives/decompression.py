"""Compressed streams, opened so that no declared size can claim more memory than a cap."""

import bz2
import gzip
import importlib
import lzma
from typing import Any, BinaryIO, Protocol

from compliance.sources.archives.formats import ArchiveFormat
from compliance.sources.archives.unpacking import BrokenContentError, Content

_CHUNK = 1 << 20
_XZ_MEMORY = 512 << 20
"""Bytes; the largest of xz's own levels needs 65 MiB."""


class _Decompressor(Protocol):
    """What bz2, lzma and zstd have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def needs_input(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _XzContent:
    """An xz or zstd stream, or several one after another."""

    def __init__(self, packed: BinaryIO, make: Any) -> None:
        self._packed = packed
        self._make = make
        self._current: _Decompressor = make()
        self._input = b""

    def read(self, size: int = -1, /) -> bytes:
        """Some unpacked bytes; none at the end. Raises BrokenContentError where the stream is cut off."""
        wanted = size if size > 0 else _CHUNK
        while True:
            if self._current.eof and not self._next_stream():
                return b""
            if self._current.needs_input and not self._input:
                self._input = self._packed.read(_CHUNK)
                if not self._input:
                    raise BrokenContentError("the compressed stream is cut off", "중간에서 끊긴 압축 스트림")
            piece = self._current.decompress(self._input, wanted)
            self._input = b""
            if piece:
                return piece

    def _next_stream(self) -> bool:
        rest = self._current.unused_data or self._packed.read(_CHUNK)
        rest = rest.lstrip(b"\0")
        if not rest:
            return False
        self._current, self._input = self._make(), rest
        return True


def decompressed(packed: BinaryIO, archive_format: ArchiveFormat) -> Content | None:
    """The unpacked content of `packed`; None where this Python can't read the format."""
    match archive_format:
        case ArchiveFormat.GZIP:
            return gzip.GzipFile(fileobj=packed)
        case ArchiveFormat.BZIP2:
            return bz2.BZ2File(packed)
        case ArchiveFormat.XZ:
            return _XzContent(packed, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY))
        case ArchiveFormat.ZSTD:
            try:
                zstd = importlib.import_module("compression.zstd")
            except ImportError:
                return None
            return _XzContent(packed, zstd.ZstdDecompressor)
        case _:
            return None
