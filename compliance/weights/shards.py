"""What one file of several holds, brief enough to stand in a finding and be compared with what an index says."""

import hashlib
import re
from collections.abc import Iterable

import msgspec

_SAID = re.compile(r"tensors=(?P<tensors>\d+) bytes=(?P<bytes>\d+|\?) names=sha256:(?P<names>[0-9a-f]{32})")


class ShardContent(msgspec.Struct, frozen=True):
    """The tensors of one file in short."""

    tensors: int
    names: str
    """32 hexadecimal digits of the SHA-256 of their sorted names."""
    data_bytes: int | None = None
    """Bytes of all of them; None where that isn't known."""

    @property
    def said(self) -> str:
        """As a statement in a finding."""
        size = "?" if self.data_bytes is None else self.data_bytes
        return f"tensors={self.tensors} bytes={size} names=sha256:{self.names}"


def shard_content(names: Iterable[str], data_bytes: int | None = None) -> ShardContent:
    """The content of a file with tensors called `names`."""
    ordered = sorted(names)
    digest = hashlib.sha256("\0".join(ordered).encode("utf-8", "replace")).hexdigest()[:32]
    return ShardContent(len(ordered), digest, data_bytes)


def read_said(words: str) -> ShardContent | None:
    """What `ShardContent.said` wrote; None for any other words."""
    found = _SAID.match(words)
    if found is None:
        return None
    size = None if found["bytes"] == "?" else int(found["bytes"])
    return ShardContent(int(found["tensors"]), found["names"], size)
