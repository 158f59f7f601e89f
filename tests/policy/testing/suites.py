"""Small policies with tests beside them."""

import datetime
from pathlib import Path

from compliance.policy.loading import load_policy
from compliance.policy.policy import Policy
from compliance.policy.testing.running import Outcome, run
from compliance.policy.testing.suite import Suite, files_at, load_tests
from tests.policy.inventories import policy_file as written_policy
from tests.policy.inventories import rule

TODAY = datetime.date(2026, 11, 23)


def policy_in(folder: Path, rules: str | None = None, *, lists: str = "{}", thresholds: str = "{}") -> Policy:
    """A policy in `folder`; without `rules` its one rule is broken by what isn't under the MIT license."""
    simple = rule("not-mit", when="!only(license.expression, ['MIT'])", severity="fail")
    return load_policy(written_policy(folder, rules or simple, lists=lists, thresholds=thresholds))


def suite_in(folder: Path, policy: Policy, tests: str) -> Suite:
    """The tests that are `tests` in YAML, in a file of `folder`."""
    file = folder / "cases.yaml"
    file.write_text(tests, encoding="utf-8")
    return load_tests(policy, files_at([file]))


def outcome_of(folder: Path, test: str, policy: Policy | None = None) -> Outcome:
    """What comes of one test, the lines of which are `test`."""
    used = policy or policy_in(folder)
    (outcome,) = run(used, suite_in(folder, used, f"tests:\n- name: a test\n  {test}\n").tests, TODAY)
    return outcome
