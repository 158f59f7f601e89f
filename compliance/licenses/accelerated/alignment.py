"""Alignment of candidate rules with a run of a query: ScanCode's `match_seq`, where something can match.

The alignment proper stays ScanCode's own compiled function. It is called for stretches that hold a legal word of
the rule, the only ones in which it finds anything, and with what it needs of a rule prepared once.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from compliance.licenses.accelerated.query import Run
from compliance.licenses.accelerated.ragged import Ints
from compliance.licenses.accelerated.spans import contiguous, from_sorted

_PREPARED_RULES = 1024


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: Any
    tokens: list[int]
    high: list[int]
    """Positions of legal words."""
    high_tokens: Ints
    postings: dict[int, list[int]]
    """Positions by token id, of legal words."""


class Aligner:
    """Aligns rules of one index."""

    def __init__(self, rules: Any, rule_tokens: Any, legalese: int) -> None:
        """Use `rules` and their tokens by number; token ids below `legalese` are legal words."""
        self._rules = rules
        self._rule_tokens = rule_tokens
        self._legalese = legalese
        self._prepared = lru_cache(maxsize=_PREPARED_RULES)(self._prepare)

    def align(self, run: Run, rids: Sequence[int]) -> list[Any]:
        """Every match of the rules `rids`, best first, in `run`: pieces, not yet merged."""
        high = np.flatnonzero(run.high)
        tokens = run.token_array[high]
        matchables = run.matchables
        matches: list[Any] = []
        wanted = np.zeros(self._legalese, dtype=bool)
        for rid in rids:
            rule = self._prepared(rid)
            wanted[rule.high_tokens] = True
            hits: list[int] = (high[wanted[tokens]] + run.start).tolist()
            wanted[rule.high_tokens] = False
            matches += self._matches(run, rule, hits, matchables)
        return matches

    def _prepare(self, rid: int) -> _Rule:
        tokens = self._rule_tokens[rid]
        high = [place for place, token in enumerate(tokens) if token < self._legalese]
        postings: dict[int, list[int]] = {}
        for place in high:
            postings.setdefault(tokens[place], []).append(place)
        return _Rule(self._rules[rid], tokens, high, np.array(sorted(postings), dtype=np.int64), postings)

    def _matches(self, run: Run, rule: _Rule, hits: list[int], matchables: Any) -> Iterator[Any]:
        start = run.start
        while True:
            found = list(self._sequence(run, rule, hits, start, matchables))
            yield from found
            if not found:
                return
            end = max(match.qend for match in found)
            if end + 1 >= run.end:
                return
            start = run.start + end + 1  # ScanCode adds a position to a position here

    def _sequence(self, run: Run, rule: _Rule, hits: list[int], begin: int, matchables: Any) -> Iterator[Any]:
        """Matches from position `begin` on, once ScanCode's `match_sequence`."""
        from licensedcode.index import match_blocks_seq
        from licensedcode.match import LicenseMatch
        from licensedcode.match_seq import MATCH_SEQ, MATCH_SEQ_ORDER

        query = run.query
        start = begin
        while start <= run.end:
            first = bisect_left(hits, start)
            if first == len(hits):
                return
            # blocks begin with legal words and grow by at most the rule's length to either side
            reach = len(rule.tokens)
            blocks = match_blocks_seq(
                a=query.tokens,
                b=rule.tokens,
                a_start=max(start, hits[first] - reach),
                a_end=min(run.end, hits[-1] + reach) + 1,
                b2j=rule.postings,
                len_good=self._legalese,
                matchables=matchables,
            )
            if not blocks:
                return
            for place, rule_place, length in blocks:
                end = place + length
                if length > 1 or query.tokens[place] < self._legalese:
                    low, high = (bisect_left(rule.high, one) for one in (rule_place, rule_place + length))
                    yield LicenseMatch(
                        rule=rule.rule,
                        qspan=contiguous(place, end),
                        ispan=contiguous(rule_place, rule_place + length),
                        hispan=from_sorted(rule.high[low:high]),
                        query_run_start=begin,
                        matcher=MATCH_SEQ,
                        matcher_order=MATCH_SEQ_ORDER,
                        query=query,
                    )
                start = max(start, end)
