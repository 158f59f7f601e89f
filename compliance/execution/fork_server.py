"""A process without threads that runs files in forked processes, for a process that has threads and mustn't fork.

A lock that a thread holds while another one forks is held for ever in the fork. So what runs beside dask starts
this module as a program of its own, which makes the detectors, forks, and answers over a socket. It ends with its
starter, at the latest after the batch that it is at.
"""

import contextlib
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any, Protocol

import msgspec

from compliance.detectors.detector import FileDetector
from compliance.errors import ComplianceError
from compliance.execution.agreement import Versions, differences, versions_of
from compliance.execution.processes import Limits, Processes
from compliance.execution.work import Job, Outcome, failed
from compliance.model.skip import words_of
from compliance.model.text import Text

_SECONDS_TO_END = 5.0
_ATTEMPTS = 2
_CLOSED = Text(en="the run was ended before it was examined", ko="검사 전에 실행이 종료됨")


class Recipe(Protocol):
    """Makes detectors wherever it is sent to; equal to another one that makes the same."""

    def detectors(self) -> Sequence[FileDetector]:
        """The detectors. Raises ComplianceError where they can't be made."""


class Setup(msgspec.Struct, frozen=True):
    """What a fork server is for."""

    recipe: Recipe
    limits: Limits
    versions: tuple[tuple[str, str], ...]
    """Of what the detectors must be, by name."""


class SaidError(Exception):
    """An error with its words in both languages, which travels between processes."""

    def __init__(self, said: Text) -> None:
        """Say `said`."""
        super().__init__(said.en)
        self.said = said

    def __reduce__(self) -> tuple[type["SaidError"], tuple[Text]]:
        """How it is made again."""
        return type(self), (self.said,)


class ForkServerError(SaidError):
    """A fork server ended or couldn't be started; another one may do."""


class UnfitError(SaidError):
    """What is installed here can't do what is asked for: no other server will."""


class ForkServer:
    """The starter's end of a fork server with one forked process at a time."""

    def __init__(self, setup: Setup) -> None:
        """Start one.

        Raises:
            ForkServerError: it couldn't be started.
            UnfitError: it can't make the detectors, or not in the versions asked for.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            # -P: what lies in the current folder, which may be the one that is scanned, must not be imported
            command = [sys.executable, "-P", "-m", __spec__.name, str(theirs.fileno())]
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
                )
            except OSError as error:
                ours.close()
                raise ForkServerError(words_of(error)) from error
        self._connection = Connection(ours.detach())
        if (fault := _fault(self._ask(setup), setup)) is not None:
            self.close()
            raise UnfitError(fault)

    def examine(self, jobs: Sequence[Job]) -> list[Outcome]:
        """An outcome for each of `jobs`.

        Raises:
            ForkServerError: the server ended; which of the files is to blame, if any, isn't known.
        """
        outcomes: list[Outcome] = self._ask(list(jobs))
        return outcomes

    def interrupt(self) -> None:
        """End it from another thread than the one that waits for its answer, which gets ForkServerError."""
        self._process.terminate()

    def close(self) -> None:
        """End it."""
        self._connection.close()
        self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ask(self, request: object) -> Any:
        """What the server answers: first its versions or what is wrong, then the outcomes of each batch."""
        try:
            self._connection.send(request)
            return self._connection.recv()
        except (EOFError, OSError) as error:
            self.close()
            status = self._process.returncode
            said = Text(
                en=f"the process that forks workers ended with status {status}",
                ko=f"작업 프로세스를 만드는 프로세스 종료: 상태 {status}",
            )
            raise ForkServerError(said) from error


def _fault(answer: Text | Versions, setup: Setup) -> Text | None:
    """What is wrong with a new server, by its first answer."""
    if isinstance(answer, Text):
        return answer
    unlike = differences(dict(setup.versions), answer)
    if not unlike:
        return None
    return Text(
        en=f"it doesn't have the same versions (asked for ≠ there): {unlike}",
        ko=f"버전이 다름(요청 ≠ 설치): {unlike}",
    )


class ForkServers:
    """As many fork servers as there are callers at a time; idle ones are kept for the next caller."""

    def __init__(self) -> None:
        """Start none yet."""
        self._idle: list[tuple[Setup, ForkServer]] = []
        self._busy: set[ForkServer] = set()
        self._is_closed = False
        self._lock = threading.Lock()

    def check(self, setup: Setup) -> None:
        """Start a server for `setup` if none is idle.

        Raises:
            ForkServerError: none can be started.
            UnfitError: none can do what `setup` asks for.
        """
        self._give_back(setup, self._take(setup))

    def examine(self, setup: Setup, jobs: Sequence[Job]) -> list[Outcome]:
        """An outcome for each of `jobs`. Where a server ends, each file has another one for itself.

        Raises:
            UnfitError: none can do what `setup` asks for.
        """
        with contextlib.suppress(ForkServerError):
            return self._examine(setup, jobs)
        return [self._alone(setup, job) for job in jobs]

    def close(self) -> None:
        """End all servers, and start no other: who waits for one, or asks for one, gets outcomes that say so."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            for server in self._busy:
                server.interrupt()
        for _, server in idle:
            server.close()

    def _alone(self, setup: Setup, job: Job) -> Outcome:
        said = Text(en="", ko="")
        for _ in range(_ATTEMPTS):  # once may be the system's doing, which ends what is large when memory is short
            try:
                return self._examine(setup, [job])[0]
            except ForkServerError as error:
                said = error.said
        return failed(job, "worker-died", said)

    def _examine(self, setup: Setup, jobs: Sequence[Job]) -> list[Outcome]:
        server = self._take(setup)
        try:
            outcomes = server.examine(jobs)
        except BaseException:
            with self._lock:
                self._busy.discard(server)
            raise
        self._give_back(setup, server)
        return outcomes

    def _take(self, setup: Setup) -> ForkServer:
        """An idle server for `setup`, or a new one where none has what `setup` asks for."""
        with self._lock:
            if self._is_closed:
                raise ForkServerError(_CLOSED)
            place = next((at for at, (known, _) in enumerate(self._idle) if known == setup), None)
            server = self._idle.pop(place)[1] if place is not None else None
            stale = self._idle.pop(0)[1] if server is None and self._idle else None
        if stale is not None:
            stale.close()  # of another call; there are never more than callers
        server = server or ForkServer(setup)
        with self._lock:
            self._busy.add(server)
        return server

    def _give_back(self, setup: Setup, server: ForkServer) -> None:
        with self._lock:
            self._busy.discard(server)
            if not self._is_closed:
                self._idle.append((setup, server))
                return
        server.close()


def serve(connection: Connection) -> None:
    """Make detectors as the first request says, then answer batches until the other end is closed."""
    setup: Setup = connection.recv()
    try:
        detectors = {one.name: one for one in setup.recipe.detectors()}
    except ComplianceError as error:
        connection.send(error.message)
        return
    connection.send(versions_of(detectors.values()))
    with Processes(detectors, 1, setup.limits) as processes:
        while True:
            jobs: list[Job] = connection.recv()
            needed = {name for job in jobs for name in job.detectors}
            connection.send(list(processes.run(jobs, needed)))


def main() -> None:
    """Serve over the socket whose number the call names."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the starter decides
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # by way of what removes temporary folders
    with contextlib.suppress(EOFError, OSError):
        serve(Connection(int(sys.argv[1])))


if __name__ == "__main__":
    main()
