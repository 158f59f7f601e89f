"""What was said of the files of a source is recalled as long as they stay, however often others change."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import kept_facts
from compliance.execution.file_stage import FileFacts
from compliance.kept_facts import KeptFacts
from compliance.sources.source import SourceFile
from compliance.store.cache import SqliteCache

DAY, BASE = 800_000, b"the detectors"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that nobody opens."""

    path: str
    size: int
    identity: str | None

    def open(self) -> BinaryIO:
        return BytesIO(bytes(self.size))


def scan(cache: SqliteCache, contents: Mapping[str, int], day: int = DAY) -> tuple[list[FileFacts], list[str]]:
    """Facts of files by name and content, and which of them had to be examined."""
    kept = KeptFacts(cache, "a source", BASE, day)
    files = [NamedFile(path, 7, f"content {content}") for path, content in contents.items()]
    recalled, others = kept.recall(files, None)
    kept.keep(recalled, new := [facts(file) for file in others])
    return [*recalled, *new], [one.path for one in others]


def facts(file: SourceFile) -> FileFacts:
    return FileFacts(file.path, file.size, (), (), file.identity, f"digest of {file.identity}")


_CONTENTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3))


@given(st.lists(_CONTENTS, max_size=8))
def test_the_files_of_every_state_have_their_own_facts(states: Sequence[Mapping[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = SqliteCache(Path(folder) / "cache.sqlite")
        for contents in states:
            found, _ = scan(cache, contents)

            said = {(one.path, one.identity, one.content) for one in found}
            assert said == {(path, f"content {one}", f"digest of content {one}") for path, one in contents.items()}
            assert scan(cache, contents)[1] == []


def test_only_what_changed_is_examined_and_written(cache: SqliteCache) -> None:
    scan(cache, dict.fromkeys("abcdef", 0))
    first = row_of(cache)

    _, examined = scan(cache, {**dict.fromkeys("abcdef", 0), "c": 1, "g": 0})

    assert examined == ["c", "g"]
    assert row_of(cache).blocks[: len(first.blocks)] == first.blocks


def test_files_that_went_and_came_back_are_known(cache: SqliteCache) -> None:
    scan(cache, dict.fromkeys("abcdef", 0))
    scan(cache, dict.fromkeys("abcd", 0))

    assert scan(cache, dict.fromkeys("abcdef", 0))[1] == []


def test_a_row_that_is_mostly_about_other_files_is_packed_anew(cache: SqliteCache) -> None:
    scan(cache, dict.fromkeys("abcdef", 0))

    scan(cache, {"a": 0, "z": 0})

    assert len(row_of(cache).blocks) == 1


def test_many_small_changes_are_packed_together(cache: SqliteCache) -> None:
    contents = dict.fromkeys(map(str, range(100)), 0)
    for change in range(100):
        contents["0"] = change
        scan(cache, contents)

    assert len(row_of(cache).blocks) <= kept_facts._MOST_BLOCKS_ADDED + 1
    assert scan(cache, contents)[1] == []


def test_the_next_day_is_noted_without_a_change(cache: SqliteCache) -> None:
    scan(cache, {"a": 0})

    scan(cache, {"a": 0}, DAY + 1)

    assert row_of(cache).day == DAY + 1


@pytest.fixture
def cache(tmp_path: Path) -> SqliteCache:
    return SqliteCache(tmp_path / "cache.sqlite")


def row_of(cache: SqliteCache) -> kept_facts._Row:
    (payload,) = cache.rows(["files:a source"]).values()
    return kept_facts._row(payload)
