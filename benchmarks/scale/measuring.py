"""Processor time of whole commands and of the processes of a cluster; other work beside doesn't count in it."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.speed import tools
from benchmarks.speed.processes import Cost, run
from tests.samples.packages import WORK

RUNS = WORK / "scale" / "runs"


@dataclass(frozen=True, slots=True)
class Slope:
    """What a further file costs beyond the first."""

    files: int
    bytes: int
    """Of a file on average."""
    seconds: float
    """Processor seconds a file."""


def scan(subjects: Sequence[Path], *options: str, cache: Path | None = None) -> Cost:
    """Scan `subjects` in one call, with the cache in the folder `cache` or without."""
    output = RUNS / "inventories"
    output.mkdir(parents=True, exist_ok=True)
    where = [] if cache else ["--no-cache"]
    command = tools.ours("scan", *subjects, "--quiet", "--output", output, *where, *options)
    return run(command, tools.environment(cache or RUNS))


def slope(folder: Path, cache: Path | None = None) -> Slope:
    """What a file of `folder` costs: all of it against the first file alone, so that start-up drops out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    first = RUNS / "first" / folder.name
    shutil.rmtree(first, ignore_errors=True)
    first.mkdir(parents=True)
    os.link(files[0], first / files[0].name)
    whole, alone = (scan([one], "--jobs", "1", cache=cache).cpu for one in (folder, first))
    mean = sum(path.stat().st_size for path in files) // len(files)
    return Slope(len(files), mean, max(0.0, whole - alone) / (len(files) - 1))


def inventory_bytes() -> int:
    """Of the inventories that were written last, together."""
    return sum(path.stat().st_size for path in (RUNS / "inventories").iterdir())


def rows_by_detector(cache: Path) -> dict[str, tuple[int, int]]:
    """Rows of each detector in the cache in the folder `cache`, and the bytes of one on average."""
    (file,) = cache.glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(file)) as database:
        found = database.execute(
            "SELECT detector, count(*), avg(length(payload)) FROM finding_row GROUP BY detector ORDER BY detector"
        )
        return {name: (rows, round(size)) for name, rows, size in found}


def cache_bytes(cache: Path) -> int:
    """Of the cache's files in the folder `cache`."""
    return sum(path.stat().st_size for path in cache.iterdir())


def processor_time(process: int) -> float:
    """Seconds of `process` and of everything below it, running or ended and waited for."""
    total = 0.0
    root = psutil.Process(process)
    for one in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return float(total)


def own_memory(process: int) -> dict[str, int]:
    """Bytes of `process` and of those below it, by what they are, each with its share of what is shared."""
    root = psutil.Process(process)
    found = {"worker": root.memory_full_info().pss}
    for server in root.children():
        found["fork server"] = server.memory_full_info().pss
        for child in server.children():
            found["forked process"] = child.memory_full_info().pss
    return found


def memory_of_files(count: int) -> int:
    """Bytes that a file takes in the process that scans, by the peak of a run over `count` empty ones."""
    folder = RUNS / "empty"
    for number in range(count):
        place = folder / str(number // 1000) / str(number)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    one = RUNS / "one-empty"
    one.mkdir(parents=True, exist_ok=True)
    (one / "empty").touch()
    return (_peak(folder) - _peak(one)) // count


def _peak(folder: Path) -> int:
    """Bytes at most of a process that scans `folder`."""
    return scan([folder]).largest
