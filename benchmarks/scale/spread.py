"""The same files by every executor: what processes, serial runs and clusters of one and two workers spend."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scale.measuring import own_memory, processor_time, scan
from tests.execution.loopback import Loopback, loopback

_SECONDS_IDLE = 10.0


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds of one run, and how long it took."""

    way: str
    wall: float
    client: float
    """Of the command and its own processes."""
    scheduler: float = 0.0
    """Beyond what it takes while it waits."""
    workers: float = 0.0
    """The same of the workers, with all that runs below them."""
    idle: float = 0.0
    """What scheduler and workers took for waiting, meanwhile."""
    start: float = 0.0
    """Of the command, for a submission of two small files."""

    @property
    def total(self) -> float:
        """Of all processes."""
        return self.client + self.scheduler + self.workers


def on_this_machine(folders: Sequence[Path]) -> list[Spent]:
    """Serial, one process and two."""
    ways = {"`--serial`": ("--serial",), "`--jobs 1`": ("--jobs", "1"), "`--jobs 2`": ("--jobs", "2")}
    costs = {way: scan(folders, *options) for way, options in ways.items()}
    return [Spent(way, cost.wall, cost.cpu) for way, cost in costs.items()]


def on_clusters(folders: Sequence[Path], tiny: Path) -> tuple[list[Spent], dict[str, int]]:
    """Clusters of one and two workers whose fork servers run already, and what a worker takes in memory.

    `tiny` is a submission that shows what starting takes.
    """
    spent = []
    memory: dict[str, int] = {}
    for count in (1, 2):
        with tempfile.TemporaryDirectory() as folder, loopback(Path(folder), count) as cluster:
            scan(folders[:1], "--cluster", cluster.address)
            idle = _idle(cluster)
            start = scan([tiny], "--cluster", cluster.address).cpu
            way = f"`--cluster`, {count} worker{'s' if count > 1 else ''}"
            spent.append(_on_cluster(cluster, folders, way, start, idle))
            memory = own_memory(cluster.workers[0].pid)
    return spent, memory


def _idle(cluster: Loopback) -> tuple[float, float]:
    """Processor seconds a second that scheduler and workers take while they wait."""
    before = _times(cluster)
    time.sleep(_SECONDS_IDLE)
    scheduler, workers = (after - earlier for after, earlier in zip(_times(cluster), before, strict=True))
    return scheduler / _SECONDS_IDLE, workers / _SECONDS_IDLE


def _on_cluster(
    cluster: Loopback, folders: Sequence[Path], way: str, start: float, idle: tuple[float, float]
) -> Spent:
    before = _times(cluster)
    cost = scan(folders, "--cluster", cluster.address)
    scheduler, workers = (after - earlier for after, earlier in zip(_times(cluster), before, strict=True))
    took, waited = cost.wall, (idle[0] * cost.wall, idle[1] * cost.wall)
    return Spent(way, took, cost.cpu, max(0.0, scheduler - waited[0]), workers - waited[1], sum(waited), start)


def _times(cluster: Loopback) -> tuple[float, float]:
    assert cluster.scheduler is not None
    return processor_time(cluster.scheduler.pid), sum(processor_time(one.pid) for one in cluster.workers)
