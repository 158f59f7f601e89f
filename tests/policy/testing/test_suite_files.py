"""Files of policy tests: where they lie, what they may say, and every fault at its place."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from compliance import yaml_documents
from compliance.errors import PolicyError
from compliance.policy.loading import load_policy, policy_file, shipped_policies
from compliance.policy.testing.document import suite_schema
from compliance.policy.testing.suite import files_at, files_beside, load_tests
from tests.policy.testing.suites import policy_in, suite_in

POLICIES = Path(__file__).parents[3] / "policies"
FAULTY = """\
tests:
- name: a
  findings:
  - {kind: license, subject: weight, expresion: MIT}
  - {kind: licence}
  - {expression: MIT}
  - 3
  - {kind: origin, share: high, declared: maybe, missing_holders: x, family: 1.5}
  flags: [not-mit: bad, not-mit: {target: defence}]
  verdict: fail
  verdicts: {disclosure: fial}
  inventory: {files: -1, file: 2}
"""
PLACES = [
    "4:30: subject can't be 'weight'",
    "4:38: there is no field 'expresion' here",
    "5:12: there is no kind of finding 'licence'",
    "6:5: a finding needs its kind",
    "7:5: findings can't be 3",
    "8:27: share can't be 'high'",
    "8:43: declared can't be 'maybe'",
    "8:67: missing_holders can't be 'x'",
    "8:78: family must be text",
    "9:11: flags can't be 'bad'",
    "9:25: there is no field 'target' here",
    "10:3: there is no field 'verdict' here",
    "11:26: disclosure can't be 'fial'",
    "12:22: files can't be -1; write 0 or more",
    "12:26: there is no field 'file' here",
]


def faults(folder: Path, tests: str, language: str = "en") -> list[str]:
    with pytest.raises(PolicyError) as wrong:
        suite_in(folder, policy_in(folder), tests)
    return [line.removeprefix(f"{folder / 'cases.yaml'}:") for line in wrong.value.lines(language)]


def test_every_fault_of_the_shape_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    found = faults(tmp_path, FAULTY)
    assert [line[: len(start)] for line, start in zip(found, PLACES, strict=True)] == PLACES


def test_every_fault_is_told_in_korean_too(tmp_path: Path) -> None:
    found = faults(tmp_path, FAULTY, "ko")
    assert len(found) == len(PLACES)
    assert all(any("가" <= one <= "힣" for one in line) for line in found)


@pytest.mark.parametrize(
    ("tests", "fault"),
    [
        ("tests: []\n", "1:8: there is no test here"),
        ("tests: [{name: a}]\n", "1:16: the test expects nothing"),
        (
            "tests: [{name: a, flags: [not-mti]}]\n",
            "1:27: the policy has no rule 'not-mti'; did you mean 'not-mit'?",
        ),
        ("tests: [{name: a, leaves: [not-mti]}]\n", "1:28: the policy has no rule 'not-mti'"),
        (
            "tests: [{name: a, flags: [not-mit], leaves: [not-mit]}]\n",
            "1:16: the rule 'not-mit' can't be broken and",
        ),
        (
            "tests: [{name: a, flags: [not-mit]}, {name: a, flags: [not-mit]}]\n",
            "1:45: the test in line 1 has the same name 'a'",
        ),
        (
            "tests: [{name: a, verdicts: {policy-independence: pass}}]\n",
            "1:30: the policy has no rule for policy-independence",
        ),
        (
            "tests: [{name: a, flags: [not-mit]}]\nequivalent: [{of: other, change: x, reason: y}]\n",
            "2:19: the policy has no rule 'other'",
        ),
        ("- a\n", "1:1: a file of tests is a mapping with `tests`"),
        ("tests: [\n", "2:1: not valid YAML"),
    ],
)
def test_faults_in_the_meaning_have_places(tmp_path: Path, tests: str, fault: str) -> None:
    (found,) = faults(tmp_path, tests)
    assert found.startswith(fault)


def test_faults_of_several_files_are_told_together(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text("tests: 3\n", encoding="utf-8")
    files = files_at([tmp_path / "a.yaml", tmp_path / "b.yaml"])
    with pytest.raises(PolicyError) as wrong:
        load_tests(policy_in(tmp_path), files)
    assert [line.split(":")[0].rpartition("/")[2] for line in wrong.value.lines("en")] == [
        "a.yaml", "b.yaml",
    ]  # fmt: skip


def test_tests_lie_in_a_folder_of_the_policys_name_beside_it(tmp_path: Path) -> None:
    policy_in(tmp_path)
    folder = tmp_path / "tests" / "policy"
    folder.mkdir(parents=True)
    for name in ("b.yaml", "a.yaml", "notes.txt"):
        (folder / name).write_text("", encoding="utf-8")
    found = files_beside(policy_file(tmp_path / "policy.yaml"))
    assert [one.name for one in found] == ["tests/policy/a.yaml", "tests/policy/b.yaml"]


def test_a_policy_or_folder_without_tests_says_where_they_belong(tmp_path: Path) -> None:
    policy_in(tmp_path)
    with pytest.raises(PolicyError, match="tests/policy/ beside it"):
        files_beside(policy_file(tmp_path / "policy.yaml"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(PolicyError, match="holds no tests"):
        files_at([tmp_path / "empty"])


def documents() -> list[Any]:
    files = sorted(POLICIES.glob("tests/*/*.yaml"))
    return [as_json(file.read_text(encoding="utf-8")) for file in files]


def as_json(text: str) -> Any:
    """What an editor checks: dates are texts there."""
    return json.loads(json.dumps(yaml_documents.plain(yaml_documents.read(text)), default=str))


def test_the_json_schema_allows_what_ships_and_refuses_what_is_wrong() -> None:
    schema = suite_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    shipped = documents()
    assert len(shipped) > 5
    assert [error.message for one in shipped for error in validator.iter_errors(one)] == []
    assert len(list(validator.iter_errors(as_json(FAULTY)))) > 5


@pytest.mark.parametrize("name", shipped_policies())
def test_shipped_tests_are_found_by_the_policys_name(name: str) -> None:
    assert len(load_tests(load_policy(name), files_beside(policy_file(name))).tests) > 10
