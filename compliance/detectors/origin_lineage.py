"""Declared beside measured: what the examined material says of its origin, and what its text is nearest to.

Three outcomes: the declared origin is the nearest or as near; another one is nearer; or nothing is declared. A
declaration is only compared with text of the file that it stands in.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from compliance.detectors.detector import Tree
from compliance.model.evidence import Statement
from compliance.model.finding import Declaration, Finding, Origin, OriginFinding, place

_MEASURED = frozenset(["copied", "derived"])
_SAYING = frozenset(["declared", "inherited"])
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


class OriginLineage:
    """Joins findings of one file's text with what the file says itself."""

    name = "origin-lineage"
    version = "2"
    order = 50

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings; measured origins with their declaration, declared ones with how they compare."""
        measured: dict[str, list[OriginFinding]] = defaultdict(list)
        said: dict[str, list[OriginFinding]] = defaultdict(list)
        origins = [one for one in tree.of(OriginFinding) if one.lineage]
        for one in origins:
            relation = one.lineage[0].relation
            if relation in _MEASURED:
                measured[one.path].append(one)
            elif relation in _SAYING:
                said[one.path].append(one)
        joined = {id(one): both for one in origins if (both := _joined(one, measured, said)) is not one}
        return tree.with_changed(joined)


def _joined(
    finding: OriginFinding, measured: dict[str, list[OriginFinding]], said: dict[str, list[OriginFinding]]
) -> Finding:
    relation = finding.lineage[0].relation
    if relation in _MEASURED:
        declared = _declaration_of(finding, said.get(finding.path, ()))
    elif relation in _SAYING and finding.declared is not None and (beside := measured.get(finding.path)):
        declared = msgspec.structs.replace(finding.declared, agreement=_agreement(finding.lineage[0], beside))
    else:
        return finding
    if declared == finding.declared:
        return finding
    return place(msgspec.structs.replace(finding, declared=declared), finding.path, finding.revision)


def _declaration_of(finding: OriginFinding, said: Sequence[OriginFinding]) -> Declaration | None:
    """The declaration that names an origin of `finding`, else the first one of another; None without any."""
    ranked = sorted(said, key=lambda one: (_agreement(one.lineage[0], [finding]) != "agrees", one.lines or (0, 0)))
    if not ranked:
        return None
    nearest = ranked[0]
    agrees = _agreement(nearest.lineage[0], [finding])
    if nearest.declared is not None:
        return msgspec.structs.replace(nearest.declared, path=finding.path, agreement=agrees)
    places = [one for one in nearest.evidence if isinstance(one, Statement)]
    says = places[0].says if places else nearest.lineage[0].family
    return Declaration(path=finding.path, lines=nearest.lines, says=says[:200], agreement=agrees)


def _agreement(named: Origin, measured: Iterable[OriginFinding]) -> Literal["agrees", "another-is-nearer"]:
    """Whether `named` is what the text is nearest to, or as near."""
    for finding in measured:
        for origin in finding.lineage:
            if (origin.role == "direct" or origin.tied) and _is_same(named, origin):
                return "agrees"
    return "another-is-nearer"


def _is_same(named: Origin, origin: Origin) -> bool:
    """Whether a name in the text and a known family are the same: by project where it names nothing more."""
    if _letters(named.family) == _letters(origin.family) or _is_same_module(named, origin):
        return True
    if _letters(named.family) != _letters(named.project):
        return False
    return _letters(named.project.rpartition("/")[2]) == _letters(origin.project)


def _is_same_module(named: Origin, origin: Origin) -> bool:
    """Whether both are one module of one project, with the project's name before the module's or without."""
    if named.project != origin.project:
        return False
    return _letters(named.family.rpartition("/")[2]) == _letters(origin.family.rpartition("/")[2])


def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", name.casefold())


DETECTOR = OriginLineage()
