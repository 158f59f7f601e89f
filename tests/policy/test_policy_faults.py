"""A wrong policy: every fault at once, each at its place, in both languages."""

from pathlib import Path

import pytest

from compliance.errors import Fault, PolicyError
from compliance.policy.loading import load_policy
from tests.policy.inventories import policy_file, rule

BROKEN = Path(__file__).with_name("broken.yaml")

EXPECTED = [
    # line, what stands at the place of the fault, what the message says
    (2, "1.0", "version must be text"),
    (6, "Apach-2.0", "did you mean 'Apache-2.0'"),
    (7, '"*-only"', "may only be the last character"),
    (8, "Upper", "can't be a name"),
    (10, "high", "write a number"),
    (20, "remedi", "did you mean 'remedy'"),
    (23, "fatal", "it is one of 'fail', 'review'"),
    (34, "message", "the Korean text is missing"),
    (42, "expresion", "did you mean 'expression'"),
    (50, "> 'high'", "compare like with like"),
    (58, "open_licences", "did you mean 'open_licenses'"),
    (66, "license.expression", "not true or false"),
    (70, "unknown-field", "is taken by the rule in line 12"),
    (87, "2026-02-01", "before it begins on 2026-03-01"),
    (90, "targets", "only rules of the axis national-infrastructure have targets"),
    (101, "'detectd'", "basis is never 'detectd'"),
    (109, ">-", "on one line"),
    (118, ".confidence", "ask has(weights.confidence)"),
    (125, "licence", "it is one of 'license', 'dependency'"),
    (134, "licens.path", "did you mean 'license'"),
    (134, "onyl", "did you mean 'only'"),
    (138, "id: missing-when", "the field 'when' is missing"),
    (145, "20260101", "write a date such as 2026-01-31"),
    (146, '""', "owner is empty"),
    (155, "2026-02-30", "write a date such as 2026-01-31"),
]


def faults_of(file: Path) -> tuple[Fault, ...]:
    with pytest.raises(PolicyError) as raised:
        load_policy(file)
    return raised.value.faults


def test_one_mistake_of_each_kind_is_found_in_one_go_at_its_line() -> None:
    assert [fault.line for fault in faults_of(BROKEN)] == [line for line, _, _ in EXPECTED]


def test_each_fault_points_at_the_very_word_and_says_what_to_do() -> None:
    lines = BROKEN.read_text(encoding="utf-8").splitlines()
    for fault, (_, standing, saying) in zip(faults_of(BROKEN), EXPECTED, strict=True):
        assert lines[fault.line - 1][fault.column - 1 :].startswith(standing)
        assert saying in fault.message.en


def test_each_fault_is_also_said_in_korean() -> None:
    for fault in faults_of(BROKEN):
        assert any("가" <= character <= "힣" for character in fault.message.ko)


def test_faults_are_printed_as_file_line_column_message() -> None:
    with pytest.raises(PolicyError) as raised:
        load_policy(BROKEN)
    first = raised.value.lines("en")[0]
    assert first == f"{BROKEN}:2:10: version must be text, not 1.0; put it in quotes"
    assert raised.value.lines("ko")[0].startswith(f"{BROKEN}:2:10: version 값은")


def test_a_duplicate_key_is_reported_alone_since_the_yaml_cannot_be_trusted_after_it(tmp_path: Path) -> None:
    file = policy_file(tmp_path, rule(severity="fatal") + "  severity: review\n")
    (fault,) = faults_of(file)
    assert (fault.line, fault.column) == (16, 3)
    assert "duplicate key" in fault.message.en


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"- a\n- b\n", (1, 1)),
        (b"", (1, 1)),
        (b"id: a\nversion: \xff\n", (2, 10)),
        (b"id: [a\n", (2, 1)),
        (b"id: !!python/object:os.system x\n", (1, 5)),
        ("id: 정책\nversion: ".encode() + b"\xff", (2, 10)),
    ],
)
def test_what_is_no_mapping_no_yaml_or_no_utf8_is_a_fault_with_a_place(
    tmp_path: Path, content: bytes, place: tuple[int, int]
) -> None:
    file = tmp_path / "policy.yaml"
    file.write_bytes(content)
    (fault,) = faults_of(file)
    assert (fault.line, fault.column) == place


def test_a_file_that_is_not_there_is_a_policy_error_without_faults(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as raised:
        load_policy(tmp_path / "absent.yaml")
    assert raised.value.faults == ()
    assert "check the path" in raised.value.message.en


def test_a_name_that_no_shipped_policy_has_lists_those_that_are_shipped() -> None:
    with pytest.raises(PolicyError, match="open-source-hygiene, sovereign-ai"):
        load_policy("sovereign-al")


def test_a_policy_without_rules_is_a_fault(tmp_path: Path) -> None:
    file = policy_file(tmp_path, "  []\n")
    (fault,) = faults_of(file)
    assert (fault.line, fault.message.en) == (8, "rules is empty; fill it in")


@pytest.mark.parametrize("rules", ["  5\n", "  {a: b}\n", "  [5, null, [1]]\n"])
def test_rules_of_a_wrong_shape_are_faults_and_never_a_crash(tmp_path: Path, rules: str) -> None:
    assert faults_of(policy_file(tmp_path, rules))


@pytest.mark.parametrize("lists", ["5", "{a: 5}", "{a: [1, 2]}", "{a_b: [x]}", "{1: [x]}", "[a]", "{a: {b: c}}"])
def test_lists_of_a_wrong_shape_are_faults_and_never_a_crash(tmp_path: Path, lists: str) -> None:
    assert faults_of(policy_file(tmp_path, rule(), lists=lists))


@pytest.mark.parametrize("thresholds", ["{a: .inf}", "{a: .nan}", "{a: 99999999999999999999}", "{a: true}", "5"])
def test_thresholds_that_cannot_be_calculated_with_are_faults(tmp_path: Path, thresholds: str) -> None:
    assert faults_of(policy_file(tmp_path, rule(), thresholds=thresholds))


def test_the_same_target_twice_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults_of(
        policy_file(tmp_path, rule(axis="national-infrastructure", more="targets: [defence, defence]"))
    )
    assert "twice" in fault.message.en


def test_a_condition_behind_an_alias_has_no_place_of_its_own_and_is_a_fault(tmp_path: Path) -> None:
    shared = rule(when="true").replace('when: "', 'when: &shared "')
    (fault,) = faults_of(policy_file(tmp_path, shared))
    assert "on one line" in fault.message.en
