"""What winnowing methods share: an inverted list from hash to files, and lines from the hashes that hit."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from benchmarks.origins.method import NOTHING, Answer, Guess, KnownFile

_GAP = 3
"""Lines without a hit that don't end a stretch."""
_FEWEST_HITS = 3


class Votes:
    """Hashes of the known files."""

    def __init__(self) -> None:
        """Knows nothing yet."""
        self._files: list[KnownFile] = []
        self._places: defaultdict[int, list[int]] = defaultdict(list)

    def learn(self, file: KnownFile, hashes: set[int]) -> None:
        """Adds one known file."""
        number = len(self._files)
        self._files.append(file)
        for one in hashes:
            self._places[one].append(number)

    def answer(self, hashes: Sequence[tuple[int, int]], without: frozenset[str]) -> Answer:
        """What the file with `hashes`, pairs of line and hash, is nearest to: the most hashes in common."""
        votes: Counter[int] = Counter()
        for one in {value for _, value in hashes}:
            votes.update(self._places.get(one, ()))
        different = len({value for _, value in hashes})
        best: dict[str, Guess] = {}
        last = max((line for line, _ in hashes), default=1)
        for number, count in votes.most_common():
            file = self._files[number]
            if file.family not in without and file.family not in best:
                best[file.family] = Guess(1, last, file.family, file.version, count / different)
            if len(best) == 10:
                break
        if not best:
            return NOTHING
        origins = tuple(best.values())
        return Answer(origins[0].score, origins, self._spans(hashes, origins[0]))

    def _spans(self, hashes: Sequence[tuple[int, int]], nearest: Guess) -> tuple[Guess, ...]:
        numbers = {number for number, file in enumerate(self._files) if file.family == nearest.family}
        lines = sorted(line for line, value in hashes if numbers & set(self._places.get(value, ())))
        stretches: list[list[int]] = []
        for line in lines:
            if stretches and line - stretches[-1][-1] <= _GAP + 1:
                stretches[-1].append(line)
            else:
                stretches.append([line])
        return tuple(
            Guess(one[0], one[-1], nearest.family, nearest.version, nearest.score)
            for one in stretches
            if len(one) >= _FEWEST_HITS
        )
