"""Names of copyright holders are the same however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses.holders import NamedHolders, holder_key, holders_in
from tests.samples.copyright_mark import MARK_C

WORDS = st.sampled_from(
    ["Hanbit", "Garam", "Nuri", "Example", "Labs", "Open", "Research", "AI", "Deep", "하늘", "기술", "3M", "Ärzte"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4, unique=True).map(" ".join)
FORMS = st.sampled_from(
    ["", " Inc.", ", Inc.", " Co., Ltd.", " LLC", " GmbH", " Corporation", " team", " Inc. team"]
)
YEARS = st.sampled_from(["", "2023 ", "2019-2024 ", "2021, 2023 ", "(c) 2024 ", "2022-present "])
CASES = st.sampled_from([str, str.upper, str.lower, str.title])
SIGNS = st.sampled_from([" ", "-", "  ", "_", ""])


@given(NAMES, FORMS, YEARS, CASES, st.sampled_from(["", "The ", "the "]), SIGNS)
def test_case_years_signs_articles_and_legal_forms_do_not_count(
    name: str, form: str, years: str, case: type[str], article: str, sign: str
) -> None:
    written = f"{years}{article}{case(name.replace(' ', sign))}{form}"

    assert holders_in(written).keys() == {holder_key(name)}


@given(NAMES, NAMES, FORMS, YEARS)
def test_a_statement_names_its_holders_and_no_other(name: str, other: str, form: str, years: str) -> None:
    named = NamedHolders([f"{years}{name}{form}"])

    assert named.lacking(name) == ()
    if holder_key(other) not in holder_key(name):
        assert named.lacking(other) == (other,)


@given(NAMES, NAMES)
def test_two_holders_of_one_line_are_two(one: str, other: str) -> None:
    line = f"2024 {one} and The {other} Inc. team. All rights reserved."

    assert holders_in(line).keys() == {holder_key(one), holder_key(other)}
    assert set(NamedHolders([f"2024 {one}"]).lacking(line)) <= {f"The {other} Inc. team"}


@given(st.text(max_size=200))
def test_any_text_has_a_key_and_is_named_by_itself(text: str) -> None:
    assert holder_key(text) == holder_key(text)
    assert isinstance(holders_in(text), dict)


@given(NAMES)
def test_a_key_is_its_own_key(name: str) -> None:
    assert holder_key(holder_key(name)) == holder_key(name)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("2025 Garam Platforms, Inc. and affiliates.", ["Garam Platforms"]),
        ("Contributors to the Garam project", ["Contributors to the Garam project"]),
        ("2024 주식회사 가람", ["주식회사 가람"]),
        ("2023 Garam <team@example.org>, https://example.org/x", ["Garam"]),
        ("The Team Inc.", ["The Team Inc."]),
        ("2024", []),
        ("", []),
    ],
)
def test_the_holders_of_a_line_are_as_written(line: str, names: list[str]) -> None:
    assert [name for name in holders_in(line).values() if name != line or names] == names


def test_a_short_word_inside_a_longer_name_is_no_holder() -> None:
    assert NamedHolders(["2024 Garamond"]).lacking("Garam") == ("Garam",)


def test_a_name_apart_and_in_one_word_is_the_same() -> None:
    assert NamedHolders(["2024 Deep Garam"]).lacking("The DeepGaram Inc. team") == ()


@pytest.mark.parametrize(
    ("written", "indexed"),
    [
        ("José García", "Jose Garcia"),
        ("한빛", "hanbic"),
        ("한빛 주식회사", "hanbic jusighoesa"),
        ("北京百度网讯科技有限公司", "Bei Jing Bai Du Wang Xun Ke"),
        ("田中太郎", "Tian Zhong Tai Lang"),
    ],
)
def test_a_name_is_named_in_its_own_letters_and_in_latin_ones(written: str, indexed: str) -> None:
    assert NamedHolders([f"Copyright (c) 2024 {written}"]).lacking(f"2023 {indexed}") == ()
    assert NamedHolders([f"Copyright (c) 2024 {written}"]).lacking(f"2023 {written}") == ()


def test_another_name_in_the_same_letters_is_lacking() -> None:
    assert NamedHolders([f"{MARK_C} 2024 한빛"]).lacking("2024 가람") == ("가람",)


def test_names_between_commas_of_full_width_are_several() -> None:
    assert list(holders_in("2024 百度，阿里、腾讯").values()) == ["百度", "阿里", "腾讯"]
