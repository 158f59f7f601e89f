"""What some folders held at the tags of a repository, read from its objects alone.

Tags count that the examined commit descends from, and those of other branches whose commit is older than it: many
projects tag branches of releases that are never merged back.
"""

import datetime
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence

import msgspec

from compliance.sources.git.git_file import GitFile
from compliance.sources.git.objects import ObjectReader, sizes
from compliance.sources.git.private_repository import PrivateRepository
from compliance.sources.git.raw_log import MOST_COMMITS
from compliance.sources.git.tree_walk import LARGEST_COMMIT, TreeEntry, read_tree, tree_of_commit
from compliance.sources.history import Release, Releases
from compliance.sources.paths import shown

MOST_TAGS = 10_000
"""Whose commits are looked at; by name, the first ones."""
MOST_RELEASES = 200
"""Whose files are read: the newest ones and the oldest."""
MOST_FOLDERS = 100
MOST_CONTENTS = 1_000
"""Different files, the newest releases first."""
_COMMITTED = re.compile(rb"^committer .*> (\d{1,11}) [+-]\d{4}$", re.MULTILINE)


class _Tagged(msgspec.Struct, frozen=True):
    """A commit that has a tag."""

    seconds: int
    """Since 1970, as the committer set it."""
    commit: str
    name: str


class ReleaseReader(msgspec.Struct):
    """Reads the states at tags; one reader for one question, since it remembers folders."""

    repository: PrivateRepository
    reader: ObjectReader
    revision: str
    """The examined commit: full object name, or `HEAD`."""
    prefix: bytes
    """Folder of the repository that is examined, with a `/` at its end; empty for all of it."""
    _trees: dict[str, list[TreeEntry]] = msgspec.field(default_factory=dict)

    def releases(self, folders: Sequence[str], wanted: Callable[[str], bool]) -> Releases:
        """The earlier tagged states with the `wanted` files in `folders`."""
        tagged, unread = self._tagged()
        earlier = sorted(self._earlier(tagged), key=lambda one: (one.seconds, one.commit))
        chosen = [*earlier[:1], *earlier[1:][1 - MOST_RELEASES :]]
        listed = self._listed(chosen, folders[:MOST_FOLDERS], wanted)
        contents = {name for files in listed.values() for _, name in files or ()}
        known = dict(sizes(self.repository, sorted(contents)))
        seen = [
            self._release(one, files, known) for one in chosen if (files := listed.get(one.commit)) is not None
        ]
        whole = tuple(one for one in seen if len(one.files) == len(listed[one.commit] or ()))
        return Releases(
            seen=whole,
            left_out=max(len(self.repository.tags) - MOST_TAGS, 0) + len(earlier) - len(listed),
            unread=unread + len(listed) - len(whole),
            shallow=bool(self.repository.shallow),
        )

    def _listed(
        self, chosen: Sequence[_Tagged], folders: Sequence[str], wanted: Callable[[str], bool]
    ) -> dict[str, list[tuple[str, str]] | None]:
        """Path and blob of each file, by commit: None where they can't be read, nothing beyond the cap."""
        listed: dict[str, list[tuple[str, str]] | None] = {}
        contents: set[tuple[str, str]] = set()
        for one in reversed(chosen):
            try:
                files = list(self._files(one.commit, folders, wanted))
            except (OSError, ValueError):
                listed[one.commit] = None
                continue
            contents.update(files)
            if len(contents) > MOST_CONTENTS:
                break
            listed[one.commit] = files
        return listed

    def _tagged(self) -> tuple[list[_Tagged], int]:
        """Every tagged commit, each once, and how many tags lead to nothing that can be read.

        Tags of other things, such as a key's text, lead to no commit and aren't counted.
        """
        names: dict[str, str] = {}
        objects = sorted((name, value) for name, value in self.repository.tags.items())[:MOST_TAGS]
        commits, unread = self._commits([value for _, value in objects])
        for name, value in objects:
            if value in commits:
                names.setdefault(commits[value], shown(name))
        tagged: list[_Tagged] = []
        for commit, tag in names.items():
            try:
                tagged.append(_Tagged(self._seconds(commit), commit, tag))
            except (OSError, ValueError):
                unread += 1
        return tagged, unread

    def _commits(self, objects: Sequence[str]) -> tuple[dict[str, str], int]:
        """The commit that each of `objects` is or, tag by tag, leads to; and how many can't be followed."""
        with tempfile.TemporaryFile(dir=self.repository.folder) as asked:
            asked.writelines(f"{name}^{{}}\n".encode("ascii") for name in objects)
            asked.seek(0)
            printed = self.repository.run(["cat-file", "--batch-check"], stdin=asked, may_fail=True)
        answers = [line.decode("ascii", "replace").split() for line in printed.splitlines()]
        named = {
            name: answer[0] for name, answer in zip(objects, answers, strict=False) if answer[1:2] == ["commit"]
        }
        return named, len(objects) - sum(answer[-1:] != ["missing"] for answer in answers)

    def _seconds(self, commit: str) -> int:
        found = _COMMITTED.search(self.reader.read(commit, "commit", LARGEST_COMMIT).split(b"\n\n", 1)[0])
        if found is None:
            raise ValueError(f"commit {commit} has no date")
        return int(found[1])

    def _earlier(self, tagged: Sequence[_Tagged]) -> Iterator[_Tagged]:
        """Those before the examined commit, or at it: what is on disk may differ from it."""
        own = self._commits([self.revision])[0].get(self.revision)
        if own is None:
            return
        try:
            examined = self._seconds(own)
        except (OSError, ValueError):
            return
        limit = f"--max-count={MOST_COMMITS}"
        # git says nothing of any where one is missing: then the date alone counts
        printed = self.repository.run(["rev-list", limit, "--end-of-options", own, "--"], may_fail=True)
        known = {own, *printed.decode("ascii", "replace").split()}
        yield from (one for one in tagged if one.commit in known or one.seconds < examined)

    def _files(
        self, commit: str, folders: Sequence[str], wanted: Callable[[str], bool]
    ) -> Iterator[tuple[str, str]]:
        """Path and blob of each wanted file of `commit`. Raises OSError or ValueError where a tree is broken."""
        root = tree_of_commit(self.reader, commit)
        top = self._folder(root, shown(self.prefix))
        for folder in folders if top else ():
            tree = self._folder(top, folder)
            for entry in self._entries(tree) if tree else ():
                path = f"{folder}/{shown(entry.name)}" if folder else shown(entry.name)
                if entry.mode.startswith("100") and wanted(path):
                    yield path, entry.object_name

    def _folder(self, tree: str, path: str) -> str:
        """Object name of the folder at `path` below `tree`; empty where there is none."""
        for part in filter(None, path.split("/")):
            below = (one for one in self._entries(tree) if one.mode == "40000" and shown(one.name) == part)
            if (entry := next(below, None)) is None:
                return ""
            tree = entry.object_name
        return tree

    def _entries(self, tree: str) -> list[TreeEntry]:
        if tree not in self._trees:
            self._trees[tree] = read_tree(self.reader, tree)
        return self._trees[tree]

    def _release(self, one: _Tagged, files: list[tuple[str, str]], known: dict[str, int | None]) -> Release:
        date = datetime.datetime.fromtimestamp(one.seconds, datetime.UTC).date().isoformat()
        sized = [(path, name, size) for path, name in files if (size := known.get(name)) is not None]
        return Release(
            name=one.name,
            commit=one.commit,
            date=date,
            files=tuple(GitFile(path, size, name, self.reader) for path, name, size in sized),
        )
