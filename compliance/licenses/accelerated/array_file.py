"""Named arrays and byte strings in one file that is mapped into memory, so that processes share its pages.

Nothing is copied or decoded at opening but a short header; a checksum over everything else tells a damaged file.
It guards against accidents alone: whoever may write the file may as well write another one. So it is the one that
takes least time at each start, half of what a cryptographic digest takes.
"""

import contextlib
import mmap
import secrets
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_MAGIC = b"compliance-arrays-2\n"
_ALIGNMENT = 64
_LENGTH = 8
"""Bytes of the header's length."""


class DamagedArrayFileError(Exception):
    """The file isn't one of ours, was written for another key, or isn't whole."""


class _Place(msgspec.Struct, frozen=True):
    dtype: str
    offset: int
    """From the end of the header, in bytes."""
    count: int


class _Header(msgspec.Struct, frozen=True):
    key: str
    checksum: int
    """CRC-32 of what follows the header."""
    size: int
    """Bytes after the header."""
    places: dict[str, _Place]


def write(path: Path, key: str, arrays: Mapping[str, Array]) -> None:
    """Write `arrays`, one-dimensional, to `path`, to be opened with the same `key`; nobody sees half a file.

    Raises:
        OSError: it can't be written.
    """
    places: dict[str, _Place] = {}
    parts: list[bytes] = []
    checksum = 0
    size = 0
    for name, array in arrays.items():
        content = np.ascontiguousarray(array).tobytes()
        places[name] = _Place(array.dtype.str, size, array.size)
        content += bytes(-len(content) % _ALIGNMENT)
        checksum = zlib.crc32(content, checksum)
        parts.append(content)
        size += len(content)
    header = msgspec.msgpack.encode(_Header(key, checksum, size, places))
    start = _MAGIC + len(header).to_bytes(_LENGTH, "little") + header
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        unfinished.touch(mode=0o600, exist_ok=False)
        with unfinished.open("wb") as file:
            file.write(start + bytes(-len(start) % _ALIGNMENT))
            file.writelines(parts)
        unfinished.replace(path)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()


def open_arrays(path: Path, key: str) -> dict[str, Array]:
    """The arrays in the file at `path`, read-only and in place.

    Raises:
        OSError: there is no such file, or it can't be read.
        DamagedArrayFileError: it isn't what `write` wrote for `key`.
    """
    with path.open("rb") as file:
        try:
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError:  # an empty file
            raise DamagedArrayFileError(path) from None
    start = len(_MAGIC) + _LENGTH
    end = start + int.from_bytes(mapped[len(_MAGIC) : start], "little")
    if mapped[: len(_MAGIC)] != _MAGIC or end > len(mapped):
        raise DamagedArrayFileError(path)
    content = mapped[end + -end % _ALIGNMENT :]
    try:
        header = msgspec.msgpack.decode(mapped[start:end], type=_Header)
    except msgspec.DecodeError:
        raise DamagedArrayFileError(path) from None
    if header.key != key or header.size != len(content) or zlib.crc32(content) != header.checksum:
        raise DamagedArrayFileError(path)
    return {
        name: np.frombuffer(content, dtype=np.dtype(place.dtype), count=place.count, offset=place.offset)
        for name, place in header.places.items()
    }
