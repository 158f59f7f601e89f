"""Scanning again: the sample unchanged, and a git repository unchanged and after pull requests."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.speed import cold, tools
from benchmarks.speed.bench import Bench
from benchmarks.speed.plan import PULL_REQUEST
from benchmarks.speed.records import Records
from benchmarks.speed.repository import Repository, contents
from benchmarks.speed.sample import candidates
from benchmarks.speed.tables import COST_HEAD, costs, ratios, table

_SAMPLE, _REPOSITORY = "repeated/sample", "repeated/repository"
NEEDED = (f"{_SAMPLE}-again",)
"""Records without which there is nothing to show."""
_ALONE = "-scancode"
_OF_ALONE = f"{tools.scancode_name()}, those {PULL_REQUEST} files alone"
_TITLES = {
    f"{_SAMPLE}-first": "the sample, first time, findings kept",
    f"{_SAMPLE}-again": "the sample, unchanged",
    f"{_REPOSITORY}-first": "the repository, first time, findings kept",
    f"{_REPOSITORY}-again": "the repository, unchanged",
    f"{_REPOSITORY}-unlicensed": f"pull request: {PULL_REQUEST} files get a line that says nothing of licenses",
    f"{_REPOSITORY}-unlicensed{_ALONE}": _OF_ALONE,
    f"{_REPOSITORY}-licensed": f"pull request: {PULL_REQUEST} new files, of code and license texts",
    f"{_REPOSITORY}-licensed{_ALONE}": _OF_ALONE,
}


def measure(bench: Bench) -> None:
    """The findings that are kept are those of the first time, in every round."""
    _sample(bench)
    _repository(bench)


def _sample(bench: Bench) -> None:
    cache = bench.scratch / "sample-cache"
    command = tools.scan(bench.sample.folder, "--output", bench.scratch / "again.json")
    bench.time(f"{_SAMPLE}-first", 0, command, cache=cache.name, before=lambda: _emptied(cache))
    for number in range(bench.plan.warm_rounds):
        bench.time(f"{_SAMPLE}-again", number, command, cache=cache.name)


def _repository(bench: Bench) -> None:
    cache, kept = bench.scratch / "repository-cache", bench.scratch / "repository-cache-first"
    repository = Repository(bench.scratch / "repository", *contents(candidates(), bench.plan.repository))
    command = tools.scan(repository.folder, "--output", bench.scratch / "check.txt", action="check")

    def first() -> None:
        repository.unchanged()
        _emptied(cache)
        shutil.rmtree(kept, ignore_errors=True)

    def before(change: Callable[[], None]) -> Callable[[], None]:
        def prepare() -> None:
            change()
            shutil.copytree(kept, _emptied(cache), dirs_exist_ok=True)

        return prepare

    bench.time(f"{_REPOSITORY}-first", 0, command, cache=cache.name, before=first)
    if not kept.is_dir():
        unfinished = kept.with_name(f"{kept.name}.unfinished")
        shutil.copytree(cache, _emptied(unfinished), dirs_exist_ok=True)
        unfinished.rename(kept)
    for number in range(bench.plan.warm_rounds):
        changes: dict[str, Callable[[], None]] = {
            "again": repository.unchanged,
            "unlicensed": partial(repository.unlicensed, number),
            "licensed": partial(repository.licensed, number),
        }
        for name, change in changes.items():
            bench.time(f"{_REPOSITORY}-{name}", number, command, cache=cache.name, before=before(change))
            if f"{_REPOSITORY}-{name}{_ALONE}" in _TITLES:
                _scancode(bench, name, number, repository, change)


def _scancode(bench: Bench, name: str, number: int, repository: Repository, change: Callable[[], None]) -> None:
    """ScanCode's command on the changed files alone, right after ours: the least that a check by it would take."""
    alone = bench.scratch / "changed"

    def prepare() -> None:
        change()
        repository.changed_alone(alone)

    command = tools.scancode(alone, bench.scratch / "scancode-changed.json")
    bench.time(f"{_REPOSITORY}-{name}{_ALONE}", number, command, before=prepare)


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def lines(records: Records) -> Iterator[str]:
    """The section."""
    yield "## Again, and pull requests"
    yield ""
    yield (
        f"What was found in a file is kept by its content. The sample by `compliance scan`; a git repository of "
        f"{int(records.conditions['plan: repository']):,} real files of all kinds as they come in the packages, "
        "by `compliance check`, which judges and reads the history too. A pull request is a branch of one commit; "
        "what is kept is that of the first time in every round, so nothing of the change is known. A ratio is the "
        "time of ScanCode's command, which keeps nothing, to ours: for the whole sample where the sample was "
        "scanned, for the changed files alone, in the same round, where a pull request was checked."
    )
    yield ""
    scancode = records.rounds(cold.SCANCODE)
    rows = []
    for name, title in _TITLES.items():
        its = records.rounds(name)
        if its:
            theirs = scancode if name.startswith(_SAMPLE) else records.rounds(f"{name}{_ALONE}")
            cells = ratios(theirs, its)
            rows.append([title, str(len(its)), *costs(its), *cells])
    yield table(("what", "rounds", *COST_HEAD, "wall, from ScanCode", "CPU, from ScanCode"), rows)
