"""Every measured row, kept as it is measured, so that an aborted run goes on and the document is drawn again.

A run is a file of JSON lines below `.work/speed/runs/`: first under which conditions it was made, then a record
a line. Its name is a digest of the conditions, so that rows of another product or machine are never mixed in.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from benchmarks.speed.processes import Cost
from tests.samples.packages import WORK

RUNS = WORK / "speed" / "runs"
_NOT_IDENTIFYING = ("commit",)
"""Conditions that say nothing that the digest of the product doesn't."""
Conditions = Mapping[str, str]
Fact = int | float | str | list[str]


@dataclass(frozen=True, slots=True)
class Record:
    """One measured row."""

    name: str
    """What was measured, `/` between parts, such as `cold/scancode`."""
    round: int
    """Rows of the same round were measured one after the other."""
    cost: Cost
    facts: dict[str, Fact] = field(default_factory=dict)
    """What else is known of it, such as on how many files two tools differ."""

    def number(self, name: str) -> int | float:
        """The fact `name`.

        Raises:
            TypeError: it isn't a number.
        """
        value = self.facts.get(name)
        if not isinstance(value, int | float):
            raise TypeError(f"{self.name}: {name} isn't a number but {value!r}")
        return value

    def texts(self, name: str) -> list[str]:
        """The fact `name`.

        Raises:
            TypeError: it isn't a list.
        """
        value = self.facts.get(name)
        if not isinstance(value, list):
            raise TypeError(f"{self.name}: {name} isn't a list but {value!r}")
        return value


class Records:
    """The records of one run."""

    def __init__(self, file: Path) -> None:
        """Read what `file` holds so far; a last line that was cut off is removed."""
        self._file = file
        written = file.read_bytes()
        whole = written[: written.rfind(b"\n") + 1]
        if whole != written:
            file.write_bytes(whole)
        first, *others = whole.splitlines()
        self.conditions: Conditions = msgspec.json.decode(first, type=dict[str, str])
        self._records = {(one.name, one.round): one for one in map(_decode, others)}

    @property
    def id(self) -> str:
        """What distinguishes this run from those under other conditions."""
        return self._file.stem

    def once(self, name: str, number: int, measure: Callable[[], Record]) -> Record:
        """The record of `name` in round `number`, measured now unless that was done already."""
        if (name, number) not in self._records:
            record = measure()
            with self._file.open("ab") as stream:
                stream.write(msgspec.json.encode(record) + b"\n")
            self._records[name, number] = record
        return self._records[name, number]

    def forget(self, section: str) -> None:
        """Whatever was measured below `section`."""
        self._records = {key: one for key, one in self._records.items() if not one.name.startswith(f"{section}/")}
        lines = [msgspec.json.encode(one) for one in (self.conditions, *self._records.values())]
        self._file.write_bytes(b"\n".join(lines) + b"\n")

    def rounds(self, name: str) -> list[Record]:
        """All records of `name`, in the order of the rounds."""
        return [self._records[key] for key in sorted(self._records) if key[0] == name]

    def names(self, prefix: str) -> list[str]:
        """What was measured below `prefix`, in the order in which it was."""
        return list(dict.fromkeys(name for name, _ in self._records if name.startswith(f"{prefix}/")))

    def every(self) -> list[Record]:
        """All of them, in the order in which they were measured."""
        return list(self._records.values())


def opened(conditions: Conditions, runs: Path) -> Records:
    """The records in the folder `runs` that were measured under `conditions` so far."""
    identifying = {name: said for name, said in conditions.items() if name not in _NOT_IDENTIFYING}
    digest = hashlib.sha256(json.dumps(identifying, sort_keys=True).encode()).hexdigest()
    file = runs / f"{digest[:16]}.jsonl"
    if not file.is_file():
        runs.mkdir(parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.encode(conditions) + b"\n")
    return Records(file)


def latest(runs: Path) -> Records:
    """The run in the folder `runs` to which a row was added last.

    Raises:
        FileNotFoundError: nothing was measured yet.
    """
    files = sorted(runs.glob("*.jsonl"), key=lambda one: one.stat().st_mtime)
    if not files:
        raise FileNotFoundError(f"There is no run in {runs}. Measure first: make bench")
    return Records(files[-1])


def _decode(line: bytes) -> Record:
    return msgspec.json.decode(line, type=Record)
