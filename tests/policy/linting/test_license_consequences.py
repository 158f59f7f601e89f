"""What one license question says about another, against every way to combine a few licenses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.policy.cel import CelEvaluator
from compliance.policy.constants import Constants
from compliance.policy.linting.formulas import formula_of, questions_of
from compliance.policy.linting.license_consequences import consequences, may_share

ENTRIES = [
    *("MIT", "GPL-*", "GPL-2.0-only", "GPL-2.0-only WITH Classpath-exception-2.0", "ISC*"),
    *("military_use=prohibited", "commercial_use=prohibited", "LicenseRef-llama-3.1"),
]
EXPRESSIONS = [
    *("unknown", "MIT", "GPL-2.0-only", "GPL-2.0+", "GPL-2.0-only WITH Classpath-exception-2.0", "NOASSERTION"),
    *("LicenseRef-llama-3.1", "LicenseRef-qwen-research", "LicenseRef-chameleon-research", "LicenseRef-x", "ISC"),
    *("MIT OR GPL-2.0-only", "MIT AND LicenseRef-llama-3.1", "ISC AND NOASSERTION", "LicenseRef-llama-3.1 OR ISC"),
]
FUNCTIONS = ["known", "only", "without", "requires", "settled", "says", "says_other"]
EVALUATOR = CelEvaluator({}, {})


def question(function: str, entries: list[str], answers: list[str], terms: list[str]) -> str:
    of_function: dict[str, list[object]] = {
        "known": [],
        "settled": [terms, entries],
        "says": [terms[0], answers],
        "says_other": [terms[0], answers],
    }
    arguments = of_function.get(function, [entries])
    return f"{function}({', '.join(['license.expression', *map(repr, arguments)])})"


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two questions, mostly of lists of which one has what the other has, since only then something follows."""
    entries = draw(st.lists(st.sampled_from(ENTRIES), max_size=3))
    more = [*entries, *draw(st.lists(st.sampled_from(ENTRIES), max_size=2))]
    answers = draw(st.lists(st.sampled_from(["prohibited", "conditional"]), max_size=2))
    terms = st.sampled_from([["military_use"], ["commercial_use"], ["military_use", "commercial_use"]])
    one = question(draw(st.sampled_from(FUNCTIONS)), entries, answers[:1], draw(terms))
    other = question(draw(st.sampled_from(FUNCTIONS)), more, answers, draw(terms))
    return one, other


@given(pairs())
@settings(max_examples=max(500, settings().max_examples))
def test_what_follows_holds_for_every_expression_with_leads_and_without(pair: tuple[str, str]) -> None:
    asked = [EVALUATOR.compile("license", source) for source in pair]
    first, second = (condition for condition in asked if not isinstance(condition, tuple))
    questions = [next(questions_of(formula_of(condition.tree))) for condition in (first, second)]
    for consequence in consequences(questions, Constants({}, {})):
        cause, effect = (first, second) if consequence.cause == questions[0].key else (second, first)
        for expression in EXPRESSIONS:
            for leads in (True, False):
                if cause.holds([expression], leads=leads):
                    assert effect.holds([expression], leads=leads) is consequence.holds


@pytest.mark.parametrize(
    ("bans", "allowed", "shared"),
    [
        (["GPL-*"], ["MIT", "ISC"], False),
        (["GPL-*"], ["MIT", "GPL-2.0-only"], True),
        (["GPL-2.0-only"], ["GPL-*"], True),
        (["GPL-2.0-only"], ["LGPL-*", "MIT"], False),
        (["GPL-2.0-only"], ["GPL-2.0-only WITH Classpath-exception-2.0"], True),
        (["military_use=prohibited"], ["MIT"], False),
        (["military_use=prohibited"], ["LicenseRef-llama-3.1"], True),
        (["military_use=prohibited"], ["LicenseRef-*"], True),
        (["MIT"], ["military_use=prohibited"], True),
        (["MIT"], [], False),
    ],
)
def test_lists_are_disjoint_only_where_no_license_is_in_both(
    bans: list[str], allowed: list[str], shared: bool
) -> None:
    assert may_share(frozenset(bans), frozenset(allowed)) is shared
