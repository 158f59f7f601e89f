"""Times the steps in which conditions are counted, of those whose steps take longest: part of `make bench-policy`.

Whether a rule is asked at all of many facts depends on its steps (`compliance.policy.cost`), so that it depends on
no machine. One step must not take much longer than the count supposes.
"""

import statistics
import sys
import time
from collections.abc import Callable

import msgspec

from benchmarks.documents import PERFORMANCE, write_section
from compliance.model.finding import LicenseFinding, place
from compliance.policy.cel import CelEvaluator

SUPPOSED = 100.0
"""Nanoseconds of the longest step, of which the docstring of `compliance.policy.cost` speaks."""
ROUNDS = 5
_IDS = "license.license_ids"
LISTS = {
    "long": tuple(f"a{n}" for n in range(9_000)),
    "beginnings": tuple(f"LicenseRef-a{n}*" for n in range(9_000)),
    "answers": ("military_use=prohibited", "territory_excluded=*", "scale_gates=*") * 100,
}
CONDITIONS = {
    "a path in a list": "license.path in lists.long",
    "identifiers in a list": f"{_IDS}.exists(x, x in lists.long)",
    "identifiers among beginnings": f"{_IDS}.exists(x, listed(x, lists.beginnings))",
    "identifiers in a path": f"{_IDS}.exists(x, license.path.contains(x))",
    "identifiers among identifiers": f"{_IDS}.exists(x, listed(license.path, {_IDS}))",
    "an expression asked for answers": "requires(license.expression, lists.answers)",
    "an expression asked for beginnings": "only(license.expression, lists.beginnings)",
    "a long text in a path": "license.path.contains('" + "a" * 3_000 + "b')",
}


def main() -> None:
    """Measure, write the section, and fail where a step takes longer than supposed."""
    measured = {name: _nanoseconds(source) for name, source in CONDITIONS.items()}
    rows = [f"| {name} | {steps:,} | {nanoseconds:.1f} |" for name, (steps, nanoseconds) in measured.items()]
    write_section(PERFORMANCE, "policy-steps", _HEAD.format(rounds=ROUNDS) + "\n".join(rows))
    sys.exit(any(nanoseconds > SUPPOSED for _, nanoseconds in measured.values()))


def _nanoseconds(source: str) -> tuple[int, float]:
    """The steps of an answer, and the processor time of one."""
    condition = CelEvaluator(LISTS, {}).compile("license", source)
    assert not isinstance(condition, tuple), source
    values = _values(condition.reads)
    steps = condition.cost.work([values])
    condition.holds(values)  # what is made ready once is no part of it
    return steps, statistics.median(_seconds(lambda: condition.holds(values)) for _ in range(ROUNDS)) / steps * 1e9


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _values(names: tuple[str, ...]) -> tuple[object, ...]:
    """Of a fact as large as none is: 500 licenses in an expression, 900 identifiers, a path of 20,000 letters."""
    finding = LicenseFinding(
        expression=" OR ".join(f"LicenseRef-qwen-{n}" for n in range(500)),
        basis="detected",
        license_ids=tuple(f"z{n}" for n in range(900)),
    )
    fact = msgspec.structs.asdict(place(finding, "a" * 20_000, None))
    return tuple(fact[name] for name in names)


_HEAD = """\
# Performance of a condition's steps

Written by `make bench-policy`: processor time of one step (`compliance/policy/cost.py`) of the conditions whose
steps take longest, of a fact as large as none is, medians of {rounds}. A hundred nanoseconds at worst are what
the count supposes.

| condition | steps | nanoseconds a step |
|---|---|---|
"""


if __name__ == "__main__":
    main()
