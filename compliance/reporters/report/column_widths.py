"""How much room the columns of a table need, and how many lines their words take."""

import re
from collections.abc import Iterable, Sequence

from compliance.reporters.report.blocks import Cell, Column, parts_of
from compliance.reporters.terminal_text import cells as columns_of

_PIECES = re.compile(r"[^/-]*[/-]|[^/-]+")
"""What programs keep together."""
MOST = 16
"""Columns of a terminal."""


def number_width(column: Column, cells: Iterable[Cell]) -> int:
    """Columns of a terminal that the longest number, or word of the label, takes."""
    words = max((columns_of(word) for word in column.label.split()), default=0)
    numbers = max((columns_of(part) for cell in cells for part in parts_of(cell)), default=0)
    return min(max(words, numbers), MOST)


def lines_of(text: str, width: int) -> int:
    """Lines of `width` columns of a terminal that `text` takes.

    Words and parts of paths go to the next line, and are divided where one has no room for them.
    """
    lines, used = 1, 0
    for word in text.split(" "):
        blank = 1 if used else 0
        for piece in _PIECES.findall(word):
            needed = columns_of(piece)
            if used and used + blank + needed > width:
                lines, used, blank = lines + 1, 0, 0
            used += blank + needed
            blank = 0
            if used > width:
                lines, used = lines + (used - 1) // width, (used - 1) % width + 1
    return lines


def shared_out(room: int, weights: Sequence[int], natural: Sequence[int]) -> list[int]:
    """`room` by weight, where no column gets more than it needs as long as another one needs it.

    Args:
        room: of all columns together, in any unit.
        weights: of the columns.
        natural: the room with which nothing in a column goes to a second line, in the same unit.
    """
    if (left := room - sum(natural)) >= 0:
        whole = sum(weights)
        return [need + left * weight // whole for need, weight in zip(natural, weights, strict=True)]
    widths = list(natural)
    short = list(range(len(weights)))
    while True:
        whole = sum(weights[one] for one in short)
        content = [one for one in short if natural[one] * whole <= room * weights[one]]
        if not content:
            break
        room -= sum(natural[one] for one in content)
        short = [one for one in short if one not in content]
    for one in short:
        widths[one] = room * weights[one] // whole
    return widths
