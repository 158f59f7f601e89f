"""From a recipe to an index file: each release is collected, read, and let go again; hashes and names stay."""

import hashlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from itertools import islice
from pathlib import Path

import msgspec

from compliance.errors import ComplianceError
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.origins.building.collecting import collect_release, listed, projects_and_releases
from compliance.origins.building.edges import EdgeCollector
from compliance.origins.building.families_of_paths import family_facts
from compliance.origins.building.file_facts import NoticeCollector
from compliance.origins.building.recipe import Recipe, RecipeProject
from compliance.origins.catalog import Catalog, CollectedFile, Edge, Family, Notice
from compliance.origins.index.format import Header
from compliance.origins.index.writer import IndexBuilder, ReadBlock, read_blocks
from compliance.origins.languages import language_of
from compliance.store.cache import Cache

_BATCH = 64

Told = Callable[[str, int], None]
"""Receives `project version` and how many source files it has, once it has been read."""


class Building(msgspec.Struct):
    """An index on its way."""

    recipe: Recipe
    downloads: Path
    workers: int = 1
    skipped: list[Skip] = msgspec.field(default_factory=list)
    """What could not be read, with `project version: ` before its path."""
    _index: IndexBuilder = msgspec.field(default_factory=IndexBuilder)
    _notices: NoticeCollector = msgspec.field(default_factory=NoticeCollector)
    _edges: EdgeCollector = msgspec.field(default_factory=EdgeCollector)
    _families: dict[tuple[str, str], int] = msgspec.field(default_factory=dict)
    _rows: list[Family] = msgspec.field(default_factory=list)

    def write(self, path: Path, today: date, cache: Cache | None = None, told: Told | None = None) -> Header:
        """Collect everything and write the index to `path`.

        Args:
            path: a file that is replaced in one step, at the end.
            today: the date that the index says of itself.
            cache: where readings of file headers are kept between runs.
            told: informed of each release.

        Raises:
            ComplianceError: a release can't be had, or a process that read files ended.
        """
        everything = listed(self.recipe)  # once: a history may change meanwhile
        projects, releases = projects_and_releases(self.recipe, everything)
        places = {project.id: number for number, project in enumerate(projects)}
        try:
            with ProcessPoolExecutor(self.workers, multiprocessing.get_context("fork")) as pool:
                for number, one in enumerate(everything):
                    files = list(collect_release(one, self.downloads, self.skipped))
                    self._take(files, number, places[one.project.id], one.project, pool.map)
                    if told is not None:
                        told(f"{one.project.id} {one.version}", len(files))
        except BrokenProcessPool as error:
            raise ComplianceError(_WORKER_DIED) from error
        notices = self._notices.notices(cache, self.workers)
        table = {notice: number for number, notice in enumerate(dict.fromkeys(notices.values()))}
        catalog = Catalog(
            recipe=f"{self.recipe.id} {self.recipe.version} {self.recipe.digest}",
            built=today.isoformat(),
            projects=projects,
            releases=releases,
            families=tuple(self._rows),
            notices=tuple(table),
            edges=tuple(self._placed(self._edges.edges())),
        )
        return self._index.write(path, catalog, lambda digest: table[_of(notices, digest)])

    def _take(
        self,
        files: Sequence[CollectedFile],
        release: int,
        place: int,
        project: RecipeProject,
        mapped: Callable[
            [Callable[[tuple[CollectedFile, ...]], "_Read"], Iterable[tuple[CollectedFile, ...]]],
            Iterator["_Read"],
        ],
    ) -> None:
        fresh: dict[bytes, CollectedFile] = {}
        for file in files:
            if language_of(file.path) is None:
                continue
            digest = hashlib.sha256(file.content).digest()
            self._index.hold(self._family(file, place, project), digest, release)
            self._edges.add(file)
            if not self._index.knows(digest):
                fresh.setdefault(digest, file)
        for read in mapped(_read, _batches(fresh.values())):
            for digest, blocks in read:
                self._index.read(digest, blocks)
        for file in fresh.values():
            self._notices.take(file)

    def _family(self, file: CollectedFile, place: int, project: RecipeProject) -> int:
        key = (file.project, file.path)
        if key not in self._families:
            facts = family_facts(project, file.path)
            self._families[key] = len(self._rows)
            self._rows.append(Family(place, file.path, facts.name, facts.developer, facts.country))
        return self._families[key]

    def _placed(self, edges: Iterable[Edge]) -> Iterator[tuple[int, str, int, str, str]]:
        keys = {f"{project}:{path}": number for (project, path), number in self._families.items()}
        for edge in edges:
            if edge.child_path in keys and edge.parent_path in keys:
                yield keys[edge.child_path], edge.child, keys[edge.parent_path], edge.parent, edge.how


_Read = list[tuple[bytes, list[ReadBlock]]]


def _read(files: tuple[CollectedFile, ...]) -> _Read:
    return [(hashlib.sha256(file.content).digest(), read_blocks(file)) for file in files]


def _of(notices: dict[str, Notice], digest: bytes) -> Notice:
    return notices[digest.hex()]


def _batches(files: Iterable[CollectedFile]) -> Iterator[tuple[CollectedFile, ...]]:
    left = iter(files)
    while batch := tuple(islice(left, _BATCH)):
        yield batch


_WORKER_DIED = Text(
    en="a process that read source files ended unexpectedly, perhaps for want of memory; run the command again "
    "with fewer jobs",
    ko="소스 파일을 읽던 프로세스가 예기치 않게 종료됨 (메모리 부족 가능성). 작업 수를 줄여 다시 실행하세요",
)
