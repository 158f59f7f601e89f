"""A dask cluster of real processes that listen on this machine alone."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tests.samples.packages import ROOT

_SECONDS_TO_START = 60


@dataclass(slots=True)
class Loopback:
    """A scheduler and its workers, each of one thread and without a nanny that would start it anew."""

    folder: Path
    variables: Mapping[str, str]
    options: tuple[str, ...] = ()
    """For scheduler and workers alike, such as certificates."""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Of the scheduler, once it has noted it."""
        note = self.folder / "scheduler.json"
        waited_until = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < waited_until:
            with contextlib.suppress(FileNotFoundError, msgspec.DecodeError, KeyError):
                return str(msgspec.json.decode(note.read_bytes())["address"])
            time.sleep(0.05)
        raise TimeoutError(f"the scheduler didn't start: {(self.folder / 'scheduler.log').read_text()}")

    def start_scheduler(self, *options: str) -> None:
        """Start it on a free port."""
        note = str(self.folder / "scheduler.json")
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", note, *options)
        _ = self.address

    def start_worker(self, **variables: str) -> subprocess.Popen[bytes]:
        """Start one more; it has joined when the scheduler counts it."""
        options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
        self.workers.append(self._start("worker", self.address, *options, **variables))
        return self.workers[-1]

    def stop(self) -> None:
        """End all of them, and wait."""
        for process in [*self.workers, *([self.scheduler] if self.scheduler else [])]:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, role: str, *words: str, **variables: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", role, *words, "--no-dashboard", *self.options]
        command += ["--host", "127.0.0.1"]
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        with (self.folder / f"{role}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": path, **self.variables, **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


@contextlib.contextmanager
def loopback(folder: Path, workers: int = 2, *options: str, **variables: str) -> Iterator[Loopback]:
    """A cluster of `workers` whose processes have `variables`, ended at the end."""
    import distributed

    cluster = Loopback(folder, variables, options)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker()
        if workers and not options:
            with distributed.Client(cluster.address, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=_SECONDS_TO_START)
        yield cluster
    finally:
        cluster.stop()
