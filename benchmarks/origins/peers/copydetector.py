"""copydetect (package of that name): winnowing as in Moss over Pygments tokens, each pair of files compared."""

import io
from collections.abc import Iterable

from copydetect import CodeFingerprint, compare_files

from benchmarks.origins.method import NOTHING, Answer, Guess, KnownFile

_NOISE, _WINDOW = 25, 6
"""Defaults of the command: noise threshold 25, guarantee threshold 30."""


class Copydetect:
    """The share of a file's tokens that lie in another one."""

    name = "copydetect"

    def __init__(self) -> None:
        """Knows nothing yet."""
        self._known: list[tuple[KnownFile, CodeFingerprint]] = []

    def prepare(self, files: Iterable[tuple[KnownFile, bytes]]) -> None:
        """Learns the known files."""
        for file, content in files:
            self._known.append((file, _fingerprint(file.family, content)))

    def query(self, path: str, content: bytes, without: frozenset[str] = frozenset()) -> Answer:
        """Compares one file with every known one."""
        text = content.decode("utf-8", "replace")
        examined = _fingerprint(path, content)
        best: list[tuple[Guess, list[tuple[int, int]]]] = []
        for file, known in self._known:
            if file.family in without:
                continue
            _, (share, _), (slices, _) = compare_files(examined, known)
            if share > 0:
                guess = Guess(1, text.count("\n") + 1, file.family, file.version, float(share))
                best.append((guess, [(int(first), int(last)) for first, last in slices.T]))
        if not best:
            return NOTHING
        best.sort(key=lambda one: -one[0].score)
        nearest, slices = best[0]
        spans = tuple(
            Guess(
                text.count("\n", 0, first) + 1,
                text.count("\n", 0, last) + 1,
                nearest.family,
                nearest.version,
                nearest.score,
            )
            for first, last in slices
        )
        return Answer(nearest.score, tuple(guess for guess, _ in best[:10]), spans)


def _fingerprint(path: str, content: bytes) -> CodeFingerprint:
    text = io.StringIO(content.decode("utf-8", "replace"))
    return CodeFingerprint(path, _NOISE, _WINDOW, fp=text, language="python")
