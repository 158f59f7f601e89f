"""The table of model families."""

import hashlib
import re
from importlib import resources

from compliance.weights import families


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


def test_the_tables_version_is_that_of_its_file() -> None:
    data = resources.files("compliance.weights").joinpath("data/families.json").read_bytes()

    assert hashlib.sha256(data).hexdigest().startswith(families.DATA_VERSION)
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
