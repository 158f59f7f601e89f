"""Findings by their places, and moved to where their source stands in the submission."""

from collections.abc import Iterable

import msgspec

from compliance.model.evidence import Evidence, Lines
from compliance.model.finding import (
    Declaration,
    DependencyFinding,
    Finding,
    NoticeFinding,
    OriginFinding,
    place,
)


def below(prefix: str, finding: Finding) -> Finding:
    """`finding` with every path in it put below `prefix`."""
    if not prefix:
        return finding
    moved = msgspec.structs.replace(
        finding, evidence=tuple(_evidence_below(prefix, one) for one in finding.evidence)
    )
    match moved:
        case DependencyFinding():
            moved = msgspec.structs.replace(moved, declared_in=joined(prefix, moved.declared_in))
        case OriginFinding(declared=Declaration() as declared):
            declared = msgspec.structs.replace(declared, path=joined(prefix, declared.path))
            moved = msgspec.structs.replace(moved, declared=declared)
        case NoticeFinding():
            moved = msgspec.structs.replace(moved, cured_by=tuple(joined(prefix, one) for one in moved.cured_by))
    return place(moved, joined(prefix, finding.path), finding.revision)


def _evidence_below(prefix: str, evidence: Evidence) -> Evidence:
    if evidence.path is None:
        return evidence
    return msgspec.structs.replace(evidence, path=joined(prefix, evidence.path))


def each_once(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` with those of the same identifier, which tell the same fact of the same place, made one.

    It has the evidence of all, in their order.
    """
    known: dict[str, Finding] = {}
    for one in findings:
        if (same := known.get(one.id)) is None:
            known[one.id] = one
        else:
            evidence = tuple(dict.fromkeys((*same.evidence, *one.evidence)))
            known[one.id] = msgspec.structs.replace(same, evidence=evidence)
    return list(known.values())


def by_place(finding: Finding) -> tuple[str, Lines, str]:
    """Sorts findings as a reader goes through files: by path, lines and identifier."""
    return finding.path, finding.lines or (0, 0), finding.id


def folder_of(path: str) -> str:
    """The folder in which the file or folder at `path`, relative to its source, lies; empty at the top."""
    return path.rpartition("/")[0]


def joined(prefix: str, path: str) -> str:
    """`path` below `prefix`; as it is where there is no prefix."""
    return f"{prefix}/{path}" if prefix else path
