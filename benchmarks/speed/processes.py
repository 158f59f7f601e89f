"""Runs a command and takes what it cost: wall and processor time, and the memory of all its processes together.

Needs Linux's `/proc`.
"""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_SHORTEST, _LONGEST = 0.02, 0.5
"""Seconds between two looks at the memory."""
_SHARE = 0.05
"""Of the time that has passed, until the next look: short commands are looked at often, long ones seldom."""
_SESSION_FIELD = 3
"""Of `/proc/PID/stat`, counted after the name of the program."""
_SAID = 2000
"""Characters of what a failed command complained of that are told."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took."""

    wall: float
    """Seconds."""
    cpu: float
    """Processor seconds, of the command and all its processes."""
    memory: int = 0
    """Bytes of all processes together at most, pages that several share counted once (PSS), as often as looked."""
    largest: int = 0
    """Bytes of the largest process at most, pages that it shares with others included (RSS), as long as looked."""
    processes: int = 1
    """How many there were when they took most memory."""
    others: float = 0.0
    """Processors that worked for others meanwhile, on average."""


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    expected: Sequence[int] = (0, 1, 3),
    deadline: float = 3600.0,
    output: Path | None = None,
) -> Cost:
    """Run `command` and take its cost.

    Args:
        command: program and arguments.
        environment: all its variables.
        expected: exit statuses that mean that it did its work, whatever it found.
        deadline: seconds after which it is ended.
        output: where its standard output goes; nowhere for None.

    Raises:
        RuntimeError: it ended with another status, or had to be ended.
    """
    with (output or Path(os.devnull)).open("wb") as out, tempfile.TemporaryFile() as errors:
        busy, own = _busy(), time.process_time()
        began = time.monotonic()
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=errors, start_new_session=True
        )
        memory = _Memory(process.pid)
        ending = threading.Timer(deadline, os.killpg, (process.pid, signal.SIGKILL))
        ending.start()
        try:
            with memory:
                _, status, usage = os.wait4(process.pid, 0)
        except BaseException:  # such as an interruption, which doesn't reach a session of its own
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            ending.cancel()
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace")[-_SAID:]
    cpu = usage.ru_utime + usage.ru_stime
    if process.returncode not in expected:
        raise RuntimeError(f"{' '.join(command)}: exit status {process.returncode} after {wall:.0f} s. {said}")
    others = max(0.0, (_busy() - busy - cpu - (time.process_time() - own)) / wall)
    return Cost(wall, cpu, memory.most, memory.largest, memory.processes, others)


class _Memory:
    """Looks at the memory of a session's processes as long as it is entered."""

    def __init__(self, session: int) -> None:
        self.most = 0
        self.largest = 0
        self.processes = 0
        self._session = session
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        began = time.monotonic()
        while not self._done.wait(min(_LONGEST, max(_SHORTEST, _SHARE * (time.monotonic() - began)))):
            pids = list(_of_session(self._session))
            self.largest = max([self.largest, *(_figure(pid, "status", b"VmHWM:") for pid in pids)])
            sizes = [size for pid in pids if (size := _figure(pid, "smaps_rollup", b"Pss:"))]
            if sum(sizes) > self.most:
                self.most, self.processes = sum(sizes), len(sizes)


def _of_session(session: int) -> Iterator[int]:
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
            except OSError:  # it has ended
                continue
            if int(fields[_SESSION_FIELD]) == session:
                yield int(folder.name)


def _figure(pid: int, file: str, name: bytes) -> int:
    """Bytes that a file of the process says after `name`; 0 for a process that has ended."""
    try:
        lines = (_PROC / str(pid) / file).read_bytes().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)


def _busy() -> float:
    """Processor seconds that this machine has worked since it started, for whomever."""
    user, nice, system, _idle, _waiting, interrupts, soft, *_ = (
        int(one) for one in (_PROC / "stat").read_text().splitlines()[0].split()[1:]
    )
    return (user + nice + system + interrupts + soft) / _TICKS
