"""Where a card's `license_link` points: a file at hand, one that should be, or text elsewhere."""

import posixpath
from collections.abc import Set
from typing import Literal
from urllib.parse import unquote

import msgspec

from compliance.weights import hub
from compliance.weights.local_copies import LocalCopies

Kind = Literal["file", "missing", "elsewhere"]


class LinkTarget(msgspec.Struct, frozen=True):
    """What a link leads to."""

    kind: Kind
    """A file of the examined tree; a file that should be in it and isn't; anything else."""
    path: str = ""
    """Relative to the subject, of a file here or missing."""
    how: str = ""
    """How the link led there, in a word or two."""


def target(link: str, card: str, files: Set[str], copies: LocalCopies) -> LinkTarget:
    """Where `link` in the card at the path `card` leads among `files`.

    A link to a file at a hub leads into the card's own folder where that is a copy of the repository, or where
    nothing says whose copy it is and the file is there; else into another copy at hand.
    """
    link = link.strip()[: hub.LONGEST]
    folder = posixpath.dirname(card)
    repository = hub.of_address(link)
    if repository is not None:
        return _at_hub(repository, folder, files, copies)
    if "://" in link or not link or link.startswith(("mailto:", "//", "www.")):
        return LinkTarget("elsewhere")
    path = _joined(folder, unquote(link.partition("#")[0]).lstrip("/"))
    return _file(path, files, "relative link") if path else LinkTarget("elsewhere")


def _at_hub(repository: hub.HubRepository, folder: str, files: Set[str], copies: LocalCopies) -> LinkTarget:
    if not repository.path or repository.kind != "model":
        return LinkTarget("elsewhere")
    if _is_copy(folder, repository):
        return _file(_joined(folder, repository.path), files, "address of this repository")
    for copy in copies.of(repository.id, folder, repository.revision):
        if copy.join != "folder-name":
            return _file(_joined(copy.folder, repository.path), files, "address of another repository at hand")
    beside = _joined(folder, repository.path)
    if folder == "" and beside in files:  # nothing says whose copy the subject itself is
        return LinkTarget("file", beside, "address of a repository, taken for this one")
    return LinkTarget("elsewhere")


def _is_copy(folder: str, repository: hub.HubRepository) -> bool:
    cached = hub.of_cache(folder)
    if cached is not None:
        return cached.id.casefold() == repository.id.casefold()
    return posixpath.basename(folder).casefold() == repository.name.casefold()


def _file(path: str, files: Set[str], how: str) -> LinkTarget:
    return LinkTarget("file" if path in files else "missing", path, how)


def _joined(folder: str, path: str) -> str:
    """`path` below `folder`; empty where it leads out of the subject."""
    joined = posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")))
    return "" if joined in {".", ".."} or joined.startswith(("../", "/")) else joined
