"""Violations are told gravest first, and once for all targets."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.text import Text
from compliance.model.verdict import Axis, Severity, Target, Violation, Waiver
from compliance.reporters.violation_groups import findings_of, grouped
from tests.reporters.example_assessment import EXAMPLE
from tests.reporters.example_findings import COPIED

WAIVER = Waiver(reason=Text(en="r", ko="r"), approver="a", expires="2027-01-01")
VIOLATIONS = st.builds(
    Violation,
    rule=st.sampled_from("abc"),
    axis=st.sampled_from(Axis),
    target=st.none() | st.sampled_from(Target),
    severity=st.sampled_from(Severity),
    message=st.just(Text(en="m", ko="m")),
    remedy=st.just(Text(en="r", ko="r")),
    waiver=st.none() | st.just(WAIVER),
)


@given(
    st.lists(VIOLATIONS, max_size=6).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some + some)))
)
def test_neither_order_nor_repetition_matters(pair: tuple[list[Violation], list[Violation]]) -> None:
    violations, shuffled = pair

    assert grouped(shuffled) == grouped(violations)


@given(st.lists(VIOLATIONS))
def test_every_violation_is_in_exactly_one_group(violations: list[Violation]) -> None:
    told = [
        msgspec.structs.replace(group.violation, target=target)
        for group in grouped(violations)
        for target in group.targets
    ]

    assert len(told) == len(set(told))
    assert set(told) == {violation for violation in violations if violation.target}


@given(st.lists(VIOLATIONS))
def test_gravity_falls_and_waived_ones_come_last(violations: list[Violation]) -> None:
    ranks = [
        (group.violation.waiver is not None, list(Severity).index(group.violation.severity))
        for group in grouped(violations)
    ]

    assert ranks == sorted(ranks)


def test_findings_come_by_path_and_unknown_ones_are_left_out() -> None:
    [group] = [group for group in grouped(EXAMPLE.violations) if group.violation.rule == "keep-notices"]
    known = {finding.id: finding for finding in COPIED[2:]}

    paths = [finding.path for finding in findings_of(group, known)]

    assert paths == sorted(finding.path for finding in COPIED[2:])
