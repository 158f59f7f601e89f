"""What a source knows of the time before the examined state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Version:
    """A file's content as one commit left it."""

    commit: str
    date: str
    """ISO date of the commit, as its committer set it."""
    path: str
    """Of the file in that commit; relative to the source, or beginning with `../` where it lay outside of it."""
    content: str
    """Key to read the content with."""
    oldest_seen: bool = False
    """The commit stands at the edge of what is known: its content may be older than it."""


class History(Protocol):
    """The commits before the examined state."""

    @property
    def complete(self) -> bool:
        """Whether every commit was seen; not so in a shallow clone or where a part can't be read."""

    def versions(self, paths: Sequence[str]) -> Mapping[str, tuple[Version, ...]]:
        """Each content that the files at `paths` have had, newest first, followed through renames and copies.

        A path that no commit knows is left out.
        """

    def read(self, version: Version, limit: int) -> bytes:
        """The content of `version`. Raises OSError where it is missing, broken or larger than `limit` bytes."""

    def close(self) -> None:
        """End what reading needs."""
