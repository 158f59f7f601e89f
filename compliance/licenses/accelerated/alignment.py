"""Alignment of candidate rules with a run of a query: ScanCode's `match_seq`, where something can match.

The alignment proper stays ScanCode's own compiled function. It is called for stretches that hold a legal word of
the rule, the only ones in which it finds anything, and with what it needs of a rule prepared once. What it finds
becomes a match only if it isn't dropped later on in any case.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from compliance.licenses.accelerated.pieces import Piece, clusters, merged, reach
from compliance.licenses.accelerated.positions import Positions
from compliance.licenses.accelerated.query import ArrayQuery, Run, neighbours
from compliance.licenses.accelerated.ragged import Ints
from compliance.licenses.accelerated.spans import span_of

_PREPARED_RULES = 1024
_SMALL_COVERAGE = 80
"""Per cent below which ScanCode drops matches of small rules."""
_LEAST_DENSITY = 0.4
"""Matched tokens among all of a stretch, in the query or in the rule, below which ScanCode drops a match."""


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: Any
    tokens: list[int]
    high: int
    """A one for each position of a legal word, the first position lowest."""
    high_tokens: Ints
    postings: dict[int, list[int]]
    """Positions by token id, of legal words."""
    required: int
    """A one for each position of a phrase without which ScanCode drops a match."""
    required_pairs: frozenset[int]
    """Neighbouring tokens of these phrases, see `neighbours`."""
    in_one_piece: bool
    """Whether ScanCode drops matches with gaps."""

    def drops(self, piece: Piece) -> bool:
        """Whether ScanCode drops a match of `piece` by what the match is like, whatever others there are."""
        rule = self.rule
        length = piece.q_bits.bit_count()
        if length < rule.min_matched_length or piece.high.bit_count() < rule.min_high_matched_length:
            return True
        coverage = round(length / rule.length * 100, 2)
        if coverage < rule.minimum_coverage or (rule.is_small and coverage < _SMALL_COVERAGE):
            return True
        region = piece.q_end - piece.q_start + 1
        if self.in_one_piece:
            return length != region
        if self.required & ~(piece.i_bits << piece.i_start):
            return True
        in_rule = piece.i_bits.bit_count() / (piece.i_end - piece.i_start + 1)
        return length / region < _LEAST_DENSITY or in_rule < _LEAST_DENSITY


@dataclass(frozen=True, slots=True)
class _Words:
    """A run as the alignment reads it: places are counted from its start."""

    tokens: list[int]
    matchables: Any
    legalese: int
    """Token ids below it are legal words."""


class Aligner:
    """Aligns rules of one index."""

    def __init__(self, rules: Any, rule_tokens: Any, legalese: int) -> None:
        """Use `rules` and their tokens by number; token ids below `legalese` are legal words."""
        self._rules = rules
        self._rule_tokens = rule_tokens
        self._legalese = legalese
        self._prepared = lru_cache(maxsize=_PREPARED_RULES)(self._prepare)

    def may_match(self, rid: int, query: ArrayQuery) -> bool:
        """Whether `query` has the phrases of rule `rid` without which ScanCode drops any match, as far as seen."""
        return self._prepared(rid).required_pairs <= query.pairs

    def align(self, run: Run, rids: Sequence[int]) -> dict[int, list[Piece]]:
        """What of the rules `rids` is in `run`, by rule, merged."""
        high = np.flatnonzero(run.high)
        tokens = run.token_array[high]
        words = _Words(run.tokens, run.matchables, self._legalese)
        found: dict[int, list[Piece]] = {}
        wanted = np.zeros(self._legalese, dtype=bool)
        for rid in rids:
            rule = self._prepared(rid)
            wanted[rule.high_tokens] = True
            hits: list[int] = high[wanted[tokens]].tolist()
            wanted[rule.high_tokens] = False
            if pieces := list(_pieces(run, rule, hits, words)):
                found[rid] = merged(pieces, len(rule.tokens))
        return found

    def matches(self, rid: int, pieces: Sequence[Piece], query: Any, others: Sequence[Any]) -> Iterator[Any]:
        """Matches of rule `rid` with `pieces` of `query`, without those that ScanCode will drop.

        Args:
            rid: the rule.
            pieces: all that was aligned with it in the query.
            query: the query.
            others: further matches of the rule, with which ScanCode might merge a piece.
        """
        rule = self._prepared(rid)
        length = len(rule.tokens)
        for cluster, is_theirs in clusters(pieces, [(one.qstart, one.qend) for one in others], reach(length)):
            left = cluster if is_theirs else _left(cluster, rule)
            yield from (_match(rule, piece, query) for piece in left)

    def _prepare(self, rid: int) -> _Rule:
        rule = self._rules[rid]
        tokens = self._rule_tokens[rid]
        high = [place for place, token in enumerate(tokens) if token < self._legalese]
        postings: dict[int, list[int]] = {}
        for place in high:
            postings.setdefault(tokens[place], []).append(place)
        in_one_piece = bool(rule.is_continuous or rule.is_required_phrase)
        phrases = [list(span) for span in rule.required_phrase_spans]
        required = {place for phrase in phrases for place in phrase}
        pairs = [neighbours(np.array([tokens[place] for place in phrase])) for phrase in phrases]
        return _Rule(
            rule,
            tokens,
            sum(1 << place for place in high),
            np.array(sorted(postings), dtype=np.int64),
            postings,
            sum(1 << place for place in required),
            frozenset() if in_one_piece else frozenset().union(*pairs),
            in_one_piece,
        )


def _left(cluster: Sequence[Piece], rule: _Rule) -> Sequence[Piece]:
    """What ScanCode leaves of pieces that are near no other match of their rule."""
    if len(cluster) == 1:
        return () if rule.drops(cluster[0]) else cluster
    again = [copy(piece) for piece in cluster]
    for _ in range(2):  # so often ScanCode merges them again before it drops any
        again = merged(again, len(rule.tokens))
    left = [piece for piece in again if not rule.drops(piece)]
    # what would be merged later on is left to ScanCode, which drops by other criteria before
    return left if len(merged(map(copy, left), len(rule.tokens))) == len(left) else cluster


def _pieces(run: Run, rule: _Rule, hits: list[int], words: _Words) -> Iterator[Piece]:
    """Every piece of `rule` in `run`; legal words of it stand at `hits`."""
    start = 0
    while True:
        found = list(_sequence(run, rule, hits, start, words))
        yield from found
        if not found:
            return
        end = max(piece.q_end for piece in found)
        if end + 1 >= run.end:
            return
        start = end + 1  # from the run's start: ScanCode adds a position to a position here


def _sequence(run: Run, rule: _Rule, hits: list[int], begin: int, words: _Words) -> Iterator[Piece]:
    """Pieces from place `begin` of the run on, once ScanCode's `match_sequence`."""
    from licensedcode.index import match_blocks_seq

    start, last = begin, len(words.tokens) - 1
    extent = len(rule.tokens)
    while start <= last:
        first = bisect_left(hits, start)
        if first == len(hits):
            return
        # blocks begin with legal words and grow by at most the rule's length to either side
        blocks = match_blocks_seq(
            a=words.tokens,
            b=rule.tokens,
            a_start=max(start, hits[first] - extent),
            a_end=min(last, hits[-1] + extent) + 1,
            b2j=rule.postings,
            len_good=words.legalese,
            matchables=words.matchables,
        )
        if not blocks:
            return
        for place, rule_place, length in blocks:
            if length > 1 or words.tokens[place] < words.legalese:
                high = rule.high >> rule_place & ((1 << length) - 1)
                yield Piece(run.start + begin, run.start + place, rule_place, length, high)
            start = max(start, place + length)


def _match(rule: _Rule, piece: Piece, query: Any) -> Any:
    from licensedcode.match import LicenseMatch
    from licensedcode.match_seq import MATCH_SEQ, MATCH_SEQ_ORDER

    return LicenseMatch(
        rule=rule.rule,
        qspan=span_of(Positions(piece.q_bits, piece.q_start)),
        ispan=span_of(Positions(piece.i_bits, piece.i_start)),
        hispan=span_of(Positions(piece.high, piece.i_start)),
        query_run_start=piece.run_start,
        matcher=MATCH_SEQ,
        matcher_order=MATCH_SEQ_ORDER,
        query=query,
    )
