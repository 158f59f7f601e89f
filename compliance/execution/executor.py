"""What runs jobs: this process, processes of this machine, or a cluster. Each finds the same in a file."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from compliance.execution.work import Job, Outcome


class Executor(Protocol):
    """Runs jobs by the detectors that it was made with."""

    def run(self, jobs: Iterable[Job], needed: Iterable[str]) -> Iterator[Outcome]:
        """The outcome of every job, in any order.

        Args:
            jobs: with different numbers; drawn from while others run, never far ahead of them, since each may
                have a copy of its file on disk until its outcome is there.
            needed: names of the detectors that any of them may ask for.
        """
