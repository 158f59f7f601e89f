"""Where batches go: something with a number of places, which answers each batch some time later."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

import msgspec

from compliance.execution.fork_server import ForkServers, Setup
from compliance.execution.work import Job, Outcome
from compliance.model.text import Text


class Done(msgspec.Struct, frozen=True):
    """Every job of the batch has its outcome."""

    outcomes: Sequence[Outcome]


class Suspect(msgspec.Struct, frozen=True):
    """Something ended while it had the batch, and maybe others too: nobody is to blame yet."""

    said: Text


class Gone(msgspec.Struct, frozen=True):
    """The nodes can't be reached any more."""

    said: Text


class Unfit(msgspec.Struct, frozen=True):
    """A node that joined later can't do what is asked for."""

    said: Text


Answer = Done | Suspect | Gone | Unfit


class Nodes(Protocol):
    """Takes batches and answers them, from threads of its own."""

    def places(self) -> int:
        """How many batches can be worked on at a time, by now."""

    def submit(self, jobs: Sequence[Job], answer: Callable[[Answer], None]) -> None:
        """Have `jobs` examined and call `answer` once, from any thread.

        Raises:
            OSError: a file can't be read.
        """

    def lost(self) -> Text | None:
        """Why no answer will come any more, asked when none has come for a while; None while one may."""

    def close(self) -> None:
        """Forget what hasn't been answered; only some answers may come still."""


class HereNodes:
    """Fork servers on this machine, for files that aren't sent."""

    def __init__(self, setup: Setup, places: int) -> None:
        """Start up to `places` servers for `setup`, each when it is needed."""
        self._setup = setup
        self._places = places
        self._servers = ForkServers()
        self._threads = ThreadPoolExecutor(places, thread_name_prefix="here")

    def places(self) -> int:
        """As many as were asked for."""
        return self._places

    def submit(self, jobs: Sequence[Job], answer: Callable[[Answer], None]) -> None:
        """Examine `jobs` where their files are."""
        future = self._threads.submit(self._servers.examine, self._setup, jobs)
        future.add_done_callback(lambda done: _pass_on(done, answer))

    def lost(self) -> Text | None:
        """Never: each file has its time cap."""
        return None

    def close(self) -> None:
        """End all servers."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._servers.close()


def _pass_on(done: "Future[list[Outcome]]", answer: Callable[[Answer], None]) -> None:
    if done.cancelled():
        return
    error = done.exception()
    if error is None:
        answer(Done(done.result()))
        return
    words = f"{type(error).__name__}: {error}"
    answer(Suspect(getattr(error, "said", None) or Text(en=words, ko=f"오류: {words}")))
