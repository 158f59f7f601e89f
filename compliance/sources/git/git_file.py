"""A file that lies in git's object store."""

from dataclasses import dataclass, field
from typing import BinaryIO

from compliance.sources.git.objects import ObjectReader, identity_of_blob

LARGEST_BLOB = 2 << 30
"""Bytes; git unpacks a blob in memory, and a small pack can claim a huge one."""


@dataclass(frozen=True, slots=True)
class GitFile:
    """One blob of a tree."""

    path: str
    size: int
    name: str
    """Of the git object."""
    reader: ObjectReader = field(repr=False, compare=False)

    @property
    def identity(self) -> str:
        """Of its content."""
        return identity_of_blob(self.name)

    def open(self) -> BinaryIO:
        """The content, checked against its name. Raises OSError where it is missing or broken."""
        if self.size > LARGEST_BLOB:
            raise OSError(f"git object {self.name} has {self.size:,} bytes, over the cap of {LARGEST_BLOB:,}")
        return self.reader.open(self.name)
