"""The shipped policies: their own tests pass and would notice any change; their lists hold what they say."""

import datetime
import re
from functools import cache
from pathlib import Path

import pytest

from compliance.licenses import huggingface, spdx
from compliance.licenses.catalog import weight_licenses
from compliance.licenses.expressions import only, requires
from compliance.licenses.term_files import license_ids
from compliance.model.evidence import Statement
from compliance.model.inventory import Inventory
from compliance.model.verdict import Axis, Target, Verdict
from compliance.policy.evaluation import assess
from compliance.policy.loading import Policy, load_policy, policy_file, shipped_policies
from compliance.policy.testing.coverage import coverage_of
from compliance.policy.testing.mutants import mutants_of
from compliance.policy.testing.mutation import mutate
from compliance.policy.testing.places import Places
from compliance.policy.testing.running import Outcome, run
from compliance.policy.testing.suite import files_beside, load_tests
from tests.policy.inventories import dependency, inventory, license_of, member, origin, rule, weights_license
from tests.policy.inventories import policy_file as written_policy

TODAY = datetime.date(2026, 11, 23)


@cache
def loaded(name: str) -> Policy:
    return load_policy(name)


def violated(policy: str, facts: Inventory) -> set[str]:
    violations = assess(facts, loaded(policy), TODAY).violations
    assert all(violation.unevaluated is None for violation in violations)
    return {violation.rule for violation in violations}


@cache
def outcomes(name: str) -> tuple[Outcome, ...]:
    return run(loaded(name), load_tests(loaded(name), files_beside(policy_file(name))).tests, TODAY)


@pytest.mark.parametrize("name", shipped_policies())
def test_every_test_beside_a_shipped_policy_passes(name: str) -> None:
    failed = {one.test.name: [text.en for text in one.failures] for one in outcomes(name) if one.failures}
    assert not failed


@pytest.mark.parametrize("name", shipped_policies())
def test_every_rule_is_broken_and_left_alone_and_every_question_matters_both_ways(name: str) -> None:
    assert [
        one.rule.id
        for one in coverage_of(loaded(name), Places(policy_file(name)), outcomes(name))
        if not one.complete
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped_policies())
def test_no_small_change_of_a_shipped_policy_goes_unnoticed(name: str) -> None:
    file, policy = policy_file(name), loaded(name)
    claims = load_tests(policy, files_beside(file)).claims
    found = mutate(policy, outcomes(name), mutants_of(policy, Places(file)), claims)
    assert found.tried > 25
    assert [one.name for one in found.survivors] == []
    assert [(claim.of, claim.change, why.en) for claim, why in found.refuted] == []


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
    file = written_policy(tmp_path, rule())
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


def test_a_foreign_ancestor_of_domestic_code_is_no_foreign_origin() -> None:
    lineage = (member("hanbit", country="KR"), member("example", role="ancestor"))
    questions = {"undeclared-foreign-origin", "foreign-code-under-open-license", "infrastructure-foreign-code"}
    assert not questions & violated("sovereign-ai", inventory(origin(*lineage)))


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
