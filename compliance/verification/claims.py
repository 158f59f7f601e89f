"""What a report says of places in files, as claims that can be looked up: this file, these lines, these words."""

from collections.abc import Iterator

import msgspec

from compliance.model.evidence import Evidence, Lines, Statement
from compliance.model.finding import (
    CopyrightFinding,
    Finding,
    ModelCardFinding,
    NoticeFinding,
    OriginFinding,
)

_QUOTING = frozenset({"copyright", "license", "notice", "url"})
"""Fields of statements that hold what stands at the place; others name a mechanism or a conclusion."""


class Claim(msgspec.Struct, frozen=True):
    """One thing that a finding says of a place."""

    finding: str
    """Identifier."""
    path: str
    lines: Lines | None = None
    words: str = ""
    """What stands at the place, perhaps shortened or set otherwise; empty where nothing is quoted."""
    goes_on: bool = False
    """The lines are those of a key, whose value may stand below them."""
    begins_above: bool = False
    """The lines are a part of a class or function, whose name may stand above them."""


def claims_of(finding: Finding) -> Iterator[Claim]:
    """Every place that `finding` names, its own first, each once."""
    yield from dict.fromkeys(_claims(finding))


def _claims(finding: Finding) -> Iterator[Claim]:
    yield Claim(finding.id, finding.path, finding.lines, _quoted(finding), isinstance(finding, ModelCardFinding))
    for evidence in finding.evidence:
        yield from _of_evidence(finding, evidence)
    match finding:
        case OriginFinding():
            for span in finding.spans:
                yield Claim(finding.id, finding.path, span.lines, span.own_name, begins_above=True)
            if (said := finding.declared) is not None:  # without lines, it is the path that says it
                yield Claim(finding.id, said.path, said.lines, said.says if said.lines else "")
        case NoticeFinding():
            yield from (Claim(finding.id, path) for path in finding.cured_by)


def _quoted(finding: Finding) -> str:
    match finding:
        case CopyrightFinding():
            return finding.statement
        case ModelCardFinding():
            return finding.value
    return ""


def _of_evidence(finding: Finding, evidence: Evidence) -> Iterator[Claim]:
    if evidence.lines is None and evidence.path is None:
        return
    quoting = isinstance(evidence, Statement) and evidence.field in _QUOTING and evidence.lines is not None
    words = evidence.says if quoting and isinstance(evidence, Statement) else ""
    yield Claim(finding.id, evidence.path or finding.path, evidence.lines, words)
