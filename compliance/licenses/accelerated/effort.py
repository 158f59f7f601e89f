"""How much of one file is looked at: a count of steps, so that it is the same on every machine."""

_MB = 1_000_000


def alignment_steps(size: int) -> int:
    """How many tokens of a file of `size` bytes are compared with similar rules, counted again for each rule.

    Fourteen million take a second. The larger a file, the longer it takes to read it and find what is exact.
    """
    return max(5_000_000, min(36_000_000, 47_000_000 - 2_900_000 * size // _MB))


RANKING_STEPS = 20_000
"""What looking for the rules that a stretch of a file is similar to counts for."""


def copyright_steps(size: int) -> int:
    """How many lines of a file of `size` bytes are prepared, and words of new groups of lines looked at.

    Thirty thousand of a dense file take a second, forty to fifty thousand of prose and code.
    """
    return max(40_000, 220_000 - 18_000 * size // _MB)


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
