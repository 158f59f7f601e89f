"""Of a source in which nothing changed, what was said last time is said again, and only then."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pytest

from compliance import kept_facts, whole_source
from compliance.execution.progress import Silent
from compliance.model.finding import DependencyFinding, Finding, ModelCardFinding, place
from compliance.model.submission import SourceReference
from compliance.settings import Settings
from compliance.sources.source import Members, SourceFile
from compliance.stages import Stages
from compliance.store import database
from compliance.store.cache import Cache, NoCache, RowKey, SqliteCache
from compliance.store.database import day_of
from compliance.whole_source import Said, WholeSource
from tests.execution.fake_detectors import Words

DAY = 800_000
SETTINGS = Settings(jobs=1, seconds_per_file=5, memory_per_file=256 << 20)


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """A file whose content is at hand and named by its identity."""

    path: str
    content: bytes
    identity: str | None

    @property
    def size(self) -> int:
        return len(self.content)

    def open(self) -> BinaryIO:
        return io.BytesIO(self.content)


class Listening(SqliteCache):
    """A cache that tells of which contents it was asked."""

    def __init__(self, path: Path) -> None:
        self.asked: list[str] = []
        super().__init__(path)

    def rows(self, digests: Sequence[str]) -> dict[RowKey, bytes]:
        self.asked += [one for one in digests if not one.startswith(("source:", "files:", "unfinished:"))]
        return super().rows(digests)


A, B = MemoryFile("a.txt", b"one two", "stat:1"), MemoryFile("b.txt", b"three", "stat:2")


@pytest.fixture
def cache(tmp_path: Path) -> Listening:
    return Listening(tmp_path / "cache.sqlite")


@dataclass(frozen=True, slots=True)
class MemorySource:
    """A folder whose files are at hand."""

    reference: SourceReference
    held: Sequence[MemoryFile]

    def files(self, members: Members) -> Iterator[SourceFile]:
        yield from self.held

    def history(self) -> None:
        """None."""


def seen(
    cache: Cache,
    *files: MemoryFile,
    detector: Words | None = None,
    settings: Settings = SETTINGS,
    revision: str | None = None,
    found: Sequence[Finding] = (),
    day: int = DAY,
) -> Said:
    stages = Stages([detector or Words()], cache, settings, Silent(), day=day)
    source = MemorySource(SourceReference(kind="directory", path="tree", revision=revision), files)
    return WholeSource(source, stages).examine(files, Members(skipped=[], findings=[*found]))


def words(seen: Said) -> list[str]:
    return [one.value for one in seen.findings if isinstance(one, ModelCardFinding)]


def test_where_nothing_changed_the_same_is_said_and_nothing_else_is_asked_for(cache: Listening) -> None:
    first = seen(cache, A, B)
    cache.asked.clear()

    assert seen(cache, A, B) == first
    assert words(first) == ["one", "two", "three"]
    assert cache.asked == []


def test_without_a_cache_the_same_is_said(cache: Listening) -> None:
    assert seen(cache, A, B) == seen(NoCache(), A, B)


def test_a_file_with_another_content_is_examined(cache: Listening) -> None:
    seen(cache, A, B)

    assert words(seen(cache, A, MemoryFile("b.txt", b"other", "stat:3"))) == ["one", "two", "other"]


def test_a_file_that_was_added_moved_or_removed_changes_what_is_said(cache: Listening) -> None:
    seen(cache, A)

    assert words(seen(cache, A, B)) == ["one", "two", "three"]
    assert {one.path for one in seen(cache, MemoryFile("c.txt", A.content, A.identity)).findings} == {"c.txt"}
    assert words(seen(cache, B)) == ["three"]


def test_another_version_of_a_detector_is_asked(cache: Listening) -> None:
    class Louder(Words):
        version = "2"

        def detect(self, file):  # type: ignore[no-untyped-def]
            yield ModelCardFinding(field="word", value=file.read().decode().upper())

    seen(cache, A)

    assert words(seen(cache, A, detector=Louder())) == ["ONE TWO"]


def test_a_smaller_cap_counts(cache: Listening) -> None:
    seen(cache, A)

    assert [one.reason for one in seen(cache, A, settings=Settings(jobs=1, largest_file=3)).skipped] == [
        "too-large"
    ]


def test_findings_have_the_revision_that_is_examined(cache: Listening) -> None:
    seen(cache, A, revision="one")

    assert {one.revision for one in seen(cache, A, revision="two").findings} == {"two"}


def test_what_the_source_itself_finds_counts(cache: Listening) -> None:
    seen(cache, A)
    submodule = place(DependencyFinding(purl="pkg:generic/x@1", scope="submodule"), "x", None)

    assert submodule in seen(cache, A, found=[submodule]).findings


@pytest.mark.parametrize(("word", "seconds"), [("raise", 0.5), ("die", 0.5), ("sleep", 1.0)])
def test_what_failed_may_go_well_another_time(cache: Listening, word: str, seconds: float) -> None:
    """What took too long, with more time."""
    file = MemoryFile("a.txt", word.encode(), "stat:1")
    quick = Settings(jobs=1, seconds_per_file=0.5)
    assert seen(cache, file, settings=quick).skipped != ()

    class Calm(Words):
        def _obey(self, word: str) -> None:
            """Does nothing."""

    again = Settings(jobs=1, seconds_per_file=seconds)
    assert words(seen(cache, file, detector=Calm(), settings=again)) == [word]


def test_a_content_that_nothing_names_is_read_each_time(cache: Listening) -> None:
    seen(cache, A, MemoryFile("b.txt", b"three", None))

    assert words(seen(cache, A, MemoryFile("b.txt", b"other", None))) == ["one", "two", "other"]


def test_only_of_what_changed_rows_are_asked_for(cache: Listening) -> None:
    seen(cache, A, B)
    cache.asked.clear()

    assert words(seen(cache, A, MemoryFile("b.txt", b"other", "stat:3"))) == ["one", "two", "other"]
    assert set(cache.asked) == {f"sha256:{hashlib.sha256(b'other').hexdigest()}"}


def test_files_that_came_and_went_are_told_as_if_nothing_were_kept(cache: Listening) -> None:
    c = MemoryFile("c.txt", b"four", "stat:4")
    for files in ((A, B), (A, c), (c,), (c, B), (A, B, c)):
        assert seen(cache, *files) == seen(NoCache(), *files)


def test_two_files_of_the_same_name_are_both_told(cache: Listening) -> None:
    twice = (A, MemoryFile("a.txt", b"other", "stat:5"), A)
    first = seen(cache, *twice)

    assert seen(cache, *twice, day=DAY + 1) == first == seen(NoCache(), *twice)


def test_what_is_used_is_noted_once_a_day(cache: Listening) -> None:
    seen(cache, A, B)
    contents = {f"sha256:{hashlib.sha256(one.content).hexdigest()}" for one in (A, B)}
    cache.close()
    later = SqliteCache(cache.path, day=day_of() + 30)

    assert words(seen(later, A, B, day=DAY + 30)) == ["one", "two", "three"]
    later.close()
    days = dict(database.connect(cache.path).execute("SELECT digest, day FROM content_day"))
    assert {days[one] for one in contents} == {day_of() + 30}


def test_a_row_that_cannot_be_read_counts_as_absent(cache: Listening) -> None:
    first = seen(cache, A)
    (key,) = (key for key in _all(cache) if key.detector == "whole-source")
    cache.put([(key, _all(cache)[key][:-5])])

    assert seen(cache, A) == first


def test_a_source_has_one_row_however_often_it_changed(cache: Listening) -> None:
    for number in range(3):
        seen(cache, MemoryFile("a.txt", f"{number}".encode(), f"stat:{number}"))

    assert sum(key.detector == "whole-source" for key in _all(cache)) == 1


def _all(cache: SqliteCache) -> dict[RowKey, bytes]:
    digests = [row[0] for row in cache._connection.execute("SELECT DISTINCT digest FROM finding_row")]
    return cache.rows(digests)


def test_of_too_many_files_and_findings_nothing_is_kept_as_a_whole(
    cache: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_facts, "MOST_FILES", 1)
    monkeypatch.setattr(whole_source, "MOST_FINDINGS", 1)
    first = seen(cache, A, B)
    cache.asked.clear()

    assert seen(cache, A, B) == first
    assert len(set(cache.asked)) == 2
    assert {key.detector for key in _all(cache)} == {"words"}
