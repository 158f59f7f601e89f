"""The engine judges random inventories by random policies as a slow, plain reading of docs/policy.md does."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from compliance.model.inventory import Inventory
from compliance.model.verdict import Assessment
from compliance.policy.evaluation import assess
from compliance.policy.loading import load_policy
from tests.policy.reference.random_policies import TODAY, cases
from tests.policy.reference.reference_judgement import Row, judged

MOST = 10_000 if settings().max_examples > 1_000 else 300
"""Ten thousand by `make properties`."""


def engine(policy: dict[str, Any], inventory: Inventory, folder: Path) -> tuple[list[Row], list[Row]]:
    file = folder / "policy.yaml"
    file.write_text(json.dumps(policy, ensure_ascii=False), encoding="utf-8")  # which is YAML too
    return rows(assess(inventory, load_policy(file), TODAY))


def rows(assessment: Assessment) -> tuple[list[Row], list[Row]]:
    verdicts: list[Row] = [
        (str(one.axis), one.target and str(one.target), str(one.verdict), list(one.rules))
        for one in assessment.verdicts
    ]
    return verdicts, list(_violations(assessment))


def _violations(assessment: Assessment) -> Iterator[Row]:
    for one in assessment.violations:
        said = re.search(r"evaluated on ([\d,]+) of these", one.unevaluated.en) if one.unevaluated else None
        failed = int(said[1].replace(",", "")) if said else 0
        yield (
            *(one.rule, str(one.axis), one.target and str(one.target), str(one.severity)),
            *(list(one.findings), one.lead is not None, failed),
        )


def in_order(some: list[Row]) -> list[str]:
    return sorted(map(repr, some))


@given(case=cases())
@settings(max_examples=MOST, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@pytest.mark.slow
def test_verdicts_and_violations_are_those_of_the_reference(
    case: tuple[dict[str, Any], Inventory], tmp_path: Path
) -> None:
    policy, inventory = case
    verdicts, violations = engine(policy, inventory, tmp_path)
    wanted, wanted_violations = judged(policy, json.loads(msgspec.json.encode(inventory)), TODAY)
    assert in_order(violations) == in_order(wanted_violations)
    assert in_order(verdicts) == in_order(wanted)
