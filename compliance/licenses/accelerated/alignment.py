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

from compliance.licenses.accelerated.positions import Positions
from compliance.licenses.accelerated.query import Run
from compliance.licenses.accelerated.ragged import Ints
from compliance.licenses.accelerated.spans import contiguous, span_of

_PREPARED_RULES = 1024


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: Any
    tokens: list[int]
    high: int
    """A one for each position of a legal word, the first position lowest."""
    high_tokens: Ints
    postings: dict[int, list[int]]
    """Positions by token id, of legal words."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A run as the alignment reads it: places are counted from its start."""

    tokens: list[int]
    matchables: Any


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
        words = _Words(run.tokens, run.matchables)
        matches: list[Any] = []
        wanted = np.zeros(self._legalese, dtype=bool)
        for rid in rids:
            rule = self._prepared(rid)
            wanted[rule.high_tokens] = True
            hits: list[int] = high[wanted[tokens]].tolist()
            wanted[rule.high_tokens] = False
            matches += self._matches(run, rule, hits, words)
        return matches

    def _prepare(self, rid: int) -> _Rule:
        tokens = self._rule_tokens[rid]
        high = [place for place, token in enumerate(tokens) if token < self._legalese]
        postings: dict[int, list[int]] = {}
        for place in high:
            postings.setdefault(tokens[place], []).append(place)
        bits = sum(1 << place for place in high)
        return _Rule(self._rules[rid], tokens, bits, np.array(sorted(postings), dtype=np.int64), postings)

    def _matches(self, run: Run, rule: _Rule, hits: list[int], words: _Words) -> Iterator[Any]:
        start = 0
        while True:
            found = list(self._sequence(run, rule, hits, start, words))
            yield from found
            if not found:
                return
            end = max(match.qend for match in found)
            if end + 1 >= run.end:
                return
            start = end + 1  # from the run's start: ScanCode adds a position to a position here

    def _sequence(self, run: Run, rule: _Rule, hits: list[int], begin: int, words: _Words) -> Iterator[Any]:
        """Matches from place `begin` of the run on, once ScanCode's `match_sequence`."""
        from licensedcode.index import match_blocks_seq

        start, last = begin, len(words.tokens) - 1
        reach = len(rule.tokens)
        while start <= last:
            first = bisect_left(hits, start)
            if first == len(hits):
                return
            # blocks begin with legal words and grow by at most the rule's length to either side
            blocks = match_blocks_seq(
                a=words.tokens,
                b=rule.tokens,
                a_start=max(start, hits[first] - reach),
                a_end=min(last, hits[-1] + reach) + 1,
                b2j=rule.postings,
                len_good=self._legalese,
                matchables=words.matchables,
            )
            if not blocks:
                return
            for place, rule_place, length in blocks:
                if length > 1 or words.tokens[place] < self._legalese:
                    yield _match(run, rule, begin, place, rule_place, length)
                start = max(start, place + length)


def _match(run: Run, rule: _Rule, begin: int, place: int, rule_place: int, length: int) -> Any:
    from licensedcode.match import LicenseMatch
    from licensedcode.match_seq import MATCH_SEQ, MATCH_SEQ_ORDER

    start = run.start + place
    return LicenseMatch(
        rule=rule.rule,
        qspan=contiguous(start, start + length),
        ispan=contiguous(rule_place, rule_place + length),
        hispan=span_of(Positions(rule.high >> rule_place & ((1 << length) - 1), rule_place)),
        query_run_start=run.start + begin,
        matcher=MATCH_SEQ,
        matcher_order=MATCH_SEQ_ORDER,
        query=run.query,
    )
