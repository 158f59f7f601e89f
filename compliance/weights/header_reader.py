"""Reads a header piece by piece: never beyond its end, never more than a budget, however long it says it is."""

import struct
from typing import BinaryIO

from compliance.weights.caps import MAX_HEADER
from compliance.weights.faults import WeightFileError, malformed, too_large

_CHUNK = 16 << 10
"""Bytes fetched at once: a few disk blocks, since some formats jump from tensor to tensor."""


class HeaderReader:
    """Stands at one place of a stream and moves forward only."""

    __slots__ = ("_at", "_base", "_budget", "_buffer", "_stream", "end")

    def __init__(self, stream: BinaryIO, end: int, *, start: int = 0, budget: int = MAX_HEADER) -> None:
        """Read from `stream`.

        Args:
            stream: seekable.
            end: bytes of the stream before the end of what may be read.
            start: bytes before the first one to be read.
            budget: bytes that may be taken in all; skipped ones are free.
        """
        self._stream = stream
        self._base = start
        self._buffer = b""
        self._at = 0
        self._budget = budget
        self.end = end
        """Bytes of the stream before the end; may be moved by who reads nested parts."""

    @property
    def offset(self) -> int:
        """Bytes of the stream before the place."""
        return self._base + self._at

    @property
    def left(self) -> int:
        """Bytes from the place to the end."""
        return self.end - self.offset

    def take(self, count: int) -> bytes:
        """The next `count` bytes.

        Raises:
            WeightFileError: the end comes first, or the budget is spent.
            OSError: the stream can't be read.
        """
        at = self._at
        if count > self.end - self._base - at:
            raise self._ends_early(count)
        self._budget -= count
        if self._budget < 0:
            raise too_large(
                "the header is longer than what is read", "헤더가 읽기 한도를 넘음", offset=self.offset
            )
        if at + count > len(self._buffer):
            self._fill(count)
            at = 0
        self._at = at + count
        return self._buffer[at : at + count]

    def skip(self, count: int) -> None:
        """Pass over `count` bytes without reading them. Raises WeightFileError where the end comes first."""
        if count > self.left:
            raise self._ends_early(count)
        self._at += count

    def unpack(self, form: struct.Struct) -> int:
        """The next number, of a struct with one field."""
        number: int = form.unpack(self.take(form.size))[0]
        return number

    def line(self, longest: int) -> bytes:
        """The bytes before the next line feed, which is passed over.

        Raises:
            WeightFileError: there is none within `longest` bytes.
        """
        found = bytearray()
        while (byte := self.take(1)) != b"\n":
            found += byte
            if len(found) > longest:
                raise malformed("a line has no end", "줄 끝이 없음", offset=self.offset)
        return bytes(found)

    def _ends_early(self, count: int) -> WeightFileError:
        said = f"{count:,} more bytes are announced than the {self.left:,} that are left"
        return malformed(
            said, f"남은 데이터보다 긴 길이를 선언함(선언 {count:,}, 남음 {self.left:,})", offset=self.offset
        )

    def _fill(self, count: int) -> None:
        place = self.offset
        wanted = min(max(count, _CHUNK), self.end - place)
        kept = self._buffer[self._at :] if self._at < len(self._buffer) else b""
        self._stream.seek(place + len(kept))
        self._buffer = kept + self._stream.read(wanted - len(kept))
        self._base, self._at = place, 0
        if len(self._buffer) < count:
            raise malformed("the file ends before its size says", "파일이 표시된 크기보다 짧음", offset=place)
