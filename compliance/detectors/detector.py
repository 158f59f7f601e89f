"""What a detector is, and how the detectors of this package are found."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar, runtime_checkable

import msgspec

from compliance.model.finding import Finding
from compliance.model.placement import folder_of
from compliance.model.skip import Skip
from compliance.sources.source import SourceFile

_Kind = TypeVar("_Kind", bound=Finding)


class ExaminedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file as a detector sees it: its name and its bytes, nothing of the machine it came from."""

    path: str
    """Relative to the subject, `/` between parts, printable but otherwise untrusted."""
    size: int
    """Bytes."""
    location: Path
    """A private copy of the content whose last part has the file's own suffixes; read-only. Empty where there is
    none, which only a `HeaderDetector` meets."""
    source: SourceFile | None = None
    """The file itself, where it is read where it lies."""

    @property
    def name(self) -> str:
        """Last part of the path."""
        return self.path.rsplit("/", 1)[-1]

    def read(self, limit: int | None = None) -> bytes:
        """The first `limit` bytes of the content, or all of it."""
        with self.open() as stream:
            return stream.read(-1 if limit is None else limit)

    def open(self) -> BinaryIO:
        """The content, seekable. Raises OSError where it can't be read or is no longer what was met."""
        return self.location.open("rb") if self.source is None else self.source.open()


@runtime_checkable
class FileDetector(Protocol):
    """Finds facts in one file, from its bytes and, where `name_key` says so, its name."""

    name: str
    version: str
    """Changes whenever the same bytes may give other findings; part of the cache key."""

    def wants(self, path: str, size: int) -> bool:
        """Whether the file at `path` (relative to the subject) of `size` bytes is worth opening."""

    def name_key(self, path: str) -> str:
        """The part of the path that the findings depend on; empty where only the bytes count."""

    def prepare(self) -> None:
        """Load what `detect` needs; called once, before worker processes are forked, and only if needed."""

    def detect(self, file: ExaminedFile) -> Iterable[Finding | Skip]:
        """Unplaced findings in `file`, and what of it could not be examined.

        Never raises for bad input: a fault in the input is a `Skip` that names the place.
        """


@runtime_checkable
class HeaderDetector(FileDetector, Protocol):
    """A file detector that reads a few places of a file, so that it may look at weights of any size.

    Weights on disk aren't copied or hashed for it: its findings are remembered by the file's identity.
    """

    reads_headers_only: bool


@runtime_checkable
class StreamingDetector(HeaderDetector, Protocol):
    """A header detector that then reads a file to its end, and so may take as long as its size asks for."""

    slowest: int
    """Bytes a second at which it may read; each file's time cap grows by its size over this."""


class TreeFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as the second stage sees it: no content, only what is known of it."""

    path: str
    size: int


class Tree(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything that the first stage met in one source."""

    files: tuple[TreeFile, ...]
    """Sorted by path."""
    findings: tuple[Finding, ...]
    """Placed findings: those of the source itself, then by path, in the order in which detectors found them."""
    revision: str | None = None
    """Commit that was examined, where there is one."""

    def of(self, kind: type[_Kind]) -> Sequence[_Kind]:
        """The findings of one kind, in their order."""
        found: Sequence[Any] = self._by_kind.get(kind, ())
        return found

    def by_folder(self) -> dict[str, list[Finding]]:
        """The findings by the folder in which their file lies, in their order."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[folder_of(finding.path)].append(finding)
        return dict(found)

    def and_also(self, found: Sequence[Finding]) -> Sequence[Finding]:
        """The findings, and `found` behind them; where there is none, the findings themselves."""
        return [*self.findings, *found] if found else self.findings

    def with_changed(self, changed: Mapping[int, Finding]) -> Sequence[Finding]:
        """The findings, others in place of those `changed`, by `id`; where none is, the findings themselves."""
        return [changed.get(id(one), one) for one in self.findings] if changed else self.findings

    @cached_property
    def _by_kind(self) -> Mapping[type, list[Finding]]:
        """Most detectors ask for a kind of which there is little: so each needn't look through all."""
        found: dict[type, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[type(finding)].append(finding)
        return dict(found)


@runtime_checkable
class TreeDetector(Protocol):
    """Joins findings across files; cheap, since it sees no content."""

    name: str
    version: str
    order: int
    """Tree detectors run in ascending order; each sees what those before it found."""

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings of the tree from now on: those given, changed or kept, and new placed ones.

        Where none was changed or added, `tree.findings` themselves.
        """


@runtime_checkable
class TreeCheck(Protocol):
    """Compares what files say of each other, and reports what is missing; cheap, since it sees no content."""

    name: str
    version: str

    def check_tree(self, tree: Tree) -> Sequence[Skip]:
        """Placed skips for what files of `tree` need and don't find in it."""


@cache
def file_detectors() -> tuple[FileDetector, ...]:
    """The file detectors of this package, by name."""
    found = [one for one in _declared() if isinstance(one, FileDetector)]
    return tuple(sorted(found, key=lambda one: one.name))


@cache
def tree_detectors() -> tuple[TreeDetector, ...]:
    """The tree detectors of this package, in the order in which they run."""
    found = [one for one in _declared() if isinstance(one, TreeDetector)]
    return tuple(sorted(found, key=lambda one: (one.order, one.name)))


@cache
def tree_checks() -> tuple[TreeCheck, ...]:
    """The tree checks of this package, by name."""
    found = [one for one in _declared() if isinstance(one, TreeCheck)]
    return tuple(sorted(found, key=lambda one: one.name))


def _declared() -> list[object]:
    package = importlib.import_module("compliance.detectors")
    modules = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    loaded = [importlib.import_module(f"compliance.detectors.{name}") for name in modules]
    declared = [module.DETECTOR for module in loaded if hasattr(module, "DETECTOR")]
    for one in declared:
        if not isinstance(one, FileDetector | TreeDetector | TreeCheck):
            raise TypeError(f"{type(one).__module__}: DETECTOR lacks something that a detector must have")
    return declared
