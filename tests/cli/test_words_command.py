"""`compliance policy words` and `schema`: what editors look up."""

import pytest

from compliance.licenses.terms import TERMS
from compliance.policy.vocabulary import KINDS
from tests.cli.command import compliance


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_field_function_and_term_is_printed(language: str) -> None:
    finished = compliance("policy", "words", "--language", language)
    assert finished.status == 0
    for kind in KINDS.values():
        assert all(f"  {kind.variable}.{field}" in finished.stdout for field in kind.fields)
    for term in TERMS:
        assert f"  {term.name}" in finished.stdout
    assert "requires(expression, list)" in finished.stdout


def test_allowed_values_ranges_and_absence_stand_beside_the_meaning() -> None:
    lines = compliance("policy", "words", "--language", "en", COLUMNS="200").stdout.splitlines()
    (basis,) = (line for line in lines if line.startswith("  license.basis "))
    (score,) = (line for line in lines if line.startswith("  license.score "))
    assert basis.endswith("[concluded, declared, detected]")
    assert score.endswith("[0–100; may be absent]")


def test_the_same_is_there_as_json_in_both_languages() -> None:
    told = compliance("policy", "words", "--format", "json").json
    assert [kind["for"] for kind in told["kinds"]] == list(KINDS)
    basis = next(field for field in told["kinds"][0]["fields"] if field["name"] == "basis")
    assert basis["values"] == ["concluded", "declared", "detected"]
    assert set(basis["meaning"]) == {"en", "ko"}
    assert [term["name"] for term in told["terms"]] == [term.name for term in TERMS]


def test_the_schema_is_printed_as_json() -> None:
    assert compliance("policy", "schema").json["title"] == "compliance policy"
