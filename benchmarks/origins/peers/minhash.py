"""MinHash over shingles of tokens (package `datasketch`), with locality-sensitive hashing to find candidates."""

import re
from collections.abc import Iterable

from datasketch import MinHash, MinHashLSH

from benchmarks.origins.method import NOTHING, Answer, Guess, KnownFile

_TOKEN = re.compile(rb"\w+|[^\w\s]")
_SHINGLE = 5
_PERMUTATIONS = 128
_CANDIDATE = 0.1
"""Estimated resemblance from which a file is a candidate."""


class MinHashes:
    """Resemblance of sets of five tokens in a row; it knows no lines."""

    name = "MinHash-128"

    def __init__(self) -> None:
        """Knows nothing yet."""
        self._known: list[tuple[KnownFile, MinHash]] = []
        self._lsh = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS)

    def prepare(self, files: Iterable[tuple[KnownFile, bytes]]) -> None:
        """Learns the known files."""
        for file, content in files:
            sketch = _sketch(content)
            self._lsh.insert(len(self._known), sketch)
            self._known.append((file, sketch))

    def query(self, path: str, content: bytes, without: frozenset[str] = frozenset()) -> Answer:
        """Compares one file with the candidates among all known ones."""
        sketch = _sketch(content)
        last = content.count(b"\n") + 1
        best: dict[str, Guess] = {}
        for number in self._lsh.query(sketch):
            file, other = self._known[number]
            score = float(sketch.jaccard(other))
            if file.family not in without and (file.family not in best or score > best[file.family].score):
                best[file.family] = Guess(1, last, file.family, file.version, score)
        if not best:
            return NOTHING
        origins = tuple(sorted(best.values(), key=lambda one: -one.score)[:10])
        return Answer(origins[0].score, origins, origins[:1])


def _sketch(content: bytes) -> MinHash:
    tokens = _TOKEN.findall(content)
    sketch = MinHash(num_perm=_PERMUTATIONS)
    shingles = {b" ".join(tokens[at : at + _SHINGLE]) for at in range(max(1, len(tokens) - _SHINGLE + 1))}
    sketch.update_batch(sorted(shingles))
    return sketch
