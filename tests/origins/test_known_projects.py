"""The table of known projects: how it is asked, and that its data agree with one another."""

import hashlib
import json
import re
from collections import Counter
from importlib import resources
from typing import Any

import pytest

from compliance.licenses import spdx
from compliance.origins import known_projects
from compliance.weights import families

DATA = resources.files("compliance.origins").joinpath("data/known_projects.json").read_bytes()
TABLE: dict[str, Any] = json.loads(DATA)
ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_ISO_3166 = """\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA
GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS
MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW
TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"""
COUNTRIES = frozenset(_ISO_3166.split())


def twice(names: list[str]) -> list[str]:
    """Those that stand in `names` more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def test_the_tables_version_is_that_of_its_file() -> None:
    assert hashlib.sha256(DATA).hexdigest().startswith(known_projects.DATA_VERSION)
    assert len(known_projects.DATA_VERSION) == 12


def test_no_key_of_the_table_stands_twice() -> None:
    found: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found.extend(twice([key.casefold() for key, _ in pairs]))
        return dict(pairs)

    json.loads(DATA, object_pairs_hook=note)

    assert found == []


def test_every_row_has_only_known_fields() -> None:
    known = {"license" if one == "expression" else one for one in known_projects.KnownProject.__struct_fields__}

    for row in TABLE["projects"]:
        assert set(row) <= known


@pytest.mark.parametrize("project", known_projects.projects(), ids=lambda one: one.id)
def test_every_project_is_complete(project: known_projects.KnownProject) -> None:
    assert project.id
    assert project.developer
    assert project.country in {"", *COUNTRIES}
    assert project.expression is None or str(spdx.parse(project.expression)) == project.expression
    assert re.fullmatch(r"[a-z_][a-z0-9_]*|", project.package)
    assert all(re.fullmatch(r"\w+(?:\.\w+)*", one) for one in project.models)
    assert all(one == one.lower().strip() and one for one in project.names)
    assert all(not one.startswith("/") and not one.endswith("/") and one for one in project.folders)
    for repository in project.repositories:
        owner, _, name = repository.partition("/")
        assert ACCOUNT.fullmatch(owner)
        assert ACCOUNT.fullmatch(name)


def test_no_name_means_two_projects() -> None:
    projects = known_projects.projects()

    assert twice([one.id for one in projects]) == []
    assert twice([one.package for one in projects if one.package]) == []
    assert twice([name.casefold() for one in projects for name in one.repositories]) == []
    assert twice([name for one in projects for name in one.names]) == []
    assert twice([name for one in projects for name in one.models]) == []


def test_no_folder_means_two_projects() -> None:
    owners: dict[str, set[str]] = {}
    for one in known_projects.projects():
        names = [one.id, *one.aliases, *(repository.partition("/")[2] for repository in one.repositories)]
        for name in names:
            owners.setdefault(known_projects.folder_name(name), set()).add(one.id)

    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
    assert {name: one.id for name, one in known_projects.by_folder().items()} == {
        name: next(iter(ids)) for name, ids in owners.items()
    }


@pytest.mark.parametrize("section", ["organisations", "holders"])
def test_whoever_stands_behind_a_name_has_a_country(section: str) -> None:
    for name, (developer, country) in TABLE[section].items():
        assert name == name.strip()
        assert developer
        assert country in COUNTRIES


def test_holders_are_written_small() -> None:
    assert [name for name in TABLE["holders"] if name != name.casefold()] == []


def test_every_developer_has_one_country_in_all_tables() -> None:
    countries: dict[str, set[str]] = {}
    for project in known_projects.projects():
        countries.setdefault(project.developer, set()).add(project.country)
    for developer, country in [*TABLE["organisations"].values(), *TABLE["holders"].values()]:
        countries.setdefault(developer, set()).add(country)
    for family in families.families():
        countries.setdefault(family.developer, set()).add(family.country)

    assert {developer: found for developer, found in countries.items() if len(found) > 1} == {}


def test_the_account_of_a_family_is_in_the_same_country() -> None:
    for family in families.families():
        for account in family.organisations:
            found = known_projects.organisation(account)
            assert found is not None
            assert found.country == family.country, account


def test_general_accounts_are_known_ones() -> None:
    for account in TABLE["general_accounts"]:
        found = known_projects.organisation(account)
        assert found is not None
        assert found.is_general


def test_shared_modules_are_no_families() -> None:
    shared = TABLE["shared_modules"]

    assert shared == sorted(set(shared))
    assert [name for name in shared if families.family_of_model_type(name)] == []


def test_a_project_is_found_by_package_repository_and_folder() -> None:
    found = known_projects.by_package()["flash_attn"]

    assert found.id == "flash-attn"
    assert known_projects.by_repository()["dao-ailab/flash-attention"] is found
    assert known_projects.by_folder()[known_projects.folder_name("Flash-Attention")] is found


@pytest.mark.parametrize("account", ["deepseek-ai", "DeepSeek-AI"])
def test_an_account_has_its_developer_whatever_its_case(account: str) -> None:
    found = known_projects.organisation(account)

    assert found is not None
    assert (found.developer, found.country, found.is_general) == ("DeepSeek", "CN", False)


def test_an_account_that_only_publishes_weights_is_known_too() -> None:
    found = known_projects.organisation("Qwen")

    assert found is not None
    assert found.country == "CN"


@pytest.mark.parametrize("account", ["garam", "", "deepseek", "deepseek-ai/DeepSeek-V3"])
def test_an_account_that_nobody_knows_has_nobody(account: str) -> None:
    assert known_projects.organisation(account) is None
