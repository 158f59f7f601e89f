"""The whole sample, nothing remembered: us, ScanCode's command, and the other tools that are installed."""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.file_reports import COMPARED
from benchmarks.speed import agreement, tools
from benchmarks.speed.bench import Bench
from benchmarks.speed.peers import Peer, installed, peers
from benchmarks.speed.records import Fact, Records
from benchmarks.speed.tables import COST_HEAD, NOTHING, costs, ratios, table

OURS, SCANCODE = "cold/ours", "cold/scancode"
PEERS = "cold/peers"
NEEDED = (OURS, SCANCODE)
"""Records without which there is nothing to show."""


def measure(bench: Bench) -> None:
    """We stand beside every peer in each round; ScanCode's command comes once, between our first two."""
    inventory = bench.scratch / "inventory.json"
    for number in range(bench.plan.rounds):
        _ours(bench, number, inventory)
        if number == 0:
            _scancode(bench, inventory)
        for peer in installed():
            _peer(bench, number, peer, inventory)


def _ours(bench: Bench, number: int, inventory: Path) -> None:
    bench.time(
        OURS,
        number,
        tools.scan(bench.sample.folder, "--no-cache", "--output", inventory),
        facts=lambda: {"skipped": agreement.skipped(inventory)},
    )


def _scancode(bench: Bench, inventory: Path) -> None:
    output = bench.scratch / "scancode.json"

    def facts() -> dict[str, Fact]:
        return agreement.with_scancode(output, agreement.inventory_reports(inventory, bench.sample.folder))

    bench.time(SCANCODE, 0, tools.scancode(bench.sample.folder, output), facts=facts)


def _peer(bench: Bench, number: int, peer: Peer, inventory: Path) -> None:
    folder = bench.sample.folder
    printed = bench.scratch / "printed.txt"
    licensed = peer.licensed

    def facts() -> dict[str, Fact]:
        version: dict[str, Fact] = {"version": peer.version_told()}
        if licensed is None:
            return version
        theirs = licensed(printed.read_text(encoding="utf-8", errors="replace"), folder)
        return {**version, **agreement.with_peer(theirs, agreement.inventory_reports(inventory, folder))}

    command = peer.command(folder, bench.scratch / "written.txt")
    try:
        bench.time(f"{PEERS}/{peer.name}", number, command, output=printed, facts=facts)
    except (RuntimeError, ValueError, KeyError) as error:  # what fails or can't be read takes but its own row
        print(f"{peer.name}: {error!r}", file=sys.stderr)


def lines(records: Records) -> Iterator[str]:
    """The section."""
    ours, scancode = records.rounds(OURS), records.rounds(SCANCODE)
    yield "## Cold scan of the whole sample"
    yield ""
    yield (
        f"Nothing remembered. Rounds of ours and of every peer, one after the other: {len(ours)}. ScanCode's "
        "command, which takes longest, passes over it once, between our first two rounds, and its ratios are to "
        f"each of them. ScanCode and ours work with {tools.JOBS} processes, the others with as many as they "
        "choose. ScanCode's has no deadline that it could reach; ours keeps its own for each file. A ratio is the "
        "other's time to ours: larger than 1 where ours is faster. `compliance scan` also compares with known "
        "code, and reads dependencies, cards, configurations and weights, in that time."
    )
    yield ""
    head = ("command", *COST_HEAD, "wall, to ours", "CPU, to ours")
    rows = [["`compliance scan --no-cache`", *costs(ours), "1 ×", "1 ×"]]
    rows.append([tools.scancode_name(), *costs(scancode), *ratios(scancode, ours)])
    for name in records.names(PEERS):
        its = records.rounds(name)
        title = f"{name.rpartition('/')[2]} {its[0].facts['version']}"
        rows.append([title, *costs(its), *ratios(its, ours)])
    yield table(head, rows)
    yield ""
    yield from _agreement(records)


def _agreement(records: Records) -> Iterator[str]:
    for record in records.rounds(SCANCODE):
        facts = record.facts
        counts = ", ".join(f"{facts[what]} in {_WHAT[what]}" for what in COMPARED)
        yield (
            f"Agreement with ScanCode's command on the {facts['files']:,} files that it tells of, of which "
            f"{facts['licensed']:,} have a license: files that differ: {counts}."
        )
        if differing := record.texts("differing"):
            yield ""
            yield "They are " + ", ".join(f"`{path}`" for path in differing) + "."
    for record in records.rounds(OURS)[:1]:
        told = record.texts("skipped")
        yield ""
        yield f"Ours reports {len(told)} files as not examined completely: {', '.join(told) or 'none'}."
    yield ""
    yield "What the other tools do, and files to which they and we give a license:"
    yield ""
    head = ("tool", "what it does", "files it tells of", "both", "only it", "only ours", "neither")
    does = {one.name: one.does for one in peers()}
    rows = []
    for name in records.names(PEERS):
        facts = records.rounds(name)[0].facts
        numbers = ("files", "both", "only theirs", "only ours", "neither")
        cells = [f"{facts[one]:,}" if one in facts else NOTHING for one in numbers]
        tool = name.rpartition("/")[2]
        rows.append([tool, does[tool], *cells])
    yield table(head, rows)


_WHAT = {
    "key_expression": "the expression of ScanCode's keys",
    "expression": "the SPDX expression",
    "matches": "matches (lines, rule, score)",
    "copyrights": "copyright statements (in Latin letters)",
}
