"""What all archives share: caps, the private folder for members, and what is done with each member."""

import contextlib
import lzma
import shutil
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from compliance import temporary_folders
from compliance.model.skip import Reason, Skip, SkipError, words_of
from compliance.model.text import Text
from compliance.sources.links import linked, resolved
from compliance.sources.paths import REPOSITORY_FOLDER, abbreviated, parts_of, shown, unsafe
from compliance.sources.source import SourceFile, sorted_by_path

_CHUNK = 1 << 20
LONGEST_SAID = 300
_NO_REPOSITORY = Text(
    en="a folder called .git without a repository; give it another name",
    ko="저장소가 없는 .git 폴더. 다른 이름을 쓰세요",
)
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
    RuntimeError,
)
"""What the standard library raises on broken archives."""


class UnpackingLimits(msgspec.Struct, frozen=True):
    """Caps for all archives of one source together."""

    total_bytes: int = 8 << 30
    members: int = 1_000_000
    ratio: int = 200
    """A member this many times larger than what it is packed in, and over `ratio_floor`, is a bomb."""
    ratio_floor: int = 100 << 20
    """Bytes."""
    depth: int = 3
    """Archives inside archives."""


class ArchiveBombError(SkipError):
    """A cap was reached."""

    def __init__(self, en: str, ko: str) -> None:
        """Say which cap, in both languages."""
        super().__init__("archive-bomb", Text(en=en, ko=ko))


class MalformedError(SkipError):
    """The archive is broken."""

    def __init__(self, said: Text) -> None:
        """Say where, in both languages."""
        super().__init__("malformed", said)


class BrokenContentError(tarfile.ReadError):
    """What is wrong with an archive, found by this program and not by the standard library."""

    def __init__(self, en: str, ko: str) -> None:
        """Say it in both languages."""
        super().__init__(en)
        self.said = Text(en=en, ko=ko)


class Content(Protocol):
    """Something that is read from begin to end."""

    def read(self, size: int = ..., /) -> bytes:
        """Some bytes, about `size`; none at the end."""


class UnpackedFile(msgspec.Struct, frozen=True):
    """One member, unpacked into the private folder."""

    path: str
    size: int
    identity: str | None
    location: Path

    def open(self) -> BinaryIO:
        """The content, from its start."""
        return self.location.open("rb")


class Spool(msgspec.Struct):
    """The private folder for unpacked members, and what is left of the caps; a context manager."""

    limits: UnpackingLimits = msgspec.field(default_factory=UnpackingLimits)
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
            raise ArchiveBombError(
                f"more than {self.limits.members:,} members in the archives of this source",
                f"검사 대상의 압축 파일에 든 항목 {self.limits.members:,}개 초과",
            )

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
                f"the archives of this source unpack to more than {self.limits.total_bytes:,} bytes",
                f"검사 대상의 압축 파일을 풀면 {self.limits.total_bytes:,}바이트 초과",
            )
        if size > self.limits.ratio_floor and size > self.limits.ratio * max(packed, 1):
            raise ArchiveBombError(
                f"{size:,} bytes or more from {packed:,} packed ones",
                f"압축 {packed:,}바이트를 풀면 {size:,}바이트 이상",
            )

    def _next_location(self) -> Path:
        if self._folder is None:
            self._folder = temporary_folders.new_place("compliance-unpacked-")
            temporary_folders.make(self._folder)
        self._files += 1
        folder = self._folder / str(self._files // 1_000)
        folder.mkdir(exist_ok=True)
        return folder / str(self._files)


class Unpacking(msgspec.Struct):
    """The members of one archive as they are met."""

    spool: Spool
    label: str
    """What stands before each member's path: empty, or the archive's own path and `!/`."""
    identity: str | None
    """Of the archive."""
    files: list[SourceFile] = msgspec.field(default_factory=list)
    skipped: list[Skip] = msgspec.field(default_factory=list)
    _files: dict[str, SourceFile] = msgspec.field(default_factory=dict)
    """By the name in the archive: the last one of that name, which is what stays when an archive is unpacked."""
    _met: set[str] = msgspec.field(default_factory=set)
    _links: dict[str, str] = msgspec.field(default_factory=dict)
    _copies: dict[str, int] = msgspec.field(default_factory=dict)
    _git_folders: dict[str, set[bytes]] = msgspec.field(default_factory=dict)
    """What stands directly in each folder called `.git`."""

    def admit(self, name: bytes) -> str | None:
        """The path inside the archive of the member called `name`; None where it is left out or unsafe.

        Raises:
            ArchiveBombError: there are too many members.
        """
        self.spool.count_member()
        if (fault := unsafe(name)) is not None:
            self.skip(abbreviated(name), "unsafe-path", fault)
            return None
        parts = parts_of(name)
        if not parts or self._is_gits_own(parts):
            return None
        return shown(b"/".join(parts))

    def add_file(self, path: str, content: Content, packed: int) -> None:
        """Unpack the member at `path`; see `Spool.write` for `packed` and errors."""
        location, size = self.spool.write(content, packed)
        place = self._unique(path)
        identity = f"{self.identity}\0{place}" if self.identity else None
        self._add(path, place, UnpackedFile(f"{self.label}{place}", size, identity, location))

    def add_folder(self, path: str) -> None:
        """Note the folder at `path`, so that links to it are known to stay inside."""
        self._met.add(path)

    def add_link(self, path: str, target: bytes) -> None:
        """Note a symbolic link; `target` is relative to the link's folder."""
        place = self._unique(path)
        up = "" if place == path or target.startswith(b"/") else "../"  # out of the folder `~2`
        self._links[place] = up + shown(target)

    def add_hard_link(self, path: str, target: bytes) -> None:
        """Note another name for the member `target` that came before, as it was then."""
        name = shown(b"/".join(parts_of(target)))
        if (file := self._files.get(name)) is None or unsafe(target):
            self.add_link(path, b"../" * path.count("/") + target)
            return
        place = self._unique(path)
        self._add(path, place, linked(f"{self.label}{place}", file))

    def skip(self, path: str, reason: Reason, said: Text) -> None:
        """Note that the member at `path` is not examined."""
        self.skipped.append(Skip.of(reason, shortened("", said), f"{self.label}{path}"))

    def finish(self) -> tuple[list[SourceFile], list[Skip]]:
        """All members by path, and what was left out, links that lead nowhere included."""
        begin = len(self.label)
        self._report_false_git_folders()
        met = self._met | {skip.path[begin:] for skip in self.skipped}
        named, skipped = resolved(self._links, self._files, met)
        self.files.extend(linked(f"{self.label}{one.path}", one.target) for one in named)
        for skip in skipped:
            self.skip(skip.path, skip.reason, skip.said)
        return sorted_by_path(self.files), sorted(self.skipped, key=lambda skip: (skip.path, skip.detail))

    def _add(self, path: str, place: str, file: SourceFile) -> None:
        self._met.add(place)
        self._files[path] = self._files[place] = file
        self.files.append(file)

    def _unique(self, path: str) -> str:
        """`path`, or for a second member of that name `folder/~2/name`, which keeps the name."""
        folder, slash, name = path.rpartition("/")
        number = self._copies.get(path, 1)
        place = path
        while place in self._met or place in self._links:
            number += 1
            place = f"{folder}{slash}~{number}/{name}"
        self._copies[path] = number
        return place

    def _is_gits_own(self, parts: list[bytes]) -> bool:
        """Whether the member lies in a folder called `.git`; which one is noted."""
        if REPOSITORY_FOLDER not in parts[:-1]:
            return False
        depth = parts.index(REPOSITORY_FOLDER) + 1
        self._git_folders.setdefault(shown(b"/".join(parts[:depth])), set()).add(parts[depth])
        return True

    def _report_false_git_folders(self) -> None:
        for folder, held in self._git_folders.items():
            if not {b"HEAD", b"objects"} <= held:
                self.skip(folder, "unsupported", _NO_REPOSITORY)


@contextlib.contextmanager
def guarded(unpacking: Unpacking, path: str) -> Iterator[None]:
    """Turn a fault in the member at `path` into a skip, so that the next member is still read."""
    try:
        yield
    except ArchiveBombError as error:
        unpacking.skip(path, error.reason, error.said)
    except FAULTS as error:
        unpacking.skip(path, *reason_of(error))


def reason_of(error: Exception) -> tuple[Reason, Text]:
    """Why a member could not be read: what the system refused has a number, what an archive breaks has none."""
    if isinstance(error, OSError) and error.errno is not None:
        return "unreadable", words_of(error)
    if isinstance(error, BrokenContentError):
        return "malformed", error.said
    words = f"{error or type(error).__name__}"
    return "malformed", Text(en=words, ko=f"압축 형식 오류: {words}")


def shortened(before: str, said: Text) -> Text:
    """`said` with the words `before` it, at most `LONGEST_SAID` characters."""
    return Text(en=f"{before}{said.en}"[:LONGEST_SAID], ko=f"{before}{said.ko}"[:LONGEST_SAID])
