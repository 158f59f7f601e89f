"""License names of model cards: each stands for one license, for several possible ones, or for none."""

import hashlib
from importlib import resources

import pytest

from compliance.licenses import declared, huggingface
from compliance.licenses.catalog import weight_licenses
from compliance.licenses.huggingface import CardLicense
from compliance.licenses.term_files import data_version, license_ids


def test_a_tag_of_an_spdx_license_is_its_identifier() -> None:
    assert huggingface.license_of_tag("Apache-2.0") == CardLicense("Apache-2.0", ("apache-2.0",))


def test_a_tag_of_another_license_is_a_reference_to_the_knowledge_base() -> None:
    assert huggingface.license_of_tag("llama3.1") == CardLicense("LicenseRef-llama-3.1", ("llama-3.1",))


@pytest.mark.parametrize("tag", ["openrail", "openrail++", "gemma", "other", "unknown", "cc", "bsd", "gpl"])
def test_a_tag_that_leaves_the_license_open_has_no_expression(tag: str) -> None:
    found = huggingface.license_of_tag(tag)

    assert found is not None
    assert found.expression is None


def test_a_tag_outside_the_list_is_unknown() -> None:
    assert huggingface.license_of_tag("my-license") is None


@pytest.mark.parametrize(
    ("name", "license_id"),
    [("exaone-1.2-nc", "exaone-1.2-nc"), ("HyperCLOVAX SEED", "hyperclova-x-seed"), ("llama3", "llama-3")],
)
def test_a_license_name_is_an_id_of_the_knowledge_base_or_the_name_that_only_one_license_has(
    name: str, license_id: str
) -> None:
    found = huggingface.license_of_name(name)

    assert found is not None
    assert found.license_ids == (license_id,)


@pytest.mark.parametrize("name", ["exaone", "modified-mit", "tencent-hunyuan-community", "acme"])
def test_a_license_name_that_several_or_no_licenses_have_is_not_guessed(name: str) -> None:
    assert huggingface.license_of_name(name) is None


def test_words_in_place_of_a_tag_resolve_with_their_knowledge_base_ids() -> None:
    assert huggingface.license_of_words("MIT OR Zlib") == CardLicense("MIT OR Zlib", ("mit",))


def test_every_tag_stands_for_an_expression_and_for_licenses_of_the_knowledge_base() -> None:
    for tag in huggingface._tags():
        found = huggingface.license_of_tag(tag)
        assert found is not None
        assert found.expression is None or declared.expression_of(found.expression) == found.expression
        assert set(found.license_ids) <= set(license_ids())


def test_a_license_bears_the_tags_that_the_table_gives_it() -> None:
    for license_ in weight_licenses():
        for tag in license_.huggingface.tags:
            found = huggingface.license_of_tag(tag)
            assert found is not None
            # the tag of the license that Cohere Labs adds a policy to stands for that license alone
            assert license_.id in found.license_ids or license_.id == "cohere-labs-aup"


def test_a_changed_data_file_changes_the_version() -> None:
    data = resources.files("compliance.licenses").joinpath("data/huggingface_licenses.json").read_bytes()
    expected = hashlib.sha256(data + data_version().encode()).hexdigest()

    assert expected.startswith(huggingface.DATA_VERSION)
    assert len(huggingface.DATA_VERSION) == 12


def test_a_plus_is_spelled_out_in_a_reference() -> None:
    assert huggingface.reference("openrail++-m-sd2") == "LicenseRef-openrailplusplus-m-sd2"


@pytest.mark.parametrize(
    ("title", "license_id"),
    [
        ("MIT", "mit"),
        ("Apache 2.0", "apache-2.0"),
        ("Llama 3.1 Community", "llama-3.1"),
        ("CC BY-NC 4.0", "cc-by-nc-4.0"),
        ("Model", None),
    ],
)
def test_a_title_in_prose_stands_for_the_license_that_bears_it(title: str, license_id: str | None) -> None:
    found = huggingface.license_of_title(title)

    assert (found.license_ids if found else ()) == ((license_id,) if license_id else ())
