"""Words get the label of the first of ScanCode's patterns that matches."""

import re
from functools import cache

from cluecode.copyrights import PATTERNS
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses.accelerated.copyrights import _Lexer
from tests.samples.copyright_mark import MARK, C

_PIECES = (
    *(
        MARK,
        f"{MARK.lower()}s",
        C,
        f"{C.upper()}{MARK[1:]}",
        "2024",
        "1999-2024,",
        "19",
        "Inc.",
        "GmbH",
        "Ltd",
        "Co",
    ),
    *("Authors", "by", "All", "Rights", "Reserved.", "Team", "Hanbit", "A", "b", "Z.", "@example.org", "http://"),
    *("University", "of", "the", "MIT", "Jan", "de", "and", "www.", "(", ")", "<", ">", ".", ",", "-", "'", "&"),
    *("/", "@", "_", "7"),
)
_WORDS = st.one_of(
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3).map("".join),
    st.sampled_from(_PIECES).map(str.upper),
    st.text(min_size=1, max_size=12),
)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), label) for pattern, label in PATTERNS]


@cache
def _lexer() -> _Lexer:
    return _Lexer(PATTERNS)


@given(_WORDS)
def test_the_first_pattern_that_matches_gives_the_label(word: str) -> None:
    first = next((label for pattern, label in _patterns() if pattern.match(word)), None)

    assert _lexer()._label(word) == first
