"""What runs the files changes nothing of what is found; each executor's own promises are told beside it."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from compliance.detectors.detector import ExaminedFile, FileDetector
from compliance.execution.agreement import versions_of
from compliance.execution.fork_server import ForkServer, ForkServers, Setup, UnfitError
from compliance.execution.processes import Limits, Processes
from compliance.execution.serial import Serial
from compliance.execution.work import Job, Outcome, decode_row
from compliance.model.finding import ModelCardFinding
from tests.execution.fake_detectors import Fakes, Lengths, Words
from tests.samples.packages import ROOT

LIMITS = Limits(seconds=5, memory=256 << 20)


@pytest.fixture
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a fork server import the fakes."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def job(folder: Path, number: int, content: str, *detectors: str) -> Job:
    location = folder / f"{number}.txt"
    location.write_text(content)
    file = ExaminedFile(path=location.name, size=len(content), location=location)
    return Job(number=number, file=file, detectors=detectors or ("words",))


def words(outcome: Outcome) -> list[str]:
    return [one.value for one in decode_row(outcome.rows["words"]) if isinstance(one, ModelCardFinding)]


def setup(**changed: str) -> Setup:
    versions = versions_of(Fakes().detectors()) | changed
    return Setup(Fakes(), LIMITS, tuple(versions.items()))


def test_serial_execution_finds_the_same_as_processes(tmp_path: Path) -> None:
    jobs = [
        job(tmp_path, 0, "one two"),
        job(tmp_path, 1, "raise"),
        job(tmp_path, 2, "three broken", "words", "lengths"),
    ]
    detectors: dict[str, FileDetector] = {"words": Words(), "lengths": Lengths()}

    serial = list(Serial(detectors).run(jobs, {"words", "lengths"}))

    assert serial == sorted(Processes(detectors, 2, LIMITS).run(jobs, {"words"}), key=lambda one: one.number)


def test_serial_execution_keeps_what_libraries_print_off_the_report(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    list(Serial({"words": Words()}).run([job(tmp_path, 0, "print")], {"words"}))

    assert capfd.readouterr() == ("", "")


def test_processes_are_kept_between_runs_that_need_nothing_new(tmp_path: Path) -> None:
    detector = Words()
    with Processes({"words": detector}, 1, LIMITS) as processes:
        outcomes = [*processes.run([job(tmp_path, 0, "one")], {"words"})]
        (kept,) = processes._workers
        outcomes += processes.run([job(tmp_path, 1, "two")], {"words"})

        assert processes._workers == [kept]
    assert [words(one) for one in outcomes] == [["one"], ["two"]]
    assert detector.prepared == 1
    assert not kept.process.is_alive()


@pytest.mark.usefixtures("importable")
def test_a_fork_server_blames_the_file_that_kills_its_process_alone(tmp_path: Path) -> None:
    server = ForkServer(setup())
    try:
        outcomes = server.examine([job(tmp_path, 0, "one"), job(tmp_path, 1, "die"), job(tmp_path, 2, "two")])
    finally:
        server.close()

    by_number = {one.number: one for one in outcomes}
    assert [words(by_number[number]) for number in (0, 2)] == [["one"], ["two"]]
    assert [skip.detail for skip in by_number[1].failures.values()] == [
        "the process that examined it ended with signal SIGKILL"
    ]


@pytest.mark.usefixtures("importable")
def test_a_fork_server_that_is_killed_costs_no_file(tmp_path: Path) -> None:
    servers = ForkServers()
    try:
        servers.check(setup())
        ((_, idle),) = servers._idle
        idle._process.kill()

        outcomes = servers.examine(setup(), [job(tmp_path, 0, "one"), job(tmp_path, 1, "two")])
    finally:
        servers.close()

    assert [words(one) for one in outcomes] == [["one"], ["two"]]


@pytest.mark.usefixtures("importable")
def test_fork_servers_that_are_closed_while_one_is_busy_start_no_other(tmp_path: Path) -> None:
    log = tmp_path / "log"
    recipe = Fakes(log)
    asked = Setup(recipe, LIMITS, tuple(versions_of(recipe.detectors()).items()))
    servers = ForkServers()
    with ThreadPoolExecutor(1) as threads:
        busy = threads.submit(servers.examine, asked, [job(tmp_path, 0, "sleep"), job(tmp_path, 1, "one")])
        while not log.exists():
            time.sleep(0.01)
        servers.close()
        outcomes = busy.result(timeout=10)

    assert {skip.detail for one in outcomes for skip in one.failures.values()} == {
        "the run was ended before it was examined"
    }
    assert log.read_text() == "0.txt\n"


@pytest.mark.usefixtures("importable")
def test_a_fork_server_of_another_version_is_refused_by_what_differs() -> None:
    with pytest.raises(UnfitError) as refused:
        ForkServer(setup(**{"detector words": "2"}))

    assert "detector words: 2 ≠ 1" in refused.value.said.en
    assert "detector words: 2 ≠ 1" in refused.value.said.ko


@pytest.mark.usefixtures("importable")
def test_a_fork_server_imports_nothing_from_the_folder_that_is_scanned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("msgspec", "compliance", "tests", "socket"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'executed')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)

    ForkServer(setup()).close()

    assert not (tmp_path / "executed").exists()
