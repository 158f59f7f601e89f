"""The one straight way: sources, detectors, inventory, policy, assessment."""

import datetime
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from compliance import __version__, limits
from compliance.detectors.environment import examine_environment
from compliance.execution.choosing import executor_for
from compliance.execution.executor import Executor
from compliance.execution.progress import Progress, Silent
from compliance.execution.toolset import Tools, Toolset
from compliance.judgements import Judging
from compliance.language import from_locale
from compliance.licenses import term_files
from compliance.licenses.scancode import scancode_version
from compliance.model.finding import Finding
from compliance.model.inventory import MOST_UNLICENSED, FileCounts, Inventory, Tool
from compliance.model.placement import below, each_once, joined
from compliance.model.skip import Skip
from compliance.model.submission import ENVIRONMENT, SourceReference, Subject
from compliance.model.text import Text
from compliance.origins.opening import KnownCode
from compliance.settings import Settings
from compliance.sources.opening import OpenableSource, Submission
from compliance.sources.source import Members
from compliance.stages import Stages
from compliance.store.cache import Cache, NoCache, SqliteCache
from compliance.weights import families
from compliance.whole_source import WholeSource

logger = logging.getLogger(__name__)

_EMPTY = Text(en="there is no file to examine", ko="검사할 파일 없음")


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """What one source contributes to the inventory."""

    reference: SourceReference
    findings: tuple[Finding, ...]
    skipped: tuple[Skip, ...]
    counts: FileCounts
    ignored: int = 0
    unseen: tuple[Text, ...] = ()
    """What of its earlier releases couldn't be seen."""


class Examiner:
    """Examines submissions under the same settings; what they share is opened once."""

    def __init__(self, tools: Tools, settings: Settings, cache: Cache, executor: Executor) -> None:
        """Use `tools`, which `executor` runs, and `cache`."""
        self._tools = tools
        self._settings = settings
        self._cache = cache
        self._executor = executor

    def examine(
        self, submission: Submission, *, environment: Path | None = None, progress: Progress | None = None
    ) -> Inventory:
        """All facts in `submission`, with everything that could not be examined.

        Args:
            submission: opened by `compliance.sources.opening.open_submission`.
            environment: root or site-packages of an installed environment to list as well.
            progress: told of each file.
        """
        # first, since it is quick and tells a wrong path before the long work
        installed = [_examine_environment(environment)] if environment is not None else []
        parts = [self._examine_source(one, progress or Silent()) for one in submission.sources]
        known = self._tools.known
        faults = [*self._tools.faults, *known.replaced()]
        of_weights = limits.COMPARED if self._settings.weights else limits.HEADERS_ONLY
        return _inventory(submission, [*parts, *installed], known, faults, of_weights)

    def judging(self, policy: Path | str, waivers: Sequence[Path], today: datetime.date) -> Judging:
        """What judges by `policy` and `waivers` on the day `today`, and remembers what it said.

        Raises:
            PolicyError: a file can't be read, or is wrong: with every fault and its place.
        """
        return Judging(policy, waivers, today, self._cache)

    def _examine_source(self, source: OpenableSource, progress: Progress) -> Examined:
        members = Members(skipped=[], findings=[])
        stages = Stages(self._tools.detectors, self._cache, self._settings, progress, self._executor)
        with source.open(self._cache) as opened:
            reference = opened.reference
            files = list(opened.files(members))
            progress.start(source.name or reference.path, len(files))
            said = WholeSource(opened, stages).examine(files, members)
            progress.finish()
        skipped = [*members.skipped, *said.skipped]
        if not files and not skipped:
            skipped.append(Skip.of("empty", _EMPTY, "."))
        return Examined(
            reference=reference,
            findings=tuple(below(source.name, finding) for finding in said.findings),
            skipped=tuple(msgspec.structs.replace(skip, path=joined(source.name, skip.path)) for skip in skipped),
            counts=msgspec.structs.replace(
                said.counts,
                unlicensed_paths=tuple(joined(source.name, path) for path in said.counts.unlicensed_paths),
            ),
            ignored=members.ignored,
            unseen=said.unseen,
        )


@contextmanager
def open_examiner(settings: Settings) -> Iterator[Examiner]:
    """An examiner under `settings`: caps, what runs the detectors, data to compare with, and cache.

    Raises:
        ConfigurationError: a reference of weights can't be read, or the cluster can't be used.
    """
    toolset = Toolset.of(settings)
    cache = open_cache(settings.cache)
    try:
        tools = toolset.open(cache)
        with executor_for(settings, tools.detectors, toolset.absolute()) as executor:
            yield Examiner(tools, settings, cache, executor)
    finally:
        cache.close()


def examine(
    submission: Submission,
    settings: Settings,
    *,
    environment: Path | None = None,
    progress: Progress | None = None,
) -> Inventory:
    """What an examiner under `settings` finds in `submission`; see `Examiner.examine`."""
    with open_examiner(settings) as examiner:
        return examiner.examine(submission, environment=environment, progress=progress)


def open_cache(path: Path | None) -> Cache:
    """The cache at `path`; where it can't be had, none: that costs time and nothing else."""
    if path is None:
        return NoCache()
    try:
        return SqliteCache(path)
    except (OSError, sqlite3.OperationalError) as error:
        logger.warning("%s: %s. %s", path, error, limits.NO_CACHE.in_language(from_locale()))
        return NoCache()


def _examine_environment(path: Path) -> Examined:
    findings, skipped = examine_environment(path)
    return Examined(
        reference=SourceReference(kind=ENVIRONMENT, path=str(path)),
        findings=tuple(below(ENVIRONMENT, finding) for finding in findings),
        skipped=tuple(msgspec.structs.replace(skip, path=joined(ENVIRONMENT, skip.path)) for skip in skipped),
        counts=FileCounts(),
    )


def _inventory(
    submission: Submission, parts: list[Examined], known: KnownCode, faults: list[Skip], of_weights: Text
) -> Inventory:
    findings = each_once(sorted((one for part in parts for one in part.findings), key=_order))
    skipped = [*faults, *(one for part in parts for one in part.skipped)]
    data = {"origins": _named(known), "licenses": _license_data(), "scancode": scancode_version()}
    return Inventory(
        tool=Tool(version=__version__, data=data),
        subject=Subject(
            team=submission.team, name=submission.name, sources=tuple(part.reference for part in parts)
        ),
        counts=FileCounts(
            files=sum(part.counts.files for part in parts),
            examined=sum(part.counts.examined for part in parts),
            unlicensed=sum(part.counts.unlicensed for part in parts),
            unlicensed_paths=tuple(path for part in parts for path in part.counts.unlicensed_paths)[
                :MOST_UNLICENSED
            ],
        ),
        findings=tuple(findings),
        skipped=tuple(sorted(skipped, key=lambda one: (one.path, one.reason, one.detail))),
        limits=(*_limits(parts), of_weights),
    )


def _named(known: KnownCode) -> str | None:
    """Recipe and digest of every index that was compared with."""
    said = [f"{one.header.recipe} sha256:{one.header.digest}".strip() for one in known.indexes]
    return ", ".join(said) or None


def _license_data() -> str:
    """Digests of the terms of weight licenses and of the families of models, which findings rest on."""
    return f"terms sha256:{term_files.data_version()}, families sha256:{families.DATA_VERSION}"


def _limits(parts: list[Examined]) -> tuple[Text, ...]:
    said = list(limits.ALWAYS)
    if all(part.reference.kind != ENVIRONMENT for part in parts):
        said.append(limits.NO_ENVIRONMENT)
    if left_out := sum(part.ignored for part in parts):
        said.append(limits.ignored(left_out))
    return (*said, *dict.fromkeys(one for part in parts for one in part.unseen))


def _order(finding: Finding) -> tuple[str, tuple[int, int], str, str]:
    return finding.path, finding.lines or (0, 0), type(finding).__name__, finding.id
