"""The index file: a header that names its sections and their digests, then the sections, each ready to be mapped.

magic 8 bytes | length of the header 8 bytes | header, JSON | padding | section | padding | section …
"""

import hashlib
import json
import mmap
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from compliance.errors import ComplianceError
from compliance.model.text import Text
from compliance.sources.disk_file import identity_of

if TYPE_CHECKING:  # loading numpy takes as long as all else that a run needs which compares nothing
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.generic]

MAGIC = b"ORIGINS1"
FORMAT = 1
_ALIGNMENT = 64
_LONGEST_HEADER = 1 << 20
_LONGEST_DIALECT = 40
"""Characters of a foreign dialect that messages show."""
_TYPES = ("|u1", "<u2", "<u4", "<u8")
"""Of sections: unsigned numbers alone, so that no header can ask for anything else."""


class IndexFaultError(ComplianceError):
    """An index file can't be used: it is truncated, corrupted, of another version, or no index at all."""


class Header(msgspec.Struct, frozen=True):
    """What the first bytes of an index say."""

    dialect: str
    """Of the fingerprints."""
    digest: str
    """Of all sections: the identity of the index."""
    sections: Mapping[str, tuple[int, int, str]]
    """Offset, size in bytes and type of each section."""
    recipe: str = ""
    """Name and version of what the index was built from."""


def write(path: Path, dialect: str, sections: "Mapping[str, Array]", *, recipe: str = "") -> Header:
    """Write `sections` to `path`.

    What is there is replaced in one step, so that whoever reads it isn't disturbed.
    """
    import numpy as np

    placed: dict[str, tuple[int, int, str]] = {}
    offset = 0
    digest = hashlib.sha256()
    for name, section in sections.items():
        placed[name] = (offset, section.nbytes, section.dtype.str)
        offset += -(-section.nbytes // _ALIGNMENT) * _ALIGNMENT
        digest.update(np.ascontiguousarray(section).data)
    header = Header(dialect, digest.hexdigest(), placed, recipe)
    said = {"format": FORMAT, "dialect": dialect, "digest": header.digest, "recipe": recipe, "sections": placed}
    encoded = json.dumps(said, separators=(",", ":")).encode()
    unfinished = path.with_name(f"{path.name}.unfinished")
    with unfinished.open("wb") as stream:
        stream.write(MAGIC + len(encoded).to_bytes(8, "little") + encoded)
        for section in sections.values():
            stream.write(bytes(-stream.tell() % _ALIGNMENT))
            stream.write(np.ascontiguousarray(section).data)
        stream.write(bytes(-stream.tell() % _ALIGNMENT))
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)
    return header


class Mapped:
    """An index file that is mapped into memory."""

    def __init__(self, path: Path, dialect: str) -> None:
        """Map the file at `path`, whose fingerprints must be of `dialect`.

        Raises:
            IndexFaultError: it isn't a whole index of that dialect.
        """
        self.path = path
        self.identity: str | None = None
        """The file's record, which changes when it is touched; None where that was only just."""
        try:
            with path.open("rb") as stream:
                status = os.fstat(stream.fileno())
                self._state = _state(status)
                self.identity = identity_of(status)
                self.header, begin = _header(path, stream.read(16 + _LONGEST_HEADER))
                self._check(dialect, begin)
                self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise _fault(path, f"can't be read: {error.strerror}", f"읽을 수 없음: {error.strerror}") from error
        self._begin = begin

    def section(self, name: str) -> "Array":
        """The section of that name, read from the file as it is used.

        Raises:
            IndexFaultError: there is none.
        """
        if name not in self.header.sections:
            raise self.corrupted(f"it has no section {name}")
        import numpy as np

        offset, size, type_ = self.header.sections[name]
        kind = np.dtype(type_)
        return np.frombuffer(self._map, kind, size // kind.itemsize, self._begin + offset)

    def verify(self) -> None:
        """Read every byte once and compare with the digest.

        Raises:
            IndexFaultError: a byte differs.
        """
        digest = hashlib.sha256()
        with memoryview(self._map) as whole:
            for offset, size, _ in self.header.sections.values():
                with whole[self._begin + offset : self._begin + offset + size] as section:
                    digest.update(section)
        if digest.hexdigest() != self.header.digest:
            raise self.corrupted("its digest differs")

    def corrupted(self, how: str) -> IndexFaultError:
        """An error that says `how` (in English) the file contradicts itself."""
        return _fault(self.path, f"is corrupted: {how}", f"손상됨 ({how})")

    def is_unchanged(self) -> bool:
        """Whether the file at the path is still the one that was mapped, as far as size and times tell."""
        try:
            return _state(self.path.stat()) == self._state
        except OSError:
            return False

    def _check(self, dialect: str, begin: int) -> None:
        if self.header.dialect != dialect:
            other = self.header.dialect[:_LONGEST_DIALECT]
            raise _fault(
                self.path,
                f"has fingerprints of another version ({other}, not {dialect})",
                f"지문 버전이 다름 ({other}, 필요한 버전 {dialect})",
            )
        end = max((offset + size for offset, size, _ in self.header.sections.values()), default=0)
        if self._state[1] < begin + end:
            raise _fault(self.path, "is truncated", "파일 끝이 잘림")


def _header(path: Path, first: bytes) -> tuple[Header, int]:
    """The header that the file's `first` bytes hold, and where the sections begin."""
    length = int.from_bytes(first[8:16], "little")
    if first[:7] != MAGIC[:7]:
        raise _fault(path, "is no index of known code", "알려진 코드 색인이 아님")
    if first[:8] != MAGIC:
        raise _of_another_format(path)
    if length > _LONGEST_HEADER or len(first) < 16 + length:
        raise _fault(path, "is truncated", "파일 끝이 잘림")
    try:
        said = json.loads(first[16 : 16 + length])
        format_ = said["format"]
        sections = dict(_sections(said["sections"]))
        header = Header(str(said["dialect"]), str(said["digest"]), sections, str(said.get("recipe", ""))[:200])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise _fault(path, "is corrupted: its header can't be read", "손상됨: 머리말을 읽을 수 없음") from error
    if format_ != FORMAT:
        raise _of_another_format(path)
    return header, -(-(16 + length) // _ALIGNMENT) * _ALIGNMENT


def _sections(said: dict[str, tuple[int, int, str]]) -> Iterator[tuple[str, tuple[int, int, str]]]:
    """The sections that a header says there are.

    Raises:
        ValueError: one can't be.
    """
    for name, (offset, size, type_) in said.items():
        place = int(offset), int(size), str(type_)
        if place[0] < 0 or place[1] < 0 or place[0] % _ALIGNMENT or place[2] not in _TYPES:
            raise ValueError(name)
        yield name, place


def _of_another_format(path: Path) -> IndexFaultError:
    return _fault(path, "is an index of another format", "형식이 다른 색인")


def _state(stat: os.stat_result) -> tuple[int, int, int, int]:
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_dev


def _fault(path: Path, en: str, ko: str) -> IndexFaultError:
    return IndexFaultError(
        Text(
            en=f"{path} {en}. Build it anew with `compliance origins build`, or install the package again.",
            ko=f"{path}: {ko}. `compliance origins build` 명령으로 다시 만들거나 패키지를 다시 설치하세요.",
        )
    )
