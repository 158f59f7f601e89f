"""Runs a file detector on content as the file stage would, and sorts what it yields by kind."""

from pathlib import Path
from typing import TypeVar

from compliance.detectors.detector import ExaminedFile, FileDetector
from compliance.model.finding import (
    DependencyFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    OriginFinding,
    WeightsFinding,
)
from compliance.model.skip import Skip

Kind = TypeVar("Kind", DependencyFinding, LicenseFinding, ModelCardFinding, OriginFinding, WeightsFinding, Skip)
Facts = list[Finding | Skip]


def examine(detector: FileDetector, folder: Path, path: str, content: str | bytes) -> Facts:
    """What `detector` finds in `content`, a file known as `path`; its private copy is named otherwise."""
    assert detector.wants(path, 1)
    written = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    location = folder / ("copy" + "".join(Path(path).suffixes[-1:]))
    location.write_bytes(written)
    return list(detector.detect(ExaminedFile(path=path, size=len(written), location=location)))


def of(kind: type[Kind], facts: Facts) -> list[Kind]:
    """Those of `facts` that are of `kind`."""
    return [fact for fact in facts if isinstance(fact, kind)]


def dependencies(facts: Facts) -> dict[str, DependencyFinding]:
    """The dependency findings in `facts` by purl."""
    return {found.purl: found for found in of(DependencyFinding, facts)}


def line(content: str, words: str) -> tuple[int, int]:
    """The line, from 1, on which `words` first stand in `content`."""
    number = content[: content.index(words)].count("\n") + 1
    return number, number
