"""Verdicts form a lattice, a chain in fact: what is graver wins, and incomplete never becomes pass."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.verdict import Severity, Verdict, join, verdict_of

VERDICTS = st.sampled_from(Verdict)
SOME = st.lists(VERDICTS, max_size=6)


def no_graver(one: Verdict, other: Verdict) -> bool:
    """The order that `join` defines."""
    return join([one, other]) is other


def test_the_order_is_pass_obligations_review_incomplete_fail() -> None:
    ordered = [
        Verdict.PASS,
        Verdict.PASS_WITH_OBLIGATIONS,
        Verdict.REVIEW,
        Verdict.INCOMPLETE,
        Verdict.FAIL,
    ]
    assert list(Verdict) == ordered
    assert all(no_graver(one, other) for one, other in itertools.pairwise(ordered))


@given(VERDICTS, VERDICTS)
def test_any_two_verdicts_can_be_compared(one: Verdict, other: Verdict) -> None:
    assert no_graver(one, other) or no_graver(other, one)
    if no_graver(one, other) and no_graver(other, one):
        assert one is other


@given(VERDICTS, VERDICTS, VERDICTS)
def test_the_order_is_transitive(one: Verdict, two: Verdict, three: Verdict) -> None:
    if no_graver(one, two) and no_graver(two, three):
        assert no_graver(one, three)


@given(VERDICTS)
def test_joining_a_verdict_with_itself_changes_nothing(one: Verdict) -> None:
    assert join([one, one]) is one


@given(SOME.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_verdicts_doesnt_matter(pair: tuple[list[Verdict], list[Verdict]]) -> None:
    assert join(pair[0]) is join(pair[1])


@given(SOME, SOME)
def test_verdicts_may_be_joined_in_groups(some: list[Verdict], others: list[Verdict]) -> None:
    assert join([join(some), join(others)]) is join(some + others)


@given(SOME, VERDICTS)
def test_one_more_verdict_never_makes_it_milder(some: list[Verdict], more: Verdict) -> None:
    assert no_graver(join(some), join([*some, more]))


@given(SOME)
def test_the_join_is_the_least_verdict_above_all(some: list[Verdict]) -> None:
    joined = join(some)
    assert all(no_graver(one, joined) for one in some)
    assert all(no_graver(joined, bound) for bound in Verdict if all(no_graver(one, bound) for one in some))


@given(SOME)
def test_incomplete_never_becomes_pass_or_review(some: list[Verdict]) -> None:
    assert join([Verdict.INCOMPLETE, *some]) in {Verdict.INCOMPLETE, Verdict.FAIL}


@given(SOME)
def test_a_proven_failure_stays_one(some: list[Verdict]) -> None:
    assert join([Verdict.FAIL, *some]) is Verdict.FAIL


def test_nothing_against_it_is_a_pass() -> None:
    assert join([]) is Verdict.PASS


@pytest.mark.parametrize(
    ("severity", "verdict"),
    [
        (Severity.FAIL, Verdict.FAIL),
        (Severity.REVIEW, Verdict.REVIEW),
        (Severity.OBLIGATION, Verdict.PASS_WITH_OBLIGATIONS),
        (Severity.NOTE, Verdict.PASS),
    ],
)
def test_each_severity_leads_to_its_verdict(severity: Severity, verdict: Verdict) -> None:
    assert verdict_of(severity) is verdict
