"""Where symbolic links lead, decided from names alone.

The system is never asked to follow a link. One that leads to a regular file of its own source is read as that file
under the link's own name, since detectors go by names. One that leads to a folder of its own source loses nothing:
what the folder holds is examined where it stands. Any other is reported.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.sources.source import SourceFile

_MOST_HOPS = 40
_LONGEST_DETAIL = 200
_LONGEST_TARGET = 8_192
_MOST_STEPS = 1_024
"""What a path may have, and as much again to leave the link's own folder."""


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file of the source under another of its names: what it holds is what its target holds."""

    path: str
    """Of the link."""
    target: SourceFile = field(repr=False)
    """Never a link itself."""

    @property
    def size(self) -> int:
        """Bytes of the target."""
        return self.target.size

    @property
    def identity(self) -> str | None:
        """That of the target, so a content that is known is known under every name."""
        return self.target.identity

    def open(self) -> BinaryIO:
        """The target's content. Raises OSError as the target does."""
        return self.target.open()


def linked(path: str, target: SourceFile) -> LinkedFile:
    """`target` under the name `path`; where `target` is itself another name, the file behind it."""
    return LinkedFile(path, target.target if isinstance(target, LinkedFile) else target)


def resolved(
    links: Mapping[str, str], files: Mapping[str, SourceFile], met: Collection[str]
) -> tuple[list[LinkedFile], list[Skip]]:
    """Links that lead to a file, and a placed skip for each that leads to nothing that is examined; both by path.

    Args:
        links: path of each link and its target as written (relative to the link's folder), `/` between parts.
        files: the regular files that are examined, by path.
        met: paths of what is examined or reported; the folders that hold it, and the source, need no entry.
    """
    found: list[LinkedFile] = []
    skipped: list[Skip] = []
    by_path = sorted(met) if links else []
    for path in sorted(links):
        try:
            landed = _landing(path, links)
        except _AstrayError as error:
            skipped.append(_skip(path, links[path], error.said))
            continue
        if (file := files.get(landed)) is not None:
            found.append(linked(path, file))
        elif landed and not _holds(by_path, landed):
            skipped.append(_skip(path, links[path], _NOT_THERE))
    return found, skipped


class _AstrayError(Exception):
    """A link leads outside or in a circle; `said` says which."""

    def __init__(self, en: str, ko: str) -> None:
        super().__init__(en)
        self.said = Text(en=en, ko=ko)


_NOT_THERE = Text(en="which isn't there or isn't examined", ko="대상이 없거나 검사 대상 아님")


def _skip(path: str, target: str, fault: Text) -> Skip:
    shortened = f"{target[:_LONGEST_DETAIL]!r}"
    return Skip.of(
        "symlink", Text(en=f"link to {shortened}, {fault.en}", ko=f"링크 대상 {shortened}: {fault.ko}"), path
    )


def _landing(path: str, links: Mapping[str, str]) -> str:
    """The path that the link at `path` leads to, empty for the source itself. Raises _AstrayError."""
    here = path.split("/")[:-1]
    pending = _steps(links[path])
    hops = 1
    if links[path].startswith("/"):
        raise _AstrayError("which lies outside", "검사 대상 밖에 있음")
    while pending:
        step = pending.pop()
        if step == "..":
            if not here:
                raise _AstrayError("which lies outside", "검사 대상 밖에 있음")
            here.pop()
            continue
        target = links.get("/".join([*here, step]))
        if target is None:
            here.append(step)
            continue
        hops += 1
        if hops > _MOST_HOPS:
            raise _AstrayError("which leads round in a circle", "제자리로 돌아오는 링크")
        if target.startswith("/"):
            raise _AstrayError(
                "which leads outside through another link", "다른 링크를 거쳐 검사 대상 밖으로 이어짐"
            )
        pending.extend(_steps(target))
    return "/".join(here)


def _steps(target: str) -> list[str]:
    """The parts of `target`, last one first. Raises _AstrayError where they are too many to follow."""
    if len(target) > _LONGEST_TARGET or target.count("/") > _MOST_STEPS:
        raise _AstrayError("which is too long to be a path", "경로로 보기에 너무 긺")
    return [part for part in reversed(target.split("/")) if part not in ("", ".")]


def _holds(paths: Sequence[str], place: str) -> bool:
    """Whether `paths`, which are sorted, hold `place` or anything in the folder `place`.

    The folders themselves are never listed: those of deep paths have far more text than the paths.
    """
    at = bisect_left(paths, place)
    below = bisect_left(paths, f"{place}/", lo=at)
    return paths[at : at + 1] == [place] or (below < len(paths) and paths[below].startswith(f"{place}/"))
