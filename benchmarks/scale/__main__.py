"""Measures what files cost, and reckons what a hub of models would: `python -m benchmarks.scale`.

Writes docs/scale.md. Every figure in its tables is measured here or worked out here from those that are.
"""

import os
import platform
import shutil
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.documents import write_section
from benchmarks.scale import measuring, samples, spread
from benchmarks.scale.hub_files import HubFiles, hub_files
from benchmarks.scale.kinds import KINDS, Kind
from benchmarks.scale.measuring import Slope
from benchmarks.scale.spread import Spent
from benchmarks.speed.tools import LICENSE_INDEX
from compliance.execution.cluster.executor import MOST_FILES
from compliance.origins.shipped import SHIPPED_INDEX
from compliance.settings import Settings
from tests.samples.packages import ROOT

DOCUMENT = ROOT / "docs" / "scale.md"
REPOSITORIES = 1_000_000
ROUNDS = 2
SUBJECTS_A_CALL = 200
CORES = (16, 64, 256, 1024)
_TINY = 60
_EMPTY = 20_000
_KNOWN = 3_000
_LEAST = 0.01
"""Seconds: less can't be read off a process."""
_SPREAD: tuple[Kind, ...] = ("card", "settings", "code", "other")


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured."""

    kinds: Mapping[Kind, Slope]
    known: Slope
    """Of files that the cache knows."""
    call: float
    """Processor seconds of a call for a single small submission that nothing is known of."""
    known_call: float
    """The same where the cache knows its files."""
    submission: float
    """Processor seconds of each further small submission in the same call, its two files included."""
    cache_bytes: float
    """Of a file."""
    inventory_bytes: float
    """Of a file."""
    detectors: Mapping[str, tuple[int, int]]
    spent: Sequence[Spent]
    spread_files: int
    memory: Mapping[str, int]
    memory_a_file: int


def main() -> None:
    """Measure and write."""
    shutil.rmtree(measuring.RUNS, ignore_errors=True)
    hub = hub_files()
    measured = measure(hub)
    write_section(DOCUMENT, "costs", costs(measured))
    write_section(DOCUMENT, "spread", spread_table(measured))
    write_section(DOCUMENT, "hub", plan(measured, hub))


def measure(hub: HubFiles) -> Measured:
    """Run everything once, or as often as said."""
    folders = samples.make(round(hub.card_bytes))
    slopes = {kind: [measuring.slope(folders[kind]) for _ in range(ROUNDS)] for kind in KINDS}
    kinds = {kind: _middle(found) for kind, found in slopes.items()}
    text = [folders[kind] for kind in _SPREAD]
    tiny = _tiny_submissions()
    cache, other = measuring.RUNS / "cache", measuring.RUNS / "other-cache"
    call = measuring.scan(tiny[:1], "--jobs", "1", cache=other).cpu
    known_call = measuring.scan(tiny[:1], "--jobs", "1", cache=other).cpu
    submission = statistics.median(_further(tiny) for _ in range(ROUNDS))
    shutil.rmtree(measuring.RUNS / "inventories")
    measuring.scan(list(folders.values()), "--jobs", "1", cache=cache)
    files = sum(kind.files for kind in kinds.values())
    inventories = measuring.inventory_bytes()
    known = _known(samples.small(_KNOWN), other)
    clusters, memory = spread.on_clusters(text, tiny[0])
    return Measured(
        kinds=kinds,
        known=known,
        call=call,
        known_call=known_call,
        submission=submission,
        cache_bytes=measuring.cache_bytes(cache) / files,
        inventory_bytes=inventories / files,
        detectors=measuring.rows_by_detector(cache),
        spent=[*spread.on_this_machine(text), *clusters],
        spread_files=sum(kinds[kind].files for kind in _SPREAD),
        memory=memory,
        memory_a_file=measuring.memory_of_files(_EMPTY),
    )


def _further(submissions: Sequence[Path]) -> float:
    """Processor seconds of each of `submissions` after the first one of a call."""
    several, one = (measuring.scan(some, "--jobs", "1").cpu for some in (submissions, submissions[:1]))
    return (several - one) / (len(submissions) - 1)


def _known(folder: Path, cache: Path) -> Slope:
    """What a file costs that the cache knows: of many, since a few can't be told from noise."""
    measuring.slope(folder, cache)
    return _middle([measuring.slope(folder, cache) for _ in range(ROUNDS)])


def _middle(slopes: Sequence[Slope]) -> Slope:
    return Slope(slopes[0].files, slopes[0].bytes, statistics.median(one.seconds for one in slopes))


def _tiny_submissions() -> list[Path]:
    """Submissions of a card and a configuration each."""
    folders = []
    for number in range(_TINY):
        folder = measuring.RUNS / "tiny" / f"model-{number}"
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(f"---\nlicense: mit\n---\n# Model {number}\n")
        (folder / "config.json").write_text(f'{{"model_type": "llama", "number": {number}}}')
        folders.append(folder)
    return folders


def _newest(folder: Path) -> int:
    """Bytes of the file in `folder` that was written last: those of earlier releases stay beside it."""
    return max((one.stat() for one in folder.iterdir()), key=lambda stat: stat.st_mtime).st_size


def costs(measured: Measured) -> str:
    """The table of costs by kind, and what is kept."""
    rows = [
        f"| {kind} | {one.files} | {one.bytes / 1e3:,.1f} | {_milliseconds(one)} | {_per_megabyte(kind, one)} |"
        for kind, one in measured.kinds.items()
    ]
    rows.append(f"| any, known to the cache | {measured.known.files} | | {1000 * measured.known.seconds:,.2f} | |")
    detectors = [f"| `{name}` | {rows:,} | {size:,} |" for name, (rows, size) in measured.detectors.items()]
    return _COSTS.format(
        machine=f"{os.cpu_count()} processors, Python {platform.python_version()}",
        rounds=ROUNDS,
        rows="\n".join(rows),
        call=measured.call,
        known_call=measured.known_call,
        submission=measured.submission,
        cache=measured.cache_bytes,
        inventory=measured.inventory_bytes,
        detectors="\n".join(detectors),
        known_code=SHIPPED_INDEX.stat().st_size / 1e6,
        licenses=_newest(LICENSE_INDEX) / 1e6,
        memory=measured.memory_a_file,
    )


def _milliseconds(one: Slope) -> str:
    return f"{1000 * one.seconds:,.1f}"


def _per_megabyte(kind: Kind, one: Slope) -> str:
    return "headers only" if kind == "weights" else f"{one.seconds / (one.bytes / 1e6):,.2f}"


def spread_table(measured: Measured) -> str:
    """What each executor spends on the same files."""
    rows = [
        f"| {one.way} | {one.wall:.1f} | {one.client:.1f} "
        f"| {one.scheduler:.1f} | {one.workers:.1f} | {one.total:.1f} |"
        for one in measured.spent
    ]
    processes, clustered = _by_way(measured, "`--jobs 2`"), _by_way(measured, "`--cluster`, 2 workers")
    memory = ", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in measured.memory.items())
    return _SPREAD_TEXT.format(
        files=measured.spread_files,
        rows="\n".join(rows),
        overhead=1000 * (clustered.total - processes.total) / measured.spread_files,
        start=clustered.start,
        idle=clustered.idle,
        client=1000 * _client_seconds(measured),
        scheduler=1000 * clustered.scheduler / measured.spread_files,
        memory=memory,
        batch=MOST_FILES,
    )


def _by_way(measured: Measured, way: str) -> Spent:
    return next(one for one in measured.spent if one.way == way)


def _client_seconds(measured: Measured) -> float:
    """Processor seconds that a file costs in the command itself, where a cluster examines it."""
    clustered = _by_way(measured, "`--cluster`, 2 workers")
    return (clustered.client - clustered.start) / measured.spread_files


def plan(measured: Measured, hub: HubFiles) -> str:
    """What a hub of so many repositories costs by these figures."""
    each = hub.each
    seconds = {kind: REPOSITORIES * each[kind] * measured.kinds[kind].seconds for kind in KINDS}
    starts = REPOSITORIES / SUBJECTS_A_CALL * measured.call
    total = sum(seconds.values()) + starts
    files = REPOSITORIES * sum(each.values())
    dominant = max(KINDS, key=lambda kind: seconds[kind])
    rows = [
        f"| {kind} | {each[kind]:.2f} | {REPOSITORIES * each[kind] / 1e6:,.2f} "
        f"| {1000 * measured.kinds[kind].seconds:,.1f} | {seconds[kind] / 3600:,.0f} |"
        for kind in KINDS
    ]
    clustered = _by_way(measured, "`--cluster`, 2 workers")
    sent = REPOSITORIES * sum(
        each[kind] * measured.kinds[kind].bytes
        for kind in KINDS
        if kind != "weights" and measured.kinds[kind].bytes <= Settings().largest_file
    )
    by_client = _client_seconds(measured)
    by_scheduler = max(clustered.scheduler, _LEAST) / measured.spread_files
    return _HUB.format(
        repositories=REPOSITORIES,
        source=hub.source,
        listed=hub.repositories,
        median=hub.median_files,
        largest=hub.largest,
        rows="\n".join(rows),
        mean=sum(each.values()),
        files=files / 1e6,
        dominant=dominant,
        share=100 * seconds[dominant] / total,
        starts=starts / 3600,
        calls=SUBJECTS_A_CALL,
        single=REPOSITORIES * measured.call / 3600,
        total=total / 3600,
        walls="\n".join(f"| {cores:,} | {total / 3600 / cores:,.1f} |" for cores in CORES),
        again=(REPOSITORIES / SUBJECTS_A_CALL * measured.known_call + files * measured.known.seconds) / 3600,
        cache=files * measured.cache_bytes / 1e9,
        inventories=files * measured.inventory_bytes / 1e9,
        sent=sent / 1e12,
        largest_memory=hub.largest * measured.memory_a_file / 1e6,
        client=1 / by_client,
        fed=total / files / by_client,
        scheduled=1 / by_scheduler,
        schedulable=total / files / by_scheduler,
        batch=MOST_FILES,
    )


_COSTS = """\
# What scanning costs, and what a whole hub would

Written by `make bench-scale`: processor time of one core, start-up left out, medians of {rounds} rounds. Other
work may have run beside, which doesn't count in it. {machine}. Code, cards and vocabularies are real (from
pinned and installed packages; vocabularies are stretches of 50,000 entries of a real one). Settings, weights
and what is no text are made. Every file has another content. Milliseconds a file are core-seconds for a
thousand.

| kind of file | files | kB a file | ms a file | core-seconds for 1 MB |
|---|---|---|---|---|
{rows}

A call for one submission of two small files that nothing is known of takes {call:.2f} s, one whose files the
cache knows {known_call:.2f} s: nearly all of it is start-up. Each further such submission in the same call
takes {submission:.3f} s.

The cache takes {cache:,.0f} bytes a file, an inventory {inventory:,.0f}. The index of known code has
{known_code:,.0f} MB and the license index {licenses:,.0f} MB; both are mapped, so that a machine has each once.
The process that scans keeps {memory:,} bytes for each file of the submission that it is at, besides what was
found in it.

| detector | rows in the cache | bytes a row |
|---|---|---|
{detectors}
"""

_SPREAD_TEXT = """\
## The same files by each executor

Processor seconds for {files} files (cards, settings, code, other), start-up of the command included; fork
servers of the clusters had been started, and what scheduler and workers take for waiting is left out
({idle:.1f} s in the last row, by a measurement of ten idle seconds). Wall time is given for completeness:
client, scheduler, workers and other work compete for two processors. A curve over many machines was not
measured.

| way | wall, s | command, s | scheduler, s | workers, s | together, s |
|---|---|---|---|---|---|
{rows}

The command's start-up for a cluster takes {start:.1f} s of its processor time. Beyond that a file costs
{client:.2f} ms in the command (listing, hashing, packing, remembering) and {scheduler:.2f} ms in the scheduler,
in batches of up to {batch} files. All in all it is {overhead:+.1f} ms a file against `--jobs 2`, which loads
anew what the fork servers of a cluster keep from call to call. Of memory, shared pages divided among those who
share them, a worker with one thread takes: {memory}.
"""

_HUB = """\
## A hub of {repositories:,} model repositories

**Assumed**: files by kind as in the lists of all {listed:,} repositories of a hub in February 2022 (GitHub:
{source}; median {median:.0f} files, largest {largest:,}); a file of each kind costs what the ones above do;
nothing occurs twice, though much does. Since then safetensors and GGUF have largely replaced pickles, and
shards are more: their headers cost what the table says. Weights are read in place, so the snapshots, or a file
system that shows them, must be at hand; what downloading them takes isn't reckoned.

| kind | files a repository | million files | ms a file | core-hours |
|---|---|---|---|---|
{rows}
| start-up, {calls} submissions a call | | | | {starts:,.0f} |
| **together** | {mean:.1f} | {files:,.1f} | | **{total:,.0f}** |

Of that, {dominant} takes {share:.0f} %. One submission a call would take {single:,.0f} core-hours for start-up
alone. A second scan of the unchanged hub takes {again:,.1f} core-hours.

| cores | hours, if all are kept busy |
|---|---|
{walls}

| what | how much |
|---|---|
| cache | {cache:,.0f} GB, divided among the machines that submit |
| inventories | {inventories:,.0f} GB |
| sent to workers | {sent:,.1f} TB |
| memory of a client for the largest repository | {largest_memory:,.0f} MB besides its findings |

**What breaks first**, by these figures: a client is one thread, which gets through {client:,.0f} files a
second, enough for {fed:,.0f} cores at the mean cost of a file. Run one for each so many cores, each with a part
of the list of submissions and a cache of its own, since SQLite lets one write at a time. A scheduler gets
through {scheduled:,.0f} files a second in batches of up to {batch}, enough for {schedulable:,.0f} cores;
submissions of ten files make batches of ten, so count on a third of that. Beyond it, several clusters side by
side: submissions share nothing.
"""


if __name__ == "__main__":
    main()
