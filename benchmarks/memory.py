"""Measures what a worker allocates for licenses and copyrights: `python -m benchmarks.memory`, one minute.

Each file is examined in a process of its own, forked from one that has prepared the detectors, as workers are.
Writes a section of docs/performance.md.
"""

import multiprocessing
import tempfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.documents import PERFORMANCE, write_section
from benchmarks.speed import large_files
from benchmarks.speed.tables import megabytes, table
from compliance.detectors.copyright import DETECTOR as COPYRIGHT
from compliance.detectors.detector import ExaminedFile
from compliance.detectors.license_text import DETECTOR as LICENSE

_KINDS = ("Python", "JSON, one line", "Markdown", "minified JavaScript", "license text")
_SIZES = (100_000, 1_000_000, 10_000_000)
_FORK = multiprocessing.get_context("fork")
_SECONDS = 0.01
"""Between two looks."""


def main() -> None:
    """Measure and write."""
    for detector in (LICENSE, COPYRIGHT):
        detector.prepare()
    write_section(PERFORMANCE, "memory", "\n".join(_lines()))


def _lines() -> Iterator[str]:
    yield "# Memory of a worker"
    yield ""
    yield (
        "Written by `python -m benchmarks.memory`: licenses and copyrights of one file in a process that was "
        "forked from a prepared one, as workers are; real files one after another. *Resident* is the most that "
        "the process took more than at its start, shared pages divided (PSS), looked at every hundredth of a "
        "second. *Address space* is what it mapped besides, at most: that is what `--max-memory` caps, for each "
        "worker by itself. A file that needs more is reported as `out-of-memory`; the default is 4,096 MB."
    )
    yield ""
    yield table(("kind", "size, MB", "resident, MB", "address space, MB"), _rows())


def _rows() -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        for kind in _KINDS:
            for size in _SIZES:
                place = Path(folder, f"{kind}{size}")
                place.mkdir()
                resident, mapped = measured(large_files.write(place, kind, size))
                yield [kind, f"{size / 1e6:g}", megabytes(resident), megabytes(mapped)]


def measured(location: Path) -> tuple[int, int]:
    """Bytes that a worker takes more for the file at `location`: resident, and mapped."""
    ours, theirs = _FORK.Pipe()
    process = _FORK.Process(target=_examine, args=(theirs, location))
    process.start()
    assert process.pid is not None
    ours.recv()
    first, mapped = figure(process.pid, "smaps_rollup", "Pss"), figure(process.pid, "status", "VmSize")
    most = first
    ours.send("go")
    while not ours.poll(_SECONDS):
        most = max(most, figure(process.pid, "smaps_rollup", "Pss"))
    most_mapped = figure(process.pid, "status", "VmPeak")
    ours.send("end")
    process.join()
    return most - first, most_mapped - mapped


def figure(pid: int, file: str, name: str) -> int:
    """Bytes that a file of the process says after `name`."""
    lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) * 1024


def _examine(connection: Connection, location: Path) -> None:
    connection.send("ready")
    connection.recv()
    file = ExaminedFile(path=location.name, size=location.stat().st_size, location=location)
    for detector in (LICENSE, COPYRIGHT):
        list(detector.detect(file))
    connection.send("done")
    connection.recv()


if __name__ == "__main__":
    main()
