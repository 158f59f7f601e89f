"""The cost of real commands, and the files and repositories that are made for them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.speed.large_files import joined, one_line
from benchmarks.speed.processes import run
from benchmarks.speed.repository import Repository, contents
from benchmarks.speed.sample import Candidate
from tests.samples.packages import ROOT

_SLEEPING = "import time; time.sleep(0.5)"
_TWO_PROCESSES = (
    f"import subprocess, sys; block = b'x' * 50_000_000; subprocess.run([sys.executable, '-c', {_SLEEPING!r}])"
)


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_the_memory_of_all_processes_is_seen() -> None:
    cost = run(python(_TWO_PROCESSES), os.environ)
    assert cost.processes == 2
    assert cost.memory > 50_000_000


def test_the_memory_of_the_benchmark_itself_is_not_counted() -> None:
    held = b"x" * 200_000_000
    cost = run(["sleep", "0.3"], os.environ)
    assert cost.largest < len(held) // 10


def test_processor_time_of_children_is_counted() -> None:
    cost = run(
        python("import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**7))'])"), os.environ
    )
    assert cost.cpu > 0.05


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="no such thing"):
        run(python("import sys; sys.exit('no such thing')"), os.environ, expected=(0,))


def test_a_command_that_hangs_is_ended() -> None:
    with pytest.raises(RuntimeError, match="exit status -9"):
        run(["sleep", "60"], os.environ, deadline=0.2)


def test_an_interrupted_benchmark_leaves_no_command_behind(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    lasting = f"import os, pathlib, time; pathlib.Path({str(told)!r}).write_text(str(os.getpid())); time.sleep(60)"
    program = (
        "import os, sys; from benchmarks.speed.processes import run; "
        f"run([sys.executable, '-c', {lasting!r}], os.environ)"
    )
    benchmark = subprocess.Popen(python(program), cwd=ROOT, stderr=subprocess.DEVNULL)
    while not (told.is_file() and told.read_text()):
        time.sleep(0.05)
    benchmark.send_signal(signal.SIGINT)
    benchmark.wait()
    assert any(ended(told.read_text()) for _ in range(100))


def test_what_a_command_prints_is_kept(tmp_path: Path) -> None:
    run(python("print('said')"), os.environ, output=tmp_path / "out")
    assert (tmp_path / "out").read_text() == "said\n"


def test_a_file_of_parts_has_the_very_size() -> None:
    assert joined(iter([b"abc", b"def", b"ghi"]), 5) == b"abcde"


def test_a_line_of_json_stays_json_and_below_its_size() -> None:
    line = one_line(iter([{"a": 1}] * 100), 50)
    assert len(line) <= 50
    assert json.loads(line)[0] == {"a": 1}
    assert b"\n" not in line


def ended(pid: str) -> bool:
    """Whether a process has, after a moment if it hasn't yet."""
    time.sleep(0.05)
    try:
        state = (Path("/proc") / pid / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


@pytest.fixture
def files(tmp_path: Path) -> list[Candidate]:
    made = []
    for number, kind in enumerate(["Python"] * 40 + ["license text"] * 20):
        location = tmp_path / "files" / f"{number}.txt"
        location.parent.mkdir(exist_ok=True)
        location.write_text(f"number = {number}\n")
        made.append(Candidate(f"package/{number}.txt", kind, location.stat().st_size, location))
    return made


def changed(folder: Path) -> list[str]:
    command = ["git", "-C", str(folder), "diff", "--name-status", "main", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def test_pull_requests_touch_ten_files_and_can_be_made_again(files: list[Candidate], tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository", files[:20], files[20:])
    for _ in range(2):
        repository.unlicensed(1)
        assert [one[0] for one in changed(repository.folder)] == ["M"] * 10
        repository.licensed(0)
        assert [one[0] for one in changed(repository.folder)] == ["A"] * 10
    repository.unchanged()
    assert changed(repository.folder) == []


def test_rounds_bring_other_files(files: list[Candidate], tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository", files[:20], files[20:])
    repository.licensed(0)
    first = changed(repository.folder)
    repository.licensed(1)
    assert not set(first) & set(changed(repository.folder))


def test_a_repository_holds_the_first_files_by_rank_and_leaves_the_others_to_pull_requests(
    files: list[Candidate],
) -> None:
    inside, spare = contents(files, 20)
    assert [one.rank for one in inside] == sorted(one.rank for one in files)[:20]
    assert {*inside, *spare} == set(files)
