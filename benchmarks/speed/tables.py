"""Tables of the document, from records alone."""

import statistics
from collections.abc import Iterable, Sequence

from benchmarks.speed.processes import Cost
from benchmarks.speed.records import Record

NOTHING = "–"
"""A cell without a figure."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def costs(records: Iterable[Record]) -> list[str]:
    """Cells of medians: wall and processor seconds, memory of all processes and of the largest one."""
    every = [one.cost for one in records]
    memory, largest = median(one.memory for one in every), median(one.largest for one in every)
    return [
        seconds(median(one.wall for one in every)),
        seconds(median(one.cpu for one in every)),
        megabytes(memory),
        megabytes(largest),
    ]


COST_HEAD = ("wall, s", "CPU, s", "memory, MB", "largest process, MB")


def ratios(theirs: Sequence[Record], ours: Sequence[Record]) -> list[str]:
    """Cells of wall and processor time of `theirs` to that of `ours`, by pairs."""
    pairs = paired(theirs, ours)
    return [
        spread([one.wall / other.wall for one, other in pairs]),
        spread([one.cpu / other.cpu for one, other in pairs]),
    ]


def paired(theirs: Sequence[Record], ours: Sequence[Record]) -> list[tuple[Cost, Cost]]:
    """The costs of both in each round that both have; what was measured once stands beside each of the others."""
    if len(theirs) == 1:
        return [(theirs[0].cost, one.cost) for one in ours]
    by_round = {one.round: one.cost for one in ours}
    return [(one.cost, by_round[one.round]) for one in theirs if one.round in by_round]


def spread(values: Iterable[float]) -> str:
    """The median of ratios, and their extremes where there are several."""
    ordered = sorted(values)
    if not ordered:
        return NOTHING
    middle = f"{statistics.median(ordered):.{_digits(ordered[0])}f} ×"
    if len(ordered) == 1:
        return middle
    low, high = (f"{one:.{_digits(ordered[0])}f}" for one in (ordered[0], ordered[-1]))
    return f"{middle} ({low}–{high})"


def median(values: Iterable[float]) -> float:
    """The middle of them."""
    return statistics.median(list(values))


def seconds(value: float) -> str:
    """With two digits that tell at least."""
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"


def megabytes(size: float) -> str:
    """Of 10^6 bytes."""
    return f"{size / 1e6:,.0f}"


def _digits(smallest: float) -> int:
    return 1 if smallest >= 1 else 2
