"""ScanCode's license index as arrays, once a machine: what matching needs, and nothing else.

Of ScanCode's 413 MB, two fifths are an automaton over all rules and a quarter one for a detection that isn't used
here; most of the rest are objects of 37,000 rules with their texts. The arrays take a tenth of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from compliance.licenses.accelerated.array_file import Array
from compliance.licenses.accelerated.exact_matching import rule_hashes
from compliance.licenses.accelerated.ragged import starts_of
from compliance.licenses.accelerated.rules import default_of

FORMAT = 3
"""To be raised whenever the arrays mean something else."""

RULE_FIELDS_LEFT_OUT = frozenset({"license_expression_object", "text", "required_phrase_spans", "rid"})
"""Kept in another form: parsed anew, kept for one-word rules alone, as lists of numbers, known by the place."""
LICENSE_FIELDS_LEFT_OUT = frozenset({"text"})


def arrays_of(licenses: Any, stopwords: Iterable[str]) -> dict[str, Array]:
    """All arrays of `licenses`, a ScanCode `LicenseCache`.

    Raises:
        ValueError: a number is larger than its array can hold.
    """
    index = licenses.index
    rules = index.rules_by_rid
    lengths = np.array([len(tokens) for tokens in index.tids_by_rid], dtype=np.int64)
    tokens = np.concatenate([np.frombuffer(tokens, dtype=np.int16) for tokens in index.tids_by_rid])
    starts = starts_of(lengths)
    return {
        **_words(index, frozenset(stopwords)),
        "rule_starts": starts,
        "rule_tokens": tokens,
        **_multisets(index.msets_by_rid, index.len_legalese),
        **_thresholds(rules),
        **rule_hashes(tokens, starts),
        "false_positive": _marks(index.false_positive_rids, len(rules)),
        "matchable": _marks(index.approx_matchable_rids, len(rules)),
        "legalese": np.array([index.len_legalese], dtype=np.int64),
        **_rows("rule", (_rule_fields(rule) for rule in rules)),
        **_rows("license", (_fields(one, LICENSE_FIELDS_LEFT_OUT) for one in licenses.db.values())),
    }


def _words(index: Any, stopwords: frozenset[str]) -> dict[str, Array]:
    """Each word of the dictionary: its token id, and what ScanCode asks of a word beside it."""
    words = list(index.dictionary)
    return {
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "word_tokens": _narrow([index.dictionary[word] for word in words]),
        "word_is_short": np.array([len(word) == 1 or word.isdigit() for word in words]),
        "digits": _marks(index.digit_only_tids, max(index.dictionary.values()) + 1),
        "stopwords": np.frombuffer("\n".join(sorted(stopwords)).encode(), dtype=np.uint8),
    }


def _multisets(multisets_by_rid: Sequence[Mapping[int, int] | None], legalese: int) -> dict[str, Array]:
    """How often which token is in which rule; those that are no legal words once more; rules by legal token."""
    # None: a rule that is only matched exactly. Looking up an absent key in ScanCode's default dictionaries leaves
    # a zero behind.
    multisets = [{t: n for t, n in (one or {}).items() if n > 0} for one in multisets_by_rid]
    sizes = np.array([len(one) for one in multisets], dtype=np.int64)
    tokens = np.fromiter((t for one in multisets for t in one), dtype=np.int64, count=int(sizes.sum()))
    counts = np.fromiter((n for one in multisets for n in one.values()), dtype=np.int64, count=tokens.size)
    rids = np.repeat(np.arange(sizes.size), sizes)
    high = tokens < legalese
    by_token = np.argsort(tokens[high], kind="stable")
    low_sizes = np.bincount(rids[~high], minlength=sizes.size)
    return {
        "low_starts": starts_of(low_sizes),
        "low_tokens": _narrow(tokens[~high]),
        "set_starts": starts_of(sizes),
        "set_tokens": _narrow(tokens),
        "set_counts": _narrow(counts),
        "posting_starts": starts_of(np.bincount(tokens[high], minlength=legalese)),
        "postings": rids[high][by_token].astype(np.int32),
    }


def _thresholds(rules: Sequence[Any]) -> dict[str, Array]:
    def column(values: Iterable[int]) -> Array:
        return np.array(list(values), dtype=np.int64)

    return {
        "length": column(rule.get_length(False) for rule in rules),
        "least_matched": column(rule.get_min_matched_length(False) for rule in rules),
        "least_high": column(rule.get_min_high_matched_length(False) for rule in rules),
        "unique_length": column(rule.get_length(True) for rule in rules),
        "unique_least_matched": column(rule.get_min_matched_length(True) for rule in rules),
        "unique_least_high": column(rule.get_min_high_matched_length(True) for rule in rules),
        "unique_high": column(rule.get_high_length(True) for rule in rules),
        "least_containment": np.array([rule._minimum_containment or 0.0 for rule in rules]),
        "expression": _ranks([rule.license_expression or "" for rule in rules]),
        "identifier": _ranks([rule.identifier for rule in rules]),
    }


def _ranks(words: Sequence[str]) -> Array:
    """A number for each of `words` that is ordered, and equal, as they are."""
    places = {word: place for place, word in enumerate(sorted(set(words)))}
    return np.array([places[word] for word in words], dtype=np.int64)


def _rule_fields(rule: Any) -> dict[str, Any]:
    fields = _fields(rule, RULE_FIELDS_LEFT_OUT)
    fields["required_phrase_spans"] = [list(span) for span in rule.required_phrase_spans]
    if rule.length == 1:  # the only ones whose text ScanCode looks at again
        fields["text"] = rule.text
    return fields


def _fields(one: Any, left_out: frozenset[str]) -> dict[str, Any]:
    """The fields of an object of ScanCode's that differ from their default."""
    kept = [field for field in one.__attrs_attrs__ if field.name not in left_out]
    return {field.name: value for field in kept if (value := getattr(one, field.name)) != default_of(field)}


def _rows(name: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, Array]:
    encoded = [msgspec.msgpack.encode(row) for row in rows]
    return {
        f"{name}_row_starts": starts_of(np.array([len(row) for row in encoded], dtype=np.int64)),
        f"{name}_rows": np.frombuffer(b"".join(encoded), dtype=np.uint8),
    }


def _marks(members: Iterable[int], size: int) -> Array:
    marks = np.zeros(size, dtype=bool)
    marks[list(members)] = True
    return marks


def _narrow(values: Any) -> Array:
    wide = np.asarray(values, dtype=np.int64)
    narrow = wide.astype(np.int16)
    if not np.array_equal(wide, narrow):
        raise ValueError("a token id or count of ScanCode's index needs more than 16 bits")
    return narrow
