"""What conditions cost, in steps that are the same on every machine: no verdict depends on how fast one is.

A step takes some ten nanoseconds, and a hundred at worst. Since conditions neither loop in loops nor build
anything, their steps grow with the size of a fact, or with its square where a loop reads the fact itself.
"""

from collections.abc import Iterable, Sequence

import msgspec

MAX_WORK = 2_000_000_000
"""Steps of one rule on all facts: minutes at worst. A million facts that all differ take less under every shipped
rule."""
TOO_MUCH_WORK = f"it would take more than {MAX_WORK:,} steps for all facts together"
CHARACTERS_OF_ONE = 32
"""As many characters of a text count as one member of a list."""


class Cost(msgspec.Struct, frozen=True):
    """What one condition costs."""

    weight: int
    """Steps for a fact of size 1."""
    squared: bool = False
    """The steps grow with the square of the size."""

    def work(self, facts: Iterable[Sequence[object]]) -> int:
        """Steps for all `facts`, each given by the values that the condition reads of it."""
        return self.weight * sum(one**2 if self.squared else one for one in map(size, facts))


def size(values: Sequence[object]) -> int:
    """The size of a fact with these `values`: 1, and one for each member of a list and each 32 characters."""
    total = 1
    for value in values:
        if isinstance(value, str):
            total += len(value) // CHARACTERS_OF_ONE
        elif isinstance(value, tuple):
            total += len(value) + sum(map(len, value)) // CHARACTERS_OF_ONE
    return total
