"""SCANOSS's own winnowing (package `scanoss`), its hashes in an inverted list here instead of on its servers."""

from collections.abc import Iterable

from scanoss.winnowing import Winnowing

from benchmarks.origins.method import Answer, KnownFile
from benchmarks.origins.peers.votes import Votes


class Scanoss:
    """Winnowing over 30-byte grams of normalized text."""

    name = "SCANOSS winnowing"

    def __init__(self) -> None:
        """Knows nothing yet."""
        self._winnowing = Winnowing(quiet=True)
        self._votes = Votes()

    def prepare(self, files: Iterable[tuple[KnownFile, bytes]]) -> None:
        """Learns the known files."""
        for file, content in files:
            self._votes.learn(file, {value for _, value in self._hashes(content)})

    def query(self, path: str, content: bytes, without: frozenset[str] = frozenset()) -> Answer:
        """Compares one file with all known ones."""
        return self._votes.answer(self._hashes(content), without)

    def _hashes(self, content: bytes) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for line in self._winnowing.wfp_for_contents("file.py", False, content).splitlines():
            number, equals, values = line.partition("=")
            if equals and number.isdigit():
                found += [(int(number), int(value, 16)) for value in values.split(",")]
        return found
