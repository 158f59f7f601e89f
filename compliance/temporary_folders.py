"""Private temporary folders whose place is known before they are made.

A signal that ends the run may arrive between the making of a folder and the noting of its name, and would then
leave it behind.
"""

import contextlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


def new_place(prefix: str) -> Path:
    """Where nothing is yet: note it to be removed, then make it with `make`."""
    return Path(tempfile.gettempdir()) / f"{prefix}{secrets.token_hex(8)}"


def make(place: Path) -> None:
    """Make the folder at `place`, closed to other users. Raises OSError where it can't, or where something is."""
    place.mkdir(mode=0o700)


@contextlib.contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """A folder that is removed at the end, whatever ends it."""
    place = new_place(prefix)
    try:
        make(place)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
