"""How the cost grows: with the number of files, with the size of one file, and how it falls with workers."""

import os
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.speed import agreement, large_files, tools
from benchmarks.speed.bench import Bench
from benchmarks.speed.records import Record, Records
from benchmarks.speed.tables import COST_HEAD, NOTHING, costs, median, megabytes, ratios, seconds, table

_FILES, _SIZES, _WORKERS = "curves/files", "curves/sizes", "curves/workers"
_SCANCODE = "curves/scancode"
_TIMED_OUT = "timeout"
"""The reason of a skip."""
_FURTHER = "a further MB, CPU s"
_TELLING = 0.2
"""Seconds of processor time; less is what two runs of the same command differ by."""
NEEDED = (f"{_WORKERS}/1",)
"""Records without which there is nothing to show."""


def measure(bench: Bench) -> None:
    """Rows of files and sizes once, those of workers in two rounds."""
    inventory = bench.scratch / "curve.json"
    for files in bench.plan.counts:
        part = bench.part(files)
        command = tools.scan(part.folder, "--no-cache", "--output", inventory)
        bench.time(f"{_FILES}/{len(part.files)}", 0, command, facts=partial(dict, bytes=part.size))
    _sizes(bench, inventory)
    part = bench.part(bench.plan.worker_files)
    for number in range(2):
        for workers in _workers():
            command = tools.scan(part.folder, "--no-cache", "--output", inventory, jobs=workers)
            bench.time(f"{_WORKERS}/{workers}", number, command)


def _sizes(bench: Bench, inventory: Path) -> None:
    for kind in large_files.KINDS:
        for size in bench.plan.sizes:
            row = _size(bench, kind, size, inventory)
            if _TIMED_OUT in agreement.reasons(row.texts("skipped")):
                break  # a larger one takes as long, and tells nothing more


def _size(bench: Bench, kind: str, size: int, inventory: Path) -> Record:
    folder = bench.scratch / "large"

    def write() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        large_files.write(folder, kind, size)

    if size in bench.plan.scancode_sizes:
        theirs = tools.scancode(folder, bench.scratch / "large.json")
        bench.time(f"{_SCANCODE}/{kind}/{size}", 0, theirs, before=write)
    ours = tools.scan(folder, "--no-cache", "--output", inventory)
    name = f"{_SIZES}/{kind}/{size}"
    return bench.time(name, 0, ours, before=write, facts=lambda: {"skipped": agreement.skipped(inventory)})


def _workers() -> list[int]:
    """One, two and as many as there are processors."""
    return sorted({1, 2, os.cpu_count() or 1})


def lines(records: Records) -> Iterator[str]:
    """The section."""
    yield "## How cost grows"
    yield ""
    yield (
        "`compliance scan --no-cache`, each row once. *A further MB* is the processor time added since the row "
        "before, by the bytes added. *Growth* is that figure to the row before's: about 1 where cost is linear, "
        f"10 where ten times the size costs a hundred times as much. Where less than {_TELLING:g} s was added it "
        "tells nothing, and is left out."
    )
    yield ""
    yield f"Files of the sample, by rank, with {tools.JOBS} workers:"
    yield ""
    yield table(("files", "MB", *COST_HEAD, _FURTHER, "growth"), _file_rows(records))
    yield ""
    yield (
        "One file of one kind. Python and minified JavaScript are real files one after another, JSON is real "
        "documents in one line, the license is one text again and again, random bytes are of a fixed seed. "
        "*Said*: the reason for which the file was reported as not examined completely; after a timeout no larger "
        "file of that kind was tried. The last column is the processor time of ScanCode's command on the same "
        "file to ours; it was given one size of each kind."
    )
    yield ""
    yield table(
        ("kind", "size", *COST_HEAD, _FURTHER, "growth", "said", "CPU, from ScanCode"), _size_rows(records)
    )
    yield ""
    files, rounds = records.conditions["plan: worker_files"], len(records.rounds(f"{_WORKERS}/1"))
    yield f"Workers, on the first {files} files; medians of {rounds} rounds:"
    yield ""
    yield table(("workers", *COST_HEAD, "memory of a further worker, MB"), _worker_rows(records))


def growths(points: Sequence[tuple[float, float]]) -> list[tuple[float | None, float | None]]:
    """For each point, the seconds that a further MB took since the point before, and these to the point before's.

    Args:
        points: bytes and seconds, by bytes.
    """
    steps: list[float | None] = [None]
    for (size, spent), (larger, longer) in pairwise(points):
        added = longer - spent
        steps.append(added / (larger - size) * 1e6 if added >= _TELLING and larger > size else None)
    grown = (after / before if before and after else None for before, after in pairwise(steps))
    return list(zip(steps, [None, *grown], strict=True))


def _file_rows(records: Records) -> Iterator[list[str]]:
    its = [(name, records.rounds(name)) for name in records.names(_FILES)]
    points = [(float(rows[0].number("bytes")), rows[0].cost.cpu) for _, rows in its]
    for (name, rows), (size, _), grown in zip(its, points, _cells(points), strict=True):
        yield [f"{int(name.rpartition('/')[2]):,}", f"{size / 1e6:.1f}", *costs(rows), *grown]


def _size_rows(records: Records) -> Iterator[list[str]]:
    for kind in large_files.KINDS:
        its = [(int(name.rpartition("/")[2]), records.rounds(name)) for name in records.names(f"{_SIZES}/{kind}")]
        points = [(float(size), rows[0].cost.cpu) for size, rows in its]
        for (size, rows), grown in zip(its, _cells(points), strict=True):
            *_, cpu = ratios(records.rounds(f"{_SCANCODE}/{kind}/{size}"), rows)
            said = agreement.reasons(rows[0].texts("skipped"))
            yield [kind, _bytes(size), *costs(rows), *_bounds(grown, said), said, cpu]


def _bounds(grown: list[str], said: str) -> list[str]:
    """The cells `grown` as they are, or as lower bounds after a timeout: the file would have taken more."""
    return [f"≥ {one}" if _TIMED_OUT in said and one != NOTHING else one for one in grown]


def _worker_rows(records: Records) -> Iterator[list[str]]:
    before: float | None = None
    for name in records.names(_WORKERS):
        its = records.rounds(name)
        memory = median(one.cost.memory for one in its)
        yield [name.rpartition("/")[2], *costs(its), NOTHING if before is None else megabytes(memory - before)]
        before = memory


def _cells(points: Sequence[tuple[float, float]]) -> list[list[str]]:
    return [
        [NOTHING if step is None else seconds(step), NOTHING if growth is None else f"{growth:.1f} ×"]
        for step, growth in growths(points)
    ]


def _bytes(size: int) -> str:
    return f"{size / 1e6:g} MB" if size >= 1_000_000 else f"{size / 1e3:g} kB"
