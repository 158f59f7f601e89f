"""A real git repository made of real files, and pull requests in it."""

import hashlib
import itertools
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.speed import kinds
from benchmarks.speed.plan import PULL_REQUEST
from benchmarks.speed.sample import Candidate

_IDENTITY = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@localhost")
_OWN_SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
"""None of the user's, so that the repository is the same everywhere."""
_CODE = ("Python", "C and C++", "JavaScript")
_LICENSED = "license text"
_MADE = ".git/made"
"""In the repository once it is complete."""
_IGNORING = (".gitignore", ".gitattributes", ".gitmodules")
"""Names of files that would tell git how to treat the others, which aren't the benchmark's to choose."""


class Repository:
    """One commit of many real files; every pull request is a branch of its own from there."""

    def __init__(self, folder: Path, files: Sequence[Candidate], spare: Sequence[Candidate]) -> None:
        """Make it in `folder` unless it is there.

        Args:
            folder: where.
            files: what it holds.
            spare: further files, from which pull requests take their text.
        """
        self.folder = folder
        self._changed = [one for one in files if one.kind in _CODE]
        self._code = [one for one in spare if one.kind in _CODE]
        self._licensed = [one for one in spare if one.kind == _LICENSED]
        if not (folder / _MADE).is_file():
            self._make(files)

    def unchanged(self) -> None:
        """Everything as it was made."""
        self._git("checkout", "--quiet", "--force", "main")

    def unlicensed(self, number: int) -> None:
        """A branch on which ten files get a line of code each, which says nothing of licenses."""
        self._git("checkout", "--quiet", "--force", "-B", f"unlicensed-{number}", "main")
        for one in _taken(self._changed, number):
            _append(self.folder / one.path, f"\n{_variable(one, number)} = 1\n".encode())
        self._commit(f"Changed, {number}")

    def licensed(self, number: int) -> None:
        """A branch with five new files of code and five texts of licenses, none of which is on another one."""
        self._git("checkout", "--quiet", "--force", "-B", f"licensed-{number}", "main")
        half = PULL_REQUEST // 2
        for one in (*_taken(self._code, number, half), *_taken(self._licensed, number, half)):
            _copied(one.location, self.folder / "added" / one.path)
        self._commit(f"Added, {number}")

    def changed_alone(self, folder: Path) -> None:
        """Lay the files that the branch changed, as it has them, into `folder`, in which nothing else is then."""
        shutil.rmtree(folder, ignore_errors=True)
        for path in self._git("diff", "--name-only", "-z", "main").split(b"\0")[:-1]:
            _copied(self.folder / os.fsdecode(path), folder / os.fsdecode(path))

    def _make(self, files: Sequence[Candidate]) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for one in files:
            _copied(one.location, self.folder / one.path)
        self._git("init", "--quiet", "--initial-branch", "main")
        self._commit("All files")
        (self.folder / _MADE).touch()

    def _commit(self, message: str) -> None:
        self._git("add", "--all", "--force")
        self._git(*_IDENTITY, "commit", "--quiet", "--message", message)

    def _git(self, *arguments: str) -> bytes:
        """What git prints."""
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, env={**os.environ, **_OWN_SETTINGS}, check=True, capture_output=True).stdout


def contents(offered: Iterable[Candidate], number: int) -> tuple[list[Candidate], list[Candidate]]:
    """The first `number` files by rank, of all kinds as they come; and the ones after them, to take from."""
    fitting = (
        one
        for one in sorted(offered, key=lambda one: one.rank)
        if one.size <= kinds.LARGEST_OTHER and one.location.name not in _IGNORING
    )
    ordered = iter(fitting)
    return list(itertools.islice(ordered, number)), list(ordered)


def _taken(files: Sequence[Candidate], number: int, size: int = PULL_REQUEST) -> Iterator[Candidate]:
    """As many as `size`, others for each `number`."""
    return itertools.islice(itertools.cycle(files), number * size, (number + 1) * size)


def _variable(one: Candidate, number: int) -> str:
    return f"v{hashlib.sha256(f'{one.path} {number}'.encode()).hexdigest()[:12]}"


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _append(path: Path, text: bytes) -> None:
    with path.open("ab") as stream:
        stream.write(text)
