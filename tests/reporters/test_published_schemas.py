"""The published JSON Schemas say what documents of the first version look like."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, ValidationError

from compliance.model.verdict import Assessment
from compliance.reporters.json_v1 import encode_assessment
from tests.reporters.assessment_strategies import ANY_TEXT, assessments
from tests.reporters.examples import REPORTS, schemas
from tests.reporters.published_schemas import FIXED_FINDING_NAMES, FIXED_NAMES, PUBLISHED, published_schema

ASSESSMENT_SCHEMA = published_schema("compliance.assessment-1.schema.json")
ASSESSMENTS = Draft202012Validator(ASSESSMENT_SCHEMA)
EXAMPLE = REPORTS / "examples" / "hanbit.assessment.json"


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    match node:
        case dict():
            if "properties" in node and isinstance(node.get("required"), list):
                yield node
            for inner in node.values():
                yield from _objects(inner)
        case list():
            for inner in node:
                yield from _objects(inner)
        case _:
            pass


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_file_is_up_to_date(name: str) -> None:
    assert (REPORTS / "schemas" / name).read_bytes() == schemas()[name], "run make examples"


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_file_is_a_valid_schema(name: str) -> None:
    Draft202012Validator.check_schema(json.loads((REPORTS / "schemas" / name).read_bytes()))


def test_the_schemas_are_shipped_in_the_wheel() -> None:
    project = (Path(REPORTS).parent / "pyproject.toml").read_text(encoding="utf-8")

    assert '"reports/schemas" = "compliance/shipped/schemas"' in project


def test_every_fixed_name_is_required() -> None:
    parts = {"Assessment": ASSESSMENT_SCHEMA, **ASSESSMENT_SCHEMA["$defs"]}
    for struct, names in FIXED_NAMES.items():
        if struct.__name__ in parts:
            assert set(names) <= set(parts[struct.__name__]["required"]), struct.__name__


def test_every_kind_of_finding_requires_its_own_names() -> None:
    kinds = {
        part["properties"]["kind"]["enum"][0]: part["required"]
        for part in ASSESSMENT_SCHEMA["$defs"].values()
        if "kind" in part.get("properties", {}) and "evidence" in part["properties"]
    }
    for kind, names in FIXED_FINDING_NAMES.items():
        assert set(names) <= set(kinds[kind]), kind


@settings(max_examples=40, deadline=None)
@given(assessments(ANY_TEXT))
def test_every_assessment_is_valid(assessment: Assessment) -> None:
    ASSESSMENTS.validate(json.loads(encode_assessment(assessment)))


def test_a_document_holds_nothing_that_the_schema_does_not_describe() -> None:
    strict = json.loads(json.dumps(ASSESSMENT_SCHEMA))
    for part in [strict, *_objects(strict["$defs"])]:
        part["additionalProperties"] = False

    Draft202012Validator(strict).validate(json.loads(EXAMPLE.read_bytes()))


def test_fields_of_a_later_version_are_valid() -> None:
    ASSESSMENTS.validate({**json.loads(EXAMPLE.read_bytes()), "added_later": 1})


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (["schema"], "compliance.assessment/2"),
        (["verdicts", 0, "verdict"], "fine"),
        (["findings", 0, "lines"], [1]),
        (["findings", 0, "lines"], [0, 4]),
        (["findings", 0, "kind"], "rumour"),
        (["skipped", 0, "reason"], "tired"),
        (["violations", 0, "message"], {"en": "only English"}),
    ],
)
def test_a_planted_fault_is_found(path: list[str | int], wrong: object) -> None:
    document = json.loads(EXAMPLE.read_bytes())
    parent: Any = document
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = wrong

    with pytest.raises(ValidationError):
        ASSESSMENTS.validate(document)
