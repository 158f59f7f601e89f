"""Judging an inventory: pure, dated, traceable, and failing closed."""

import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.evidence import Statement
from compliance.model.finding import Finding, LicenseFinding, place
from compliance.model.inventory import FileCounts
from compliance.model.skip import Skip
from compliance.model.verdict import Assessment, Axis, Severity, Target, Verdict
from compliance.policy.evaluation import assess
from compliance.policy.loading import load_policy
from compliance.weights import families
from tests.counted_calls import with_calls
from tests.policy.inventories import card, component, dependency, inventory, license_of, policy_file, rule

TODAY = datetime.date(2026, 11, 23)
SKIP = Skip(path="a.bin", reason="unreadable", detail="permission denied")
BANNED = "requires(license.expression, ['GPL-*'])"


def judged(folder: Path, rules: str, *findings: Finding, skipped: tuple[Skip, ...] = ()) -> Assessment:
    return assess(inventory(*findings, skipped=skipped), load_policy(policy_file(folder, rules)), TODAY)


def verdict(assessment: Assessment, axis: Axis = Axis.DISCLOSURE, target: Target | None = None) -> Verdict:
    (found,) = [one.verdict for one in assessment.verdicts if (one.axis, one.target) == (axis, target)]
    return found


def test_a_rule_that_no_fact_breaks_leaves_a_pass(tmp_path: Path) -> None:
    assessment = judged(tmp_path, rule(when=BANNED), license_of("MIT"))
    assert assessment.violations == ()
    assert verdict(assessment) is Verdict.PASS


def test_one_violation_names_every_finding_that_breaks_the_rule(tmp_path: Path) -> None:
    findings = [license_of("GPL-2.0-only", path=f"{name}.c") for name in "cab"]
    assessment = judged(tmp_path, rule(when=BANNED), license_of("MIT"), *findings)
    (violation,) = assessment.violations
    assert violation.findings == tuple(sorted(finding.id for finding in findings))
    assert (violation.rule, violation.severity, violation.waiver) == ("sample-rule", Severity.REVIEW, None)
    assert violation.unevaluated is None


def test_a_fail_that_rests_on_a_lead_alone_asks_for_review(tmp_path: Path) -> None:
    fails = rule(when="says(license.expression, 'commercial_use', ['prohibited'])", severity="fail")
    lead, proven = license_of("LicenseRef-qwen-research"), license_of("CC-BY-NC-4.0")
    found = judged(tmp_path, fails, lead, proven).violations
    assert [(one.severity, one.findings, one.lead is not None) for one in found] == [
        (Severity.FAIL, (proven.id,), False),
        (Severity.REVIEW, (lead.id,), True),
    ]
    assert verdict(judged(tmp_path, fails, lead)) is Verdict.REVIEW


def test_a_family_known_from_general_knowledge_alone_fails_nothing_unless_its_values_are_equal(
    tmp_path: Path,
) -> None:
    fails = rule(kind="weights", when="has(weights.family)", severity="fail")
    remembered = next(one.id for one in families.families() if one.is_lead)
    assert verdict(judged(tmp_path, fails, component(family=remembered))) is Verdict.REVIEW
    assert verdict(judged(tmp_path, fails, component(family=remembered, basis="digest"))) is Verdict.FAIL


def test_a_violation_speaks_the_words_of_its_rule(tmp_path: Path) -> None:
    (violation,) = judged(tmp_path, rule(), license_of("MIT")).violations
    assert (violation.message.ko, violation.remedy.en) == ("발견.", "Mend it.")


def test_national_infrastructure_is_judged_for_each_target(tmp_path: Path) -> None:
    both = rule("for-all", axis="national-infrastructure") + rule(
        "for-one", axis="national-infrastructure", severity="fail", more="targets: [defence]"
    )
    assessment = judged(tmp_path, both, license_of("MIT"))
    assert [(one.target, one.verdict, one.rules) for one in assessment.verdicts] == [
        (Target.DEFENCE, Verdict.FAIL, ("for-one",)),
        (Target.SECURITY, Verdict.REVIEW, ("for-all",)),
        (Target.TELECOM, Verdict.REVIEW, ("for-all",)),
    ]
    assert [(one.target, one.rule) for one in assessment.violations] == [
        (Target.DEFENCE, "for-one"),
        (Target.DEFENCE, "for-all"),
        (Target.SECURITY, "for-all"),
        (Target.TELECOM, "for-all"),
    ]


def test_the_gravest_severity_decides_and_its_rules_are_named(tmp_path: Path) -> None:
    rules = rule("b", severity="obligation") + rule("c", severity="obligation") + rule("a", severity="note")
    assessment = judged(tmp_path, rules, license_of("MIT"))
    assert assessment.verdicts[0].verdict is Verdict.PASS_WITH_OBLIGATIONS
    assert assessment.verdicts[0].rules == ("b", "c")


def test_a_note_is_reported_and_leaves_a_pass(tmp_path: Path) -> None:
    assessment = judged(tmp_path, rule(severity="note"), license_of("MIT"))
    assert len(assessment.violations) == 1
    assert (assessment.verdicts[0].verdict, assessment.verdicts[0].rules) == (Verdict.PASS, ())


@pytest.mark.parametrize(
    ("severity", "expected", "rules"),
    [
        ("note", Verdict.INCOMPLETE, ()),
        ("obligation", Verdict.INCOMPLETE, ("sample-rule",)),
        ("review", Verdict.INCOMPLETE, ("sample-rule",)),
        ("fail", Verdict.FAIL, ("sample-rule",)),
    ],
)
def test_anything_skipped_makes_every_verdict_incomplete_but_a_failure(
    tmp_path: Path, severity: str, expected: Verdict, rules: tuple[str, ...]
) -> None:
    assessment = judged(tmp_path, rule(severity=severity), license_of("MIT"), skipped=(SKIP,))
    assert (assessment.verdicts[0].verdict, assessment.verdicts[0].rules) == (expected, rules)


@pytest.mark.parametrize(
    ("dates", "asked"),
    [
        ("from: 2026-11-23", True),
        ("from: 2026-11-24", False),
        ("until: 2026-11-23", True),
        ("until: 2026-11-22", False),
        ("from: '2026-01-01'\nuntil: '2026-12-31'", True),
    ],
)
def test_a_rule_is_asked_from_its_first_day_to_its_last(tmp_path: Path, dates: str, asked: bool) -> None:
    assessment = judged(tmp_path, rule(more=dates) + rule("other", severity="note"), license_of("MIT"))
    assert ("sample-rule" in {violation.rule for violation in assessment.violations}) is asked


def test_an_axis_none_of_whose_rules_is_in_force_is_incomplete_and_no_pass(tmp_path: Path) -> None:
    assessment = judged(tmp_path, rule(more="until: 2020-01-01"), license_of("MIT"))
    assert verdict(assessment) is Verdict.INCOMPLETE


def test_an_inventory_with_nothing_in_it_is_incomplete_and_no_pass(tmp_path: Path) -> None:
    policy = load_policy(policy_file(tmp_path, rule(when=BANNED)))
    assert verdict(assess(inventory(counts=FileCounts()), policy, TODAY)) is Verdict.INCOMPLETE


def test_an_installed_environment_has_no_files_and_can_pass(tmp_path: Path) -> None:
    policy = load_policy(policy_file(tmp_path, rule(when=BANNED)))
    installed = dependency("pkg:pypi/a@1", "MIT", scope="installed")
    assert verdict(assess(inventory(installed, counts=FileCounts()), policy, TODAY)) is Verdict.PASS


def test_a_package_does_not_vouch_for_itself(tmp_path: Path) -> None:
    asking = rule(kind="dependency", when="dependency.license_known_elsewhere")
    assert not judged(tmp_path, asking, dependency("pkg:pypi/a@1", "MIT")).violations


def test_an_axis_that_no_rule_of_the_policy_is_about_has_no_verdict(tmp_path: Path) -> None:
    assessment = judged(tmp_path, rule(), license_of("MIT"))
    assert [one.axis for one in assessment.verdicts] == [Axis.DISCLOSURE]


@pytest.mark.parametrize(
    ("severity", "raised_to"), [("note", "review"), ("obligation", "review"), ("fail", "fail")]
)
def test_a_condition_that_cannot_be_evaluated_counts_as_broken_and_says_so(
    tmp_path: Path, severity: str, raised_to: str
) -> None:
    failing = rule(when="size(license.path) / 0 == 1", severity=severity)
    finding = license_of("MIT")
    (violation,) = judged(tmp_path, failing, finding).violations
    assert violation.severity == raised_to
    assert violation.findings == (finding.id,)
    assert violation.unevaluated is not None
    assert "divide by zero" in violation.unevaluated.en
    assert "평가 불가 1건" in violation.unevaluated.ko


def test_facts_that_can_be_judged_are_judged_beside_one_that_cannot(tmp_path: Path) -> None:
    some = rule(when="10 / (size(license.path) - 3) > 100")
    harmless, failing = license_of("MIT", path="long-name.c"), license_of("MIT", path="a.c")
    (violation,) = judged(tmp_path, some, harmless, failing).violations
    assert violation.findings == (failing.id,)


def test_a_rule_for_the_inventory_is_asked_once_and_names_no_finding(tmp_path: Path) -> None:
    policy = load_policy(policy_file(tmp_path, rule(kind="inventory", when="inventory.unlicensed > 2")))
    counts = FileCounts(files=5, examined=5, unlicensed=3)
    (violation,) = assess(inventory(counts=counts), policy, TODAY).violations
    assert violation.findings == ()


def test_the_inventory_counts_findings_of_each_kind(tmp_path: Path) -> None:
    when = "inventory.license_findings == 2 && inventory.dependency_findings == 1 && inventory.skipped == 1"
    findings = (license_of("MIT"), license_of("ISC"), dependency("pkg:pypi/a@1"))
    assert judged(tmp_path, rule(kind="inventory", when=when), *findings, skipped=(SKIP,)).violations


def test_a_card_field_knows_the_relation_that_the_same_file_declares(tmp_path: Path) -> None:
    asking = rule(kind="model-card", when="card.field == 'base_model' && 'merge' in card.base_model_relations")
    relation = card("base_model_relation", "merge")
    here, elsewhere = card("base_model", "a/b"), card("base_model", "a/b", path="other/README.md")
    (violation,) = judged(tmp_path, asking, relation, here, elsewhere).violations
    assert violation.findings == (here.id,)


def test_a_base_with_a_relation_of_its_own_has_no_other(tmp_path: Path) -> None:
    asking = rule(kind="model-card", when="card.field == 'base_model' && 'merge' in card.base_model_relations")
    findings = [
        msgspec.structs.replace(
            card("base_model", name), evidence=(Statement(field="base_model_relation", says=says),)
        )
        for name, says in (("a/b", "merge"), ("c/d", "adapter"))
    ]
    (violation,) = judged(tmp_path, asking, card("base_model_relation", "merge"), *findings).violations
    assert violation.findings == (findings[0].id,)


def test_an_inferred_relation_is_no_declared_one(tmp_path: Path) -> None:
    inferred = (Statement(field="inferred-relation", says="adapter: adapter_config.json"),)
    base = msgspec.structs.replace(card("base_model", "a/b"), evidence=inferred)
    declared = rule(kind="model-card", when="card.base_model_relations.exists(one, one == 'adapter')")
    lead = rule(kind="model-card", when="'adapter' in card.inferred_relations")
    assert judged(tmp_path, declared, base).violations == ()
    assert len(judged(tmp_path, lead, base).violations) == 1


def test_a_license_that_was_concluded_for_a_card_covers_its_lines(tmp_path: Path) -> None:
    asking = rule(kind="license", when="license.basis == 'detected' && !license.declared_in_card")
    finding = LicenseFinding(lines=(2, 3), expression="MIT", basis="concluded", subject="weights")
    detected = LicenseFinding(lines=(3, 3), expression="LicenseRef-x", basis="detected")
    both = [place(one, "README.md", None) for one in (finding, detected)]
    assert judged(tmp_path, asking, *both).violations == ()


def test_the_line_of_a_dataset_card_that_names_its_license_is_about_no_code(tmp_path: Path) -> None:
    asking = rule(when="license.subject == 'code'")
    declared = license_of("CC-BY-NC-4.0", subject="data", basis="declared", path="README.md", lines=(2, 2))
    same, below = (license_of("CC-BY-NC-4.0", path="README.md", lines=(at, at)) for at in (2, 9))
    (violation,) = judged(tmp_path, asking, declared, same, below).violations
    assert violation.findings == (below.id,)


@pytest.mark.parametrize(
    ("declared", "installed", "known"),
    [
        ("pkg:pypi/numpy", "pkg:pypi/numpy@2.1.0", True),
        ("pkg:pypi/numpy@2.1.0?x=y", "pkg:pypi/numpy@2.1.0#sub", True),
        ("pkg:pypi/numpy@2.1.0", "pkg:pypi/numpy@1.0", False),
        ("pkg:pypi/numpy@2.1.0", "pkg:pypi/numpy", True),
        ("pkg:pypi/numpy?vcs_url=git%2Bhttps://example.org/fork", "pkg:pypi/numpy@2.1.0", False),
        ("pkg:pypi/numpy", "pkg:pypi/numpy@2.1.0?download_url=https://example.org/numpy.whl", False),
        (
            "pkg:pypi/a?vcs_url=git%2Bhttps://example.org/a",
            "pkg:pypi/a@1?vcs_url=git%2Bhttps://example.org/a",
            True,
        ),
        ("pkg:npm/%40scope/name@1", "pkg:npm/%40scope/name", True),
        ("pkg:npm/@scope/name", "pkg:npm/@scope/other", False),
        ("pkg:pypi/numpy", "pkg:npm/numpy", False),
    ],
)
def test_a_dependency_knows_whether_its_license_stands_elsewhere(
    tmp_path: Path, declared: str, installed: str, known: bool
) -> None:
    asking = rule(kind="dependency", when="!known(dependency.expression) && dependency.license_known_elsewhere")
    findings = (dependency(declared), dependency(installed, "BSD-3-Clause", scope="installed"))
    assert bool(judged(tmp_path, asking, *findings).violations) is known


def test_the_assessment_names_policy_bytes_and_day(tmp_path: Path) -> None:
    file = policy_file(tmp_path, rule())
    policy = load_policy(file)
    reference = assess(inventory(), policy, TODAY).policy
    file.write_text(file.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
    assert reference.evaluated_on == "2026-11-23"
    assert reference.digest.startswith("sha256:")
    assert load_policy(file).digest != reference.digest


def test_facts_are_handed_on_unchanged(tmp_path: Path) -> None:
    facts = inventory(license_of("MIT"), skipped=(SKIP,))
    assessment = assess(facts, load_policy(policy_file(tmp_path, rule())), TODAY)
    assert (assessment.findings, assessment.skipped, assessment.counts) == (
        facts.findings,
        facts.skipped,
        facts.counts,
    )


SHIPPED = load_policy("sovereign-ai")
EXPRESSIONS = st.sampled_from(["MIT", "GPL-2.0-only", "LicenseRef-llama-3.1", "NOASSERTION", None])
FINDINGS = st.lists(
    st.builds(
        lambda expression, path, subject: place(
            LicenseFinding(expression=expression, basis="detected", subject=subject), path, None
        ),
        EXPRESSIONS,
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["code", "weights"]),
    ),
    max_size=6,
)


@given(FINDINGS.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_findings_changes_no_judgement(pair: tuple[list[Finding], list[Finding]]) -> None:
    one, other = (assess(inventory(*findings), SHIPPED, TODAY) for findings in pair)
    assert msgspec.json.encode((one.verdicts, one.violations)) == msgspec.json.encode(
        (other.verdicts, other.violations)
    )


@given(FINDINGS, FINDINGS)
def test_one_more_license_statement_never_makes_a_verdict_milder(some: list[Finding], more: list[Finding]) -> None:
    order = list(Verdict)
    before = assess(inventory(*some), SHIPPED, TODAY).verdicts
    after = assess(inventory(*some, *more), SHIPPED, TODAY).verdicts
    for earlier, later in zip(before, after, strict=True):
        assert order.index(earlier.verdict) <= order.index(later.verdict)


@pytest.mark.slow
def test_the_work_for_a_hundred_thousand_license_statements_grows_with_their_number() -> None:
    expressions = ["MIT", "Apache-2.0", "MIT OR GPL-2.0-only", None, "BSD-3-Clause AND MIT"]
    findings = [license_of(expressions[n % 5], path=f"src/{n}.py") for n in range(100_000)]
    facts = inventory(*findings)
    _, calls = with_calls(lambda: assess(facts, SHIPPED, TODAY))
    assert calls < 100_000 * 60


def test_a_lead_on_whose_weights_are_excuses_nothing_that_was_read_in_the_file(tmp_path: Path) -> None:
    fails = rule(kind="weights", when="weights.component == 'model'", severity="fail")
    remembered = next(one.id for one in families.families() if one.is_lead)
    found = judged(tmp_path, fails, component(family=remembered))
    assert verdict(found) is Verdict.FAIL
    assert found.violations[0].lead is None
