"""What every section measures with: the plan, the sample, the records, and one way to time a command."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.plan import Plan
from benchmarks.speed.processes import run
from benchmarks.speed.records import Fact, Record, Records
from benchmarks.speed.sample import Sample, laid_out
from benchmarks.speed.tools import environment

Facts = Callable[[], dict[str, Fact]]


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of the benchmark."""

    plan: Plan
    sample: Sample
    records: Records
    scratch: Path
    """Where commands write; kept as long as the records, since later rows compare with what was written."""

    def part(self, files: int) -> Sample:
        """The first `files` of the sample by rank, laid out by themselves."""
        return laid_out(self.sample.files[:files])

    def time(
        self,
        name: str,
        number: int,
        command: Sequence[str],
        *,
        output: Path | None = None,
        cache: str = "unused",
        variables: Mapping[str, str] | None = None,
        before: Callable[[], object] | None = None,
        facts: Facts | None = None,
    ) -> Record:
        """The record of `command`, which is run unless it was in an earlier call of an aborted run.

        Args:
            name: of the record.
            number: of the round.
            command: program and arguments.
            output: where its standard output goes; nowhere for None.
            cache: the folder, in the scratch folder, of our command's cache.
            variables: of its environment, besides the usual ones.
            before: done first, outside the measured time.
            facts: asked after it, outside the measured time.
        """

        def measure() -> Record:
            if before is not None:
                before()
            cost = run(command, {**environment(self.scratch / cache), **(variables or {})}, output=output)
            print(f"{name}, round {number + 1}: {cost.wall:.1f} s, CPU {cost.cpu:.1f} s", file=sys.stderr)
            return Record(name, number, cost, facts() if facts else {})

        return self.records.once(name, number, measure)
