"""A private, empty, bare repository through which git reads a scanned one without ever reading its settings.

Git runs programs that a repository's configuration names: a file-system monitor, filters, text converters, hooks.
So git never sees that configuration. It sees a repository made here, whose object store is borrowed from the
scanned one, with copies of the scanned references and index. docs/decisions/0010 tells what was tried.
"""

import contextlib
import os
import re
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self, cast

from compliance import temporary_folders
from compliance.errors import SubjectError
from compliance.model.text import Text
from compliance.sources.disk_file import open_regular, read_small
from compliance.sources.git.location import Repository
from compliance.sources.paths import joined

SECONDS = 300.0
"""Time that one git command may take: a hostile tree can make git wait for ever, e.g. for a pipe."""
_HEAD = re.compile(rb"(?:ref: refs/[^\x00-\x20\x7f~^:?*\[\\]+|[0-9a-f]{40}(?:[0-9a-f]{24})?)\s*")
_REFERENCE = re.compile(rb"refs/(?!replace/)[^\x00-\x20\x7f~^:?*\[\\]+")
_TAGS = b"refs/tags/"
_OBJECT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FAN_OUT = re.compile(r"[0-9a-f]{2}|pack")
_UNREAD = ("packs", "commit-graph", "commit-graphs")
"""A list for web servers, and what commits are said to hold, which the private settings leave alone."""
_SMALL = 4_096
_LARGEST_PACKED = 256 << 20
_LARGEST_SHALLOW = 16 << 20
_NO_HEAD = b"ref: refs/compliance/none\n"


class GitRefusedError(Exception):
    """Git could not do what was asked; the message is git's own, shortened."""


class PrivateRepository:
    """The private repository of one scanned repository; a context manager that removes it afterwards."""

    def __init__(self, scanned: Repository) -> None:
        """Lend the objects, references and index of `scanned`."""
        self.scanned = scanned
        self.object_format = "sha256" if scanned.setting("extensions", "objectformat") == "sha256" else "sha1"
        self.shallow: frozenset[str] = frozenset()
        """Commits whose parents a shallow clone lacks."""
        self.index_status: os.stat_result | None = None
        """The record of the index that was copied; None where there is none."""
        self.tags: dict[bytes, str] = {}
        """Object names of commits, tag objects or whatever else is tagged, by the tags' names."""
        self.folder = temporary_folders.new_place("compliance-git-")
        try:
            temporary_folders.make(self.folder)
            self._build()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """The repository itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the repository."""
        self.close()

    def close(self) -> None:
        """Remove the repository."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(
        self,
        arguments: Sequence[str],
        *,
        within: Path | None = None,
        stdin: IO[bytes] | None = None,
        may_fail: bool = False,
    ) -> bytes:
        """What `git ARGUMENTS` prints, run in the folder `within`.

        Raises:
            GitRefusedError: git refused, or took longer than `SECONDS`; not where it `may_fail`.
            SubjectError: there is no git program.
        """
        try:
            import git
        except ImportError as error:
            raise no_git() from error
        handle = git.Git(str(within or self.folder))
        try:
            answer = handle.execute(
                ["git", *arguments],
                istream=cast(BinaryIO | None, stdin),
                env=self.environment(),
                kill_after_timeout=SECONDS,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
        except git.GitCommandNotFound as error:
            raise no_git() from error
        status, printed, said = answer
        if status != 0 and not may_fail:
            message = " ".join(said.split())[:300]
            raise GitRefusedError(message or f"git {arguments[0]} ended with status {status}")
        return printed

    def environment(self) -> dict[str, str]:
        """What makes git use this repository alone: no settings, programs, network or locks of anybody else."""
        here = str(self.folder)
        return {
            "GIT_DIR": here,
            "GIT_COMMON_DIR": here,
            "GIT_WORK_TREE": str(self.scanned.work_tree or self.folder / "empty"),
            "GIT_INDEX_FILE": f"{here}/index",
            "GIT_OBJECT_DIRECTORY": f"{here}/objects",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(f"{here}/borrowed"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_COUNT": "0",
            "GIT_CONFIG_PARAMETERS": "",
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NAMESPACE": "",
            "GIT_ALLOW_PROTOCOL": "",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
            "HOME": here,
            "XDG_CONFIG_HOME": here,
        }

    def _build(self) -> None:
        for name in ("objects", "refs", "info", "empty"):
            (self.folder / name).mkdir()
        hashing = "\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n"
        plain = "\trepositoryformatversion = 0\n"
        core = "[core]\n\tbare = true\n\tuntrackedCache = false\n\tcommitGraph = false\n"
        (self.folder / "config").write_text(core + (hashing if self.object_format == "sha256" else plain))
        head = read_small(os.fsencode(self.scanned.git_dir / "HEAD"), _SMALL)
        (self.folder / "HEAD").write_bytes(head if head and _HEAD.fullmatch(head) else _NO_HEAD)
        excluded = read_small(os.fsencode(self.scanned.common_dir / "info" / "exclude"), 1 << 20)
        (self.folder / "info" / "exclude").write_bytes(excluded or b"")
        self._borrow_objects()
        self._copy_shallow()
        self._copy_references()
        self._copy_index()

    def _borrow_objects(self) -> None:
        """Link the folders that hold objects, and nothing else: an `info/alternates` would lead elsewhere.

        Where there is nothing else, one link to all does: two hundred take longer than git's answer to what is in
        ten thousand files.
        """
        objects, borrowed = self.scanned.common_dir / "objects", self.folder / "borrowed"
        folders: list[os.DirEntry[str]] = []
        others: list[os.DirEntry[str]] = []
        with os.scandir(objects) as entries:
            for one in entries:
                is_folder = _FAN_OUT.fullmatch(one.name) and one.is_dir(follow_symlinks=False)
                (folders if is_folder else others).append(one)
        if all(map(_says_nothing, others)):
            borrowed.symlink_to(objects)
            return
        borrowed.mkdir()
        for one in folders:
            (borrowed / one.name).symlink_to(one.path)

    def _copy_shallow(self) -> None:
        """Where a shallow clone ends, without which git would look for parents that it doesn't have."""
        content = read_small(os.fsencode(self.scanned.common_dir / "shallow"), _LARGEST_SHALLOW) or b""
        ends = sorted({line for line in content.split(b"\n") if _OBJECT.fullmatch(line)})
        self.shallow = frozenset(end.decode("ascii") for end in ends)
        if ends:
            (self.folder / "shallow").write_bytes(b"".join(end + b"\n" for end in ends))

    def _copy_references(self) -> None:
        objects: dict[bytes, bytes] = dict(_packed(self.scanned.common_dir / "packed-refs"))
        for name, value in _loose(os.fsencode(self.scanned.common_dir)):
            if _OBJECT.fullmatch(value):
                objects[name] = value
            elif _HEAD.fullmatch(value):
                place = self.folder / os.fsdecode(name)
                with contextlib.suppress(OSError):  # a name that is too long, or a folder and a file at once
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(value + b"\n")
        self.tags = {
            name.removeprefix(_TAGS): value.decode("ascii")
            for name, value in objects.items()
            if name.startswith(_TAGS)
        }
        with (self.folder / "packed-refs").open("wb") as packed:
            packed.writelines(b"%s %s\n" % (value, name) for name, value in sorted(objects.items()))

    def _copy_index(self) -> None:
        for entry in os.scandir(self.scanned.git_dir):
            if entry.name == "index" or entry.name.startswith("sharedindex."):
                with (
                    contextlib.suppress(OSError),
                    open_regular(os.fsencode(entry.path)) as content,
                    (self.folder / entry.name).open("wb") as copy,
                ):
                    if entry.name == "index":
                        self.index_status = os.fstat(content.fileno())
                    shutil.copyfileobj(content, copy)

    @property
    def has_index(self) -> bool:
        """Whether the scanned repository has an index."""
        return (self.folder / "index").exists()

    @property
    def has_references(self) -> bool:
        """Whether the scanned repository has any reference, and so a commit."""
        return (self.folder / "packed-refs").stat().st_size > 0


def _says_nothing(entry: "os.DirEntry[str]") -> bool:
    """Whether `entry` of a folder of objects is an `info` without anything that git reads here."""
    try:
        is_info = entry.name == "info" and entry.is_dir(follow_symlinks=False)
        return is_info and all(one.name in _UNREAD for one in Path(entry.path).iterdir())
    except OSError:  # nobody may look into it
        return False


def _quoted(path: str) -> str:
    """`path` in a list of paths that colons separate."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_reference(name: bytes) -> bool:
    """Whether git accepts `name`; it refuses to work at all beside some that it doesn't."""
    return bool(_REFERENCE.fullmatch(name)) and b".." not in name and b"//" not in name and b"/." not in name


def _packed(file: Path) -> Iterator[tuple[bytes, bytes]]:
    content = read_small(os.fsencode(file), _LARGEST_PACKED) or b""
    for line in content.split(b"\n"):
        value, _, name = line.partition(b" ")
        if _OBJECT.fullmatch(value) and _is_reference(name):
            yield name, value


def _loose(common_dir: bytes) -> Iterator[tuple[bytes, bytes]]:
    for folder, _, names in os.walk(common_dir + b"/refs"):
        for name in names:
            location = joined(folder, name)
            reference = os.path.relpath(location, common_dir)
            if _is_reference(reference) and stat.S_ISREG(os.lstat(location).st_mode):
                value = read_small(location, _SMALL)
                yield reference, (value or b"").strip()


def no_git() -> SubjectError:
    """The error for a machine without git."""
    return SubjectError(
        Text(
            en="the program git is needed to read a git repository; install it and run the command again",
            ko="git 저장소를 읽으려면 git 프로그램이 필요합니다. 설치한 뒤 다시 실행하세요",
        )
    )
