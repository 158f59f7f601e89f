"""What a recipe names: projects, and for each the releases to be collected."""

import datetime
from pathlib import Path

import msgspec
from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename


class Distribution(msgspec.Struct, frozen=True):
    """A wheel or source distribution on the package index, pinned by its digest."""

    version: str
    released: datetime.date
    """Day on which it was uploaded."""
    file: str
    """Name of the file, which names the package too."""
    sha256: str
    """64 hexadecimal digits."""

    @property
    def package(self) -> str:
        """Normalized name of the package."""
        return package_and_version(self.file)[0]


class LocalCopy(msgspec.Struct, frozen=True):
    """A folder or archive on this machine, as it is now."""

    version: str
    released: datetime.date | None
    path: Path


class History(msgspec.Struct, frozen=True):
    """Revisions of a git repository on this machine, each a release of its own."""

    path: Path
    revisions: tuple[str, ...] = ()
    """Branches, tags or commits."""
    tags: str | None = None
    """A pattern such as `v*`: every tag that it matches."""


Release = Distribution | LocalCopy | History


class RecipeProject(msgspec.Struct, frozen=True):
    """One project and how its files are chosen."""

    id: str
    developer: str
    country: str
    """ISO 3166-1 alpha-2; empty where unknown."""
    license: str | None
    """SPDX expression of the project as a whole; None where unknown."""
    releases: tuple[Release, ...]
    root: str = ""
    """The folder inside a release that is the project, `/` between parts; empty for all of it."""
    paths: tuple[str, ...] = ()
    """Patterns: only files that one of them matches; every file where there are none."""
    exclude: tuple[str, ...] = ()
    """Patterns of what is left out besides the defaults."""
    keep: tuple[str, ...] = ()
    """Patterns of what the defaults would leave out and is kept all the same."""


class Recipe(msgspec.Struct, frozen=True):
    """What an index is built from."""

    id: str
    version: str
    projects: tuple[RecipeProject, ...]
    digest: str
    """`sha256:` and the digest of the recipe's own bytes."""
    file: str
    """How the recipe is called in messages."""


def package_and_version(file: str) -> tuple[str, str]:
    """The normalized package name and the version that a distribution called `file` says it is.

    Raises:
        ValueError: the name isn't one of a wheel or source distribution.
    """
    if file.endswith(".whl"):
        name, version, *_ = parse_wheel_filename(file)
    else:
        name, version = parse_sdist_filename(file)
    return canonicalize_name(name), str(version)
