"""Times whole commands beside their peers: `python -m benchmarks.speed` writes a section of docs/performance.md.

Every row is kept as it is measured, so an aborted run goes on where it was. `--quick` tries everything on little
and prints; `--only` measures some sections; `--anew` measures them again; `--draw` draws the latest run once more.
"""

import argparse
import shutil
import sys
from collections.abc import Collection
from pathlib import Path

from benchmarks.documents import PERFORMANCE, write_section
from benchmarks.speed import cold, conditions, curves, detection, document, pairs, repeated, start_up
from benchmarks.speed.bench import Bench
from benchmarks.speed.plan import FULL, QUICK, Plan
from benchmarks.speed.records import RUNS, Records, latest, opened
from benchmarks.speed.sample import candidates, choose, laid_out
from tests.samples.packages import WORK

SCRATCH = WORK / "speed" / "scratch"
MEASURED = {
    "start_up": start_up,  # makes the license index, which all others find
    "cold": cold,
    "pairs": pairs,
    "detection": detection,
    "repeated": repeated,
    "curves": curves,
}
"""In this order."""
_NAMES = tuple(MEASURED)


def main() -> None:
    """Measure what isn't measured yet, and draw."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little of everything; print, and write no document")
    parser.add_argument("--draw", action="store_true", help="measure nothing; draw the latest run")
    parser.add_argument(
        "--only", nargs="+", choices=_NAMES, default=_NAMES, metavar="SECTION", help=f"of {_NAMES}"
    )
    parser.add_argument("--anew", action="store_true", help="forget what was measured of these sections before")
    arguments = parser.parse_args()
    plan = QUICK if arguments.quick else FULL
    records = latest(RUNS / plan.name) if arguments.draw else measured(plan, arguments.only, anew=arguments.anew)
    text = document.text(records)
    if arguments.quick:
        print(text)
    else:
        write_section(PERFORMANCE, "speed", text)


def measured(plan: Plan, names: Collection[str], *, anew: bool) -> Records:
    """Records of the sections `names`, measured unless an aborted run under the same conditions did, or `anew`."""
    sample = laid_out(choose(candidates())[: plan.files])
    records = opened(conditions.conditions(sample, plan), RUNS / plan.name)
    scratch = _scratch(records, plan)
    for name, section in MEASURED.items():
        if name in names:
            print(f"--- {name}", file=sys.stderr)
            if anew:
                records.forget(name)
            section.measure(Bench(plan, sample, records, scratch))
    return records


def _scratch(records: Records, plan: Plan) -> Path:
    """The folder in which the commands of this run write; those of the plan's other runs are removed."""
    folder = SCRATCH / plan.name / records.id
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in MEASURED:  # later rows compare with what earlier ones wrote
            records.forget(name)
    return folder


if __name__ == "__main__":
    main()
