"""Walking git's tree objects: each is checked against its name, and a missing one costs only itself."""

from collections.abc import Iterator

import msgspec

from compliance.model.skip import Reason, Skip
from compliance.model.text import Text
from compliance.sources.git.objects import ObjectReader
from compliance.sources.paths import abbreviated, overlong, shown

MOST_ENTRIES = 2_000_000
"""Trees that hold each other many times over would otherwise never end."""
_LARGEST_TREE = 256 << 20
LARGEST_COMMIT = 16 << 20
"""Bytes of an object that are read as a tree, and as a commit."""
_REFUSED_NAMES = {b"", b".", b"..", b".git"}
_REFUSED = Text(en="a name that git itself refuses to check out", ko="git도 체크아웃을 거부하는 이름")


class TreeEntry(msgspec.Struct, frozen=True):
    """One line of a tree."""

    mode: str
    """Octal digits without leading zeros."""
    name: bytes
    object_name: str


class TreeWalk(msgspec.Struct):
    """What stands below one tree; paths are relative to it."""

    reader: ObjectReader
    blobs: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Path and object name."""
    links: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Path and object name of the blob that holds the target."""
    gitlinks: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Path and commit."""
    folders: set[str] = msgspec.field(default_factory=set)
    skipped: list[Skip] = msgspec.field(default_factory=list)
    _left: list[tuple[bytes, str]] = msgspec.field(default_factory=list)
    _entries: int = 0

    def walk(self, tree: str) -> None:
        """Meet everything below `tree` (object name)."""
        self._left.append((b"", tree))
        while self._left:
            folder, name = self._left.pop()
            self.folders.add(shown(folder.rstrip(b"/")))
            try:
                entries = read_tree(self.reader, name)
            except FileNotFoundError as error:
                said = Text(
                    en=f"tree {name}: {error}; fetch it (git fetch --unshallow)",
                    ko=f"트리 {name} 없음: {error}. 받으세요(git fetch --unshallow)",
                )
                self._skip(folder, "missing-object", said)
            except (OSError, ValueError) as error:
                self._skip(folder, "malformed", Text(en=f"tree {name}: {error}", ko=f"깨진 트리 {name}: {error}"))
            else:
                self._entries += len(entries)
                if self._entries > MOST_ENTRIES:
                    said = Text(
                        en=f"more than {MOST_ENTRIES:,} entries; the rest is left out",
                        ko=f"항목 {MOST_ENTRIES:,}개 초과. 나머지는 제외함",
                    )
                    self._skip(folder, "archive-bomb", said)
                    return
                for entry in entries:
                    self._meet(folder, entry)

    def _meet(self, folder: bytes, entry: TreeEntry) -> None:
        path = folder + entry.name
        if entry.name.lower() in _REFUSED_NAMES or b"/" in entry.name:
            self._skip(path, "unsafe-path", _REFUSED)
            return
        if (fault := overlong(path)) is not None:
            self._skip(path, "unsafe-path", fault)
            return
        match entry.mode:
            case "40000":
                self._left.append((path + b"/", entry.object_name))
            case "120000":
                self.links.append((shown(path), entry.object_name))
            case "160000":
                self.gitlinks.append((shown(path), entry.object_name))
            case mode if mode.startswith("100"):
                self.blobs.append((shown(path), entry.object_name))
            case mode:
                self._skip(path, "special-file", Text(en=f"unknown mode {mode}", ko=f"알 수 없는 모드 {mode}"))

    def _skip(self, path: bytes, reason: Reason, said: Text) -> None:
        self.skipped.append(Skip.of(reason, said, abbreviated(path.rstrip(b"/")) or "."))


def tree_of_commit(reader: ObjectReader, commit: str) -> str:
    """Object name of the tree of `commit`. Raises OSError where the commit is missing or broken."""
    first = reader.read(commit, "commit", LARGEST_COMMIT).split(b"\n", 1)[0]
    keyword, _, name = first.partition(b" ")
    if keyword != b"tree":
        raise OSError(f"commit {commit} names no tree")
    return name.decode("ascii", "replace")


def read_tree(reader: ObjectReader, name: str) -> list[TreeEntry]:
    """The entries of the tree `name`. Raises OSError where it is missing, ValueError where it is malformed."""
    return list(_entries(reader.read(name, "tree", _LARGEST_TREE), len(name) // 2))


def _entries(content: bytes, width: int) -> Iterator[TreeEntry]:
    at = 0
    while at < len(content):
        space = content.index(b" ", at)
        end = content.index(b"\0", space)
        after = end + 1 + width
        if after > len(content):
            raise ValueError(f"cut off at byte {at}")
        mode = content[at:space].decode("ascii").lstrip("0")
        yield TreeEntry(mode, content[space + 1 : end], content[end + 1 : after].hex())
        at = after
