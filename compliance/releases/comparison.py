"""What license files, notices and cards said at earlier releases, found by the detectors that read them today.

The few files are examined by the same stages as today's: findings are remembered by content, so a release that
changed none of them costs nothing.
"""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

import msgspec

from compliance.execution.file_stage import FileFacts
from compliance.licenses.license_files import is_license_file
from compliance.model.finding import ContradictionFinding, Finding, place
from compliance.model.submission import MEMBER_MARK
from compliance.releases.changes import changes
from compliance.releases.state import State, is_card, is_compared
from compliance.sources.history import History, Release, Releases
from compliance.sources.source import SourceFile

_OF_TEXTS = frozenset({"license-text", "weight-license", "copyright"})
_OF_CARDS = frozenset({"model-card", "copyright"})
_OF_NOTICES = frozenset({"copyright"})
"""Names of the detectors that read what is compared; a release's README is searched for no license texts."""

Examine = Callable[[Sequence[SourceFile], frozenset[str]], Iterable[FileFacts]]
"""The first stage with the detectors of those names alone."""
Conclude = Callable[[Sequence[FileFacts]], Sequence[Finding]]
"""The second stage."""


class _Content(msgspec.Struct, frozen=True):
    """A file of a release under a path that no other content has."""

    path: str
    file: SourceFile

    @property
    def size(self) -> int:
        return self.file.size

    @property
    def identity(self) -> str | None:
        return self.file.identity

    def open(self) -> BinaryIO:
        return self.file.open()


_Key = tuple[str, str | None]
"""Path and content."""


class ReleaseChanges(msgspec.Struct, frozen=True):
    """What changed after releases, and what of them couldn't be seen."""

    findings: tuple[ContradictionFinding, ...] = ()
    releases: Releases = msgspec.field(default_factory=Releases)
    unexamined: int = 0
    """Contents of which not everything is known."""


def changes_since_releases(
    history: History,
    findings: Sequence[Finding],
    files: Iterable[str],
    unexamined: Iterable[str],
    revision: str | None,
    examine: Examine,
    conclude: Conclude,
) -> ReleaseChanges:
    """Compare what is examined with the states at earlier tags.

    Args:
        history: of the source.
        findings: all of the source's findings today.
        files: paths of all its files today.
        unexamined: paths that were skipped, wholly or in part.
        revision: commit that is examined, where it is one.
        examine: the stage for single files.
        conclude: the stage over a state's files.
    """
    paths = frozenset(one for one in files if is_compared(one) and MEMBER_MARK not in one)
    releases = history.releases(_folders(paths), is_compared)
    if not releases.seen:
        return ReleaseChanges(releases=releases)
    now = _state(paths, findings, unexamined)
    known = _examined(releases.seen, examine)
    states: dict[tuple[_Key, ...], State] = {}
    compared: list[tuple[Release, State]] = []
    for release in releases.seen:
        keys = tuple((file.path, file.identity) for file in release.files)
        if keys not in states:
            own = [known[key] for key in keys if key in known]
            states[keys] = _state(
                frozenset(path for path, _ in keys), conclude(own), (one.path for one in own if one.skipped)
            )
        compared.append((release, states[keys]))
    return ReleaseChanges(
        findings=tuple(changes(now, compared, revision)),
        releases=releases,
        unexamined=sum(bool(one.skipped) for one in known.values()),
    )


def _folders(paths: Iterable[str]) -> list[str]:
    """The folders of `paths` and all above them, the uppermost first."""
    found = {""}
    for path in paths:
        folder = posixpath.dirname(path)
        while folder and folder not in found:
            found.add(folder)
            folder = posixpath.dirname(folder)
    return sorted(found, key=lambda one: (one.count("/"), one))


def _state(paths: frozenset[str], findings: Iterable[Finding], unexamined: Iterable[str]) -> State:
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.path in paths:
            by_path[finding.path].append(finding)
    return State(paths, by_path, frozenset(unexamined))


def _examined(releases: Iterable[Release], examine: Examine) -> dict[_Key, FileFacts]:
    """What is known of each content that a path has had, placed at that path."""
    files = {(file.path, file.identity): file for release in releases for file in release.files}
    found: dict[_Key, FileFacts] = {}
    for names in (_OF_TEXTS, _OF_CARDS, _OF_NOTICES):
        keys = [key for key in files if _detectors(key[0]) == names]
        contents = [_Content(f"{number}/{key[0]}", files[key]) for number, key in enumerate(keys)]
        for facts in examine(contents, names) if contents else ():
            number, _, path = facts.path.partition("/")
            found[keys[int(number)]] = FileFacts(
                path=path,
                size=facts.size,
                findings=tuple(place(one, path, None) for one in facts.findings),
                skipped=tuple(msgspec.structs.replace(one, path=path) for one in facts.skipped),
            )
    return found


def _detectors(path: str) -> frozenset[str]:
    if is_license_file(path):
        return _OF_TEXTS
    return _OF_CARDS if is_card(path) else _OF_NOTICES
