"""Quoted words at lines, however a file is encoded and however its lines are counted."""

import pytest

from compliance.verification.quotations import FileText
from tests.samples.copyright_mark import MARK_C, SIGN


def text_of(content: bytes) -> FileText:
    found = FileText.of(content)
    assert found is not None
    return found


def test_words_stand_at_their_lines_and_not_elsewhere() -> None:
    text = text_of(b"one\ntwo three\nfour\n")

    assert text.missing("Two, three!", (2, 2)) == ()
    assert text.missing("two four", (2, 2)) == ("four",)
    assert text.missing("two four", (2, 3)) == ()
    assert text.missing("one four", None) == ()


def test_the_value_of_a_key_may_stand_below_it() -> None:
    text = text_of(b'{\n "architectures": [\n  "ForExample"\n ]\n}')

    assert text.missing("ForExample", (2, 2)) == ("forexample",)
    assert text.missing("ForExample", (2, 2), goes_on=True) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_korean_words_are_read_in_their_encodings(encoding: str) -> None:
    assert text_of("첫째\n저작권 한빛\n".encode(encoding)).missing("한빛", (2, 2)) == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_every_way(end: str) -> None:
    assert text_of(end.join(["one", "two", "three"]).encode()).missing("two", (2, 2)) == ()


def test_form_feeds_may_or_may_not_end_lines() -> None:
    text = text_of(b"one\x0ctwo\nthree\n")

    assert text.missing("three", (2, 2)) == text.missing("three", (3, 3)) == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Caf&eacute; Authors", "Café Authors"),
        ("© 2024 Example Authors", "Copyright (c) 2024 Example Authors"),
        ("한빛", "hanbic"),  # as ScanCode writes Korean names
        ("Étienne", "Etienne"),
        (f"{SIGN} 2024 José, 한빛", f"{MARK_C} 2024 Jose, 한빛"),
        ("华为技术有限公司版权所有", "华为技术有限公司"),
        ('"\\ud55c\\ube5b"', "한빛"),
    ],
)
def test_words_may_be_written_otherwise(content: str, words: str) -> None:
    assert text_of(content.encode()).missing(words, (1, 1)) == ()


def test_the_last_word_of_a_long_quotation_may_be_cut() -> None:
    words = "word " * 39 + "authors"

    assert text_of(words.encode()).missing(words[:200], (1, 1)) == ()
    assert text_of(b"word").missing(words[:200], (1, 1)) == ("autho",)


@pytest.mark.parametrize("content", [b"\x7fELF\0\0", b"%PDF-1.7\n"])
def test_what_is_no_text_has_no_lines(content: bytes) -> None:
    assert FileText.of(content) is None


@pytest.mark.parametrize(("content", "length"), [(b"", 1), (b"a", 1), (b"a\nb", 2), (b"a\nb\n", 3)])
def test_lines_are_counted_generously(content: bytes, length: int) -> None:
    assert text_of(content).length == length
