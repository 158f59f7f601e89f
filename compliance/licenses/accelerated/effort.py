"""How much of one file is looked at: a count of steps, so that it is the same on every machine."""

COPYRIGHT_STEPS = 300_000
"""Lines that are prepared, and words of groups of lines that didn't stand in the file before.

Some ten seconds of one processor at worst. Of real files, 6.5 MB of prose needed 257,000; 10 MB of minified
JavaScript joined from real files 285,000; 5 MB of JSON with the texts of all SPDX licenses exceeds it.
"""

ALIGNMENT_STEPS = 50_000_000
"""Tokens of a file that are compared with similar rules, counted again for each: some three seconds."""


class Effort:
    """Counts the steps that detection takes in one file."""

    def __init__(self, steps: int) -> None:
        """Allow `steps`."""
        self._left = steps
        self.is_whole = True
        """Whether all that was asked for was allowed."""

    def allows(self, steps: int) -> bool:
        """Whether `steps` more can be taken, which then count. Once they can't, nothing is allowed any more."""
        self.is_whole = self.is_whole and steps <= self._left
        if self.is_whole:
            self._left -= steps
        return self.is_whole
