"""What differs between two policies: what they ask, and nothing about how they are written."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.policy.comparison import Comparison, ConditionChange, compare
from compliance.policy.condition_parts import form_of
from compliance.policy.loading import load_policy, shipped_policies
from tests.policy.inventories import policy_file, rule


def compared(folder: Path, before: str, after: str, *, lists: tuple[str, str] = ("{}", "{}")) -> Comparison:
    policies = [
        load_policy(policy_file(folder, rules, lists=its))
        for rules, its in zip((before, after), lists, strict=True)
    ]
    return compare(*policies)


@pytest.mark.parametrize("name", shipped_policies())
def test_a_policy_does_not_differ_from_itself(name: str) -> None:
    assert compare(load_policy(name), load_policy(name)).same


def test_layout_remarks_and_order_are_no_difference(tmp_path: Path) -> None:
    first, second = rule("first", when="lists.a == lists.b && license.altered"), rule("second")
    other = rule("first", when="license.altered&&(lists.a  ==  lists.b)").replace("\n", " # remark\n")
    comparison = compared(
        tmp_path, first + second, second + other, lists=("{a: [x, y], b: []}", "{b: [], a: [y, x, x]}")
    )
    assert comparison.same
    assert comparison.before.digest != comparison.after.digest


def test_rules_that_only_one_has_are_named_with_their_message(tmp_path: Path) -> None:
    comparison = compared(tmp_path, rule("both") + rule("old"), rule("both") + rule("new", severity="fail"))
    assert [(one.id, one.severity, one.message.ko) for one in comparison.added] == [("new", "fail", "발견.")]
    assert [one.id for one in comparison.removed] == ["old"]


def test_a_changed_rule_is_told_field_by_field(tmp_path: Path) -> None:
    before = rule(axis="national-infrastructure", severity="review")
    after = rule(
        axis="national-infrastructure", severity="fail", more="targets: [telecom]\nfrom: 2027-01-01"
    ).replace("Mend it.", "Mend it now.")
    (change,) = compared(tmp_path, before, after).changed
    assert {one.field: (one.before, one.after) for one in change.fields} == {
        "severity": ("review", "fail"),
        "targets": (["defence", "security", "telecom"], ["telecom"]),
        "from": (None, "2027-01-01"),
        "remedy": ({"en": "Mend it.", "ko": "고치세요."}, {"en": "Mend it now.", "ko": "고치세요."}),
    }
    assert change.condition is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "license.altered && license.score > 5.0 && has(license.score)",
            "has(license.score) && license.score > 9.0 && license.altered",
            ConditionChange(
                joined_by="&&",
                kept=("has(license.score)", "license.altered"),
                removed=("license.score > 5.0",),
                added=("license.score > 9.0",),
            ),
        ),
        (
            "license.altered",
            "license.altered || license.path == 'a'",
            ConditionChange(
                joined_by=None,
                kept=(),
                removed=("license.altered",),
                added=("license.altered || license.path == 'a'",),
            ),
        ),
    ],
)
def test_a_condition_is_told_part_by_part(
    tmp_path: Path, before: str, after: str, expected: ConditionChange
) -> None:
    (change,) = compared(tmp_path, rule(when=before), rule(when=after)).changed
    assert change.condition == expected


def test_lists_and_thresholds_are_told_by_entry_and_value(tmp_path: Path) -> None:
    before = load_policy(policy_file(tmp_path, rule(), lists="{a: [x, y], gone: []}", thresholds="{t: 80}"))
    after = load_policy(policy_file(tmp_path, rule(), lists="{a: [y, z], new: [q]}", thresholds="{t: 80.0, u: 1}"))
    comparison = compare(before, after)
    assert [(one.name, one.added, one.removed, one.exists) for one in comparison.lists] == [
        ("a", ("z",), ("x",), (True, True)),
        ("gone", (), (), (True, False)),
        ("new", ("q",), (), (False, True)),
    ]
    assert [(one.field, one.before, one.after) for one in comparison.thresholds] == [
        ("t", 80, 80.0),
        ("u", None, 1),
    ]


def test_a_retired_rule_says_why(tmp_path: Path) -> None:
    base = policy_file(tmp_path, rule("kept") + rule("gone"))
    file = tmp_path / "derived.yaml"
    file.write_text(
        'id: derived\nversion: "1"\nstatus: draft\ndescription: {en: A., ko: 가.}\nextends: policy.yaml\n'
        "retired: {gone: {en: Not ours., ko: 해당 없음.}}\n",
        encoding="utf-8",
    )
    (removed,) = compare(load_policy(base), load_policy(file)).removed
    assert removed.retired is not None
    assert removed.retired.ko == "해당 없음."


def test_everything_can_be_written_as_json(tmp_path: Path) -> None:
    comparison = compare(load_policy("open-source-hygiene"), load_policy("telecom-strict"))
    assert msgspec.convert(msgspec.to_builtins(comparison), Comparison) == comparison


QUESTIONS = st.sampled_from(["a.x", "f(a.y, 'p && q')", "a.z in ['||', '(']", "a == b", "a < 5"])
TREES = st.recursive(
    QUESTIONS.map(lambda one: (one, one)),
    lambda inner: st.tuples(st.sampled_from(["&&", "||"]), st.lists(inner, min_size=2, max_size=3)).flatmap(
        lambda made: st.permutations(made[1]).map(
            lambda shuffled: (
                "(" + f" {made[0]} ".join(one for one, _ in made[1]) + ")",
                "( " + made[0].join(f"({one})" for _, one in shuffled) + " )",
            )
        )
    ),
    max_leaves=8,
)


@given(TREES)
def test_order_brackets_and_spaces_never_make_a_difference(written: tuple[str, str]) -> None:
    first, second = written
    assert form_of(first) == form_of(second)


@given(TREES, TREES)
def test_conditions_of_one_form_ask_the_same_questions(one: tuple[str, str], other: tuple[str, str]) -> None:
    if form_of(one[0]) == form_of(other[0]):
        assert form_of(one[1]) == form_of(other[1])
    else:
        assert form_of(f"{one[0]} && a.q") != form_of(f"{other[0]} && a.q")
