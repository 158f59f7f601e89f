"""Starting: help, a policy's check, and one small file, known and unknown."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.speed import tools
from benchmarks.speed.bench import Bench
from benchmarks.speed.peers import installed
from benchmarks.speed.records import Records
from benchmarks.speed.tables import COST_HEAD, costs, table

_INDEX, _COMMANDS = "start_up/index", "start_up/commands"
_SMALL = 2_000
"""Bytes of the one file at most."""
NEEDED = (_INDEX,)
"""Records without which there is nothing to show."""


def measure(bench: Bench) -> None:
    """All commands once in each round; ScanCode's, which load its index, in fewer."""
    folder = _one_file(bench)
    output = bench.scratch / "one.json"
    known = "one-file-cache"
    again, unknown = (tools.scan(folder, *more, "--output", output) for more in ((), ("--no-cache",)))
    index = bench.scratch / "license-index"
    variables = {"COMPLIANCE_LICENSE_INDEX_DIR": str(index)}
    bench.time(_INDEX, 0, unknown, variables=variables, before=lambda: shutil.rmtree(index, ignore_errors=True))
    bench.time("start_up/one-file", 0, again, cache=known)  # from here on the index is there, and this file known
    ours = {
        "`compliance --help`": tools.ours("--help"),
        "`compliance policy lint sovereign-ai`": tools.ours("policy", "lint", "sovereign-ai"),
        "`compliance scan`, one small file, known": again,
        "`compliance scan`, one small file, unknown": unknown,
    }
    scancode = tools.scancode(folder, bench.scratch / "one-scancode.json")
    theirs = {"`scancode --help`": [scancode[0], "--help"], "`scancode`, one small file": scancode}
    for number in range(bench.plan.start_rounds):
        _time(bench, number, ours, known)
        _time(bench, number, _peers(bench, folder), known)
        if number < bench.plan.scancode_start_rounds:
            _time(bench, number, theirs, known)


def _peers(bench: Bench, folder: Path) -> dict[str, list[str]]:
    written = bench.scratch / "written.txt"
    return {f"{peer.name}, one small file": peer.command(folder, written) for peer in installed()}


def _time(bench: Bench, number: int, commands: Mapping[str, list[str]], cache: str) -> None:
    for name, command in commands.items():
        bench.time(f"{_COMMANDS}/{name}", number, command, cache=cache)


def _one_file(bench: Bench) -> Path:
    small = next(one for one in bench.sample.files if one.kind == "Python" and one.size <= _SMALL)
    folder = bench.scratch / "one-file"
    folder.mkdir(exist_ok=True)
    (folder / small.location.name).write_bytes(small.location.read_bytes())
    return folder


def lines(records: Records) -> Iterator[str]:
    """The section."""
    yield "## Starting"
    yield ""
    yield (
        "One small file is a Python file of 2 kB at most. *Known*: it was examined before and is unchanged. The "
        "license index is kept on disk by ours as by ScanCode; the last row is `compliance scan` of the small "
        "file where it isn't made yet, which happens once."
    )
    yield ""
    rows = []
    for name in (*records.names(_COMMANDS), _INDEX):
        its = records.rounds(name)
        title = (
            "the same, making the license index first" if name == _INDEX else name.removeprefix(f"{_COMMANDS}/")
        )
        rows.append([title, str(len(its)), *costs(its)])
    yield table(("command", "rounds", *COST_HEAD), rows)
