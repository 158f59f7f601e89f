"""Lists of licenses: by name, by a beginning, or by what the knowledge base says of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses import term_answers
from compliance.licenses.catalog import WeightLicense, weight_licenses
from compliance.licenses.expressions import only, requires, says, says_other, settled, without
from compliance.licenses.license_lists import check_entry
from compliance.licenses.term_definition import UNKNOWN, TermDefinition
from compliance.licenses.terms import TERMS

LLAMA, GEMMA, READ_BY_NOBODY = "LicenseRef-llama-3.1", "LicenseRef-gemma-2024-04-01", "LicenseRef-nobody-read-this"
REPORTED = "LicenseRef-qwen-research"
MILITARY = ["military_use=prohibited"]


def test_an_answer_hits_every_license_that_gives_it() -> None:
    assert requires(LLAMA, MILITARY)
    assert not requires(GEMMA, MILITARY)


def test_a_choice_escapes_an_answer() -> None:
    assert not requires(f"{LLAMA} OR MIT", MILITARY)
    assert requires(f"{LLAMA} AND MIT", MILITARY)


def test_a_choice_between_a_named_license_and_an_answer_escapes_neither() -> None:
    assert requires(f"{LLAMA} OR BUSL-1.1", [*MILITARY, "BUSL-1.1"])


def test_a_star_stands_for_any_answer_that_names_something() -> None:
    assert requires("LicenseRef-tencent-hunyuan-eu", ["territory_excluded=*"])
    assert not requires("MIT", ["territory_excluded=*"])  # silent
    assert not requires("MIT", ["acceptable_use_policy=*"])  # none


def test_what_nobody_read_may_give_any_answer() -> None:
    assert not without(READ_BY_NOBODY, MILITARY)
    assert not requires(READ_BY_NOBODY, MILITARY)
    assert without("MIT", MILITARY)


def test_an_exception_takes_no_ban_away() -> None:
    assert requires(f"{LLAMA} WITH LLVM-exception", MILITARY)
    assert not only(f"{LLAMA} WITH LLVM-exception", MILITARY)


def test_reports_count_only_where_asked_for() -> None:
    assert requires(REPORTED, ["commercial_use=prohibited"])
    assert not requires(REPORTED, ["commercial_use=prohibited"], leads=False)


def test_reports_settle_nothing() -> None:
    assert not settled(REPORTED, ["commercial_use"])
    assert settled(LLAMA, ["commercial_use", "military_use"])


def test_a_listed_license_needs_no_reading() -> None:
    assert not settled("ISC AND MIT", ["military_use"])
    assert settled("ISC AND MIT", ["military_use"], ["ISC"])


def test_another_answer_is_one_outside_the_list() -> None:
    assert says_other(LLAMA, "forum", ["KR"])
    assert not says_other("LicenseRef-k-exaone", "forum", ["KR"])


def test_silence_is_no_other_answer() -> None:
    assert not says_other("MIT", "forum", ["KR"])
    assert not says_other("MIT", "acceptable_use_policy", ["embedded"])


def test_an_answer_may_be_given_by_its_beginning() -> None:
    assert says(LLAMA, "governing_law", ["US*"])
    assert not says(LLAMA, "governing_law", ["CN*"])


@pytest.mark.parametrize(
    "entry", ["military_us=prohibited", "military_use=forbidden", "military_use=", "forum=Korea", "scale_gates=x*"]
)
def test_an_answer_that_no_license_gives_is_no_entry(entry: str) -> None:
    with pytest.raises(ValueError, match=r"licenses have no term|no license answers"):
        check_entry(entry)


@pytest.mark.parametrize(
    "entry",
    ["forum=KR", "governing_law=US*", "national_interest_clause=unspecified", "brand_text=*", "scale_gates=no_*"],
)
def test_codes_beginnings_and_stars_are_answers(entry: str) -> None:
    check_entry(entry)


def test_an_unknown_term_is_an_error() -> None:
    with pytest.raises(KeyError):
        says("MIT", "military", ["prohibited"])


LICENSES = st.sampled_from(weight_licenses())
ASKED = st.sampled_from(TERMS)


@given(LICENSES, ASKED)
def test_a_license_says_what_its_data_file_says(license_: WeightLicense, term: TermDefinition) -> None:
    for answer in license_.answers(term.name):
        assert says(license_.expression, term.name, [answer])


@given(LICENSES, LICENSES, ASKED)
def test_together_two_licenses_say_what_either_says_and_a_choice_what_both_say(
    one: WeightLicense, other: WeightLicense, term: TermDefinition
) -> None:
    for answer in {*one.answers(term.name), *other.answers(term.name)} - {UNKNOWN}:
        first, second = (says(each.expression, term.name, [answer]) for each in (one, other))
        assert says(f"{one.expression} AND {other.expression}", term.name, [answer]) == (first or second)
        assert says(f"{one.expression} OR {other.expression}", term.name, [answer]) == (first and second)


def test_every_answer_of_the_knowledge_base_is_an_entry() -> None:
    for license_ in weight_licenses():
        for term in TERMS:
            for answer in license_.answers(term.name):
                assert term_answers.may_be_answered(term.name, answer), (license_.id, answer)
