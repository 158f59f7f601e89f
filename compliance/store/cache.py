"""Detector results by content, kept in SQLite between runs and shared by concurrent ones.

A row is keyed by detector, its version, the content's digest and what the detector reads from the name. A second
table remembers which digest a cheap identity (a stat record, a git blob id) stood for, so that an unchanged file
isn't examined again. Damage is noticed: rows carry a checksum, and a database that SQLite rejects is replaced by
an empty one. There is no protection against somebody who can write the file. What was used on which day last is
noted once a day, so that the rest can be pruned (`upkeep`).
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from compliance.store import database
from compliance.store.database import RowKey, checksum, row_values

__all__ = ["Cache", "NoCache", "RowKey", "SqliteCache", "row"]

logger = logging.getLogger(__name__)

_BATCH = 400
T = TypeVar("T")


class Cache(Protocol):
    """Findings by content, and digests by identity."""

    def digests(self, identities: Sequence[str]) -> dict[str, str]:
        """The known digests among `identities`."""

    def remember(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Record (identity, digest) pairs."""

    def rows(self, digests: Sequence[str]) -> dict[RowKey, bytes]:
        """Every row about any of `digests`."""

    def put(self, rows: Iterable[tuple[RowKey, bytes]]) -> None:
        """Record rows; existing ones are replaced."""

    def used(self, versions: Iterable[tuple[str, str]]) -> None:
        """Note that these detectors (name and version) are in use."""

    def contents_used(self, digests: Iterable[str]) -> None:
        """Note that the rows about these contents are in use."""

    def close(self) -> None:
        """Write out everything."""


def row(cache: Cache, key: RowKey) -> bytes | None:
    """The one row of `cache` under `key`; None where there is none."""
    return cache.rows([key.digest]).get(key)


class NoCache:
    """Remembers nothing (`--no-cache`)."""

    def digests(self, identities: Sequence[str]) -> dict[str, str]:
        """None are known."""
        return {}

    def remember(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Forgets them."""

    def rows(self, digests: Sequence[str]) -> dict[RowKey, bytes]:
        """None are known."""
        return {}

    def put(self, rows: Iterable[tuple[RowKey, bytes]]) -> None:
        """Forgets them."""

    def used(self, versions: Iterable[tuple[str, str]]) -> None:
        """Forgets them."""

    def contents_used(self, digests: Iterable[str]) -> None:
        """Forgets them."""

    def close(self) -> None:
        """Nothing to write."""


class SqliteCache:
    """A cache in one file, safe for several processes at once (write-ahead log)."""

    def __init__(self, path: Path, day: int | None = None) -> None:
        """Open or create the cache at `path`; `day` is today's number (`database.day_of`).

        Raises:
            OSError: the folder can't be created.
            sqlite3.OperationalError: the file can't be opened or written, or is locked for too long.
        """
        self.path = path
        self._day = database.day_of() if day is None else day
        self._used: set[str] = set()
        """Digests whose use is still to be noted."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = self._open()

    def digests(self, identities: Sequence[str]) -> dict[str, str]:
        """The known digests among `identities`."""
        rows = self._select("SELECT identity, digest, day FROM identity WHERE identity IN ({})", identities)
        self.remember((identity, digest) for identity, digest, day in rows if day < self._day)
        return {identity: digest for identity, digest, _ in rows}

    def remember(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Record (identity, digest) pairs."""
        rows = [(identity, digest, self._day) for identity, digest in pairs]
        self._write(("INSERT OR REPLACE INTO identity VALUES (?, ?, ?)", rows))

    def rows(self, digests: Sequence[str]) -> dict[RowKey, bytes]:
        """Every row about any of `digests`; damaged rows count as absent."""
        sql = "SELECT detector, version, digest, name_key, checksum, payload FROM finding_row WHERE digest IN ({})"
        found: dict[RowKey, bytes] = {}
        for detector, version, digest, name_key, sum_, payload in self._select(sql, digests):
            key = RowKey(detector, version, digest, name_key)
            if sum_ == checksum(key, payload):
                found[key] = payload
        self.contents_used(key.digest for key in found)
        return found

    def put(self, rows: Iterable[tuple[RowKey, bytes]]) -> None:
        """Record rows; existing ones are replaced."""
        values = [row_values(key, payload) for key, payload in rows]
        days = {digest: self._day for _, _, digest, *_ in values}
        versions = {(detector, version, self._day) for detector, version, *_ in values}
        self._write(
            (database.INSERT_ROW.format("REPLACE"), values),
            (database.MARK_CONTENT, list(days.items())),
            (database.MARK_VERSION, sorted(versions)),
        )

    def used(self, versions: Iterable[tuple[str, str]]) -> None:
        """Note that these detectors (name and version) are in use."""
        sql = "SELECT detector, version FROM version_day WHERE day >= ?"
        known = set(map(tuple, self._guarded(partial(self._fetch, sql, [self._day]), list[Any]())))
        new = sorted({*versions} - known)
        self._write((database.MARK_VERSION, [(*version, self._day) for version in new]))

    def contents_used(self, digests: Iterable[str]) -> None:
        """Note that the rows about these contents are in use."""
        self._used.update(digests)
        if len(self._used) >= _BATCH:
            self._mark_used()

    def _mark_used(self) -> None:
        digests, self._used = sorted(self._used), set()
        sql = "SELECT digest FROM content_day WHERE day >= ? AND digest IN ({})"
        fresh = {digest for (digest,) in self._select(sql, digests, self._day)}
        self._write((database.MARK_CONTENT, [(digest, self._day) for digest in digests if digest not in fresh]))

    def close(self) -> None:
        """Note what was used, and close the database."""
        self._mark_used()
        self._connection.close()

    def _select(self, sql: str, values: Sequence[str], *first: int) -> list[Any]:
        """All rows of `sql`, whose `{}` stands for as many marks as there are values, asked in batches.

        Other marks stand before these, for what comes `first`.
        """
        rows: list[Any] = []
        for start in range(0, len(values), _BATCH):
            batch = values[start : start + _BATCH]
            statement = sql.format(",".join("?" * len(batch)))
            rows += self._guarded(partial(self._fetch, statement, [*first, *batch]), list[Any]())
        return rows

    def _fetch(self, statement: str, values: Sequence[str | int]) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def _write(self, *changes: tuple[str, Sequence[tuple[Any, ...]]]) -> None:
        """All `changes` (a statement and its rows) at once, or none."""
        if any(rows for _, rows in changes):
            self._guarded(partial(self._write_all, changes), None)

    def _write_all(self, changes: Iterable[tuple[str, Sequence[tuple[Any, ...]]]]) -> None:
        with self._connection:
            for sql, rows in changes:
                self._connection.executemany(sql, rows)

    def _guarded(self, work: Callable[[], T], otherwise: T) -> T:
        """`work()`; where the database turns out to be broken, start an empty one and return `otherwise`."""
        try:
            return work()
        except sqlite3.OperationalError as error:
            # a full disk or a lock held too long: the scan goes on, only without this part of the cache
            logger.warning("cache %s: %s; continuing without it", self.path, error)
            return otherwise
        except sqlite3.DatabaseError as error:
            logger.warning("cache %s is broken (%s); starting an empty one", self.path, error)
            self._connection.close()
            self._connection = self._replacement()
            return otherwise

    def _replacement(self) -> sqlite3.Connection:
        """An empty database at the same place; in memory where that can't be had any more."""
        try:
            return self._rebuild()
        except (OSError, sqlite3.Error):
            return database.with_tables(sqlite3.connect(":memory:"))

    def _open(self) -> sqlite3.Connection:
        try:
            return database.connect(self.path)
        except sqlite3.OperationalError:
            raise  # says nothing of the content: another scan may be using the file right now
        except sqlite3.DatabaseError as error:
            logger.warning("cache %s is broken (%s); starting an empty one", self.path, error)
            return self._rebuild()

    def _rebuild(self) -> sqlite3.Connection:
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        return database.connect(self.path)
