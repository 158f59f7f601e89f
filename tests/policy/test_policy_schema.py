"""The JSON Schema of policy files agrees with the loader."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from compliance import yaml_documents
from compliance.policy.loading import shipped_policies
from compliance.policy.schema import policy_schema

FOLDER = Path(__file__).parents[2] / "policies"


def validator() -> Any:
    schema = policy_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def document(file: Path) -> Any:
    return yaml_documents.plain(yaml_documents.read(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", shipped_policies())
def test_shipped_policies_are_valid(name: str) -> None:
    assert validator().is_valid(document(FOLDER / f"{name}.yaml"))


def test_a_broken_policy_is_not_valid() -> None:
    places = {
        "/".join(str(step) for step in error.absolute_path)
        for error in validator().iter_errors(document(Path(__file__).with_name("broken.yaml")))
    }
    assert {"version", "rules/0", "rules/1/severity", "rules/2/message", "rules/13/for"} <= places


def test_fields_have_the_names_that_editors_write() -> None:
    rule = policy_schema()["$defs"]["RuleDocument"]["properties"]
    assert {"for", "from", "until"} <= set(rule)
