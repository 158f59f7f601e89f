"""Which answers conditions can have: never one too few, and exactly those that facts of small domains show."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.policy.cel import CelEvaluator
from compliance.policy.conditions import Condition, Unevaluated
from compliance.policy.constants import Constants
from compliance.policy.linting import decisions
from compliance.policy.linting.decisions import Decisions
from compliance.policy.linting.formulas import And, Answer, Breaks, Formula, Not, pieces_of
from compliance.policy.vocabulary import KINDS

LISTS = {"bases": ("declared", "detected"), "none": (), "paths": ("a", "b*")}
THRESHOLDS = {"low": 10.0, "high": 120.0}
EVALUATOR = CelEvaluator(LISTS, THRESHOLDS)

EXACT = [
    "license.basis == 'declared'",
    "'detected' != license.basis",
    "license.basis in ['declared', 'concluded']",
    "license.basis in lists.bases",
    "license.basis.startsWith('de')",
    "license.altered",
    "license.altered == false",
    "has(license.score)",
    "license.score < 50.0",
    "license.score >= 50.0",
    "thresholds.low < license.score",
    "license.score > thresholds.high",
    "license.score == 50.0",
    "size(license.license_ids) == 0",
    "size(license.license_ids) > 1",
    "license.path == 'a'",
    "license.path in ['a', 'b']",
    "license.path in lists.none",
    "license.key_expression == 'unknown'",
    "has(license.key_expression)",
    "true",
    "thresholds.low > 20.0",
]
"""Questions that are about one field each and that the cases of the field answer."""
LOOSE = [
    *EXACT,
    "license.path.contains('b')",
    "listed(license.path, lists.paths)",
    "license.path == license.key_expression",
    "license.license_ids.exists(x, x == 'a')",
    "'a' in license.license_ids",
    "size(license.license_ids) / 0 == 1",
    "size(license.license_ids) * 2 > 3",
    "known(license.expression)",
    "requires(license.expression, ['GPL-*'])",
    "only(license.expression, ['MIT'])",
    "only(license.expression, ['MIT', 'ISC'])",
    "only(license.expression, [])",
]
FACTS: dict[str, list[object]] = {
    "basis": ["declared", "detected", "concluded"],
    "altered": [True, False],
    "score": [None, 0.0, 5.0, 10.0, 30.0, 50.0, 75.0, 100.0],
    "license_ids": [(), ("a",), ("b", "c")],
    "path": ["a", "b", "bb", "other"],
    "key_expression": [None, "unknown", "a", "mit"],
    "expression": [None, "MIT", "GPL-2.0-only", "MIT AND ISC", "MIT OR GPL-2.0-only", "NOASSERTION"],
}


def conditions_of(questions: list[str], most: int) -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(questions),
        lambda inner: st.one_of(
            st.builds("({} && {})".format, inner, inner),
            st.builds("({} || {})".format, inner, inner),
            st.builds("({} ? {} : {})".format, inner, inner, inner),
            inner.map("!({})".format),
        ),
        max_leaves=most,
    )


def guarded(source: str) -> str:
    """The same, and correct: a number that may be absent is asked for."""
    return f"({source}) && (has(license.score) || true)"


def compiled(source: str) -> Condition:
    condition = EVALUATOR.compile("license", guarded(source))
    assert not isinstance(condition, tuple), (source, condition)
    return condition


def formula(source: str) -> Formula:
    piece = pieces_of(guarded(source), compiled(source).tree)
    assert piece is not None
    return piece.formula


def possible(wanted: Formula) -> frozenset[Answer]:
    return Decisions(Constants(LISTS, THRESHOLDS)).possible(wanted, KINDS["license"])


def facts(*conditions: Condition) -> Iterator[dict[str, object]]:
    """One fact for each combination of values of the fields that `conditions` read."""
    names = sorted({name for condition in conditions for name in condition.reads})
    for values in itertools.product(*(FACTS[name] for name in names)):
        yield dict(zip(names, values, strict=True))


def answer(condition: Condition, fact: dict[str, object]) -> Answer:
    found = condition.holds([fact[name] for name in condition.reads])
    return None if isinstance(found, Unevaluated) else found


def observed(source: str) -> frozenset[Answer]:
    condition = compiled(source)
    return frozenset(answer(condition, fact) for fact in facts(condition))


@given(conditions_of(EXACT, 4))
def test_where_cases_decide_every_question_the_possible_answers_are_those_of_all_facts(source: str) -> None:
    assert possible(formula(source)) == observed(source)


@given(conditions_of(LOOSE, 4))
def test_no_answer_that_a_fact_shows_is_left_out(source: str) -> None:
    assert possible(formula(source)) >= observed(source)


@given(st.sampled_from(LOOSE), conditions_of(LOOSE, 3))
def test_what_is_said_to_follow_holds_for_every_fact(one: str, other: str) -> None:
    """Some do by their making, `one || other` from `one` and `one` from `one && other`; of random ones few."""
    for broken, too in ((one, f"{one} || {other}"), (f"{one} && {other}", one), (one, other)):
        if possible(And((Breaks(formula(broken)), Not(Breaks(formula(too)))))) == {False}:
            first, second = compiled(broken), compiled(too)
            for fact in facts(first, second):
                assert answer(first, fact) is False or answer(second, fact) is not False


@pytest.mark.parametrize("one", EXACT)
def test_a_part_is_known_to_follow_from_a_conjunction(one: str) -> None:
    for other in LOOSE:
        joined = formula(f"{one} && {other}")
        assert possible(And((Breaks(joined), Not(Breaks(formula(one)))))) == {False}


def test_a_check_that_fails_is_an_answer_of_its_own() -> None:
    failing = "size(license.license_ids) / 0 == 1"
    assert possible(formula(f"{failing} && !({failing})")) == {None, False}


def test_a_condition_of_too_many_questions_is_not_decided() -> None:
    many = " || ".join(f"license.path.startsWith('{n}')" for n in range(decisions.MAX_QUESTIONS + 1))
    judge = Decisions(Constants(LISTS, THRESHOLDS))
    assert judge.possible(formula(many), KINDS["license"]) == {True, False, None}
    assert judge.undecided == 1


def test_a_search_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "MAX_STEPS", 3)
    judge = Decisions(Constants(LISTS, THRESHOLDS))
    hard = "license.path.startsWith('a') && license.path.endsWith('b') && license.basis == 'declared'"
    judge.possible(formula(hard), KINDS["license"])
    assert (judge.undecided, judge.steps) == (1, 4)
