"""Of which parts of a file something is said, and of which the evidence is too thin."""

from collections import defaultdict
from collections.abc import Iterable

from compliance.origins.attribution import Attribution, Part

LEAST_EVIDENCE = 4.0
"""Evidence for one family in one file below which nothing is said of it; calibrated by the benchmark."""
LEAST_OF_PART = 0.25
"""Evidence for one family in one part below which nothing is said of that part."""
ENOUGH_OF_PART = 1.0
"""Evidence for one family in one part from which it is told, however much of it was rewritten."""
MOSTLY_TOLD = 0.7
"""Share of a file's fingerprints in parts with evidence of their own from which the others are told too."""
LEAST_MATCH = 0.3
"""Share of a part with less evidence from which it is told."""


def told_parts(attribution: Attribution, least: float = LEAST_EVIDENCE) -> dict[int, list[Part]]:
    """The parts that something is said of, by model family: none where the file as a whole tells too little.

    What many families share says nothing by itself. It is told of a family that other parts come from, and of any
    family where most of the file comes from somewhere.
    """
    told: dict[int, list[Part]] = defaultdict(list)
    if attribution.evidence < least:
        return told
    plain = []
    for part in attribution.parts:
        nearest = part.candidates[0]
        enough = ENOUGH_OF_PART if nearest.share < LEAST_MATCH else LEAST_OF_PART
        if nearest.evidence >= enough:
            told[nearest.name].append(part)
        else:
            plain.append(part)
    is_mostly_told = prints_of(attribution.parts) - prints_of(plain) >= MOSTLY_TOLD * prints_of(attribution.parts)
    with_evidence = frozenset(told)
    for part in plain:
        if is_mostly_told or part.candidates[0].name in with_evidence:
            told[part.candidates[0].name].append(part)
    return told


def prints_of(parts: Iterable[Part]) -> int:
    """How many fingerprints `parts` have together."""
    return sum(part.prints for part in parts)
