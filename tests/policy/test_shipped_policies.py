"""Every rule of the shipped policies: one inventory that it must flag and one that it must leave alone."""

import datetime
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from compliance.licenses import huggingface, spdx
from compliance.licenses.catalog import weight_licenses
from compliance.licenses.expressions import only, requires
from compliance.licenses.term_files import license_ids
from compliance.model.evidence import Statement
from compliance.model.inventory import FileCounts, Inventory
from compliance.model.verdict import Axis, Severity, Target, Verdict
from compliance.policy.evaluation import assess
from compliance.policy.loading import Policy, load_policy, shipped_policies
from tests.policy.inventories import (
    card,
    component,
    contradiction,
    dependency,
    inventory,
    license_of,
    member,
    notice,
    origin,
    policy_file,
    rule,
    weights_license,
)

TODAY = datetime.date(2026, 11, 23)


@cache
def loaded(name: str) -> Policy:
    return load_policy(name)


class Case(NamedTuple):
    flagged: Inventory
    left_alone: Inventory


LLAMA = inventory(weights_license("LicenseRef-llama-3.1"))
LLAMA_OR_MIT = inventory(weights_license("LicenseRef-llama-3.1 OR MIT"))
OPEN = inventory(weights_license("Apache-2.0"))
NONCOMMERCIAL = inventory(weights_license("CC-BY-NC-4.0"))

SOVEREIGN = {
    "noncommercial-license": Case(NONCOMMERCIAL, OPEN),
    "use-restricting-license": Case(LLAMA, LLAMA_OR_MIT),
    "territory-excluded": Case(
        inventory(weights_license("LicenseRef-tencent-hunyuan-eu")),
        inventory(weights_license("LicenseRef-llama-3")),
    ),
    "size-gate": Case(LLAMA, inventory(weights_license("LicenseRef-kimi-k2-modified-mit"))),
    "outside-control": Case(inventory(weights_license("LicenseRef-gemma-2024-04-01")), OPEN),
    "output-limited": Case(inventory(weights_license("LicenseRef-llama-2")), OPEN),
    "share-alike-weights": Case(
        inventory(weights_license("CC-BY-SA-4.0")), inventory(license_of("CC-BY-SA-4.0"), weights_license("MIT"))
    ),
    "unknown-license-with-restrictions": Case(
        inventory(
            weights_license(None, evidence=(Statement(field="term:military_use", says="prohibited: not for"),))
        ),
        inventory(weights_license(None, evidence=(Statement(field="clause-added", says="prohibited: not"),))),
    ),
    "license-terms-may-change": Case(
        inventory(weights_license("LicenseRef-hyperclova-x-seed")), inventory(weights_license("MIT"))
    ),
    "license-names-foreign-forum": Case(LLAMA, inventory(weights_license("LicenseRef-k-exaone"))),
    "license-text-altered": Case(inventory(license_of(None, altered=True)), inventory(license_of("MIT"))),
    "revocable-license": Case(inventory(weights_license("LicenseRef-k-exaone")), OPEN),
    "weights-license-not-established": Case(
        inventory(weights_license(None)), inventory(weights_license("MIT"), license_of(None))
    ),
    "weights-without-license": Case(inventory(component()), inventory(component(), weights_license("MIT"))),
    "foreign-weights-proven": Case(
        inventory(component("vision_encoder", family="qwen2-vl", country="CN", basis="digest")),
        inventory(component("vision_encoder", family="qwen2-vl", country="CN", basis="config")),
    ),
    "foreign-weights-alike": Case(
        inventory(component("vision_encoder", family="qwen2-vl", country="CN", basis="likeness")),
        inventory(component("vision_encoder", family="exaone", country="KR", basis="likeness")),
    ),
    "foreign-component-named": Case(
        inventory(component("vision_encoder", family="qwen2-vl", developer="Alibaba Cloud", country="CN")),
        inventory(component("model", family="exaone", developer="LG AI Research", country="KR"), component()),
    ),
    "base-model-weights-reused": Case(
        inventory(card("base_model", "Qwen/Qwen2.5-7B"), card("base_model_relation", "finetune")),
        inventory(
            card("base_model", "upstage/SOLAR-10.7B-v1.0"),
            card("base_model_relation", "quantized"),
            card("base_model", "Qwen/Qwen2.5-7B", path="elsewhere/README.md"),
        ),
    ),
    "base-model-declared": Case(inventory(card("base_model", "upstage/solar")), inventory(card("license", "mit"))),
    "restricted-code-license": Case(
        inventory(license_of("Apache-2.0 WITH LicenseRef-scancode-commons-clause")), inventory(license_of("MIT"))
    ),
    "code-license-not-established": Case(
        inventory(license_of("MIT AND LicenseRef-scancode-unknown-license-reference")),
        inventory(license_of("MIT OR LicenseRef-scancode-proprietary-license")),
    ),
    "code-license-not-open": Case(
        inventory(license_of("MIT AND LicenseRef-scancode-nvidia-cuda-supplement-2020")),
        inventory(
            license_of("LicenseRef-scancode-oracle-bcl-java-platform-2013 OR MIT"),
            license_of("GPL-2.0-or-later WITH Bootloader-exception"),
            license_of("LicenseRef-scancode-dco-1.1"),
            license_of("LicenseRef-scancode-moonshot-ai-modified-mit-2025"),
            license_of("BUSL-1.1"),
            license_of(None),
        ),
    ),
    "doubtful-detection": Case(
        inventory(license_of("MIT", score=60.0)),
        inventory(
            license_of("MIT", score=95.0), license_of("MIT", basis="declared"), license_of(None, score=20.0)
        ),
    ),
    "strong-copyleft-code": Case(
        inventory(license_of("GPL-3.0-or-later WITH GCC-exception-3.1")),
        inventory(license_of("LGPL-2.1-only"), license_of("MIT OR GPL-2.0-only")),
    ),
    "restricted-dependency": Case(
        inventory(dependency("pkg:pypi/a", "BUSL-1.1")),
        inventory(dependency("pkg:pypi/a", "BUSL-1.1", scope="dev"), dependency("pkg:pypi/b", "MIT")),
    ),
    "dependency-license-not-open": Case(
        inventory(dependency("pkg:pypi/nvidia-cudnn", "LicenseRef-NVIDIA-Proprietary")),
        inventory(
            dependency("pkg:pypi/nvidia-cudnn", "LicenseRef-NVIDIA-Proprietary", scope="dev"),
            dependency("pkg:pypi/own", "LicenseRef-Proprietary", scope="package"),
            dependency("pkg:pypi/matplotlib", "PSF-2.0"),
            dependency("pkg:pypi/a", "BUSL-1.1"),
            dependency("pkg:pypi/b"),
        ),
    ),
    "infrastructure-code-terms-unknown": Case(
        inventory(license_of("JSON")),
        inventory(license_of("HPND"), license_of("LicenseRef-scancode-gemma-tou-2024-04-01")),
    ),
    "infrastructure-doubtful-detection": Case(
        inventory(license_of("Apache-2.0", basis="concluded", score=60.0)),
        inventory(license_of("MIT", score=95.0)),
    ),
    "infrastructure-dependency-terms-unknown": Case(
        inventory(dependency("pkg:pypi/numpy")),
        inventory(
            dependency("pkg:pypi/numpy"),
            dependency("pkg:pypi/numpy@2.1", "BSD-3-Clause", scope="installed"),
            dependency("pkg:pypi/pytest", scope="dev"),
        ),
    ),
    "infrastructure-weights-terms-unknown": Case(
        inventory(weights_license("LicenseRef-qwen-research")),
        inventory(weights_license("LicenseRef-gemma-2025-03-24")),
    ),
    "infrastructure-weights-without-license": Case(
        inventory(component()), inventory(component(), weights_license("MIT"))
    ),
    "infrastructure-noncommercial-license": Case(NONCOMMERCIAL, OPEN),
    "license-forbids-military-use": Case(inventory(weights_license("LicenseRef-deepseek-1.0")), LLAMA_OR_MIT),
    "license-forbids-military-use-security": Case(inventory(weights_license("LicenseRef-deepseek-1.0")), OPEN),
    "license-forbids-critical-infrastructure": Case(LLAMA, inventory(weights_license("LicenseRef-deepseek-1.0"))),
    "license-limits-public-use": Case(inventory(weights_license("LicenseRef-tencent-hunyuan-eu")), LLAMA),
    "license-reserves-remote-restriction": Case(inventory(weights_license("LicenseRef-gemma-2024-04-01")), LLAMA),
    "infrastructure-revocable-license": Case(inventory(weights_license("LicenseRef-k-exaone")), LLAMA),
    "license-excludes-korea": Case(
        inventory(weights_license("LicenseRef-tencent-hunyuan-eu-uk-kr")),
        inventory(weights_license("LicenseRef-tencent-hunyuan-eu")),
    ),
    "license-serves-foreign-state": Case(inventory(weights_license("LicenseRef-glm-130b")), LLAMA),
    "infrastructure-foreign-component": Case(
        inventory(component("model", developer="Meta", country="US", basis="path-name")),
        inventory(component("model", family="solar", country="KR")),
    ),
    "remote-code": Case(
        inventory(card("vision_config.auto_map.AutoModel", "modeling_x.Model", path="config.json")),
        inventory(card("architectures", "LlamaForCausalLM", path="config.json")),
    ),
    "unpinned-submodule": Case(
        inventory(dependency("pkg:generic/sub", scope="submodule")),
        inventory(dependency("pkg:generic/sub", scope="submodule", locked=True)),
    ),
    "network-copyleft-code": Case(inventory(license_of("AGPL-3.0-only")), inventory(license_of("GPL-3.0-only"))),
    "unlicensed-files": Case(
        inventory(counts=FileCounts(files=3, examined=3, unlicensed=1)), inventory(counts=FileCounts(files=3))
    ),
    "notice-duty": Case(
        inventory(license_of("MIT")), inventory(license_of("CC0-1.0"), license_of("MIT", basis="concluded"))
    ),
    "brand-duty": Case(LLAMA, OPEN),
    "source-code-duty": Case(inventory(license_of("MPL-2.0")), inventory(license_of("Apache-2.0"))),
    "dependency-license-unknown": Case(
        inventory(dependency("pkg:pypi/numpy")),
        inventory(
            dependency("pkg:pypi/numpy"),
            dependency("pkg:pypi/numpy@2.1", "BSD-3-Clause", scope="installed"),
            dependency("pkg:pypi/pytest", scope="dev"),
        ),
    ),
    "contradiction": Case(inventory(contradiction()), inventory(license_of("MIT"))),
    "foreign-code-under-open-license": Case(
        inventory(origin()),
        inventory(
            origin(member(country="KR")),
            origin(member(), member("hanbit", country="KR", role="shared", tied=True)),
            origin(member(relation="imported")),
            origin(member(expression="BUSL-1.1")),
        ),
    ),
    "copied-code-restricted": Case(
        inventory(origin(member(expression="BUSL-1.1"))),
        inventory(
            origin(member(expression="BUSL-1.1", relation="derived")),
            origin(member(expression="BUSL-1.1", confidence=0.5)),
            origin(member(expression="BUSL-1.1"), committed="2024-06-01"),
            origin(member(expression="BUSL-1.1 OR MIT")),
        ),
    ),
    "origin-license-not-open": Case(
        inventory(origin(member(expression="LicenseRef-deepseek-1.0", relation="derived"))),
        inventory(origin(member(expression="MIT")), origin(member(expression=None))),
    ),
    "origin-license-unknown": Case(inventory(origin(member(expression=None))), inventory(origin())),
    "infrastructure-foreign-code": Case(
        inventory(origin(member(relation="derived"))),
        inventory(origin(member(share=0.1)), origin(member(country="KR")), origin(member(confidence=0.5))),
    ),
    "infrastructure-foreign-code-traces": Case(
        inventory(origin(member(relation="imported", share=None, confidence=None))),
        inventory(origin(), origin(member(country="KR", share=0.1))),
    ),
    "infrastructure-origin-unknown": Case(inventory(origin(member(country=None))), inventory(origin())),
    "infrastructure-origin-not-open": Case(
        inventory(origin(member(expression="SSPL-1.0"))), inventory(origin(member(expression="MIT")))
    ),
    "undeclared-foreign-origin": Case(
        inventory(origin(member(relation="derived"))),
        inventory(
            origin(declared="agrees"),
            origin(member(country="KR")),
            origin(member(), member("hanbit", country="KR", role="shared", tied=True)),
            origin(committed="2024-12-31"),
            origin(member(share=0.1)),
            origin(member(relation="inherited", share=None)),
        ),
    ),
    "undeclared-origin": Case(
        inventory(origin(member(country="KR"))),
        inventory(origin(member(country="KR"), declared="agrees"), origin()),
    ),
    "another-origin-nearer": Case(
        inventory(origin(declared="another-is-nearer")),
        inventory(origin(declared="agrees"), origin(declared="not-compared"), origin()),
    ),
    "committed-before-origin": Case(
        inventory(origin(committed="2024-12-31")), inventory(origin(committed="2025-01-02"), origin())
    ),
    "header-removed": Case(
        inventory(origin(committed="2025-06-01", header_lost=True)),
        inventory(
            origin(committed="2025-06-01"),
            origin(member(relation="imported"), committed="2025-06-01", header_lost=True),
        ),
    ),
    "third-party-notice-missing": Case(
        inventory(origin(), notice("holder: 2024 Example Authors")),
        inventory(
            origin(),
            notice("change-statement", present=("license-text",)),
            origin(member(relation="derived"), path="b.py"),
            notice("license-text", path="b.py"),
            origin(committed="2024-01-01", path="c.py"),
            notice("license-text", path="c.py"),
        ),
    ),
    "third-party-notice-in-doubt": Case(
        inventory(origin(member(relation="derived")), notice("license-text")),
        inventory(origin(), notice("license-text"), notice(present=("license-text",), path="b.py")),
    ),
    "change-statement-missing": Case(
        inventory(origin(), notice("change-statement")), inventory(origin(), notice("license-text"))
    ),
    "notice-kept-elsewhere": Case(
        inventory(origin(), notice(present=("holder: 2024 Example Authors",), cured_by=("NOTICE",))),
        inventory(origin(), notice(present=("holder: 2024 Example Authors",))),
    ),
    "third-party-notice-kept": Case(
        inventory(origin(), notice(present=("license-text",))), inventory(origin(), notice("license-text"))
    ),
}

HYGIENE = {
    "not-open-source": Case(inventory(license_of("SSPL-1.0")), inventory(license_of("MIT"))),
    "copyleft-duty": Case(inventory(license_of("LGPL-3.0-only")), inventory(license_of("GPL-2.0-only OR MIT"))),
    "unusual-license": Case(inventory(license_of(None)), inventory(license_of("MIT AND MPL-2.0"))),
    "doubtful-detection": Case(
        inventory(license_of("MIT", score=40.0)),
        inventory(license_of("MIT", score=99.0), license_of("MIT", basis="declared")),
    ),
    "unlicensed-share": Case(
        inventory(counts=FileCounts(files=100, unlicensed=6)),
        inventory(counts=FileCounts(files=100, unlicensed=5)),
    ),
}

CASES = {"sovereign-ai": SOVEREIGN, "open-source-hygiene": HYGIENE}
EVERY = [(policy, rule) for policy, cases in CASES.items() for rule in cases]


def violated(policy: str, facts: Inventory) -> set[str]:
    violations = assess(facts, loaded(policy), TODAY).violations
    assert all(violation.unevaluated is None for violation in violations)
    return {violation.rule for violation in violations}


@pytest.mark.parametrize(("policy", "rule"), EVERY)
def test_the_rule_flags_its_example(policy: str, rule: str) -> None:
    assert rule in violated(policy, CASES[policy][rule].flagged)


@pytest.mark.parametrize(("policy", "rule"), EVERY)
def test_the_rule_leaves_its_counterexample_alone(policy: str, rule: str) -> None:
    assert rule not in violated(policy, CASES[policy][rule].left_alone)


def test_every_shipped_policy_loads_without_faults_and_every_rule_has_its_two_examples() -> None:
    self_contained = {name for name in shipped_policies() if not loaded(name).extends}
    assert self_contained == set(CASES)
    for name in self_contained:
        assert {rule.id for rule in loaded(name).rules} == set(CASES[name])


@pytest.mark.parametrize("name", shipped_policies())
def test_every_list_and_threshold_of_a_shipped_policy_is_used(name: str) -> None:
    policy = loaded(name)
    used = {word for rule in policy.rules for word in re.findall(r"(?:lists|thresholds)\.(\w+)", rule.when)}
    assert {entry.replace("-", "_") for entry in (*policy.lists, *policy.thresholds)} == used


def test_a_file_in_the_working_directory_cannot_pass_itself_off_as_a_shipped_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sovereign-ai").write_text("id: fake", encoding="utf-8")
    assert load_policy("sovereign-ai").digest == loaded("sovereign-ai").digest


def test_a_file_is_found_by_its_path(tmp_path: Path) -> None:
    file = policy_file(tmp_path, rule())
    assert load_policy(str(file)).digest == load_policy(file).digest


def test_license_references_are_licenses_of_the_knowledge_base() -> None:
    known = {huggingface.reference(identifier) for identifier in license_ids()}
    named = {entry for entries in loaded("sovereign-ai").lists.values() for entry in entries}
    references = {entry for entry in named if re.match(r"LicenseRef-(?!scancode-)", entry)}
    assert references <= known


def test_the_headers_say_that_no_official_threshold_has_been_published() -> None:
    policy = loaded("sovereign-ai")
    assert "No official threshold or list of licenses has been published" in " ".join(
        policy.description.en.split()
    )
    assert "공개된 바 없음" in policy.description.ko


def verdicts(facts: Inventory) -> dict[tuple[Axis, Target | None], Verdict]:
    assessment = assess(facts, loaded("sovereign-ai"), TODAY)
    return {(one.axis, one.target): one.verdict for one in assessment.verdicts}


def test_foreign_code_under_an_open_license_passes_with_obligations() -> None:
    found = verdicts(inventory(license_of("Apache-2.0"), license_of("MIT")))
    assert found[Axis.POLICY_INDEPENDENCE, None] is Verdict.PASS
    assert found[Axis.NATIONAL_INFRASTRUCTURE, Target.DEFENCE] is Verdict.PASS
    assert found[Axis.DISCLOSURE, None] is Verdict.PASS_WITH_OBLIGATIONS


def test_foreign_copied_code_that_is_declared_and_keeps_its_notices_passes_with_obligations() -> None:
    found = verdicts(inventory(origin(declared="agrees"), notice(present=("license-text",))))
    assert found[Axis.POLICY_INDEPENDENCE, None] is Verdict.PASS_WITH_OBLIGATIONS
    assert found[Axis.DISCLOSURE, None] is Verdict.PASS_WITH_OBLIGATIONS


def test_nearness_alone_never_fails() -> None:
    lineage = member(relation="derived", expression="BUSL-1.1", share=1.0, confidence=1.0)
    found = verdicts(inventory(origin(lineage), notice("license-text", "holder: 2024 Example Authors")))
    assert Verdict.FAIL not in found.values()


def test_a_foreign_ancestor_of_domestic_code_is_no_foreign_origin() -> None:
    lineage = (member("hanbit", country="KR"), member("example", role="ancestor"))
    questions = {"undeclared-foreign-origin", "foreign-code-under-open-license", "infrastructure-foreign-code"}
    assert not questions & violated("sovereign-ai", inventory(origin(*lineage)))


def test_a_license_that_nobody_read_fails_infrastructure_and_is_reviewed_for_independence() -> None:
    found = verdicts(inventory(weights_license("LicenseRef-nobody-read-this")))
    assert found[Axis.POLICY_INDEPENDENCE, None] is Verdict.REVIEW
    assert {found[Axis.NATIONAL_INFRASTRUCTURE, target] for target in Target} == {Verdict.FAIL}


def test_domestic_origin_cures_no_restriction() -> None:
    found = verdicts(
        inventory(weights_license("LicenseRef-exaone-1.2-nc"), component(family="exaone", country="KR"))
    )
    assert found[Axis.POLICY_INDEPENDENCE, None] is Verdict.FAIL


def test_a_foreign_architecture_in_a_configuration_is_a_question_and_no_accusation() -> None:
    found = verdicts(
        inventory(weights_license("MIT"), component("vision_encoder", family="qwen2-vl", country="CN"))
    )
    assert found[Axis.POLICY_INDEPENDENCE, None] is Verdict.REVIEW


def test_terms_known_from_reports_alone_ask_for_review_where_others_would_fail() -> None:
    assessment = assess(inventory(weights_license("LicenseRef-qwen-research")), loaded("sovereign-ai"), TODAY)
    found = [one for one in assessment.violations if one.rule == "noncommercial-license"]
    assert [(one.severity, one.lead is not None) for one in found] == [(Severity.REVIEW, True)]


def test_a_ban_on_military_use_fails_defence_and_leaves_telecommunications_alone() -> None:
    found = verdicts(inventory(weights_license("LicenseRef-minimax-model-license-01")))
    assert found[Axis.NATIONAL_INFRASTRUCTURE, Target.DEFENCE] is Verdict.FAIL
    assert found[Axis.NATIONAL_INFRASTRUCTURE, Target.SECURITY] is Verdict.REVIEW
    assert found[Axis.NATIONAL_INFRASTRUCTURE, Target.TELECOM] is Verdict.PASS


def test_lists_of_open_licenses_hold_licenses_of_spdx_alone() -> None:
    named = loaded("sovereign-ai").lists["open-licenses"]
    parts = [part for entry in named for part in entry.split(" WITH ")]
    assert all(part.endswith("*") or spdx.is_listed_by_spdx(part) for part in parts)


DENIED = (
    "restricted-code-licenses",
    "unnamed-proprietary-licenses",
    "noncommercial",
    "use-restrictions",
    "excluded-territories",
    "size-gates",
    "outside-control",
)


def test_no_license_is_both_open_and_restricted() -> None:
    lists = loaded("sovereign-ai").lists
    opened = [*lists["open-licenses"], *lists["open-licenses-outside-spdx"], *lists["contribution-terms"]]
    denied = [entry for name in DENIED for entry in lists[name]]
    assert len(opened) == len(set(opened))
    named = [entry for entry in denied if not entry.endswith("*") and "=" not in entry]
    for identifier in (*spdx.known_identifiers(), *(one.expression for one in weight_licenses()), *named):
        assert not (only(identifier, opened) and requires(identifier, denied)), identifier


@pytest.mark.parametrize(
    "identifier",
    [
        "0BSD", "AFL-3.0", "Artistic-1.0-Perl", "BSD-2-Clause-Patent", "BSD-4-Clause-UC", "bzip2-1.0.6",
        "CC-BY-SA-3.0", "CNRI-Python", "curl", "EPL-1.0", "FTL", "GFDL-1.3-or-later", "GPL-1.0-or-later",
        "HPND-sell-variant", "ICU", "IJG", "LGPL-2.1-or-later", "Libpng", "libtiff", "LPPL-1.3c", "MIT-CMU",
        "MIT-Modern-Variant", "MPL-1.1", "MS-PL", "NTP", "OFL-1.0", "OpenSSL", "PHP-3.01", "Python-2.0.1",
        "Qhull", "Ruby", "SMLNJ", "TCL", "Unicode-3.0", "Unicode-DFS-2016", "Vim", "W3C", "ZPL-2.1",
        "zlib-acknowledgement", "Apache-2.0 WITH LLVM-exception", "GPL-3.0-or-later WITH GCC-exception-3.1",
        "GPL-2.0-or-later WITH Autoconf-exception-generic", "LicenseRef-scancode-public-domain",
    ],
)  # fmt: skip
def test_common_open_licenses_are_not_questioned(identifier: str) -> None:
    questions = {"code-license-not-open", "dependency-license-not-open", "infrastructure-code-terms-unknown"}
    facts = inventory(license_of(identifier), dependency("pkg:pypi/a", identifier))
    assert not questions & violated("sovereign-ai", facts)


@pytest.mark.parametrize(
    "identifier",
    [
        "JSON",
        "BSD-3-Clause-No-Nuclear-License",
        "GFDL-1.3-invariants-only",
        "Apache-2.0 WITH LicenseRef-scancode-fujion-exception-to-apache-2.0",
        "LicenseRef-NVIDIA-Proprietary",
        "LicenseRef-scancode-nvidia-cuda-supplement-2020",
        "LicenseRef-scancode-oracle-bcl-java-platform-2013",
        "LicenseRef-scancode-other-copyleft",
        "LicenseRef-scancode-other-permissive",
    ],
)
def test_a_license_with_a_name_that_nobody_read_passes_nowhere_but_disclosure(identifier: str) -> None:
    for fact in (license_of(identifier), dependency("pkg:pypi/a", identifier)):
        found = verdicts(inventory(fact))
        assert found[Axis.POLICY_INDEPENDENCE, None] is Verdict.REVIEW
        assert {found[Axis.NATIONAL_INFRASTRUCTURE, target] for target in Target} == {Verdict.REVIEW}


def test_a_license_text_that_was_matched_in_part_does_not_pass() -> None:
    found = verdicts(inventory(license_of("MIT", score=60.0)))
    assert found[Axis.POLICY_INDEPENDENCE, None] is Verdict.REVIEW
    assert found[Axis.NATIONAL_INFRASTRUCTURE, Target.TELECOM] is Verdict.REVIEW


OTHER = "LicenseRef-scancode-unknown-license-reference"
QUESTIONS = {"code-license-not-established", "infrastructure-code-terms-unknown"}


def test_the_license_line_of_a_model_card_is_not_questioned_a_second_time_as_code() -> None:
    link = Statement(lines=(5, 5), field="license_link", says="LICENSE")
    declared = weights_license("LicenseRef-k-exaone", lines=(3, 3), evidence=(link,))
    for lines in ((3, 3), (4, 5)):
        facts = inventory(declared, license_of(OTHER, path="README.md", lines=lines))
        assert not QUESTIONS & violated("sovereign-ai", facts)


@pytest.mark.parametrize(
    ("path", "lines"), [("README.md", (3, 40)), ("README.md", None), ("src/README.md", (3, 3))]
)
def test_an_unknown_reference_beyond_the_license_lines_of_a_card_is_questioned(
    path: str, lines: tuple[int, int] | None
) -> None:
    facts = inventory(weights_license("MIT", lines=(3, 3)), license_of(OTHER, path=path, lines=lines))
    assert violated("sovereign-ai", facts) >= QUESTIONS


def test_a_license_concluded_for_weights_from_a_file_beside_them_states_one() -> None:
    beside = license_of("MIT", subject="weights", basis="concluded", path="config.json")
    found = violated("sovereign-ai", inventory(component(), beside))
    assert not {"weights-without-license", "infrastructure-weights-without-license"} & found
