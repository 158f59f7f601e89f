"""Whether a change of a policy really changes nothing, tried on facts beside those of the tests.

It can be refuted so, not proven: every fact of the tests is changed in one field, to each value that the field has
anywhere in the tests, and where it is a license to every one of the knowledge base.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter

from compliance.licenses.catalog import weight_licenses
from compliance.model.text import Text
from compliance.policy.cel import CelEvaluator
from compliance.policy.condition_parts import Part
from compliance.policy.conditions import Condition
from compliance.policy.facts import Fact
from compliance.policy.policy import Policy
from compliance.policy.questions import Questions, questions_of
from compliance.policy.testing.mutants import Mutant
from compliance.policy.vocabulary import name_in_conditions

LICENSE_FIELD = "expression"

Values = Mapping[str, object]


def refuted(policy: Policy, mutant: Mutant, facts: Mapping[str, Sequence[Fact]]) -> Text | None:
    """What tells `mutant` from `policy`; None where nothing was found that does.

    Args:
        policy: the policy.
        mutant: of it.
        facts: of all tests, by the rule's `for` that they belong to.
    """
    rules = {rule.id: rule for rule in policy.rules}
    evaluator = CelEvaluator(policy.lists, policy.thresholds)
    for changed in mutant.rules:
        rule, seen = rules[changed.id], facts[changed.kind]
        if rule.condition is changed.condition:
            return _OTHER_JUDGEMENT
        asked, otherwise = questions_of(rule, evaluator), questions_of(changed, mutant.evaluator)
        if not _same_questions(asked, otherwise, mutant.of, seen) and (
            found := _difference(rule.condition, changed.condition, seen)
        ):
            return _told_apart(found)
    return None


def _same_questions(one: Questions, other: Questions, of: str, facts: Sequence[Fact]) -> bool:
    """Whether they are joined alike and answered alike one by one, which takes much less to try.

    Questions that don't name the list or threshold `of`, and aren't themselves changed, are the same.
    """
    if _shape(one.tree) != _shape(other.tree) or len(one.each) != len(other.each):
        return False
    named = f".{name_in_conditions(of)}"
    return all(
        (mine.text == its.text and named not in mine.text)
        or (mine.condition and its.condition and _difference(mine.condition, its.condition, facts) is None)
        for mine, its in zip(one.each, other.each, strict=True)
    )


def _shape(part: Part) -> object:
    return part.operator, [_shape(one) for one in part.parts]


def _difference(one: Condition, other: Condition, facts: Iterable[Fact]) -> Values | None:
    """What the two conditions answer otherwise; None where nothing was found."""
    probes = _probes(sorted({*one.reads, *other.reads}), facts)
    return next((values for values in probes if _answers(one, values) != _answers(other, values)), None)


def _answers(condition: Condition, values: Values) -> tuple[object, object]:
    read = [values[name] for name in condition.reads]
    answer = condition.holds(read)
    return answer, condition.holds(read, leads=False) if answer is True else answer  # as the engine asks


def _probes(fields: Sequence[str], facts: Iterable[Fact]) -> Iterator[Values]:
    """Values of `fields` as the facts have them, and with each of them changed; every combination once."""
    seen = dict.fromkeys(tuple(attrgetter(field)(fact) for field in fields) for fact in facts)
    pools = [list(dict.fromkeys(column)) for column in zip(*seen, strict=True)]
    combinations = dict(seen)
    for place, (field, pool) in enumerate(zip(fields, pools, strict=False)):
        more = _known_licenses() if field == LICENSE_FIELD else ()
        for values in seen:
            combinations |= {(*values[:place], new, *values[place + 1 :]): None for new in (*pool, *more)}
    return (dict(zip(fields, values, strict=True)) for values in combinations)


@cache
def _known_licenses() -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            name
            for one in weight_licenses()
            for name in (one.expression, *(f"LicenseRef-scancode-{key}" for key in one.scancode.keys))
        )
    )


def _told_apart(values: Values) -> Text:
    said = ", ".join(f"{name}: {value}" for name, value in values.items())
    return Text(
        en=f"this finding tells the two apart; write a test with it ({said})",
        ko=f"두 정책을 구별하는 발견 사항이 있음: 테스트로 쓰세요({said})",
    )


_OTHER_JUDGEMENT = Text(
    en="the rule would judge otherwise whenever it is broken; write a test that says how it judges",
    ko="위반할 때마다 판정이 달라지는 변경: 판정을 확인하는 테스트를 쓰세요",
)
