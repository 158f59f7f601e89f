"""A file of a source that isn't on disk."""

import io
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """A source's file whose content is at hand; `content` None stands for one that can't be read."""

    path: str
    content: bytes | None
    identity: str | None = None

    @property
    def size(self) -> int:
        return len(self.content or b"")

    def open(self) -> BinaryIO:
        if self.content is None:
            raise PermissionError("permission denied")
        return io.BytesIO(self.content)
