"""Folders on disk."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from compliance.model.skip import Skip, refused
from compliance.model.submission import SourceReference
from compliance.model.text import Text
from compliance.sources.disk_file import DiskFile, disk_file
from compliance.sources.git.location import is_repository
from compliance.sources.links import LinkedFile, resolved
from compliance.sources.paths import REPOSITORY_FOLDER, joined, shown
from compliance.sources.source import Members, SourceFile, sorted_by_path

Told = Callable[[bytes, DiskFile, os.stat_result], SourceFile]
"""What a regular file on disk is, by its path below the root, and with its record."""


def read_as_it_is(_path: bytes, file: DiskFile, _status: os.stat_result) -> SourceFile:
    """Nothing is known of `file` but what the disk says."""
    return file


LeavesOut = Callable[[bytes], bool]
"""Whether the file or folder at a path below the root is left out by the user's own choice."""


def nothing_left_out(_path: bytes) -> bool:
    """Keeps everything."""
    return False


class DirectorySource:
    """Every file below one folder, except those of git repositories themselves."""

    def __init__(self, root: Path, reference: SourceReference, *, shared: Path | None = None) -> None:
        """Read from `root`; links into the folder `shared` (a Hugging Face cache's) are read as files."""
        self.reference = reference
        self._root = os.fsencode(root)
        self._shared = os.path.realpath(os.fsencode(shared)) if shared else None

    def files(self, members: Members) -> Iterator[SourceFile]:
        """Every file by path; links that lead nowhere, special and unreadable files go to `members`."""
        yield from walk(self._root, members, shared=self._shared)

    def history(self) -> None:
        """A folder has none."""


def walk(
    root: bytes,
    members: Members,
    *,
    left_out: LeavesOut = nothing_left_out,
    shared: bytes | None = None,
    told: Told = read_as_it_is,
) -> list[SourceFile]:
    """The files below `root` by path; what could not be examined goes to `members`.

    Args:
        root: a folder.
        members: receives skips for links that lead to nothing, special files and what can't be read.
        left_out: paths that are neither entered nor reported.
        shared: a resolved folder; links that end on a regular file inside it are read as files.
        told: says what each regular file is.
    """
    walking = _Walk(os.path.realpath(root), left_out, shared, told)
    while walking.folders:
        walking.enter(walking.folders.pop())
    named = walking.resolve_links()
    members.skipped.extend(sorted(walking.skipped, key=lambda skip: (skip.path, skip.detail)))
    return sorted_by_path([*walking.files, *named])


_KINDS = {
    "p": Text(en="named pipe", ko="이름 있는 파이프"),
    "s": Text(en="socket", ko="소켓"),
    "c": Text(en="character device", ko="문자 장치"),
    "b": Text(en="block device", ko="블록 장치"),
}
_NO_PERMISSION = Text(en="no permission to read the file", ko="파일 읽기 권한 없음")


class _Walk(msgspec.Struct):
    root: bytes
    left_out: LeavesOut
    shared: bytes | None
    told: Told
    folders: list[bytes] = msgspec.field(default_factory=lambda: [b""])
    """Still to be entered; relative to the root, with `/` at the end except for the root itself."""
    entered: set[str] = msgspec.field(default_factory=set)
    files: list[SourceFile] = msgspec.field(default_factory=list)
    links: dict[str, str] = msgspec.field(default_factory=dict)
    skipped: list[Skip] = msgspec.field(default_factory=list)

    def enter(self, folder: bytes) -> None:
        here = shown(folder.rstrip(b"/"))
        try:
            with os.scandir(joined(self.root, folder)) as entries:
                for entry in entries:
                    self._meet(folder + entry.name, entry)
        except OSError as error:
            self._refused(here or ".", error)
        self.entered.add(here)

    def resolve_links(self) -> list[LinkedFile]:
        if not self.links:
            return []
        files = {file.path: file for file in self.files}
        met = {skip.path for skip in self.skipped} | self.entered
        named, skipped = resolved(self.links, files, met)
        self.skipped.extend(skipped)
        return named

    def _meet(self, path: bytes, entry: os.DirEntry[bytes]) -> None:
        if self.left_out(path):
            return
        try:
            if entry.name == REPOSITORY_FOLDER and is_repository(entry.path):
                return
            if entry.is_dir(follow_symlinks=False):
                self.folders.append(path + b"/")
            elif entry.is_symlink():
                self._meet_link(path, entry.path)
            else:
                self._meet_file(path, entry.path, entry.stat(follow_symlinks=False))
        except OSError as error:
            self._refused(shown(path), error)

    def _meet_file(self, path: bytes, location: bytes, status: os.stat_result) -> None:
        name = shown(path)
        if not stat.S_ISREG(status.st_mode):
            kind = stat.filemode(status.st_mode)[0]
            self.skipped.append(Skip.of("special-file", _KINDS.get(kind, Text(en=kind, ko=kind)), name))
        elif not _may_read(location, status):
            self.skipped.append(Skip.of("unreadable", _NO_PERMISSION, name))
        else:
            self.files.append(self.told(path, disk_file(name, location, status), status))

    def _meet_link(self, path: bytes, location: bytes) -> None:
        if self.shared is not None:
            target = os.path.realpath(location)
            if target.startswith(self.shared + b"/") and os.path.lexists(target):
                status = os.lstat(target)
                if stat.S_ISREG(status.st_mode):
                    self._meet_file(path, target, status)
                    return
        target = os.readlink(location)  # noqa: PTH115 - Path would not keep the bytes as they are
        if target.startswith(b"/"):
            target = self._from_link(path, target)
        self.links[shown(path)] = shown(target)

    def _from_link(self, path: bytes, target: bytes) -> bytes:
        """An absolute `target` below the root, as seen from the link at `path`; any other unchanged."""
        below = self.root.rstrip(b"/") + b"/"
        if not target.startswith(below):
            return target
        return b"../" * path.count(b"/") + target[len(below) :]

    def _refused(self, path: str, error: OSError) -> None:
        self.skipped.append(refused(error, path))


def _may_read(location: bytes, status: os.stat_result) -> bool:
    if status.st_uid == os.geteuid() and status.st_mode & stat.S_IRUSR:
        return True  # the owner's permission decides, and nobody has to be asked
    return os.access(location, os.R_OK, effective_ids=True)
