"""Progress on standard error: a bar on a terminal, a line every few seconds elsewhere."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

from compliance.execution.progress import Progress as ProgressProtocol
from compliance.execution.progress import Silent
from compliance.reporters.terminal_text import visible

_SECONDS_BETWEEN_LINES = 5.0


def progress_display(*, quiet: bool) -> ProgressProtocol:
    """The display that fits standard error; none where that is closed."""
    if quiet or sys.stderr is None:
        return Silent()
    return Tolerant(_bar(sys.stderr) if sys.stderr.isatty() else Lines(sys.stderr))


def _bar(terminal: TextIO) -> ProgressProtocol:
    from compliance.cli.progress_bar import Bar  # a job that shows no bar needn't load what draws one

    return Bar(terminal)


class Tolerant:
    """Shows what another display shows until that can't be written any more."""

    def __init__(self, shown: ProgressProtocol) -> None:
        """Pass everything on to `shown`."""
        self._shown = shown

    def start(self, source: str, files: int) -> None:
        """Pass it on."""
        self._try(lambda: self._shown.start(source, files))

    def advance(self, files: int = 1) -> None:
        """Pass it on."""
        self._try(lambda: self._shown.advance(files))

    def finish(self) -> None:
        """Pass it on."""
        self._try(self._shown.finish)

    def _try(self, show: Callable[[], None]) -> None:
        try:
            show()
        except OSError:
            self._shown = Silent()


class Lines:
    """One line every few seconds, for logs."""

    def __init__(self, stream: TextIO) -> None:
        """Write to `stream`."""
        self._stream = stream
        self._source = ""
        self._files = self._done = 0
        self._began = self._said = 0.0

    def start(self, source: str, files: int) -> None:
        """Begin to count."""
        self._source, self._files, self._done = source, files, 0
        self._began = self._said = time.monotonic()

    def advance(self, files: int = 1) -> None:
        """Count, and say so if it is time."""
        self._done += files
        now = time.monotonic()
        if now - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = now
            self._say(now)

    def finish(self) -> None:
        """Say the last count if any was said before."""
        if self._said > self._began:
            self._say(time.monotonic())

    def _say(self, now: float) -> None:
        rate = self._done / max(now - self._began, 1e-9)
        left = (self._files - self._done) / rate if rate else 0
        name = visible(self._source)
        print(
            f"{name}: {self._done:,}/{self._files:,}  {rate:,.0f}/s  {left:,.0f} s", file=self._stream, flush=True
        )
