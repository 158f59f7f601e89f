"""Private copies of files, each alone in a folder under the file's own name, which libraries read hints from.

A folder that is done with is emptied and renamed: some disks take three milliseconds to remove one, as long as a
small file's examination. No two copies have one path, by which libraries remember what a file is.
"""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path
from typing import BinaryIO

from compliance.sources.source import SourceFile

_CHUNK = 1 << 20
_LONGEST_NAME = 100


class Places:
    """Folders inside one folder, each for one copy."""

    def __init__(self, folder: Path) -> None:
        """Make them in `folder` as they are needed."""
        self._folder = folder
        self._given = 0
        self._empty: list[Path] = []

    def take(self) -> Path:
        """An empty folder under a name that none had before. Raises OSError where none can be made."""
        place = self._folder / str(self._given)
        self._given += 1
        if self._empty:
            return self._empty.pop().rename(place)
        place.mkdir()
        return place

    def give_back(self, place: Path) -> None:
        """Empty `place`, which is done with; what can't be emptied is left."""
        with contextlib.suppress(OSError):
            with os.scandir(place) as entries:
                for entry in list(entries):
                    (shutil.rmtree if entry.is_dir(follow_symlinks=False) else os.unlink)(entry)
            self._empty.append(place)


class Copy:
    """A private copy of a file, which is put on disk only where it is large or somebody must look at it."""

    def __init__(self, places: Places, file: SourceFile) -> None:
        """Of `file`, at one of `places`."""
        self._places = places
        self._file = file
        self._small: bytes | None = None
        self._location: Path | None = None

    def read(self, limit: int) -> tuple[str, int]:
        """Take at most `limit` bytes of the file and one more; their digest, and how many they are."""
        with self._file.open() as content:
            first = _beginning(content, min(_CHUNK, limit + 1))
            if len(first) < _CHUNK:
                self._small = first
                return f"sha256:{hashlib.sha256(first).hexdigest()}", len(first)
            digest, size = hashlib.sha256(first), len(first)
            with self._place().open("wb") as copy:
                copy.write(first)
                while size <= limit and (chunk := content.read(min(_CHUNK, limit + 1 - size))):
                    digest.update(chunk)
                    copy.write(chunk)
                    size += len(chunk)
        return f"sha256:{digest.hexdigest()}", size

    def written(self) -> Path:
        """Where the copy is on disk."""
        location = self._location or self._place()
        if self._small is not None:
            location.write_bytes(self._small)
            self._small = None
        return location

    def remove(self) -> None:
        """Leave nothing of it on disk."""
        self._small = None
        if self._location is not None:
            self._places.give_back(self._location.parent)
            self._location = None

    def _place(self) -> Path:
        self._location = self._places.take() / _file_name(self._file.path)
        return self._location


def _beginning(content: BinaryIO, count: int) -> bytes:
    """The first `count` bytes, or all where there are fewer."""
    first = b""
    while len(first) < count and (more := content.read(count - len(first))):
        first += more
    return first


def _file_name(path: str) -> str:
    """A name for the private copy: the file's own, shortened from the front where it is too long for one."""
    name = path.rsplit("/", 1)[-1].replace("\0", "")
    while len(name.encode("utf-8", "surrogatepass")) > 2 * _LONGEST_NAME:
        name = name[-_LONGEST_NAME:] if len(name) > _LONGEST_NAME else name[len(name) // 2 :]
    return name if name not in {"", ".", ".."} else "unnamed"
