"""Long sequences as one row of the cache holds them: in blocks, so that no more than one is in memory twice.

A block starts with a digest of what it holds. One that is to hold the same as an earlier one is taken over from
there, as packing takes longer than all that is read and written for a small change.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

import msgspec

T = TypeVar("T")
_DIGEST = 16
"""Bytes."""
_ONE_OF = 128
"""One of so many paths begins a new block, wherever it stands."""
_encode = msgspec.msgpack.Encoder().encode


def packed(runs: Iterable[Sequence[object]], known: Iterable[bytes] = ()) -> tuple[bytes, ...]:
    """A block for each of `runs`, as among the `known` ones where the same is there.

    Raises:
        UnicodeEncodeError: one holds what UTF-8 can't, such as half a character in scanned text.
    """
    earlier = {block[:_DIGEST]: block for block in known}
    return tuple(_block(_encode(run), earlier) for run in runs)


def unpacked(blocks: Iterable[bytes], decode: Callable[[bytes], Iterable[T]]) -> list[T] | None:
    """What `packed` made `blocks` of, as `decode` reads one of them; None where they are damaged."""
    try:
        return [one for block in blocks for one in decode(zlib.decompress(memoryview(block)[_DIGEST:]))]
    except (zlib.error, msgspec.DecodeError):
        return None


def by_count(values: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    """`values` in runs of `count`."""
    return (values[start : start + count] for start in range(0, len(values), count))


def by_path(values: Iterable[T], path_of: Callable[[T], str], most: int) -> Iterator[Sequence[T]]:
    """`values`, ordered by path, in runs of whole paths: of `most` values and the rest of a path at the utmost.

    Some paths begin a run wherever they stand, so that what is put in or left out changes no run but its own.
    """
    run: list[T] = []
    for path, of_path in groupby(values, path_of):
        if run and (len(run) >= most or zlib.crc32(path.encode("utf-8", "surrogatepass")) % _ONE_OF == 0):
            yield run
            run = []
        run += of_path
    if run:
        yield run


def _block(content: bytes, earlier: dict[bytes, bytes]) -> bytes:
    digest = hashlib.sha256(content).digest()[:_DIGEST]
    return earlier.get(digest) or digest + zlib.compress(content, 1)
