"""Other tools that do a part of the work, as they are timed, and what they say of each file.

Only those are known that PyPI or Debian offers; what isn't installed is left out.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.tools import JOBS

FOLDER = Path(os.environ.get("COMPLIANCE_BENCH_PEERS", Path(sys.executable).parent))
"""The folder with the commands of the peers that are Python packages."""

Licensed = Callable[[str, Path], dict[str, bool]]
"""From what a tool printed and the scanned folder: of each path below it, whether it has a license."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another tool."""

    name: str
    does: str
    """Which part of the work."""
    arguments: Callable[[Path, Path], list[str]]
    """After the program, from the folder to scan and a file to write."""
    program: Path | None
    """None where it isn't installed."""
    version: tuple[str, ...]
    """The command that tells its version."""
    licensed: Licensed | None
    """None where it tells of no licenses."""
    install: str
    """How to have it."""

    def command(self, folder: Path, written: Path) -> list[str]:
        """What scans `folder`, and may write to `written`."""
        return [str(self.program), *self.arguments(folder, written)]

    def version_told(self) -> str:
        """What it says of its version; a question mark where it says nothing."""
        said = subprocess.run(self.version, capture_output=True, text=True, check=False).stdout
        numbers = (word.lstrip("v") for word in said.split())
        return next((word for word in numbers if word[:1].isdigit()), "?")


def peers() -> tuple[Peer, ...]:
    """All of them, whether they are installed or not."""
    return (_licensecheck(), _decopy(), _reuse(), _scanoss())


def installed() -> tuple[Peer, ...]:
    """Those that can be timed."""
    return tuple(peer for peer in peers() if peer.program is not None)


def _licensecheck() -> Peer:
    options = ["--recursive", "--check", ".", "--ignore", "^$", "--lines", "0", "--copyright", "--machine"]
    return Peer(
        name="licensecheck",
        does="licenses and copyrights by patterns, in whole files; one process",
        arguments=lambda folder, _: [*options, str(folder)],
        program=_found("licensecheck"),
        version=("licensecheck", "--version"),
        licensed=licensed_by_licensecheck,
        install="apt-get install licensecheck",
    )


def _decopy() -> Peer:
    options = [
        "--mode",
        "full",
        "--jobs",
        str(JOBS),
        "--no-glob",
        "--no-progress",
        "--quiet",
        "--group-by",
        "license",
    ]
    return Peer(
        name="decopy",
        does=f"licenses and copyrights by patterns, and a folder's license for the files in it; {JOBS} processes",
        arguments=lambda folder, _: [*options, "--root", str(folder)],
        program=_found("decopy"),
        version=("dpkg-query", "--show", "--showformat", "${Version}", "decopy"),
        licensed=licensed_by_decopy,
        install="apt-get install decopy",
    )


def _reuse() -> Peer:
    program = _found("reuse")
    return Peer(
        name="reuse lint",
        does="SPDX tags and copyright lines alone; texts of licenses aren't told",
        arguments=lambda folder, _: ["--root", str(folder), "lint", "--json"],
        program=program,
        version=(str(program), "--version"),
        licensed=licensed_by_reuse,
        install="make bench installs it",
    )


def _scanoss() -> Peer:
    program = _found("scanoss-py")
    options = ["--all-extensions", "--all-folders", "--all-hidden"]
    return Peer(
        name="scanoss-py fingerprint",
        does="fingerprints of code, which a server would compare; no licenses",
        arguments=lambda folder, written: ["fingerprint", str(folder), "--output", str(written), *options],
        program=program,
        version=(str(program), "--version"),
        licensed=None,
        install="make bench installs it",
    )


def licensed_by_licensecheck(output: str, folder: Path) -> dict[str, bool]:
    """From its lines of path, license and holders, a tabulator between; holders hold other ends of lines."""
    fields = (line.split("\t") for line in output.split("\n") if line.startswith(f"{folder}/"))
    return {
        path.removeprefix(f"{folder}/"): not license_name.removeprefix("*No copyright* ").startswith("UNKNOWN")
        for path, license_name, *_ in fields
    }


def licensed_by_decopy(output: str, _: Path) -> dict[str, bool]:
    """From its draft of a Debian copyright file, whose paragraphs name files and their license."""
    licensed = {}
    for paragraph in output.split("\n\n"):
        files, separator, rest = paragraph.partition("\nCopyright:")
        if not separator:
            files, separator, rest = paragraph.partition("\nLicense:")
            rest = f"License:{rest}"
        name = rest.rpartition("License:")[2].split("\n", 1)[0].strip()
        if files.startswith("Files:"):
            paths = (line.strip() for line in files.removeprefix("Files:").splitlines())
            licensed.update({path: not name.startswith("Unknown") for path in paths})
    return licensed


def licensed_by_reuse(output: str, _: Path) -> dict[str, bool]:
    """From its JSON."""
    return {file["path"]: bool(file["spdx_expressions"]) for file in json.loads(output)["files"]}


def _found(name: str) -> Path | None:
    beside = FOLDER / name
    if beside.is_file():
        return beside
    elsewhere = shutil.which(name)
    return Path(elsewhere) if elsewhere else None
