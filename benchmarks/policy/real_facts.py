"""Findings of real trees, and as many copies of them as are asked for."""

from collections.abc import Iterator, Sequence
from itertools import count, islice

import msgspec

from benchmarks.policy import replay
from compliance.model.finding import (
    DependencyFinding,
    Finding,
    LicenseFinding,
    NoticeFinding,
    Origin,
    OriginFinding,
    place,
)
from compliance.model.inventory import FileCounts, Inventory


def examined() -> list[Inventory]:
    """Inventories of the real trees that replay is timed with."""
    return [msgspec.json.decode(path.read_bytes(), type=Inventory) for path in replay.examined()]


def multiplied(bases: Sequence[Inventory], findings: int, *, different: bool) -> Inventory:
    """An inventory with so many `findings`, copies of those in `bases` under paths of their own.

    Args:
        bases: inventories of real trees.
        findings: how many.
        different: give each a license of its own beside the one it has, so that no two have the same.
    """
    found = {(tree, one.id): one for tree, base in enumerate(bases) for one in base.findings}
    under = [(f"tree-{tree}/{one.path}", one) for (tree, _), one in found.items()]
    copies = islice(_copies(under, different=different), findings)
    files = sum(base.counts.files for base in bases)
    return msgspec.structs.replace(
        bases[0],
        findings=tuple(copies),
        skipped=(),
        counts=FileCounts(files=files, examined=files, unlicensed=files // 9),
    )


def _copies(findings: Sequence[tuple[str, Finding]], *, different: bool) -> Iterator[Finding]:
    number = count()
    for copy in count():
        for path, finding in findings:
            own = _with_license(finding, next(number)) if different else finding
            yield place(own, f"copy-{copy}/{path}", None)


def _with_license(finding: Finding, number: int) -> Finding:
    match finding:
        case LicenseFinding() | DependencyFinding() | NoticeFinding():
            return msgspec.structs.replace(finding, expression=_joined(finding.expression, number))
        case OriginFinding(lineage=(nearest, *others)):
            changed: Origin = msgspec.structs.replace(nearest, expression=_joined(nearest.expression, number))
            return msgspec.structs.replace(finding, lineage=(changed, *others))
        case _:
            return finding


def _joined(expression: str | None, number: int) -> str:
    own = f"LicenseRef-number-{number}"
    return f"({expression}) OR {own}" if expression else own
