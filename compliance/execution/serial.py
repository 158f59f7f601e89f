"""Jobs in this process, one after the other: for debugging, and where no process can be forked.

Nothing protects the run from its files here. One that takes for ever holds it up, one that takes all memory or
crashes a native library ends it, and what libraries print from native code reaches the terminal.
"""

import contextlib
import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from compliance.detectors.detector import FileDetector
from compliance.execution.work import COLLECTED_AFTER, Job, Outcome, perform


class Serial:
    """Runs jobs in this process."""

    def __init__(self, detectors: Mapping[str, FileDetector]) -> None:
        """Run `detectors` (by name)."""
        self._detectors = detectors

    def run(self, jobs: Iterable[Job], needed: Iterable[str]) -> Iterator[Outcome]:
        """Outcomes in the order of `jobs`."""
        del needed  # loaded once there is a job that asks for it
        prepared: set[str] = set()
        gc.set_threshold(*COLLECTED_AFTER)
        for job in jobs:
            for name in [one for one in job.detectors if one not in prepared]:
                self._detectors[name].prepare()
                prepared.add(name)
            yield self._perform(job)

    def _perform(self, job: Job) -> Outcome:
        # standard output is the report's: what a library prints of a strange file doesn't belong there
        with (
            Path(os.devnull).open("w") as nowhere,
            contextlib.redirect_stdout(nowhere),
            contextlib.redirect_stderr(nowhere),
        ):
            return perform(job, self._detectors)
