"""What is suspicious in a policy: each kind at its place, in both languages, and nothing in a sound policy."""

import datetime
from pathlib import Path

import pytest

from compliance.errors import Fault
from compliance.policy.linting.lint import Lint, lint
from compliance.policy.loading import edited_file, load_policy, shipped_policies
from tests.policy.inventories import policy_file, rule

SUSPICIOUS = Path(__file__).with_name("suspicious.yaml")
TODAY = datetime.date(2026, 11, 23)

EXPECTED = [
    # line, what stands at the place of the warning, what it says
    (4, "The same.}", "the same as the English one"),
    (6, "nobody-asks", "no rule uses the list 'nobody-asks'"),
    (7, "MIT]", "stands in this list twice"),
    (8, "GPL-2.0-only", "is covered by the entry 'GPL-*'"),
    (9, "KR*", "is compared letter by letter"),
    (10, "Zlib", "is allowed here and fails by the list 'banned'"),
    (13, "nobody-asks", "no rule uses the threshold 'nobody-asks'"),
    (20, "license.basis", "`license.basis == 'declared'` and `license.basis == 'detected'` exclude each other"),
    (22, "b}", "has no Hangul"),
    (23, "가", "has Hangul in it"),
    (28, "has(weights.country)", "holds for every weights fact"),
    (36, "license.score > thresholds.impossible", "is always false (score lies between 0 and 100)"),
    (44, "has(origin.share)", "`origin.share < 0.2` and `origin.share > 0.3` exclude each other"),
    (52, "inventory.files >= 0", "is always true (files is never negative)"),
    (56, "shadowed", "breaks 'never-negative' too, which is review"),
    (64, "said-twice", "has the same condition and weight as 'never-negative'"),
    (92, "only(dependency", "exclude each other"),
    (96, "step-1", "was last in force on 2026-06-30"),
    (106, "step-2", "begins while its earlier version 'step-1' is in force"),
    (116, "step-3", "in force from 2027-01-01 to 2027-01-31; close the gap"),
    (116, "step-3", "no rule for policy-independence is in force from 2027-01-01 to 2027-01-31"),
]


def linted(source: Path | str, today: datetime.date = TODAY) -> Lint:
    return lint(load_policy(source), edited_file(source), today)


def warnings(folder: Path, rules: str, *, lists: str = "{}", thresholds: str = "{}") -> list[str]:
    found = linted(policy_file(folder, rules, lists=lists, thresholds=thresholds)).warnings
    return [warning.message.en for warning in found]


@pytest.fixture(scope="module")
def suspicious() -> tuple[Fault, ...]:
    return linted(SUSPICIOUS).warnings


def test_one_suspicion_of_each_kind_is_found_at_its_very_word(suspicious: tuple[Fault, ...]) -> None:
    lines = SUSPICIOUS.read_text(encoding="utf-8").splitlines()
    assert [warning.line for warning in suspicious] == [line for line, _, _ in EXPECTED]
    for warning, (_, standing, saying) in zip(suspicious, EXPECTED, strict=True):
        assert saying in warning.message.en
        assert lines[warning.line - 1][warning.column - 1 :].startswith(standing)


def test_each_suspicion_is_also_said_in_korean(suspicious: tuple[Fault, ...]) -> None:
    for warning in suspicious:
        assert any("가" <= character <= "힣" for character in warning.message.ko)


@pytest.mark.parametrize("source", [*shipped_policies(), str(Path(__file__).parents[3] / ".ci" / "policy.yaml")])
def test_the_policies_of_this_project_are_not_suspicious(source: str) -> None:
    assert linted(source) == Lint(warnings=(), undecided=0)


def test_a_condition_that_is_just_true_is_meant(tmp_path: Path) -> None:
    assert warnings(tmp_path, rule(when="true")) == []


def test_a_condition_that_is_just_false_is_not(tmp_path: Path) -> None:
    (warning,) = warnings(tmp_path, rule(when="false"))
    assert "can never be broken: `false` is always false" in warning


def test_a_list_without_entries_makes_a_rule_idle(tmp_path: Path) -> None:
    never = rule(when="requires(license.expression, lists.bans)")
    (warning,) = warnings(tmp_path, never, lists="{bans: []}")
    assert "can never be broken" in warning


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"axis": "disclosure"}, {"axis": "policy-independence"}),
        ({"kind": "copyright"}, {"kind": "license"}),
        ({"severity": "obligation"}, {"severity": "review"}),
        ({"more": "until: 2026-12-31"}, {"more": "until: 2027-12-31"}),
        (
            {"axis": "national-infrastructure", "more": "targets: [defence]"},
            {"axis": "national-infrastructure", "more": "targets: [security]"},
        ),
    ],
)
def test_a_rule_is_not_shadowed_by_one_that_judges_less_or_something_else(
    tmp_path: Path, first: dict[str, str], second: dict[str, str]
) -> None:
    wide, narrow = rule("wide", when="true", **first), rule("narrow", when="license.path == ''", **second)
    assert not any(
        "breaks 'wide'" in one or "weight as 'wide'" in one for one in warnings(tmp_path, wide + narrow)
    )


def test_a_note_beside_a_graver_rule_is_no_shadow_since_it_never_changes_a_verdict(tmp_path: Path) -> None:
    grave, note = rule("grave", when="license.altered"), rule("note", when="license.altered", severity="note")
    assert warnings(tmp_path, grave + note) == []


def test_a_milder_rule_whose_check_may_fail_is_no_shadow_since_it_would_ask_for_review(tmp_path: Path) -> None:
    failing = "license.altered && 10 / size(license.path) > 1"
    some = rule("some", when="license.altered", severity="obligation")
    assert warnings(tmp_path, some + rule("other", when=failing, severity="obligation")) == []


def test_a_rule_of_a_narrower_list_of_licenses_is_shadowed_by_one_of_a_wider(tmp_path: Path) -> None:
    narrow = rule("narrow", when="requires(license.expression, lists.one)")
    wide = rule("wide", when="requires(license.expression, lists.one + lists.more)", severity="fail")
    (warning,) = warnings(tmp_path, narrow + wide, lists="{one: [GPL-*], more: [SSPL-1.0]}")
    assert "breaks 'wide' too, which is fail" in warning


def test_dates_are_told_for_the_day_that_is_named(tmp_path: Path) -> None:
    file = policy_file(tmp_path, rule(more="until: 2026-12-31"))
    before, after = (linted(file, datetime.date(year, 1, 1)).warnings for year in (2026, 2027))
    assert ["from 2027-01-01 on" in one.message.en for one in before] == [True]
    assert any("was last in force on 2026-12-31" in one.message.en for one in after)


def test_a_rule_that_ends_on_the_last_day_there_is_leaves_no_gap(tmp_path: Path) -> None:
    assert warnings(tmp_path, rule("r", more="until: 9999-12-31")) == []


def test_versions_that_follow_each_other_day_by_day_are_sound(tmp_path: Path) -> None:
    old = rule("no-gpl-2026", when="license.altered", more="until: 2026-12-31")
    new = rule("no-gpl-2027", when="license.altered", more="from: 2027-01-01")
    assert warnings(tmp_path, old + new) == []


def test_an_exception_must_be_named_so_a_beginning_of_licenses_covers_none(tmp_path: Path) -> None:
    asking = rule(when="!only(license.expression, lists.allowed)")
    allowed = "{allowed: [GPL-*, GPL-2.0-only WITH Classpath-exception-2.0]}"
    assert warnings(tmp_path, asking, lists=allowed) == []


def test_what_is_allowed_may_still_ask_for_review(tmp_path: Path) -> None:
    allows = rule("allows", when="!only(license.expression, lists.allowed)")
    asks = rule("asks", when="requires(license.expression, lists.copyleft)", severity="review")
    assert (
        warnings(tmp_path, allows + asks, lists="{allowed: [MIT, GPL-2.0-only], copyleft: [GPL-2.0-only]}") == []
    )


def test_rules_with_the_same_message_are_versions_of_one(tmp_path: Path) -> None:
    old = rule("old-name", when="license.altered", more="until: 2026-12-31")
    new = rule("new-name", when="license.altered", more="from: 2027-02-01")
    assert any("earlier version 'old-name'" in one for one in warnings(tmp_path, old + new))


def derived(folder: Path, rest: str) -> Path:
    base = policy_file(folder, rule("base-rule", when="license.altered"), lists="{idle: [MIT]}")
    file = folder / "derived.yaml"
    head = 'id: derived\nversion: "1"\nstatus: draft\ndescription: {en: A sample., ko: 예시.}\n'
    file.write_text(f"{head}extends: {base.name}\n{rest}", encoding="utf-8")
    return file


def test_what_a_policy_extends_is_not_complained_of_again(tmp_path: Path) -> None:
    assert linted(derived(tmp_path, "thresholds: {}\n")).warnings == ()


def test_a_changed_rule_and_list_of_the_base_are_looked_at_where_they_are_changed(tmp_path: Path) -> None:
    changed = (
        "lists:\n  idle: {add: [ISC, ISC]}\n"
        'rules:\n- id: base-rule\n  when: "license.altered && !license.altered"\n'
    )
    found = linted(derived(tmp_path, changed)).warnings
    assert [(one.line, one.message.en.split(";")[0]) for one in found] == [
        (7, "no rule uses the list 'idle'"),
        (7, "'ISC' stands in this list twice"),
        (10, "the rule can never be broken: `license.altered` and `!license.altered` exclude each other"),
    ]
