"""A part of the sample in pairs of whole commands, so that the spread of the ratio is known."""

from collections.abc import Iterator

from benchmarks.speed import tools
from benchmarks.speed.bench import Bench
from benchmarks.speed.records import Records
from benchmarks.speed.tables import COST_HEAD, costs, ratios, table

_SCANCODE = "scancode"
NEEDED = (f"pairs/{_SCANCODE}", "pairs/no-known-code")
"""Records without which there is nothing to show."""
_TITLES = {
    _SCANCODE: tools.scancode_name(),
    "scan": "`compliance scan`",
    "check": "`compliance check`, which judges too",
    "no-known-code": "`compliance scan --no-shipped-origins`, nothing compared with known code",
}


def measure(bench: Bench) -> None:
    """Every command once in each round."""
    folder = bench.part(bench.plan.paired_files).folder
    written = ("--no-cache", "--output", bench.scratch / "part.json")
    commands = {
        _SCANCODE: tools.scancode(folder, bench.scratch / "scancode-part.json"),
        "scan": tools.scan(folder, *written),
        "check": tools.scan(folder, "--no-cache", action="check"),
        "no-known-code": tools.scan(folder, *written, "--no-shipped-origins"),
    }
    for number in range(bench.plan.paired_rounds):
        for name, command in commands.items():
            bench.time(f"pairs/{name}", number, command)


def lines(records: Records) -> Iterator[str]:
    """The section."""
    theirs = records.rounds(f"pairs/{_SCANCODE}")
    yield "## Cold, in pairs"
    yield ""
    yield (
        f"The first {records.conditions['plan: paired_files']} files of the sample, every command once in each of "
        f"{len(theirs)} rounds: medians, and the extremes of the ratios of ScanCode's time to each command's in "
        "the same round. So few files show the cost of starting, too; the whole sample above shows it less."
    )
    yield ""
    rows = []
    for name in records.names("pairs"):
        ours = records.rounds(name)
        rows.append([_TITLES[name.partition("/")[2]], *costs(ours), *ratios(theirs, ours)])
    yield table(("command", *COST_HEAD, "wall, from ScanCode", "CPU, from ScanCode"), rows)
