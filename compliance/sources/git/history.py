"""The contents that files of a git source have had, followed through renames and copies.

Renames are found here, by object names and by lines, and for the asked files alone: git's own detection reads the
contents of every commit that adds and removes something.
"""

import hashlib
import posixpath
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from compliance.sources.git.objects import ObjectReader
from compliance.sources.git.private_repository import GitRefusedError, PrivateRepository
from compliance.sources.git.raw_log import Change, RawLog, read_log
from compliance.sources.git.releases import ReleaseReader
from compliance.sources.history import Releases, Version
from compliance.sources.paths import shown

MOST_VERSIONS = 1_000
"""Of one file; older ones are left out."""
_MOST_RENAME_CANDIDATES = 40
_LARGEST_COMPARED = 1 << 20
_SAME_FILE = 0.5
"""Share of lines from which a file that vanishes where another appears counts as renamed; git has the same."""

_Place = tuple[int, Change]
"""Position of a commit, newest first, and what it changed."""


class _Index(msgspec.Struct):
    """The changes of a log by path and by the blob that they left."""

    log: RawLog
    by_path: dict[bytes, list[_Place]] = msgspec.field(default_factory=lambda: defaultdict(list))
    by_blob: dict[str, list[tuple[int, bytes]]] = msgspec.field(default_factory=lambda: defaultdict(list))
    removed: list[list[Change]] = msgspec.field(default_factory=list)
    """What each commit removed."""

    def __post_init__(self) -> None:
        """Sort every change; positions ascend in each list, so older ones come later."""
        for position, commit in enumerate(self.log.commits):
            self.removed.append([])
            for change in commit.changes:
                self.by_path[change.path].append((position, change))
                if change.removes:
                    self.removed[position].append(change)
                else:
                    self.by_blob[change.new].append((position, change.path))


class GitHistory:
    """The commits from which one state of a repository descends."""

    def __init__(self, repository: PrivateRepository, revision: str, prefix: bytes) -> None:
        """Look back from `revision` (full object name, or `HEAD`) at the files below the folder `prefix`."""
        self._repository = repository
        self._revision = revision
        self._prefix = prefix.rstrip(b"/") + b"/" if prefix else b""
        self._reader = ObjectReader(repository)
        self._lacking = False

    @property
    def identity(self) -> str | None:
        """The commit and the tags, whose names are made of all that they lead to, and where a clone ends."""
        try:
            commit = self._repository.run(["rev-parse", "--verify", f"{self._revision}^{{commit}}"])
        except GitRefusedError:
            return None
        digest = hashlib.sha256(b"%s\n%s\n" % (commit.strip(), self._prefix))
        for name, value in sorted(self._repository.tags.items()):
            digest.update(b"%s %s\n" % (value.encode("ascii"), name))
        for end in sorted(self._repository.shallow):
            digest.update(b"shallow %s\n" % end.encode("ascii"))
        return digest.hexdigest()

    @property
    def lacking(self) -> bool:
        """Whether an object or a part of the log couldn't be read so far."""
        return self._lacking

    @property
    def complete(self) -> bool:
        """Whether every commit was seen; not so in a shallow clone or where git stopped."""
        return self._index.log.complete and not self._repository.shallow

    def versions(self, paths: Sequence[str]) -> Mapping[str, tuple[Version, ...]]:
        """Each content that the files at `paths` have had, newest first."""
        wanted = set(paths)
        known = {self._shown(path): path for path in self._index.by_path if path.startswith(self._prefix)}
        return {path: tuple(self._versions(known[path])) for path in sorted(wanted & known.keys())}

    def read(self, version: Version, limit: int) -> bytes:
        """The content of `version`, checked against its object name."""
        return self._read(version.content, limit)

    def releases(self, folders: Sequence[str], wanted: Callable[[str], bool]) -> Releases:
        """The states at earlier tags, with the `wanted` files in `folders`."""
        reader = ReleaseReader(self._repository, self._reader, self._revision, self._prefix)
        found = reader.releases(folders, wanted)
        self._lacking = self._lacking or found.unread > 0
        return found

    def close(self) -> None:
        """End git."""
        self._reader.close()

    @cached_property
    def _index(self) -> _Index:
        log = read_log(self._repository, self._revision)
        self._lacking = self._lacking or not log.complete
        return _Index(log)

    def _read(self, name: str, limit: int) -> bytes:
        try:
            return self._reader.read(name, "blob", limit)
        except OSError:
            self._lacking = True
            raise

    def _shown(self, path: bytes) -> str:
        if path.startswith(self._prefix):
            return shown(path[len(self._prefix) :])
        return posixpath.relpath(shown(path), shown(self._prefix))

    def _versions(self, path: bytes) -> Iterator[Version]:
        after = -1
        count = 0
        following: bytes | None = path
        while following is not None:
            path, following = following, None
            places = self._index.by_path.get(path, [])
            for number in range(bisect_right(places, after, key=lambda place: place[0]), len(places)):
                after, change = places[number]
                if change.removes:
                    continue
                commit = self._index.log.commits[after]
                edge = commit.name in self._repository.shallow
                yield Version(commit.name, commit.date, self._shown(path), change.new, edge)
                count += 1
                if count >= MOST_VERSIONS:
                    return
                if change.adds and not edge and not _continues(places, number):
                    following = self._earlier_path(after, change)
                    if following is not None:
                        break

    def _earlier_path(self, position: int, added: Change) -> bytes | None:
        """Where the content that a commit added stood before; None where it was new."""
        removed = {one.path for one in self._index.removed[position]}
        same = [path for at, path in self._index.by_blob[added.new] if at > position]
        if same:
            return next((path for path in same if path in removed), same[0])
        return self._similar(position, added)

    def _similar(self, position: int, added: Change) -> bytes | None:
        suffix = posixpath.splitext(added.path)[1]
        removed = [one for one in self._index.removed[position] if posixpath.splitext(one.path)[1] == suffix]
        if not removed:
            return None
        nearest = sorted(removed, key=lambda one: posixpath.basename(one.path) != posixpath.basename(added.path))
        content = self._lines(added.new)
        shares = {
            one.path: _share(content, self._lines(one.old)) for one in nearest[:_MOST_RENAME_CANDIDATES] if content
        }
        path = max(shares, key=shares.__getitem__, default=None)
        return path if path is not None and shares[path] >= _SAME_FILE else None

    def _lines(self, name: str) -> Counter[bytes]:
        try:
            content = self._read(name, _LARGEST_COMPARED)
        except OSError:
            return Counter()
        return Counter(line for one in content.split(b"\n") if (line := one.strip()))


def _continues(places: Sequence[_Place], number: int) -> bool:
    """Whether the path was there before the commit at `number`, on a branch that the commit merges."""
    return number + 1 < len(places) and not places[number + 1][1].removes


def _share(one: Counter[bytes], other: Counter[bytes]) -> float:
    return (one & other).total() / max(one.total(), other.total(), 1)
