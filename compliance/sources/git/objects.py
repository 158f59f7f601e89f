"""Reading git objects in bulk, each checked against its own name.

Git trusts what a pack's index or a loose object's file name says. A scanned repository may lie there, and a blob's
name is the key under which findings are remembered; so every object is hashed as it is read.
"""

import hashlib
import io
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from typing import IO, BinaryIO

from compliance.sources.git.private_repository import PrivateRepository, no_git

_CHUNK = 1 << 20
_IN_MEMORY = 8 << 20
_MOST_RESTARTS = 50


class ObjectReader:
    """Objects of one private repository, over one long-lived `git cat-file --batch`.

    GitPython's own reader refuses SHA-256 and leaves standard error in a pipe that nobody empties, which stops git
    once a broken repository has filled it; so the process is started here.
    """

    def __init__(self, repository: PrivateRepository) -> None:
        """Read from `repository`, which must outlive this."""
        self._repository = repository
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._inherited: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()

    def read(self, name: str, kind: str, limit: int) -> bytes:
        """The content of the object `name`, which is a `kind` (`blob`, `tree`, `commit`) of at most `limit` bytes.

        Raises:
            OSError: it is missing, broken, of another kind, larger, or not what its name says.
        """
        with self.open(name, kind, limit) as content:
            return content.read()

    def open(self, name: str, kind: str = "blob", limit: int | None = None) -> BinaryIO:
        """The same as a seekable stream, checked to its end before it is returned."""
        with self._lock:
            try:
                return self._open(name, kind, limit)
            except BaseException:
                self._stop()  # what is left in the pipe belongs to the object that failed
                raise

    def close(self) -> None:
        """End git."""
        with self._lock:
            self._stop()

    def _open(self, name: str, kind: str, limit: int | None) -> BinaryIO:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise OSError(f"git can't be talked to about object {name}")
        process.stdin.write(name.encode("ascii") + b"\n")
        process.stdin.flush()
        size = _size(process.stdout.readline(), name, kind)
        if limit is not None and size > limit:
            raise OSError(f"git object {name} has {size:,} bytes, over the cap of {limit:,}")
        copy = io.BytesIO() if size <= _IN_MEMORY else _temporary(self._repository)
        try:
            _copy_checked(process.stdout, copy, name, kind, size)
            copy.seek(0)
        except BaseException:
            copy.close()
            raise
        process.stdout.read(1)  # the line feed after the content
        return copy

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            # A forked process must not talk to its parent's git. The handle is kept, unused: ending it ends git.
            self._inherited, self._process, self._owner = self._process, None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self._stop()
            try:
                self._process = subprocess.Popen(
                    ["git", "cat-file", "--batch"],  # noqa: S607 - the user's own git
                    cwd=self._repository.folder,
                    env={**os.environ, **self._repository.environment()},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except FileNotFoundError as error:
                raise no_git() from error
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.communicate()


def _size(header: bytes, name: str, kind: str) -> int:
    fields = header.split()
    if len(fields) == 3 and fields[0] == name.encode() and fields[1] == kind.encode():
        return int(fields[2])
    if fields[1:] == [b"missing"]:
        raise FileNotFoundError(f"git object {name} is missing")
    what = header.decode("utf-8", "replace").strip()[:100] or "git ended"
    raise OSError(f"git object {name} can't be read as {kind}: {what}")


def _hash(name: str) -> "hashlib._Hash":
    """The hash that gave the object `name`."""
    return hashlib.sha1(usedforsecurity=False) if len(name) == 40 else hashlib.sha256()


def _copy_checked(stream: IO[bytes], copy: BinaryIO, name: str, kind: str, size: int) -> None:
    digest = _hash(name)
    digest.update(f"{kind} {size}\0".encode())
    left = size
    while left and (chunk := stream.read(min(_CHUNK, left))):
        digest.update(chunk)
        copy.write(chunk)
        left -= len(chunk)
    if left or digest.hexdigest() != name:
        raise OSError(f"git object {name} is broken: its content doesn't have this name")


def _temporary(repository: PrivateRepository) -> BinaryIO:
    return tempfile.TemporaryFile(dir=repository.folder)


def identity_of_blob(name: str) -> str:
    """What a file is known by that is the blob `name`, in whichever repository."""
    return f"git-blob:{name}"


def name_of_blob(content: bytes, like: str) -> str:
    """The object name of a blob that holds `content`, by the hash of the name `like`."""
    digest = _hash(like)
    digest.update(b"blob %d\0" % len(content) + content)
    return digest.hexdigest()


def sizes(repository: PrivateRepository, names: Sequence[str]) -> Iterator[tuple[str, int | None]]:
    """Each of `names` (blobs) with its size in bytes: None where git lacks it, no answer where it can't say."""
    left = list(names)
    for _ in range(_MOST_RESTARTS):
        if not left:
            return
        answers = list(_ask_sizes(repository, left))
        yield from answers
        left = left[len(answers) + 1 :]  # git stopped at the first one without an answer


def _ask_sizes(repository: PrivateRepository, names: Sequence[str]) -> Iterator[tuple[str, int | None]]:
    with tempfile.TemporaryFile(dir=repository.folder) as asked:
        asked.writelines(f"{name}\n".encode("ascii") for name in names)
        asked.seek(0)
        # not line by line, which would be a message to the system for each, on both sides
        printed = repository.run(["cat-file", "--batch-check", "--buffer"], stdin=asked, may_fail=True)
    for line in printed.splitlines():
        name, *answer = line.decode("ascii", "replace").split()
        yield name, int(answer[1]) if answer[:1] == ["blob"] else None
