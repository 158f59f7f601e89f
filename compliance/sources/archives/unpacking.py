"""What all archives share: caps, the private folder for members, and what is done with each member."""

import contextlib
import lzma
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from compliance.model.skip import Reason, Skip
from compliance.sources.links import folders_of, unmet
from compliance.sources.paths import REPOSITORY_FOLDER, parts_of, shown, unsafe
from compliance.sources.source import SourceFile, sorted_by_path

_CHUNK = 1 << 20
FAULTS = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    OSError,
    ValueError,
    ArithmeticError,
    LookupError,
    RecursionError,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises on broken archives."""


@dataclass(frozen=True, slots=True)
class UnpackingLimits:
    """Caps for all archives of one source together."""

    total_bytes: int = 8 << 30
    members: int = 1_000_000
    ratio: int = 200
    """A member this many times larger than what it is packed in, and over `ratio_floor`, is a bomb."""
    ratio_floor: int = 100 << 20
    """Bytes."""
    depth: int = 3
    """Archives inside archives."""


class ArchiveBombError(Exception):
    """A cap was reached; the message says which."""


class MalformedError(Exception):
    """The archive is broken; the message says where."""


class Content(Protocol):
    """Something that is read from begin to end."""

    def read(self, size: int = ..., /) -> bytes:
        """Some bytes, about `size`; none at the end."""


@dataclass(frozen=True, slots=True)
class UnpackedFile:
    """One member, unpacked into the private folder."""

    path: str
    size: int
    identity: str | None
    location: Path

    def open(self) -> BinaryIO:
        """The content, from its start."""
        return self.location.open("rb")


@dataclass(slots=True)
class Spool:
    """The private folder for unpacked members, and what is left of the caps; a context manager."""

    limits: UnpackingLimits = field(default_factory=UnpackingLimits)
    _folder: Path | None = None
    _bytes: int = 0
    _members: int = 0
    _files: int = 0

    def __enter__(self) -> "Spool":
        """The spool itself; the folder is made when it is first needed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove everything unpacked."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def count_member(self) -> None:
        """Note one more member. Raises ArchiveBombError over the cap."""
        self._members += 1
        if self._members > self.limits.members:
            raise ArchiveBombError(f"more than {self.limits.members:,} members in the archives of this source")

    def write(self, content: Content, packed: int) -> tuple[Path, int]:
        """Copy `content`, packed into at most `packed` bytes; where it lies, and its size.

        Raises:
            ArchiveBombError: it grows over a cap.
            OSError, and what reading a broken archive raises.
        """
        self.check(0, packed)
        location = self._next_location()
        size = 0
        try:
            with location.open("wb") as copy:
                while chunk := content.read(_CHUNK):
                    size += len(chunk)
                    self.check(size, packed)
                    copy.write(chunk)
        except BaseException:
            location.unlink(missing_ok=True)
            raise
        finally:
            self._bytes += size  # what failed was work too: a thousand broken members must not unpack for ever
        return location, size

    def check(self, size: int, packed: int) -> None:
        """Raise ArchiveBombError where a member of `size` bytes, packed into `packed`, is over a cap."""
        if self._bytes + size > self.limits.total_bytes:
            raise ArchiveBombError(
                f"the archives of this source unpack to more than {self.limits.total_bytes:,} bytes"
            )
        if size > self.limits.ratio_floor and size > self.limits.ratio * max(packed, 1):
            raise ArchiveBombError(f"{size:,} bytes or more from {packed:,} packed ones")

    def _next_location(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="compliance-unpacked-"))
        self._files += 1
        folder = self._folder / str(self._files // 1_000)
        folder.mkdir(exist_ok=True)
        return folder / str(self._files)


@dataclass(slots=True)
class Unpacking:
    """The members of one archive as they are met."""

    spool: Spool
    label: str
    """What stands before each member's path: empty, or the archive's own path and `!/`."""
    identity: str | None
    """Of the archive."""
    files: list[SourceFile] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    _met: set[str] = field(default_factory=set)
    _links: dict[str, str] = field(default_factory=dict)

    def admit(self, name: bytes) -> str | None:
        """The path inside the archive of the member called `name`; None where it is left out or unsafe.

        Raises:
            ArchiveBombError: there are too many members.
        """
        self.spool.count_member()
        if (fault := unsafe(name)) is not None:
            self.skip(shown(name), "unsafe-path", fault)
            return None
        parts = parts_of(name)
        if not parts or REPOSITORY_FOLDER in parts:
            return None
        return shown(b"/".join(parts))

    def add_file(self, path: str, content: Content, packed: int) -> None:
        """Unpack the member at `path`; see `Spool.write` for `packed` and errors."""
        location, size = self.spool.write(content, packed)
        path = self._unique(path)
        self._met.add(path)
        inside = f"{self.label}{path}"
        identity = f"{self.identity}!/{path}" if self.identity else None
        self.files.append(UnpackedFile(inside, size, identity, location))

    def add_folder(self, path: str) -> None:
        """Note the folder at `path`, so that links to it are known to stay inside."""
        self._met.add(path)

    def add_link(self, path: str, target: bytes) -> None:
        """Note a symbolic link; `target` is relative to the link's folder."""
        self._links[path] = shown(target)

    def skip(self, path: str, reason: Reason, detail: str) -> None:
        """Note that the member at `path` is not examined."""
        self.skipped.append(Skip(path=f"{self.label}{path}", reason=reason, detail=detail[:300]))

    def finish(self) -> tuple[list[SourceFile], list[Skip]]:
        """All members by path, and what was left out, links that lead nowhere included."""
        begin = len(self.label)
        met = self._met | {skip.path[begin:] for skip in self.skipped}
        for one in unmet(self._links, met | folders_of(met)):
            self.skip(one.path, one.reason, one.detail)
        return sorted_by_path(self.files), sorted(self.skipped, key=lambda skip: (skip.path, skip.detail))

    def _unique(self, path: str) -> str:
        """`path`, or for a second member of that name `folder/~2/name`, which keeps the name."""
        folder, slash, name = path.rpartition("/")
        number = 1
        while path in self._met:
            number += 1
            path = f"{folder}{slash}~{number}/{name}"
        return path


@contextlib.contextmanager
def guarded(unpacking: Unpacking, path: str) -> Iterator[None]:
    """Turn a fault in the member at `path` into a skip, so that the next member is still read."""
    try:
        yield
    except ArchiveBombError as error:
        unpacking.skip(path, "archive-bomb", str(error))
    except FAULTS as error:
        unpacking.skip(path, *reason_of(error))


def reason_of(error: Exception) -> tuple[Reason, str]:
    """Why a member could not be read: what the system refused has a number, what an archive breaks has none."""
    if isinstance(error, OSError) and error.errno is not None:
        return "unreadable", error.strerror or str(error)
    return "malformed", f"{error or type(error).__name__}"
