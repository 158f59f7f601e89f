"""Over any other source: its archives are looked into, and its Git LFS pointers are told from content."""

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.skip import Skip
from compliance.model.submission import SourceReference
from compliance.sources.archives.archive import unpack
from compliance.sources.archives.formats import HEAD, format_of, may_be_archive
from compliance.sources.archives.unpacking import ArchiveBombError, Spool
from compliance.sources.git import lfs
from compliance.sources.source import Members, Source, SourceFile

MEMBER_MARK = "!/"
"""Stands between an archive's path and a member's."""


@dataclass(frozen=True, slots=True)
class ExpandedSource:
    """The files of `inner`, with the members of its archives in the place of the archives."""

    inner: Source
    spool: Spool

    @property
    def reference(self) -> SourceReference:
        """That of the inner source."""
        return self.inner.reference

    def files(self, members: Members) -> Iterator[SourceFile]:
        """Every file; those of an archive stand in its place, by path."""
        for file in self.inner.files(members):
            yield from self._look_into(file, 0, members)

    def _look_into(self, file: SourceFile, depth: int, members: Members) -> Iterator[SourceFile]:
        try:
            if (
                lfs.may_be_pointer(file.size)
                and (detail := lfs.pointer_detail(_begin(file, lfs.LARGEST))) is not None
            ):
                members.skipped.append(Skip(path=file.path, reason="lfs-pointer", detail=detail))
                return
            if not may_be_archive(file.path, file.size) or not (found := format_of(_begin(file, HEAD))):
                yield file
                return
            if depth >= self.spool.limits.depth:
                detail = f"{found} inside {depth} archives; unpack it and examine the folder"
                members.skipped.append(Skip(path=file.path, reason="unsupported", detail=detail))
                return
            inside = unpack(file, self.spool, file.path + MEMBER_MARK, members)
        except OSError as error:
            members.skipped.append(Skip(path=file.path, reason="unreadable", detail=error.strerror or str(error)))
            return
        except ArchiveBombError as error:
            members.skipped.append(Skip(path=file.path, reason="archive-bomb", detail=str(error)))
            return
        if inside is None:
            yield file
            return
        for member in inside:
            yield from self._look_into(member, depth + 1, members)


def _begin(file: SourceFile, size: int) -> bytes:
    with file.open() as content:
        return content.read(size)
