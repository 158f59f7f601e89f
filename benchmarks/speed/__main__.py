"""Times whole commands against their peer: `python -m benchmarks.speed` writes docs/performance.md.

Machines are noisy, so what counts are ratios of pairs run one after the other, and their medians.
"""

import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import real_trees
from benchmarks.documents import write_section
from compliance.licenses.scancode import scancode_version
from tests.samples.packages import ROOT, WORK

DOCUMENT = ROOT / "docs" / "performance.md"
PAIRS = 2
DETECTION_PAIRS = 2
EVERY = 30
"""Of the files of the `transformers` wheel, by path, one in so many is taken."""
WHO = ("scancode", "compliance")
WHAT = ("license", "copyright")
_BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Detection:
    """What `benchmarks.detection` measured of one side."""

    ready: float
    """Processor seconds until it can be asked."""
    seconds: float
    """Processor seconds of detecting."""
    memory: int
    """Bytes at most."""
    said: tuple[str, ...]
    """A digest a file of what was said of it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, of the command and all its processes."""


def main() -> None:
    """Measure and write the document."""
    sample = make_sample()
    files = sum(path.is_file() for path in sample.rglob("*"))
    with tempfile.TemporaryDirectory() as folder:
        scancode = [str(_BIN / "scancode"), "-l", "-c", "-p", "-n", "2", "--quiet", "--timeout", "3600"]
        scancode += ["--json", f"{folder}/scancode.json", str(sample)]
        cold = [str(_BIN / "compliance"), "check", str(sample), "--quiet", "--no-cache", "--jobs", "2"]
        warm = [str(_BIN / "compliance"), "check", str(sample), "--quiet", "--jobs", "2"]
        environment = {**os.environ, "COMPLIANCE_CACHE_DIR": folder}
        run(warm, environment)
        commands = (scancode, cold, [*cold, "--no-shipped-origins"], warm)
        rounds = [tuple(run(command, environment) for command in commands) for _ in range(PAIRS)]
        detections = {what: [detect(what, sample, environment) for _ in range(DETECTION_PAIRS)] for what in WHAT}
    write_section(DOCUMENT, "licenses", _document(files, rounds) + _detection_table(detections))


def detect(what: str, sample: Path, environment: dict[str, str]) -> tuple[Detection, Detection]:
    """Detection alone by ScanCode and by us, one after the other, each in a process of its own."""
    sides = []
    for who in WHO:
        command = [sys.executable, "-m", "benchmarks.detection", who, what, str(sample)]
        finished = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)
        measured = json.loads(finished.stdout)
        said = tuple(measured["said"])
        sides.append(Detection(measured["ready"], measured["seconds"], measured["memory"], said))
    return sides[0], sides[1]


def make_sample() -> Path:
    """Real files of several kinds: one in thirty of the `transformers` wheel, and half of zlib."""
    sample = WORK / "speed" / "sample"
    shutil.rmtree(sample, ignore_errors=True)
    wheel = real_trees.transformers()
    chosen = [(wheel, path) for path in sorted(path for path in wheel.rglob("*") if path.is_file())[::EVERY]]
    zlib = real_trees.zlib()
    chosen += [(zlib, path) for path in sorted(zlib.rglob("*"))[::2] if path.is_file()]
    for root, path in chosen:
        target = sample / root.name / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return sample


def run(command: list[str], environment: dict[str, str]) -> Cost:
    """Run `command` and take its time.

    Raises:
        RuntimeError: it failed in another way than by what it found.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    finished = subprocess.run(command, env=environment, capture_output=True, check=False)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if finished.returncode not in (0, 1, 3):
        raise RuntimeError(f"{command[0]}: exit status {finished.returncode}: {finished.stderr.decode()}")
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _document(files: int, rounds: Sequence[tuple[Cost, ...]]) -> str:
    names = (
        "`scancode -l -c -p -n 2`",
        "`compliance check`, cold",
        "`compliance check --no-shipped-origins`, cold",
        "`compliance check`, unchanged tree",
    )
    rows = []
    for column, name in enumerate(names):
        costs = [one[column] for one in rounds]
        wall = statistics.median(one[0].wall / one[column].wall for one in rounds)
        cpu = statistics.median(one[0].cpu / one[column].cpu for one in rounds)
        rows.append(
            f"| {name} | {statistics.median(one.wall for one in costs):.1f} "
            f"| {statistics.median(one.cpu for one in costs):.1f} | {wall:.1f} × | {cpu:.1f} × |"
        )
    return _HEAD.format(files=files, pairs=len(rounds), version=scancode_version(), machine=_machine()) + (
        "\n".join(rows) + "\n"
    )


def _detection_table(detections: Mapping[str, Sequence[tuple[Detection, Detection]]]) -> str:
    rows = []
    for what, pairs in detections.items():
        ratios = sorted(theirs.seconds / ours.seconds for theirs, ours in pairs)
        theirs, ours = pairs[0]
        differing = max(sum(one != other for one, other in zip(a.said, b.said, strict=True)) for a, b in pairs)
        spread = f"{statistics.median(ratios):.1f} × ({ratios[0]:.1f}–{ratios[-1]:.1f})"
        rows.append(
            f"| {what}s | {theirs.seconds:.1f} | {ours.seconds:.1f} | {spread} "
            f"| {theirs.ready:.1f} | {ours.ready:.1f} | {theirs.memory / 1e6:,.0f} | {ours.memory / 1e6:,.0f} "
            f"| {differing} of {len(theirs.said)} |"
        )
    return _DETECTION_HEAD.format(pairs=DETECTION_PAIRS, version=scancode_version()) + "\n".join(rows) + "\n"


def _machine() -> str:
    return f"{os.cpu_count()} processors, Python {platform.python_version()}"


_HEAD = """\
# Performance

Written by `make bench`: whole commands as processes, start-up included, run one after the other in {pairs} rounds.
Medians; a ratio is that of scancode {version} in the same round to the command, so larger is faster. Processor
time is what counts: other work may have run beside. The sample has {files} real files (one in thirty of the
`transformers` wheel, half of zlib). {machine}. `compliance check` also compares with known code, reads cards,
configurations and weights, and judges; without the index of known code it does the rest.

That the licenses and copyrights found are the same is shown in [accuracy.md](accuracy.md).

| command | wall, s | CPU, s | wall, ratio | CPU, ratio |
|---|---|---|---|---|
"""

_DETECTION_HEAD = """
Detection alone, as a library in one process, on the same sample: processor time of ScanCode {version} untouched,
and of the accelerated detection, one after the other in {pairs} rounds (medians and extremes of the ratios; the
other columns are of the first round). *Ready* is the processor time until the first file can be asked, imports
included. A file differs if any match, position, line, score, expression or statement does.

| detection of | ScanCode, s | ours, s | ratio | ready, s | ours | memory, MB | ours | files that differ |
|---|---|---|---|---|---|---|---|---|
"""


if __name__ == "__main__":
    main()
