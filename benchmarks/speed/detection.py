"""Detection of licenses and of copyrights alone, as a library in one process."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.bench import Bench
from benchmarks.speed.records import Fact, Record, Records
from benchmarks.speed.tables import median, megabytes, seconds, spread, table

_WHO = ("scancode", "compliance")
_WHAT = ("license", "copyright")
NEEDED = tuple(f"detection/{what}/{who}" for what in _WHAT for who in _WHO)
"""Records without which there is nothing to show."""


def measure(bench: Bench) -> None:
    """ScanCode's and ours one after the other in each round, each in a process of its own."""
    folder = bench.part(bench.plan.paired_files).folder
    printed = bench.scratch / "detection.json"
    for number in range(bench.plan.detection_rounds):
        for what in _WHAT:
            for who in _WHO:
                command = [sys.executable, "-m", "benchmarks.detection", who, what, str(folder)]
                bench.time(
                    f"detection/{what}/{who}", number, command, output=printed, facts=lambda: _facts(printed)
                )


def _facts(printed: Path) -> dict[str, Fact]:
    facts: dict[str, Fact] = json.loads(printed.read_text(encoding="utf-8"))
    return facts


def lines(records: Records) -> Iterator[str]:
    """The section."""
    rounds = len(records.rounds(f"detection/{_WHAT[0]}/{_WHO[0]}"))
    yield "## Detection alone"
    yield ""
    yield (
        "As a library in one process, on the files of the pairs: processor time of ScanCode untouched and of the "
        f"accelerated detection, one after the other; rounds: {rounds}. *Ready* is the processor time until the "
        "first file can be asked, imports included; it isn't part of the other column. A file differs if any "
        "match, position, line, score, expression or statement does."
    )
    yield ""
    head = (
        "detection of",
        "ScanCode, s",
        "ours, s",
        "ratio",
        "ready, s",
        "ours",
        "memory, MB",
        "ours",
        "files that differ",
    )
    yield table(head, (_row(records, what) for what in _WHAT))


def _row(records: Records, what: str) -> list[str]:
    theirs, ours = (records.rounds(f"detection/{what}/{who}") for who in _WHO)
    pairs = list(zip(theirs, ours, strict=False))
    differing = max(_differing(one, other) for one, other in pairs)
    return [
        f"{what}s",
        seconds(_median(theirs, "seconds")),
        seconds(_median(ours, "seconds")),
        spread([one.number("seconds") / other.number("seconds") for one, other in pairs]),
        seconds(_median(theirs, "ready")),
        seconds(_median(ours, "ready")),
        megabytes(_median(theirs, "memory")),
        megabytes(_median(ours, "memory")),
        f"{differing} of {theirs[0].facts['files']}",
    ]


def _differing(one: Record, other: Record) -> int:
    return sum(said != answered for said, answered in zip(one.texts("said"), other.texts("said"), strict=True))


def _median(records: list[Record], what: str) -> float:
    return median(one.number(what) for one in records)
