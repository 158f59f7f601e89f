"""Times the judgement of 100,000 findings: `make bench-policy` writes docs/performance.md.

Beside the engine run a loop written by hand and two other evaluators of the same language, all over the same
facts, one after the other in the same rounds; what they find must be the same.
"""

import datetime
import os
import platform
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import cel
import celpy
import msgspec

from benchmarks.documents import PERFORMANCE, write_section
from benchmarks.policy.by_hand import conditions
from benchmarks.policy.real_facts import examined, multiplied
from compliance.licenses import expressions
from compliance.model.finding import Finding
from compliance.model.inventory import Inventory
from compliance.model.verdict import Severity
from compliance.policy.evaluation import assess
from compliance.policy.facts import facts_of
from compliance.policy.functions import listed
from compliance.policy.loading import load_policy
from compliance.policy.policy import Policy, Rule
from compliance.policy.vocabulary import KINDS

TODAY = datetime.date(2026, 11, 23)
ROUNDS = 3
MANY, FEW = 100_000, 10_000
FUNCTIONS: Mapping[str, Callable[..., bool]] = {
    **{one.__name__: one for one in (expressions.only, expressions.without, expressions.requires)},
    **{one.__name__: one for one in (expressions.says, expressions.says_other, expressions.settled)},
    "known": expressions.is_known,
    "listed": listed,
}
Found = Mapping[str, int]
"""How many facts break each rule."""


def main() -> None:
    """Measure and write the section."""
    bases = examined()
    policy = load_policy("sovereign-ai")
    some = _some(policy)
    every = {
        different: {size: multiplied(bases, size, different=different) for size in (FEW, MANY)}
        for different in (False, True)
    }
    whole = {different: _measured([partial(_engine, sizes[MANY], policy)]) for different, sizes in every.items()}
    rows = {
        (different, size): _measured(_evaluators(sizes[size], some, others=size == FEW))
        for different, sizes in every.items()
        for size in sizes
    }
    write_section(PERFORMANCE, "policy", _document(bases, policy, some, whole, rows))


def _some(policy: Policy) -> Policy:
    """The rules that are also written by hand; no fact is a mere lead to them, so that each is asked once."""
    chosen = conditions(policy)
    return msgspec.structs.replace(
        policy,
        rules=tuple(
            msgspec.structs.replace(rule, severity=Severity.REVIEW) for rule in policy.rules if rule.id in chosen
        ),
    )


def _evaluators(inventory: Inventory, policy: Policy, *, others: bool) -> list[Callable[[], Found]]:
    chosen = (_engine, _by_hand, _rust, _pure_python) if others else (_engine, _by_hand)
    return [partial(evaluate, inventory, policy) for evaluate in chosen]


def _measured(evaluators: Sequence[Callable[[], Found]]) -> list[list[float]]:
    """Seconds of processor time of each evaluator in each round.

    Raises:
        RuntimeError: they don't agree.
    """
    rounds = []
    for _ in range(ROUNDS):
        costs, found = [], []
        for evaluate in evaluators:
            began = time.process_time()
            found.append(evaluate())
            costs.append(time.process_time() - began)
        if any(one != found[0] for one in found):
            raise RuntimeError(f"the evaluators disagree: {found}")
        rounds.append(costs)
    return rounds


def _engine(inventory: Inventory, policy: Policy) -> Found:
    found = {rule.id: 0 for rule in policy.rules}
    for violation in assess(inventory, policy, TODAY).violations:
        if violation.lead is None and violation.target in {None, "defence"}:
            found[violation.rule] = len(violation.findings) or 1
    return found


def _by_hand(inventory: Inventory, policy: Policy) -> Found:
    facts = facts_of(inventory)
    written = conditions(policy)
    return {rule.id: sum(map(written[rule.id], facts[rule.kind])) for rule in policy.rules}


def _rust(inventory: Inventory, policy: Policy) -> Found:
    context = cel.Context(_constants(policy))
    for name, function in FUNCTIONS.items():
        context.add_function(name, function)
    facts = _as_mappings(inventory, policy)
    return {rule.id: _count_rust(rule, context, facts[rule.kind]) for rule in policy.rules}


def _count_rust(rule: Rule, context: Any, facts: Sequence[Mapping[str, Any]]) -> int:
    program, variable, broken = cel.compile(rule.when), KINDS[rule.kind].variable, 0
    for fact in facts:
        context.add_variable(variable, fact)
        broken += program.execute(context)
    return broken


def _pure_python(inventory: Inventory, policy: Policy) -> Found:
    environment = celpy.Environment()
    constants = {name: celpy.json_to_cel(value) for name, value in _constants(policy).items()}
    facts = {
        kind: [celpy.json_to_cel(fact) for fact in some] for kind, some in _as_mappings(inventory, policy).items()
    }
    functions = {name: _for_celpy(function) for name, function in FUNCTIONS.items()}
    found = {}
    for rule in policy.rules:
        program = environment.program(environment.compile(rule.when), functions=functions)
        variable = KINDS[rule.kind].variable
        found[rule.id] = sum(bool(program.evaluate({**constants, variable: fact})) for fact in facts[rule.kind])
    return found


def _for_celpy(function: Callable[..., bool]) -> Callable[..., Any]:
    def asked(*arguments: Any) -> Any:
        plain = [tuple(map(str, one)) if isinstance(one, list) else str(one) for one in arguments]
        return celpy.celtypes.BoolType(function(*plain))

    return asked


def _constants(policy: Policy) -> dict[str, Any]:
    return {
        "lists": {name.replace("-", "_"): list(entries) for name, entries in policy.lists.items()},
        "thresholds": {name.replace("-", "_"): number for name, number in policy.thresholds.items()},
    }


def _as_mappings(inventory: Inventory, policy: Policy) -> dict[str, list[dict[str, Any]]]:
    """The facts for evaluators without types: texts that nobody stated read as `unknown`, numbers aren't there."""
    kinds = {rule.kind for rule in policy.rules}
    return {
        kind: [_as_mapping(fact, kind) for fact in facts]
        for kind, facts in facts_of(inventory).items()
        if kind in kinds
    }


def _as_mapping(fact: Any, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in KINDS[kind].fields.items():
        value = getattr(fact, name)
        if value is None and field.shape == "text":
            value = "unknown"
        if value is not None:
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def _document(
    bases: Sequence[Inventory],
    policy: Policy,
    some: Policy,
    whole: Mapping[bool, list[list[float]]],
    rows: Mapping[tuple[bool, int], list[list[float]]],
) -> str:
    names = ("the engine", "a loop written by hand", "common-expression-language", "cel-python")
    lines = [
        f"| {len(policy.rules)} | {MANY:,} | {_distribution(different)} | {names[0]} | "
        f"{statistics.median(one[0] for one in rounds):.1f} | |"
        for different, rounds in whole.items()
    ]
    for (different, size), rounds in rows.items():
        for place, name in enumerate(names[: len(rounds[0])]):
            seconds = statistics.median(one[place] for one in rounds)
            ratio = statistics.median(one[place] / one[0] for one in rounds)
            lines.append(
                f"| {len(some.rules)} | {size:,} | {_distribution(different)} | {name} "
                f"| {seconds:.2f} | {ratio:.1f} × |"
            )
    kinds = Counter(_kind(one) for base in bases for one in base.findings)
    return _HEAD.format(
        rounds=ROUNDS,
        trees=len(bases),
        findings=kinds.total(),
        kinds=", ".join(f"{number:,} {kind}" for kind, number in kinds.most_common()),
        machine=f"{os.cpu_count()} processors, Python {platform.python_version()}",
    ) + "\n".join(lines)


def _kind(finding: Finding) -> str:
    return type(finding).__name__.removesuffix("Finding")


def _distribution(different: bool) -> str:
    return "all different" if different else "as found"


_HEAD = """\
# Performance of policies

Written by `make bench-policy`: the judgement of an inventory in memory by the shipped policy, processor time of
one core, medians of {rounds} rounds in which all stand beside each other; a ratio is that of the same round, to
the engine. The facts are copies, under paths of their own, of {findings:,} findings of {trees} real trees
({kinds}). "All different": every license statement, dependency, origin and notice has a license expression
that no other has, so that nothing is asked once for several. The fewer rules are some whose conditions are also
written in Python by hand, calling the same license functions, and can be asked by evaluators without types.
{machine}.

| rules | findings | facts | evaluated by | seconds | ratio |
|---|---|---|---|---|---|
"""


if __name__ == "__main__":
    main()
