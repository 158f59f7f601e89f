"""Both stages over the files of one source; of a source in which nothing changed today, what they said last time.

One row of the cache holds the findings of a whole source, beside a digest of everything that they depend on. Where
all of that is the same, no other row is asked for, decoded or joined.
"""

import functools
import hashlib
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import msgspec

from compliance.detectors.detector import FileDetector, Tree, TreeFile, tree_checks, tree_detectors
from compliance.execution.executor import Executor
from compliance.execution.file_stage import FileFacts, FileStage
from compliance.execution.progress import Progress
from compliance.execution.work import ROW_FORMAT
from compliance.model.finding import Finding, LicenseFinding
from compliance.model.inventory import FileCounts
from compliance.model.skip import Skip
from compliance.model.submission import SourceReference
from compliance.settings import Settings
from compliance.sources.source import SourceFile
from compliance.store.cache import Cache, NoCache, RowKey
from compliance.store.database import day_of

_DETECTOR, _VERSION = "whole-source", "1"
_BLOCK = 1_000
"""Findings that are packed together."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What both stages say of a source."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skip, ...]
    """What files miss of each other, then what of each file could not be examined."""
    counts: FileCounts


class _Row(msgspec.Struct, frozen=True, array_like=True):
    """`Seen` as it is kept: in blocks, so that no more than one of them is in memory twice."""

    state: bytes
    """Digest of what it depends on."""
    blocks: tuple[bytes, ...]
    """Findings, packed."""
    skipped: tuple[Skip, ...]
    counts: FileCounts


_encode = msgspec.msgpack.Encoder().encode
_row = msgspec.msgpack.Decoder(_Row).decode
_findings = msgspec.msgpack.Decoder(tuple[Finding, ...]).decode


@dataclass(frozen=True, slots=True)
class Stages:
    """The two stages under some settings."""

    detectors: Sequence[FileDetector]
    cache: Cache
    settings: Settings
    progress: Progress
    executor: Executor | None = None
    """What runs the detectors; without one, processes of the first stage's own do."""
    day: int = field(default_factory=day_of)
    """Today's number."""

    def run(
        self, reference: SourceReference, files: Sequence[SourceFile], found_by_source: Sequence[Finding]
    ) -> Seen:
        """What is to be said of `files`, all those of the source `reference`, which found some things itself."""
        state = self._state(reference, files, found_by_source)
        key = _key(reference)
        if state is not None and (seen := _recalled(self.cache.rows([key.digest]).get(key), state)) is not None:
            self.cache.used([(_DETECTOR, _VERSION)])
            self.progress.advance(len(files))
            return seen
        stage = FileStage(
            self.detectors, self.cache, self.settings, self.progress, reference.revision, self.executor
        )
        facts = sorted(stage.run(files), key=lambda one: one.path)
        findings, missing = whole_tree(facts, found_by_source, reference.revision)
        skipped = (*missing, *(skip for one in facts for skip in one.skipped))
        seen = Seen(findings=tuple(findings), skipped=skipped, counts=_counts(facts, findings))
        if state is not None and stage.repeatable and (row := _packed(state, seen)) is not None:
            self.cache.put([(key, row)])
        return seen

    def _state(
        self, reference: SourceReference, files: Sequence[SourceFile], found_by_source: Sequence[Finding]
    ) -> bytes | None:
        """The digest of all that the findings depend on; None where a content has no name, or nothing is kept.

        Of today, too: a day's first run asks for every row, which notes that they are used.
        """
        named = [(file.path, file.size, file.identity) for file in files]
        nameless = any(identity is None for _, _, identity in named)
        if nameless or isinstance(self.cache, NoCache) or (code := _code()) is None:
            return None
        detectors = [(one.name, one.version) for one in self.detectors]
        of_trees = [
            *((one.name, one.version) for one in tree_detectors()),
            *((one.name, one.version) for one in tree_checks()),
        ]
        depends_on = (
            (self.day, code, ROW_FORMAT, detectors, of_trees, self.settings.largest_file),
            (reference.revision, named, found_by_source),
        )
        encoded = _encoded(depends_on)
        return hashlib.sha256(encoded).digest() if encoded is not None else None


def whole_tree(
    facts: Sequence[FileFacts], found_by_source: Sequence[Finding], revision: str | None
) -> tuple[list[Finding], list[Skip]]:
    """The second stage: findings that need more than one file, and what files miss of each other."""
    files = tuple(TreeFile(path=one.path, size=one.size) for one in facts)
    findings: list[Finding] = [*found_by_source, *(finding for one in facts for finding in one.findings)]
    for detector in tree_detectors():
        tree = Tree(files=files, findings=tuple(findings), revision=revision)
        findings = list(detector.detect_tree(tree))
    tree = Tree(files=files, findings=tuple(findings), revision=revision)
    return findings, [skip for check in tree_checks() for skip in check.check_tree(tree)]


def _counts(facts: Sequence[FileFacts], findings: Iterable[Finding]) -> FileCounts:
    licensed = {finding.path for finding in findings if isinstance(finding, LicenseFinding)}
    return FileCounts(
        files=len(facts),
        examined=sum(not one.skipped for one in facts),
        unlicensed=sum(one.size > 0 and one.path not in licensed for one in facts),
    )


def _key(reference: SourceReference) -> RowKey:
    """One for each place, so that its earlier states are replaced."""
    place = (reference.kind, os.path.abspath(reference.path), reference.prefix)  # noqa: PTH100 - no file is looked at
    return RowKey(_DETECTOR, _VERSION, f"source:{hashlib.sha256(_encode(place)).hexdigest()}", "")


def _encoded(value: object) -> bytes | None:
    """None for what UTF-8 can't hold, such as half a character in scanned text."""
    try:
        return _encode(value)
    except UnicodeEncodeError:
        return None


def _packed(state: bytes, seen: Seen) -> bytes | None:
    blocks = [_encoded(seen.findings[start : start + _BLOCK]) for start in range(0, len(seen.findings), _BLOCK)]
    packed = tuple(zlib.compress(block, 1) for block in blocks if block is not None)
    return _encoded(_Row(state, packed, seen.skipped, seen.counts)) if len(packed) == len(blocks) else None


def _recalled(payload: bytes | None, state: bytes) -> Seen | None:
    try:
        if payload is None or (row := _row(payload)).state != state:
            return None
        findings = tuple(one for block in row.blocks for one in _findings(zlib.decompress(block)))
    except (zlib.error, msgspec.DecodeError):
        return None
    return Seen(findings=findings, skipped=row.skipped, counts=row.counts)


@functools.cache
def _code() -> str | None:
    """What tells that this program, and the data that come with it, are the ones of last time, unread.

    None where they aren't files of their own.
    """
    digest = hashlib.sha256(f"{sys.version} {version('license-expression')}".encode())
    try:
        for line in sorted(_records(Path(__file__).parent)):
            digest.update(line.encode(errors="surrogateescape"))
    except OSError:
        return None
    return digest.hexdigest()


def _records(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _records(Path(entry.path))
            else:
                status = entry.stat()
                yield f"{entry.path}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}\n"
