"""Long sequences as one row of the cache holds them: in blocks, so that no more than one is in memory twice."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

T = TypeVar("T")
_encode = msgspec.msgpack.Encoder().encode


def packed(values: Sequence[object], size: int) -> tuple[bytes, ...]:
    """`values` in blocks of `size` each, compressed.

    Raises:
        UnicodeEncodeError: one holds what UTF-8 can't, such as half a character in scanned text.
    """
    starts = range(0, len(values), size)
    return tuple(zlib.compress(_encode(values[start : start + size]), 1) for start in starts)


def unpacked(blocks: Iterable[bytes], decode: Callable[[bytes], Iterable[T]]) -> list[T] | None:
    """What `packed` made `blocks` of, as `decode` reads one of them; None where they are damaged."""
    try:
        return [one for block in blocks for one in decode(zlib.decompress(block))]
    except (zlib.error, msgspec.DecodeError):
        return None
