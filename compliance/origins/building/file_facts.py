"""What files carry at their tops: license, holders with years, and whether changes are stated.

Tens of thousands of files share a few thousand headers, so ScanCode reads each different header once, years aside.
"""

import hashlib
import logging
import multiprocessing
import re
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import msgspec

from compliance.errors import ComplianceError
from compliance.licenses import copyright_statements, scancode
from compliance.model.text import Text
from compliance.origins.building import header_licenses
from compliance.origins.building.headers import Header, header_of
from compliance.origins.catalog import CollectedFile, Notice
from compliance.store.cache import Cache, NoCache, RowKey

logger = logging.getLogger(__name__)

_NAME = "origin-header"
_VERSION = "3"
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*(?:-|–|,|to|and|&)\s*(?:(?:19|20)?\d\d|present|now)\b)*(?:-(?=\s|$))?")
_CHUNK = 8


class _Rights(msgspec.Struct, frozen=True, array_like=True):
    """What ScanCode reads in a header's template."""

    expression: str | None
    holders: tuple[str, ...]


class NoticeCollector:
    """Takes files one by one and keeps their headers alone, so that contents can be let go."""

    def __init__(self) -> None:
        """Nothing taken yet."""
        self._headers: dict[str, Header] = {}

    def take(self, file: CollectedFile) -> str:
        """Note the header of `file`; the sha256 of its content, 64 hexadecimal digits."""
        digest = hashlib.sha256(file.content).hexdigest()
        if digest not in self._headers:
            self._headers[digest] = header_of(file.content, file.path)
        return digest

    @property
    def headers(self) -> int:
        """The number of different headers, years aside."""
        return len({header.template for header in self._headers.values() if header.template})

    def notices(self, cache: Cache | None = None, workers: int = 2) -> dict[str, Notice]:
        """The notice of every file taken, by the sha256 of its content.

        Args:
            cache: where readings of headers are looked up and kept; None reads every one.
            workers: processes that read headers; 1 reads them in this one.
        """
        templates = {one.digest: one.template for one in self._headers.values() if one.template}
        read = _read_all(templates, cache or NoCache(), workers)
        return {digest: _notice(header, read) for digest, header in self._headers.items()}


def notices(files: Iterable[CollectedFile], cache: Cache | None = None, workers: int = 2) -> dict[str, Notice]:
    """The notice of every one of `files` by the sha256 of its content; arguments as of `NoticeCollector`."""
    collector = NoticeCollector()
    for file in files:
        collector.take(file)
    return collector.notices(cache, workers)


def _notice(header: Header, read: dict[str, _Rights]) -> Notice:
    rights = read.get(header.digest) if header.template else None
    if rights is None:
        return Notice(changes_stated=header.changes_stated)
    holders = dict.fromkeys(header.restored(one) for one in rights.holders)
    return Notice(rights.expression, tuple(holders), header.changes_stated)


def _read_all(templates: dict[str, str], cache: Cache, workers: int) -> dict[str, _Rights]:
    version = f"{_VERSION}.{header_licenses.VERSION}+scancode-{scancode.scancode_version()}"
    cache.used([(_NAME, version)])
    keys = {f"sha256:{digest}": digest for digest in templates}
    known = {
        keys[row.digest]: msgspec.msgpack.decode(payload, type=_Rights)
        for row, payload in cache.rows(sorted(keys)).items()
        if (row.detector, row.version) == (_NAME, version)
    }
    left = sorted((digest, template) for digest, template in templates.items() if digest not in known)
    for digest, rights in _read_anew(left, workers):
        if rights is not None:
            known[digest] = rights
            cache.put([(RowKey(_NAME, version, f"sha256:{digest}", ""), msgspec.msgpack.encode(rights))])
    return known


def _read_anew(templates: list[tuple[str, str]], workers: int) -> Iterator[tuple[str, _Rights | None]]:
    if not templates:
        return
    scancode.load()  # before forking, so that workers share the index
    if workers == 1 or len(templates) < _CHUNK:
        yield from map(_read, templates)
        return
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            yield from pool.map(_read, templates, chunksize=_CHUNK)
    except BrokenProcessPool as error:
        raise ComplianceError(_WORKER_DIED) from error


def _read(job: tuple[str, str]) -> tuple[str, _Rights | None]:
    digest, template = job
    try:
        with _written(template) as location:
            return digest, _Rights(header_licenses.expression_of(location, template), _holders(location))
    except Exception as error:  # whatever ScanCode stumbles over costs one header, and isn't cached
        logger.warning("header %s could not be read: %s: %s", digest[:12], type(error).__name__, error)
        return digest, None


@contextmanager
def _written(template: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="compliance-header-") as folder:
        location = Path(folder) / "header.txt"
        location.write_text(template, encoding="utf-8")
        yield location


def _holders(location: Path) -> tuple[str, ...]:
    lines = (
        f"{_years(statement.statement)} {holder}".strip()
        for statement in copyright_statements.statements(location)
        for holder in statement.holders
    )
    return tuple(dict.fromkeys(lines))


def _years(statement: str) -> str:
    """The years of `statement` as they stand there, blanks aside: `2018-2020, 2023`."""
    return ", ".join("".join(match[0].split()) for match in _YEARS.finditer(statement))


_WORKER_DIED = Text(
    en="a process that read file headers ended unexpectedly, perhaps for want of memory; run the command again "
    "with fewer jobs (what was read is kept where there is a cache)",
    ko="파일 머리글을 읽던 프로세스가 예기치 않게 종료됨 (메모리 부족 가능성). 작업 수를 줄여 다시 실행하세요. "
    "캐시가 있으면 이미 읽은 내용은 유지됩니다",
)
