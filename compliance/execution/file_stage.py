"""The first stage: every file of a source, from the cache where its content is known, else by its detectors.

A file whose identity the cache knows isn't opened at all. Any other is copied once into a private folder, hashed
on the way, and handed to a worker only if the cache doesn't know the content either. Weights on disk are neither
copied nor hashed: workers read their headers in place, and the cache knows them by their identity alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from compliance.detectors.detector import ExaminedFile, FileDetector, HeaderDetector
from compliance.execution.executor import Executor
from compliance.execution.private_copies import Copy, Places
from compliance.execution.processes import Limits, Processes
from compliance.execution.progress import Progress
from compliance.execution.work import ROW_FORMAT, Job, Outcome, Row, decode_row, encode_row
from compliance.model.finding import Finding, place
from compliance.model.skip import Skip, words_of
from compliance.model.text import Text
from compliance.model.weight_formats import weight_format
from compliance.settings import Settings
from compliance.sources.in_place import readable_in_place
from compliance.sources.source import SourceFile
from compliance.store.cache import Cache, RowKey
from compliance.temporary_folders import temporary_folder

_ROWS_PER_WRITE = 200
_NOTHING = encode_row([])
_UNFINISHED = "unfinished:"
"""Before a digest: rows about this machine, which an exported cache leaves out."""
_LARGE = 64 << 10
"""Bytes from which files are examined first, so that no worker is left with one at the end."""


class FileFacts(msgspec.Struct, frozen=True, array_like=True):
    """What the first stage says of one file."""

    path: str
    size: int
    """Bytes."""
    findings: tuple[Finding, ...]
    """Placed."""
    skipped: tuple[Skip, ...]
    """Placed; empty where every detector that wanted the file has read it."""
    identity: str | None = None
    """Of the file, as its source tells it."""
    content: str | None = None
    """Digest of the content, by which the cache knows it; None where nobody had to read it."""
    repeatable: bool = True
    """Whether the same file gives the same facts again: nothing failed that may go well another time."""

    def at(self, revision: str | None) -> "FileFacts":
        """The same facts, of a file of `revision`."""
        if all(one.revision == revision for one in self.findings):
            return self
        findings = tuple(msgspec.structs.replace(one, revision=revision) for one in self.findings)
        return msgspec.structs.replace(self, findings=findings)


class _Entry(msgspec.Struct):
    """A file on its way through the stage."""

    file: SourceFile
    wanted: tuple[str, ...]
    in_place: SourceFile | None = None
    """The file where a worker opens it by itself, instead of a copy."""
    digest: str | None = None
    """Of the content; the identity of a file that is read in place. None while neither is known."""
    rows: dict[str, Row] = msgspec.field(default_factory=dict)
    failures: list[Skip] = msgspec.field(default_factory=list)
    repeatable: bool = True
    copy: Copy | None = None
    """While a worker may look at it."""

    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in self.wanted if name not in self.rows)


class FileStage:
    """Examines the files of one source."""

    def __init__(
        self,
        detectors: Sequence[FileDetector],
        cache: Cache,
        settings: Settings,
        progress: Progress,
        revision: str | None = None,
        executor: Executor | None = None,
    ) -> None:
        """Use `detectors` under `settings`; findings get `revision`.

        `executor` runs `detectors`, and maybe others; without one, processes of this stage's own do.
        """
        self._detectors = {one.name: one for one in detectors}
        self._versions = {one.name: f"{one.version}/{ROW_FORMAT}" for one in detectors}
        self._readers = {name: one for name, one in self._detectors.items() if isinstance(one, HeaderDetector)}
        self._cache = cache
        self._settings = settings
        self._progress = progress
        self._revision = revision
        limits = Limits(settings.seconds_per_file, settings.memory_per_file)
        self._executor = executor or Processes(self._detectors, settings.workers, limits)
        self._unwritten: dict[RowKey, bytes] = {}
        self._identities: list[tuple[str, str]] = []

    def run(self, files: Iterable[SourceFile]) -> Iterator[FileFacts]:
        """What is known of each file, in no particular order."""
        self._cache.used(self._versions.items())
        entries = [self._entry(file) for file in files]
        known, open_entries = self._recall(entries)
        self._progress.advance(len(known))
        yield from (self._facts(entry) for entry in known)
        with temporary_folder("compliance-") as folder:
            for entry in self._work_off(open_entries, Places(folder)):
                self._progress.advance()
                yield self._facts(entry)
        self._write()

    def _entry(self, file: SourceFile) -> _Entry:
        if not weight_format(file.path):
            return _Entry(file, self._wanted(file, self._detectors))
        in_place = readable_in_place(file)
        return _Entry(file, self._wanted(file, self._readers), in_place, file.identity if in_place else None)

    def _wanted(self, file: SourceFile, detectors: Mapping[str, FileDetector]) -> tuple[str, ...]:
        return tuple(name for name, one in detectors.items() if one.wants(file.path, file.size))

    def _recall(self, entries: list[_Entry]) -> tuple[list[_Entry], list[_Entry]]:
        """Entries that need no work, and the others."""
        identities = [entry.file.identity for entry in entries if entry.wanted and not entry.in_place]
        digests = self._cache.digests([one for one in identities if one])
        in_place = {entry.digest for entry in entries if entry.digest}
        unfinished = {f"{_UNFINISHED}{one}" for one in in_place}
        rows = self._cache.rows(sorted(in_place | unfinished | set(digests.values())))
        done: list[_Entry] = []
        left: list[_Entry] = []
        for entry in entries:
            if (reason := self._refusal(entry)) is not None:
                entry.failures.append(reason)
                done.append(entry)
                continue
            if entry.wanted:
                entry.digest = entry.digest or digests.get("" if entry.in_place else entry.file.identity or "")
                self._use(entry, rows)
            (left if entry.missing() else done).append(entry)
        left.sort(
            key=lambda entry: -max(entry.file.size, _LARGE)
        )  # small ones keep their order: neighbours are alike
        return done, left

    def _refusal(self, entry: _Entry) -> Skip | None:
        form = weight_format(entry.file.path)
        if form and not entry.wanted:
            return Skip.of(
                "unsupported",
                Text(en=f"{form} weights, which no detector reads", ko=f"{form} 가중치: 읽을 수 있는 탐지기 없음"),
            )
        if entry.wanted and not entry.in_place and entry.file.size > self._settings.largest_file:
            return self._too_large(entry.file.size)
        return None

    def _too_large(self, size: int) -> Skip:
        return Skip.of(
            "too-large",
            Text(
                en=f"{size:,} bytes, over the cap of {self._settings.largest_file:,}",
                ko=f"{size:,}바이트, 한도 {self._settings.largest_file:,}바이트 초과",
            ),
        )

    def _use(self, entry: _Entry, rows: dict[RowKey, bytes]) -> None:
        for name in entry.wanted if entry.digest else ():
            for key in (self._key(entry, name), self._unfinished_key(entry, name)):
                payload = rows.get(key, self._unwritten.get(key))
                if payload is not None and (row := _decoded(payload)) is not None:
                    entry.rows[name] = row
                    entry.repeatable = entry.repeatable and not key.digest.startswith(_UNFINISHED)
                    break

    def _key(self, entry: _Entry, name: str) -> RowKey:
        name_key = self._detectors[name].name_key(entry.file.path)
        return RowKey(name, self._versions[name], entry.digest or "", name_key)

    def _unfinished_key(self, entry: _Entry, name: str) -> RowKey:
        """Where it is remembered that no detector got through the file in the time that this run allows, too."""
        key = self._key(entry, name)
        seconds = f"{self._settings.seconds_per_file:g}"
        return RowKey(name, f"{key.version}/{seconds} s", f"{_UNFINISHED}{key.digest}", key.name_key)

    def _work_off(self, entries: list[_Entry], places: Places) -> Iterator[_Entry]:
        """Each entry once it is done: refused, recalled by content, or examined by a worker."""
        settled: list[_Entry] = []
        same: dict[tuple[RowKey, ...], list[_Entry]] = defaultdict(list)
        leaders: dict[int, tuple[RowKey, ...]] = {}

        def jobs() -> Iterator[Job]:
            for number, entry in enumerate(entries):
                job = self._job(number, entry, places)
                if job is None:
                    settled.append(entry)
                    continue
                keys = self._keys(entry, number)
                same[keys].append(entry)
                if len(same[keys]) == 1:
                    leaders[number] = keys
                    yield job
                else:
                    _drop(entry)

        missing = {name for entry in entries for name in entry.missing()}
        for outcome in self._executor.run(jobs(), missing):
            _drop(entries[outcome.number])
            for entry in same.pop(leaders.pop(outcome.number)):
                self._settle(entry, outcome)
                yield entry
            while settled:
                yield settled.pop()
        yield from settled

    def _keys(self, entry: _Entry, number: int) -> tuple[RowKey, ...]:
        """What the rows that `entry` lacks depend on. Content that nothing names is like no other."""
        if entry.digest is None:
            return (RowKey("", "", f"file {number}", ""),)
        return tuple(self._key(entry, name) for name in entry.wanted)

    def _job(self, number: int, entry: _Entry, places: Places) -> Job | None:
        """The work left for `entry` once its content has been copied to one of `places`; None if there is none."""
        if entry.in_place is not None:
            path, size = entry.file.path, entry.file.size
            examined = ExaminedFile(path=path, size=size, location=Path(), source=entry.in_place)
            return Job(number=number, file=examined, detectors=entry.missing())
        entry.copy = copy = Copy(places, entry.file)
        try:
            entry.digest, size = copy.read(self._settings.largest_file)
            if size > self._settings.largest_file:
                self._fail(entry, self._too_large(size))
            self._use(entry, self._cache.rows([entry.digest, f"{_UNFINISHED}{entry.digest}"]))
            if not entry.failures and (missing := entry.missing()):
                examined = ExaminedFile(path=entry.file.path, size=size, location=copy.written())
                return Job(number=number, file=examined, detectors=missing)
        except (OSError, ValueError) as error:
            words = str(error)[:300]
            ko = words_of(error).ko if isinstance(error, OSError) else f"읽기 실패: {words}"
            self._fail(entry, Skip.of("unreadable", Text(en=words, ko=ko)))
        self._remember_identity(entry)
        _drop(entry)
        return None

    def _fail(self, entry: _Entry, reason: Skip) -> None:
        """`entry` can't be examined this time."""
        entry.failures.append(reason)
        entry.repeatable = False

    def _settle(self, entry: _Entry, outcome: Outcome) -> None:
        entry.rows.update((name, decode_row(payload)) for name, payload in outcome.rows.items())
        entry.failures.extend(outcome.failures.values())
        entry.repeatable = entry.repeatable and not outcome.failures
        if entry.digest is not None:
            self._unwritten.update((self._key(entry, name), payload) for name, payload in outcome.rows.items())
            self._remember_unfinished(entry, outcome)
        self._remember_identity(entry)
        if len(self._unwritten) >= _ROWS_PER_WRITE:
            self._write()

    def _remember_unfinished(self, entry: _Entry, outcome: Outcome) -> None:
        """Spare the next run the time of a file that took too long: every detector would be waited for again."""
        late = [skip for skip in outcome.failures.values() if skip.reason == "timeout"]
        for name in entry.missing() if late else ():
            self._unwritten[self._unfinished_key(entry, name)] = encode_row([*late])

    def _remember_identity(self, entry: _Entry) -> None:
        if entry.file.identity and entry.digest and not entry.failures and not entry.in_place:
            self._identities.append((entry.file.identity, entry.digest))

    def _write(self) -> None:
        self._cache.put(self._unwritten.items())
        self._cache.remember(self._identities)
        self._unwritten.clear()
        self._identities.clear()

    def _facts(self, entry: _Entry) -> FileFacts:
        path = entry.file.path
        findings: list[Finding] = []
        skipped = [msgspec.structs.replace(skip, path=path) for skip in entry.failures]
        for name in entry.wanted:
            for one in entry.rows.get(name, ()):
                if isinstance(one, Skip):
                    skipped.append(msgspec.structs.replace(one, path=path))
                else:
                    findings.append(place(one, path, self._revision))
        return FileFacts(
            path,
            entry.file.size,
            tuple(findings),
            tuple(dict.fromkeys(skipped)),  # of a file that nobody got through, each detector says the same
            entry.file.identity,
            entry.digest,
            entry.repeatable,
        )


def _drop(entry: _Entry) -> None:
    """Remove the private copy of `entry`, if it has one."""
    if entry.copy is not None:
        entry.copy.remove()
        entry.copy = None


def _decoded(payload: bytes) -> Row | None:
    """The row in `payload`; None where it has another shape than this version writes."""
    if payload == _NOTHING:  # what most detectors say of most files
        return []
    try:
        return decode_row(payload)
    except msgspec.DecodeError:
        return None
