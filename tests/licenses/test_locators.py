"""Locators and discriminating words occur in the texts that they are about, as far as ScanCode ships them."""

import pytest

from compliance.licenses.catalog import WeightLicense, weight_license, weight_licenses
from compliance.licenses.confusable_groups import ConfusableGroup, confusable
from tests.licenses.shipped_texts import is_shipped, text_of, text_of_license, words

POLICY_NOT_SHIPPED = {"llama-2", "llama-3.1", "llama-3.2", "llama-3.3"}
"""ScanCode has their license without the policy of acceptable use that it refers to."""
OTHER_VERSION_SHIPPED = {("flux-1-dev-nc", "commercial_use")}
"""ScanCode's flux-1-nc is version 1.0, whose clause is worded otherwise; the terms are those of 1.1.1."""
KEYS_OF_LATER_RELEASES = {"upstage-solar-2026-01-16"}

SHIPPED = [one for one in weight_licenses() if any(map(is_shipped, one.scancode.keys))]


@pytest.mark.parametrize("license_", SHIPPED, ids=lambda one: one.id)
def test_every_locator_of_a_license_occurs_in_its_text(license_: WeightLicense) -> None:
    text = text_of_license(license_)
    absent = {
        name
        for name, term in license_.terms.items()
        if term.locator
        and not (term.document and license_.id in POLICY_NOT_SHIPPED)
        and words(term.locator) not in text
    }

    assert {(license_.id, name) for name in absent} <= OTHER_VERSION_SHIPPED


def test_nearly_all_locators_were_looked_up() -> None:
    looked_up = sum(bool(term.locator) for license_ in SHIPPED for term in license_.terms.values())

    assert len(SHIPPED) == 40
    assert looked_up > 400


def test_words_that_are_no_longer_missing_are_taken_off_the_list() -> None:
    for license_id, name in OTHER_VERSION_SHIPPED:
        license_ = weight_license(license_id)
        assert license_ is not None
        assert words(license_.terms[name].locator or "") not in text_of_license(license_)


def test_every_scancode_key_is_shipped_or_listed_as_later() -> None:
    keys = {key for license_ in weight_licenses() for key in license_.scancode.keys}
    detected = {
        key
        for license_ in weight_licenses()
        if license_.scancode.detection
        for key in license_.scancode.detection.keys
    }

    assert {key for key in keys | detected if not is_shipped(key)} == KEYS_OF_LATER_RELEASES


# licenses that are taken for one another


@pytest.mark.parametrize("group", confusable().groups, ids=lambda one: one.group)
def test_the_first_rule_that_fits_a_shipped_text_names_its_license(group: ConfusableGroup) -> None:
    for rule in group.rules:
        license_ = weight_license(rule.id)
        assert license_ is not None
        if text := text_of_license(license_):
            fitting = [
                one.id
                for one in group.rules
                if words(one.contains) in text and not (one.not_contains and words(one.not_contains) in text)
            ]
            assert fitting[0] == rule.id


def test_what_only_scancode_knows_has_no_terms_here() -> None:
    ours = {key for license_ in weight_licenses() for key in license_.scancode.keys}

    for one in confusable().scancode_only:
        assert is_shipped(one.key)
        assert text_of(one.key)
        assert one.key not in ours
