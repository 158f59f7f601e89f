"""The files in reports/examples/ are what the reporters make of the example, and valid."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.reporters.examples import REPORTS, golden_files, teams
from tests.reporters.published_schemas import published_schema

FOLDER = REPORTS / "examples"
SCHEMAS = {
    "hanbit.assessment.json": "compliance.assessment-1.schema.json",
    "hanbit.inventory.json": "compliance.inventory-1.schema.json",
}
HOW = "run make examples and look at the difference"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_json_example_is_up_to_date_and_valid(name: str) -> None:
    content = (FOLDER / name).read_bytes()

    assert content == golden_files()[name], HOW
    Draft202012Validator(published_schema(SCHEMAS[name])).validate(json.loads(content))


@pytest.mark.parametrize("name", sorted(golden_files().keys() - SCHEMAS.keys()))
def test_an_example_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_bytes() == golden_files()[name], HOW


def test_no_example_is_left_over() -> None:
    assert {path.name for path in Path(FOLDER).iterdir() if path.is_file()} == set(golden_files())


def test_the_facts_of_the_sample_teams_are_up_to_date() -> None:
    found = {path.name: path.read_bytes() for path in (FOLDER / "teams").iterdir()}
    assert found == teams(), HOW
