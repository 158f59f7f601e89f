"""What is known of an origin besides its fingerprints: facts and names, never text."""

import msgspec


class Project(msgspec.Struct, frozen=True, array_like=True):
    """A package, tree or repository that was indexed."""

    id: str
    """Name in the registry, or a name that the recipe gives."""
    developer: str
    country: str
    """ISO 3166-1 alpha-2; empty where unknown."""
    expression: str | None
    """SPDX expression of the project as a whole."""


class Release(msgspec.Struct, frozen=True, array_like=True):
    """One release, commit or state of a project."""

    project: int
    """Position among the projects."""
    version: str
    released: str | None
    """ISO date; None where unknown."""


class Notice(msgspec.Struct, frozen=True, array_like=True):
    """What a file carried at its top: whom it names, under which license."""

    expression: str | None = None
    """SPDX expression of the header; None where the file has no license header."""
    holders: tuple[str, ...] = ()
    """`years name` of each copyright line, as facts."""
    changes_stated: bool = False
    """The header says that the file was modified or adapted from another."""


class Family(msgspec.Struct, frozen=True, array_like=True):
    """The same file through all releases of one project."""

    project: int
    path: str
    """Inside the package, `/` between parts, without a folder that is named after the version."""
    name: str
    """Model family or module, such as `deepseek_v3`."""
    developer: str
    """Of the model, else of the project."""
    country: str


class CollectedFile(msgspec.Struct, frozen=True):
    """One file on its way into an index."""

    project: str
    version: str
    path: str
    content: bytes


class ContentBlock(msgspec.Struct, frozen=True, array_like=True):
    """One function of a known content."""

    block: int
    """Number of the block in its index."""
    name: str
    first: int
    """Line, counted from 1."""
    last: int


class Content(msgspec.Struct, frozen=True, array_like=True):
    """One state of a family's file."""

    releases: tuple[int, ...]
    """Positions of the releases that have it, ascending."""
    notice: int
    """Position of the notice that it carries."""
    blocks: tuple[ContentBlock, ...]


class Edge(msgspec.Struct, frozen=True, array_like=True):
    """A class or function that names its parent: by inheritance in a modular source, "Copied from", or import."""

    child_path: str
    """Family path."""
    child: str
    """Class or function; empty for the whole file."""
    parent_path: str
    parent: str
    how: str
    """`inherits`, `copied-from` or `imports`."""


class Catalog(msgspec.Struct, frozen=True):
    """Everything of an index but its arrays."""

    recipe: str
    """Name and digest of the recipe."""
    built: str
    """ISO date."""
    projects: tuple[Project, ...]
    releases: tuple[Release, ...]
    families: tuple[Family, ...]
    notices: tuple[Notice, ...]
    edges: tuple[tuple[int, str, int, str, str], ...] = ()
    """Child family, child name, parent family, parent name, how."""
