"""What a source knows of the time before the examined state."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from compliance.sources.source import SourceFile


class Version(msgspec.Struct, frozen=True):
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


class Release(msgspec.Struct, frozen=True):
    """A state that was given a name, with the files that were asked for."""

    name: str
    """Of the tag; the first one where several name this commit."""
    commit: str
    date: str
    """ISO date of the commit, as its committer set it."""
    files: "tuple[SourceFile, ...]"
    """By path; a file's identity names its content."""


class Releases(msgspec.Struct, frozen=True):
    """Earlier named states, and what of them isn't known."""

    seen: tuple[Release, ...] = ()
    """Oldest first."""
    left_out: int = 0
    """Tags beyond a cap."""
    unread: int = 0
    """Tags whose commit, folders or files can't be read, or not all of them."""
    shallow: bool = False
    """Older commits and their tags are missing from this copy of the repository."""


class History(Protocol):
    """The commits before the examined state."""

    @property
    def identity(self) -> str | None:
        """A key that names everything that it can tell; None where that can't be told.

        Two histories with the same identity tell the same, except for what was `lacking`.
        """

    @property
    def lacking(self) -> bool:
        """Whether something that was asked for couldn't be read so far."""

    @property
    def complete(self) -> bool:
        """Whether every commit was seen; not so in a shallow clone or where a part can't be read."""

    def versions(self, paths: Sequence[str]) -> Mapping[str, tuple[Version, ...]]:
        """Each content that the files at `paths` have had, newest first, followed through renames and copies.

        A path that no commit knows is left out.
        """

    def read(self, version: Version, limit: int) -> bytes:
        """The content of `version`. Raises OSError where it is missing, broken or larger than `limit` bytes."""

    def releases(self, folders: Sequence[str], wanted: Callable[[str], bool]) -> Releases:
        """The states at tags before the examined one, with the `wanted` files that lie directly in `folders`.

        Args:
            folders: relative to the source, empty for its root; the first ones count if there are too many.
            wanted: asked of each path, relative to the source.
        """

    def close(self) -> None:
        """End what reading needs."""
