"""ScanCode's ranking of candidate rules as array operations, with the same outcome.

`licensedcode.match_set.compute_candidates` compares every indexed rule (about 30,000) with the query in a Python
loop, for every run of every file: about three quarters of all time. Here an inverted index from legal words to
rules leaves the few rules that share enough of them, and the rest is counted for those alone.

The order of candidates decides what ScanCode reports, so nothing is approximated: the same integer lengths, the
same IEEE divisions, Python's own rounding wherever a value stands near a tie, the same sort keys.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from compliance.licenses.accelerated.array_file import Array
from compliance.licenses.accelerated.positions import Mask
from compliance.licenses.accelerated.ragged import Ints, places_of

Floats = npt.NDArray[np.float64]

_NEAR_TIE = 1e-6
_SLACK = 1e-9
"""By how much a bound on a ratio is loosened, so that the last bit of a division can't rule anything out."""
_FACTOR = 10
"""So many times the wanted candidates by token sets are compared by how often each token occurs."""
HIGHLY_RESEMBLANT = 0.8
"""ScanCode's `high_resemblance_threshold`."""


class CandidateRanking:
    """The rules of one license index, laid out for counting."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """Use the `arrays` of an index."""
        self._legalese = int(arrays["legalese"][0])
        self._vocabulary = int(arrays["digits"].size)
        self._set_starts = arrays["set_starts"]
        self._set_tokens = arrays["set_tokens"]
        self._set_counts = arrays["set_counts"]
        self._low_starts = arrays["low_starts"]
        self._low_tokens = arrays["low_tokens"]
        self._posting_starts = arrays["posting_starts"]
        self._postings = arrays["postings"]
        self._matchable = arrays["matchable"]
        self._unique_length = arrays["unique_length"]
        self._unique_low = arrays["unique_length"] - arrays["unique_high"]
        self._unique_least_matched = arrays["unique_least_matched"]
        # rules that are never ranked need more legal words than any query has
        least_high = np.maximum(arrays["unique_least_high"], 1)
        self._unique_least_high = np.where(self._matchable, least_high, self._legalese + 1).astype(np.int32)
        self._length = arrays["length"]
        self._least_matched = arrays["least_matched"]
        self._least_high = arrays["least_high"]
        self._least_containment = arrays["least_containment"]
        self._expression = arrays["expression"]
        self._identifier = arrays["identifier"]
        self._twentieths = np.array([round(n / 20, 1) for n in range(1 << 11)])

    def rank(self, tokens: Ints, top: int, required_resemblance: float | None) -> list[int]:
        """Numbers of the `top` candidate rules for a query, best first.

        Args:
            tokens: token ids of the query run that aren't matched yet.
            top: how many candidates to keep.
            required_resemblance: where set, only rules at least this resemblant (0–1) to the query are candidates.
        """
        query_set, occurrences = np.unique(tokens, return_counts=True)
        rids = self._by_token_set(query_set, top * _FACTOR, required_resemblance)
        if not rids.size:
            return []
        counts = np.zeros(self._vocabulary, dtype=np.int64)
        counts[query_set] = occurrences
        ranked: list[int] = self._by_token_multiset(rids, counts, required_resemblance)[:top].tolist()
        return ranked

    def _by_token_set(self, query_set: Ints, top: int, required_resemblance: float | None) -> Ints:
        """Rule ids of the best `top` rules by the set of tokens shared with the query, best first."""
        if required_resemblance is not None and not self._any_of_length(query_set.size, required_resemblance):
            return np.zeros(0, dtype=np.int64)
        legal = query_set[: int(np.searchsorted(query_set, self._legalese))]
        places, _sizes = places_of(self._posting_starts, legal)
        high = np.bincount(self._postings[places], minlength=self._matchable.size)
        rids = np.flatnonzero(high >= self._unique_least_high)
        if not rids.size:
            return rids
        # no more than all words that aren't legal can be shared beside those that are
        most = high[rids] + np.minimum(self._unique_low[rids], query_set.size - legal.size)
        rids = rids[self._possible(most, rids, query_set.size, required_resemblance)]
        matched = high[rids] + self._low_shared(rids, query_set)
        enough = matched >= self._unique_least_matched[rids]
        rids, matched = rids[enough], matched[enough]
        scores = _Scores(matched, self._unique_length[rids], query_set.size)
        keep = self._keep(scores, rids, required_resemblance)
        rids, scores = rids[keep], scores.where(keep)
        if rids.size > top:
            could_be = scores.could_be_best(top)
            rids, scores = rids[could_be], scores.where(could_be)
        order = np.lexsort((rids, *reversed(scores.sort_keys(self._round_twentieth))))[::-1]
        return rids[order[:top]]

    def _any_of_length(self, length: int, resemblance: float) -> bool:
        """Whether any rule is so long that it can be that resemblant to a query with `length` different tokens."""
        least, most = (resemblance - _SLACK) * length, length / (resemblance - _SLACK)
        return bool(((self._unique_length >= least) & (self._unique_length <= most) & self._matchable).any())

    def _possible(self, most: Ints, rids: Ints, query: int, required_resemblance: float | None) -> Mask:
        """Which of the rules could be candidates if they shared `most` different tokens with the query."""
        length = self._unique_length[rids]
        possible: Mask = most >= self._unique_least_matched[rids]
        possible &= most >= (self._least_containment[rids] - _SLACK) * length
        if required_resemblance is not None:
            possible &= most >= (required_resemblance - _SLACK) * (query + length - most)
        return possible

    def _low_shared(self, rids: Ints, query_set: Ints) -> Ints:
        """How many different tokens that aren't legal words each rule shares with the query."""
        in_query = np.zeros(self._vocabulary, dtype=np.uint8)
        in_query[query_set] = 1
        shared = np.zeros(rids.size, dtype=np.int64)
        places, sizes = places_of(self._low_starts, rids)
        some = sizes > 0
        if places.size:
            rows = np.cumsum(sizes[some]) - sizes[some]
            shared[some] = np.add.reduceat(in_query[self._low_tokens[places]], rows, dtype=np.int32)
        return shared

    def _by_token_multiset(self, rids: Ints, query_counts: Ints, required_resemblance: float | None) -> Ints:
        """Candidates among `rids`, best first by how often each token occurs on both sides."""
        places, sizes = places_of(self._set_starts, rids)
        tokens = self._set_tokens[places]
        shared = np.minimum(query_counts[tokens], self._set_counts[places])
        matched = _sums(shared, sizes)
        high = _sums(np.where(tokens < self._legalese, shared, 0), sizes)
        passing = (high > 0) & (high >= self._least_high[rids]) & (matched >= self._least_matched[rids])
        rids, matched = rids[passing], matched[passing]
        scores = _Scores(matched, self._length[rids], int(query_counts.sum()))
        keep = self._keep(scores, rids, required_resemblance)
        rids, scores = rids[keep], scores.where(keep)
        keys = scores.sort_keys(self._round_twentieth)
        kept = self._without_duplicates(rids, keys)
        order = np.lexsort((rids[kept], *(key[kept] for key in reversed(keys))))[::-1]
        return rids[kept[order]]

    def _without_duplicates(self, rids: Ints, keys: tuple[npt.NDArray[Any], ...]) -> Ints:
        """Places of the best rule of each expression, length and rounded score, as `filter_dupes` keeps them."""
        rounded, exact = keys[:4], keys[4:]
        group = (*rounded, self._expression[rids], self._length[rids])
        order = np.lexsort((self._identifier[rids], *reversed(exact), *group))
        differs = [column[order[1:]] != column[order[:-1]] for column in group]
        is_last = np.append(np.logical_or.reduce(differs), [True] * bool(rids.size)).astype(bool)
        kept: Ints = order[is_last]
        return kept

    def _keep(self, scores: "_Scores", rids: Ints, required_resemblance: float | None) -> Mask:
        keep = scores.containment >= self._least_containment[rids]
        if required_resemblance is None:
            return keep
        return keep & scores.highly_resemblant & (_round_tenth(scores.resemblance) >= required_resemblance)

    def _round_twentieth(self, lengths: Ints) -> Floats:
        """`round(length / 20, 1)`: every odd length is a near tie, hence a table of Python's own answers."""
        longest = int(lengths.max(initial=0))
        if longest >= self._twentieths.size:
            self._twentieths = np.array([round(n / 20, 1) for n in range(2 * longest)])
        rounded: Floats = self._twentieths[lengths]
        return rounded


class _Scores:
    """Resemblance and containment of rules against one query, each computed as ScanCode does."""

    def __init__(self, matched: Ints, rule_lengths: Ints, query_length: int) -> None:
        self.matched = matched
        self.resemblance: Floats = matched / (query_length + rule_lengths - matched)
        self.containment: Floats = matched / rule_lengths
        self.highly_resemblant: Mask = self.resemblance >= HIGHLY_RESEMBLANT

    def where(self, keep: Mask) -> "_Scores":
        """The scores of the rules marked in `keep`."""
        kept = object.__new__(_Scores)
        kept.matched, kept.resemblance = self.matched[keep], self.resemblance[keep]
        kept.containment, kept.highly_resemblant = self.containment[keep], self.highly_resemblant[keep]
        return kept

    def could_be_best(self, top: int) -> Mask:
        """Which rules are as good as the `top`th best of them by the first two sort keys alone, or better."""
        first = 2 * (_round_tenth(self.resemblance) >= HIGHLY_RESEMBLANT) + _round_tenth(self.containment)
        place = first.size - top
        best: Mask = first >= np.partition(first, place)[place]
        return best

    def sort_keys(self, round_twentieth: Any) -> tuple[npt.NDArray[Any], ...]:
        """Eight columns: the rounded vector, then the exact one, in the order of ScanCode's `ScoresVector`."""
        # Python's power, not numpy's: both must give the same last bit as ScanCode's
        amplified = np.array([value**2 for value in self.resemblance.tolist()], dtype=np.float64)
        return (
            _round_tenth(self.resemblance) >= HIGHLY_RESEMBLANT,
            _round_tenth(self.containment),
            _round_tenth(amplified),
            round_twentieth(self.matched),
            self.highly_resemblant,
            self.containment,
            amplified,
            self.matched,
        )


def _round_tenth(values: Floats) -> Floats:
    """Python's `round(value, 1)` for each value."""
    tenths = values * 10
    rounded = np.floor(tenths + 0.5) / 10
    for place in np.flatnonzero(np.abs(tenths - np.floor(tenths) - 0.5) < _NEAR_TIE):
        rounded[place] = round(float(values[place]), 1)
    return rounded


def _sums(values: Ints, sizes: Ints) -> Ints:
    """The sum of each row; rows without entries aren't allowed."""
    if not sizes.size:
        return np.zeros(0, dtype=np.int64)
    sums: Ints = np.add.reduceat(values, np.cumsum(sizes) - sizes)
    return sums
