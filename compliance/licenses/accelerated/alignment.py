"""Alignment of candidate rules with a run of a query: ScanCode's `match_seq`, where something can match.

The alignment proper stays ScanCode's own compiled function. It is called for stretches that hold a legal word of
the rule, the only ones in which it finds anything, and with what it needs of a rule prepared once. What it finds
becomes a match only if it isn't dropped later on in any case.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from compliance.licenses.accelerated.pieces import Piece, clusters, merged, reach
from compliance.licenses.accelerated.positions import Positions
from compliance.licenses.accelerated.query import ArrayQuery, Run, neighbours
from compliance.licenses.accelerated.ragged import Ints
from compliance.licenses.accelerated.spans import span_of
from compliance.licenses.accelerated.stretches import Stretches, Words, stretches_of

_PREPARED_RULES = 1024
_NEAR = 8
"""Lengths of a rule in which it is looked for at first."""
_SMALL_COVERAGE = 80
"""Per cent below which ScanCode drops matches of small rules."""
_LEAST_DENSITY = 0.4
"""Matched tokens among all of a stretch, in the query or in the rule, below which ScanCode drops a match."""


class _Rule(msgspec.Struct, frozen=True):
    rule: Any
    tokens: list[int]
    high: int
    """A one for each position of a legal word, the first position lowest."""
    high_tokens: Ints
    postings: dict[int, list[int]]
    """Positions by token id, of legal words."""
    first_core: int
    """Where the first of its longest runs of legal words begins."""
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
        words = Words(run.tokens, run.token_array, run.matchable, self._legalese)
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
            _first_core(high),
            sum(1 << place for place in required),
            frozenset() if in_one_piece else frozenset().union(*pairs),
            in_one_piece,
        )


def _first_core(high: Sequence[int]) -> int:
    """The first of the longest runs among the ascending places `high`."""
    best, longest, first = 0, 0, 0
    for number, place in enumerate(high):
        if number and high[number - 1] + 1 != place:
            first = number
        if number - first + 1 > longest:
            best, longest = high[first], number - first + 1
    return best


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


def _pieces(run: Run, rule: _Rule, hits: list[int], words: Words) -> Iterator[Piece]:
    """Every piece of `rule` in `run`; legal words of it stand at `hits`."""
    if not hits:
        return
    start = 0
    stretches = stretches_of(words, hits, len(rule.tokens))
    while True:
        found = list(_sequence(run, rule, hits, start, stretches))
        yield from found
        if not found:
            return
        end = max(piece.q_end for piece in found)
        if end + 1 >= run.end:
            return
        start = end + 1  # from the run's start: ScanCode adds a position to a position here


def _sequence(run: Run, rule: _Rule, hits: list[int], begin: int, words: Stretches) -> Iterator[Piece]:
    """Pieces from place `begin` of the run on, once ScanCode's `match_sequence`."""
    start, last = begin, len(run) - 1
    while start <= last:
        first = bisect_left(hits, start)
        if first == len(hits):
            return
        blocks = _blocks(run, rule, words, words.place_before(first, start))
        if not blocks:
            return
        for block, rule_place, length in blocks:
            place = words.original(block)
            if length > 1 or rule.tokens[rule_place] < words.legalese:
                high = rule.high >> rule_place & ((1 << length) - 1)
                yield Piece(run.start + begin, run.start + place, rule_place, length, high)
            start = max(start, place + length)


def _blocks(run: Run, rule: _Rule, words: Stretches, start: int) -> Sequence[tuple[int, int, int]]:
    """What ScanCode aligns of `rule` in `words` from `start` on; nothing once too much was compared in the query.

    ScanCode takes the first of the longest runs of legal words that are in the rule, and goes on to its left and
    right. If the rule's own longest run is found near `start`, and nothing of the rule is left behind it, what
    follows in the query decides nothing.
    """
    near = start + _NEAR * (len(rule.tokens) + _NEAR)
    ends = [near, words.end] if words.end - start > 2 * (near - start) else [words.end]
    for end in ends:
        if not run.query.effort.allows(end - start):
            break
        blocks: Sequence[tuple[int, int, int]] = words.blocks(rule.tokens, rule.postings, start, end)
        if end == words.end:
            return blocks
        if blocks:
            _place, rule_place, length = blocks[-1]
            if rule_place <= rule.first_core and rule_place + length == len(rule.tokens):
                return blocks
    return ()


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
