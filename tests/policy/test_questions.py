"""The questions of a condition: their answers make the whole, and the smallest changes turn it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.policy.cel import CelEvaluator
from compliance.policy.condition_parts import parts_of
from compliance.policy.facts import facts_of
from compliance.policy.loading import load_policy
from compliance.policy.questions import Answer, Answers, questions_of
from tests.policy.inventories import component, inventory, policy_file, rule

NAMES = "abcdef"
CONDITIONS = st.recursive(
    st.sampled_from(NAMES),
    lambda inner: st.one_of(
        st.builds("({} && {})".format, inner, inner),
        st.builds("({} || {})".format, inner, inner),
        inner.map("!({})".format),
    ),
    max_leaves=9,
)
GIVEN = st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in NAMES})


def answers(condition: str, given: Mapping[str, Answer]) -> Answers:
    tree = parts_of(condition)
    return Answers(condition, tree, {one.text(condition): given[one.text(condition)] for one in tree.questions()})


@given(CONDITIONS, GIVEN, st.booleans())
def test_the_smallest_changes_turn_the_whole(condition: str, given: Mapping[str, Answer], wanted: bool) -> None:
    found = answers(condition, given)
    for changes in found.smallest_changes(wanted):
        assert found.changed(changes).whole() is wanted


@given(CONDITIONS, st.fixed_dictionaries({name: st.booleans() for name in NAMES}), st.booleans())
def test_no_smaller_changes_turn_the_whole(condition: str, given: Mapping[str, Answer], wanted: bool) -> None:
    found = answers(condition, given)
    tried: dict[frozenset[str], Answer] = {frozenset(): found.whole()}
    for texts in subsets(tuple(found.given)):
        tried[texts] = found.changed((one, not found.given[one]) for one in texts).whole()
    possible = [len(texts) for texts, whole in tried.items() if whole is wanted]
    changes = found.smallest_changes(wanted)
    assert bool(changes) is bool(possible)
    assert not changes or len(changes[0]) >= min(possible)
    if len(set(found.given)) == len(list(found.tree.questions())):  # no question stands at several places
        assert not changes or len(changes[0]) == min(possible)


def subsets(texts: tuple[str, ...]) -> list[frozenset[str]]:
    if not texts:
        return [frozenset()]
    rest = subsets(texts[1:])
    return [*rest, *(one | {texts[0]} for one in rest)]


@given(CONDITIONS, GIVEN)
def test_the_deciding_questions_alone_make_the_answer(condition: str, given: Mapping[str, Answer]) -> None:
    found = answers(condition, given)
    deciding = found.deciding()
    if found.whole() is not None:
        others = [(text, None) for text in found.given if text not in deciding]
        assert found.changed(others).whole() is found.whole()  # type: ignore[arg-type]  # an unknown answer is one too


@pytest.mark.parametrize(
    ("condition", "given", "expected"),
    [
        ("a && b", {"a": False, "b": None}, False),
        ("a && b", {"a": True, "b": None}, None),
        ("a || b", {"a": True, "b": None}, True),
        ("!(a || b)", {"a": False, "b": False}, True),
    ],
)
def test_what_has_no_answer_counts_only_where_the_rest_leaves_it_open(
    condition: str, given: Mapping[str, Answer], expected: Answer
) -> None:
    assert answers(condition, given).whole() is expected


def test_a_question_that_stands_twice_is_changed_at_both_places() -> None:
    found = answers("(a && b) || (!a && c)", {"a": True, "b": True, "c": True})
    (changes,) = found.smallest_changes(False)
    assert changes == (("b", False),) or found.changed(changes).whole() is False


def test_a_number_that_another_question_guards_can_be_asked_for_by_itself(tmp_path: Path) -> None:
    when = "has(weights.confidence) && weights.confidence > 0.5"
    policy = load_policy(policy_file(tmp_path, rule(kind="weights", when=when)))
    questions = questions_of(policy.rules[0], CelEvaluator(policy.lists, policy.thresholds))
    (fact,) = facts_of(inventory(component()))["weights"]
    assert questions.ask(fact).given == {"has(weights.confidence)": False, "weights.confidence > 0.5": False}
