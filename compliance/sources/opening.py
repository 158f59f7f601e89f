"""Opening a submission: what a subject is, and the sources that it names."""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from compliance.errors import Fault, SubjectError
from compliance.model.submission import SourceKind, SourceReference
from compliance.sources import subject_errors as errors
from compliance.sources.archives.archive import ArchiveSource
from compliance.sources.archives.expansion import ExpandedSource
from compliance.sources.archives.recognition import recognized
from compliance.sources.archives.recollection import Recollection
from compliance.sources.archives.unpacking import Spool, UnpackingLimits
from compliance.sources.directory import DirectorySource
from compliance.sources.disk_file import open_regular
from compliance.sources.git.location import Repository, locate
from compliance.sources.git.private_repository import PrivateRepository
from compliance.sources.git.revision import resolve
from compliance.sources.git.tree import GitTreeSource
from compliance.sources.git.working_tree import WorkingTreeSource, holds_tracked_files
from compliance.sources.messages import printable
from compliance.sources.model_snapshot import cache_folder, is_snapshot, snapshots_in
from compliance.sources.paths import shown
from compliance.sources.source import Source
from compliance.store.cache import Cache, NoCache

_SUBMISSION_SUFFIXES = {".yaml", ".yml"}
Opener = Callable[[ExitStack, Spool], Source]


@dataclass(frozen=True, slots=True)
class OpenableSource:
    """A source that is there and can be opened, once or several times."""

    name: str
    """Stands before the paths of its files, with a `/` between; empty for the only source of a subject."""
    reference: SourceReference
    opener: Opener = field(repr=False, compare=False)
    limits: UnpackingLimits = field(default_factory=UnpackingLimits)

    @contextlib.contextmanager
    def _opened(self, cache: Cache) -> Iterator[Source]:
        with ExitStack() as stack:
            spool = stack.enter_context(Spool(self.limits))
            yield ExpandedSource(self.opener(stack, spool), spool, Recollection(cache))

    def open(self, cache: Cache | None = None) -> AbstractContextManager[Source]:
        """The source, to be used in a `with` statement; what it keeps on disk is removed afterwards.

        Args:
            cache: knows which unchanged files need not be opened to see that they are no archives.
        """
        return self._opened(cache or NoCache())


class Submission(msgspec.Struct, frozen=True):
    """What one team hands in."""

    team: str | None
    name: str
    sources: tuple[OpenableSource, ...]


class _Request(msgspec.Struct, frozen=True):
    """One place to open."""

    name: str
    location: Path
    written: str
    """The path as the user wrote it."""
    kind: SourceKind | None
    revision: str | None
    include_ignored: bool


def open_submission(subject: Path, *, revision: str | None = None, include_ignored: bool = False) -> Submission:
    """The submission that `subject` is.

    Args:
        subject: a folder, a git repository or a folder in one, an archive, a model snapshot or a submission file.
        revision: commit, tag or branch to examine instead of the files on disk; for a git repository only.
        include_ignored: examine what the repository's .gitignore leaves out, too.

    Raises:
        SubjectError: the subject, or the revision, isn't there or can't be opened.
        ConfigurationError: the submission file is wrong; holds every mistake with its place.
    """
    written = shown(os.fsencode(subject))
    name = shown(os.fsencode(Path(os.path.abspath(subject)).name)) or written  # noqa: PTH100 - a link keeps its name
    if not os.path.exists(subject):  # noqa: PTH110 - Path raises where a parent can't be searched
        raise errors.not_there(written)
    if subject.is_file() and subject.suffix.lower() in _SUBMISSION_SUFFIXES:
        if revision is not None:
            raise errors.revision_of_submission(written)
        return _open_file(subject, include_ignored)
    request = _Request("", subject, written, None, revision, include_ignored)
    return Submission(team=None, name=name, sources=(_openable(request),))


def _open_file(file: Path, include_ignored: bool) -> Submission:
    from compliance.sources.submission_file import read_submission_file  # loads a YAML reader, which few runs need

    declared = read_submission_file(file)
    sources: list[OpenableSource] = []
    faults: list[Fault] = []
    for one in declared.sources:
        location = file.parent / one.path
        try:
            sources.append(
                _openable(_Request(one.name, location, one.path, one.kind, one.revision, include_ignored))
            )
        except SubjectError as error:
            faults.append(Fault(one.line, one.column, error.message))
    if faults:
        summary = errors.sources_not_opened(str(file), len(faults))
        raise SubjectError(summary.message, tuple(faults), printable(str(file)))
    return Submission(team=declared.team, name=declared.name or declared.team, sources=tuple(sources))


def _openable(request: _Request) -> OpenableSource:
    if not os.path.exists(request.location):  # noqa: PTH110 - as above
        raise errors.not_there(request.written)
    if not request.location.is_dir():
        return _archive(request)
    if (repository := _repository(request)) is not None:
        return _git(request, repository)
    if request.revision is not None:
        raise errors.revision_without_git(request.written)
    if request.kind == "git":
        raise errors.not_git(request.written)
    if request.kind == "archive":
        raise errors.not_an_archive(request.written)
    return _folder(request)


def _repository(request: _Request) -> Repository | None:
    """The repository to examine; none where another kind was asked for, or where it doesn't track the folder."""
    if request.kind not in {None, "git"}:
        return None
    repository = locate(request.location)
    if repository is None or not repository.prefix or request.kind or request.revision is not None:
        return repository
    with _private(repository, request.written) as private:
        return repository if holds_tracked_files(private) else None


def _git(request: _Request, repository: Repository) -> OpenableSource:
    revision = "HEAD" if request.revision is None and repository.work_tree is None else request.revision
    commit = resolve(repository, revision, request.written) if revision is not None else None
    prefix = shown(repository.prefix)
    reference = SourceReference(kind="git", path=request.written, revision=commit, prefix=prefix)

    def opener(stack: ExitStack, _: Spool) -> Source:
        private = stack.enter_context(_private(repository, request.written))
        if commit is None:
            return WorkingTreeSource(private, reference, request.include_ignored)
        source = GitTreeSource(private, commit, repository.prefix, reference)
        stack.callback(source.close)
        return source

    return OpenableSource(request.name, reference, opener)


def _private(repository: Repository, written: str) -> PrivateRepository:
    try:
        return PrivateRepository(repository)
    except OSError as error:
        raise errors.unreadable(written, str(error)) from error


def _folder(request: _Request) -> OpenableSource:
    location, kind = request.location, request.kind
    if kind in {None, "model-snapshot"} and (snapshots := snapshots_in(location)):
        if len(snapshots) > 1:
            raise errors.several_snapshots(request.written, ", ".join(one.name for one in snapshots))
        location = snapshots[0]
    shared = cache_folder(location)
    if kind is None:
        kind = "model-snapshot" if shared or is_snapshot(location) else "directory"
    try:
        os.scandir(location).close()
    except OSError as error:
        raise errors.unreadable(request.written, error.strerror or str(error)) from error
    reference = SourceReference(kind=kind, path=request.written)
    return OpenableSource(request.name, reference, lambda *_: DirectorySource(location, reference, shared=shared))


def _archive(request: _Request) -> OpenableSource:
    if request.kind not in {None, "archive"}:
        raise errors.not_a_folder(request.written, str(request.kind))
    location = request.location.resolve()
    try:
        with open_regular(os.fsencode(location)) as content:
            known = recognized(content, location.name)
    except OSError as error:
        raise errors.unreadable(request.written, error.strerror or str(error)) from error
    if known is None:
        raise errors.not_an_archive(request.written)
    if request.revision is not None:
        raise errors.revision_without_git(request.written)
    reference = SourceReference(kind="archive", path=request.written)
    return OpenableSource(request.name, reference, lambda _, spool: ArchiveSource(location, reference, spool))
