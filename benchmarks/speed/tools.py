"""Our command and ScanCode's, as they are timed."""

import os
import sys
from pathlib import Path

from compliance.licenses.scancode import scancode_version
from tests.samples.packages import ROOT, WORK

JOBS = 2
"""Processes that ScanCode's command and ours work with."""
LICENSE_INDEX = WORK / "license-index"
"""The folder where ours finds the index of licenses, made on first use."""


def environment(cache: Path) -> dict[str, str]:
    """Variables for the program of this checkout, which keeps what it found in the folder `cache`.

    It may keep its byte code, as an installed program has it.
    """
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPATH": str(ROOT),
        "COMPLIANCE_CACHE_DIR": str(cache),
        "COMPLIANCE_LICENSE_INDEX_DIR": str(LICENSE_INDEX),
    }


def ours(action: str, *arguments: str | Path) -> list[str]:
    """Our command."""
    return [sys.executable, "-P", "-m", "compliance", action, *map(str, arguments)]


def scan(folder: Path, *arguments: str | Path, action: str = "scan", jobs: int = JOBS) -> list[str]:
    """Our command that examines `folder`."""
    return ours(action, folder, "--include-ignored", "--quiet", "--jobs", str(jobs), *arguments)


def scancode(folder: Path, output: Path) -> list[str]:
    """ScanCode's command, without a deadline that a slow machine would reach."""
    program = str(Path(sys.executable).with_name("scancode"))
    options = ["-l", "-c", "-p", "-n", str(JOBS), "--quiet", "--timeout", "3600"]
    return [program, *options, "--json", str(output), str(folder)]


def scancode_name() -> str:
    """The command as the document calls it."""
    return f"`scancode -l -c -p -n {JOBS}` {scancode_version()}"
