"""The functions put in place of ScanCode's say the same of every line."""

import pytest
from cluecode import copyrights
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses.accelerated import copyright_preparing

_WORDS = st.sampled_from(
    (
        *(
            "<b>",
            "</b>",
            "<s>",
            "<copyright>",
            "<A HREF=",
            "href=x",
            "mailto:team@example.org",
            ">",
            "<",
            "< / br >",
        ),
        *(
            "<https://example.org/>",
            "class=y",
            "xml:lang",
            "[?]",
            "©",
            "é",
            "ﬁ",
            "한빛",
            "\0",
            "İ",
            "\ud800",
            "\t",
        ),
        *("Copyright", "2024", "author", "Legal", "qzxv", "wqkj-9", "the", "a", "-", " ", "", "x" * 120),
    )
)
_LINES = st.lists(_WORDS, max_size=10).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda between: between.join(words))
)


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    copyright_preparing.install()


@given(_LINES)
def test_lines_are_freed_of_the_same_markup(line: str) -> None:
    original = copyright_preparing.originals()["strip_known_markup_from_text"]

    assert copyrights.strip_known_markup_from_text(line) == original(line)


@given(_LINES, st.booleans())
def test_lines_become_the_same_ascii(line: str, translit: bool) -> None:
    original = copyright_preparing.originals()["toascii"]

    assert copyrights.toascii(line, translit=translit) == original(line, translit=translit)


@given(st.one_of(_LINES, st.text(max_size=60)))
def test_the_same_lines_are_gibberish(line: str) -> None:
    original = copyright_preparing.originals()["detect_gibberish"]

    assert copyrights.gibberish_detector.detect_gibberish(line) == original(line)
