"""What a source is."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

import msgspec

from compliance.model.finding import Finding
from compliance.model.skip import Skip
from compliance.model.submission import SourceReference
from compliance.sources.history import History


class SourceFile(Protocol):
    """One file of a source, not yet read."""

    @property
    def path(self) -> str:
        """Relative to the source, `/` between parts; bytes that aren't UTF-8 stand as `\\xNN`."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def identity(self) -> str | None:
        """A cheap key that names the content without reading it, such as a git blob id or a file's stat record.

        Two files with the same identity have the same content. None where there is no such key.
        """

    def open(self) -> BinaryIO:
        """The content, from its start. Raises OSError where it can't be read."""


class Members(msgspec.Struct):
    """What a source yielded besides files is collected here while its files are walked."""

    skipped: list[Skip]
    """Placed skips."""
    findings: list[Finding]
    """Placed findings that the source itself can see, such as submodules."""
    ignored: int = 0
    """How many paths were left out because the repository ignores them; a wholly ignored folder counts once."""


class Source(Protocol):
    """A place where files are read from; opened once, used as a context manager, closed afterwards."""

    @property
    def reference(self) -> SourceReference:
        """How the source stands in reports."""

    def files(self, members: Members) -> Iterator[SourceFile]:
        """Every file to be examined, in a stable order; what is left out goes to `members`."""

    def history(self) -> History | None:
        """The states before this one, to be closed by the caller while the source is open; None outside git."""


def sorted_by_path(files: Iterable[SourceFile]) -> list[SourceFile]:
    """`files` in the order that reports use."""
    return sorted(files, key=lambda file: file.path)
