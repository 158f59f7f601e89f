"""A policy that extends another one: one policy to judge by, each part at the place at which it was written."""

import datetime
import hashlib
from pathlib import Path

import pytest

from compliance.errors import Fault, PolicyError
from compliance.model.inventory import Inventory
from compliance.model.verdict import Axis, Severity, Target, Verdict
from compliance.policy.evaluation import assess
from compliance.policy.loading import load_bases, load_policy
from tests.policy.inventories import (
    component,
    dependency,
    inventory,
    license_of,
    policy_file,
    rule,
    weights_license,
)

TODAY = datetime.date(2026, 11, 23)
BASE_RULES = rule("banned", when="requires(license.expression, lists.bans)") + rule(
    "files", when="inventory.files > thresholds.files", kind="inventory"
)
HEADER = 'id: derived\nversion: "2"\nstatus: draft\ndescription: {en: A derived one., ko: 파생.}\n'


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return policy_file(tmp_path, BASE_RULES, lists="{bans: [MIT, ISC]}", thresholds="{files: 5}")


def derived(folder: Path, says: str, extends: str = "policy.yaml", name: str = "derived.yaml") -> Path:
    """A policy that extends `extends`; what it says begins in its sixth line."""
    file = folder / name
    file.write_text(f"{HEADER}extends: {extends}\n{says}", encoding="utf-8")
    return file


def faults_of(file: Path) -> tuple[Fault, ...]:
    with pytest.raises(PolicyError) as raised:
        load_policy(file)
    return raised.value.faults


def test_what_is_not_said_is_as_in_the_base(base: Path) -> None:
    below, policy = load_policy(base), load_policy(derived(base.parent, ""))
    assert (policy.id, policy.version, policy.description.en) == ("derived", "2", "A derived one.")
    assert (policy.lists, policy.thresholds) == (below.lists, below.thresholds)
    assert [(one.id, one.when, one.line, one.file) for one in policy.rules] == [
        (one.id, one.when, one.line, str(base)) for one in below.rules
    ]


def test_a_list_is_replaced_or_changed_by_entries(base: Path) -> None:
    replaced = load_policy(derived(base.parent, "lists: {bans: [BSD-3-Clause]}\n"))
    assert replaced.lists["bans"] == ("BSD-3-Clause",)
    changed = load_policy(derived(base.parent, "lists: {bans: {add: [0BSD], remove: [MIT]}}\n"))
    assert changed.lists["bans"] == ("ISC", "0BSD")


def test_a_changed_threshold_is_the_one_that_conditions_of_the_base_read(base: Path) -> None:
    policy = load_policy(derived(base.parent, "thresholds: {files: 50}\n"))
    assert assess(inventory(), policy, TODAY).violations == ()
    assert [one.rule for one in assess(inventory(), load_policy(base), TODAY).violations] == ["files"]


def test_a_rule_is_changed_field_by_field_and_stands_where_it_was_changed(base: Path) -> None:
    says = "rules:\n- id: banned\n  severity: fail\n  from: 2027-01-01\n"
    changed, kept = load_policy(derived(base.parent, says)).rules
    assert (changed.id, changed.severity, changed.begins) == ("banned", Severity.FAIL, datetime.date(2027, 1, 1))
    assert (changed.message.en, changed.axis) == ("Found.", "disclosure")
    assert (changed.line, Path(changed.file).name) == (7, "derived.yaml")
    assert (kept.id, Path(kept.file).name) == ("files", "policy.yaml")


def test_a_new_rule_follows_those_of_the_base(base: Path) -> None:
    policy = load_policy(derived(base.parent, f"rules:\n{rule('third')}"))
    assert [one.id for one in policy.rules] == ["banned", "files", "third"]


def test_a_retired_rule_is_not_asked_and_its_reason_is_kept(base: Path) -> None:
    policy = load_policy(derived(base.parent, "retired:\n  files: {en: Not ours., ko: 해당 없음.}\n"))
    assert [one.id for one in policy.rules] == ["banned"]
    assert policy.retired["files"].en == "Not ours."


def test_a_chain_is_read_from_its_end_and_its_digest_covers_every_file(base: Path) -> None:
    middle = derived(base.parent, "thresholds: {files: 7}\n", name="middle.yaml")
    middle.write_text(middle.read_text(encoding="utf-8").replace("id: derived", "id: middle"), encoding="utf-8")
    top = derived(base.parent, "lists: {bans: [0BSD]}\n", extends="middle.yaml")
    policy = load_policy(top)
    assert (policy.thresholds, policy.lists) == ({"files": 7}, {"bans": ("0BSD",)})
    digests = [f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}" for file in (top, middle, base)]
    assert [(one.id, one.digest) for one in policy.extends] == [("middle", digests[1]), ("sample", digests[2])]
    whole = "".join(f"{digest}\n" for digest in digests)
    assert policy.digest == f"sha256:{hashlib.sha256(whole.encode()).hexdigest()}"
    assert [one.digest for one in load_bases(top)][1] == load_policy(base).digest


def test_another_base_is_another_digest(base: Path) -> None:
    top = derived(base.parent, "")
    before = load_policy(top).digest
    base.write_text(base.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    assert load_policy(top).digest != before


def test_an_assessment_names_the_policies_below(base: Path) -> None:
    reference = assess(inventory(), load_policy(derived(base.parent, "")), TODAY).policy
    assert [(one.id, one.version) for one in reference.extends] == [("sample", "1")]


BROKEN = """\
lists:
  bans: {add: [MIT, Apach-2.0], remove: [GPL-2.0-only]}
  ban: {add: [MIT]}
thresholds: {files: many}
retired:
  file: {en: Not ours., ko: 해당 없음.}
rules:
- id: banned
  severity: fatal
- id: bannd
  severity: fail
- id: files
  when: "inventory.filse > 5"
- id: files
  severity: fail
retird: {}
"""
EXPECTED = [
    (7, "MIT", "stands in the base's list already"),
    (7, "Apach-2.0", "did you mean 'Apache-2.0'"),
    (7, "GPL-2.0-only", "nothing to remove"),
    (8, "ban", "did you mean 'bans'"),
    (9, "many", "write a number"),
    (11, "file", "did you mean 'files'"),
    (14, "fatal", "it is one of 'fail', 'review'"),
    (15, "bannd", "did you mean 'banned'"),
    (18, "filse", "did you mean 'files'"),
    (19, "files", "is taken by the rule in line 17"),
    (21, "retird", "did you mean 'retired'"),
]


def test_faults_of_what_differs_are_all_found_at_their_places(base: Path) -> None:
    file = derived(base.parent, BROKEN)
    lines = file.read_text(encoding="utf-8").splitlines()
    found = [one for one in faults_of(file) if "is missing here" not in one.message.en]
    assert [one.line for one in found] == [line for line, _, _ in EXPECTED]
    for fault, (_, standing, saying) in zip(found, EXPECTED, strict=True):
        assert lines[fault.line - 1][fault.column - 1 :].lstrip("'.").startswith(standing)
        assert saying in fault.message.en
        assert any("가" <= character <= "힣" for character in fault.message.ko)


def test_a_condition_of_the_base_that_the_change_breaks_is_a_fault_in_the_base(base: Path) -> None:
    (fault,) = faults_of(derived(base.parent, "thresholds: {files: 5.5}\n"))
    assert fault.file == str(base)
    assert base.read_text(encoding="utf-8").splitlines()[fault.line - 1].startswith("  when:")
    assert "compare like with like" in fault.message.en


def test_faults_are_printed_with_the_file_in_which_they_stand(base: Path) -> None:
    with pytest.raises(PolicyError) as raised:
        load_policy(derived(base.parent, "thresholds: {files: 5.5}\n"))
    assert raised.value.lines("en")[0].startswith(f"{base}:20:")


def test_a_repeated_rule_of_the_base_is_told_by_its_lines_there(base: Path) -> None:
    base.write_text(base.read_text(encoding="utf-8") + rule("files"), encoding="utf-8")
    (fault,) = faults_of(derived(base.parent, ""))
    assert (fault.file, fault.line) == (str(base), 24)
    assert "in line 16" in fault.message.en


def test_the_id_of_the_base_is_a_fault(base: Path) -> None:
    file = derived(base.parent, "")
    file.write_text(file.read_text(encoding="utf-8").replace("id: derived", "id: sample"), encoding="utf-8")
    (fault,) = faults_of(file)
    assert (fault.line, fault.column) == (1, 5)


@pytest.mark.parametrize(
    ("extends", "saying"),
    [
        ("derived.yaml", "in a circle"),
        ("./derived.yaml", "in a circle"),
        ("sovereign-al", "there is no policy 'sovereign-al'"),
        ("gone.yaml", "there is no policy 'gone.yaml'"),
        ("/etc/policy.yaml", "from this file's folder"),
    ],
)
def test_a_base_that_can_not_be_had_is_a_fault_at_its_name(base: Path, extends: str, saying: str) -> None:
    (fault,) = faults_of(derived(base.parent, "", extends=extends))
    assert (fault.line, fault.column) == (5, 10)
    assert saying in fault.message.en


def test_a_chain_without_end_is_a_fault(base: Path) -> None:
    for number in range(12):
        derived(base.parent, "", extends=f"p{number + 1}.yaml", name=f"p{number}.yaml")
    with pytest.raises(PolicyError) as raised:
        load_policy(base.parent / "p0.yaml")
    assert "more than 8 policies" in raised.value.faults[0].message.en


@pytest.mark.parametrize(
    "says",
    [
        "lists: 5\n",
        "rules: {a: b}\n",
        "rules: [5, null]",
        "rules: [{id: [a]}, {}]",
        "retired: []\n",
        "lists: {a: 5}\n",
    ],
)
def test_a_wrong_shape_is_a_fault_and_never_a_crash(base: Path, says: str) -> None:
    assert faults_of(derived(base.parent, says))


def test_a_wrong_base_is_told_by_its_own_places(base: Path) -> None:
    base.write_text("- a\n", encoding="utf-8")
    with pytest.raises(PolicyError) as raised:
        load_policy(derived(base.parent, ""))
    assert raised.value.file == str(base)
    assert [(one.line, one.column) for one in raised.value.faults] == [(1, 1)]


def test_a_file_in_the_same_folder_can_not_pass_itself_off_as_a_shipped_policy(tmp_path: Path) -> None:
    (tmp_path / "sovereign-ai").write_text("id: fake", encoding="utf-8")
    policy = load_policy(derived(tmp_path, "", extends="sovereign-ai"))
    assert policy.extends[0].digest == load_policy("sovereign-ai").digest


# ------------------------------------------------------------------------------------------------ telecom-strict
REVOCABLE = inventory(weights_license("LicenseRef-k-exaone"))
SUBMODULE = inventory(dependency("pkg:generic/sub", scope="submodule"))
PROVEN = inventory(
    component("vision_encoder", family="qwen2-vl", country="CN", basis="digest"), weights_license("MIT")
)
NAMED = inventory(component("vision_encoder", family="qwen2-vl", country="CN"), weights_license("MIT"))


@pytest.mark.parametrize(
    ("rule_id", "flagged", "left_alone", "target"),
    [
        ("infrastructure-revocable-license", REVOCABLE, inventory(weights_license("MIT")), Target.TELECOM),
        (
            "unpinned-submodule",
            SUBMODULE,
            inventory(dependency("pkg:generic/sub", scope="submodule", locked=True)),
            Target.DEFENCE,
        ),
        ("telecom-foreign-weights-proven", PROVEN, NAMED, Target.TELECOM),
    ],
)
def test_the_stricter_telecom_policy_fails_what_its_base_reviews(
    rule_id: str, flagged: Inventory, left_alone: Inventory, target: Target
) -> None:
    strict, usual = load_policy("telecom-strict"), load_policy("sovereign-ai")
    place = (Axis.NATIONAL_INFRASTRUCTURE, target)
    verdicts = [
        {(one.axis, one.target): one for one in assess(facts, policy, TODAY).verdicts}[place]
        for facts, policy in ((flagged, strict), (flagged, usual), (left_alone, strict))
    ]
    assert verdicts[0].verdict is Verdict.FAIL
    assert rule_id in verdicts[0].rules
    assert verdicts[1].verdict is not Verdict.FAIL
    assert rule_id not in verdicts[2].rules


def test_the_stricter_telecom_policy_asks_surer_matches_and_the_licenses_of_build_tools() -> None:
    strict = load_policy("telecom-strict")
    facts = inventory(license_of("MIT", score=92.0), dependency("pkg:pypi/a", scope="build"))
    rules = {one.rule for one in assess(facts, strict, TODAY).violations}
    assert {"doubtful-detection", "dependency-license-unknown"} <= rules
    usual = {one.rule for one in assess(facts, load_policy("sovereign-ai"), TODAY).violations}
    assert not {"doubtful-detection", "dependency-license-unknown"} & usual
