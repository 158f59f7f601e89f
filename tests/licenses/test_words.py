"""License texts as words: layout, numbering and punctuation say nothing."""

from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses.words import text_words, words_of

TEXT = "1. Grant. You may use it;\nprovided that:\n  (a) you ask first.\n\nNothing else"


def test_numbers_and_marks_of_clauses_are_no_words() -> None:
    assert words_of("1. You\n(a) may\n> use\n## it\niv. now") == ("you", "may", "use", "it", "now")


def test_a_number_inside_a_clause_is_a_word() -> None:
    assert words_of("more than 700 million users") == ("more", "than", "700", "million", "users")


def test_letters_are_compared_by_their_small_compatible_forms() -> None:
    assert words_of("Ｌicense ﬁle") == words_of("LICENSE FILE")


def test_each_chinese_character_is_a_word_and_korean_words_stay_whole() -> None:
    assert words_of("不得用于军事 상업적 이용") == ("不", "得", "用", "于", "军", "事", "상업적", "이용")


def test_sentences_end_at_stops_semicolons_colons_and_empty_lines() -> None:
    found = [" ".join(one.words) for one in text_words(TEXT).sentences]

    assert found == ["grant", "you may use it", "provided that", "you ask first", "nothing else"]


def test_a_sentence_knows_its_lines_and_whether_a_list_hangs_on_it() -> None:
    found = text_words(TEXT).sentences

    assert [one.lines for one in found] == [(1, 1), (1, 1), (2, 2), (3, 3), (5, 5)]
    assert [one.opens for one in found] == [False, False, True, False, False]


def test_a_phrase_is_found_across_lines_whatever_stands_between_its_words() -> None:
    text = text_words('one\n"use it;\nProvided" that\n')

    assert text.find("it provided that") == (2, 3)
    assert text.find("use provided") is None
    assert text.find("") is None


def test_a_part_of_a_word_is_not_found() -> None:
    assert text_words("reuse items").find("use item") is None


@given(st.text(alphabet="ab .;:\n\t1()한中é", max_size=80))
def test_every_word_has_a_line_and_stands_in_one_sentence(text: str) -> None:
    found = text_words(text)

    assert len(found.words) == len(found.lines)
    assert [word for one in found.sentences for word in one.words] == list(found.words)
    assert list(found.lines) == sorted(found.lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.lines)


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    text_words(text)
