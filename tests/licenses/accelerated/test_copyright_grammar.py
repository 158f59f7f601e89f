"""Labels are grouped as ScanCode's own parser groups them."""

from functools import cache
from typing import Any

from cluecode.copyrights import GRAMMAR, PATTERNS
from hypothesis import given
from hypothesis import strategies as st
from pygmars import Token
from pygmars.parse import Parser

from compliance.licenses.accelerated.copyright_grammar import RuleParser

_WORD_LABELS = [label for _pattern, label in PATTERNS]
_LABELS = st.sampled_from(sorted({*_WORD_LABELS, "EMPTY-LINE", "COPY", "YR", "NNP", "NN", "NAME", "COMP", "None"}))
_COMMON = st.sampled_from(
    ("COPY", "YR", "NNP", "NN", "COMP", "CC", "BY", "AUTH", "EMAIL", "CAPS", "UNI", "OF", "IS")
)


@cache
def _parsers() -> tuple[Parser, RuleParser]:
    parser = Parser(grammar=GRAMMAR, loop=1)
    return parser, RuleParser(GRAMMAR, _WORD_LABELS)


def test_the_rules_are_those_that_pygmars_reads() -> None:
    theirs, ours = _parsers()

    read = [(rule.label, rule.pattern, rule.regexp.pattern) for rule in ours._rules]
    assert read == [(rule.label, rule.pattern, rule._regexp) for rule in theirs.rules]


@given(st.lists(st.one_of(_COMMON, _COMMON, _LABELS), min_size=1, max_size=25))
def test_labels_are_grouped_alike(labels: list[str]) -> None:
    theirs, ours = _parsers()
    tokens = [_token(label) for label in labels]

    assert _shape(ours.parse(list(tokens))) == _shape(theirs.parse(list(tokens)))


def test_a_label_that_nothing_gives_is_tried_on_all_rules() -> None:
    theirs, ours = _parsers()
    tokens = [_token(label) for label in ("COPY", "NAMES", "YR", "NNP")]

    assert _shape(ours.parse(list(tokens))) == _shape(theirs.parse(list(tokens)))


def _token(label: str) -> Token:
    token = Token("word")
    token.label = None if label == "None" else label
    return token


def _shape(tree: Any) -> Any:
    return tree.label, [_shape(one) if isinstance(one, list) else id(one) for one in tree]
