"""What would change: whose verdict, by which rule, and how many violations."""

import datetime
from functools import partial
from pathlib import Path

import pytest

from compliance.errors import ConfigurationError
from compliance.model.finding import Finding
from compliance.model.inventory import Inventory
from compliance.model.replay import Replay
from compliance.model.skip import Skip
from compliance.model.submission import Subject
from compliance.model.text import Text
from compliance.model.verdict import Assessment, Axis, Target, Verdict
from compliance.policy.answers import FactGroups
from compliance.policy.evaluation import Judge, assess
from compliance.policy.facts import facts_of
from compliance.policy.loading import Policy, load_policy
from compliance.policy.replay import replay
from compliance.policy.waivers import WaiverFile, load_waivers
from tests.policy.inventories import inventory, license_of, policy_file, rule
from tests.policy.waiver_files import waiver, waiver_file

TODAY = datetime.date(2026, 11, 23)
GPL = "requires(license.expression, ['GPL-*'])"


def handed_in(name: str, *findings: Finding, skipped: tuple[Skip, ...] = ()) -> Inventory:
    facts = inventory(*findings, skipped=skipped)
    return Inventory(
        tool=facts.tool,
        subject=Subject(team="Team Hanbit", name=name),
        counts=facts.counts,
        findings=facts.findings,
        skipped=facts.skipped,
    )


def policy(folder: Path, rules: str) -> Policy:
    return load_policy(policy_file(folder, rules))


def replayed(
    before: Policy,
    after: Policy,
    *documents: Inventory,
    days: tuple[datetime.date, datetime.date] = (TODAY, TODAY),
    waivers: tuple[WaiverFile, ...] = (),
) -> Replay:
    stored = [(f"{one.subject.name}.json", partial(_read, one)) for one in documents]
    return replay(stored, Judge(before, days[0], waivers), Judge(after, days[1], waivers))


def test_a_policy_against_itself_changes_nothing(tmp_path: Path) -> None:
    same = policy(tmp_path, rule())
    found = replayed(same, same, handed_in("a", license_of("MIT")))
    assert found.same
    assert [one.file for one in found.documents] == ["a.json"]


def test_a_changed_verdict_names_submission_axis_and_the_rules_behind_it(tmp_path: Path) -> None:
    before = policy(tmp_path, rule("review-gpl", when=GPL))
    after = policy(tmp_path, rule("review-gpl", when=GPL) + rule("fail-gpl", when=GPL, severity="fail"))
    found = replayed(before, after, handed_in("a", license_of("GPL-2.0-only")), handed_in("b", license_of("MIT")))
    (document,) = found.changed
    (change,) = document.changes
    assert document.subject.name == "a"
    assert (change.axis, change.target, change.before, change.after, change.rules) == (
        Axis.DISCLOSURE, None, Verdict.REVIEW, Verdict.FAIL, ("fail-gpl",),
    )  # fmt: skip
    assert len(found.documents) == 2


def test_a_milder_verdict_names_the_rules_that_no_longer_lead_to_the_graver_one(tmp_path: Path) -> None:
    before = policy(tmp_path, rule("fail-gpl", when=GPL, severity="fail"))
    after = policy(tmp_path, rule("fail-gpl", when=GPL, severity="note"))
    (document,) = replayed(before, after, handed_in("a", license_of("GPL-2.0-only"))).changed
    assert [(one.before, one.after, one.rules) for one in document.changes] == [
        (Verdict.FAIL, Verdict.PASS, ("fail-gpl",))
    ]


def test_violations_are_counted_by_rule_over_documents_and_targets(tmp_path: Path) -> None:
    before = policy(
        tmp_path,
        rule("gone", when=GPL)
        + rule("graver", when=GPL)
        + rule("milder", when=GPL)
        + rule("moved", when="license.path == 'a.py'")
        + rule("same", when=GPL),
    )
    after = policy(
        tmp_path,
        rule("graver", when=GPL, severity="fail")
        + rule("milder", when=GPL, severity="note")
        + rule("moved", when="license.path == 'b.py'")
        + rule("new", when=GPL, axis="national-infrastructure")
        + rule("same", when=GPL),
    )
    findings = [license_of("GPL-2.0-only", path=f"{name}.py") for name in "ab"]
    found = replayed(before, after, handed_in("a", *findings), handed_in("b", *findings))
    assert {
        one.rule: (one.appear, one.vanish, one.graver, one.milder, one.other_findings) for one in found.rules
    } == {
        "gone": (0, 2, 0, 0, 0),
        "graver": (0, 0, 2, 0, 0),
        "milder": (0, 0, 0, 2, 0),
        "moved": (0, 0, 0, 0, 2),
        "new": (6, 0, 0, 0, 0),
    }


def test_the_same_policy_on_another_day_shows_what_comes_into_force(tmp_path: Path) -> None:
    rules = rule("now", when=GPL) + rule("later", when=GPL, severity="fail", more="from: 2027-01-01")
    same = policy(tmp_path, rules)
    found = replayed(
        same, same, handed_in("a", license_of("GPL-2.0-only")), days=(TODAY, datetime.date(2027, 1, 1))
    )
    assert [one.after for one in found.changed[0].changes] == [Verdict.FAIL]
    assert (found.before.evaluated_on, found.after.evaluated_on) == ("2026-11-23", "2027-01-01")


def test_a_waiver_that_expires_in_between_shows_as_a_graver_violation(tmp_path: Path) -> None:
    same = policy(tmp_path, rule(when=GPL, severity="fail"))
    waivers = load_waivers([waiver_file(tmp_path, waiver(expires="2026-12-31"))])
    found = replayed(
        same,
        same,
        handed_in("a", license_of("GPL-2.0-only")),
        days=(TODAY, datetime.date(2027, 1, 1)),
        waivers=waivers,
    )
    assert [(one.before, one.after) for one in found.changed[0].changes] == [(Verdict.PASS, Verdict.FAIL)]
    assert [(one.rule, one.graver) for one in found.rules] == [("sample-rule", 1)]


def test_an_axis_that_only_one_policy_asks_about_has_no_verdict_in_the_other(tmp_path: Path) -> None:
    before = policy(tmp_path, rule(when=GPL))
    after = policy(tmp_path, rule(when=GPL) + rule("other", when=GPL, axis="national-infrastructure"))
    (document,) = replayed(before, after, handed_in("a", license_of("MIT"))).changed
    assert [(one.target, one.before, one.after) for one in document.changes] == [
        (target, None, Verdict.PASS) for target in Target
    ]


def test_what_was_not_examined_stays_incomplete_under_both(tmp_path: Path) -> None:
    skip = Skip(path="a.bin", reason="unreadable", detail="permission denied")
    before, after = (policy(tmp_path, rule(when=GPL, severity=one)) for one in ("note", "review"))
    assert replayed(before, after, handed_in("a", license_of("GPL-2.0-only"), skipped=(skip,))).changed == ()


def _read(facts: Inventory) -> Inventory:
    return facts


def refused() -> Inventory:
    raise ConfigurationError(Text(en="b.json: not valid JSON", ko="b.json: JSON 아님"))


def gone() -> Inventory:
    raise FileNotFoundError(2, "No such file or directory")


def test_documents_that_can_not_be_read_are_told_and_the_others_judged(tmp_path: Path) -> None:
    judge = Judge(policy(tmp_path, rule()), TODAY)
    found = replay([("c.json", gone), ("b.json", refused), ("a.json", inventory)], judge, judge)
    assert [(one.path, one.reason, one.detail) for one in found.skipped] == [
        ("b.json", "malformed", "b.json: not valid JSON"),
        ("c.json", "unreadable", "No such file or directory"),
    ]
    assert [one.file for one in found.documents] == ["a.json"]


@pytest.mark.parametrize("name", ["sovereign-ai", "telecom-strict"])
def test_a_judge_that_remembers_says_the_same_as_one_that_does_not(name: str) -> None:
    rules = load_policy(name)
    judge = Judge(rules, TODAY)
    documents = [
        handed_in(str(number), license_of(expression), license_of("MIT", score=float(number)))
        for number, expression in enumerate(["MIT", "GPL-3.0-only", None, "MIT", "LicenseRef-qwen-research"] * 2)
    ]
    remembered: list[Assessment] = [judge.assess(one, FactGroups(facts_of(one))) for one in documents]
    assert remembered == [assess(one, rules, TODAY) for one in documents]
