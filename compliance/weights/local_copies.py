"""Copies of repositories among the examined folders: which of them a base model's name points to.

A folder is a copy of `OWNER/NAME` where its path ends so, or is one of a hub's cache
(`models--OWNER--NAME/snapshots/REVISION`). A last part alone is a weak sign.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

import msgspec

from compliance.weights import hub

Join = Literal["path", "cache", "folders", "folder-name"]
"""How a name led to a folder: relative path; cache; `OWNER/NAME` as its last parts; its last part alone."""


class LocalCopy(msgspec.Struct, frozen=True):
    """A folder that a name points to."""

    folder: str
    join: Join
    other_revision: bool = False
    """The name asks for a revision, and the folder is of another one."""


class LocalCopies:
    """Finds folders by what cards and configurations call them."""

    __slots__ = ("_by_id", "_by_name", "_cached", "_folders")

    def __init__(self, folders: Iterable[str], kind: hub.Kind = "model") -> None:
        """Know `folders`, paths relative to the subject, which hold models or datasets."""
        self._folders = frozenset(folders)
        self._cached: defaultdict[str, list[tuple[str, str | None]]] = defaultdict(list)
        self._by_id: defaultdict[str, list[str]] = defaultdict(list)
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for folder in sorted(self._folders):
            cached = hub.of_cache(folder)
            if cached is not None:
                if cached.kind == kind and cached.revision and posixpath.basename(folder) == cached.revision:
                    self._cached[cached.id.casefold()].append((folder, cached.revision))
                continue
            parts = folder.casefold().split("/")
            self._by_name[parts[-1]].append(folder)
            if len(parts) > 1:
                self._by_id["/".join(parts[-2:])].append(folder)

    def of(self, name: str, folder: str, revision: str | None = None) -> list[LocalCopy]:
        """Copies of what a file in `folder` calls `name`, never `folder` itself; one for each revision.

        Args:
            name: a hub's id or address, a path, or a bare name.
            folder: relative to which paths are read.
            revision: which the file asks for besides; one in `name` goes before.
        """
        found = self._by_path(name, folder) or self._by_hub(name, revision) or self._by_last_part(name)
        return [one for one in found if one.folder != folder]

    def _by_path(self, name: str, folder: str) -> list[LocalCopy]:
        path = posixpath.normpath(posixpath.join(folder, name[: hub.LONGEST].replace("\\", "/")))
        path = "" if path == "." else path
        return [LocalCopy(path, "path")] if path in self._folders and not path.startswith("/") else []

    def _by_hub(self, name: str, revision: str | None) -> list[LocalCopy]:
        repository = hub.of_reference(name)
        if repository is None:
            return []
        asked = repository.revision or revision
        key = repository.id.casefold()
        cached = self._cached.get(key, [])
        exact = [one for one in cached if asked and one[1] == asked]
        copies = [LocalCopy(path, "cache", bool(asked) and not exact) for path, _ in exact or cached]
        return copies or [LocalCopy(path, "folders") for path in self._by_id.get(key, ())]

    def _by_last_part(self, name: str) -> list[LocalCopy]:
        last = name[: hub.LONGEST].replace("\\", "/").rstrip("/").rpartition("/")[2].partition("@")[0].casefold()
        found = self._by_name.get(last, []) if last else []
        return [LocalCopy(found[0], "folder-name")] if len(found) == 1 else []
