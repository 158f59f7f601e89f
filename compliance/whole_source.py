"""Everything that is said of one source; of one in which nothing changed today, what was said last time.

One row of the cache holds what was said, beside a digest of everything that it depends on. Where all of that is
the same, no other row is asked for, decoded or joined, and no history is read.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from operator import attrgetter

import msgspec

from compliance import limits
from compliance.execution.file_stage import FileFacts, FileStage
from compliance.execution.progress import Silent
from compliance.history_stage import of_history
from compliance.model.finding import Finding
from compliance.model.inventory import FileCounts
from compliance.model.skip import Skip
from compliance.model.submission import SourceReference
from compliance.model.text import Text
from compliance.sources.history import History
from compliance.sources.source import Members, Source, SourceFile
from compliance.stages import Stages, whole_tree
from compliance.store.blocks import by_path, packed, unpacked
from compliance.store.cache import RowKey, row

_DETECTOR, _VERSION = "whole-source", "3"
_BLOCK = 1_000
"""Findings that are packed together, with the others of the last file."""
MOST_FINDINGS = 500_000
"""More aren't kept: the row is written and read as a whole, some 90 bytes a finding."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a source."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skip, ...]
    """Besides what the source left out by itself."""
    counts: FileCounts
    unseen: tuple[Text, ...] = ()
    """What of its earlier releases couldn't be seen."""


class _Row(msgspec.Struct, frozen=True, array_like=True):
    """`Said` as it is kept."""

    state: bytes
    """Digest of what it depends on."""
    blocks: tuple[bytes, ...]
    """Findings, packed."""
    skipped: tuple[Skip, ...]
    counts: FileCounts
    unseen: tuple[Text, ...]


_encode = msgspec.msgpack.Encoder().encode
_row = msgspec.msgpack.Decoder(_Row).decode
_findings = msgspec.msgpack.Decoder(tuple[Finding, ...]).decode


@dataclass(slots=True)
class WholeSource:
    """One source, open."""

    source: Source
    stages: Stages
    _releases_repeatable: bool = field(init=False, default=True)

    def examine(self, files: Sequence[SourceFile], members: Members) -> Said:
        """What is to be said of `files`, all those of the source, which gave the others to `members`."""
        with ExitStack() as stack:
            history = self.source.history()
            if history is not None:
                stack.callback(history.close)
            state = self._state(files, members, history)
            key = _key(self.source.reference)
            kept = _kept(row(self.stages.cache, key)) if state is not None else None
            if kept is not None and kept.state == state and (said := _recalled(kept)):
                self.stages.cache.used([(_DETECTOR, _VERSION)])
                self.stages.progress.advance(len(files))
                return said
            said, repeatable = self._examined(files, members, history)
            if state is not None and repeatable and (new := _row_of(state, said, kept)) is not None:
                self.stages.cache.put([(key, new)])
        return said

    def _state(self, files: Sequence[SourceFile], members: Members, history: History | None) -> bytes | None:
        """The digest of all that is said depends on; None where a content has no name, or nothing is kept.

        Of today, too: a day's first run asks for more rows, which notes that they are used.
        """
        named = [(file.path, file.size, file.identity) for file in files]
        nameless = any(identity is None for _, _, identity in named)
        base = None if nameless else self.stages.depends_on()
        past = None if history is None else history.identity
        if base is None or (history is not None and past is None):
            return None
        left_out = sorted({skip.path for skip in members.skipped})
        revision = self.source.reference.revision
        depends_on = (self.stages.day, base, revision, named, members.findings, left_out, past)
        try:
            return hashlib.sha256(_encode(depends_on)).digest()
        except UnicodeEncodeError:  # half a character in scanned text
            return None

    def _examined(
        self, files: Sequence[SourceFile], members: Members, history: History | None
    ) -> tuple[Said, bool]:
        """What is said, and whether the same would be said again."""
        reference = self.source.reference
        seen = self.stages.run(_place(reference), files, members.findings, reference.revision)
        unexamined = [one.path for one in (*members.skipped, *seen.skipped)]
        past = of_history(
            history,
            files,
            seen.findings,
            unexamined,
            reference.revision,
            self._examine_release,
            _conclusions,
            self.stages.cache,
        )
        said = Said(
            findings=past.findings,
            skipped=seen.skipped,
            counts=seen.counts,
            unseen=limits.of_releases(past.changes) if past.changes else (),
        )
        whole = history is None or not history.lacking
        return said, seen.repeatable and self._releases_repeatable and whole

    def _examine_release(self, files: Sequence[SourceFile], names: frozenset[str]) -> Iterator[FileFacts]:
        """The first stage for files of releases: by some of the detectors that read today's."""
        stages = self.stages
        detectors = [one for one in stages.detectors if one.name in names]
        for facts in FileStage(detectors, stages.cache, stages.settings, Silent(), executor=stages.executor).run(
            files
        ):
            self._releases_repeatable = self._releases_repeatable and facts.repeatable
            yield facts


def _conclusions(facts: Sequence[FileFacts]) -> list[Finding]:
    """What the second stage makes of a release's files."""
    return whole_tree(facts, [], None)[0]


def _place(reference: SourceReference) -> str:
    """One for each place, so that its earlier states are replaced."""
    place = (reference.kind, os.path.abspath(reference.path), reference.prefix)  # noqa: PTH100 - no file is looked at
    return hashlib.sha256(_encode(place)).hexdigest()


def _key(reference: SourceReference) -> RowKey:
    return RowKey(_DETECTOR, _VERSION, f"source:{_place(reference)}", "")


def _row_of(state: bytes, said: Said, before: _Row | None) -> bytes | None:
    """`said` as it is kept in the place of what was `before`; None where it can't be."""
    if len(said.findings) > MOST_FINDINGS:
        return None
    runs = by_path(said.findings, attrgetter("path"), _BLOCK)
    try:
        blocks = packed(runs, before.blocks if before is not None else ())
        return _encode(_Row(state, blocks, said.skipped, said.counts, said.unseen))
    except UnicodeEncodeError:
        return None


def _kept(payload: bytes | None) -> _Row | None:
    try:
        return _row(payload) if payload is not None else None
    except msgspec.DecodeError:
        return None


def _recalled(kept: _Row) -> Said | None:
    if (findings := unpacked(kept.blocks, _findings)) is None:
        return None
    return Said(findings=tuple(findings), skipped=kept.skipped, counts=kept.counts, unseen=kept.unseen)
