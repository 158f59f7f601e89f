"""A progress bar on a terminal, loaded only where there is one."""

import time
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from compliance.reporters.terminal_text import visible

_SECONDS_BETWEEN_FRAMES = 0.1


class Bar:
    """A bar with rate and time left.

    Drawn by the caller's own thread: workers are forked while it shows, and a thread that holds a lock at that
    moment would hold it for ever in the worker.
    """

    def __init__(self, stream: TextIO) -> None:
        """Draw on `stream`, a terminal."""
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:,.0f}/s"),
            TimeRemainingColumn(),
            console=Console(file=stream),
            auto_refresh=False,
            transient=True,
        )
        self._task: TaskID | None = None
        self._done = 0
        self._began = self._drawn = 0.0

    def start(self, source: str, files: int) -> None:
        """Show an empty bar."""
        self._began, self._done = time.monotonic(), 0
        self._task = self._bar.add_task(escape(visible(source)), total=files, rate=0.0)
        self._bar.start()

    def advance(self, files: int = 1) -> None:
        """Move the bar on, and draw it if the last frame is old enough."""
        if self._task is None:
            return
        self._done += files
        now = time.monotonic()
        self._bar.update(self._task, advance=files, rate=self._done / max(now - self._began, 1e-9))
        if now - self._drawn >= _SECONDS_BETWEEN_FRAMES:
            self._drawn = now
            self._bar.refresh()

    def finish(self) -> None:
        """Take the bar away."""
        self._bar.stop()
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
