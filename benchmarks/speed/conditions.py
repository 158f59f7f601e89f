"""Under which conditions a run is measured: product, versions, machine, sample and plan."""

import hashlib
import os
import platform
import subprocess
from dataclasses import fields
from pathlib import Path

import compliance
from benchmarks.speed.plan import Plan
from benchmarks.speed.records import Conditions
from benchmarks.speed.sample import Sample, by_kind
from compliance.licenses.scancode import scancode_version
from tests.samples.packages import ROOT

MEASURES = "1"
"""Raise it when a change of this benchmark gives a row another meaning: earlier rows aren't used any more."""
KIND = "kind: "
"""Before the name of a kind of files, for its number and bytes."""
PLAN = "plan: "
"""Before what a plan says."""


def conditions(sample: Sample, plan: Plan) -> Conditions:
    """Everything on which the rows depend and that is known before."""
    return {
        "measures": MEASURES,
        "product": compliance.__version__,
        "commit": _commit(),
        "product digest": _digest(ROOT / "compliance", ROOT / "policies"),
        "scancode": scancode_version(),
        "python": platform.python_version(),
        "processors": str(os.cpu_count()),
        "processor": _processor(),
        "sample digest": sample.digest,
        "sample files": str(len(sample.files)),
        "sample bytes": str(sample.size),
        **{f"{PLAN}{one.name}": str(getattr(plan, one.name)) for one in fields(plan)},
        **{f"{KIND}{kind}": f"{number} {size}" for kind, (number, size) in by_kind(sample.files).items()},
    }


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "--short=12", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def _digest(*folders: Path) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
