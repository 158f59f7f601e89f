"""Over any other source: its archives are looked into, and its Git LFS pointers are told from content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.model.skip import Skip
from compliance.model.submission import MEMBER_MARK, SourceReference
from compliance.sources.archives.archive import unpack
from compliance.sources.archives.formats import may_be_archive
from compliance.sources.archives.recognition import Recognized, recognized
from compliance.sources.archives.unpacking import ArchiveBombError, Spool
from compliance.sources.git import lfs
from compliance.sources.links import LinkedFile
from compliance.sources.source import Members, Source, SourceFile


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
        yield from self._look_into_all(list(self.inner.files(members)), 0, members)

    def _look_into_all(self, files: Sequence[SourceFile], depth: int, members: Members) -> Iterator[SourceFile]:
        """What stands for each of `files`. An archive is unpacked once, if it can be under its own name."""
        standing: list[list[SourceFile]] = [[file] for file in files]
        expanded: dict[str, bool] = {}
        for number in sorted(range(len(files)), key=lambda number: isinstance(files[number], LinkedFile)):
            file = files[number]
            content = file.target.path if isinstance(file, LinkedFile) else file.path
            looked_into = may_be_archive(file.path, file.size)
            if looked_into and content in expanded:
                standing[number] = [] if expanded[content] else [file]
                continue
            standing[number] = list(self._look_into(file, depth, members))
            if looked_into:
                expanded[content] = standing[number] != [file]
        for stands in standing:
            yield from stands

    def _look_into(self, file: SourceFile, depth: int, members: Members) -> Iterator[SourceFile]:
        try:
            if (
                lfs.may_be_pointer(file.size)
                and (detail := lfs.pointer_detail(_begin(file, lfs.LARGEST))) is not None
            ):
                members.skipped.append(Skip(path=file.path, reason="lfs-pointer", detail=detail))
                return
            if (known := _recognized(file)) is None or known.also_a_file:
                yield file
            if known is None:
                return
            if depth >= self.spool.limits.depth:
                detail = f"{known.archive_format} inside {depth} archives; unpack it and examine the folder"
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
            if not known.also_a_file:
                yield file
            return
        yield from self._look_into_all(inside, depth + 1, members)


def _recognized(file: SourceFile) -> Recognized | None:
    if not may_be_archive(file.path, file.size):
        return None
    with file.open() as content:
        return recognized(content, file.path)


def _begin(file: SourceFile, size: int) -> bytes:
    with file.open() as content:
        return content.read(size)
