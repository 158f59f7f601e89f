"""How a long run tells where it stands."""

from typing import Protocol


class Progress(Protocol):
    """Told of work done; draws nothing itself unless it wants to."""

    def start(self, source: str, files: int) -> None:
        """`files` files of `source` are to be examined from now on."""

    def advance(self, files: int = 1) -> None:
        """So many more are done."""

    def finish(self) -> None:
        """The source is done."""


class Silent:
    """Shows nothing."""

    def start(self, source: str, files: int) -> None:
        """Shows nothing."""

    def advance(self, files: int = 1) -> None:
        """Shows nothing."""

    def finish(self) -> None:
        """Shows nothing."""
