"""On how many files two tools say the same, which stands beside every speed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.file_reports import COMPARED, FileReport, differing, of_inventory, of_scancode
from benchmarks.speed.records import Fact
from benchmarks.speed.tables import NOTHING
from compliance.reporters.json_v1 import decode_inventory

_NAMED = 20
"""Differing files that are named."""


def inventory_reports(inventory: Path, folder: Path) -> dict[str, FileReport]:
    """What the file `inventory` says of every file in `folder`, without what is inside archives, which we open."""
    reports = of_inventory(decode_inventory(inventory.read_bytes(), str(inventory)), folder)
    return {path: report for path, report in reports.items() if (folder / path).is_file()}


def with_scancode(output: Path, ours: Mapping[str, FileReport]) -> dict[str, Fact]:
    """On how many of the files that ScanCode's `output` tells of, each of what is compared differs.

    A file that isn't among ours differs in everything.
    """
    theirs = of_scancode(output.read_text(encoding="utf-8"))
    by_what = {what: differing(theirs, ours, what) for what in COMPARED}
    every = sorted({path for paths in by_what.values() for path in paths})
    return {
        "files": len(theirs),
        "licensed": sum(one.expression is not None for one in theirs.values()),
        **{what: len(paths) for what, paths in by_what.items()},
        "differing": every[:_NAMED],
    }


def with_peer(theirs: Mapping[str, bool], ours: Mapping[str, FileReport]) -> dict[str, Fact]:
    """How many files have a license by both, by one alone and by none; a file that a tool leaves out has none."""
    paths = ours.keys() | theirs.keys()
    said = [(theirs.get(path, False), path in ours and ours[path].expression is not None) for path in paths]
    return {
        "files": len(theirs),
        "both": said.count((True, True)),
        "only theirs": said.count((True, False)),
        "only ours": said.count((False, True)),
        "neither": said.count((False, False)),
    }


def skipped(inventory: Path) -> list[str]:
    """Why files were not examined completely, each reason with its file."""
    found = decode_inventory(inventory.read_bytes(), str(inventory))
    return [f"{one.reason} ({one.path})" for one in found.skipped]


def reasons(told: Iterable[str]) -> str:
    """The different reasons among what `skipped` gave; a dash for none."""
    return ", ".join(sorted({one.partition(" (")[0] for one in told})) or NOTHING
