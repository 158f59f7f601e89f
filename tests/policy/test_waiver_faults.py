"""A wrong file of waivers: every fault at once, each at its place, in both languages."""

from pathlib import Path

import jsonschema
import pytest

from compliance import yaml_documents
from compliance.errors import Fault, PolicyError
from compliance.policy.loading import load_policy
from compliance.policy.waiver_schema import waivers_schema
from compliance.policy.waivers import load_waivers
from tests.policy.waiver_files import waiver, waiver_file

EXAMPLE = Path(__file__).parents[2] / "policies" / "waivers.example.yaml"

BROKEN = """\
waivers:
  - id: sample
    rules: []
    match: {}
    reason: {en: Agreed.}
    approver: Policy Office
    reference: PO-1
    expires: tomorrow
  - id: sample
    rules: [a]
    match: {path: [a.py], licenses: [Apach-2.0], purls: [numpy], paths: [/etc/passwd]}
    reason: {en: Agreed., ko: 승인함.}
    approver: Policy Office
    reference: PO-1
    from: 2027-02-01
    expires: 2027-01-31
    scope: {axes: [disclosure], targets: [telecom]}
  - id: third
    rules: [a]
    match: {whole-submission: true, paths: [a.py]}
    reason: {en: Agreed., ko: 승인함.}
    approver: Policy Office
"""
EXPECTED = [
    # line, what stands at the place of the fault, what the message says
    (3, "[]", "rules is empty"),
    (4, "match", "would cover the whole rule"),
    (5, "reason", "the Korean text is missing"),
    (8, "tomorrow", "write a date such as 2026-01-31"),
    (9, "sample", "is taken at"),
    (11, "path:", "did you mean 'paths'"),
    (11, "Apach-2.0", "did you mean 'Apache-2.0'"),
    (11, "numpy", "is no package URL"),
    (11, "/etc/passwd", "from the subject's root"),
    (16, "2027-01-31", "before it begins on 2027-02-01"),
    (17, "targets", "belong to the axis national-infrastructure"),
    (18, "id: third", "the field 'expires' is missing"),
    (18, "id: third", "the field 'reference' is missing"),
    (20, "whole-submission", "use two waivers"),
]


def faults_of(*files: Path) -> tuple[Fault, ...]:
    with pytest.raises(PolicyError) as raised:
        load_waivers(files)
    return raised.value.faults


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    file = tmp_path / "waivers.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    return file


def test_every_fault_is_found_in_one_go_points_at_the_word_and_says_what_to_do(broken: Path) -> None:
    lines = BROKEN.splitlines()
    found = faults_of(broken)
    assert [fault.line for fault in found] == [line for line, _, _ in EXPECTED]
    for fault, (_, standing, saying) in zip(found, EXPECTED, strict=True):
        assert lines[fault.line - 1][fault.column - 1 :].startswith(standing)
        assert saying in fault.message.en
        assert any("가" <= character <= "힣" for character in fault.message.ko)


def test_an_id_that_another_file_has_taken_is_a_fault_that_names_both_places(tmp_path: Path) -> None:
    first, second = waiver_file(tmp_path, waiver()), waiver_file(tmp_path, waiver(), "more.yaml")
    (fault,) = faults_of(first, second)
    assert fault.file == str(second)
    assert f"{first}:2" in fault.message.en


@pytest.mark.parametrize(
    "content", ["", "- a\n", "waivers: 5\n", "waivers: [5, null]\n", "waivers: [{match: 5}]\n"]
)
def test_a_wrong_shape_is_a_fault_and_never_a_crash(tmp_path: Path, content: str) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(content, encoding="utf-8")
    assert faults_of(file)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"waiver file .* can't be read"):
        load_waivers([tmp_path / "absent.yaml"])


def test_the_example_has_no_fault_and_names_rules_of_the_shipped_policy() -> None:
    (file,) = load_waivers([EXAMPLE])
    rules = {rule.id for rule in load_policy("sovereign-ai").rules}
    assert all(one.rules <= rules for one in file.waivers)


def test_the_json_schema_agrees_with_the_loader(broken: Path) -> None:
    schema = waivers_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    def document(file: Path) -> object:
        plain = yaml_documents.plain(yaml_documents.read(file.read_text(encoding="utf-8")))
        for entry in plain["waivers"]:  # editors see dates as the text that was written
            entry.update({key: str(entry[key]) for key in ("from", "expires") if key in entry})
        return plain

    assert validator.is_valid(document(EXAMPLE))
    places = {"/".join(map(str, error.absolute_path)) for error in validator.iter_errors(document(broken))}
    assert {"waivers/0/rules", "waivers/0/reason", "waivers/1/match", "waivers/2"} <= places
