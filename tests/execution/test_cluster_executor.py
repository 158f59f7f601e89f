"""How files become batches, and what becomes of a batch that something happens to; the nodes are fakes."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest

from compliance.detectors.detector import ExaminedFile
from compliance.errors import ConfigurationError
from compliance.execution.cluster.batches import LARGEST_SENT
from compliance.execution.cluster.executor import MOST_FILES, Cluster
from compliance.execution.cluster.nodes import Answer, Done, Gone, Suspect, Unfit
from compliance.execution.work import Job, Outcome
from compliance.model.text import Text
from compliance.sources.disk_file import DiskFile

SAID = Text(en="said", ko="말함")
Reply = Callable[[Sequence[Job]], Answer]


def done(jobs: Sequence[Job]) -> Answer:
    return Done([Outcome(number=job.number, rows={"words": b""}) for job in jobs])


class Answering:
    """Nodes that answer from a thread of their own, a moment later."""

    def __init__(self, reply: Reply = done, places: int = 2) -> None:
        self.batches: list[list[int]] = []
        self.most_out = 0
        self._reply = reply
        self._places = places
        self._out = 0
        self._threads = ThreadPoolExecutor(1)

    def places(self) -> int:
        return self._places

    def submit(self, jobs: Sequence[Job], answer: Callable[[Answer], None]) -> None:
        if any(job.file.path == "unreadable" for job in jobs):
            raise PermissionError(13, "Permission denied")
        self.batches.append([job.number for job in jobs])
        self._out += len(jobs)
        self.most_out = max(self.most_out, self._out)
        self._threads.submit(self._answer, jobs, answer)

    def lost(self) -> Text | None:
        return None

    def close(self) -> None:
        self._threads.shutdown()

    def _answer(self, jobs: Sequence[Job], answer: Callable[[Answer], None]) -> None:
        time.sleep(0.002)
        self._out -= len(jobs)
        answer(self._reply(jobs))


def job(number: int, size: int = 10, path: str = "a.txt") -> Job:
    return Job(
        number=number, file=ExaminedFile(path=path, size=size, location=Path("a.txt")), detectors=("words",)
    )


def in_place(number: int) -> Job:
    source = DiskFile("w.safetensors", 1 << 40, None, b"/w.safetensors", "stat:")
    file = ExaminedFile(path=source.path, size=source.size, location=Path(), source=source)
    return Job(number=number, file=file, detectors=("begins",))


def run(jobs: Iterable[Job], there: Answering, here: Answering | None = None) -> dict[int, Outcome]:
    with Cluster(there, here or Answering()) as cluster:
        outcomes = list(cluster.run(jobs, ()))
    assert len({one.number for one in outcomes}) == len(outcomes)
    return {one.number: one for one in outcomes}


def blamed(outcomes: dict[int, Outcome]) -> dict[int, str]:
    return {one.number: skip.detail for one in outcomes.values() for skip in one.failures.values()}


def test_small_files_go_out_in_batches_that_grow() -> None:
    there = Answering()

    outcomes = run([job(number) for number in range(1_000)], there)

    assert sorted(outcomes) == list(range(1_000))
    assert len(there.batches[0]) < 8
    assert max(map(len, there.batches)) == MOST_FILES


def test_jobs_are_drawn_no_further_ahead_than_the_cluster_has_places_for() -> None:
    drawn = 0
    ahead = []

    def jobs() -> Iterator[Job]:
        nonlocal drawn
        for number in range(5_000):
            drawn += 1
            yield job(number)

    there = Answering()
    with Cluster(there, Answering()) as cluster:
        for answered, _ in enumerate(cluster.run(jobs(), ())):
            ahead.append(drawn - answered)

    assert there.most_out <= 2 * there.places() * MOST_FILES
    assert max(ahead) <= (2 * there.places() + 1) * MOST_FILES


def test_a_batch_of_larger_files_has_few_of_them() -> None:
    there = Answering()

    run([job(number, size=3 << 20) for number in range(8)], there)

    assert there.batches == [[number] for number in range(8)]


def test_weights_in_place_and_files_over_the_cap_are_examined_on_this_machine() -> None:
    there, here = Answering(), Answering()

    outcomes = run([job(0), in_place(1), job(2, size=LARGEST_SENT + 1), job(3)], there, here)

    assert sorted(outcomes) == [0, 1, 2, 3]
    assert sorted(chain(*there.batches)) == [0, 3]
    assert sorted(chain(*here.batches)) == [1, 2]


def test_more_files_for_this_machine_than_may_wait_hold_nothing_up() -> None:
    outcomes = run([job(number) if number % 3 else in_place(number) for number in range(3_000)], Answering())

    assert sorted(outcomes) == list(range(3_000))


def test_only_the_file_that_fails_alone_is_blamed_for_its_batch() -> None:
    def reply(jobs: Sequence[Job]) -> Answer:
        return Suspect(SAID) if any(job.number == 17 for job in jobs) else done(jobs)

    outcomes = run([job(number) for number in range(100)], Answering(reply))

    assert sorted(outcomes) == list(range(100))
    assert blamed(outcomes) == {17: "said"}


def test_a_copy_that_cannot_be_read_costs_no_other_file() -> None:
    outcomes = run([job(0), job(1, path="unreadable"), job(2), job(3)], Answering())

    assert blamed(outcomes) == {1: "Permission denied"}


def test_when_the_cluster_goes_away_every_file_left_is_reported_and_what_is_examined_here_goes_on() -> None:
    def reply(jobs: Sequence[Job]) -> Answer:
        return Gone(SAID) if any(job.number >= 50 for job in jobs) else done(jobs)

    here = Answering()
    outcomes = run([job(number) for number in range(200)] + [in_place(200)], Answering(reply), here)

    faults = blamed(outcomes)
    assert sorted(outcomes) == list(range(201))
    assert set(range(50 + MOST_FILES * 5, 200)) <= set(faults) <= set(range(200))
    assert set(faults.values()) == {"said"}
    assert here.batches == [[200]]


def test_a_worker_that_joins_with_other_versions_ends_the_run() -> None:
    with pytest.raises(ConfigurationError) as ended:
        run([job(0)], Answering(lambda _: Unfit(SAID)))

    assert ended.value.message == SAID
