"""What every method under comparison offers, ours and the peers alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KnownFile:
    """One file of one release of a known project."""

    family: str
    """`project:path`: the same through all releases."""
    version: str
    digest: str
    """Of its content."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a method takes a stretch of the examined file for."""

    first_line: int
    last_line: int
    family: str
    version: str | None
    score: float
    """Larger is surer; comparable within one method."""
    ties: frozenset[str] = frozenset()
    """Other families that the method calls as near."""
    ancestors: frozenset[str] = frozenset()
    """Families that it says the nearest one descends from."""
    tied_versions: frozenset[str] = frozenset()
    """Other releases of the family that the method calls as near."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method says of one file."""

    score: float
    """Of the whole file; 0 where nothing was found."""
    origins: tuple[Guess, ...] = ()
    """Of the whole file, nearest first."""
    spans: tuple[Guess, ...] = ()
    """Flagged stretches, each with its nearest family; a method that knows no lines gives the whole file."""
    seconds: float = 0.0
    """Of processor time that another process took for it."""


NOTHING = Answer(0.0)


class Method(Protocol):
    """A way to find where a file comes from."""

    @property
    def name(self) -> str:
        """As the table calls it."""

    def prepare(self, files: Iterable[tuple[KnownFile, bytes]]) -> None:
        """Learns the known files; called once."""

    def query(self, path: str, content: bytes, without: frozenset[str] = frozenset()) -> Answer:
        """Compares one file with all known ones but those of the families `without`."""
