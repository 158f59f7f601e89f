"""The cache's file: its tables, and what it takes to open it."""

import datetime
import hashlib
import sqlite3
from pathlib import Path

import msgspec

SCHEMA_VERSION = 2
BUSY_SECONDS = 60.0
CREATE = """
CREATE TABLE IF NOT EXISTS finding_row (
    detector TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL, name_key TEXT NOT NULL,
    checksum BLOB NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (digest, detector, version, name_key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identity (
    identity TEXT PRIMARY KEY, digest TEXT NOT NULL, day INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS content_day (digest TEXT PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS version_day (
    detector TEXT NOT NULL, version TEXT NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (detector, version)
) WITHOUT ROWID;
"""
"""Days are those on which something was used last, counted from the first of January of the year 1. They stand in
tables of their own, which are small, so that a day's first run doesn't write all rows anew."""
INSERT_ROW = "INSERT OR {} INTO finding_row VALUES (?, ?, ?, ?, ?, ?)"
MARK_CONTENT = "INSERT OR REPLACE INTO content_day VALUES (?, ?)"
MARK_VERSION = "INSERT OR REPLACE INTO version_day VALUES (?, ?, ?)"


class RowKey(msgspec.Struct, frozen=True):
    """What the findings of one detector in one file depend on."""

    detector: str
    version: str
    digest: str
    """`sha256:` and 64 hexadecimal digits; or an identity, where the content has not been read."""
    name_key: str


def checksum(key: RowKey, payload: bytes) -> bytes:
    """What tells that a row is as it was written, 16 bytes."""
    return hashlib.blake2b(msgspec.msgpack.encode(key) + payload, digest_size=16).digest()


def row_values(key: RowKey, payload: bytes) -> tuple[str | bytes, ...]:
    """The values of `INSERT_ROW`."""
    return key.detector, key.version, key.digest, key.name_key, checksum(key, payload), payload


def connect(path: Path) -> sqlite3.Connection:
    """The database at `path`, which is made where there is none.

    Raises:
        sqlite3.OperationalError: it can't be opened or written, or is locked for too long.
        sqlite3.DatabaseError: it is no database, or one of another version.
    """
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # so that pruning needs no second copy on a full disk
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, SCHEMA_VERSION):
            raise sqlite3.DatabaseError(f"schema version {version}, expected {SCHEMA_VERSION}")
        return with_tables(connection)
    except sqlite3.Error:
        connection.close()
        raise


def with_tables(connection: sqlite3.Connection) -> sqlite3.Connection:
    """`connection`, with every table."""
    connection.executescript(CREATE)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    return connection


def day_of(date: datetime.date | None = None) -> int:
    """The number of the day `date`, today's by default."""
    return (date or datetime.datetime.now(tz=datetime.UTC).astimezone().date()).toordinal()
