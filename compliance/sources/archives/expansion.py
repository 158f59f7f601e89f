"""Over any other source: its archives are looked into, and its Git LFS pointers are told from content."""

from collections.abc import Iterator, Sequence

import msgspec

from compliance.model.skip import Skip, refused
from compliance.model.submission import MEMBER_MARK, SourceReference
from compliance.model.text import Text
from compliance.sources.archives.archive import unpack
from compliance.sources.archives.formats import may_be_archive
from compliance.sources.archives.recognition import Recognized, recognized
from compliance.sources.archives.recollection import Recollection
from compliance.sources.archives.unpacking import ArchiveBombError, Spool
from compliance.sources.git import lfs
from compliance.sources.history import History
from compliance.sources.links import LinkedFile
from compliance.sources.source import Members, Source, SourceFile


class ExpandedSource(msgspec.Struct, frozen=True):
    """The files of `inner`, with the members of its archives in the place of the archives."""

    inner: Source
    spool: Spool
    recollection: Recollection
    """Of the files of `inner`; what archives hold is on disk already and is opened each time."""

    @property
    def reference(self) -> SourceReference:
        """That of the inner source."""
        return self.inner.reference

    def files(self, members: Members) -> Iterator[SourceFile]:
        """Every file; those of an archive stand in its place, by path."""
        yield from self._look_into_all(list(self.inner.files(members)), 0, members)
        self.recollection.write()

    def history(self) -> History | None:
        """That of the inner source; members of archives have none."""
        return self.inner.history()

    def _look_into_all(self, files: Sequence[SourceFile], depth: int, members: Members) -> Iterator[SourceFile]:
        """What stands for each of `files`. An archive is unpacked once, if it can be under its own name."""
        standing: list[list[SourceFile]] = [[file] for file in files]
        expanded: dict[str, bool] = {}
        worth_opening = [number for number, file in enumerate(files) if _is_worth_opening(file)]
        if depth == 0:
            self.recollection.recall([files[number] for number in worth_opening])
        for number in sorted(worth_opening, key=lambda number: isinstance(files[number], LinkedFile)):
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
            known = self._told(file, depth)
            if isinstance(known, str):
                members.skipped.append(Skip.of("lfs-pointer", lfs.said(known), file.path))
                return
            if known is None or known.also_a_file:
                yield file
            if known is None:
                return
            if depth >= self.spool.limits.depth:
                said = Text(
                    en=f"{known.archive_format} inside {depth} archives; unpack it and examine the folder",
                    ko=f"압축 파일 {depth}겹 안의 {known.archive_format}. 풀어서 그 폴더를 검사하세요",
                )
                members.skipped.append(Skip.of("unsupported", said, file.path))
                return
            inside = unpack(file, self.spool, file.path + MEMBER_MARK, members)
        except OSError as error:
            members.skipped.append(refused(error, file.path))
            return
        except ArchiveBombError as error:
            members.skipped.append(error.skip(file.path))
            return
        if inside is None:
            if not known.also_a_file:
                yield file
            return
        yield from self._look_into_all(inside, depth + 1, members)

    def _told(self, file: SourceFile, depth: int) -> Recognized | str | None:
        """What archive `file` is, or what the pointer in it stands for; None for any other file."""
        if (remembered := self.recollection.pointed_to(file)) is not None:
            return remembered or None
        seen = _seen(file)
        if depth == 0 and not isinstance(seen, Recognized):
            self.recollection.note(file, seen or "")
        return seen


def _is_worth_opening(file: SourceFile) -> bool:
    return lfs.may_be_pointer(file.size) or may_be_archive(file.path, file.size)


def _seen(file: SourceFile) -> Recognized | str | None:
    with file.open() as content:
        if lfs.may_be_pointer(file.size):
            if (target := lfs.pointed_to(content.read(lfs.LARGEST))) is not None:
                return target
            content.seek(0)
        return recognized(content, file.path) if may_be_archive(file.path, file.size) else None
