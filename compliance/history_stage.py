"""The stage that asks the git history: which commit brought code, and what changed after releases."""

from collections.abc import Iterable, Sequence

import msgspec

from compliance import introductions
from compliance.model.finding import Finding, OriginFinding
from compliance.releases.comparison import Conclude, Examine, ReleaseChanges, changes_since_releases
from compliance.sources.history import History
from compliance.sources.source import SourceFile
from compliance.store.cache import Cache


class OfHistory(msgspec.Struct, frozen=True):
    """A source's findings with what its history adds to them."""

    findings: tuple[Finding, ...]
    changes: ReleaseChanges | None = None
    """None where there is no history."""


def of_history(
    history: History | None,
    files: Sequence[SourceFile],
    findings: Sequence[Finding],
    unexamined: Iterable[str],
    revision: str | None,
    examine: Examine,
    conclude: Conclude,
    cache: Cache,
) -> OfHistory:
    """What the `history` of a source adds to its `findings`, if it has one.

    Args:
        history: open; None for a source without one.
        files: of the source.
        findings: of both stages.
        unexamined: paths that were skipped, wholly or in part.
        revision: commit that is examined, where it is one.
        examine: the first stage, for files of releases.
        conclude: the second stage, for the files of one release.
        cache: remembers what was read of earlier versions.
    """
    if history is None:
        return OfHistory(tuple(findings))
    by_path = {file.path: file for file in files}
    if any(isinstance(one, OriginFinding) for one in findings):
        findings = introductions.with_introductions(
            findings,
            history,
            lambda path: _content(by_path.get(path)),
            lambda path: _identity(by_path.get(path)),
            cache,
        )
    changes = changes_since_releases(
        history, findings, [one.path for one in files], unexamined, revision, examine, conclude
    )
    return OfHistory((*findings, *changes.findings), changes)


def _identity(file: SourceFile | None) -> str | None:
    return file.identity if file is not None else None


def _content(file: SourceFile | None) -> bytes | None:
    if file is None or file.size > introductions.LARGEST:
        return None
    try:
        with file.open() as stream:
            return stream.read()
    except OSError:
        return None
