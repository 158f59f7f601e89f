"""The table of model families."""

import hashlib
import re
from importlib import resources

import pytest

from compliance import data_files
from compliance.licenses.term_files import license_ids
from compliance.weights import families
from compliance.weights.family import Family


def test_a_model_type_belongs_to_its_developer() -> None:
    found = families.family_of_model_type("qwen2_5_vl_vision")

    assert found is not None
    assert (found.id, found.country) == ("qwen-vl", "CN")


def test_an_architecture_belongs_to_its_developer_whatever_its_case() -> None:
    found = families.family_of_architecture("glm4moeforcausallm")

    assert found is not None
    assert found.developer == "Z.ai (Zhipu AI)"


def test_a_type_that_other_families_wrap_belongs_to_the_one_that_made_it() -> None:
    owners = {
        name: families.family_of_model_type(name) for name in ("llama", "qwen2", "siglip_vision_model", "clip")
    }

    assert [family.id if family else None for family in owners.values()] == ["llama", "qwen2", "siglip", "clip"]


def test_an_organisation_with_several_families_has_one_developer() -> None:
    found = families.developer_of_organisation("qwen")

    assert found is not None
    assert found.country == "CN"
    assert len(found.families) > 1


def test_an_organisation_with_one_family_has_it() -> None:
    found = families.developer_of_organisation("LGAI-EXAONE")

    assert found is not None
    assert (found.families, found.country) == (("exaone",), "KR")


def test_the_version_is_that_of_the_files() -> None:
    folder = resources.files("compliance.weights").joinpath("data/families")
    content = b"".join(file.read_bytes() for file in sorted(folder.iterdir(), key=lambda file: file.name))

    assert hashlib.sha256(content).hexdigest().startswith(families.DATA_VERSION)
    assert len(families.DATA_VERSION) == 12


def test_unknown_names_have_nobody() -> None:
    assert families.family_of_model_type("hanbit") is None
    assert families.family_of_architecture("HanbitForCausalLM") is None
    assert families.developer_of_organisation("hanbit-lab") is None


def test_no_name_belongs_to_two_families_and_every_row_is_complete() -> None:
    names = [
        name.casefold() for family in families.families() for name in set(map(str.casefold, family.model_types))
    ]

    assert len(names) == len(set(names))
    for family in families.families():
        assert re.fullmatch(r"[A-Z]{2}", family.country)
        assert family.developer
        assert set(family.generic) <= {*family.model_types, *family.architectures}


def test_every_organisation_has_one_developer() -> None:
    for family in families.families():
        for organisation in family.organisations:
            found = families.developer_of_organisation(organisation)
            assert found is not None
            assert (found.name, found.country) == (family.developer, family.country)


def test_a_family_whose_names_nobody_read_is_a_lead() -> None:
    by_id = {family.id: family for family in families.families()}

    assert by_id["kanana"].is_lead
    assert not by_id["qwen3"].is_lead


def test_a_license_from_general_knowledge_is_a_lead() -> None:
    (qwen2,) = (family for family in families.families() if family.id == "qwen2")
    leads = {one.versions: one.is_lead for one in qwen2.licenses}

    assert leads["Qwen2 others"]
    assert not leads["Qwen2.5-72B"]


def test_a_license_by_default_differs_from_version_to_version() -> None:
    (minimax,) = (family for family in families.families() if family.id == "minimax")

    assert len({one.licenses for one in minimax.licenses}) == len(minimax.licenses) == 8


@pytest.mark.parametrize("family", families.families(), ids=lambda one: one.id)
def test_a_shipped_file_has_no_fault(family: Family) -> None:
    content = resources.files("compliance.weights").joinpath(f"data/families/{family.id}.json").read_bytes()

    assert list(data_files.faults(content, Family)) == []


@pytest.mark.parametrize("family", families.families(), ids=lambda one: one.id)
def test_a_family_is_published_under_licenses_of_the_knowledge_base(family: Family) -> None:
    assert {license_id for one in family.licenses for license_id in one.licenses} <= set(license_ids())
    assert all(one.licenses or one.remark or one.is_lead for one in family.licenses)


def test_a_part_of_another_family_belongs_to_that_one() -> None:
    owned = {name for family in families.families() for name in family.model_types}

    for family in families.families():
        assert not set(family.wrapped_model_types) & set(family.model_types)
        assert not set(family.other_organisations) & set(family.organisations)
    assert {"siglip_vision_model", "clip", "qwen2", "llama"} <= owned


def test_every_family_is_there() -> None:
    found = families.families()

    assert len(found) == 101
    assert sum(len(family.model_types) for family in found) == len(
        {name for family in found for name in family.model_types}
    )
