"""Worker processes on this machine, each with one file at a time, so that a dying worker takes only that file.

A pool of the standard library loses every job in flight when one worker dies, and can't stop a job that takes too
long. Here each worker has a pipe of its own: the parent knows which file it holds, kills it at its deadline, and
forks another one.
"""

import contextlib
import ctypes
import gc
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Self

import msgspec

from compliance.detectors.detector import FileDetector, StreamingDetector
from compliance.execution.work import COLLECTED_AFTER, Job, Outcome, failed, perform
from compliance.model.text import Text

_CONTEXT = multiprocessing.get_context("fork")
_JOBS_PER_WORKER = 1_000
"""A worker is replaced after this many files, which bounds what leaks in the libraries it calls."""
_PR_SET_PDEATHSIG = 1


class Limits(msgspec.Struct, frozen=True):
    """Caps for the examination of one file."""

    seconds: float = 120.0
    """More where a detector streams large files: see `StreamingDetector`."""
    memory: int = 4 << 30
    """Bytes a worker may allocate beyond what it shares with its parent."""


class _Worker(msgspec.Struct):
    process: ForkProcess
    connection: Connection
    job: Job | None = None
    deadline: float = 0.0
    allowed: float = 0.0
    """Seconds between the start of the job and its deadline."""
    jobs_left: int = _JOBS_PER_WORKER


class Processes:
    """Runs jobs in forked processes; used as a context manager, it keeps idle ones from one run to the next."""

    def __init__(self, detectors: Mapping[str, FileDetector], workers: int, limits: Limits) -> None:
        """Run at most `workers` processes over `detectors` (by name), each file under `limits`."""
        self._detectors = detectors
        self._count = max(1, workers)
        self._limits = limits
        self._workers: list[_Worker] = []
        self._prepared: set[str] = set()
        self._keeps_idle = False

    def __enter__(self) -> Self:
        """Keep idle processes until the end of the `with` statement."""
        self._keeps_idle = True
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes."""
        self._keeps_idle = False
        self._stop()

    def run(self, jobs: Iterable[Job], needed: Iterable[str]) -> Iterator[Outcome]:
        """Outcomes as they come; `jobs` is drawn from only when a worker is free.

        If there is a job at all, the parent prepares the detectors `needed` by any of them before it forks, so
        that workers share what is loaded.
        """
        pending = iter(jobs)
        first = next(pending, None)
        if first is None:
            return
        self._prepare(set(needed))
        try:
            yield from self._run(first, pending)
        finally:
            self._stop(spare_idle=self._keeps_idle)

    def _prepare(self, needed: set[str]) -> None:
        if unprepared := sorted(needed - self._prepared):
            self._stop()  # those kept from an earlier run don't share what is loaded now
        for name in unprepared:
            self._detectors[name].prepare()
            self._prepared.add(name)

    def _run(self, first: Job, pending: Iterator[Job]) -> Iterator[Outcome]:
        waiting: Job | None = first
        while waiting is not None or any(worker.job for worker in self._workers):
            while waiting is not None and (worker := self._idle()) is not None:
                if (lost := self._give(worker, waiting)) is not None:
                    yield lost
                waiting = next(pending, None)
            for outcome in self._collect():
                lost = None
                # a worker has its next file before anything is done with what it said of the last one
                if waiting is not None and (worker := self._idle()) is not None:
                    lost, waiting = self._give(worker, waiting), None
                yield outcome
                if lost is not None:
                    yield lost
                waiting = waiting or next(pending, None)

    def _idle(self) -> _Worker | None:
        for worker in self._workers:
            if worker.job is None:
                return worker
        if len(self._workers) < self._count:
            self._workers.append(self._fork())
            return self._workers[-1]
        return None

    def _give(self, worker: _Worker, job: Job) -> Outcome | None:
        worker.job, worker.allowed = job, self._seconds(job)
        worker.deadline = time.monotonic() + worker.allowed
        try:
            worker.connection.send(job)
        except OSError:
            return self._bury(worker)
        return None

    def _seconds(self, job: Job) -> float:
        """What `job` may take: longer where a detector reads a large file to its end."""
        wanted = (self._detectors[name] for name in job.detectors)
        slowest = [one.slowest for one in wanted if isinstance(one, StreamingDetector)]
        return self._limits.seconds + (job.file.size / min(slowest) if slowest else 0.0)

    def _collect(self) -> Iterator[Outcome]:
        busy = {worker.connection: worker for worker in self._workers if worker.job}
        if not busy:
            return
        nearest = min(worker.deadline for worker in busy.values())
        ready = wait(list(busy), timeout=max(0.0, nearest - time.monotonic()))
        now = time.monotonic()  # what else ends while these are dealt with ended in time
        for connection in ready:
            yield self._receive(busy[connection])  # type: ignore[index]  # wait returns what it was given
        for worker in [one for one in self._workers if one.job and one.deadline <= now]:
            yield self._kill(worker)

    def _receive(self, worker: _Worker) -> Outcome:
        try:
            outcome: Outcome = worker.connection.recv()
        except (EOFError, OSError):
            return self._bury(worker)
        worker.job = None
        worker.jobs_left -= 1
        exhausted = any(skip.reason == "out-of-memory" for skip in outcome.failures.values())
        if exhausted or worker.jobs_left <= 0:
            self._remove(worker)
        return outcome

    def _bury(self, worker: _Worker) -> Outcome:
        job = worker.job
        assert job is not None, "only a worker with a job is listened to"  # noqa: S101 - an invariant of this class
        worker.process.join(5)
        code = worker.process.exitcode
        how = f"signal {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit status {code}"
        self._remove(worker)
        said = Text(en=f"the process that examined it ended with {how}", ko=f"검사 프로세스 종료: {how}")
        return failed(job, "worker-died", said)

    def _kill(self, worker: _Worker) -> Outcome:
        job = worker.job
        assert job is not None, "only a worker with a job has a deadline"  # noqa: S101 - an invariant of this class
        self._remove(worker)
        seconds = f"{worker.allowed:g}"
        said = Text(en=f"not finished after {seconds} s", ko=f"{seconds}초 안에 끝나지 않음")
        return failed(job, "timeout", said)

    def _remove(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.kill()
        worker.process.join()

    def _stop(self, *, spare_idle: bool = False) -> None:
        for worker in list(self._workers):
            if worker.job is not None or not spare_idle:
                self._remove(worker)

    def _fork(self) -> _Worker:
        ours, theirs = _CONTEXT.Pipe()
        inherited = [worker.connection for worker in self._workers]
        process = _CONTEXT.Process(
            target=_work, args=(theirs, [ours, *inherited], self._detectors, self._limits), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)


def _work(
    connection: Connection, inherited: list[Connection], detectors: Mapping[str, FileDetector], limits: Limits
) -> None:
    _die_with_parent()
    for one in inherited:
        one.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    gc.freeze()  # what the parent has loaded stays, and pages that are looked through are no longer shared
    gc.set_threshold(*COLLECTED_AFTER)
    _cap_memory(limits.memory)
    _silence()
    with contextlib.suppress(EOFError, OSError):
        while True:
            connection.send(perform(connection.recv(), detectors))


def _die_with_parent() -> None:
    """Let the system end this process with its parent, if that is killed; where it can't, the file is finished."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):  # a C library that can't be loaded, or has no prctl
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    parent = multiprocessing.parent_process()
    if parent is None or parent.pid != os.getppid():  # it ended before the system was asked
        os._exit(1)


def _cap_memory(allowance: int) -> None:
    """Let this process allocate `allowance` bytes beyond what it has mapped now, where the system can say."""
    statistics = Path("/proc/self/statm")
    if not statistics.exists():
        return
    mapped = int(statistics.read_text().split()[0]) * resource.getpagesize()
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    cap = mapped + allowance
    resource.setrlimit(resource.RLIMIT_AS, (cap if hard == resource.RLIM_INFINITY else min(cap, hard), hard))


def _silence() -> None:
    """Keep what libraries print about strange files off the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.stdout = sys.stderr = os.fdopen(nowhere, "w")
