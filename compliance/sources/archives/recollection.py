"""What earlier runs saw when they opened files to tell archives and Git LFS pointers from all others.

It is kept in the cache by what names a content without reading it, so that an unchanged file isn't opened again.
Archives aren't remembered: they must be opened in any case.
"""

from collections.abc import Sequence

from compliance.sources.source import SourceFile
from compliance.store.cache import Cache, RowKey

_DETECTOR = "archive-or-pointer"
_VERSION = "2"
"""Changes whenever the same bytes under the same name may be told otherwise (`formats`, `recognition`, `lfs`)."""


class Recollection:
    """What the cache knows of the files of one source, and what is to be added to it."""

    def __init__(self, cache: Cache) -> None:
        """Remember in `cache`; nothing is known before `recall`."""
        self._cache = cache
        self._known: dict[RowKey, bytes] = {}
        self._new: dict[RowKey, bytes] = {}

    def recall(self, files: Sequence[SourceFile]) -> None:
        """Look up all of `files` at once."""
        self._cache.used([(_DETECTOR, _VERSION)])
        self._known = self._cache.rows(sorted({file.identity for file in files if file.identity}))

    def pointed_to(self, file: SourceFile) -> str | None:
        """As `lfs.pointed_to` has it, empty for a file that is neither; None if it must be opened."""
        key = _key(file)
        said = self._known.get(key) if key else None
        return said.decode() if said is not None else None

    def note(self, file: SourceFile, pointed_to: str) -> None:
        """`file` was opened and is no archive."""
        if key := _key(file):
            self._new[key] = pointed_to.encode()

    def write(self) -> None:
        """Keep what was noted for later runs."""
        self._cache.put(self._new.items())
        self._new.clear()


def _key(file: SourceFile) -> RowKey | None:
    name = file.path.rpartition("/")[2]
    return RowKey(_DETECTOR, _VERSION, file.identity, name) if file.identity else None
