"""The guide to reports: every command in it is run, in its order, and ends well."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from compliance.reporters.json_v1 import encode_assessment
from compliance.reporters.reporter import DocumentReporter, reporters
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.example_comparison import SECOND
from tests.signing.keys import needs_openssl

CHECKOUT = Path(__file__).parents[2]
GUIDE = (CHECKOUT / "docs" / "reports.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```sh\n(.*?)```\n", GUIDE, re.DOTALL)


@needs_openssl
@pytest.mark.slow
def test_the_commands_of_the_guide_end_well(tmp_path: Path) -> None:
    for name, assessment in (("hanbit", EXAMPLE), ("garam", SECOND), ("hanbit-before", CLEAN)):
        (tmp_path / f"{name}.json").write_bytes(encode_assessment(assessment))
    program = tmp_path / "bin" / "compliance"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m compliance "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    path = f"{program.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    variables = {**os.environ, "PATH": path, "PYTHONPATH": str(CHECKOUT), "COMPLIANCE_KEY_PASSWORD": "secret"}

    script = "set -e\n" + "\n".join(COMMANDS)
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, env=variables, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Signature Verified Successfully" in done.stdout
    digest = done.stdout.partition("  signed/assessment.json")[0].splitlines()[-1]
    assert digest in (tmp_path / "statement.json").read_text(encoding="utf-8")
    assert (tmp_path / "office.key.pem").stat().st_mode & 0o077 == 0


def test_the_guide_names_every_format_and_which_hold_a_comparison() -> None:
    rows = [row for row in GUIDE.splitlines() if row.startswith("| `")]
    told = {name: "| yes |" in row for row in rows for name in re.findall(r"`([a-z0-9]+)`", row.split("|")[1])}

    known = {name: isinstance(one, DocumentReporter) for name, one in reporters().items()}
    assert {name: across for name, across in told.items() if name in known} == known
