"""Approved exceptions: what they cover, what stays visible, and when they stop holding."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.finding import Finding
from compliance.model.inventory import FileCounts, Inventory
from compliance.model.skip import Skip
from compliance.model.submission import Subject
from compliance.model.verdict import Assessment, Severity, Verdict, Violation
from compliance.policy.evaluation import assess
from compliance.policy.loading import load_policy
from compliance.policy.path_patterns import pattern_matches
from compliance.policy.waivers import load_waivers
from tests.policy.inventories import (
    component,
    dependency,
    inventory,
    license_of,
    member,
    notice,
    origin,
    policy_file,
    rule,
)
from tests.policy.waiver_files import waiver, waiver_file

TODAY = datetime.date(2026, 11, 23)


def judged(
    folder: Path, waivers: str, *findings: Finding, rules: str = "", today: datetime.date = TODAY
) -> Assessment:
    return judged_inventory(folder, waivers, inventory(*findings), rules or rule(severity="fail"), today)


def judged_inventory(
    folder: Path, waivers: str, facts: Inventory, rules: str, today: datetime.date = TODAY
) -> Assessment:
    policy = load_policy(policy_file(folder, rules))
    return assess(facts, policy, today, load_waivers([waiver_file(folder, waivers)]))


def covered(assessment: Assessment) -> set[str]:
    """Identifiers of the findings that are waived."""
    return {one for violation in assessment.violations if violation.waiver for one in violation.findings}


def test_a_violation_whose_findings_are_all_covered_does_not_count_and_stays_visible(tmp_path: Path) -> None:
    assessment = judged(tmp_path, waiver(), license_of("MIT"))
    (violation,) = assessment.violations
    assert violation.waiver is not None
    assert (violation.waiver.id, violation.waiver.approver, violation.waiver.reference) == (
        "sample-waiver", "Policy Office", "PO-1",
    )  # fmt: skip
    assert (violation.waiver.reason.ko, violation.waiver.expires) == ("승인함.", "2027-01-31")
    assert {one.verdict for one in assessment.verdicts} == {Verdict.PASS}
    assert assessment.waiver_faults == ()


def test_what_is_not_covered_of_a_violation_counts_beside_the_waived_part(tmp_path: Path) -> None:
    mine, theirs = license_of("MIT", path="src/a.py"), license_of("MIT", path="vendor/b.py")
    assessment = judged(tmp_path, waiver(match='{paths: ["vendor/**"]}'), mine, theirs)
    assert [(one.findings, one.waiver is not None) for one in assessment.violations] == [
        ((mine.id,), False),
        ((theirs.id,), True),
    ]
    assert {one.verdict for one in assessment.verdicts} == {Verdict.FAIL}


def test_two_waivers_cover_two_parts_of_one_violation(tmp_path: Path) -> None:
    findings = [license_of("MIT", path=f"{name}.py") for name in "ab"]
    waivers = "".join(waiver(name, match=f"{{paths: [{name}.py]}}") for name in "ba")
    violations = judged(tmp_path, waivers, *findings).violations
    assert [(one.waiver.id, one.findings) for one in violations if one.waiver] == [
        ("a", (findings[0].id,)),
        ("b", (findings[1].id,)),
    ]


def test_where_two_waivers_cover_a_finding_the_first_is_shown_and_both_are_of_use(tmp_path: Path) -> None:
    assessment = judged(tmp_path, waiver("second") + waiver("first"), license_of("MIT"))
    (violation,) = assessment.violations
    assert violation.waiver is not None
    assert violation.waiver.id == "second"
    assert assessment.waiver_faults == ()


ORIGINS = (origin(), notice("license-text"))
MATCHES = [
    ("license", '{paths: ["src/*.py"]}', license_of("MIT", path="src/a.py"), license_of("MIT", path="src/b/a.py")),
    ("license", "{licenses: [GPL-*]}", license_of("GPL-3.0-only"), license_of("MIT AND GPL-3.0-only")),
    ("license", "{licenses: [MIT]}", license_of("MIT OR GPL-3.0-only"), license_of(None)),
    ("license", '{licenses: ["military_use=prohibited"]}', license_of("LicenseRef-llama-3.1"), license_of("MIT")),
    ("dependency", '{purls: ["pkg:pypi/a"]}', dependency("pkg:pypi/a@1.0"), dependency("pkg:pypi/ab@1.0")),
    ("dependency", '{purls: ["pkg:pypi/a@1.0"]}', dependency("pkg:pypi/a@1.0"), dependency("pkg:pypi/a@1.1")),
    (
        "dependency",
        '{purls: ["pkg:pypi/a"]}',
        dependency("pkg:pypi/a@1"),
        dependency("pkg:pypi/a@1?vcs_url=git%2Bhttps://example.org/fork"),
    ),
    ("dependency", "{licenses: [MIT]}", dependency("pkg:pypi/a", "MIT"), dependency("pkg:pypi/a")),
    ("weights", "{components: [vision_encoder]}", component("vision_encoder"), component("model")),
    ("origin", "{origins: [example_moe]}", origin(), origin(member("b"), member("example_moe", role="ancestor"))),
    ("origin", "{origins: [example]}", origin(), license_of("MIT")),
    ("origin", "{origins: [example], licenses: [MIT]}", origin(member(expression="MIT")), origin()),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "match", "hit", "miss"), MATCHES)
def test_a_match_covers_what_it_says_and_nothing_else(
    tmp_path: Path, kind: str, match: str, hit: Finding, miss: Finding
) -> None:
    rules = rule(kind=kind, severity="fail")
    assert covered(judged(tmp_path, waiver(match=match), hit, miss, rules=rules)) == {hit.id}


def test_a_single_finding_can_be_named_by_its_identifier(tmp_path: Path) -> None:
    hit, miss = license_of("MIT", path="a.py"), license_of("MIT", path="b.py")
    assert covered(judged(tmp_path, waiver(match=f'{{findings: ["{hit.id}"]}}'), hit, miss)) == {hit.id}


def test_a_notice_is_covered_by_the_origin_that_it_belongs_to(tmp_path: Path) -> None:
    rules = rule(kind="notice", severity="fail")
    assert covered(judged(tmp_path, waiver(match="{origins: [example_moe]}"), *ORIGINS, rules=rules)) == {
        ORIGINS[1].id
    }


def test_the_whole_submission_is_covered_where_a_rule_names_no_finding(tmp_path: Path) -> None:
    rules = rule(kind="inventory", when="inventory.unlicensed > 0", severity="fail") + rule(
        "other", severity="fail"
    )
    facts = inventory(license_of("MIT"), counts=FileCounts(files=3, examined=3, unlicensed=1))
    waivers = waiver(rules="[sample-rule, other]", match="{whole-submission: true}")
    found = judged_inventory(tmp_path, waivers, facts, rules).violations
    assert {one.rule: one.waiver is not None for one in found} == {"sample-rule": True, "other": False}


def test_no_other_match_covers_a_rule_without_findings(tmp_path: Path) -> None:
    rules = rule(kind="inventory", severity="fail")
    (violation,) = judged(tmp_path, waiver(), license_of("MIT"), rules=rules).violations
    assert violation.waiver is None


def test_a_scope_limits_a_waiver_to_a_target(tmp_path: Path) -> None:
    rules = rule(axis="national-infrastructure", severity="fail")
    assessment = judged(tmp_path, waiver(more="scope: {targets: [telecom]}"), license_of("MIT"), rules=rules)
    assert {one.target: one.verdict for one in assessment.verdicts} == {
        "defence": Verdict.FAIL,
        "security": Verdict.FAIL,
        "telecom": Verdict.PASS,
    }


@pytest.mark.parametrize(("team", "waived"), [("Team Hanbit", True), ("Example Authors", False)])
def test_a_waiver_of_another_team_neither_covers_nor_is_a_fault(tmp_path: Path, team: str, waived: bool) -> None:
    facts = of_team(inventory(license_of("MIT")), team)
    waivers = waiver(more="scope: {teams: [Team Hanbit]}")
    assessment = judged_inventory(tmp_path, waivers, facts, rule())
    assert bool(covered(assessment)) is waived
    assert assessment.waiver_faults == ()


def of_team(facts: Inventory, team: str) -> Inventory:
    return Inventory(
        tool=facts.tool, subject=Subject(team=team, name="sample"), counts=facts.counts, findings=facts.findings
    )


@pytest.mark.parametrize(
    ("day", "waived", "faults"),
    [
        (datetime.date(2026, 11, 30), False, []),
        (datetime.date(2026, 12, 1), True, []),
        (datetime.date(2027, 1, 31), True, []),
        (datetime.date(2027, 2, 1), False, ["expired"]),
    ],
)
def test_a_waiver_holds_from_its_first_day_to_its_last_and_is_a_fault_from_then_on(
    tmp_path: Path, day: datetime.date, waived: bool, faults: list[str]
) -> None:
    assessment = judged(tmp_path, waiver(more="from: 2026-12-01"), license_of("MIT"), today=day)
    assert bool(covered(assessment)) is waived
    assert [one.fault for one in assessment.waiver_faults] == faults


def test_a_waiver_that_covers_nothing_is_a_fault_at_its_line(tmp_path: Path) -> None:
    waivers = waiver("used") + waiver("stale", match="{paths: [gone.py]}")
    (fault,) = judged(tmp_path, waivers, license_of("MIT")).waiver_faults
    assert (fault.waiver, fault.fault, fault.line) == ("stale", "matches-nothing", 9)
    assert fault.file.endswith("waivers.yaml")
    assert "covers no violation" in fault.message.en


def test_a_waiver_of_a_rule_that_the_policy_does_not_have_is_told_so(tmp_path: Path) -> None:
    (fault,) = judged(tmp_path, waiver(rules="[sample-rul]"), license_of("MIT")).waiver_faults
    assert "no rule sample-rul" in fault.message.en
    assert "did you mean 'sample-rule'" in fault.message.en


def test_what_could_not_be_evaluated_can_not_be_waived(tmp_path: Path) -> None:
    rules = rule(when="1 / size(license.expression) > 5 || 1 / (size(license.path) - 8) > 5", severity="fail")
    assessment = judged(tmp_path, waiver(), license_of("MIT", path="src/a.py"), rules=rules)
    (violation,) = assessment.violations
    assert violation.unevaluated is not None
    assert violation.waiver is None
    assert [one.fault for one in assessment.waiver_faults] == ["not-evaluated"]


def test_what_was_not_examined_can_not_be_waived(tmp_path: Path) -> None:
    skip = Skip(path="a.bin", reason="unreadable", detail="permission denied")
    assessment = judged_inventory(tmp_path, waiver(), inventory(license_of("MIT"), skipped=[skip]), rule())
    assert {one.verdict for one in assessment.verdicts} == {Verdict.INCOMPLETE}


def test_a_lead_is_waived_like_the_rest_of_its_rule(tmp_path: Path) -> None:
    rules = rule(when="says(license.expression, 'commercial_use', ['prohibited'])", severity="fail")
    found = judged(
        tmp_path, waiver(), license_of("LicenseRef-qwen-research"), license_of("CC-BY-NC-4.0"), rules=rules
    ).violations
    assert [(one.severity, one.waiver is not None) for one in found] == [
        (Severity.FAIL, True),
        (Severity.REVIEW, True),
    ]


def test_the_assessment_names_the_files_of_waivers_with_their_digests(tmp_path: Path) -> None:
    policy = load_policy(policy_file(tmp_path, rule()))
    files = [waiver_file(tmp_path, waiver()), waiver_file(tmp_path, "", "none.yaml")]
    loaded = load_waivers(files)
    named = assess(inventory(license_of("MIT")), policy, TODAY, loaded).policy.waivers
    assert [one.file for one in named] == ["waivers.yaml", "none.yaml"]
    assert all(one.digest.startswith("sha256:") for one in named)
    assert named[0].digest != named[1].digest


@pytest.mark.parametrize(
    ("called", "named"),
    [
        ("rules/waivers.yaml", "rules/waivers.yaml"),
        ("rules/../waivers.yaml", "waivers.yaml"),
        ("../above/waivers.yaml", "waivers.yaml"),
        ("/home/somebody/waivers.yaml", "waivers.yaml"),
    ],
)
def test_the_assessment_says_nothing_of_folders_outside_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: str, named: str
) -> None:
    (tmp_path / "here/rules").mkdir(parents=True)
    (tmp_path / "above").mkdir()
    for folder in ("here", "here/rules", "above"):
        waiver_file(tmp_path / folder, waiver())
    path = tmp_path / "above/waivers.yaml" if called.startswith("/") else Path(called)
    monkeypatch.chdir(tmp_path / "here")
    policy = load_policy(policy_file(tmp_path, rule()))

    found = assess(inventory(license_of("MIT")), policy, datetime.date(2027, 2, 1), load_waivers([path]))

    assert [one.file for one in found.policy.waivers] == [named]
    assert [one.file for one in found.waiver_faults] == [named]


@given(st.sets(st.sampled_from("abcd")))
def test_waiving_takes_findings_from_what_counts_and_loses_none(
    tmp_path_factory: pytest.TempPathFactory, waived: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("waivers")
    findings = {name: license_of("MIT", path=f"{name}.py") for name in "abcd"}
    entries = ", ".join(f"{name}.py" for name in sorted(waived) or ["none"])
    parts = judged(folder, waiver(match=f"{{paths: [{entries}]}}"), *findings.values()).violations
    assert sorted(found for one in parts for found in one.findings) == sorted(one.id for one in findings.values())
    assert {found for one in parts if one.waiver for found in one.findings} == {
        findings[name].id for name in waived
    }
    assert all(isinstance(one, Violation) and one.findings for one in parts)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("a.py", "a.py", True),
        ("a.py", "src/a.py", False),
        ("*.py", "src/a.py", False),
        ("**/*.py", "a.py", True),
        ("**/*.py", "src/deep/a.py", True),
        ("src/**", "src/deep/a.py", True),
        ("src/", "src/deep/a.py", True),
        ("src", "src/a.py", False),
        ("src/**/b/*.py", "src/x/b/y/b/a.py", True),
        ("src/**/b/*.py", "src/x/b/y/a.py", False),
        ("src/?.py", "src/ab.py", False),
        ("vendor/a.whl!/**", "vendor/a.whl!/pkg/b.py", True),
        ("A.py", "a.py", False),
    ],
)
def test_a_star_stays_within_a_part_of_the_path_and_two_do_not(pattern: str, path: str, fits: bool) -> None:
    assert pattern_matches(pattern, path) is fits
