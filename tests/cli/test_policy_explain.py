"""`compliance policy explain`, as an official runs it."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from compliance.reporters.json_v1 import encode_inventory
from tests.cli.command import compliance
from tests.policy.inventories import component, inventory, license_of, weights_license
from tests.reporters.published_schemas import published_schema

PART = component("vision_encoder", family="qwen2-vl", country="CN", basis="digest")
FACTS = inventory(weights_license("LicenseRef-llama-3.1", lines=(3, 3)), PART, license_of("MIT"))


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "hanbit.json"
    file.write_bytes(encode_inventory(FACTS))
    return file


def explained(*arguments: object) -> str:
    found = compliance("policy", "explain", *arguments, "--language", "en", COLUMNS="200")
    assert found.status == 0, found.stderr
    return found.stdout


def test_a_rule_shows_the_clause_that_it_rests_on(facts: Path) -> None:
    said = explained(facts, "--rule", "license-forbids-military-use")
    assert "README.md:3" in said
    assert "LicenseRef-llama-3.1: military_use=prohibited" in said
    assert "acceptable use policy § 2" in said or "acceptable use policy" in said


def test_a_finding_shows_what_every_rule_saw_of_it(facts: Path) -> None:
    said = explained(facts, "--finding", PART.id, "--axis", "policy-independence")
    assert "* weights.country in lists.domestic_countries: false" in said
    assert "weights.country = 'CN'" in said
    assert "lists.domestic_countries = [KR]" in said
    assert "foreign-component-named" in said  # asked and not broken
    assert "Not asked (about other kinds of findings)" in said


def test_the_whole_team_shows_the_way_to_a_better_verdict(facts: Path) -> None:
    said = explained(facts)
    assert "policy independence: fail" in said
    assert "It would be review if all of these findings differed" in said
    assert "add CN to domestic-countries" in said


def test_it_is_said_in_korean(facts: Path) -> None:
    said = compliance("policy", "explain", facts, "--language", "ko", COLUMNS="200").stdout
    assert "정책적 독자성: 부적합" in said
    assert "domestic-countries 목록에 CN 추가" in said


def test_an_assessment_is_explained_as_of_its_day(facts: Path, tmp_path: Path) -> None:
    verdict = tmp_path / "verdict.json"
    compliance("assess", facts, "--date", "2026-01-15", "--format", "json", "--output", verdict)
    assert "as of 2026-01-15" in explained(verdict)
    assert "as of 2026-02-01" in explained(verdict, "--date", "2026-02-01")
    other = explained(verdict, "--policy", "open-source-hygiene")
    assert "The assessment itself was made by sovereign-ai" in other


def test_the_json_keeps_to_its_published_schema(facts: Path) -> None:
    found = compliance("policy", "explain", facts, "--format", "json").json
    schema = published_schema("compliance.explanation-1.schema.json")
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []
    assert found["schema"] == "compliance.explanation/1"
    assert found["assessed"] is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--rule", "size-gat"], "did you mean 'size-gate'?"),
        (["--finding", "0"], "has no finding '0'"),
        (["--date", "soon"], "is not a date"),
        (["--policy", "nobody-s"], "no shipped policy"),
    ],
)
def test_a_wrong_call_is_told(facts: Path, options: list[str], message: str) -> None:
    found = compliance("policy", "explain", facts, *options, "--language", "en")
    assert found.status == 2
    assert message in found.stderr


def test_a_file_that_is_neither_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    for content in ('{"schema": "other/1"}', "{", "[]"):
        file.write_text(content, encoding="utf-8")
        assert compliance("policy", "explain", file).status == 2
