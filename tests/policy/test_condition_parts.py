"""Conditions taken apart: the parts, asked one by one and joined again, answer as the whole does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.policy.cel import CelEvaluator
from compliance.policy.condition_parts import Part, parts_of
from compliance.policy.loading import load_policy, shipped_policies

QUESTIONS = [
    "license.basis == 'declared'",
    "license.altered",
    "license.path.startsWith('a || b')",
    "size(license.license_ids) != 0",
    "license.license_ids.exists(x, x == 'a' && x != \"b)\")",
    "license.basis in ['declared', 'detected']",
    "(license.altered ? license.declared_in_card : true)",
    "license.path == '\\\\'",
    "!license.altered == license.declared_in_card",
    "has(license.score)",
]
FIELDS = {
    "basis": st.sampled_from(["declared", "detected", "concluded"]),
    "altered": st.booleans(),
    "declared_in_card": st.booleans(),
    "path": st.sampled_from(["a || b", "\\", "x"]),
    "license_ids": st.lists(st.sampled_from(["a", "b", "b)"])),
    "score": st.sampled_from([None, 50.0]),
}
CONDITIONS = st.recursive(
    st.sampled_from(QUESTIONS),
    lambda inner: st.one_of(
        st.builds("({} && {})".format, inner, inner),
        st.builds("({} || {})".format, inner, inner),
        inner.map("!({})".format),
        inner.map("({})".format),
    ),
    max_leaves=8,
)
EVALUATOR = CelEvaluator({}, {})


def shape(part: Part, source: str) -> object:
    if part.operator == "question":
        return part.text(source)
    return (part.operator, *(shape(one, source) for one in part.parts))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a", "a"),
        ("((a))", "a"),
        ("a && b && c", ("and", "a", "b", "c")),
        ("a || b && c", ("or", "a", ("and", "b", "c"))),
        ("(a || b) && !c", ("and", ("or", "a", "b"), ("not", "c"))),
        ("!(a && b)", ("not", ("and", "a", "b"))),
        ("a != '&&' && f(b || c)", ("and", "a != '&&'", "f(b || c)")),
        ("a ? b : c || d", "a ? b : c || d"),
        ("(a) || (b)", ("or", "a", "b")),
        ("!a == b", "!a == b"),
        ("!f(a == b)", ("not", "f(a == b)")),
        ("!!a", ("not", ("not", "a"))),
    ],
)
def test_a_condition_comes_apart_at_its_joints(source: str, expected: object) -> None:
    assert shape(parts_of(source), source) == expected


def answer(part: Part, source: str, facts: dict[str, object]) -> bool:
    match part.operator:
        case "and":
            return all(answer(one, source, facts) for one in part.parts)
        case "or":
            return any(answer(one, source, facts) for one in part.parts)
        case "not":
            return not answer(part.parts[0], source, facts)
    return asked(part.text(source), facts)


def asked(source: str, facts: dict[str, object]) -> bool:
    condition = EVALUATOR.compile("license", source)
    assert not isinstance(condition, tuple), source
    found = condition.holds([facts.get(name) for name in condition.reads])
    assert isinstance(found, bool)
    return found


@given(CONDITIONS, st.fixed_dictionaries(FIELDS))
def test_the_parts_joined_again_answer_as_the_whole(source: str, facts: dict[str, object]) -> None:
    assert answer(parts_of(source), source, facts) == asked(source, facts)


@pytest.mark.parametrize("name", shipped_policies())
def test_every_part_of_a_shipped_condition_is_a_condition(name: str) -> None:
    policy = load_policy(name)
    evaluator = CelEvaluator(policy.lists, policy.thresholds)
    for rule in policy.rules:
        for part in parts_of(rule.when).walk():
            text = part.text(rule.when)
            faults = evaluator.compile(rule.kind, text)
            # a number may be asked for by another part alone
            assert not isinstance(faults, tuple) or all("may be absent" in one.message.en for one in faults), text
