"""The findings of a test: conditions see what it states, what follows from it, and else what is usual."""

from typing import Any

import pytest

from compliance.policy.facts import FACT_CLASSES
from compliance.policy.testing.findings import USUAL, Words, facts_in
from compliance.weights import families

KINDS = [kind for kind in FACT_CLASSES if kind != "inventory"]


def fact(kind: str, words: Words, *others: tuple[str, Words]) -> Any:
    return facts_in([(kind, words), *others], {})[kind][0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_may_be_stated_by_its_name_alone(kind: str) -> None:
    made = fact(kind, {})
    assert isinstance(made, FACT_CLASSES[kind])
    assert {name: getattr(made, name) for name in USUAL[kind]} == dict(USUAL[kind])


def test_weights_licenses_are_usually_declared_in_the_model_card() -> None:
    made = fact("license", {"subject": "weights"})
    assert (getattr(made, "basis", None), getattr(made, "path", None)) == ("declared", "README.md")


def test_what_another_finding_adds_is_worked_out() -> None:
    stated = {"purl": "pkg:pypi/a@1", "expression": "MIT", "path": "b.txt"}
    assert fact("dependency", {"purl": "pkg:pypi/a"}, ("dependency", stated)).license_known_elsewhere
    relation = {"field": "base_model_relation", "value": "merge"}
    assert fact("model-card", {"field": "base_model"}, ("model-card", relation)).base_model_relations == ("merge",)
    lead = next(one.id for one in families.families() if one.is_lead)
    assert fact("weights", {"family": lead}).lead


def test_what_is_stated_wins_over_what_would_be_worked_out() -> None:
    assert fact("dependency", {"license_known_elsewhere": True}).license_known_elsewhere
    assert fact("license", {"read_terms": ("forum=US",)}).read_terms == ("forum=US",)


def test_a_notice_belongs_to_the_origin_that_the_test_states() -> None:
    origin = {"relation": "derived", "introduced": "2020-01-01"}
    made = fact("notice", {"missing": ("license-text",)}, ("origin", origin))
    assert made.relation == "derived"
    assert made.committed_before_release
    assert made.license_text_missing


def test_the_inventory_counts_the_findings_unless_it_is_stated() -> None:
    (whole,) = facts_in([("weights", {}), ("license", {})], {"unlicensed": 3, "skipped": 2})["inventory"]
    seen = [getattr(whole, name) for name in ("files", "examined", "unlicensed", "skipped", "weights_findings")]
    assert seen == [10, 10, 3, 2, 1]
