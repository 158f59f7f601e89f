"""Files spread over nodes by content, in batches: nothing is lost with a node, and nobody is blamed for another.

Small files go to the cluster. Weights, which are read where they lie, and files over a cap are examined on this
machine meanwhile, so that what is seen doesn't depend on which disks a worker has. A batch that something happened
to is set aside. At the end each of its files is sent once more with no other beside it: only what fails then is to
blame.
"""

import itertools
import queue
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Self

import msgspec

from compliance.errors import ConfigurationError
from compliance.execution.cluster.batches import is_sent
from compliance.execution.cluster.nodes import Answer, Done, Gone, Nodes, Suspect, Unfit
from compliance.execution.work import Job, Outcome, failed
from compliance.model.skip import refused
from compliance.model.text import Text

MOST_FILES = 32
"""In a batch: a second of work or two, beside which what a task costs doesn't count."""
_FIRST_FILES = 4
_MOST_BYTES = 4 << 20
"""In a batch, unless a single file has more."""
_BATCHES_A_PLACE = 2
"""Given out: one that is worked on and one that waits for it."""
_MOST_BYTES_OUT = 512 << 20
_MOST_WAITING = 256
"""Files for this machine that may wait while the cluster is given more."""
_SECONDS_OF_SILENCE = 5.0


class _Lane(msgspec.Struct):
    """Batches on their way to nodes and back."""

    nodes: Nodes
    most_files: int
    waiting: deque[Job] = msgspec.field(default_factory=deque)
    out: dict[int, list[Job]] = msgspec.field(default_factory=dict)
    bytes_out: int = 0
    given: int = 0
    """Files so far."""

    def add(self, number: int, batch: list[Job]) -> None:
        """Note that `batch` is given out."""
        self.out[number] = batch
        self.bytes_out += sum(job.file.size for job in batch)
        self.given += len(batch)

    def take(self, number: int) -> list[Job] | None:
        """Note that the batch of that number is back, and return it; None where it is back already."""
        batch = self.out.pop(number, None)
        self.bytes_out -= sum(job.file.size for job in batch or ())
        return batch

    def has_room(self) -> bool:
        """Whether another batch may be given out."""
        return len(self.out) < _BATCHES_A_PLACE * self.nodes.places() and self.bytes_out < _MOST_BYTES_OUT

    def is_full(self) -> bool:
        """Whether what waits makes a batch; the first ones are small, so that every place has one early."""
        wanted = max(_FIRST_FILES, self.given // (4 * self.nodes.places()))
        size = sum(job.file.size for job in self.waiting)
        return len(self.waiting) >= min(wanted, self.most_files) or size >= _MOST_BYTES

    def next_batch(self) -> list[Job]:
        """Take what makes a batch from what waits."""
        batch = [self.waiting.popleft()]
        size = batch[0].file.size
        while self.waiting and len(batch) < self.most_files and size + self.waiting[0].file.size <= _MOST_BYTES:
            batch.append(self.waiting.popleft())
            size += batch[-1].file.size
        return batch


class Cluster:
    """Runs jobs on nodes of a cluster, and on this machine what isn't sent."""

    def __init__(self, there: Nodes, here: Nodes) -> None:
        """Send files to `there`; those that aren't sent are examined `here`."""
        self._there = there
        self._here = here

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster and end what runs on this machine."""
        self._there.close()
        self._here.close()

    def run(self, jobs: Iterable[Job], needed: Iterable[str]) -> Iterator[Outcome]:
        """Outcomes as they come.

        Raises:
            ConfigurationError: a worker joined that would find something else.
        """
        del needed  # each fork server loads what its jobs ask for
        yield from _Run(_Lane(self._there, MOST_FILES), _Lane(self._here, _FIRST_FILES)).outcomes(iter(jobs))


class _Run:
    """One run's batches, given out and waited for."""

    def __init__(self, there: _Lane, here: _Lane) -> None:
        self._there = there
        self._here = here
        self._answers: queue.SimpleQueue[tuple[_Lane, int, Answer]] = queue.SimpleQueue()
        self._numbers = itertools.count()
        self._suspects: list[tuple[Job, Text]] = []
        self._gone: Text | None = None

    def outcomes(self, jobs: Iterator[Job]) -> Iterator[Outcome]:
        ended = False
        while not ended or self._is_out() or self._there.waiting or self._here.waiting:
            while not ended and self._may_draw():
                if (job := next(jobs, None)) is None:
                    ended = True
                else:
                    yield from self._draw(job)
            for lane in (self._there, self._here):
                yield from self._give(lane, ended=ended)
            if self._is_out():
                yield from self._collect()
        suspects, self._suspects = self._suspects, []
        for job, _ in suspects:
            yield from self._alone(job)

    def _is_out(self) -> bool:
        return bool(self._there.out or self._here.out)

    def _may_draw(self) -> bool:
        return self._there.has_room() and len(self._here.waiting) < _MOST_WAITING

    def _draw(self, job: Job) -> Iterator[Outcome]:
        if not is_sent(job):
            self._here.waiting.append(job)
            yield from self._give(self._here, ended=False)
        elif self._gone is not None:
            yield failed(job, "worker-died", self._gone)
        else:
            self._there.waiting.append(job)
            yield from self._give(self._there, ended=False)

    def _give(self, lane: _Lane, *, ended: bool) -> Iterator[Outcome]:
        """Give out what makes a batch, or all that waits once the jobs have `ended`, while there is room."""
        while lane.waiting and lane.has_room() and (ended or lane.is_full()):
            yield from self._send(lane, lane.next_batch())

    def _send(self, lane: _Lane, batch: list[Job]) -> Iterator[Outcome]:
        number = next(self._numbers)
        lane.add(number, batch)
        try:
            lane.nodes.submit(batch, lambda answer: self._answers.put((lane, number, answer)))
        except OSError as error:
            lane.take(number)
            if len(batch) == 1:
                skip = refused(error)
                yield failed(batch[0], skip.reason, skip.said)
                return
            for job in batch:  # to find the one that can't be read
                yield from self._send(lane, [job])

    def _collect(self) -> Iterator[Outcome]:
        """What the next answer brings, if one comes soon."""
        try:
            lane, number, answer = self._answers.get(timeout=_SECONDS_OF_SILENCE)
        except queue.Empty:
            if self._there.out and (said := self._there.nodes.lost()) is not None:
                yield from self._leave(said)
            return
        batch = lane.take(number)
        if batch is None:
            return  # it was given up before
        match answer:
            case Done(outcomes):
                yield from outcomes
            case Suspect(said):
                self._suspects.extend((job, said) for job in batch)
            case Gone(said):
                yield from (failed(job, "worker-died", said) for job in batch)
                yield from self._leave(said)
            case Unfit(said):
                raise ConfigurationError(said)

    def _leave(self, said: Text) -> Iterator[Outcome]:
        """Give up what the cluster was given or would be."""
        self._gone = said
        left = [*self._there.waiting, *(job for batch in self._there.out.values() for job in batch)]
        self._there.waiting.clear()
        for number in list(self._there.out):
            self._there.take(number)
        yield from (failed(job, "worker-died", said) for job in left)

    def _alone(self, job: Job) -> Iterator[Outcome]:
        """`job` once more with no other beside it; what fails now is its own fault."""
        if is_sent(job) and self._gone is not None:
            yield failed(job, "worker-died", self._gone)
            return
        yield from self._send(self._there if is_sent(job) else self._here, [job])
        while self._is_out():
            yield from self._collect()
        yield from (failed(one, "worker-died", said) for one, said in self._suspects)
        self._suspects.clear()
