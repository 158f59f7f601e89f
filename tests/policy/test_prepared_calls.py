"""Calls with lists that are the same for every fact are made ready once, and answer as before."""

import pytest

from compliance.policy.cel import CelEvaluator
from compliance.policy.conditions import Condition
from compliance.policy.functions import FUNCTIONS

LISTS = {"bans": ("GPL-*", "military_use=prohibited"), "more": ("MIT",), "terms": ("military_use",)}
EXPRESSIONS = [
    None,
    "MIT",
    "GPL-2.0-only",
    "MIT OR GPL-2.0-only",
    "LicenseRef-llama-3.1",
    "LicenseRef-qwen-research",
]


def compiled(source: str) -> Condition:
    condition = CelEvaluator(LISTS, {}).compile("license", source)
    assert not isinstance(condition, tuple)
    return condition


@pytest.mark.parametrize(
    ("call", "name", "arguments"),
    [
        ("requires(license.expression, lists.bans)", "requires", (LISTS["bans"],)),
        ("!only(license.expression, lists.bans + lists.more)", "only", ((*LISTS["bans"], "MIT"),)),
        ("says(license.expression, 'military_use', ['prohibited'])", "says", ("military_use", ("prohibited",))),
        ("settled(license.expression, lists.terms, ['MIT'])", "settled", (LISTS["terms"], ("MIT",))),
        ("license.altered || without(license.expression, [])", "without", ((),)),
    ],
)
@pytest.mark.parametrize("leads", [True, False])
def test_they_answer_as_the_functions_do(call: str, name: str, arguments: tuple[object, ...], leads: bool) -> None:
    condition = compiled(call)
    for expression in EXPRESSIONS:
        fact = {"expression": expression, "altered": False}
        wanted = FUNCTIONS[name].asking(leads=leads)(expression or "unknown", *arguments)
        asked = condition.holds([fact[field] for field in condition.reads], leads=leads)
        assert asked is (not wanted if call.startswith("!") else wanted)


def test_a_list_of_the_fact_itself_is_asked_as_it_is() -> None:
    condition = compiled("listed(license.path, license.license_ids)")
    assert condition.holds([("a", "b"), "B"]) is True
    assert condition.holds([("a",), "B"]) is False


def test_a_call_inside_a_loop_is_made_ready_too() -> None:
    condition = compiled("license.license_ids.exists(x, requires(x, lists.bans))")
    assert condition.holds([("MIT", "GPL-3.0-only")]) is True
    assert condition.holds([("MIT",)]) is False


def test_no_condition_can_name_what_stands_for_them() -> None:
    evaluator = CelEvaluator(LISTS, {})
    evaluator.compile("license", "requires(license.expression, lists.bans)")
    for source in ("@asked(license.expression, 0)", "asked(license.expression, 0)"):
        assert isinstance(evaluator.compile("license", source), tuple)
