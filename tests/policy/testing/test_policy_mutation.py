"""Small changes of a policy: which are made, which are noticed, and whose claims of no effect are wrong."""

from pathlib import Path

import pytest

from compliance.policy.loading import load_policy, policy_file
from compliance.policy.policy import Policy
from compliance.policy.testing.condition_mutants import mutants
from compliance.policy.testing.coverage import RuleCoverage, coverage_of
from compliance.policy.testing.mutants import LONGEST_LIST, long_lists, mutants_of
from compliance.policy.testing.mutation import Mutation, mutate
from compliance.policy.testing.places import Places
from compliance.policy.testing.running import run
from tests.policy.inventories import rule
from tests.policy.testing.suites import TODAY, policy_in, suite_in


@pytest.mark.parametrize(
    ("condition", "changed"),
    [
        ("a", {"!(a)"}),
        ("a && b", {"!(a && b)", "a", "b", "a || b", "!(a) && b", "a && !(b)"}),
        ("a || (b && c)", {
            "!(a || (b && c))", "(b && c)", "a", "a && (b && c)", "!(a) || (b && c)", "a || (c)", "a || (b)",
            "a || (b || c)", "a || (!(b) && c)", "a || (b && !(c))",
        }),
        ("x >= 3", {"!(x >= 3)", "x > 3", "x >= 2", "x >= 4"}),
        ("x < 0.5", {"!(x < 0.5)", "x <= 0.5", "x < 0.49", "x < 0.51"}),
        ("x in ['a', 'b']", {"!(x in ['a', 'b'])", "x in ['b']", "x in ['a']"}),
        ("f(x, lists.a + lists.b)", {"!(f(x, lists.a + lists.b))", "f(x, lists.b)", "f(x, lists.a)"}),
        ("x == 'a >= 3 && b'", {"!(x == 'a >= 3 && b')"}),
        ("x1.y2 == z", {"!(x1.y2 == z)"}),
    ],
)  # fmt: skip
def test_a_condition_is_changed_in_every_small_way(condition: str, changed: set[str]) -> None:
    found = mutants(condition)
    assert {one.condition for one in found} == changed
    assert len({one.change for one in found}) == len(found)


SCORED = rule(
    "unsure",
    when="has(license.score) && license.score < thresholds.sure",
    axis="national-infrastructure",
    more="targets: [defence]\nfrom: 2026-01-01",
)
LISTED = rule("bad", when="requires(license.expression, lists.bad)", severity="fail")


def policy(folder: Path) -> Policy:
    return policy_in(folder, LISTED + SCORED, lists="{bad: [GPL-*, AGPL-3.0-only]}", thresholds="{sure: 90.0}")


def test_everything_that_an_editor_tunes_is_changed(tmp_path: Path) -> None:
    made = policy(tmp_path)
    found = {one.name for one in mutants_of(made, Places(policy_file(tmp_path / "policy.yaml")))}
    assert found >= {
        ("bad", "negated requires(license.expression, lists.bad)"),
        ("bad", "severity: review"),
        ("bad", "without GPL-*"),
        ("bad", "without AGPL-3.0-only"),
        ("sure", "90.0 → 89.99"),
        ("sure", "90.0 → 90.01"),
        ("unsure", "license.score < thresholds.sure → license.score <= thresholds.sure"),
        ("unsure", "without license.score < thresholds.sure"),
        ("unsure", "targets: [defence, security]"),
        ("unsure", "from: 2025-12-31"),
        ("unsure", "from: 2026-01-02"),
    }
    # the guard can't be left out: loading would refuse the condition
    assert ("unsure", "without has(license.score)") not in found


def test_the_first_and_the_last_day_there_are_have_one_neighbour(tmp_path: Path) -> None:
    made = policy_in(tmp_path, rule("ever", more="from: 0001-01-01\nuntil: 9999-12-31"))
    found = {one.change for one in mutants_of(made, Places(policy_file(tmp_path / "policy.yaml")))}
    assert {one for one in found if one.startswith(("from:", "until:"))} == {
        "from: 0001-01-02",
        "until: 9999-12-30",
    }


def test_mutants_name_the_line_of_what_they_change(tmp_path: Path) -> None:
    made = policy(tmp_path)
    file = tmp_path / "policy.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    found = {one.name: lines[one.line - 1] for one in mutants_of(made, Places(policy_file(file)))}
    assert "severity:" in found["bad", "severity: review"]
    assert "when:" in found["unsure", "negated"]
    assert "lists:" in found["bad", "without GPL-*"]
    assert "thresholds:" in found["sure", "90.0 → 89.99"]
    assert "targets:" in found["unsure", "targets: [defence, security]"]


def test_long_lists_are_left_whole_and_named(tmp_path: Path) -> None:
    many = ", ".join(f"LicenseRef-{number}" for number in range(LONGEST_LIST + 1))
    made = policy_in(tmp_path, LISTED, lists=f"{{bad: [{many}]}}")
    places = Places(policy_file(tmp_path / "policy.yaml"))
    assert long_lists(places) == ("bad",)
    found = mutants_of(made, places)
    assert not [one for one in found if one.change.startswith("without")]


NOTICING = """\
tests:
- {name: a, findings: [{kind: license, expression: GPL-3.0-only}], flags: [bad: fail], leaves: [unsure]}
- {name: b, findings: [{kind: license, expression: AGPL-3.0-only}], flags: [bad]}
- {name: c, findings: [{kind: license, expression: MIT}], leaves: [bad]}
- name: d
  date: 2026-01-01
  findings: [{kind: license, expression: MIT, score: 89.99}]
  flags: [unsure: {severity: review, targets: [defence]}]
- {name: e, findings: [{kind: license, expression: MIT, score: 90.0}], leaves: [unsure]}
- {name: f, date: 2025-12-31, findings: [{kind: license, expression: MIT, score: 1}], leaves: [unsure]}
"""


UNNAMED = NOTICING.replace("AGPL-3.0-only", "GPL-2.0-only").replace("MIT, score: 1", "AGPL-3.0-only, score: 1")
"""No test expects anything of the second entry of the list, though one shows it a license of that name."""


def mutation(folder: Path, tests: str) -> Mutation:
    made = policy(folder)
    suite = suite_in(folder, made, tests)
    outcomes = run(made, suite.tests, TODAY)
    assert not [one for one in outcomes if one.failures]
    return mutate(made, outcomes, mutants_of(made, Places(policy_file(folder / "policy.yaml"))), suite.claims)


def test_good_tests_notice_every_change(tmp_path: Path) -> None:
    found = mutation(tmp_path, NOTICING)
    assert [one.name for one in found.survivors] == []
    assert found.complete
    assert found.noticed == found.tried


@pytest.mark.parametrize(
    ("weaker", "survivor"),
    [
        (NOTICING.replace("flags: [bad: fail]", "flags: [bad]"), ("bad", "severity: review")),
        (NOTICING.replace("score: 89.99", "score: 50"), ("sure", "90.0 → 89.99")),
        (NOTICING.replace("score: 90.0", "score: 95"), ("sure", "90.0 → 90.01")),
        (NOTICING.replace("AGPL-3.0-only", "GPL-2.0-only"), ("bad", "without AGPL-3.0-only")),
        (NOTICING.replace("date: 2026-01-01", "date: 2026-02-01"), ("unsure", "from: 2026-01-02")),
        (NOTICING.replace(", targets: [defence]", ""), ("unsure", "targets: [defence, security]")),
    ],
)
def test_a_weaker_test_lets_a_change_through(tmp_path: Path, weaker: str, survivor: tuple[str, str]) -> None:
    assert survivor in {one.name for one in mutation(tmp_path, weaker).survivors}


@pytest.mark.parametrize(
    ("change", "tests", "why"),
    [
        ("without GPL-*", NOTICING, "the test 'a' tells the two apart"),
        ("without MIT", NOTICING, "there is no such change"),
        ("severity: review", NOTICING.replace("flags: [bad: fail]", "flags: [bad]"), "would judge otherwise"),
        (
            "without AGPL-3.0-only",
            UNNAMED,
            "this finding tells the two apart",
        ),
    ],
)  # fmt: skip
def test_a_wrong_claim_of_no_effect_is_refuted(tmp_path: Path, change: str, tests: str, why: str) -> None:
    claim = f'equivalent:\n- {{of: bad, change: "{change}", reason: none}}\n'
    found = mutation(tmp_path, tests + claim)
    assert not found.complete
    ((_, said),) = found.refuted
    assert why in said.en


def test_a_right_claim_of_no_effect_is_believed(tmp_path: Path) -> None:
    redundant = rule("bad", when="requires(license.expression, lists.bad + lists.more)", severity="fail")
    made = policy_in(tmp_path, redundant, lists="{bad: [GPL-*], more: [GPL-3.0-only]}")
    tests = """\
tests:
- {name: a, findings: [{kind: license, expression: GPL-3.0-only}], flags: [bad: fail]}
- {name: b, findings: [{kind: license, expression: GPL-2.0-only}], flags: [bad]}
- {name: c, findings: [{kind: license, expression: MIT}], leaves: [bad]}
equivalent:
- {of: bad, change: without lists.more, reason: the other list has it}
- {of: more, change: without GPL-3.0-only, reason: the other list has it}
"""
    suite = suite_in(tmp_path, made, tests)
    outcomes = run(made, suite.tests, TODAY)
    found = mutate(made, outcomes, mutants_of(made, Places(policy_file(tmp_path / "policy.yaml"))), suite.claims)
    assert [one.name for one in found.survivors] == []
    assert found.refuted == ()
    assert len(found.equivalent) == 2


def coverage(folder: Path, made: Policy, tests: str) -> tuple[RuleCoverage, ...]:
    outcomes = run(made, suite_in(folder, made, tests).tests, TODAY)
    return coverage_of(made, Places(policy_file(folder / "policy.yaml")), outcomes)


def test_coverage_tells_what_never_mattered(tmp_path: Path) -> None:
    made = policy(tmp_path)
    finding = "{kind: license, expression: MIT, score: 80}"
    tests = f"tests: [{{name: a, findings: [{finding}], flags: [unsure], leaves: [bad]}}]\n"
    bad, unsure = coverage_of(
        made,
        Places(policy_file(tmp_path / "policy.yaml")),
        run(made, suite_in(tmp_path, made, tests).tests, TODAY),
    )
    assert (bad.broken, bad.left, unsure.broken, unsure.left) == (0, 1, 1, 0)
    assert [(one.seen_true, one.seen_false) for one in bad.questions] == [(False, True)]
    assert [(one.seen_true, one.seen_false) for one in unsure.questions] == [(True, False), (True, False)]
    assert not bad.complete


def test_a_guard_matters_though_the_number_it_guards_is_absent(tmp_path: Path) -> None:
    made = policy(tmp_path)
    _, unsure = coverage_of(
        made,
        Places(policy_file(tmp_path / "policy.yaml")),
        run(made, suite_in(tmp_path, made, NOTICING).tests, TODAY),
    )
    assert unsure.complete


DERIVED = """\
id: derived
version: "1"
status: draft
description: {en: A derived one., ko: 파생.}
extends: ./policy.yaml
lists: {bad: {add: [MPL-2.0], remove: [AGPL-3.0-only]}}
thresholds: {sure: 95.0}
rules: [{id: bad, severity: review}]
"""


def test_a_derived_policy_is_changed_where_it_differs(tmp_path: Path) -> None:
    policy(tmp_path)
    file = tmp_path / "derived.yaml"
    file.write_text(DERIVED, encoding="utf-8")
    found = {one.name for one in mutants_of(load_policy(file), Places(policy_file(file)))}
    assert {of for of, _ in found} == {"bad", "sure"}
    assert found >= {
        ("bad", "without MPL-2.0"),
        ("bad", "with AGPL-3.0-only"),
        ("bad", "severity: obligation"),
        ("sure", "95.0 → 94.99"),
    }
    assert ("bad", "without GPL-*") not in found
