"""Caches are merged without losing or changing anything, and pruned of what nobody uses."""

import io
import multiprocessing
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.store import database, exchange, upkeep
from compliance.store.cache import RowKey, SqliteCache

TODAY = 800_000
Rows = Mapping[RowKey, bytes]


def key(number: int, version: str = "1") -> RowKey:
    return RowKey("detector", version, f"sha256:{number:064x}", "")


def filled(path: Path, rows: Rows, day: int = TODAY) -> Path:
    cache = SqliteCache(path, day)
    cache.put(rows.items())
    cache.close()
    return path


def in_memory(rows: Rows) -> sqlite3.Connection:
    connection = database.with_tables(sqlite3.connect(":memory:"))
    upkeep.merge(connection, rows.items(), TODAY)
    return connection


def exported(connection: sqlite3.Connection) -> Iterator[tuple[RowKey, bytes]]:
    stream = io.BytesIO()
    exchange.write(connection, stream)
    for one in exchange.read(io.BytesIO(stream.getvalue()), len(stream.getvalue())):
        assert not isinstance(one, exchange.Fault)
        yield one


def everything(path: Path) -> dict[RowKey, bytes]:
    connection = database.connect(path)
    rows = connection.execute("SELECT detector, version, digest, name_key, payload FROM finding_row").fetchall()
    connection.close()
    return {RowKey(*parts): payload for *parts, payload in rows}


def merged(path: Path, rows: Rows) -> upkeep.Merged:
    connection = database.connect(path)
    try:
        return upkeep.merge(connection, rows.items(), TODAY)
    finally:
        connection.close()


def pruned(path: Path, unused_for: int | None = None, largest: int | None = None) -> dict[RowKey, bytes]:
    connection = database.connect(path)
    upkeep.prune(connection, TODAY, unused_for, largest)
    connection.close()
    return everything(path)


PAYLOADS = st.dictionaries(
    st.builds(key, st.integers(0, 20), st.sampled_from(["1", "2"])), st.just(b"finding"), max_size=30
)


@given(one=PAYLOADS, other=PAYLOADS)
def test_two_caches_made_apart_merge_to_the_same_as_one(one: Rows, other: Rows) -> None:
    apart, together = in_memory(one), in_memory({**one, **other})

    counts = upkeep.merge(apart, exported(in_memory(other)), TODAY)

    assert list(exported(apart)) == list(exported(together))
    assert (counts.added, counts.known) == (len(other.keys() - one.keys()), len(other.keys() & one.keys()))


def test_a_row_that_is_there_already_stays_and_a_difference_is_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {key(1): b"own"})

    counts = merged(path, {key(1): b"foreign", key(2): b"new"})

    assert everything(path) == {key(1): b"own", key(2): b"new"}
    assert (counts.added, counts.known, counts.differing) == (1, 0, 1)


def test_what_was_merged_is_found_like_what_was_put(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {})

    merged(path, {key(1): b"one"})

    assert SqliteCache(path).rows([key(1).digest]) == {key(1): b"one"}


def test_what_was_merged_today_is_not_pruned_today(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {})
    merged(path, {key(1): b"one"})

    assert pruned(path, unused_for=0) == {key(1): b"one"}


def test_what_was_merged_to_an_old_content_is_not_pruned_today(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {key(1, "1"): b"old"}, TODAY - 100)
    merged(path, {key(1, "2"): b"new"})

    assert pruned(path, unused_for=0) == {key(1, "2"): b"new"}


def test_what_nobody_used_for_long_enough_is_removed(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {key(1): b"old"}, TODAY - 31)
    filled(path, {key(2): b"new"}, TODAY - 30)

    assert pruned(path, unused_for=30) == {key(2): b"new"}


def test_a_content_that_is_found_again_counts_as_used(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {key(1): b"one", key(2): b"two"}, TODAY - 100)
    cache = SqliteCache(path, TODAY)
    cache.rows([key(1).digest])
    cache.used([("detector", "1")])
    cache.close()

    assert pruned(path, unused_for=0) == {key(1): b"one"}


def test_rows_of_a_detector_version_that_nobody_uses_are_removed(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {key(1, "1"): b"before", key(1, "2"): b"after"}, TODAY - 100)
    cache = SqliteCache(path, TODAY)
    cache.rows([key(1).digest])
    cache.used([("detector", "2")])
    cache.close()

    assert pruned(path, unused_for=30) == {key(1, "2"): b"after"}


def test_identities_go_with_their_contents(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    for number, day in ((1, TODAY - 100), (2, TODAY)):
        cache = SqliteCache(path, day)
        cache.put([(key(number), b"")])
        cache.remember([(f"stat:{number}", key(number).digest)])
        cache.close()

    pruned(path, unused_for=30)

    assert SqliteCache(path, TODAY).digests(["stat:1", "stat:2"]) == {"stat:2": key(2).digest}


def test_an_identity_that_is_asked_for_stays(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    cache = SqliteCache(path, TODAY - 100)
    cache.remember([("stat:1", key(1).digest)])
    cache.close()
    SqliteCache(path, TODAY).digests(["stat:1"])

    pruned(path, unused_for=0)

    assert SqliteCache(path, TODAY).digests(["stat:1"]) == {"stat:1": key(1).digest}


def test_what_was_used_longest_ago_goes_until_the_rest_is_small_enough(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    for age in range(10):
        filled(path, {key(100 * age + number): bytes(10_000) for number in range(30)}, TODAY - age)

    left = pruned(path, largest=1_500_000)

    assert path.stat().st_size <= 1_500_000
    ages = {int(one.digest[7:], 16) // 100 for one in left}
    assert ages == set(range(max(ages) + 1))
    assert ages


def test_what_was_used_today_stays_however_large_it_is(tmp_path: Path) -> None:
    rows = {key(number): bytes(10_000) for number in range(30)}
    path = filled(filled(tmp_path / "cache", {key(999): b"old"}, TODAY - 1), rows)

    assert pruned(path, unused_for=0, largest=0) == rows


def test_the_summary_counts_what_there_is(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {key(1): b"one", key(1, "2"): b"", key(2): b"two"}, TODAY - 1)
    connection = database.connect(path)

    said = upkeep.summary(connection)

    assert (said.rows, said.contents, said.oldest) == (3, 2, TODAY - 1)
    assert [(one.version, one.rows, one.bytes, one.used) for one in said.versions] == [
        ("1", 2, 6, TODAY - 1),
        ("2", 1, 0, TODAY - 1),
    ]


def _scan(path: Path, first: int) -> None:
    for number in range(first, first + 20):
        cache = SqliteCache(path, TODAY)
        cache.put([(key(number), str(number).encode())])
        assert cache.rows([key(number).digest]) == {key(number): str(number).encode()}
        cache.close()


def test_two_scans_lose_nothing_while_a_third_prunes(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {key(number): b"old" for number in range(1_000, 1_200)}, TODAY - 100)
    context = multiprocessing.get_context("spawn")
    scans = [context.Process(target=_scan, args=(path, first)) for first in (0, 20)]
    for scan in scans:
        scan.start()
    while any(scan.is_alive() for scan in scans):
        pruned(path, unused_for=30, largest=0)
        time.sleep(0.02)
    for scan in scans:
        scan.join()

    assert [scan.exitcode for scan in scans] == [0, 0]
    assert pruned(path, unused_for=0) == {key(number): str(number).encode() for number in range(40)}


def test_a_full_disk_costs_what_is_merged_and_nothing_that_was_there(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache", {key(1): b"one"})
    connection = database.connect(path)
    connection.execute("PRAGMA max_page_count = 20")

    with pytest.raises(sqlite3.OperationalError, match="full"):
        upkeep.merge(connection, [(key(number), bytes(1_000)) for number in range(2, 1_000)], TODAY)
    connection.close()

    assert everything(path) == {key(1): b"one"}
