"""Hostile policies: each stopped with an error that names the place."""

import datetime
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from compliance.errors import Fault, PolicyError
from compliance.policy import cost
from compliance.policy.bounds import MAX_BYTES, MAX_CHARACTERS, MAX_FAULTS, MAX_RULES, MAX_VALUES, MAX_WEIGHT
from compliance.policy.cel import CelEvaluator
from compliance.policy.evaluation import assess
from compliance.policy.loading import load_policy
from tests.policy.inventories import inventory, license_of, policy_file, rule

TODAY = datetime.date(2026, 11, 23)
HEAD = 'id: sample\nversion: "1"\nstatus: draft\ndescription: {en: A sample., ko: 예시.}\n'
IDS = "license.license_ids"
IN_MANY = "license.path in lists.many"


def fault_of(file: Path) -> Fault:
    with pytest.raises(PolicyError) as raised:
        load_policy(file)
    return raised.value.faults[0]


@pytest.mark.parametrize(
    ("when", "standing", "saying"),
    [
        (f"{IDS}.exists(x, {IDS}.exists(y, x == y))", "exists(x", "can't stand within another"),
        (f"{IDS}.all(x, {IDS}.exists_one(y, x == y))", "all(x", "can't stand within another"),
        (f"{IDS}.map(x, x) == ['a']", "map(", "ask with exists or all"),
        (f"size({IDS}.filter(x, x != '')) > 1", "filter(", "ask with exists or all"),
        ("license.path + license.path == 'a'", "+ license", "texts can't be joined"),
        ("license.path.matches('(a+)+$')", "matches(", "matches can't be used"),
        ("{'a': 1} == {'b': 2}", "{'a'", "{…} can't be used"),
        (f"{IDS}[0] == 'a'", "[0]", "[…] can't be used"),
        ("string(size(license.path)) == '3'", "string(size", "string can't be used"),
        ("dyn(license.path) == 3", "dyn(license", "dyn can't be used"),
        (
            "timestamp('2026-01-01T00:00:00Z') == timestamp('2026-01-01T00:00:00Z')",
            "timestamp('2026",
            "timestamp can't",
        ),
        ("(" * 40 + "license.altered" + ")" * 40, "((", "nests too deeply"),
        (" + ".join(["size(license.path)"] * 60) + " > 1", "size", "nests too deeply"),
        (" || ".join(["license.altered"] * 300), "license", f"more than {MAX_CHARACTERS:,} characters"),
    ],
)
def test_a_condition_that_loops_in_loops_builds_or_goes_on_and_on_is_a_fault_at_its_place(
    tmp_path: Path, when: str, standing: str, saying: str
) -> None:
    file = policy_file(tmp_path, rule(when=when))
    fault = fault_of(file)
    line = file.read_text(encoding="utf-8").splitlines()[fault.line - 1]
    assert line[fault.column - 1 :].lstrip('"').startswith(standing)
    assert saying in fault.message.en


def test_a_condition_may_not_go_through_a_long_list_for_every_fact(tmp_path: Path) -> None:
    entries = ", ".join(f"a{n}" for n in range(MAX_WEIGHT))
    file = policy_file(tmp_path, rule(when="license.path in lists.long"), lists=f"{{long: [{entries}]}}")
    assert f"more than {MAX_WEIGHT:,} steps" in fault_of(file).message.en


def test_a_long_list_that_is_looked_up_costs_nothing(tmp_path: Path) -> None:
    entries = ", ".join(f"a{n}" for n in range(MAX_WEIGHT))
    load_policy(
        policy_file(tmp_path, rule(when="listed(license.path, lists.long)"), lists=f"{{long: [{entries}]}}")
    )


def many_rules() -> str:
    return HEAD + "rules:\n" + "".join(rule(f"r{n}") for n in range(MAX_RULES + 1))


def hundred_thousand_rules() -> str:
    return HEAD + "rules:\n" + "".join(f"- {{id: r{n}}}\n" for n in range(60_000))


def many_entries() -> str:
    return HEAD + "lists:\n  a: [" + "MIT," * 200_000 + "]\nrules:\n" + rule()


def alias_bomb() -> str:
    levels = "abcdefgh"
    grown = "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise(levels))
    return "a: &a [x, x, x, x, x, x, x, x, x]\n" + grown


@pytest.mark.parametrize(
    ("content", "place_", "saying"),
    [
        (many_rules, (5 + MAX_RULES * 8 + 1, 3), f"more than {MAX_RULES:,} rules"),
        (hundred_thousand_rules, None, f"{MAX_VALUES:,} values"),
        (many_entries, (6, None), f"{MAX_VALUES:,} values"),
        (alias_bomb, None, f"{MAX_VALUES:,} values"),
        (lambda: "id: " + "[" * 100_000, (1, None), "more than 64 levels"),
        (lambda: HEAD + "#" * MAX_BYTES, (1, 1), f"more than {MAX_BYTES:,} bytes"),
        (
            lambda: HEAD + "rules:\n" + rule(when="a" * 900_000),
            (10, 9),
            f"more than {MAX_CHARACTERS:,} characters",
        ),
    ],
)
@pytest.mark.slow
def test_a_file_that_is_too_much_is_refused(
    tmp_path: Path, content: Callable[[], str], place_: tuple[int, int | None] | None, saying: str
) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(content(), encoding="utf-8")
    fault = fault_of(file)
    assert saying in fault.message.en
    if place_ is not None:
        assert (fault.line, place_[1] and fault.column) == place_


@pytest.mark.slow
def test_a_file_that_is_too_much_takes_two_hundred_megabytes_at_most(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(many_entries(), encoding="utf-8")
    loading = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from compliance.errors import PolicyError\n"
        "from compliance.policy.loading import load_policy\n"
        "try:\n    load_policy(sys.argv[1])\n"
        # not ru_maxrss, which begins with the size of the process that started this one
        "except PolicyError:\n"
        "    print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) >> 10)"
    )
    finished = subprocess.run([sys.executable, "-c", loading, str(file)], capture_output=True, check=True)
    assert int(finished.stdout) < 200


def test_a_rule_that_would_take_too_many_steps_is_not_asked_and_counts_as_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = load_policy(policy_file(tmp_path, rule(when="license.path == 'x'", severity="note")))
    findings = [license_of("MIT", path=f"{n}.py") for n in range(3)]
    monkeypatch.setattr("compliance.policy.answers.MAX_WORK", 9)
    (violation,) = assess(inventory(*findings), policy, TODAY).violations
    assert violation.severity == "review"
    assert len(violation.findings) == 3
    assert violation.unevaluated is not None
    assert "more than 2,000,000,000 steps" in violation.unevaluated.en


def test_the_steps_of_a_condition_grow_with_its_lists_and_with_the_facts() -> None:
    evaluator = CelEvaluator({"ten": tuple("abcdefghij")}, {})
    short, looping = (
        evaluator.compile("license", source)
        for source in ("license.path in lists.ten", f"{IDS}.exists(x, license.path.contains(x))")
    )
    assert not isinstance(short, tuple)
    assert not isinstance(looping, tuple)
    assert short.cost.work([("a",), ("b",)]) == 2 * short.cost.weight
    assert short.cost.weight > 10
    assert looping.cost.work([((), "a" * 320)]) == 11**2 * looping.cost.weight


def test_the_most_work_is_minutes_and_far_more_than_honest_rules_take() -> None:
    shipped = load_policy("sovereign-ai")
    heaviest = max(rule.condition.cost.weight for rule in shipped.rules)
    assert 1_000_000 * heaviest < cost.MAX_WORK


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rules", "entries"),
    [
        (rule(when="requires(license.expression, lists.many)"), "Apach-{}.0"),
        (rule(when=" || ".join(["says(license.expression, 'forum', lists.many)"] * 70)), "ZZZ{}"),
        (
            "".join(rule(f"r{n}", when=" || ".join(["license.path in lists.many"] * 130)) for n in range(100)),
            "a{}",
        ),
        ("".join(f"- {{remedi{n}: 1}}\n" for n in range(900)), "a{}"),
    ],
)
def test_a_file_of_nothing_but_faults_lists_a_thousand_of_a_kind_at_most(
    tmp_path: Path, rules: str, entries: str
) -> None:
    many = ", ".join(entries.format(number) for number in range(30_000))
    file = policy_file(tmp_path, rules, lists=f"{{many: [{many}]}}")
    with pytest.raises(PolicyError) as raised:
        load_policy(file)
    assert len(raised.value.faults) <= 2 * MAX_FAULTS
    assert ("at least" in raised.value.message.en) is (len(raised.value.faults) >= MAX_FAULTS)
