"""`python -m benchmarks.origins` measures everything and writes its sections of two documents."""

import argparse
import sys
import time
from pathlib import Path

from benchmarks.documents import ACCURACY, PERFORMANCE, write_section
from benchmarks.origins import report
from benchmarks.origins.plan import FULL, QUICK


def main() -> None:
    """Measure, print, and write the documents unless told otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.origins", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few samples; prints and writes no document")
    parser.add_argument("--parts", default="detection,lineage,peers", help="of detection, lineage and peers")
    parser.add_argument("--projects", help="only these projects of the recipe, separated by commas")
    parser.add_argument("--index", type=Path, help="index to search instead of the shipped one")
    parser.add_argument("--recipe", type=Path, help="what that index was built from")
    arguments = parser.parse_args()
    began = time.monotonic()
    measured = report.measure(
        QUICK if arguments.quick else FULL,
        frozenset(arguments.parts.split(",")),
        arguments.projects.split(",") if arguments.projects else None,
        arguments.index,
        arguments.recipe,
    )
    accuracy, performance = report.accuracy(measured), report.performance(measured)
    print(accuracy, performance, sep="\n\n")
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    if (
        not arguments.quick
        and len(arguments.parts.split(",")) == 3
        and not (arguments.projects or arguments.recipe)
    ):
        write_section(ACCURACY, "origins", accuracy)
        write_section(PERFORMANCE, "origins", performance)


if __name__ == "__main__":
    main()
