"""The JSON Schema of policy files agrees with the loader, and explains what it asks for."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from compliance import yaml_documents
from compliance.errors import PolicyError
from compliance.licenses.terms import TERMS
from compliance.policy.loading import load_policy, shipped_policies
from compliance.policy.schema import policy_schema
from compliance.policy.vocabulary import KINDS
from tests.policy.inventories import policy_file, rule

FOLDER = Path(__file__).parents[2] / "policies"
SCHEMA = policy_schema()
RULE = SCHEMA["$defs"]["RuleDocument"]


def validator() -> Any:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


def document(file: Path) -> Any:
    return yaml_documents.plain(yaml_documents.read(file.read_text(encoding="utf-8")))


def described(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of every object in `schema` but those of conditional parts."""
    for name, value in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if name in {"if", "then", "else"}:
            continue
        if name == "properties":
            yield from value.items()
        if isinstance(value, dict | list):
            yield from described(value)


@pytest.mark.parametrize("name", shipped_policies())
def test_shipped_policies_are_valid(name: str) -> None:
    assert validator().is_valid(document(FOLDER / f"{name}.yaml"))


def test_a_broken_policy_is_not_valid() -> None:
    places = {
        "/".join(str(step) for step in error.absolute_path)
        for error in validator().iter_errors(document(Path(__file__).with_name("broken.yaml")))
    }
    assert {"version", "rules/0", "rules/1/severity", "rules/2/message", "rules/13/for"} <= places


def _without(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda rule: rule.pop(key)


MISTAKES: list[Callable[[dict[str, Any]], object]] = [
    *(_without(key) for key in ("id", "axis", "severity", "for", "when", "message", "remedy", "why")),
    lambda rule: rule.update(id="With Spaces"),
    lambda rule: rule.update(id="under_score"),
    lambda rule: rule.update(axis="disclosures"),
    lambda rule: rule.update(severity="error"),
    lambda rule: rule.update({"for": "licence"}),
    lambda rule: rule.update(when=""),
    lambda rule: rule.update(when=3),
    lambda rule: rule.update(targets=["army"]),
    lambda rule: rule.update(targets=[]),
    lambda rule: rule.update({"from": "tomorrow"}),
    lambda rule: rule.update(remedi={"en": "a", "ko": "가"}),
    lambda rule: rule["message"].pop("ko"),
    lambda rule: rule["message"].update(fr="a"),
    lambda rule: rule.update(references="a text"),
    lambda rule: rule.update(owner=""),
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_typical_mistake_is_not_valid(mistake: Callable[[dict[str, Any]], object], tmp_path: Path) -> None:
    right = document(policy_file(tmp_path, rule()))
    wrong = copy.deepcopy(right)
    mistake(wrong["rules"][0])
    checks = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert checks.is_valid(right)
    assert not checks.is_valid(wrong)


@pytest.mark.parametrize(
    "change",
    [
        lambda policy: policy.update(version=1.0),
        lambda policy: policy.update(status="final"),
        lambda policy: policy.update(lists={"a_b": []}),
        lambda policy: policy.update(lists={"a": "MIT"}),
        lambda policy: policy.update(lists={"a": [1]}),
        lambda policy: policy.update(thresholds={"a": "high"}),
        lambda policy: policy.update(rules=[]),
        lambda policy: policy.update(rule=[]),
        lambda policy: policy.pop("description"),
    ],
)
def test_a_mistake_outside_of_rules_is_not_valid(
    change: Callable[[dict[str, Any]], object], tmp_path: Path
) -> None:
    policy = document(policy_file(tmp_path, rule()))
    change(policy)
    assert not validator().is_valid(policy)


def test_fields_have_the_names_that_editors_write() -> None:
    assert {"for", "from", "until"} <= set(RULE["properties"])


def test_every_field_has_a_hover_text_in_both_languages() -> None:
    conditions = [part["then"]["properties"]["when"] for part in RULE["allOf"]]
    for name, one in [*described(SCHEMA), *(("when", condition) for condition in conditions)]:
        if name == "when" and "description" not in one:
            continue  # what it may ask depends on `for`
        english, korean = one["description"].split("\n")[0], one["description"].split("\n")[2]
        assert english.isascii(), name
        assert any("가" <= character <= "힣" for character in korean), name


def test_every_value_of_an_enumeration_has_one_too() -> None:
    listed = [one for one in SCHEMA["$defs"].values() if "enum" in one]
    listed += [one for _, one in described(SCHEMA) if "enum" in one]
    assert len(listed) >= 4
    for one in listed:
        assert len(one["enum"]) == len(one["enumDescriptions"])
        assert all(any("가" <= letter <= "힣" for letter in text) for text in one["enumDescriptions"])


def test_a_condition_explains_the_fields_of_the_kind_that_it_is_for() -> None:
    told = {
        part["if"]["properties"]["for"]["const"]: part["then"]["properties"]["when"]["description"]
        for part in RULE["allOf"]
    }
    assert set(told) == set(KINDS)
    for kind in KINDS.values():
        assert all(f"- {kind.variable}.{field}" in told[kind.name] for field in kind.fields)
        assert "- requires(expression, list)" in told[kind.name]


def test_examples_of_conditions_can_be_loaded(tmp_path: Path) -> None:
    for number, example in enumerate(RULE["properties"]["when"]["examples"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        kind = example.removeprefix("requires(").removeprefix("has(").partition(".")[0]
        load_policy(
            policy_file(
                folder,
                rule(when=example, kind=kind),
                lists="{noncommercial: [CC-BY-NC-*]}",
                thresholds="{sure-score: 90.0, unlicensed-files: 0}",
            )
        )


def test_every_suggested_entry_of_a_list_can_be_loaded(tmp_path: Path) -> None:
    suggested = SCHEMA["$defs"]["Answer"]["enum"]
    answers = [entry for entry in suggested if "=" in entry]
    terms = [entry for entry in suggested if "=" not in entry]
    assert terms == [definition.name for definition in TERMS]
    when = "!settled(license.expression, lists.terms, lists.answers)"
    listed = f"{{terms: [{', '.join(terms)}], answers: [{', '.join(map(repr, answers))}]}}"
    try:
        load_policy(policy_file(tmp_path, rule(when=when), lists=listed))
    except PolicyError as error:
        pytest.fail("\n".join(error.lines("en")))


def test_entries_that_are_not_suggested_are_valid_too(tmp_path: Path) -> None:
    assert validator().is_valid(document(policy_file(tmp_path, rule(), lists="{a: [MIT, GPL-*, KR]}")))
