"""What tells that the program, and the data that come with it, are the ones of an earlier run."""

import csv
import functools
import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

_RECORD = "sovereign_ai_compliance-*.dist-info/RECORD"
_DECIDING = ("license-expression", "cel-expr-python")
"""Libraries whose version changes what is said of the same facts; a detector's own version covers the others."""

Records = Mapping[str, os.stat_result]
"""The records of files by their paths below the folder that a package is in."""


@functools.cache
def state() -> str | None:
    """A digest that names this program with its data, which aren't read; None where they aren't in files.

    Wherever the same release is installed and nothing of it was touched, the state is the same.
    """
    libraries = " ".join(f"{name} {version(name)}" for name in _DECIDING)
    try:
        files = state_of(Path(__file__).parent)
    except OSError:
        return None
    return hashlib.sha256(f"{sys.version} {libraries} {files}".encode()).hexdigest()


def state_of(package: Path) -> str:
    """A digest that names the files of `package`, by what its installer recorded, or else by their own records.

    Raises:
        OSError: the folder or a file in it can't be seen.
    """
    files = {os.path.relpath(path, package.parent): status for path, status in _records(package)}
    digest = hashlib.sha256()
    for line in sorted(_as_installed(package.parent, files) or _as_it_lies(package.parent, files)):
        digest.update(line.encode(errors="surrogateescape"))
    return digest.hexdigest()


def _as_installed(folder: Path, files: Records) -> list[str] | None:
    """A line for each of `files`; None where the record of the installation lacks one, or is older than one.

    The record is the last thing that an installer writes
    (https://packaging.python.org/en/latest/specifications/recording-installed-packages/).
    """
    records = list(folder.glob(_RECORD))
    if len(records) != 1:
        return None
    until = records[0].stat().st_mtime_ns
    with records[0].open(encoding="utf-8", newline="") as stream:
        recorded = {row[0]: (row[1], row[2]) for row in csv.reader(stream) if len(row) == 3}
    for path, status in files.items():
        digest, size = recorded.get(path, ("", ""))
        if not digest or size != str(status.st_size) or status.st_mtime_ns > until:
            return None
    return [f"{path}\0{recorded[path][0]}\n" for path in files]


def _as_it_lies(folder: Path, files: Records) -> list[str]:
    return [
        f"{folder}/{path}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}\n"
        for path, status in files.items()
    ]


def _records(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield entry.path, entry.stat()
            elif entry.name != "__pycache__":
                yield from _records(Path(entry.path))
