"""Both stages over the files of one source."""

import hashlib
from collections.abc import Iterable, Sequence
from operator import attrgetter

import msgspec

from compliance import program
from compliance.detectors.detector import FileDetector, Tree, TreeFile, tree_checks, tree_detectors
from compliance.execution.executor import Executor
from compliance.execution.file_stage import FileFacts, FileStage
from compliance.execution.progress import Progress
from compliance.execution.work import ROW_FORMAT
from compliance.kept_facts import KeptFacts
from compliance.model.finding import Finding, LicenseFinding
from compliance.model.inventory import MOST_UNLICENSED, FileCounts
from compliance.model.skip import Skip
from compliance.settings import Settings
from compliance.sources.source import SourceFile
from compliance.store.cache import Cache, NoCache
from compliance.store.database import day_of


class Seen(msgspec.Struct, frozen=True):
    """What both stages say of a source."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skip, ...]
    """What files miss of each other, then what of each file could not be examined."""
    counts: FileCounts
    repeatable: bool
    """Whether the same files give the same again."""


class Stages(msgspec.Struct, frozen=True):
    """The two stages under some settings."""

    detectors: Sequence[FileDetector]
    cache: Cache
    settings: Settings
    progress: Progress
    executor: Executor | None = None
    """What runs the detectors; without one, processes of the first stage's own do."""
    day: int = msgspec.field(default_factory=day_of)
    """Today's number."""

    def run(
        self,
        place: str,
        files: Sequence[SourceFile],
        found_by_source: Sequence[Finding] = (),
        revision: str | None = None,
    ) -> Seen:
        """What is to be said of `files`, all those of one source, which found some things itself.

        Args:
            place: names the source, whose facts are kept until the next time.
            files: in any order.
            found_by_source: placed.
            revision: commit that is examined, where it is one.
        """
        facts = sorted(self._first(place, files, revision), key=attrgetter("path"))
        findings, missing = whole_tree(facts, found_by_source, revision)
        return Seen(
            findings=tuple(findings),
            skipped=(*missing, *(skip for one in facts for skip in one.skipped)),
            counts=_counts(facts, findings),
            repeatable=all(one.repeatable for one in facts),
        )

    def depends_on(self) -> bytes | None:
        """A digest of what decides, besides a source, what is said of it; None where nothing is kept."""
        if isinstance(self.cache, NoCache) or (code := program.state()) is None:
            return None
        detectors = [(one.name, one.version) for one in self.detectors]
        of_trees = [
            *((one.name, one.version) for one in tree_detectors()),
            *((one.name, one.version) for one in tree_checks()),
        ]
        decides = (code, ROW_FORMAT, detectors, of_trees, self.settings.largest_file)
        return hashlib.sha256(msgspec.msgpack.encode(decides)).digest()

    def _first(self, place: str, files: Sequence[SourceFile], revision: str | None) -> list[FileFacts]:
        stage = FileStage(self.detectors, self.cache, self.settings, self.progress, revision, self.executor)
        base = self.depends_on()
        if base is None:
            return list(stage.run(files))
        kept = KeptFacts(self.cache, place, base, self.day)
        recalled, others = kept.recall(files, revision)
        self.progress.advance(len(recalled))
        new = list(stage.run(others))
        kept.keep(recalled, new)
        return [*recalled, *new]


def whole_tree(
    facts: Sequence[FileFacts], found_by_source: Sequence[Finding], revision: str | None
) -> tuple[list[Finding], list[Skip]]:
    """The second stage: findings that need more than one file, and what files miss of each other."""
    files = tuple(TreeFile(path=one.path, size=one.size) for one in facts)
    findings: Sequence[Finding] = (*found_by_source, *(finding for one in facts for finding in one.findings))
    tree = Tree(files=files, findings=tuple(findings), revision=revision)
    for detector in tree_detectors():
        if (findings := detector.detect_tree(tree)) is not tree.findings:
            tree = Tree(files=files, findings=tuple(findings), revision=revision)
    return list(tree.findings), [skip for check in tree_checks() for skip in check.check_tree(tree)]


def _counts(facts: Sequence[FileFacts], findings: Iterable[Finding]) -> FileCounts:
    licensed = {finding.path for finding in findings if isinstance(finding, LicenseFinding)}
    unlicensed = [one.path for one in facts if one.size > 0 and one.path not in licensed]
    return FileCounts(
        files=len(facts),
        examined=sum(not one.skipped for one in facts),
        unlicensed=len(unlicensed),
        unlicensed_paths=tuple(unlicensed[:MOST_UNLICENSED]),
    )
