"""The guide for policy editors names every word that conditions know."""

import re
from pathlib import Path

import pytest

from compliance.policy.functions import FUNCTIONS
from compliance.policy.loading import load_policy
from compliance.policy.testing.findings import USUAL
from compliance.policy.testing.running import run
from compliance.policy.vocabulary import KINDS
from tests.policy.testing.suites import TODAY, suite_in

GUIDE = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_stands_in_its_row(kind: str) -> None:
    (row,) = re.findall(rf"^\| `{kind}` \| `{KINDS[kind].variable}` \| (.*) \|$", GUIDE, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == set(KINDS[kind].fields)


def test_every_function_of_the_guide_exists_and_every_function_stands_in_it() -> None:
    named = set(re.findall(r"^\| `(\w+)\(", GUIDE, re.MULTILINE))
    assert named == set(FUNCTIONS)


def test_the_example_of_a_test_runs_and_passes(tmp_path: Path) -> None:
    section = GUIDE.partition("## Test a policy")[2]
    (example,) = re.findall(r"^```yaml\n(date:.*?)^```", section, re.MULTILINE | re.DOTALL)
    (claim,) = re.findall(r"^```yaml\n(equivalent:.*?)^```", section, re.MULTILINE | re.DOTALL)
    policy = load_policy("sovereign-ai")
    suite = suite_in(tmp_path, policy, example + claim)
    outcomes = run(policy, suite.tests, TODAY)
    assert [text.en for one in outcomes for text in one.failures] == []
    assert len(outcomes) == len(suite.claims) == 1


@pytest.mark.parametrize("kind", USUAL)
def test_what_is_usual_of_a_kind_is_said(kind: str) -> None:
    section = GUIDE.partition("## Test a policy")[2]
    assert re.search(rf"^\| {kind} \| ", section, re.MULTILINE) or kind in {"copyright", "contradiction"}
