"""How much room a column of numbers needs, so that none of them is broken."""

from collections.abc import Iterable

from compliance.reporters.report.blocks import Cell, Column, parts_of
from compliance.reporters.terminal_text import cells as columns_of

MOST = 16
"""Columns of a terminal."""


def number_width(column: Column, cells: Iterable[Cell]) -> int:
    """Columns of a terminal that the longest number, or word of the label, takes."""
    words = max((columns_of(word) for word in column.label.split()), default=0)
    numbers = max((columns_of(part) for cell in cells for part in parts_of(cell)), default=0)
    return min(max(words, numbers), MOST)
