"""Conditions in CEL: typed, checked, and never silently wrong."""

import pytest

from compliance.policy.cel import CelEvaluator
from compliance.policy.conditions import Condition, Unevaluated
from compliance.policy.vocabulary import KINDS

EVALUATOR = CelEvaluator(
    lists={"open-licenses": ("MIT", "BSD-*"), "bases": ("declared", "detectd"), "odd": ("MIT OR ISC",)},
    thresholds={"few": 3, "half": 0.5},
)


def compiled(kind: str, source: str) -> Condition:
    condition = EVALUATOR.compile(kind, source)
    assert not isinstance(condition, tuple), [fault.message.en for fault in condition]
    return condition


def holds(kind: str, source: str, **fields: object) -> bool | Unevaluated:
    condition = compiled(kind, source)
    return condition.holds([fields.get(name) for name in condition.reads])


def faults(kind: str, source: str) -> list[tuple[int, str]]:
    found = EVALUATOR.compile(kind, source)
    assert isinstance(found, tuple)
    return [(fault.offset, fault.message.en) for fault in found]


def test_an_absent_text_reads_as_unknown_and_can_be_told_from_a_stated_one() -> None:
    assert holds("weights", "weights.country == 'unknown' && !has(weights.country)") is True
    assert holds("weights", "has(weights.country)", country="unknown") is True
    assert holds("weights", "weights.country == 'KR'", country="KR") is True


def test_an_absent_expression_is_covered_by_no_license_function() -> None:
    for question in ("only", "without", "requires"):
        assert holds("license", f"{question}(license.expression, lists.open_licenses)") is False
    assert holds("license", "known(license.expression)") is False


@pytest.mark.parametrize(
    ("source", "expression", "answer"),
    [
        ("only(license.expression, lists.open_licenses)", "MIT AND BSD-3-Clause", True),
        ("only(license.expression, lists.open_licenses)", "MIT AND GPL-2.0-only", False),
        ("without(license.expression, lists.open_licenses)", "MIT OR GPL-2.0-only", True),
        ("requires(license.expression, lists.open_licenses)", "MIT AND NOASSERTION", True),
        ("known(license.expression)", "MIT AND NOASSERTION", False),
        ("only(license.expression, lists.open_licenses + ['ISC'])", "ISC", True),
        ("requires(license.expression, ['military_use=prohibited'])", "LicenseRef-llama-3.1", True),
        ("says(license.expression, 'military_use', ['prohibited'])", "LicenseRef-llama-3.1", True),
        ("says_other(license.expression, 'forum', ['KR'])", "LicenseRef-llama-3.1", True),
        ("settled(license.expression, ['military_use'], ['ISC'])", "MIT AND ISC", True),
        ("listed(license.expression, ['m*'])", "MIT", True),
        ("listed(license.expression, ['m*', 'isc'])", "Zlib", False),
    ],
)
def test_functions_ask_the_license_algebra(source: str, expression: str, answer: bool) -> None:
    assert holds("license", source, expression=expression) is answer


def test_thresholds_keep_the_type_they_are_written_in() -> None:
    assert holds("inventory", "inventory.unlicensed > thresholds.few", unlicensed=4) is True
    assert (
        holds("weights", "has(weights.confidence) && weights.confidence > thresholds.half", confidence=0.6) is True
    )


def test_a_condition_reads_only_the_fields_that_it_names() -> None:
    assert compiled("license", "license.basis == 'declared' && has(license.score)").reads == ("basis", "score")
    assert compiled("license", "true").reads == ()


def test_a_condition_that_handles_the_whole_fact_reads_all_of_it() -> None:
    assert compiled("license", "license == license").reads == tuple(sorted(KINDS["license"].fields))


@pytest.mark.parametrize(
    "source", ["inventory.files / 0 == 1", "inventory.files % 0 == 1", "9223372036854775807 + inventory.files > 0"]
)
def test_an_evaluation_error_is_no_answer(source: str) -> None:
    assert isinstance(holds("inventory", source, files=1), Unevaluated)


def test_an_error_inside_a_license_function_is_no_answer() -> None:
    answer = holds("license", "only(license.expression, lists.odd)", expression="MIT")
    assert isinstance(answer, Unevaluated)
    assert "is not one license" in answer.reason


@pytest.mark.parametrize("value", [2**70, "text", "\ud800"])
def test_a_value_that_no_message_can_hold_is_no_answer(value: object) -> None:
    field = "parameters" if isinstance(value, int) or value == "text" else "component"
    source = "has(weights.parameters)" if field == "parameters" else "weights.component == 'model'"
    assert isinstance(holds("weights", source, **{field: value}), Unevaluated)


@pytest.mark.parametrize(
    ("kind", "source", "offset", "saying"),
    [
        ("license", "license.expresion == 'MIT'", 8, "license has no field 'expresion'"),
        ("license", "only(license.expression, lists.opn)", 31, "the policy has no list 'opn'"),
        ("inventory", "inventory.files > thresholds.fw", 29, "did you mean 'few'"),
        ("weights", "license.path == 'x'", 0, "means nothing in a rule for weights"),
        ("license", "license.path == 3", 13, "can't be applied to (string, int)"),
        ("license", "license.path", 0, "gives STRING, not true or false"),
        ("license", "license.path ==", 15, "not a CEL expression"),
        ("license", "license.basis in ['declared', 'detectd']", 30, "basis is never 'detectd'"),
        ("license", "'detectd' != license.basis", 0, "did you mean 'detected'"),
        ("license", "license.basis in lists.bases", 22, "basis is never 'detectd'"),
        ("license", "license.subject == 'unknown'", 19, "subject is never 'unknown'"),
        ("license", "license.score < 80.0", 7, "ask has(license.score)"),
        ("license", "requires(license.expression, ['GPL-9'])", 30, "is no license of SPDX's list"),
        ("license", "requires(license.expression, ['military_use=no'])", 30, "no license answers military_use"),
        ("license", "says(license.expression, 'militry_use', ['prohibited'])", 25, "did you mean 'military_use'"),
        ("license", "says(license.expression, 'military_use', ['prohibit'])", 42, "did you mean 'prohibited'"),
        ("license", "says(license.expression, license.path, ['prohibited'])", 4, "write the name of the term"),
        ("license", "settled(license.expression, ['militry_use'], [])", 29, "did you mean 'military_use'"),
        ("license", "(" * 40 + "true" + ")" * 40, 0, "nests too deeply"),
    ],
)
def test_mistakes_are_found_when_the_policy_is_loaded(kind: str, source: str, offset: int, saying: str) -> None:
    ((found_offset, message),) = faults(kind, source)
    assert found_offset == offset
    assert saying in message


def test_terms_known_from_reports_alone_can_be_left_out() -> None:
    condition = compiled("license", "says(license.expression, 'commercial_use', ['prohibited'])")
    assert condition.holds(["LicenseRef-qwen-research"]) is True
    assert condition.holds(["LicenseRef-qwen-research"], leads=False) is False


def test_all_mistakes_of_a_condition_are_reported_together() -> None:
    assert len(faults("license", "license.a == 'x' || license.b == 'y' || lists.c == ['z']")) == 3


def test_lists_that_are_compared_with_licenses_are_known() -> None:
    condition = compiled(
        "license", "only(license.expression, lists.open_licenses + lists.odd) || license.path in lists.bases"
    )
    assert condition.license_lists == {"open_licenses", "odd"}
