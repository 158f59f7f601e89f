"""The cache is fast when it is right, and empty when it is wrong."""

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from compliance.store.cache import NoCache, RowKey, SqliteCache


def key(number: int = 0, *, version: str = "1", name_key: str = "") -> RowKey:
    return RowKey("detector", version, f"sha256:{number:064x}", name_key)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "findings.sqlite"


def test_a_row_is_found_again_by_its_digest(path: Path) -> None:
    SqliteCache(path).put([(key(1), b"one"), (key(2), b"two")])

    assert SqliteCache(path).rows([key(1).digest]) == {key(1): b"one"}


def test_rows_of_other_detector_versions_and_names_are_kept_apart(path: Path) -> None:
    cache = SqliteCache(path)
    cache.put([(key(1), b"a"), (key(1, version="2"), b"b"), (key(1, name_key="x.py"), b"c")])

    assert cache.rows([key(1).digest]) == {
        key(1): b"a",
        key(1, version="2"): b"b",
        key(1, name_key="x.py"): b"c",
    }


def test_an_identity_leads_to_the_digest_it_stood_for(path: Path) -> None:
    cache = SqliteCache(path)
    cache.remember([("stat:1", "sha256:a"), ("stat:2", "sha256:b")])

    assert cache.digests(["stat:2", "stat:3"]) == {"stat:2": "sha256:b"}


def test_more_values_than_fit_one_statement_are_asked_in_batches(path: Path) -> None:
    cache = SqliteCache(path)
    cache.put([(key(number), b"") for number in range(3_000)])

    assert len(cache.rows([key(number).digest for number in range(3_000)])) == 3_000


def test_a_file_that_is_no_database_is_replaced_by_an_empty_one(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is not a database, however long it may be " * 100)

    cache = SqliteCache(path)
    cache.put([(key(1), b"one")])

    assert cache.rows([key(1).digest]) == {key(1): b"one"}


def test_a_database_damaged_in_the_middle_gives_no_wrong_row_and_works_on(path: Path) -> None:
    cache = SqliteCache(path)
    cache.put([(key(number), b"payload" * 100) for number in range(500)])
    cache.close()
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)

    damaged = SqliteCache(path)
    rows = damaged.rows([key(number).digest for number in range(500)])
    damaged.put([(key(1), b"new")])

    assert all(payload == b"payload" * 100 for payload in rows.values())
    assert damaged.rows([key(1).digest])[key(1)] == b"new"


def test_a_row_whose_payload_was_changed_counts_as_absent(path: Path) -> None:
    cache = SqliteCache(path)
    cache.put([(key(1), b"one")])
    cache.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE finding_row SET payload = ?", (b"forged",))
    connection.close()

    assert SqliteCache(path).rows([key(1).digest]) == {}


def test_a_database_of_another_schema_version_is_replaced(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE finding_row (something INTEGER)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()

    cache = SqliteCache(path)
    cache.put([(key(1), b"one")])

    assert cache.rows([key(1).digest]) == {key(1): b"one"}


def _write_many(path: Path, first: int) -> None:
    cache = SqliteCache(path)
    for number in range(first, first + 200):
        cache.put([(key(number), str(number).encode())])
        cache.remember([(f"identity:{number}", key(number).digest)])
    cache.close()


def test_two_scans_may_write_at_once(path: Path) -> None:
    SqliteCache(path).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(path, first)) for first in (0, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    rows = SqliteCache(path).rows([key(number).digest for number in range(400)])
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert rows == {key(number): str(number).encode() for number in range(400)}


def test_without_a_cache_nothing_is_remembered() -> None:
    cache = NoCache()
    cache.put([(key(1), b"one")])
    cache.remember([("stat:1", key(1).digest)])

    assert cache.rows([key(1).digest]) == {}
    assert cache.digests(["stat:1"]) == {}
