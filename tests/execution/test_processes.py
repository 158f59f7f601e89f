"""Workers don't outlive the process that they work for, and keep sharing what it loaded."""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.detectors.detector import ExaminedFile
from compliance.execution.processes import Limits, Processes
from compliance.execution.work import COLLECTED_AFTER, Job, decode_row
from compliance.model.finding import Finding, ModelCardFinding
from compliance.model.skip import Skip
from tests.execution.fake_detectors import Streams


class Busy:
    """Notes which process it runs in, and works for longer than any test waits."""

    name = "busy"
    version = "1"

    def __init__(self, note: Path) -> None:
        self._note = note

    def wants(self, path: str, size: int) -> bool:
        return True

    def name_key(self, path: str) -> str:
        return ""

    def prepare(self) -> None:
        """Nothing to prepare."""

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        self._note.write_text(f"{os.getpid()}\n")
        while True:
            time.sleep(0.01)
            yield from ()


def examine(note: Path) -> None:
    job = Job(number=0, file=ExaminedFile(path="a", size=1, location=note), detectors=("busy",))
    list(Processes({"busy": Busy(note)}, 1, Limits()).run([job], ()))


def pid_in(note: Path) -> int:
    while not (note.exists() and note.read_text().endswith("\n")):
        time.sleep(0.01)
    return int(note.read_text())


def has_ended(process: int) -> bool:
    """A dead process whose new parent doesn't ask for its status has ended, too."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends a process with its parent")
def test_a_busy_worker_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "worker"
    parent = multiprocessing.get_context("fork").Process(target=examine, args=(note,))
    parent.start()
    worker = pid_in(note)
    try:
        parent.kill()
        parent.join()
        waited_until = time.monotonic() + 10
        while not has_ended(worker) and time.monotonic() < waited_until:
            time.sleep(0.01)
        assert has_ended(worker)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)


def finished(size: int) -> list[str]:
    """What came of a file of `size` bytes whose detector takes one and a half seconds, where the cap is one."""

    class Slow(Streams):
        def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
            time.sleep(1.5)
            yield from ()

    job = Job(number=0, file=ExaminedFile(path="a", size=size, location=Path()), detectors=("streams",))
    (outcome,) = Processes({"streams": Slow()}, 1, Limits(seconds=1)).run([job], ())
    return [skip.detail for skip in outcome.failures.values()]


def test_a_detector_that_reads_to_the_end_has_time_for_every_byte() -> None:
    assert finished(60) == []
    assert finished(0) == ["not finished after 1 s"]


def test_a_worker_collects_what_it_made_and_not_what_its_parent_loaded() -> None:
    class Telling(Streams):
        def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
            yield ModelCardFinding(field="threshold", value=str(gc.get_threshold()))
            yield ModelCardFinding(field="frozen", value=str(gc.get_freeze_count() > gc.get_count()[0]))

    job = Job(number=0, file=ExaminedFile(path="a", size=1, location=Path()), detectors=("streams",))
    (outcome,) = Processes({"streams": Telling()}, 1, Limits()).run([job], ())
    said = [one.value for one in decode_row(outcome.rows["streams"]) if isinstance(one, ModelCardFinding)]

    assert said == [str(COLLECTED_AFTER), "True"]
