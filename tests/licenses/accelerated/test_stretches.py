"""Aligning a rule with the stretches around its legal words gives what aligning it with the whole run gives."""

import sys
from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from intbitset import intbitset
from licensedcode.index import match_blocks_seq

from compliance.licenses.accelerated.alignment import _blocks, _first_core, _Rule
from compliance.licenses.accelerated.effort import Effort
from compliance.licenses.accelerated.stretches import Words, stretches_of

_LEGALESE = 4
_RULES = st.lists(st.integers(0, 7), min_size=1, max_size=7)
_NOISE = st.integers(0, 300)


@given(_RULES, st.lists(st.tuples(st.lists(st.integers(0, 9), max_size=9), _NOISE), max_size=9))
def test_the_same_blocks_are_found(rule: list[int], parts: list[tuple[list[int], int]]) -> None:
    # 20 never stands in a rule; there is enough of it to leave some out
    tokens = [20] * 1_100 + [token for words, noise in parts for token in [*words, *[20] * noise]]
    matchable = np.array([number % 11 != 5 for number in range(len(tokens))])
    postings = defaultdict(list)
    for place, token in enumerate(rule):
        if token < _LEGALESE:
            postings[token].append(place)
    hits = [place for place, token in enumerate(tokens) if token in postings and matchable[place]]
    if not hits:
        return
    words = Words(tokens, np.array(tokens), matchable, _LEGALESE)
    stretches = stretches_of(words, hits, len(rule))

    ours = stretches.blocks(rule, dict(postings), stretches.first, stretches.end)

    theirs = match_blocks_seq(
        a=tokens,
        b=rule,
        a_start=0,
        a_end=len(tokens),
        b2j=dict(postings),
        len_good=_LEGALESE,
        matchables=intbitset(np.flatnonzero(matchable).tolist()),
    )
    assert [(stretches.original(place), own, length) for place, own, length in ours] == [
        tuple(one) for one in theirs
    ]
    assert len(stretches.tokens) < len(tokens)


def test_the_first_of_the_longest_runs_is_the_core() -> None:
    assert _first_core([0, 3, 4, 7, 8]) == 3
    assert _first_core([5]) == 5
    assert _first_core([]) == 0


class _Query:
    """A query as far as the alignment asks for it."""

    effort = Effort(sys.maxsize)


class _Run:
    """A run as far as the alignment asks for it."""

    query = _Query()


@given(_RULES, st.lists(st.lists(st.integers(0, 7), max_size=9), min_size=1, max_size=9), st.integers(0, 400))
def test_a_rule_found_near_by_is_what_all_of_the_run_gives(
    rule: list[int], parts: list[list[int]], noise: int
) -> None:
    tokens = [token for words in parts for token in [*words, *rule, *[3] * noise]]
    postings = {t: [place for place, own in enumerate(rule) if own == t] for t in set(rule) if t < _LEGALESE}
    hits = [place for place, token in enumerate(tokens) if token in postings]
    if not hits:
        return
    words = Words(tokens, np.array(tokens), np.ones(len(tokens), dtype=bool), _LEGALESE)
    stretches = stretches_of(words, hits, len(rule))
    high = [place for place, token in enumerate(rule) if token < _LEGALESE]
    prepared = _Rule(None, rule, 0, np.array(high), postings, _first_core(high), 0, frozenset(), False)

    ours = _blocks(_Run(), prepared, stretches, stretches.first)  # type: ignore[arg-type]  # a stand-in

    assert list(ours) == list(stretches.blocks(rule, postings, stretches.first, stretches.end))
