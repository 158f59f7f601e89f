"""Files on the workers of a real dask cluster, of real processes on this machine, which are killed on purpose."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from compliance.errors import ConfigurationError
from compliance.execution.choosing import executor_for
from compliance.execution.executor import Executor
from compliance.execution.file_stage import FileFacts, FileStage
from compliance.execution.progress import Silent
from compliance.settings import Settings
from compliance.sources.disk_file import disk_file
from compliance.sources.source import SourceFile
from compliance.store.cache import NoCache
from tests.execution.fake_detectors import Fakes
from tests.execution.loopback import Loopback, loopback
from tests.execution.memory_file import MemoryFile
from tests.samples.packages import ROOT

pytestmark = pytest.mark.slow

SETTINGS = Settings(jobs=2, seconds_per_file=5, memory_per_file=256 << 20, largest_file=32 << 20)


@pytest.fixture(scope="module", autouse=True)
def importable() -> Iterator[None]:
    """Lets fork servers on this machine import the fakes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        yield


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    """One that every test leaves as it was."""
    with loopback(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@contextmanager
def executor(cluster: Loopback | None, recipe: Fakes) -> Iterator[Executor]:
    settings = Settings(
        jobs=2, seconds_per_file=5, memory_per_file=256 << 20, cluster=cluster.address if cluster else None
    )
    with executor_for(settings, recipe.detectors(), recipe) as chosen:
        yield chosen


def stage(executor: Executor, recipe: Fakes) -> FileStage:
    return FileStage(recipe.detectors(), NoCache(), SETTINGS, Silent(), "abc", executor)


def facts(cluster: Loopback | None, *files: SourceFile, recipe: Fakes | None = None) -> list[FileFacts]:
    recipe = recipe or Fakes()
    with executor(cluster, recipe) as chosen:
        return sorted(stage(chosen, recipe).run(files), key=lambda one: one.path)


def fork_servers(worker: int) -> list[psutil.Process]:
    children: list[psutil.Process] = psutil.Process(worker).children()
    return children


def several(count: int, content: str = "fine") -> list[MemoryFile]:
    return [MemoryFile(f"{number:04}.txt", f"{content} {number}".encode()) for number in range(count)]


def test_what_is_found_is_what_processes_find(cluster: Loopback, tmp_path: Path) -> None:
    (tmp_path / "w.safetensors").write_bytes(b"weigh" + bytes(1 << 20))
    weights = disk_file("w.safetensors", bytes(tmp_path / "w.safetensors"), (tmp_path / "w.safetensors").stat())
    files: list[SourceFile] = [
        *several(300),
        *several(50, "broken"),
        MemoryFile("again/a.py", b"fine 1"),
        MemoryFile("empty.txt", b""),
        MemoryFile("large.txt", b"large " * (2 << 20)),
        MemoryFile("unreadable.txt", None),
        weights,
    ]

    assert facts(cluster, *files) == facts(None, *files)


@pytest.mark.parametrize("word", ["die", "exit", "grow", "sleep", "raise"])
def test_a_poison_file_is_reported_as_by_processes_and_takes_no_other_with_it(
    cluster: Loopback, word: str
) -> None:
    files = [*several(40), MemoryFile("0020-poison.txt", word.encode())]

    found = facts(cluster, *files)

    assert found == facts(None, *files)
    assert [one.path for one in found if one.skipped] == ["0020-poison.txt"]


@pytest.mark.parametrize("tolerated", [3, 0])
def test_a_worker_that_is_killed_loses_nothing_and_nobody_is_blamed(tmp_path: Path, tolerated: int) -> None:
    """Where dask tolerates no failure, it blames everything that the worker held."""
    files, recipe = several(120, "pause"), Fakes()
    with (
        loopback(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=str(tolerated)) as cluster,
        executor(cluster, recipe) as chosen,
    ):
        outcomes = stage(chosen, recipe).run(files)
        found = [next(outcomes)]
        cluster.workers[0].kill()
        found += outcomes

    assert sorted(found, key=lambda one: one.path) == facts(None, *files)
    assert not any(one.skipped for one in found)


def test_a_scheduler_that_goes_away_leaves_files_that_are_reported(tmp_path: Path) -> None:
    files, recipe = several(120, "pause"), Fakes()
    with loopback(tmp_path) as cluster, executor(cluster, recipe) as chosen:
        outcomes = stage(chosen, recipe).run(files)
        found = [next(outcomes)]
        assert cluster.scheduler is not None
        cluster.scheduler.kill()
        found += outcomes

    left = [one for one in found if one.skipped]
    assert len(found) == len(files)
    assert len(left) > len(files) / 2
    assert {skip.reason for one in left for skip in one.skipped} == {"worker-died"}
    assert all("Scan again once it is back" in skip.detail for one in left for skip in one.skipped)
    assert all("다시 검사하세요" in skip.detail_ko for one in left for skip in one.skipped)


def test_workers_that_all_go_away_leave_files_that_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compliance.execution.cluster.dask_nodes._SECONDS_WITHOUT_WORKERS", 3.0)
    files, recipe = several(120, "pause"), Fakes()
    with loopback(tmp_path) as cluster, executor(cluster, recipe) as chosen:
        outcomes = stage(chosen, recipe).run(files)
        found = [next(outcomes)]
        for worker in cluster.workers:
            worker.kill()
        found += outcomes

    left = [one for one in found if one.skipped]
    assert len(found) == len(files)
    assert left
    assert all("no workers any more" in skip.detail for one in left for skip in one.skipped)


def test_a_worker_that_joins_while_files_are_examined_takes_part(tmp_path: Path) -> None:
    files, recipe = several(200, "pause"), Fakes()
    with loopback(tmp_path, 1) as cluster, executor(cluster, recipe) as chosen:
        outcomes = stage(chosen, recipe).run(files)
        found = [next(outcomes)]
        cluster.start_worker()
        found += outcomes
        busy = [worker for worker in cluster.workers if fork_servers(worker.pid)]

    assert busy == cluster.workers
    assert len(found) == len(files)
    assert not any(one.skipped for one in found)


def test_workers_of_another_version_are_refused_by_what_differs(tmp_path: Path) -> None:
    with loopback(tmp_path, 1, VERSION_OF_WORDS="2") as cluster, pytest.raises(ConfigurationError) as refused:
        facts(cluster, MemoryFile("a", b"one"))

    for said in (refused.value.message.en, refused.value.message.ko):
        assert "detector words: 1 ≠ 2" in said
        assert "tcp://127.0.0.1" in said


def test_a_worker_of_another_version_that_joins_later_ends_the_run(tmp_path: Path) -> None:
    recipe = Fakes()
    with loopback(tmp_path, 1) as cluster, executor(cluster, recipe) as chosen:
        outcomes = stage(chosen, recipe).run(several(400, "pause"))
        next(outcomes)
        cluster.start_worker(VERSION_OF_WORDS="2")
        with pytest.raises(ConfigurationError, match=r"detector words: 1 ≠ 2"):
            list(outcomes)


def test_a_scheduler_without_workers_is_told_with_what_to_do(tmp_path: Path) -> None:
    with loopback(tmp_path, 0) as cluster, pytest.raises(ConfigurationError, match="dask worker tcp://"):
        facts(cluster, MemoryFile("a", b"one"))


def test_an_address_that_nobody_answers_at_is_told_with_what_to_do() -> None:
    silent = Settings(cluster="tcp://127.0.0.1:9")
    recipe = Fakes()

    with (
        pytest.raises(ConfigurationError, match=r"no dask scheduler answers at tcp://127\.0\.0\.1:9"),
        executor_for(silent, recipe.detectors(), recipe),
    ):
        pass


def test_nothing_is_left_running_or_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with loopback(tmp_path) as cluster:
        facts(cluster, *several(50))
        servers = [server for worker in cluster.workers for server in fork_servers(worker.pid)]
        assert servers
    _, alive = psutil.wait_procs(servers, timeout=10)

    assert alive == []
    assert [one.name for one in temporary.iterdir() if one.name.startswith("compliance")] == []
