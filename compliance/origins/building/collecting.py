"""From a recipe to the source files of its projects, in a stable order; nothing of them is built or run."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from compliance.model.skip import Skip, refused
from compliance.model.submission import SourceReference
from compliance.origins.building import source_files
from compliance.origins.building.fetching import fetched
from compliance.origins.building.histories import revisions_of
from compliance.origins.building.recipe import Distribution, History, LocalCopy, Recipe, RecipeProject
from compliance.origins.catalog import CollectedFile, Project, Release
from compliance.sources.archives.archive import ArchiveSource
from compliance.sources.archives.unpacking import Spool, UnpackingLimits
from compliance.sources.opening import open_submission
from compliance.sources.source import Members, Source, SourceFile

_LIMITS = UnpackingLimits(total_bytes=4 << 30, members=300_000)


class Listed(msgspec.Struct, frozen=True):
    """One release, or revision of a history, that is collected on its own."""

    project: RecipeProject
    version: str
    released: str | None
    """ISO date."""
    place: Distribution | LocalCopy | tuple[Path, str]
    """Where its files are; a repository and a commit for a revision of a history."""


def listed(recipe: Recipe) -> tuple[Listed, ...]:
    """Every release of `recipe`, revisions of histories one by one: projects in its order, each by date.

    Releases without a date stand last, in the order of the recipe: what counts as the first or the newest release
    of a project depends on this.

    Raises:
        SubjectError: a repository or a revision isn't there.
    """
    return tuple(
        one
        for project in recipe.projects
        for one in sorted(_listed(project), key=lambda one: (one.released is None, one.released or ""))
    )


def projects_and_releases(
    recipe: Recipe, everything: Sequence[Listed] | None = None
) -> tuple[tuple[Project, ...], tuple[Release, ...]]:
    """The projects of `recipe` and all their releases, `everything` that is listed, as an index names them."""
    projects = tuple(Project(one.id, one.developer, one.country, one.license) for one in recipe.projects)
    places = {project.id: number for number, project in enumerate(projects)}
    releases = tuple(
        Release(places[one.project.id], one.version, one.released) for one in everything or listed(recipe)
    )
    return projects, releases


def collect(recipe: Recipe, downloads: Path, skipped: list[Skip] | None = None) -> Iterator[CollectedFile]:
    """The source files of every release, in the order of the recipe and then of their paths.

    Args:
        recipe: what to collect.
        downloads: folder where distributions lie, or are downloaded to.
        skipped: receives what could not be read, with `project version: ` before its path.

    Raises:
        ComplianceError: a release can't be had or opened at all.
    """
    for one in listed(recipe):
        yield from collect_release(one, downloads, skipped)


def collect_release(one: Listed, downloads: Path, skipped: list[Skip] | None = None) -> Iterator[CollectedFile]:
    """The source files of one release by path; arguments and errors as of `collect`."""
    members = Members(skipped=[], findings=[])
    match one.place:
        case Distribution() as distribution:
            location = fetched(distribution, downloads).resolve()
            reference = SourceReference(kind="archive", path=distribution.file)
            with Spool(_LIMITS) as spool:
                # archives in it are not opened: what is packed once more is no source of the project
                yield from _chosen(one, ArchiveSource(location, reference, spool), members, unpacked=True)
        case LocalCopy(path=path):
            with open_submission(path).sources[0].open() as source:
                yield from _chosen(one, source, members, unpacked=path.is_file())
        case path, commit:
            with open_submission(path, revision=commit).sources[0].open() as source:
                yield from _chosen(one, source, members, unpacked=False)
    if skipped is not None:
        skipped.extend(
            msgspec.structs.replace(skip, path=f"{one.project.id} {one.version}: {skip.path}")
            for skip in members.skipped
        )


def _listed(project: RecipeProject) -> Iterator[Listed]:
    for release in project.releases:
        match release:
            case History() as history:
                for revision in revisions_of(history):
                    date = revision.committed.isoformat() if revision.committed else None
                    yield Listed(project, revision.name, date, (history.path, revision.commit))
            case Distribution() | LocalCopy():
                date = release.released.isoformat() if release.released else None
                yield Listed(project, release.version, date, release)


def _chosen(one: Listed, source: Source, members: Members, *, unpacked: bool) -> Iterator[CollectedFile]:
    files = [file for file in source.files(members) if "!/" not in file.path]
    paths = [file.path for file in files]
    folder = source_files.common_folder(paths) if unpacked and not _is_wheel(one) else ""
    prefixes = source_files.source_prefixes(path.removeprefix(folder) for path in paths)
    named = {source_files.family_path(file.path, folder, prefixes): file for file in reversed(files)}
    root = f"{one.project.root}/" if one.project.root else ""
    for name, file in sorted(named.items()):
        path = name.removeprefix(root)
        if not name.startswith(root) or not source_files.is_source(path):
            continue
        if source_files.is_chosen(path, one.project) and (content := _content(file, members)) is not None:
            yield CollectedFile(one.project.id, one.version, path, content)


def _is_wheel(one: Listed) -> bool:
    return isinstance(one.place, Distribution) and one.place.file.endswith(".whl")


def _content(file: SourceFile, members: Members) -> bytes | None:
    """What stands in `file`; None where it is no source that somebody wrote, or can't be read."""
    if not 0 < file.size <= source_files.LARGEST:
        return None
    try:
        with file.open() as stream:
            content = stream.read(source_files.LARGEST + 1)
    except OSError as error:
        members.skipped.append(refused(error, file.path))
        return None
    return content if source_files.is_written_by_hand(content) else None
