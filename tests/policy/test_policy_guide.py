"""The guide for policy editors names every word that conditions know."""

import re
from pathlib import Path

import pytest

from compliance.policy.functions import FUNCTIONS
from compliance.policy.vocabulary import KINDS

GUIDE = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_stands_in_its_row(kind: str) -> None:
    (row,) = re.findall(rf"^\| `{kind}` \| `{KINDS[kind].variable}` \| (.*) \|$", GUIDE, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == set(KINDS[kind].fields)


def test_every_function_of_the_guide_exists_and_every_function_stands_in_it() -> None:
    named = set(re.findall(r"^\| `(\w+)\(", GUIDE, re.MULTILINE))
    assert named == set(FUNCTIONS)
