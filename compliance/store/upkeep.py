"""What is done to a cache as a whole: telling what it holds, taking in another one, removing what nobody uses."""

import itertools
import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from compliance.store import database
from compliance.store.database import RowKey

_ROWS_AT_ONCE = 2_000
_MOST_ROUNDS = 4
"""How often the oldest contents are removed until the file is small enough: its size is known only afterwards."""


class VersionRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one version of a detector."""

    detector: str
    version: str
    rows: int
    bytes: int
    used: int
    """Number of the day on which it was used last; 0 where nothing says so."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a cache holds."""

    bytes: int
    """Of the file, without what is free in it."""
    contents: int
    identities: int
    oldest: int
    """Number of the day on which the content that was used longest ago was used last; 0 without any."""
    versions: tuple[VersionRows, ...]

    @property
    def rows(self) -> int:
        """Of all detectors."""
        return sum(one.rows for one in self.versions)


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What came of taking in another cache."""

    added: int
    known: int
    """Rows that were here already, and the same."""
    differing: int
    """Rows that were here already and say something else; those here stay."""


def summary(connection: sqlite3.Connection) -> Summary:
    """What the cache holds. Raises sqlite3.Error where it can't be read."""
    rows = connection.execute(
        """SELECT detector, version, COUNT(*), SUM(LENGTH(payload)), IFNULL(MAX(day), 0)
        FROM finding_row LEFT JOIN version_day USING (detector, version)
        GROUP BY detector, version ORDER BY detector, version"""
    )
    versions = [
        VersionRows(detector=detector, version=version, rows=count, bytes=size, used=used)
        for detector, version, count, size, used in rows
    ]
    return Summary(
        bytes=_size(connection),
        contents=_one(connection, "SELECT COUNT(DISTINCT digest) FROM finding_row"),
        identities=_one(connection, "SELECT COUNT(*) FROM identity"),
        oldest=_one(connection, "SELECT IFNULL(MIN(day), 0) FROM content_day"),
        versions=tuple(versions),
    )


def merge(connection: sqlite3.Connection, rows: Iterable[tuple[RowKey, bytes]], today: int) -> Merged:
    """Take in `rows`; what is here already stays. Each counts as used `today`, so that it isn't pruned at once.

    Raises:
        sqlite3.Error: the cache can't be written, such as on a full disk; what was taken in before stays.
    """
    left = iter(rows)
    merged = Merged(added=0, known=0, differing=0)
    while batch := list(itertools.islice(left, _ROWS_AT_ONCE)):
        one = _merge(connection, batch, today)
        merged = Merged(
            added=merged.added + one.added,
            known=merged.known + one.known,
            differing=merged.differing + one.differing,
        )
    return merged


def prune(connection: sqlite3.Connection, today: int, unused_for: int | None, largest: int | None) -> None:
    """Remove what wasn't used for `unused_for` days, then what was used longest ago, down to `largest` bytes.

    What was used `today` stays, however large it is. Rows of detector versions that nobody used go as well.

    Raises:
        sqlite3.Error: the cache can't be written, or is in use for too long.
    """
    if unused_for is not None:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            _remove_unused(connection, today - unused_for)
        _shrink(connection)
    if largest is not None:
        _remove_oldest(connection, today, largest)


def _merge(connection: sqlite3.Connection, rows: Sequence[tuple[RowKey, bytes]], today: int) -> Merged:
    insert = database.INSERT_ROW.format("IGNORE")
    added = known = 0
    with connection:
        for key, payload in rows:
            if connection.execute(insert, database.row_values(key, payload)).rowcount:
                added += 1
            else:
                known += _is_same(connection, key, payload)
        days = sorted({(key.digest, today) for key, _ in rows})
        versions = sorted({(key.detector, key.version, today) for key, _ in rows})
        connection.executemany(database.MARK_CONTENT, days)
        connection.executemany(database.MARK_VERSION, versions)
    return Merged(added=added, known=known, differing=len(rows) - added - known)


def _is_same(connection: sqlite3.Connection, key: RowKey, payload: bytes) -> bool:
    sql = "SELECT payload FROM finding_row WHERE digest = ? AND detector = ? AND version = ? AND name_key = ?"
    found = connection.execute(sql, (key.digest, key.detector, key.version, key.name_key)).fetchone()
    return found is not None and found[0] == payload


def _remove_unused(connection: sqlite3.Connection, first: int) -> None:
    """Remove what was used last before the day `first`."""
    connection.execute(
        """DELETE FROM finding_row WHERE digest NOT IN (SELECT digest FROM content_day WHERE day >= :first)
        OR (detector, version) NOT IN (SELECT detector, version FROM version_day WHERE day >= :first)""",
        {"first": first},
    )
    connection.execute("DELETE FROM identity WHERE day < ?", (first,))
    connection.execute("DELETE FROM content_day WHERE day < ?", (first,))
    connection.execute("DELETE FROM version_day WHERE day < ?", (first,))


def _remove_oldest(connection: sqlite3.Connection, today: int, largest: int) -> None:
    for _ in range(_MOST_ROUNDS):
        size = _size(connection)
        if size <= largest:
            return
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            removed = _oldest(connection, today, 1 - largest / size)
            connection.executemany("DELETE FROM finding_row WHERE digest = ?", removed)
            connection.executemany("DELETE FROM content_day WHERE digest = ?", removed)
            # an identity of a content of which nothing is known any more spares no work
            connection.execute(
                "DELETE FROM identity WHERE day < ? AND digest NOT IN (SELECT digest FROM content_day)", (today,)
            )
        _shrink(connection)
        if not removed:
            return


def _oldest(connection: sqlite3.Connection, today: int, share: float) -> list[tuple[str]]:
    """The contents that were used longest ago, before `today`, with together this `share` of all bytes."""
    sized = connection.execute(
        """SELECT digest, day, SUM(LENGTH(payload) + LENGTH(version) + LENGTH(name_key)) + 100 * COUNT(*)
        FROM finding_row JOIN content_day USING (digest) GROUP BY digest ORDER BY day, digest"""
    ).fetchall()
    left = share * sum(size for _, _, size in sized)
    removed: list[tuple[str]] = []
    for digest, day, size in sized:
        if left <= 0 or day >= today:
            break
        removed.append((digest,))
        left -= size
    return removed


def _shrink(connection: sqlite3.Connection) -> None:
    """Give free space back to the disk. Waits for others to finish what they write."""
    connection.executescript("PRAGMA incremental_vacuum")  # execute would take one step, which frees one page
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _size(connection: sqlite3.Connection) -> int:
    pages = _one(connection, "PRAGMA page_count") - _one(connection, "PRAGMA freelist_count")
    return pages * _one(connection, "PRAGMA page_size")


def _one(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])
