"""Times the replay of 1,000 stored inventories: `make bench-policy` writes docs/performance.md.

The facts are those of real trees: packages installed beside this program, and the fictional team's repository,
which is made of real files. Each is examined once, by the product itself, and kept in `.work`. The thousand are
copies of these under a thousand names, each with paths, and so identifiers, of its own.
"""

import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.documents import PERFORMANCE, write_section
from benchmarks.speed.processes import Cost, run
from tests.samples import team_repository
from tests.samples.packages import ROOT, WORK

FOLDER = WORK / "policy-replay"
SUBMISSIONS = 1_000
ROUNDS = 3
PACKAGES = (
    "attr", "bs4", "click", "cyclonedx", "git", "packagedcode", "packageurl", "pip", "pydantic",
    "requests", "rich", "setuptools",
)  # fmt: skip
_COMMAND = [sys.executable, "-m", "compliance"]


def main() -> None:
    """Measure and write the section."""
    bases = [json.loads(path.read_bytes()) for path in examined()]
    stored = FOLDER / "stored"
    write_submissions(bases, stored)
    size = sum(path.stat().st_size for path in stored.iterdir())
    findings = [len(bases[number % len(bases)]["findings"]) for number in range(SUBMISSIONS)]
    calls = {
        "another policy (`--against telecom-strict`)": ["--against", "telecom-strict"],
        "another day (`--against-date 2027-11-23`)": ["--against-date", "2027-11-23"],
    }
    base = [*_COMMAND, "policy", "replay", str(stored), "--policy", "sovereign-ai", "--date", "2026-11-23"]
    base += ["--format", "json", "--output", str(FOLDER / "replay.json")]
    costs = {name: [run([*base, *more], environment()) for _ in range(ROUNDS)] for name, more in calls.items()}
    write_section(PERFORMANCE, "replay", _document(len(bases), findings, size, costs))


def examined() -> list[Path]:
    """Inventories of real trees, made once."""
    trees = {name: _package(name) for name in PACKAGES}
    team = FOLDER / "team"
    if not team.is_dir():
        team_repository.make(team)
    inventories = []
    for name, tree in {**trees, "team": team}.items():
        inventory = FOLDER / "examined" / f"{name}.json"
        if not inventory.is_file():
            inventory.parent.mkdir(parents=True, exist_ok=True)
            command = [*_COMMAND, "scan", str(tree), "--include-ignored", "--quiet", "-o", str(inventory)]
            if subprocess.run(command, check=False).returncode not in (0, 3):
                raise RuntimeError(f"{tree} could not be examined")
        inventories.append(inventory)
    return inventories


def write_submissions(bases: list[dict[str, Any]], folder: Path) -> None:
    """A thousand documents in `folder`, as many of each base."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(SUBMISSIONS):
        name = f"submission-{number:04}"
        document = json.dumps(_renamed(bases[number % len(bases)], name), ensure_ascii=False)
        (folder / f"{name}.json").write_text(document, encoding="utf-8")


def _renamed(base: dict[str, Any], name: str) -> dict[str, Any]:
    findings = [
        {**one, "path": f"{name}/{one['path']}", "id": _identifier(name, one["id"])} for one in base["findings"]
    ]
    return {**base, "subject": {**base["subject"], "name": name, "team": name}, "findings": findings}


def _identifier(name: str, identifier: str) -> str:
    return hashlib.sha256(f"{name}{identifier}".encode()).hexdigest()[:20]


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {name} isn't installed; run `make setup`")
    return Path(spec.origin).parent


def environment() -> dict[str, str]:
    """As the shell's, for the program of this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _document(bases: int, findings: list[int], size: int, costs: dict[str, list[Cost]]) -> str:
    rows = []
    for name, its in costs.items():
        wall, cpu = (statistics.median(one) for one in zip(*((cost.wall, cost.cpu) for cost in its), strict=True))
        rows.append(f"| {name} | {wall:.1f} | {cpu:.1f} |")
    return _HEAD.format(
        submissions=SUBMISSIONS,
        findings=sum(findings),
        megabytes=size / 1e6,
        least=min(findings),
        most=max(findings),
        bases=bases,
        rounds=ROUNDS,
        machine=f"{os.cpu_count()} processors, Python {platform.python_version()}",
    ) + "\n".join(rows)


_HEAD = """\
# Performance of policy replay

Written by `make bench-policy`: whole commands, one process each, start-up and loading of policies
included; medians of {rounds} runs. {submissions:,} stored inventories with {findings:,} findings in all
({megabytes:.0f} MB; {least:,} to {most:,} findings each), made from the facts of {bases} real trees. {machine}.
Wall time counts what else the machine does; processor time is what to compare.

| replay under | wall, s | CPU, s |
|---|---|---|
"""


if __name__ == "__main__":
    main()
