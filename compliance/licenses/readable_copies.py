"""Copies of texts for ScanCode to read: without the tables of vocabularies, where a file has such."""

from functools import lru_cache
from pathlib import Path

from compliance.licenses import scancode
from compliance.licenses.vocabulary_tables import Table, may_have_table, without_tables


def readable(location: Path) -> tuple[Path, tuple[Table, ...]]:
    """Where the text of the file at `location` is without tables, and the tables: the file itself if it has none.

    Lines keep their numbers. Raises OSError where the file can't be read, or a copy beside it can't be written.
    """
    status = location.stat()
    return _readable(location, (status.st_ino, status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=1)  # licenses and copyrights of one file are asked for one after the other
def _readable(location: Path, _record: tuple[int, ...]) -> tuple[Path, tuple[Table, ...]]:
    content = location.read_bytes()
    if not may_have_table(content):
        return location, ()
    try:
        text, tables = without_tables(content.decode("utf-8"), scancode.says_license)
    except UnicodeDecodeError:
        return location, ()
    if not tables:
        return location, ()
    copy = location.parent / f"{location.name}.without" / location.name  # ScanCode reads hints from the name
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(text.encode("utf-8"))
    return copy, tables
