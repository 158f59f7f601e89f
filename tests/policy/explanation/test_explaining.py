"""Explanations: what questions saw, why a rule held, which clause says so, and what would turn the verdict."""

import datetime
from pathlib import Path

import msgspec
import pytest

from compliance.model.inventory import Inventory
from compliance.model.skip import Skip
from compliance.model.verdict import Axis, Verdict
from compliance.policy.evaluation import assess
from compliance.policy.explanation.document import Explanation, Group, PolicyChange, RuleExplained
from compliance.policy.explanation.explaining import Wanted, explain
from compliance.policy.loading import load_policy
from compliance.policy.policy import Policy
from compliance.weights import families
from tests.policy.inventories import (
    card,
    component,
    inventory,
    license_of,
    member,
    origin,
    policy_file,
    rule,
    weights_license,
)

TODAY = datetime.date(2026, 11, 23)
FOREIGN = rule(
    "foreign", kind="weights", when="has(weights.country) && !(weights.country in lists.domestic)", severity="fail"
)
CHINESE = component("vision_encoder", country="CN")


def policy(folder: Path, rules: str = FOREIGN, lists: str = "{domestic: [KR]}", thresholds: str = "{}") -> Policy:
    return load_policy(policy_file(folder, rules, lists=lists, thresholds=thresholds))


def explained(facts: Inventory, by: Policy, wanted: Wanted | None = None) -> Explanation:
    return explain(facts, by, TODAY, wanted or Wanted())


def only_rule(explanation: Explanation) -> RuleExplained:
    (found,) = explanation.rules
    return found


def only_group(explanation: Explanation) -> Group:
    (found,) = only_rule(explanation).groups
    return found


def test_every_question_tells_what_it_saw_and_what_it_answered(tmp_path: Path) -> None:
    group = only_group(explained(inventory(CHINESE), policy(tmp_path)))
    assert [(one.text, one.answer, one.decides) for one in group.questions] == [
        ("has(weights.country)", True, True),
        ("weights.country in lists.domestic", False, True),
    ]
    assert [(one.name, one.value) for one in group.questions[1].seen] == [
        ("weights.country", "CN"),
        ("lists.domestic", ("KR",)),
    ]
    assert group.holds


def test_only_the_questions_that_decide_are_marked(tmp_path: Path) -> None:
    group = only_group(explained(inventory(component(country="KR")), policy(tmp_path)))
    assert not group.holds
    assert [one.text for one in group.questions if one.decides] == ["weights.country in lists.domestic"]


def test_long_lists_are_told_by_their_size(tmp_path: Path) -> None:
    many = ", ".join(f"A{number}" for number in range(30))
    group = only_group(explained(inventory(CHINESE), policy(tmp_path, lists=f"{{domestic: [{many}]}}")))
    (seen,) = [one for one in group.questions[1].seen if one.name == "lists.domestic"]
    assert (seen.value, seen.entries) == (None, 30)


def test_a_license_is_told_with_its_clause(tmp_path: Path) -> None:
    bans = rule("bans", when="requires(license.expression, lists.bans)")
    by = policy(tmp_path, bans, lists="{bans: [military_use=prohibited, GPL-*]}")
    group = only_group(explained(inventory(weights_license("LicenseRef-llama-3.1 AND GPL-2.0-only")), by))
    llama, gpl = group.questions[0].licenses
    assert (llama.license, llama.entry) == ("LicenseRef-llama-3.1", "military_use=prohibited")
    (clause,) = llama.clauses
    assert (clause.license_id, clause.term, clause.answers) == ("llama-3.1", "military_use", ("prohibited",))
    assert clause.section
    assert clause.locator
    assert clause.document == "acceptable-use-policy"
    assert (gpl.license, gpl.entry, gpl.clauses) == ("GPL-2.0-only", "GPL-*", ())


@pytest.mark.parametrize(
    ("when", "expression", "expected"),
    [
        ("says(license.expression, 'forum', ['KR'])", "LicenseRef-k-exaone", [("forum=KR", ())]),
        ("says_other(license.expression, 'forum', ['US'])", "LicenseRef-k-exaone", [("forum=KR", ())]),
        ("settled(license.expression, ['forum'], ['MIT'])", "MIT", [("MIT", ())]),
        ("settled(license.expression, ['forum'], ['MIT'])", "LicenseRef-nobody", [(None, ("forum",))]),
        ("only(license.expression, ['MIT'])", "MIT AND ISC", [("MIT", ()), (None, ())]),
        ("known(license.expression)", "LicenseRef-scancode-unknown", [(None, ())]),
    ],
)
def test_every_function_tells_which_licenses_it_is_about(
    tmp_path: Path, when: str, expression: str, expected: list[tuple[str | None, tuple[str, ...]]]
) -> None:
    group = only_group(explained(inventory(weights_license(expression)), policy(tmp_path, rule(when=when))))
    assert [(one.entry, one.unknown_terms) for one in group.questions[0].licenses] == expected


def test_a_lead_is_told_as_one(tmp_path: Path) -> None:
    lead = next(one.id for one in families.families() if one.is_lead)
    fails = rule(kind="weights", when="has(weights.family)", severity="fail")
    explanation = explained(inventory(component(family=lead)), policy(tmp_path, fails))
    assert only_group(explanation).lead
    assert explanation.verdicts[0].verdict is Verdict.REVIEW
    assert explanation.verdicts[0].better is Verdict.PASS


def test_rules_that_are_not_asked_are_told_with_the_reason(tmp_path: Path) -> None:
    rules = (
        FOREIGN
        + rule("later", kind="weights", more="from: 2027-01-01")
        + rule("over", kind="weights", more="until: 2025-12-31")
        + rule("cards", kind="model-card")
    )
    by = policy(tmp_path, rules)
    whole = {one.rule: (one.reason, one.date) for one in explained(inventory(CHINESE), by).not_asked}
    assert whole == {
        "later": ("not-yet", "2027-01-01"),
        "over": ("no-longer", "2025-12-31"),
        "cards": ("no-such-finding", None),
    }
    facts = inventory(CHINESE, card("license", "mit"))
    one = explained(facts, by, Wanted(finding=CHINESE.id))
    assert ("cards", "other-kind") in {(one.rule, one.reason) for one in one.not_asked}


def test_one_finding_rule_or_axis_may_be_asked_for(tmp_path: Path) -> None:
    by = policy(tmp_path, FOREIGN + rule("other", axis="policy-independence", kind="weights"))
    facts = inventory(CHINESE, component("model", country="KR"))
    assert [one.rule for one in explained(facts, by, Wanted(rule="other")).rules] == ["other"]
    assert [one.rule for one in explained(facts, by, Wanted(axis=Axis.DISCLOSURE)).rules] == ["foreign"]
    of_one = explained(facts, by, Wanted(finding=CHINESE.id, rule="foreign"))
    assert [place.finding for place in only_group(of_one).findings] == [CHINESE.id]


def changes(explanation: Explanation) -> list[tuple[str, str, object]]:
    return [(one.of, one.action, one.value) for one in explanation.verdicts[0].policy]


def judged_anew(by: Policy, folder: Path, facts: Inventory, change: PolicyChange) -> Verdict:
    """The verdict by the policy as it would be written with the change."""
    lists = {name: list(entries) for name, entries in by.lists.items()}
    thresholds = dict(by.thresholds)
    match change.action:
        case "add":
            lists[change.of].append(str(change.value))
        case "remove":
            lists[change.of].remove(str(change.value))
        case _:
            assert not isinstance(change.value, str)
            thresholds[change.of] = change.value
    text = (folder / "policy.yaml").read_text(encoding="utf-8")
    written = policy_file(folder, text.partition("rules:\n")[2], lists=str(lists), thresholds=str(thresholds))
    return assess(facts, load_policy(written), TODAY).verdicts[0].verdict


SHARES = rule(
    "share",
    kind="origin",
    when="has(origin.share) && origin.share >= thresholds.share && !(origin.country in lists.domestic)",
)
CASES = [
    (FOREIGN, "{domestic: [KR]}", "{}", inventory(CHINESE), [("domestic", "add", "CN")]),
    (
        SHARES,
        "{domestic: [KR]}",
        "{share: 0.3}",
        inventory(origin(member(share=0.4, country="US"))),
        [("domestic", "add", "US"), ("share", "set", 0.41)],
    ),
    (
        rule(when="has(license.score) && license.score < thresholds.sure"),
        "{}",
        "{sure: 90.0}",
        inventory(license_of("MIT", score=60.0), license_of("ISC", score=72.5)),
        [("sure", "set", 60.0)],
    ),
    (
        rule(when="requires(license.expression, lists.bad)"),
        "{bad: [GPL-*, MPL-2.0]}",
        "{}",
        inventory(license_of("GPL-3.0-only AND MIT")),
        [("bad", "remove", "GPL-*")],
    ),
    (
        rule(when="!only(license.expression, lists.good)"),
        "{good: [MIT]}",
        "{}",
        inventory(license_of("MIT AND ISC")),
        [("good", "add", "ISC")],
    ),
    (
        rule(kind="inventory", when="inventory.unlicensed * 100 > inventory.files * thresholds.percent"),
        "{}",
        "{percent: 5}",
        inventory(counts=msgspec.structs.replace(inventory().counts, files=100, unlicensed=30)),
        [("percent", "set", 30)],
    ),
    (FOREIGN, "{domestic: [KR]}", "{}", inventory(CHINESE, component("model", country="US")), []),
]


@pytest.mark.parametrize(("rules", "lists", "thresholds", "facts", "expected"), CASES)
def test_single_changes_of_the_policy_that_turn_the_verdict_are_found_and_do(
    tmp_path: Path,
    rules: str,
    lists: str,
    thresholds: str,
    facts: Inventory,
    expected: list[tuple[str, str, object]],
) -> None:
    by = policy(tmp_path, rules, lists, thresholds)
    explanation = explained(facts, by)
    assert changes(explanation) == expected
    for change in explanation.verdicts[0].policy:
        assert judged_anew(by, tmp_path, facts, change) is Verdict.PASS


def test_findings_that_lead_to_the_verdict_are_all_told_with_the_fewest_fields(tmp_path: Path) -> None:
    rules = (
        rule("one", when="requires(license.expression, ['GPL-*'])", severity="fail")
        + rule("two", when="license.altered || requires(license.expression, ['GPL-2.0-only'])", severity="fail")
        + rule("milder", when="!known(license.expression)")
    )
    gpl, other = license_of("GPL-2.0-only"), license_of("GPL-3.0-only", altered=True, path="b.c")
    facts = inventory(gpl, other, license_of(None, path="c.c"))
    (verdict,) = explained(facts, policy(tmp_path, rules)).verdicts
    assert (verdict.verdict, verdict.better) == (Verdict.FAIL, Verdict.REVIEW)
    found = {one.findings[0].finding: one for one in verdict.findings}
    assert found.keys() == {gpl.id, other.id}
    assert [way.fields for way in found[gpl.id].ways] == [("expression",)]
    assert found[gpl.id].rules == ("one", "two")
    assert [set(way.fields) for way in found[other.id].ways] == [{"expression", "altered"}]


def test_a_field_that_nobody_stated_is_the_last_resort(tmp_path: Path) -> None:
    (verdict,) = explained(inventory(CHINESE), policy(tmp_path)).verdicts
    (way,) = verdict.findings[0].ways
    assert [(one.question, one.answer) for one in way.changes] == [("weights.country in lists.domestic", True)]


def test_what_was_not_examined_is_told_apart(tmp_path: Path) -> None:
    facts = inventory(CHINESE, skipped=[Skip(path="a", reason="unreadable", detail="")])
    (verdict,) = explained(facts, policy(tmp_path)).verdicts
    assert verdict.incomplete
    assert (verdict.verdict, verdict.better) == (Verdict.FAIL, Verdict.INCOMPLETE)
    (clean,) = explained(inventory(skipped=facts.skipped), policy(tmp_path)).verdicts
    assert (clean.verdict, clean.better, clean.findings) == (Verdict.INCOMPLETE, None, ())


def test_an_explanation_agrees_with_the_assessment_and_is_the_same_every_time() -> None:
    by = load_policy("sovereign-ai")
    facts = inventory(
        weights_license("LicenseRef-llama-3.1"),
        CHINESE,
        origin(),
        license_of("MIT", score=60.0),
        card("base_model", "a/b"),
    )
    one, other = explained(facts, by), explained(facts, by)
    assert msgspec.json.encode(one) == msgspec.json.encode(other)
    assessment = assess(facts, by, TODAY)
    assert [(v.axis, v.target, v.verdict, v.rules) for v in one.verdicts] == [
        (v.axis, v.target, v.verdict, v.rules) for v in assessment.verdicts
    ]
    assert {one.rule for one in one.rules if one.broken_by} == {one.rule for one in assessment.violations}


def test_what_was_read_in_the_file_is_told_as_no_lead(tmp_path: Path) -> None:
    lead = next(one.id for one in families.families() if one.is_lead)
    fails = rule(kind="weights", when="weights.component == 'model'", severity="fail")
    explanation = explained(inventory(component(family=lead)), policy(tmp_path, fails))
    assert not only_group(explanation).lead
    assert explanation.verdicts[0].verdict is Verdict.FAIL
