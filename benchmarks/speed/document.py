"""The section of docs/performance.md, from the records alone."""

from collections.abc import Iterator

from benchmarks.speed import cold, curves, detection, pairs, repeated, start_up
from benchmarks.speed.conditions import KIND
from benchmarks.speed.distributions import pins
from benchmarks.speed.peers import peers
from benchmarks.speed.records import Records
from benchmarks.speed.tables import median, table

SECTIONS = (cold, pairs, detection, repeated, start_up, curves)
"""In the order in which the document shows them."""
_QUIET = 0.1
"""Processors busy with other work, on average, up to which wall times are worth something."""


def text(records: Records) -> str:
    """All of it; what wasn't measured completely is left out, and named."""
    measured = [one for one in SECTIONS if all(records.rounds(name) for name in one.NEEDED)]
    missing = [one.__name__.rpartition(".")[2] for one in SECTIONS if one not in measured]
    parts = [_head(records, missing), _sample(records), *(one.lines(records) for one in measured)]
    return "\n\n".join("\n".join(part) for part in parts)


def _head(records: Records, missing: list[str]) -> Iterator[str]:
    said = records.conditions
    yield "# Performance"
    yield ""
    yield (
        "Written by `make bench`, which times whole commands as processes, start-up included, one after the "
        f"other. Version {said['product']} at commit {said['commit']}, ScanCode {said['scancode']}, Python "
        f"{said['python']}, {said['processors']} processors ({said['processor']}). Figures are medians of the "
        "rounds; after a ratio stand its extremes, where there are several."
    )
    yield ""
    yield (
        "*CPU* is the processor time of the command and all its processes. *Memory* is that of all its processes "
        "together at most, pages that they share counted once (PSS), looked at every half a second or, in short "
        "commands, more often; *largest process* is the kernel's own peak of one of them, shared pages and mapped "
        "files included (RSS). All files lie in the system's file cache, for every command."
    )
    yield ""
    yield _load(records)
    if missing:
        yield ""
        yield f"Not measured in this run: {', '.join(missing)}."
    measured = records.names(cold.PEERS)
    absent = [one for one in peers() if measured and f"{cold.PEERS}/{one.name}" not in measured]
    if absent:
        yield ""
        yield (
            "Not compared, since they aren't installed here or failed: "
            + ", ".join(f"{one.name} ({one.install})" for one in absent)
            + "."
        )
    yield ""
    yield (
        "Whether the licenses and copyrights found are ScanCode's is told beside the speeds, and for whole trees "
        "in [accuracy.md](accuracy.md). Not compared: licensee, which reads the license files of a project's root "
        "alone; askalono and go-license-detector, which are neither on PyPI nor on npm nor in Debian; SCANOSS, "
        "FOSSology and others as servers, since nothing may leave the machine."
    )


def _load(records: Records) -> str:
    others = [one.cost.others for one in records.every()]
    busy = f"{median(others):.2f} processors on the median, {max(others):.2f} at most"
    if median(others) <= _QUIET:
        return f"The machine was quiet: while a row was measured, other work took {busy}."
    return (
        f"**The machine wasn't quiet**: while a row was measured, other work took {busy}. Compare processor times."
    )


def _sample(records: Records) -> Iterator[str]:
    said = records.conditions
    yield "## The sample"
    yield ""
    yield (
        f"{int(said['sample files']):,} real files, {int(said['sample bytes']) / 1e6:.1f} MB, from "
        f"{', '.join(one.title for one in pins())}: of each kind those whose path has the smallest digest. "
        f"SHA-256 of all paths and contents: `{said['sample digest']}`."
    )
    yield ""
    kinds = [(name.removeprefix(KIND), told.split()) for name, told in said.items() if name.startswith(KIND)]
    rows = ([kind, number, f"{int(size) / 1e6:.2f}"] for kind, (number, size) in kinds)
    yield table(("kind", "files", "MB"), rows)
