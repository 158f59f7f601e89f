"""Detector results by content, kept in SQLite between runs and shared by concurrent ones.

A row is keyed by detector, its version, the content's digest and what the detector reads from the name. A second
table remembers which digest a cheap identity (a stat record, a git blob id) stood for, so that an unchanged file
isn't examined again. Damage is noticed: rows carry a checksum, and a database that SQLite rejects is replaced by
an empty one. There is no protection against somebody who can write the file.
"""

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

logger = logging.getLogger(__name__)

SCHEMA_VERSION = 1
BUSY_SECONDS = 60.0
_BATCH = 400
_CREATE = """
CREATE TABLE IF NOT EXISTS finding_row (
    detector TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL, name_key TEXT NOT NULL,
    checksum BLOB NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (digest, detector, version, name_key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identity (identity TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
"""
T = TypeVar("T")


class RowKey(msgspec.Struct, frozen=True):
    """What the findings of one detector in one file depend on."""

    detector: str
    version: str
    digest: str
    """`sha256:` and 64 hexadecimal digits; or an identity, where the content has not been read."""
    name_key: str


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

    def close(self) -> None:
        """Write out everything."""


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

    def close(self) -> None:
        """Nothing to write."""


class SqliteCache:
    """A cache in one file, safe for several processes at once (write-ahead log)."""

    def __init__(self, path: Path) -> None:
        """Open or create the cache at `path`.

        Raises:
            OSError: the folder can't be created.
            sqlite3.OperationalError: the file can't be opened or written, or is locked for too long.
        """
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = self._open()

    def digests(self, identities: Sequence[str]) -> dict[str, str]:
        """The known digests among `identities`."""
        return dict(self._select("SELECT identity, digest FROM identity WHERE identity IN ({})", identities))

    def remember(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Record (identity, digest) pairs."""
        rows = list(pairs)
        self._guarded(partial(self._write, "INSERT OR REPLACE INTO identity VALUES (?, ?)", rows), None)

    def rows(self, digests: Sequence[str]) -> dict[RowKey, bytes]:
        """Every row about any of `digests`; damaged rows count as absent."""
        sql = "SELECT detector, version, digest, name_key, checksum, payload FROM finding_row WHERE digest IN ({})"
        found: dict[RowKey, bytes] = {}
        for detector, version, digest, name_key, checksum, payload in self._select(sql, digests):
            key = RowKey(detector, version, digest, name_key)
            if checksum == _checksum(key, payload):
                found[key] = payload
        return found

    def put(self, rows: Iterable[tuple[RowKey, bytes]]) -> None:
        """Record rows; existing ones are replaced."""
        values = [
            (key.detector, key.version, key.digest, key.name_key, _checksum(key, payload), payload)
            for key, payload in rows
        ]
        sql = "INSERT OR REPLACE INTO finding_row VALUES (?, ?, ?, ?, ?, ?)"
        self._guarded(partial(self._write, sql, values), None)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def _select(self, sql: str, values: Sequence[str]) -> list[Any]:
        """All rows of `sql`, whose `{}` stands for as many marks as there are values, asked in batches."""
        rows: list[Any] = []
        for start in range(0, len(values), _BATCH):
            batch = values[start : start + _BATCH]
            statement = sql.format(",".join("?" * len(batch)))
            rows += self._guarded(partial(self._fetch, statement, batch), [])
        return rows

    def _fetch(self, statement: str, values: Sequence[str]) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def _write(self, sql: str, rows: Sequence[tuple[str | bytes, ...]]) -> None:
        with self._connection:
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
            return _with_tables(sqlite3.connect(":memory:"))

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.OperationalError:
            raise  # says nothing of the content: another scan may be using the file right now
        except sqlite3.DatabaseError as error:
            logger.warning("cache %s is broken (%s); starting an empty one", self.path, error)
            return self._rebuild()

    def _rebuild(self) -> sqlite3.Connection:
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, SCHEMA_VERSION):
                raise sqlite3.DatabaseError(f"schema version {version}, expected {SCHEMA_VERSION}")
            return _with_tables(connection)
        except sqlite3.Error:
            connection.close()
            raise


def _with_tables(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.executescript(_CREATE)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    return connection


def _checksum(key: RowKey, payload: bytes) -> bytes:
    return hashlib.blake2b(msgspec.msgpack.encode(key) + payload, digest_size=16).digest()
