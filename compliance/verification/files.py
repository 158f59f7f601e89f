"""Files of a report on disk: read without following links, bounded, never waiting for a pipe."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from compliance.sources.disk_file import open_regular

LARGEST_ASSESSMENT = 1 << 29
"""Bytes; an assessment is read as a whole."""
MOST_FILES = 100_000
"""Of a folder that is walked."""
_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """Digest of a regular file of any size, in hexadecimal. Raises OSError where none can be read."""
    digest = hashlib.sha256()
    with open_regular(os.fsencode(path)) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def content_of(path: Path, largest: int) -> bytes | None:
    """The content of a regular file, None if over `largest` bytes. Raises OSError where none is readable."""
    with open_regular(os.fsencode(path)) as stream:
        content = stream.read(largest + 1)
    return content if len(content) <= largest else None


def below(folder: Path) -> Iterator[str]:
    """Every file below `folder`, and everything else that is no folder, relative to it; at most `MOST_FILES`."""
    met = 0
    for where, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        for name in sorted([*names, *links]):
            met += 1
            if met > MOST_FILES:
                return
            yield (Path(where) / name).relative_to(folder).as_posix()
