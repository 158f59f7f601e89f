"""The files of a git working tree as they stand on disk: tracked ones, and others that aren't ignored."""

import contextlib
import itertools
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from compliance.model.skip import Skip
from compliance.model.submission import SourceReference
from compliance.model.text import Text
from compliance.sources.directory import LeavesOut, nothing_left_out, walk
from compliance.sources.disk_file import read_small
from compliance.sources.git import submodules
from compliance.sources.git.checkout import Staged, checked_out
from compliance.sources.git.history import GitHistory
from compliance.sources.git.private_repository import GitRefusedError, PrivateRepository
from compliance.sources.git.submodules import GITMODULES, LARGEST_GITMODULES, Gitlink
from compliance.sources.paths import REPOSITORY_FOLDER, joined, shown
from compliance.sources.source import Members, SourceFile

_INDEX = ".git/index"
_DETAILED = re.compile(
    rb"(\S) (\d+) ([0-9a-f]+) \d\t([^\0]*)\0  ctime: (\d+):(\d+)\n  mtime: (\d+):(\d+)\n  dev: \d+\tino: (\d+)\n"
    rb"  uid: \d+\tgid: \d+\n  size: (\d+)\tflags: [0-9a-f]+\n"
)
"""An entry as `git ls-files --stage -t -z --debug` prints it (builtin/ls-files.c, `print_debug`)."""


class Index(msgspec.Struct, frozen=True):
    """What the index says of the part of the working tree that is examined; paths relative to that part."""

    gitlinks: tuple[tuple[bytes, str], ...] = ()
    left_on_purpose: tuple[bytes, ...] = ()
    """Files that a sparse checkout leaves out."""
    tracked: int = 0
    staged: Mapping[bytes, Staged] = msgspec.field(default_factory=dict)
    """Regular files that git put there or took from there, and how it found them."""


@dataclass(slots=True)
class WorkingTreeSource:
    """A working tree, or one folder of it."""

    repository: PrivateRepository
    reference: SourceReference
    include_ignored: bool = False
    _root: Path = field(init=False)

    def __post_init__(self) -> None:
        """Resolve the folder to examine."""
        scanned = self.repository.scanned
        self._root = (scanned.work_tree or scanned.git_dir) / os.fsdecode(scanned.prefix)

    def files(self, members: Members) -> Iterator[SourceFile]:
        """Every kept file by path; the rest goes to `members`."""
        left_out: LeavesOut = nothing_left_out
        try:
            index = self._index()
            if not self.include_ignored:
                ignored = ignored_paths(self.repository, self._root)
                members.ignored += len(ignored)
                left_out = ignored.__contains__
        except GitRefusedError as error:
            index = Index()
            said = Text(
                en=f"git could not read the index or .gitignore ({error}); ignored files are examined too",
                ko=f"git 인덱스 또는 .gitignore 판독 실패({error}). 제외 대상 파일도 함께 검사함",
            )
            members.skipped.append(Skip.of("malformed", said, _INDEX))
        self._report_submodules(index, members)
        self._report_sparse(index, members)
        told = checked_out(self.repository, index.staged)
        yield from walk(os.fsencode(self._root), members, left_out=left_out, told=told)

    def history(self) -> GitHistory | None:
        """The commits from which what is on disk descends; None before the first one."""
        if not self.repository.has_references:
            return None
        return GitHistory(self.repository, "HEAD", self.repository.scanned.prefix)

    def _index(self) -> Index:
        if not self.repository.has_index and self.repository.has_references:
            raise GitRefusedError("there are commits but no index")
        return read_index(self.repository, self._root)

    def _report_submodules(self, index: Index, members: Members) -> None:
        if not index.gitlinks:
            return
        scanned = self.repository.scanned
        work_tree = os.fsencode(scanned.work_tree or scanned.git_dir)
        text = read_small(joined(work_tree, GITMODULES.encode()), LARGEST_GITMODULES) or b""
        declared, fault = submodules.declarations(text.decode("utf-8", "backslashreplace"))
        members.skipped.extend([fault] if fault else [])
        prefix = shown(scanned.prefix) + "/" if scanned.prefix else ""
        links = [Gitlink(prefix + shown(path), commit) for path, commit in index.gitlinks]
        members.findings.extend(submodules.findings(links, declared, prefix, None))
        members.skipped.extend(
            Skip.of(
                "submodule",
                Text(
                    en=f"commit {commit} of another repository isn't checked out",
                    ko=f"체크아웃되지 않은 다른 저장소의 커밋 {commit}",
                ),
                shown(path),
            )
            for path, commit in index.gitlinks
            if not _is_checked_out(joined(os.fsencode(self._root), path))
        )

    def _report_sparse(self, index: Index, members: Members) -> None:
        root = os.fsencode(self._root)
        absent = [path for path in index.left_on_purpose if not os.path.lexists(joined(root, path))]
        if absent:
            first = repr(shown(absent[0]))
            said = Text(
                en=f"sparse checkout: {len(absent):,} tracked files aren't on disk, first {first}",
                ko=f"부분 체크아웃: 디스크에 없는 추적 파일 {len(absent):,}개, 첫 파일 {first}",
            )
            members.skipped.append(Skip.of("truncated", said, ".git/info/sparse-checkout"))


def read_index(repository: PrivateRepository, within: Path) -> Index:
    """What the index says of the folder `within`. Raises GitRefusedError where the index is broken."""
    gitlinks: list[tuple[bytes, str]] = []
    absent: list[bytes] = []
    staged: dict[bytes, Staged] = {}
    tracked = 0
    for tag, mode, name, path, one in _entries(repository, within):
        tracked += 1
        if mode == b"160000":
            gitlinks.append((path, name.decode("ascii")))
        elif tag == b"S":
            absent.append(path)
        elif tag == b"H" and one is not None and mode.startswith(b"100"):
            staged[path] = one
    return Index(tuple(sorted(set(gitlinks))), tuple(absent), tracked, staged)


_Entry = tuple[bytes, bytes, bytes, bytes, Staged | None]
"""Tag, mode, object name and path of an entry of the index, and what git found on disk where it says so."""


def _entries(repository: PrivateRepository, within: Path) -> list[_Entry]:
    listing = ["ls-files", "--stage", "-t", "-z"]
    # what --debug adds may change with git's version: then it is done without
    detailed = repository.run([*listing, "--debug"], within=within)
    if (entries := _detailed(detailed)) is not None:
        return entries
    lines = repository.run(listing, within=within).split(b"\0")[:-1]
    return [(*_plain(facts), path, None) for facts, _, path in (line.partition(b"\t") for line in lines)]


def _plain(facts: bytes) -> tuple[bytes, bytes, bytes]:
    tag, mode, name, _stage = facts.split(b" ")
    return tag, mode, name


def _detailed(printed: bytes) -> list[_Entry] | None:
    """The entries in what `ls-files --debug` printed; None where it has another shape."""
    entries: list[_Entry] = []
    at = 0
    for found in _DETAILED.finditer(printed):
        if found.start() != at:
            return None
        at = found.end()
        tag, mode, name, path, *numbers = found.groups()
        changed, changed_ns, modified, modified_ns, inode, size = map(int, numbers)
        one = Staged(
            name.decode("ascii"), changed * 10**9 + changed_ns, modified * 10**9 + modified_ns, inode, size
        )
        entries.append((tag, mode, name, path, one))
    return entries if at == len(printed) else None


def ignored_paths(repository: PrivateRepository, within: Path) -> frozenset[bytes]:
    """Topmost paths in the folder `within` that git ignores and doesn't track, relative to it.

    Git names a folder whose files are all ignored besides those files; such a folder isn't ignored itself, and may
    hold what git doesn't list (pipes, other repositories), so it is left to be entered.
    """
    printed = repository.run(
        ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"], within=within
    )
    listed = sorted(printed.split(b"\0")[:-1])
    return frozenset(
        path.rstrip(b"/")
        for path, after in itertools.zip_longest(listed, listed[1:], fillvalue=b"")
        if not (path.endswith(b"/") and after.startswith(path))
    )


def holds_tracked_files(repository: PrivateRepository) -> bool:
    """Whether the repository tracks anything in the folder that is examined; yes where git can't say."""
    scanned = repository.scanned
    try:
        within = (scanned.work_tree or scanned.git_dir) / os.fsdecode(scanned.prefix)
        return bool(read_index(repository, within).tracked)
    except GitRefusedError:
        return True


def _is_checked_out(folder: bytes) -> bool:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return not stat.S_ISLNK(os.lstat(folder).st_mode) and any(
            entry.name != REPOSITORY_FOLDER for entry in entries
        )
    return False
