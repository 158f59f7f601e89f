"""Caches as one file that travels between machines: what was found, by content alone.

    gzip: magic | frame | frame … | end
    frame: length 4 bytes, big-endian | BLAKE2b-128 of the row | row
    row: MessagePack [detector, version, digest, name key, payload]
    end: length 0 | number of rows 8 bytes | SHA-256 of all before it

Rows stand in the order of their keys and nothing says when or where they were written, so the same rows give the
same bytes. Identities stay at home: a stat record names nothing elsewhere, and a git blob's SHA-1 isn't enough to
believe somebody else's word on what it stands for (decision 0085).
"""

import gzip
import hashlib
import re
import sqlite3
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from compliance.model.text import Text
from compliance.store import database
from compliance.store.database import RowKey

MAGIC = b"compliance.cache/1\n"
_LEVEL = 6
_LARGEST_ROW = 64 << 20
_LONGEST = 4_096
"""Characters of each part of a key."""
_FREE, _MOST_TIMES = 64 << 20, 200
"""Bytes that any file may unpack to, and how many times its size beyond; rows shrink to a tenth or so."""
_CONTENT = re.compile(r"sha256:[0-9a-f]{64}")
_SUM = 16
_ROWS = """SELECT detector, version, digest, name_key, checksum, payload FROM finding_row
WHERE digest GLOB 'sha256:*' ORDER BY digest, detector, version, name_key"""


class Fault(msgspec.Struct, frozen=True):
    """What is wrong at one place of a file."""

    row: int
    """From 1; one more than there are where it is about the end."""
    byte: int
    """Of the unpacked content, from 0."""
    message: Text
    ends: bool = False
    """Nothing after it can be read."""


class _UnreadableError(Exception):
    """Nothing more can be read; says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def write(connection: sqlite3.Connection, stream: BinaryIO) -> int:
    """Write every whole row about a content to `stream`; how many there were.

    Raises:
        OSError: it can't be written.
        sqlite3.Error: the cache can't be read.
    """
    count = 0
    digest = hashlib.sha256()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=stream, mtime=0) as packed:
        for part in _parts(connection):
            count += part is not MAGIC
            digest.update(part)
            packed.write(part)
        packed.write(bytes(4) + count.to_bytes(8, "big") + digest.digest())
    return count


def _parts(connection: sqlite3.Connection) -> Iterator[bytes]:
    yield MAGIC
    for detector, version, digest, name_key, sum_, payload in connection.execute(_ROWS):
        key = RowKey(detector, version, digest, name_key)
        if sum_ == database.checksum(key, payload) and _is_sound(key):
            body = msgspec.msgpack.encode((detector, version, digest, name_key, payload))
            yield len(body).to_bytes(4, "big") + _sum(body) + body


def read(stream: BinaryIO, size: int) -> Iterator[tuple[RowKey, bytes] | Fault]:
    """The rows in `stream`, a file of `size` bytes, and what of it is damaged or foreign, each with its place.

    Raises:
        OSError: the stream can't be read.
    """
    unpacking = _Unpacking(stream, _FREE + _MOST_TIMES * size)
    row = 1
    try:
        unpacking.start()
        while length := unpacking.length():
            at = unpacking.at - 4
            sum_, body = unpacking.take(_SUM), unpacking.take(length)
            yield _row(body, row, at) if sum_ == _sum(body) else Fault(row, at, _CHANGED)
            row += 1
        unpacking.finish(row - 1)
    except _UnreadableError as error:
        yield Fault(row, unpacking.at, error.message, ends=True)


class _Unpacking:
    """The unpacked content of a file, taken from its start."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._packed = gzip.GzipFile(fileobj=stream, mode="rb")
        self._most = most
        self._digest = hashlib.sha256()
        self._last = b""
        self.at = 0

    def take(self, count: int, otherwise: Text | None = None) -> bytes:
        """The next `count` bytes. Raises _UnreadableError where there aren't so many."""
        if self.at + count > self._most:
            raise _UnreadableError(_BOMB)
        content = self._read(count, otherwise)
        if len(content) < count:
            raise _UnreadableError(otherwise or _CUT_OFF)
        self._digest.update(self._last)
        self._last = content
        self.at += count
        return content

    def start(self) -> None:
        """Take the first bytes. Raises _UnreadableError where they aren't those of a cache."""
        if self.take(len(MAGIC), _FOREIGN) != MAGIC:
            raise _UnreadableError(_FOREIGN)

    def length(self) -> int:
        """Bytes of the next row; 0 at the end. Raises _UnreadableError where it can't be."""
        length = int.from_bytes(self.take(4), "big")
        if length > _LARGEST_ROW:
            raise _UnreadableError(_LENGTH)
        return length

    def finish(self, rows: int) -> None:
        """Compare what follows a length of 0, which was taken last. Raises _UnreadableError where it differs."""
        expected = rows.to_bytes(8, "big") + self._digest.digest()
        if self._read(len(expected)) != expected or self._read(1):
            raise _UnreadableError(_WRONG_END)

    def _read(self, count: int, otherwise: Text | None = None) -> bytes:
        try:
            return self._packed.read(count)
        except EOFError as error:
            raise _UnreadableError(otherwise or _CUT_OFF) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise _UnreadableError(otherwise or _CORRUPT) from error


def _row(body: bytes, row: int, at: int) -> tuple[RowKey, bytes] | Fault:
    try:
        detector, version, digest, name_key, payload = _decode(body)
    except msgspec.DecodeError:
        return Fault(row, at, _NO_ROW)
    key = RowKey(detector, version, digest, name_key)
    return (key, payload) if _is_sound(key) else Fault(row, at, _NO_ROW)


_decode = msgspec.msgpack.Decoder(tuple[str, str, str, str, bytes]).decode


def _sum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_SUM).digest()


def _is_sound(key: RowKey) -> bool:
    parts = (key.detector, key.version, key.name_key)
    return _CONTENT.fullmatch(key.digest) is not None and all(len(part) <= _LONGEST for part in parts)


_AGAIN = Text(en="get the file again from whoever exported it", ko="내보낸 사람에게 파일을 다시 받으세요")
_FOREIGN = Text(
    en="no cache that `compliance cache export` of this version wrote; name another file",
    ko="이 버전의 `compliance cache export` 명령이 쓴 캐시가 아님. 다른 파일을 지정하세요",
)
_CHANGED = Text(en=f"its checksum differs; {_AGAIN.en}", ko=f"체크섬 불일치. {_AGAIN.ko}")
_NO_ROW = Text(en=f"it is no row of a cache; {_AGAIN.en}", ko=f"캐시의 행이 아님. {_AGAIN.ko}")
_LENGTH = Text(en=f"its length can't be; {_AGAIN.en}", ko=f"길이 값 오류. {_AGAIN.ko}")
_CUT_OFF = Text(en=f"the file is cut off here; {_AGAIN.en}", ko=f"여기서 파일이 잘림. {_AGAIN.ko}")
_CORRUPT = Text(en=f"the packed data is damaged here; {_AGAIN.en}", ko=f"여기서 압축 데이터 손상. {_AGAIN.ko}")
_WRONG_END = Text(
    en=f"the end doesn't fit the rows before it; {_AGAIN.en}", ko=f"끝부분이 앞의 행과 맞지 않음. {_AGAIN.ko}"
)
_BOMB = Text(
    en=f"it unpacks to more than {_MOST_TIMES} times its size, as no export does; don't use this file",
    ko=f"크기의 {_MOST_TIMES}배를 넘게 풀리며 내보낸 캐시는 그렇지 않음. 이 파일을 쓰지 마세요",
)
