"""Holders are named in the letters of the file, although ScanCode finds them in Latin ones."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.licenses.original_spelling import OriginalSpelling
from compliance.licenses.scancode import CopyrightStatement, copyright_statements, transliterated
from tests.samples.copyright_mark import MARK, MARK_C, C
from tests.samples.packages import HOLDERS, unpacked

pytestmark = pytest.mark.slow


def found(folder: Path, text: str, name: str = "a.py") -> list[CopyrightStatement]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return copyright_statements(file)


def holders(folder: Path, text: str) -> list[str]:
    return [holder for one in found(folder, text) for holder in one.holders]


@pytest.mark.parametrize(
    "holder",
    [
        "한빛",
        "한빛 주식회사",
        "한빛연구소(주)",
        "네이버 NAVER Corp.",
        "清华大学自然语言处理实验室",
        "株式会社 朝日住宅社",
        "José García",
        "Müller & Söhne GmbH",
        "Łukasz Langa, François Écharpe",
        "Nguyễn Văn Tân",
        "Иван Петров",
        "Jose\u0301 Garci\u0301a",  # accents as characters of their own
    ],
)
def test_a_holder_is_written_as_in_the_file(tmp_path: Path, holder: str) -> None:
    (statement,) = found(tmp_path, f"# Copyright (c) 2024 {holder}\n")

    assert (statement.statement, statement.holders) == (f"Copyright (c) 2024 {holder}", (holder,))


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        (
            f"{MARK_C} 2021 北京百度网讯科技有限公司",
            "北京百度网讯科技有限公司",
        ),  # "… Xun Ke" is all that is found
        (f"{MARK_C} 2020 株式会社プリファードネットワークス", "株式会社プリファードネットワークス"),
        (f"版权所有 {C} 2020 华为技术有限公司 保留一切权利", "华为技术有限公司"),
        (f"{MARK_C} 2020 华为技术有限公司版权所有", "华为技术有限公司"),
    ],
)
def test_a_name_is_not_cut_between_two_syllables_of_one_word(tmp_path: Path, line: str, holder: str) -> None:
    assert holders(tmp_path, f"# {line}\n") == [holder]


def test_names_beside_each_other_keep_their_own_letters(tmp_path: Path) -> None:
    names = ["2023 José García", "2024 Jose Garcia", "2025 한빛, 가람"]
    text = "".join(f"# {MARK_C} {one}\n" for one in names)

    assert holders(tmp_path, text) == ["José García", "Jose Garcia", "한빛, 가람"]


def test_a_statement_over_two_lines_is_written_as_in_both(tmp_path: Path) -> None:
    (statement,) = found(tmp_path, f"/* {MARK_C} 2024 한빛\n * 연구소 <lab@example.com> */\n", "a.c")

    assert statement.lines == (1, 2)
    assert statement.statement == f"{MARK_C} 2024 한빛 연구소 <lab@example.com>"


def test_markup_and_signs_around_a_name_do_not_matter(tmp_path: Path) -> None:
    text = (
        f'<html><body>\n<p class="footer">&{"copy"}; 2024 <b>한빛</b> "연구소", Inc.</p>\n</body></html>\n'
        + "<br>\n" * 9
    )

    assert holders(tmp_path, text) == holders(tmp_path, text.replace("<b>", "").replace("</b>", ""))
    assert "한빛" in holders(tmp_path, text)[0]


def test_a_letter_that_is_dropped_on_the_way_comes_back(tmp_path: Path) -> None:
    assert holders(tmp_path, f"# {MARK_C} 2024 Ioan BRÂNCUȘI\n") == ["Ioan BRÂNCUȘI"]


def test_a_file_in_ascii_is_told_as_scancode_tells_it(tmp_path: Path) -> None:
    assert holders(tmp_path, f"# {MARK_C} 2024 Hanbit Inc.\n") == ["Hanbit Inc."]


def test_words_that_are_not_in_the_lines_stay_as_they_are() -> None:
    spelling = OriginalSpelling([(1, f"{MARK} 2024 한빛")])

    assert spelling.of(f"{MARK} 2024 hanbic Labs", (1, 1)) == f"{MARK} 2024 한빛 Labs"
    assert spelling.of("garam", (1, 1)) == "garam"
    assert spelling.of("hanbic", (2, 2)) == "hanbic"


LETTERS = st.characters(categories=["L", "Mn"], max_codepoint=0xFFFF)
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=300)
@given(NAMES, st.text(max_size=40).filter(lambda text: not set(text) & set("\r\n")))
def test_what_is_written_is_what_was_found(name: str, around: str) -> None:
    spelling = OriginalSpelling([(1, f"{around} Copyright 2024 {name}")])
    words = " ".join(transliterated(name).split())

    written = spelling.of(words, (1, 1))

    assert "".join(transliterated(written).split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("package", "holder"), [("pypinyin", "mozillazg, 闲耘"), ("tblib", "Ionel Cristian Mărieș")]
)
def test_holders_of_real_packages_keep_their_names(package: str, holder: str) -> None:
    (license_file,) = unpacked(package, HOLDERS).glob("*.dist-info/licenses/LICENSE*")

    assert [one for found in copyright_statements(license_file) for one in found.holders] == [holder]
