"""A cache travels as one file: the same rows are the same bytes, and nothing damaged or foreign is believed."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.store import database, exchange
from compliance.store.cache import RowKey, SqliteCache
from compliance.store.exchange import Fault

Rows = dict[RowKey, bytes]


def key(number: int, version: str = "1") -> RowKey:
    return RowKey("detector", version, f"sha256:{number:064x}", "a.py")


THREE: Rows = {key(1): b"one", key(2): b"two" * 1_000, key(2, "2"): b""}


def exported(rows: Rows, folder: Path) -> bytes:
    cache = SqliteCache(folder / "cache.sqlite")
    cache.put(rows.items())
    cache.close()
    connection = database.connect(folder / "cache.sqlite")
    stream = io.BytesIO()
    exchange.write(connection, stream)
    connection.close()
    return stream.getvalue()


def taken(content: bytes) -> tuple[Rows, list[Fault]]:
    found = list(exchange.read(io.BytesIO(content), len(content)))
    rows = dict(one for one in found if not isinstance(one, Fault))
    return rows, [one for one in found if isinstance(one, Fault)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return exported(THREE, tmp_path_factory.mktemp("cache"))


def packed(*parts: bytes) -> bytes:
    return gzip.compress(b"".join(parts), mtime=0)


def test_what_is_exported_is_read_again(tmp_path: Path) -> None:
    assert taken(exported(THREE, tmp_path)) == (THREE, [])


def test_an_empty_cache_is_exported_too(tmp_path: Path) -> None:
    assert taken(exported({}, tmp_path)) == ({}, [])


def test_the_same_rows_are_the_same_bytes_in_whatever_order_they_were_found(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()

    assert exported(THREE, tmp_path / "one") == exported(dict(reversed(THREE.items())), tmp_path / "other")


def test_identities_stay_at_home(tmp_path: Path) -> None:
    by_identity = {RowKey("weights", "1", "stat:1:2:3", ""): b"a", RowKey("weights", "1", "git-blob:ab", ""): b"b"}
    cache = SqliteCache(tmp_path / "cache.sqlite")
    cache.remember([("git-blob:cd", key(1).digest)])
    cache.close()

    content = exported({**THREE, **by_identity}, tmp_path)

    assert taken(content) == (THREE, [])
    assert b"git-blob" not in gzip.decompress(content)


def test_a_row_that_is_damaged_in_the_cache_is_left_out(tmp_path: Path) -> None:
    exported(THREE, tmp_path)
    connection = database.connect(tmp_path / "cache.sqlite")
    with connection:
        connection.execute("UPDATE finding_row SET payload = ? WHERE digest = ?", (b"forged", key(1).digest))
    stream = io.BytesIO()

    assert exchange.write(connection, stream) == 2
    assert key(1) not in taken(stream.getvalue())[0]


def test_a_changed_row_is_refused_with_its_place_and_the_others_are_taken(tmp_path: Path) -> None:
    content = bytearray(gzip.decompress(exported(THREE, tmp_path)))
    at = content.index(b"twotwo")
    content[at] ^= 1

    rows, faults = taken(gzip.compress(bytes(content)))

    assert rows == {key(1): b"one", key(2, "2"): b""}
    assert faults[0].row == 2
    assert content.index(b"one") < faults[0].byte < at
    assert "checksum" in faults[0].message.en


def test_a_row_too_few_is_told_at_the_end(tmp_path: Path) -> None:
    content = gzip.decompress(exported(THREE, tmp_path))
    begin = len(exchange.MAGIC)
    first = begin + 20 + int.from_bytes(content[begin : begin + 4], "big")

    rows, faults = taken(packed(content[:begin], content[first:]))

    assert len(rows) == 2
    assert [one.ends for one in faults] == [True]


@pytest.mark.parametrize("foreign", [b"", b"SQLite format 3\0", packed(b"something else"), packed(b"")])
def test_a_foreign_file_is_refused(foreign: bytes) -> None:
    rows, faults = taken(foreign)

    assert rows == {}
    assert [(one.row, one.byte, one.ends) for one in faults] == [(1, 0, True)]


def test_a_row_of_another_shape_is_refused(tmp_path: Path) -> None:
    body = b"\x93\x01\x02\x03"
    frame = len(body).to_bytes(4, "big") + exchange._sum(body) + body

    rows, faults = taken(packed(exchange.MAGIC, frame))

    assert rows == {}
    assert "no row" in faults[0].message.en


def test_what_unpacks_to_far_more_than_any_export_is_given_up() -> None:
    row = (60 << 20).to_bytes(4, "big") + bytes(16) + bytes(60 << 20)

    rows, faults = taken(packed(exchange.MAGIC, row, row, row))

    assert rows == {}
    assert faults[-1].ends
    assert "don't use this file" in faults[-1].message.en


def test_a_length_that_cannot_be_ends_the_reading() -> None:
    _, faults = taken(packed(exchange.MAGIC, b"\xff\xff\xff\xff"))

    assert [one.ends for one in faults] == [True]


@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255), cut_off=st.booleans())
def test_no_damage_gives_a_wrong_row_or_goes_unnoticed(
    whole: bytes, place: float, change: int, cut_off: bool
) -> None:
    # the bytes of gzip's own header that say when and on which system it was packed mean nothing to us
    at = 10 + int(place * (len(whole) - 10))
    content = bytearray(whole)
    content[at] ^= change
    if cut_off:
        content = content[:at]

    rows, faults = taken(bytes(content))

    assert rows.items() <= THREE.items()
    assert faults
