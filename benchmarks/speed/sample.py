"""The sample: real files of many kinds from pinned packages, chosen by digests of their paths, so always the same.

None of it is kept in the repository; it is put together in `.work/speed/`.
"""

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed import kinds
from benchmarks.speed.distributions import pins, unpacked
from tests.samples.packages import WORK

SAMPLES = WORK / "speed" / "samples"
_LEFT_OUT = ("vendored-meson/meson/test cases/",)
"""Hundreds of nearly empty files, of a build tool's own tests, that would stand for all configuration."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be taken."""

    path: str
    """In the sample, `/` between parts; the first one is the package and its version."""
    kind: str
    size: int
    """Bytes."""
    location: Path

    @property
    def rank(self) -> str:
        """Files with small ranks are taken first: the digest of the path, which has nothing to do with content."""
        return hashlib.sha256(self.path.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sample:
    """Files that were chosen, in a folder."""

    folder: Path
    files: tuple[Candidate, ...]
    """By rank, so that the first hundred are a sample of the same kind."""
    digest: str
    """64 hexadecimal digits, of every path and content."""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.files)


def candidates() -> Iterator[Candidate]:
    """Every file of the pinned packages, which are downloaded if they aren't there yet."""
    for pin in pins():
        folder = unpacked(pin)
        for location in sorted(folder.rglob("*")):
            path = f"{folder.name}/{location.relative_to(folder).as_posix()}"
            if any(part in path for part in _LEFT_OUT):
                continue
            if location.is_file() and not location.is_symlink() and location.stat().st_size:
                with location.open("rb") as stream:
                    kind = kinds.kind_of(path, stream.read(kinds.HEAD))
                yield Candidate(path, kind, location.stat().st_size, location)


def choose(offered: Iterable[Candidate], quotas: Mapping[str, int] = kinds.QUOTAS) -> tuple[Candidate, ...]:
    """Of each kind as many as its quota says, those with the smallest ranks; all of them by rank."""
    by_kind: defaultdict[str, list[Candidate]] = defaultdict(list)
    for one in offered:
        if one.size <= kinds.largest(one.kind):
            by_kind[one.kind].append(one)
    chosen = (one for kind, quota in quotas.items() for one in sorted(by_kind[kind], key=_rank)[:quota])
    return tuple(sorted(chosen, key=_rank))


def laid_out(files: Iterable[Candidate]) -> Sample:
    """A folder that holds `files` and nothing else, made anew unless it is there whole and alone."""
    chosen = tuple(files)
    digest = digest_of((one.path, one.location.read_bytes()) for one in chosen)
    sample = Sample(SAMPLES / f"{len(chosen)}-{digest[:12]}", chosen, digest)
    if not _holds(sample.folder, len(chosen)):
        shutil.rmtree(sample.folder, ignore_errors=True)
        unfinished = sample.folder.with_name(f"{sample.folder.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        for one in chosen:
            target = unfinished / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(one.location, target)
        unfinished.rename(sample.folder)
    return sample


def _holds(folder: Path, files: int) -> bool:
    """Whether there are so many files in `folder`: something may have written beside those of the sample."""
    return sum(one.is_file() for one in folder.rglob("*")) == files


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """64 hexadecimal digits, of the paths and contents in the order of the paths."""
    lines = sorted(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def by_kind(files: Iterable[Candidate]) -> dict[str, tuple[int, int]]:
    """Number and bytes of the files of each kind, in the order of the quotas."""
    counted = dict.fromkeys(kinds.QUOTAS, (0, 0))
    for one in files:
        number, size = counted[one.kind]
        counted[one.kind] = number + 1, size + one.size
    return counted


def _rank(candidate: Candidate) -> str:
    return candidate.rank
