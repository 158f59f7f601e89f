"""The commits of a repository with the blobs that each changed, as `git log --raw` prints them.

Git is asked for names alone: no text is compared, converted or filtered, so no setting or attribute of the scanned
repository comes into play.
"""

import os
import subprocess
import threading
from collections.abc import Iterator
from typing import IO

import msgspec

from compliance.sources.git.private_repository import PrivateRepository, no_git

MOST_COMMITS = 100_000
MOST_CHANGES = 3_000_000
"""Beyond these, older commits count as unseen."""
_SECONDS = 120.0
_CHUNK = 1 << 20
_FACTS = 5
_LONGEST_RECORD = 1 << 16
_NOT_FILES = frozenset(["000000", "160000"])
"""Modes of an absent path and of a submodule."""
_ARGUMENTS = (
    "log",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "--no-notes",
    "--no-color",
    "--ignore-submodules=all",
    "--root",
    "--topo-order",
    "--diff-merges=first-parent",  # what a merge brings stands in no other place if it was moved by merging
    "--format=format:%x01%H %cs",
)


class Change(msgspec.Struct, frozen=True):
    """One path that a commit changed against its first parent."""

    path: bytes
    old: str
    """Object name; zeros where the commit added the path."""
    new: str
    """Object name; zeros where the commit removed the path."""

    @property
    def adds(self) -> bool:
        """The path wasn't there before."""
        return not self.old.strip("0")

    @property
    def removes(self) -> bool:
        """The path isn't there afterwards."""
        return not self.new.strip("0")


class Commit(msgspec.Struct, frozen=True):
    """A commit and what it changed."""

    name: str
    date: str
    """ISO date, as its committer set it."""
    changes: tuple[Change, ...]


class RawLog(msgspec.Struct, frozen=True):
    """The commits before a state, children before parents."""

    commits: tuple[Commit, ...]
    complete: bool
    """Git told of every commit, to the first one."""


def read_log(repository: PrivateRepository, revision: str) -> RawLog:
    """The commits from which `revision` (full object name, or `HEAD`) descends, itself first.

    Raises:
        SubjectError: there is no git program.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - the arguments are our own
            [
                *("git", *_ARGUMENTS, f"--max-count={MOST_COMMITS + 1}"),
                *("--end-of-options", revision, "--"),
            ],
            cwd=repository.folder,
            env={**os.environ, **repository.environment()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise no_git() from error
    alarm = threading.Timer(_SECONDS, process.kill)
    alarm.start()
    try:
        commits, whole = _commits(process.stdout) if process.stdout else ([], False)
        complete = whole and process.wait() == 0
    finally:
        alarm.cancel()
        process.kill()
        process.communicate()
    return RawLog(tuple(commits[:MOST_COMMITS]), complete and len(commits) <= MOST_COMMITS)


class _Reader:
    """Puts commits together from what stands between NUL bytes.

    A commit is `\\x01NAME DATE`, with the first change's facts behind a line feed where it has one; a change is
    `:MODE MODE NAME NAME STATUS` and its path as a record of its own.
    """

    def __init__(self) -> None:
        self.commits: list[Commit] = []
        self.total = 0
        self._head: tuple[str, str] | None = None
        self._changes: list[Change] = []
        self._facts: list[str] | None = None

    def take(self, record: bytes) -> None:
        if self._facts is not None:
            self._change(self._facts, record)
        elif record.startswith(b":"):
            self._facts = _facts(record)
        elif record.startswith(b"\x01"):
            self.end()
            head, _, first = record[1:].partition(b"\n")
            name, _, date = head.decode("ascii", "replace").partition(" ")
            self._head = (name, date)
            self._facts = _facts(first)

    def end(self) -> None:
        if self._head is not None:
            self.commits.append(Commit(*self._head, tuple(self._changes)))
            self._head, self._changes = None, []

    def _change(self, facts: list[str], path: bytes) -> None:
        before, after, old, new, _ = facts
        if before not in _NOT_FILES or after not in _NOT_FILES:
            self._changes.append(Change(path, old, new))
        self.total += 1
        self._facts = None


def _commits(stream: IO[bytes]) -> tuple[list[Commit], bool]:
    """The commits in `stream`, and whether it was read to its end."""
    reader = _Reader()
    for record in _records(stream):
        reader.take(record)
        if reader.total > MOST_CHANGES:
            return reader.commits, False
    reader.end()
    return reader.commits, True


def _facts(record: bytes) -> list[str] | None:
    facts = record[1:].decode("ascii", "replace").split(" ")
    return facts if record.startswith(b":") and len(facts) == _FACTS else None


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between NUL bytes in `stream`; an overlong record ends it."""
    left = b""
    while chunk := stream.read(_CHUNK):
        *whole, left = (left + chunk).split(b"\0")
        yield from whole
        if len(left) > _LONGEST_RECORD:
            return
    if left:
        yield left
