"""Hashes find every occurrence of every rule, in the order of an Aho-Corasick automaton."""

import ahocorasick
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses.accelerated.exact_matching import ExactRules, rule_hashes
from compliance.licenses.accelerated.ragged import starts_of

_TOKENS = st.integers(0, 3)
_RULES = st.lists(st.lists(_TOKENS, min_size=1, max_size=20), min_size=1, max_size=12, unique_by=tuple)


def _found(rules: list[list[int]], query: list[int]) -> list[tuple[int, int, int]]:
    starts = starts_of(np.array([len(rule) for rule in rules], dtype=np.int64))
    tokens = np.concatenate([np.array(rule, dtype=np.int16) for rule in rules])
    arrays = {"rule_starts": starts, "rule_tokens": tokens, **rule_hashes(tokens, starts)}
    found = ExactRules(arrays).occurrences(np.array(query, dtype=np.int64))
    return list(zip(found.rids.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True))


def _by_automaton(rules: list[list[int]], query: list[int]) -> list[tuple[int, int, int]]:
    automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY, ahocorasick.KEY_SEQUENCE)
    for rid, rule in enumerate(rules):
        automaton.add_word(tuple(rule), rid)
    automaton.make_automaton()
    found = automaton.iter(tuple(query)) if query else ()
    return [(rid, end + 1 - len(rules[rid]), end + 1) for end, rid in found]


@given(_RULES, st.lists(_TOKENS, max_size=120))
def test_the_occurrences_are_those_of_an_automaton(rules: list[list[int]], query: list[int]) -> None:
    assert _found(rules, query) == _by_automaton(rules, query)


@given(_RULES, st.data())
def test_a_query_made_of_rules_has_them_all(rules: list[list[int]], data: st.DataObject) -> None:
    order = data.draw(st.lists(st.sampled_from(range(len(rules))), min_size=1, max_size=6))
    query = [token for rid in order for token in rules[rid]]

    assert set(order) <= {rid for rid, _start, _end in _found(rules, query)}
