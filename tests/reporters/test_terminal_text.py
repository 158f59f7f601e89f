"""Text for terminals: escapes, widths and line breaks."""

from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reporters.terminal_text import cells, cut, cut_middle, padded, usual_cells, visible, wrapped
from tests.reporters.assessment_strategies import ANY_TEXT

WIDTHS = st.integers(4, 30)
SHOWN = ANY_TEXT.map(visible)


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\nb", "a\\nb"),
        ("a\tb\r", "a\\tb\\r"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202ecba", "abc\\u202ecba"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("\udc80", "\\udc80"),
        ("\U000e0041", "\\U000e0041"),
        ("a\u3164b", "a\\u3164b"),
        ("a\xa0b", "a\\xa0b"),
        ("\x00", "\\x00"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_shown_as_an_escape(hostile: str, shown: str) -> None:
    assert visible(hostile) == shown


@pytest.mark.parametrize("harmless", ["src/a b.py", "한글 경로/모델카드.md", "é", "[bold]x[/bold]", "😀"])
def test_printable_text_stays_as_it_is(harmless: str) -> None:
    assert visible(harmless) == harmless


@given(ANY_TEXT)
def test_visible_text_is_printable(text: str) -> None:
    assert visible(text).isprintable()


@pytest.mark.parametrize(
    ("text", "most", "usual"), [("abc", 3, 3), ("한글", 4, 4), ("…", 2, 1), ("고지·라", 8, 7)]
)
def test_wide_and_ambiguous_characters_are_counted(text: str, most: int, usual: int) -> None:
    assert (cells(text), usual_cells(text)) == (most, usual)


def test_padding_aligns_korean_with_latin() -> None:
    assert padded("통신", 6) == "통신  "
    assert padded("defence", 6) == "defence"


@given(SHOWN, WIDTHS)
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width
    assert cut(text, width) == text or cut(text, width).endswith("…")


@given(SHOWN, WIDTHS, st.integers(0, 40))
def test_a_text_cut_in_its_middle_fits(text: str, width: int, keep: int) -> None:
    assert cells(cut_middle(text, width, keep)) <= width


@given(SHOWN, SHOWN, st.integers(12, 30))
def test_the_end_that_has_to_stay_stays_if_it_fits(start: str, end: str, width: int) -> None:
    shortened = cut_middle(start + end, width, len(end))

    assert cells(end) + 2 > width or shortened.endswith(end)


@given(SHOWN, WIDTHS)
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)

    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_korean_breaks_at_spaces() -> None:
    lines = wrapped("이 가중치의 라이선스는 사용 분야를 제한합니다.", 24)

    assert lines == ["이 가중치의 라이선스는", "사용 분야를 제한합니다."]
    assert all(sum(2 if east_asian_width(one) in "WF" else 1 for one in line) <= 24 for line in lines)


def test_a_word_longer_than_a_line_is_broken_inside() -> None:
    assert wrapped("a/very/long/path", 6) == ["a/very", "/long/", "path"]
