"""License matching over the mapped index, with the steps and the order of ScanCode's `LicenseIndex`.

ScanCode's own functions merge and filter matches; what is replaced are the steps in which its time goes.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from compliance.licenses.accelerated.alignment import Aligner
from compliance.licenses.accelerated.array_file import Array
from compliance.licenses.accelerated.candidate_ranking import HIGHLY_RESEMBLANT, CandidateRanking
from compliance.licenses.accelerated.effort import RANKING_STEPS, Effort, alignment_steps
from compliance.licenses.accelerated.exact_matching import ExactRules
from compliance.licenses.accelerated.file_types import described
from compliance.licenses.accelerated.pieces import Piece
from compliance.licenses.accelerated.positions import Positions, bits_of
from compliance.licenses.accelerated.query import ArrayQuery, Run
from compliance.licenses.accelerated.query_text import TextLines
from compliance.licenses.accelerated.rules import Rules
from compliance.licenses.accelerated.spans import contiguous, span_of
from compliance.licenses.accelerated.vocabulary import STOPWORD, Vocabulary

_NEAR_DUPLICATES = 10
_CANDIDATES = 70
_LONG_LICENSE = 120
"""Tokens of a license text beyond which ScanCode takes a whole match out of the query."""
_NO_TOKEN = 1 << 20
_NEARLY_WHOLE = 98
"""Coverage in per cent from which it does."""


class RuleTokens:
    """Token ids of rules by number, as lists."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """The rules in `arrays`."""
        self._starts = arrays["rule_starts"]
        self._tokens = arrays["rule_tokens"]

    def array(self, rid: int) -> Array:
        """Those of rule `rid`."""
        return self._tokens[self._starts[rid] : self._starts[rid + 1]]

    def __getitem__(self, rid: int) -> list[int]:
        """Those of rule `rid`."""
        tokens: list[int] = self.array(rid).tolist()
        return tokens


class ArrayIndex:
    """What detection asks of ScanCode's `LicenseIndex`."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """The index in `arrays`."""
        self._vocabulary = Vocabulary(arrays)
        self.len_legalese = self._vocabulary.legalese
        self.dictionary = self._vocabulary.dictionary
        self.rules_by_rid = Rules(arrays)
        self.tids_by_rid = RuleTokens(arrays)
        self._lengths = np.diff(arrays["rule_starts"])
        self._false_positive = arrays["false_positive"]
        self._exact = ExactRules(arrays)
        self._ranking = CandidateRanking(arrays)
        self._aligner = Aligner(self.rules_by_rid, self.tids_by_rid, self.len_legalese)
        self._high_spans: dict[int, Any] = {}

    @cached_property
    def rules_by_id(self) -> dict[str, Any]:
        """All rules by their identifier."""
        return {rule.identifier: rule for rule in self.rules_by_rid}

    def match(self, location: str, effort: Effort | None = None) -> list[Any]:
        """License matches in the file at `location`, ScanCode's `LicenseMatch` objects in its order.

        Args:
            location: the file.
            effort: bounds how much of it is compared with rules that are only similar.
        """
        file_type = described(location)
        if not file_type.contains_text:
            return []
        lines = TextLines(location, file_type)
        effort = effort or Effort(alignment_steps(Path(location).stat().st_size))
        return self._match_query(ArrayQuery(lines, self, self._vocabulary, effort))

    def longest_exact(self, words: Sequence[str]) -> int:
        """Tokens of the longest rule that is in `words`, one after another; 0 where none is.

        Args:
            words: lowered. Such as the index doesn't know separate the others, and stop words are left out.
        """
        codes = self._vocabulary.codes(words)
        codes = codes[codes != STOPWORD]
        tokens = np.where(codes >= 0, self._vocabulary.tokens[np.maximum(codes, 0)], _NO_TOKEN)
        found = self._exact.occurrences(tokens)
        return int((found.ends - found.starts).max(initial=0))

    def _match_query(self, query: ArrayQuery) -> list[Any]:
        from licensedcode.match import refine_matches, set_matched_lines

        whole = query.whole_query_run()
        if not len(whole):
            return []
        if matches := self._whole_rule(whole):
            set_matched_lines(matches, query.line_by_pos)
            return list(matches)
        matches = self._all_matches(query, whole)
        # in two rounds, as ScanCode does: it looks for unknown licenses in between if asked to
        matches, _ = refine_matches(matches, query=query, filter_false_positive=False, merge=True)
        if not matches:
            return []
        matches, _ = refine_matches(matches, query=query, filter_false_positive=True, merge=True)
        return sorted(matches)

    def _all_matches(self, query: ArrayQuery, whole: Run) -> list[Any]:
        """Matches of SPDX tags, then exact ones, then approximate ones, as long as legal words are left."""
        from licensedcode.match import merge_matches

        _ = whole.high, whole.low  # ScanCode asks now, and so doesn't notice what SPDX tags take
        matched = list(merge_matches(self._spdx(query)))
        matches = list(matched)
        self._take_out(query, matched)
        covered = [one.qspan for one in matched if one.coverage() == 100]
        matched = merge_matches(self._exact_matches(query))
        matches.extend(matched)
        self._take_out(query, matched)
        covered += [one.qspan for one in matched if one.coverage() == 100]
        if whole.is_matchable(query.covered(covered)):
            matches.extend(merge_matches(self._approximate_matches(query, matches, covered)))
        return matches

    def _take_out(self, query: ArrayQuery, matches: list[Any]) -> None:
        for one in matches:
            if one.rule.is_license_text and one.rule.length > _LONG_LICENSE and one.coverage() > _NEARLY_WHOLE:
                query.subtract(one.qspan)

    def _whole_rule(self, whole: Run) -> list[Any]:
        """A match of the rule that is the whole file, if there is one (ScanCode's `match_hash`)."""
        from licensedcode.match_hash import MATCH_HASH, MATCH_HASH_ORDER

        tokens = whole.token_array
        same_length = np.flatnonzero((self._lengths == tokens.size) & ~self._false_positive)
        for rid in same_length.tolist():
            if np.array_equal(self.tids_by_rid.array(rid), tokens):
                return [self._match_of(rid, 0, whole, MATCH_HASH, MATCH_HASH_ORDER)]
        return []

    def _spdx(self, query: ArrayQuery) -> list[Any]:
        from licensedcode.match_spdx_lid import spdx_id_match

        matches = []
        for run, text in query.spdx_lid_query_runs_and_text():
            if not (run.high.any() or run.low.any()):
                continue
            if match := spdx_id_match(idx=self, query_run=run, text=text):
                run.subtract(match.qspan)
                matches.append(match)
        return matches

    def _exact_matches(self, query: ArrayQuery) -> list[Any]:
        from licensedcode.match import refine_matches
        from licensedcode.match_aho import MATCH_AHO_EXACT, MATCH_AHO_EXACT_ORDER

        whole = query.whole_query_run()
        found = self._exact.occurrences(whole.token_array)
        free = np.concatenate(([0], np.cumsum(whole.high | whole.low)))
        fits = free[found.ends] - free[found.starts] == found.ends - found.starts
        places = zip(found.rids[fits].tolist(), found.starts[fits].tolist(), strict=True)
        matches = [
            self._match_of(rid, start, whole, MATCH_AHO_EXACT, MATCH_AHO_EXACT_ORDER) for rid, start in places
        ]
        matches, _ = refine_matches(matches, query=query, filter_false_positive=False, merge=False)
        return list(matches)

    def _match_of(self, rid: int, start: int, run: Run, matcher: str, order: int) -> Any:
        """A match of the whole of rule `rid` that begins at position `start`."""
        from licensedcode.match import LicenseMatch

        length = int(self._lengths[rid])
        return LicenseMatch(
            rule=self.rules_by_rid[rid],
            qspan=contiguous(start, start + length),
            ispan=contiguous(0, length),
            hispan=self._high_span(rid),
            query_run_start=run.start,
            matcher=matcher,
            matcher_order=order,
            query=run.query,
        )

    def _high_span(self, rid: int) -> Any:
        """Positions of the legal words of rule `rid`; spans aren't changed once made, so matches share it."""
        if (span := self._high_spans.get(rid)) is None:
            span = span_of(Positions(bits_of(self.tids_by_rid.array(rid) < self.len_legalese), 0))
            self._high_spans[rid] = span
        return span

    def _approximate_matches(self, query: ArrayQuery, earlier: list[Any], covered: list[Any]) -> list[Any]:
        found: dict[int, list[Piece]] = {}
        whole = query.whole_query_run()
        # candidates are asked for only where ScanCode would align any: ranking changes nothing
        if whole.is_matchable(query.covered(covered)):
            candidates = self._ranking.rank(whole.matchable_tokens(), _NEAR_DUPLICATES, HIGHLY_RESEMBLANT)
            self._align(whole, candidates, found)
            for piece in (piece for pieces in found.values() for piece in pieces):
                query.subtract(span_of(Positions(piece.q_bits, piece.q_start)))
        taken = query.covered(covered)
        for run in query.query_runs:
            if run.is_matchable(taken) and query.effort.allows(RANKING_STEPS):
                candidates = self._ranking.rank(run.matchable_tokens(), _CANDIDATES, None)
                # an alignment that only yields what is dropped changes nothing: no position is taken by it
                possible = [rid for rid in candidates if self._aligner.may_match(rid, query)]
                self._align(run, possible, found)
        by_rule: dict[int, list[Any]] = {}
        for match in earlier:
            by_rule.setdefault(match.rule.rid, []).append(match)
        aligned = (
            self._aligner.matches(rid, pieces, query, by_rule.get(rid, ())) for rid, pieces in found.items()
        )
        return [match for matches in aligned for match in matches]

    def _align(self, run: Run, candidates: list[int], found: dict[int, list[Piece]]) -> None:
        if candidates:
            for rid, pieces in self._aligner.align(run, candidates).items():
                found.setdefault(rid, []).extend(pieces)
