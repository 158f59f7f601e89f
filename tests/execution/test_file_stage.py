"""Each file is examined once by what it holds; what goes wrong with one file stays with that file."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.detectors.detector import FileDetector
from compliance.execution.file_stage import FileFacts, FileStage
from compliance.execution.private_copies import Copy, Places
from compliance.execution.progress import Silent
from compliance.model.finding import ModelCardFinding
from compliance.settings import Settings
from compliance.sources.disk_file import DiskFile, record_of
from compliance.sources.source import SourceFile
from compliance.store.cache import Cache, NoCache, SqliteCache
from tests.execution.fake_detectors import Begins, Lengths, Words
from tests.execution.memory_file import MemoryFile


class Counter(Silent):
    """Counts what it is told."""

    def __init__(self) -> None:
        self.files = 0

    def advance(self, files: int = 1) -> None:
        self.files += files


SETTINGS = Settings(jobs=2, seconds_per_file=5, memory_per_file=256 << 20, largest_file=1 << 20)


def run(
    *files: SourceFile,
    detectors: tuple[FileDetector, ...] = (Words(),),
    cache: Cache | None = None,
    settings: Settings = SETTINGS,
) -> dict[str, FileFacts]:
    stage = FileStage(detectors, cache or NoCache(), settings, Silent(), "abc")
    return {facts.path: facts for facts in stage.run(files)}


def words(facts: FileFacts) -> list[str]:
    return [one.value for one in facts.findings if isinstance(one, ModelCardFinding)]


def reasons(facts: FileFacts) -> list[str]:
    return [skip.reason for skip in facts.skipped]


def test_findings_come_back_placed_at_path_and_revision() -> None:
    facts = run(MemoryFile("a/b.txt", b"one two"))["a/b.txt"]

    assert words(facts) == ["one", "two"]
    assert {(one.path, one.revision, bool(one.id)) for one in facts.findings} == {("a/b.txt", "abc", True)}


def test_the_same_fact_at_the_same_place_has_the_same_identifier_in_two_runs() -> None:
    first, second = (run(MemoryFile("a", b"one two"))["a"].findings for _ in range(2))

    assert [one.id for one in first] == [one.id for one in second]
    assert len({one.id for one in first}) == 2


@pytest.mark.parametrize("word", ["die", "exit"])
def test_a_file_that_kills_its_worker_takes_only_itself(word: str) -> None:
    files = [MemoryFile(f"{number}.txt", f"fine {number}".encode()) for number in range(20)]

    facts = run(*files[:10], MemoryFile("killer.txt", word.encode()), *files[10:])

    assert reasons(facts["killer.txt"]) == ["worker-died"]
    assert all(words(facts[file.path])[0] == "fine" and not facts[file.path].skipped for file in files)


def test_a_file_over_the_time_cap_is_given_up_and_the_others_are_not() -> None:
    settings = Settings(jobs=1, seconds_per_file=1)

    facts = run(MemoryFile("slow", b"sleep"), MemoryFile("quick", b"one"), settings=settings)

    assert reasons(facts["slow"]) == ["timeout"]
    assert words(facts["quick"]) == ["one"]


def test_a_file_over_the_memory_cap_is_reported_as_such() -> None:
    facts = run(MemoryFile("big", b"grow"), MemoryFile("small", b"one"))

    assert reasons(facts["big"]) == ["out-of-memory"]
    assert words(facts["small"]) == ["one"]


def test_a_detector_that_raises_does_not_cost_the_other_detectors_findings() -> None:
    facts = run(MemoryFile("a", b"raise"), detectors=(Words(), Lengths()))["a"]

    assert words(facts) == ["5"]
    assert reasons(facts) == ["detector-failed"]
    assert "words: ValueError: as asked" in facts.skipped[0].detail


def test_a_fault_that_a_detector_reports_keeps_what_it_found_besides() -> None:
    facts = run(MemoryFile("a", b"one broken two"))["a"]

    assert words(facts) == ["one", "two"]
    assert reasons(facts) == ["malformed"]


def test_an_unreadable_file_is_reported_and_the_others_are_examined() -> None:
    facts = run(MemoryFile("a", None), MemoryFile("b", b"one"))

    assert reasons(facts["a"]) == ["unreadable"]
    assert words(facts["b"]) == ["one"]


def test_a_file_over_the_size_cap_is_not_examined_and_said_so() -> None:
    facts = run(MemoryFile("a", b"x " * (1 << 20)))["a"]

    assert (words(facts), reasons(facts)) == ([], ["too-large"])


def test_weights_that_no_detector_reads_are_reported_as_such() -> None:
    facts = run(MemoryFile("model-00001.safetensors", b"\0" * 64))["model-00001.safetensors"]

    assert reasons(facts) == ["unsupported"]


WEIGHTS = "model.safetensors"


def on_disk(folder: Path, size: int, *, rested: bool = True) -> DiskFile:
    """A file of weights of `size` bytes, hardly any of which lie on the disk."""
    location = folder / WEIGHTS
    with location.open("wb") as stream:
        stream.write(b"begin")
        stream.truncate(size)
    record = record_of(location.stat())
    return DiskFile(WEIGHTS, size, record if rested else None, os.fsencode(location), record)


def test_weights_of_any_size_are_read_where_they_lie(tmp_path: Path) -> None:
    facts = run(on_disk(tmp_path, 5 << 30), detectors=(Begins(), Words()))[WEIGHTS]

    assert (words(facts), reasons(facts)) == (["begin"], [])


def test_weights_that_must_be_copied_are_held_to_the_size_cap() -> None:
    small, large = MemoryFile("a.pt", b"begins here"), MemoryFile("b.pt", b"begin" * (1 << 20))

    facts = run(small, large, detectors=(Begins(),))

    assert (words(facts["a.pt"]), reasons(facts["b.pt"])) == (["begin"], ["too-large"])


def test_weights_that_changed_since_they_were_met_are_unreadable(tmp_path: Path) -> None:
    file = on_disk(tmp_path, 100)
    (tmp_path / WEIGHTS).write_bytes(b"other")

    assert reasons(run(file, detectors=(Begins(),))[WEIGHTS]) == ["unreadable"]


def test_a_file_that_no_detector_wants_is_complete_without_being_opened() -> None:
    facts = run(MemoryFile("a.unwanted", None))["a.unwanted"]

    assert (facts.findings, facts.skipped) == ((), ())


def test_what_a_library_prints_stays_off_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    run(MemoryFile("a", b"print"))

    assert capfd.readouterr() == ("", "")


def test_progress_counts_every_file_once() -> None:
    counter = Counter()
    files = [MemoryFile(str(number), b"same" if number % 2 else None) for number in range(9)]
    files.append(MemoryFile("x.unwanted", b""))

    list(FileStage((Words(),), NoCache(), SETTINGS, counter).run(files))

    assert counter.files == 10


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "examined.log"


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[SqliteCache]:
    opened = SqliteCache(tmp_path / "cache.sqlite")
    yield opened
    opened.close()


def examined(log: Path) -> list[str]:
    return log.read_text().split() if log.exists() else []


def test_identical_files_are_examined_once(log: Path) -> None:
    facts = run(*(MemoryFile(f"copy{number}", b"one") for number in range(30)), detectors=(Words(log),))

    assert {tuple(words(one)) for one in facts.values()} == {("one",)}
    assert len(examined(log)) <= 2  # two workers may hold a copy each before the first is done


def test_content_that_the_cache_knows_is_not_examined_again(log: Path, cache: SqliteCache) -> None:
    run(MemoryFile("a", b"one"), cache=cache)

    facts = run(MemoryFile("elsewhere", b"one"), detectors=(Words(log),), cache=cache)

    assert words(facts["elsewhere"]) == ["one"]
    assert examined(log) == []


def test_a_known_identity_is_not_even_opened(cache: SqliteCache) -> None:
    run(MemoryFile("a", b"one", identity="stat:1"), cache=cache)

    facts = run(MemoryFile("a", None, identity="stat:1"), cache=cache)

    assert words(facts["a"]) == ["one"]


def test_nothing_is_prepared_when_the_cache_knows_everything(cache: SqliteCache) -> None:
    run(MemoryFile("a", b"one", identity="stat:1"), cache=cache)
    detector = Words()

    run(MemoryFile("a", b"one", identity="stat:1"), detectors=(detector,), cache=cache)

    assert detector.prepared == 0


def test_a_new_detector_version_examines_again(log: Path, cache: SqliteCache) -> None:
    run(MemoryFile("a", b"one", identity="stat:1"), cache=cache)
    newer = Words(log)
    newer.version = "2"

    run(MemoryFile("a", b"one", identity="stat:1"), detectors=(newer,), cache=cache)

    assert examined(log) == ["a"]


@pytest.mark.parametrize("word", ["die", "raise"])
def test_a_failure_is_tried_again_by_the_next_run(word: str, log: Path, cache: SqliteCache) -> None:
    run(MemoryFile("a", word.encode(), identity="stat:1"), cache=cache)

    facts = run(MemoryFile("a", word.encode(), identity="stat:1"), detectors=(Words(log),), cache=cache)

    assert examined(log) == ["a"]
    assert facts["a"].skipped


def test_a_row_of_another_shape_counts_as_absent(log: Path, cache: SqliteCache) -> None:
    run(MemoryFile("a", b"one"), cache=cache)
    rows = cache.rows([f"sha256:{hashlib.sha256(b'one').hexdigest()}"])
    cache.put([(key, b"\x91\xc0") for key in rows])

    facts = run(MemoryFile("a", b"one"), detectors=(Words(log),), cache=cache)

    assert (len(rows), words(facts["a"]), examined(log)) == (1, ["one"], ["a"])


def test_every_detector_that_any_file_needs_is_prepared_before_workers_fork(cache: SqliteCache) -> None:
    first, second = Words(), Lengths()
    run(MemoryFile("a", b"one", identity="stat:1"), detectors=(first,), cache=cache)
    other = Words()
    other.version = "2"
    files = (MemoryFile("a", b"one", identity="stat:1"), MemoryFile("b", b"two"))

    run(*files, detectors=(other, second), cache=cache)

    assert other.prepared == 1


def test_a_reported_fault_is_remembered_with_the_findings(log: Path, cache: SqliteCache) -> None:
    run(MemoryFile("a", b"one broken"), cache=cache)

    facts = run(MemoryFile("a", b"one broken"), detectors=(Words(log),), cache=cache)

    assert (words(facts["a"]), reasons(facts["a"]), examined(log)) == (["one"], ["malformed"], [])


def test_known_weights_are_not_opened_again(log: Path, cache: SqliteCache, tmp_path: Path) -> None:
    file = on_disk(tmp_path, 5 << 30)
    run(file, detectors=(Begins(log),), cache=cache)
    (tmp_path / WEIGHTS).unlink()

    facts = run(file, detectors=(Begins(log),), cache=cache)

    assert (words(facts[WEIGHTS]), examined(log)) == (["begin"], [WEIGHTS])


def test_weights_that_may_have_changed_are_examined_again(log: Path, cache: SqliteCache, tmp_path: Path) -> None:
    file = on_disk(tmp_path, 100, rested=False)

    for _ in range(2):
        assert words(run(file, detectors=(Begins(log),), cache=cache)[WEIGHTS]) == ["begin"]

    assert examined(log) == [WEIGHTS] * 2


def test_weights_that_nothing_names_are_not_taken_for_each_other(cache: SqliteCache, tmp_path: Path) -> None:
    files = []
    for content in (b"first", b"other"):
        location = tmp_path / content.decode() / "x.pt"
        location.parent.mkdir()
        location.write_bytes(content)
        status = location.stat()
        files.append(DiskFile(f"{content.decode()}.pt", 5, None, os.fsencode(location), record_of(status)))

    facts = run(*files, detectors=(Begins(),), cache=cache)

    assert {path: words(one) for path, one in facts.items()} == {"first.pt": ["first"], "other.pt": ["other"]}


def test_a_file_that_took_too_long_is_not_waited_for_again(log: Path, cache: SqliteCache) -> None:
    settings = Settings(jobs=1, seconds_per_file=1)
    detectors = (Words(log), Lengths())
    first = run(MemoryFile("a", b"sleep"), detectors=detectors, cache=cache, settings=settings)

    again = run(MemoryFile("a", b"sleep"), detectors=detectors, cache=cache, settings=settings)

    assert [one.detail for one in again["a"].skipped] == ["not finished after 1 s"]
    assert again == first
    assert examined(log) == ["a"]


def test_what_took_too_long_is_tried_again_with_more_time_or_a_new_detector(log: Path, cache: SqliteCache) -> None:
    run(MemoryFile("a", b"sleep"), cache=cache, settings=Settings(jobs=1, seconds_per_file=0.5))
    newer = Words(log)
    newer.version = "2"

    for detector, seconds in ((Words(log), 1.0), (newer, 0.5)):
        settings = Settings(jobs=1, seconds_per_file=seconds)
        assert reasons(run(MemoryFile("a", b"sleep"), detectors=(detector,), cache=cache, settings=settings)["a"])

    assert examined(log) == ["a", "a"]


def test_what_is_known_to_take_too_long_keeps_a_source_from_being_remembered_as_a_whole(
    cache: SqliteCache,
) -> None:
    settings = Settings(jobs=1, seconds_per_file=0.5)
    for _ in range(2):
        stage = FileStage((Words(),), cache, settings, Silent())
        assert [one.repeatable for one in stage.run([MemoryFile("a", b"sleep")])] == [False]


def test_copies_at_different_times_have_different_paths(tmp_path: Path) -> None:
    places = Places(tmp_path)
    seen = set()
    for number in range(3):
        copy = Copy(places, MemoryFile("a/x.py", b"%d" % number))
        copy.read(100)
        location = copy.written()
        (location.parent / "made.locale").mkdir()
        assert (location.name, location.read_bytes()) == ("x.py", b"%d" % number)
        assert sorted(one.name for one in location.parent.iterdir()) == ["made.locale", "x.py"]
        seen.add(location)
        copy.remove()

    assert len(seen) == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_large_files_are_examined_first(log: Path) -> None:
    sizes = [10, 200_000, 20, 100_000, 30]
    files = [MemoryFile(str(size), b" " * size) for size in sizes]

    run(*files, detectors=(Words(log),), settings=Settings(jobs=1))

    assert examined(log) == ["200000", "100000", "10", "20", "30"]
