"""The knowledge base of weight licenses: lookups, and what every data file must hold."""

from collections.abc import Iterator

import pytest

from compliance import data_files
from compliance.errors import ConfigurationError
from compliance.licenses import catalog, expressions, spdx, term_files
from compliance.licenses.catalog import WeightLicense, weight_licenses
from compliance.licenses.license_document import LicenseDocument, Term, license_schema
from compliance.licenses.term_definition import SILENT, UNKNOWN, Kind
from compliance.licenses.terms import TERMS
from compliance.model.text import Text

MIT = term_files.content("mit").decode()


def known(license_id: str) -> WeightLicense:
    found = catalog.weight_license(license_id)
    assert found is not None
    return found


def ids(found: tuple[WeightLicense, ...]) -> list[str]:
    return [one.id for one in found]


def every_term() -> Iterator[tuple[WeightLicense, str, Term]]:
    for license_ in weight_licenses():
        for name, term in license_.terms.items():
            yield license_, name, term


# what a reader finds


def test_a_license_says_what_it_allows_and_where() -> None:
    term = known("deepseek-1.0").terms["military_use"]

    assert (term.value, term.section) == ("prohibited", "Att. A")
    assert term.locator


def test_a_family_of_licenses_differs_in_the_territory() -> None:
    assert known("tencent-hunyuan-eu").answers("territory_excluded") == ("EU",)
    assert known("tencent-hunyuan-eu-uk-kr").answers("territory_excluded") == ("EU", "GB", "KR")


def test_a_clause_may_speak_of_a_state_without_naming_it() -> None:
    assert known("chatglm-6b").answers("national_interest_clause") == ("CN",)
    assert known("chatglm3-6b").answers("national_interest_clause") == ("unspecified",)


def test_what_was_read_and_says_nothing_is_not_what_nobody_read() -> None:
    assert known("mit").answers("military_use") == (SILENT,)
    assert known("qwen-research").answers("military_use") == (UNKNOWN,)


def test_a_license_known_by_report_alone_is_a_lead() -> None:
    assert known("h-research").is_lead
    assert not known("llama-4").is_lead


def test_a_license_is_found_by_its_spdx_name() -> None:
    assert ids(catalog.licenses_by_spdx("apache-2.0")) == ["apache-2.0"]
    assert ids(catalog.licenses_by_spdx("LicenseRef-openrailplusplus-m-sd2")) == ["openrail++-m-sd2"]
    assert ids(catalog.licenses_by_spdx("LicenseRef-scancode-qwen-2024")) == ["qwen"]


def test_a_license_is_found_by_a_scancode_key_also_of_its_policy() -> None:
    assert ids(catalog.licenses_by_scancode_key("llama-4-license-2025")) == ["llama-4"]
    assert ids(catalog.licenses_by_scancode_key("gemma-pup-2024-02-21")) == [
        "gemma-2024-04-01",
        "gemma-2025-03-24",
    ]


def test_a_tag_may_stand_for_several_licenses() -> None:
    assert ids(catalog.licenses_by_alias("openrail++")) == ["openrail++-m-sd2", "openrail++-m-sdxl"]


def test_a_license_is_found_by_any_of_its_names_in_any_case() -> None:
    for alias in ("Qwen License Agreement", "Qwen 라이선스 계약", "QWEN", "qwen-2024"):
        assert "qwen" in ids(catalog.licenses_by_alias(alias))


@pytest.mark.parametrize("name", ["", "no-such-license", "../mit", "MIT"])
def test_a_name_that_is_no_id_has_no_license(name: str) -> None:
    assert catalog.weight_license(name) is None


def test_a_license_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        known("mit").country = "KR"  # type: ignore[misc]
    with pytest.raises(TypeError):
        known("mit").terms["military_use"] = Term("prohibited")  # type: ignore[index]


# what is told of a wrong file


def refused(content: str, file: str = "mit.json") -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        catalog.read_license(content.encode(), file)
    assert all(max(line) >= "가" for line in caught.value.lines("ko"))
    return list(caught.value.lines("en"))


def test_a_value_that_a_term_cannot_have_is_named_at_its_place() -> None:
    (line,) = refused(MIT.replace('"military_use": {"value": "silent"}', '"military_use": {"value": "forbidden"}'))

    row = next(number for number, text in enumerate(MIT.splitlines(), 1) if '"military_use"' in text)
    assert line == (
        f"mit.json:{row}:20: value can't be 'forbidden'; it may be silent, conditional, prohibited, unknown"
    )


def test_a_value_of_a_set_is_checked_too() -> None:
    (line,) = refused(MIT.replace('["license_copy"]', '["license_copy", "cake"]', 1))

    assert "value can't be 'cake'" in line


def test_a_term_that_does_not_exist_and_one_that_is_missing_are_both_named() -> None:
    lines = refused(MIT.replace('"military_use"', '"milit"'))

    assert len(lines) == 2
    assert "'military_use' is missing" in "".join(lines)
    assert "no field 'milit'" in "".join(lines)


def test_a_locator_is_a_pointer_and_no_quotation() -> None:
    (line,) = refused(MIT.replace("shall be included in all copies", "word " * 13))

    assert "locator can't be" in line


def test_a_license_in_a_file_of_another_name_is_refused() -> None:
    assert "the id is 'mit'" in refused(MIT, "mit-2.json")[0]


# what every shipped file holds


@pytest.mark.parametrize("license_id", term_files.license_ids())
def test_a_shipped_file_has_no_fault(license_id: str) -> None:
    assert list(data_files.faults(term_files.content(license_id), LicenseDocument)) == []
    assert known(license_id).id == license_id


@pytest.mark.parametrize("license_id", term_files.license_ids())
def test_every_sentence_of_a_license_is_in_both_languages(license_id: str) -> None:
    license_ = known(license_id)
    sentences = [license_.name, license_.licensor, license_.source, *license_.notes]
    sentences += [one for one in (license_.models, license_.missing) if one]

    assert all(one.en and one.ko for one in sentences)
    for note in (*license_.notes, *filter(None, [license_.missing])):
        assert any("가" <= letter <= "힣" for letter in note.ko)


def test_no_two_licenses_are_called_the_same() -> None:
    for language in ("en", "ko"):
        names = [one.name.in_language(language) for one in weight_licenses()]
        assert len(names) == len(set(names))
    assert len({one.expression for one in weight_licenses()}) == len(weight_licenses())


def test_what_spdx_lists_is_listed_and_what_it_does_not_is_a_reference() -> None:
    for license_ in weight_licenses():
        listed = license_.spdx is not None and license_.spdx.listed
        assert listed == expressions.is_known(license_.expression) or license_.expression.startswith("LicenseRef-")
        assert spdx.parse(license_.expression) is not None


def test_what_nobody_read_is_silent_on_nothing() -> None:
    for license_, name, term in every_term():
        assert not (license_.is_lead and term.value == SILENT), (license_.id, name)


def test_a_policy_that_nobody_read_may_forbid_any_use() -> None:
    uses = ("military_use", "critical_infrastructure_use", "public_sector_use", "field_of_use_restrictions")
    for license_ in weight_licenses():
        elsewhere = license_.answers("acceptable_use_policy") == ("by_reference",)
        if elsewhere and license_.answers("military_use") == (UNKNOWN,):
            assert not [name for name in uses if license_.answers(name) == (SILENT,)], license_.id


def test_what_was_read_names_no_missing_part_and_what_was_not_says_why() -> None:
    for license_ in weight_licenses():
        assert (license_.missing is not None) == license_.is_lead


def test_a_restriction_that_was_read_says_where_it_stands() -> None:
    restrictive = {"prohibited", "conditional", "at_will", "unilateral", "yes"}
    without = {
        (license_.id, name)
        for license_, name, term in every_term()
        if not license_.is_lead
        and isinstance(term.value, str)
        and term.value in restrictive
        and not (term.section or term.locator)
    }

    assert without == set()


def test_general_and_single_answers_agree() -> None:
    for license_ in weight_licenses():
        fields = license_.answers("field_of_use_restrictions")
        assert not ("military" in fields and license_.answers("military_use") == (SILENT,)), license_.id
        policy, updatable = license_.answers("acceptable_use_policy"), license_.answers("policy_updatable")
        assert (policy == ("none",)) == (updatable == ("n/a",)), license_.id


def test_answers_are_words_that_filters_can_ask_for() -> None:
    for definition in TERMS:
        if definition.kind in (Kind.CHOICE, Kind.SET):
            found = {one for license_ in weight_licenses() for one in license_.answers(definition.name)}
            assert found <= set(definition.answers)


def test_the_schema_knows_the_terms() -> None:
    schema = license_schema()

    assert set(schema["$defs"]["Terms"]["required"]) == {one.name for one in TERMS}


def test_texts_of_our_own_spell_license_alike() -> None:
    texts = [one for license_ in weight_licenses() for one in (license_.name, license_.source, *license_.notes)]

    assert not [one.en for one in texts if isinstance(one, Text) and "licence" in one.en.casefold()]
