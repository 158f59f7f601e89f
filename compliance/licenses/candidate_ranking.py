"""ScanCode's ranking of candidate rules as array operations, with the same outcome.

`licensedcode.match_set.compute_candidates` compares every indexed rule (about 30,000) with the query in a Python
loop, for every run of every file: about three quarters of all time. Here an inverted index from token to rules
gives all intersection sizes at once by counting, and only rules that pass every threshold become Python objects.

The order of candidates decides what ScanCode reports, so nothing is approximated: the same integer lengths, the
same IEEE divisions, Python's own rounding wherever a value stands near a tie, the same sort keys.
"""

import hashlib
import inspect
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Rids = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

REPLACED_FUNCTIONS = ("compute_candidates", "compare_token_sets", "filter_dupes", "build_set_and_mset")
REPLACED_DIGEST = "3cd1fb3c6b73bf37506cd63366cb02204112a1d62fb03e5d59ccdf7f1468954d"
"""sha256 over the source of the functions above in the ScanCode release that this module reproduces (32.5.0)."""

_NEAR_TIE = 1e-6
_MARK = "replaced_by_arrays"


def digest_of_replaced(match_set: ModuleType) -> str:
    """sha256 over the source text of the functions that this module stands in for."""
    source = "".join(inspect.getsource(getattr(match_set, name)) for name in REPLACED_FUNCTIONS)
    return hashlib.sha256(source.encode()).hexdigest()


def install(match_set: ModuleType, index: Any) -> bool:
    """Let `index` (ScanCode's `LicenseIndex`) rank candidates by arrays.

    Returns False, and leaves ScanCode's own slower ranking in place, where the installed ScanCode's source isn't
    the one reproduced here: a right answer late beats a wrong one early.
    """
    original = getattr(match_set.compute_candidates, _MARK, None)
    if original is None:
        if digest_of_replaced(match_set) != REPLACED_DIGEST:
            return False
        original = match_set.compute_candidates
    ranking = CandidateRanking(index, match_set)

    def compute_candidates(
        query_run: Any,
        idx: Any,
        matchable_rids: set[int],
        top: int = 50,
        high_resemblance: bool = False,
        high_resemblance_threshold: float = 0.8,
        _use_bigrams: bool = False,
    ) -> list[Any]:
        if idx is not ranking.index or matchable_rids is not ranking.matchable_rids or _use_bigrams:
            ranked: list[Any] = original(
                query_run,
                idx,
                matchable_rids,
                top,
                high_resemblance=high_resemblance,
                high_resemblance_threshold=high_resemblance_threshold,
                _use_bigrams=_use_bigrams,
            )
            return ranked
        threshold = high_resemblance_threshold if high_resemblance else None
        return ranking.rank(query_run.matchable_tokens(), top, threshold, high_resemblance_threshold)

    setattr(compute_candidates, _MARK, original)
    setattr(match_set, "compute_candidates", compute_candidates)  # noqa: B010 - a module of another package
    return True


class CandidateRanking:
    """The rules of one license index, laid out for counting."""

    def __init__(self, index: Any, match_set: ModuleType) -> None:
        """Lay out `index`, ScanCode's `LicenseIndex`; `match_set` is ScanCode's module of the same name."""
        self.index = index
        self.matchable_rids: set[int] = index.approx_matchable_rids
        self._match_set = match_set
        self._legalese: int = index.len_legalese
        self._lay_out_tokens(index.msets_by_rid)
        rules = index.rules_by_rid
        self._unique = _Thresholds(rules, unique=True)
        self._total = _Thresholds(rules, unique=False)
        self._minimum_containment = np.array([rule._minimum_containment or 0.0 for rule in rules])
        self._matchable = np.zeros(len(rules), dtype=bool)
        self._matchable[list(self.matchable_rids)] = True
        self._twentieths = np.array([round(n / 20, 1) for n in range(1 << 14)])

    def _lay_out_tokens(self, multisets_by_rid: Sequence[dict[int, int] | None]) -> None:
        multisets = [multiset or {} for multiset in multisets_by_rid]  # None: a rule that is only matched exactly
        sizes = np.array([len(multiset) for multiset in multisets], dtype=np.int64)
        total = int(sizes.sum())
        tokens = np.fromiter((t for multiset in multisets for t in multiset), dtype=np.int32, count=total)
        counts = np.fromiter((n for multiset in multisets for n in multiset.values()), dtype=np.int32, count=total)
        rids = np.repeat(np.arange(len(multisets), dtype=np.int32), sizes)
        present = counts > 0  # looking up an absent key in ScanCode's default dictionaries leaves a zero behind
        tokens, counts, rids = tokens[present], counts[present], rids[present]
        self._rule_tokens, self._rule_counts = tokens, counts
        self._rule_starts = _starts(np.bincount(rids, minlength=len(multisets)))
        self._postings: Rids = rids[np.argsort(tokens, kind="stable")]
        self._vocabulary = int(tokens.max(initial=0)) + 1
        self._token_starts = _starts(np.bincount(tokens, minlength=self._vocabulary))

    def rank(
        self, query_tokens: Iterable[int], top: int, required_resemblance: float | None, highly_resemblant: float
    ) -> list[Any]:
        """The `top` candidate rules for a query, best first, in ScanCode's own form.

        Args:
            query_tokens: token ids of the query run; -1 stands for an already matched token.
            top: how many candidates to keep.
            required_resemblance: where set, only rules at least this resemblant (0–1) to the query are candidates.
            highly_resemblant: resemblance (0–1) from which a rule ranks before all others.
        """
        tokens = np.fromiter(query_tokens, dtype=np.int64)
        tokens = tokens[(tokens >= 0) & (tokens < self._vocabulary)]
        if not tokens.size:
            return []
        query_counts = np.bincount(tokens, minlength=self._vocabulary)
        rids = self._by_token_set(np.flatnonzero(query_counts), top * 10, required_resemblance, highly_resemblant)
        if not rids.size:
            return []
        candidates = self._by_token_multiset(rids, query_counts, required_resemblance, highly_resemblant)
        ranked = sorted(self._match_set.filter_dupes(candidates), reverse=True)[:top]
        return [(scores, rid, rule, self._shared_legalese(rid, query_counts)) for scores, rid, rule, _ in ranked]

    def _by_token_set(
        self, query_set: Ints, top: int, required_resemblance: float | None, highly_resemblant: float
    ) -> Ints:
        """Rule ids of the best `top` rules by the set of tokens shared with the query, best first."""
        rules = len(self._matchable)
        is_high = query_set < self._legalese
        high = np.bincount(self._rules_with(query_set[is_high]), minlength=rules)
        low = np.bincount(self._rules_with(query_set[~is_high]), minlength=rules)
        matched = high + low
        passing = self._matchable & (high > 0) & (high >= self._unique.high) & (matched >= self._unique.matched)
        rids = np.flatnonzero(passing)
        scores = _Scores(matched[rids], self._unique.length[rids], query_set.size, highly_resemblant)
        keep = self._keep(scores, rids, required_resemblance)
        rids, scores = rids[keep], scores.where(keep)
        keys = scores.sort_keys(self._round_twentieth)
        order = np.lexsort((rids, *reversed(keys)))[::-1]
        return rids[order[:top]]

    def _by_token_multiset(
        self, rids: Ints, query_counts: Ints, required_resemblance: float | None, highly_resemblant: float
    ) -> list[Any]:
        """Candidates among `rids`, scored by how often each token occurs on both sides; not yet ordered."""
        places, sizes = _ranges(self._rule_starts, rids)
        tokens = self._rule_tokens[places]
        shared = np.minimum(query_counts[tokens], self._rule_counts[places])
        starts = np.cumsum(sizes) - sizes
        matched = np.add.reduceat(shared, starts)
        high = np.add.reduceat(np.where(tokens < self._legalese, shared, 0), starts)
        passing = (high > 0) & (high >= self._total.high[rids]) & (matched >= self._total.matched[rids])
        rids, matched = rids[passing], matched[passing]
        scores = _Scores(matched, self._total.length[rids], int(query_counts.sum()), highly_resemblant)
        keep = self._keep(scores, rids, required_resemblance)
        rids, scores = rids[keep], scores.where(keep)
        vector = self._match_set.ScoresVector
        rows = zip(*(key.tolist() for key in scores.sort_keys(self._round_twentieth)), strict=True)
        rules = self.index.rules_by_rid
        return [
            ((vector(*row[:4]), vector(*row[4:])), rid, rules[rid], None)
            for rid, row in zip(rids.tolist(), rows, strict=True)
        ]

    def _keep(self, scores: "_Scores", rids: Ints, required_resemblance: float | None) -> Mask:
        keep = scores.containment >= self._minimum_containment[rids]
        if required_resemblance is None:
            return keep
        return keep & scores.highly_resemblant & (_round_tenth(scores.resemblance) >= required_resemblance)

    def _rules_with(self, tokens: Ints) -> Rids:
        places, _sizes = _ranges(self._token_starts, tokens)
        return self._postings[places]

    def _shared_legalese(self, rid: int, query_counts: Ints) -> Any:
        from intbitset import intbitset

        tokens = self._rule_tokens[self._rule_starts[rid] : self._rule_starts[rid + 1]]
        shared = tokens[(tokens < self._legalese) & (query_counts[tokens] > 0)]
        return intbitset(shared.tolist())

    def _round_twentieth(self, lengths: Ints) -> Floats:
        """`round(length / 20, 1)`: every odd length is a near tie, hence a table of Python's own answers."""
        longest = int(lengths.max(initial=0))
        if longest >= self._twentieths.size:
            self._twentieths = np.array([round(n / 20, 1) for n in range(2 * longest)])
        rounded: Floats = self._twentieths[lengths]
        return rounded


class _Thresholds:
    """Per rule: its length and the least lengths that must match, over unique tokens or all of them."""

    def __init__(self, rules: Sequence[Any], *, unique: bool) -> None:
        self.length = np.array([rule.get_length(unique) for rule in rules], dtype=np.int64)
        self.matched = np.array([rule.get_min_matched_length(unique) for rule in rules], dtype=np.int64)
        self.high = np.array([rule.get_min_high_matched_length(unique) for rule in rules], dtype=np.int64)


class _Scores:
    """Resemblance and containment of rules against one query, each computed as ScanCode does."""

    def __init__(self, matched: Ints, rule_lengths: Ints, query_length: int, highly_resemblant: float) -> None:
        self.matched = matched
        self.resemblance: Floats = matched / (query_length + rule_lengths - matched)
        self.containment: Floats = matched / rule_lengths
        self.threshold = highly_resemblant
        self.highly_resemblant: Mask = self.resemblance >= highly_resemblant

    def where(self, keep: Mask) -> "_Scores":
        """The scores of the rules marked in `keep`."""
        kept = object.__new__(_Scores)
        kept.matched, kept.resemblance = self.matched[keep], self.resemblance[keep]
        kept.containment, kept.threshold = self.containment[keep], self.threshold
        kept.highly_resemblant = self.highly_resemblant[keep]
        return kept

    def sort_keys(self, round_twentieth: Any) -> tuple[npt.NDArray[Any], ...]:
        """Eight columns: the rounded vector, then the exact one, in the order of ScanCode's `ScoresVector`."""
        # Python's power, not numpy's: both must give the same last bit as ScanCode's
        amplified = np.array([value**2 for value in self.resemblance.tolist()], dtype=np.float64)
        return (
            _round_tenth(self.resemblance) >= self.threshold,
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


def _starts(sizes: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(sizes)))


def _ranges(starts: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Places of all entries of `rows` in a compressed-row layout, and the size of each row."""
    sizes = starts[rows + 1] - starts[rows]
    ends = np.cumsum(sizes)
    offsets = np.repeat(starts[rows] - (ends - sizes), sizes)
    return np.arange(int(ends[-1]) if ends.size else 0) + offsets, sizes
