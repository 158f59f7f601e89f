"""Every rule of the shipped policies: one inventory that it must flag and one that it must leave alone."""

import datetime
import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pytest

from compliance.licenses import huggingface, spdx
from compliance.model.inventory import FileCounts, Inventory
from compliance.model.verdict import Axis, Target, Verdict
from compliance.policy.evaluation import assess
from compliance.policy.loading import Policy, load_policy, shipped_policies
from tests.policy.inventories import (
    card,
    component,
    contradiction,
    dependency,
    inventory,
    license_of,
    policy_file,
    rule,
    weights_license,
)

TODAY = datetime.date(2026, 11, 23)
KNOWLEDGE_BASE = json.loads(
    resources.files("compliance.licenses").joinpath("data/huggingface_licenses.json").read_text("utf-8")
)["knowledge_base"]


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
    "revocable-license": Case(inventory(weights_license("LicenseRef-k-exaone")), OPEN),
    "weights-license-not-established": Case(
        inventory(weights_license(None)), inventory(weights_license("MIT"), license_of(None))
    ),
    "weights-without-license": Case(inventory(component()), inventory(component(), weights_license("MIT"))),
    "foreign-weights-proven": Case(
        inventory(component("vision_encoder", family="qwen2-vl", country="CN", basis="digest")),
        inventory(component("vision_encoder", family="qwen2-vl", country="CN", basis="config")),
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
    "strong-copyleft-code": Case(
        inventory(license_of("GPL-3.0-or-later WITH GCC-exception-3.1")),
        inventory(license_of("LGPL-2.1-only"), license_of("MIT OR GPL-2.0-only")),
    ),
    "restricted-dependency": Case(
        inventory(dependency("pkg:pypi/a", "BUSL-1.1")),
        inventory(dependency("pkg:pypi/a", "BUSL-1.1", scope="dev"), dependency("pkg:pypi/b", "MIT")),
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
    assert set(shipped_policies()) == set(CASES)
    for name in shipped_policies():
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
    known = {huggingface.reference(identifier) for identifier in KNOWLEDGE_BASE}
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


def test_a_ban_on_military_use_fails_defence_and_leaves_telecommunications_alone() -> None:
    found = verdicts(inventory(weights_license("LicenseRef-minimax-model-license-01")))
    assert found[Axis.NATIONAL_INFRASTRUCTURE, Target.DEFENCE] is Verdict.FAIL
    assert found[Axis.NATIONAL_INFRASTRUCTURE, Target.SECURITY] is Verdict.REVIEW
    assert found[Axis.NATIONAL_INFRASTRUCTURE, Target.TELECOM] is Verdict.PASS


def test_lists_of_open_licenses_hold_licenses_of_spdx_alone() -> None:
    named = loaded("sovereign-ai").lists["open-licenses"]
    assert all(entry.endswith("*") or spdx.is_listed_by_spdx(entry) for entry in named)
