"""The commands that are timed: ours, ScanCode's and those of other tools that are installed here."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from compliance.licenses.scancode import scancode_version
from tests.samples.packages import ROOT

JOBS = 2
"""Processes that ScanCode's command and ours work with."""
PEERS = Path(os.environ.get("COMPLIANCE_BENCH_PEERS", Path(sys.executable).parent))
"""The folder with the commands of the peers that are Python packages."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another tool that does a part of the work."""

    name: str
    does: str
    """Which part of the work."""
    command: Callable[[Path, Path], list[str]]
    """From the folder to scan and the file to write."""
    program: Path | None
    """None where it isn't installed."""
    version: tuple[str, ...]
    """Arguments on which it tells its version."""
    licensed: Callable[[str, Path], dict[str, bool]] | None
    """From what it wrote and the folder; None where it tells of no licenses."""
    install: str
    """How to have it."""

    def version_told(self) -> str:
        """What it says of its version; empty where it isn't installed."""
        if self.program is None:
            return ""
        said = subprocess.run([str(self.program), *self.version], capture_output=True, text=True, check=False)
        return next((word for word in said.stdout.replace(",", " ").split() if word.strip("v")[:1].isdigit()), "?")


def environment(cache: Path) -> dict[str, str]:
    """Variables for the program of this checkout, which keeps what it found in the folder `cache`."""
    index = ROOT / ".work" / "license-index"
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "COMPLIANCE_CACHE_DIR": str(cache),
        "COMPLIANCE_LICENSE_INDEX_DIR": str(index),
    }


def ours(action: str, *arguments: str | Path) -> list[str]:
    """Our command."""
    return [sys.executable, "-m", "compliance", action, *map(str, arguments)]


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


def peers() -> tuple[Peer, ...]:
    """Those that package indexes or Debian offer, whether they are installed or not."""
    licensecheck, reuse, scanoss = (_found(name) for name in ("licensecheck", "reuse", "scanoss-py"))
    return (
        Peer(
            name="licensecheck",
            does="licenses and copyrights by patterns, whole files, one process",
            command=lambda folder, _: [
                *(str(licensecheck), "--recursive", "--check", ".", "--ignore", "^$", "--lines", "0"),
                *("--copyright", "--machine", str(folder)),
            ],
            program=licensecheck,
            version=("--version",),
            licensed=licensed_by_licensecheck,
            install="apt-get install licensecheck",
        ),
        Peer(
            name="reuse lint",
            does="SPDX tags and copyright lines only; license texts aren't recognised",
            command=lambda folder, _: [str(reuse), "--root", str(folder), "lint", "--json"],
            program=reuse,
            version=("--version",),
            licensed=licensed_by_reuse,
            install="make bench installs it",
        ),
        Peer(
            name="scanoss-py fingerprint",
            does="fingerprints of code for a server to compare; nothing is compared, no licenses",
            command=lambda folder, output: [
                *(str(scanoss), "fingerprint", str(folder), "--output", str(output)),
                *("--all-extensions", "--all-folders", "--all-hidden"),
            ],
            program=scanoss,
            version=("--version",),
            licensed=None,
            install="make bench installs it",
        ),
    )


def licensed_by_licensecheck(output: str, folder: Path) -> dict[str, bool]:
    """From its lines of path, license and holders, a tabulator between."""
    fields = (line.split("\t") for line in output.splitlines())
    return {
        path.removeprefix(f"{folder}/"): not license_name.removeprefix("*No copyright* ").startswith("UNKNOWN")
        for path, license_name, *_ in fields
    }


def licensed_by_reuse(output: str, _: Path) -> dict[str, bool]:
    """From its JSON."""
    return {file["path"]: bool(file["spdx_expressions"]) for file in json.loads(output)["files"]}


def _found(name: str) -> Path | None:
    beside = PEERS / name
    if beside.is_file():
        return beside
    elsewhere = shutil.which(name)
    return Path(elsewhere) if elsewhere else None
