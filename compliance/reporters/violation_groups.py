"""Violations in the order a reader needs them, each told once for all the targets it concerns."""

from collections.abc import Iterable, Mapping

import msgspec

from compliance.model.finding import Finding
from compliance.model.placement import by_place
from compliance.model.verdict import AXIS_RANK, SEVERITY_RANK, Target, Violation


class ViolationGroup(msgspec.Struct, frozen=True):
    """Violations that differ in nothing but their target."""

    violation: Violation
    """One of them, without its target."""
    targets: tuple[Target, ...]
    """Empty where the axis has no targets."""


def grouped(violations: Iterable[Violation]) -> list[ViolationGroup]:
    """`violations`, gravest first and waived ones last, merged where only the target differs."""
    targets: dict[Violation, set[Target]] = {}
    for violation in violations:
        same = targets.setdefault(msgspec.structs.replace(violation, target=None), set())
        if violation.target is not None:
            same.add(violation.target)
    groups = [ViolationGroup(one, tuple(sorted(its))) for one, its in targets.items()]
    return sorted(groups, key=_order)


def findings_of(group: ViolationGroup, by_id: Mapping[str, Finding]) -> list[Finding]:
    """The findings behind `group`, by path and line; identifiers that aren't in `by_id` are left out."""
    found = [by_id[identifier] for identifier in dict.fromkeys(group.violation.findings) if identifier in by_id]
    return sorted(found, key=by_place)


def _order(group: ViolationGroup) -> tuple[object, ...]:
    one = group.violation
    waived = one.waiver is not None
    return (
        waived,
        SEVERITY_RANK[one.severity],
        AXIS_RANK[one.axis],
        one.rule,
        group.targets,
        one.message.en,
        one.findings,
    )
