"""How terms read: words for everybody, and the keys that policies use for those who write them."""

import re

import pytest

from compliance.language import Language
from compliance.licenses.catalog import WeightLicense, weight_license, weight_licenses
from compliance.licenses.term_words import answer
from compliance.licenses.terms import TERMS

KEY = re.compile(r"\([a-z]+(_[a-z]+)+\)")


def answers(license_: WeightLicense, language: Language, *, keys: bool) -> list[str]:
    return [answer(one, license_.terms[one.name].value, language, keys=keys) for one in TERMS]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_answer_of_any_license_shows_a_key_to_readers(language: Language) -> None:
    said = [words for one in weight_licenses() for words in answers(one, language, keys=False)]

    assert [words for words in said if KEY.search(words)] == []


def test_editors_of_policies_see_the_key_beside_the_words() -> None:
    license_ = weight_license("llama-3.1")
    assert license_ is not None
    said = " ".join(answers(license_, "ko", keys=True))

    assert "별도 라이선스 필요 (separate_license_required)" in said
    assert "주요 기반 시설 (critical_infrastructure)" in said


def test_a_country_is_told_by_its_name_and_to_editors_of_policies_with_its_code() -> None:
    license_ = weight_license("llama-3.1")
    assert license_ is not None

    assert "California, United States" in answers(license_, "en", keys=False)
    assert "미국 캘리포니아주 (US-CA)" in answers(license_, "ko", keys=True)


def test_a_court_whose_place_says_the_country_says_it_once() -> None:
    license_ = weight_license("minimax-model-license-01")
    assert license_ is not None

    assert "SIAC arbitration, Singapore" in answers(license_, "en", keys=False)
    assert "SIAC arbitration, Singapore (SG)" in answers(license_, "en", keys=True)


def test_a_law_that_was_never_filled_in_is_told_as_such() -> None:
    license_ = weight_license("funasr-1.1")
    assert license_ is not None

    assert "채우지 않은 빈칸" in answers(license_, "ko", keys=False)
