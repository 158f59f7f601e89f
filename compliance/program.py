"""What tells that the program, and the data that come with it, are the ones of an earlier run."""

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

_DECIDING = ("license-expression", "cel-expr-python")
"""Libraries whose version changes what is said of the same facts; a detector's own version covers the others."""


@functools.cache
def state() -> str | None:
    """A digest of the records of all files of this package, unread; None where they aren't files of their own."""
    libraries = " ".join(f"{name} {version(name)}" for name in _DECIDING)
    digest = hashlib.sha256(f"{sys.version} {libraries}".encode())
    try:
        for line in sorted(_records(Path(__file__).parent)):
            digest.update(line.encode(errors="surrogateescape"))
    except OSError:
        return None
    return digest.hexdigest()


def _records(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _records(Path(entry.path))
            else:
                status = entry.stat()
                yield f"{entry.path}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}\n"
