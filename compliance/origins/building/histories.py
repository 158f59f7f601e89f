"""Revisions of a git repository that a recipe names, resolved to commits; no setting of the repository is read."""

import datetime
from collections.abc import Iterator
from fnmatch import fnmatchcase

import msgspec

from compliance.errors import SubjectError
from compliance.origins.building.recipe import History
from compliance.sources import subject_errors
from compliance.sources.git.location import Repository, locate
from compliance.sources.git.objects import ObjectReader
from compliance.sources.git.private_repository import GitRefusedError, PrivateRepository
from compliance.sources.git.revision import resolve, unknown
from compliance.sources.git.tree_walk import LARGEST_COMMIT


class Revision(msgspec.Struct, frozen=True):
    """One commit of a history."""

    name: str
    """As the recipe, or the tag, calls it."""
    commit: str
    """Full object name."""
    committed: datetime.date | None
    """Day in UTC, as its committer set it; None where the commit doesn't say it."""


def revisions_of(history: History) -> tuple[Revision, ...]:
    """The revisions of `history`: those named, in their order, then the tags by date and name; each commit once.

    Raises:
        SubjectError: there is no repository, or a revision is unknown.
    """
    written = str(history.path)
    repository = locate(history.path) if history.path.is_dir() else None
    if repository is None:
        raise subject_errors.not_git(written) if history.path.exists() else subject_errors.not_there(written)
    named = [(name, resolve(repository, name, written)) for name in history.revisions]
    tagged = [(name, _tagged(repository, name, found, written)) for name, found in _tags(repository, history)]
    if not named and not tagged:
        raise subject_errors.unknown_revision(written, history.tags or "", "no tag has such a name")
    dates = _dates(repository, sorted({commit for _, commit in (*named, *tagged)}), written)
    tagged.sort(key=lambda pair: (dates[pair[1]] or datetime.date.min, pair[0]))
    first: dict[str, str] = {}
    for name, commit in (*named, *tagged):
        first.setdefault(commit, name)
    return tuple(Revision(name, commit, dates[commit]) for commit, name in first.items())


def _tags(repository: Repository, history: History) -> list[tuple[str, str]]:
    """Name and object of each tag that is asked for; what isn't UTF-8 in a name is replaced."""
    if history.tags is None:
        return []
    try:
        with PrivateRepository(repository) as private:
            printed = private.run(["for-each-ref", "--format=%(objectname) %(refname)", "refs/tags"])
    except (GitRefusedError, OSError) as error:
        raise subject_errors.unreadable(str(history.path), str(error)) from error
    lines = (line.partition(" refs/tags/") for line in printed.decode("utf-8", "replace").split("\n"))
    return [(name, found) for found, _, name in lines if name and fnmatchcase(name, history.tags)]


def _tagged(repository: Repository, name: str, found: str, written: str) -> str:
    """The commit that the tag `name` leads to, by the object `found` that it names."""
    try:
        return resolve(repository, found, written)
    except SubjectError as error:
        raise unknown(repository, f"refs/tags/{name}", written, "it leads to no commit that is there") from error


def _dates(repository: Repository, commits: list[str], written: str) -> dict[str, datetime.date | None]:
    with PrivateRepository(repository) as private:
        reader = ObjectReader(private)
        try:
            return {commit: _committed(reader.read(commit, "commit", LARGEST_COMMIT)) for commit in commits}
        except OSError as error:
            raise SubjectError(subject_errors.unreadable(written, str(error)).message) from error
        finally:
            reader.close()


def _committed(commit: bytes) -> datetime.date | None:
    for line in _header(commit):
        if line.startswith(b"committer "):
            try:
                seconds = int(line.rsplit(b" ", 2)[1])
                return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
            except (IndexError, ValueError, OverflowError, OSError):
                return None
    return None


def _header(commit: bytes) -> Iterator[bytes]:
    for line in commit.split(b"\n"):
        if not line:
            return
        yield line
