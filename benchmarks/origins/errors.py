"""The worst errors, for a person to judge."""

from collections import defaultdict
from collections.abc import Sequence

from benchmarks.origins.ancestry import Ancestry
from benchmarks.origins.detection import Detection
from benchmarks.origins.measures import Outcome
from benchmarks.origins.twins import Twins

WORST = 10


def wrong_origins(detection: Detection, twins: Twins) -> list[str]:
    """Origins of the test half in whose mutants another one is named, those with most such mutants first."""
    grouped: defaultdict[str, list[Outcome]] = defaultdict(list)
    for one in detection.outcomes:
        right = one.named is not None and twins.same_family(one.sample.origin, one.named)
        if one.sample.half == "test" and not right:
            grouped[one.sample.origin.family].append(one)
    worst = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))
    return [f"`{family}`: " + "; ".join(map(_said, outcomes)) for family, outcomes in worst[:WORST]]


def _said(outcome: Outcome) -> str:
    if outcome.named is None:
        return f"{outcome.sample.kind}: nothing named"
    scores = {guess.family: guess.score for guess in reversed(outcome.answer.origins)}
    true = scores.get(outcome.sample.origin.family, 0.0)
    tied = any(outcome.sample.origin.family in guess.ties for guess in outcome.answer.origins)
    said = "a tie" if tied else f"{true:.3g}"
    return f"{outcome.sample.kind}: `{outcome.named}` {scores[outcome.named]:.3g}, the true one {said}"


def false_alarms(detection: Detection) -> list[str]:
    """The largest stretches of independent files that are flagged, with what they are taken for."""
    found = []
    for alarm in detection.alarms:
        for span in alarm.answer.spans:
            if span.score >= detection.threshold:
                lines = sum(span.first_line <= line <= span.last_line for line in alarm.file.code)
                place = f"{alarm.file.project} `{alarm.file.path}`, lines {span.first_line}–{span.last_line}"
                found.append((lines, f"{place}: `{span.family}` ({span.score:.3f})"))
    return [text for _, text in sorted(found, key=lambda one: (-one[0], one[1]))[:WORST]]


def wrong_lineages(ancestry: Ancestry) -> list[str]:
    """The longest classes with a wrong lineage."""
    wrong = [one for one in ancestry.named if not one.right]
    wrong.sort(key=lambda one: (one.descendant.first_line - one.descendant.last_line, one.descendant.name))
    return [
        f"`{one.descendant.name}` ({one.descendant.last_line - one.descendant.first_line + 1} lines), declared "
        f"`{one.descendant.parent_name}` of `{one.descendant.parent}`: "
        + (f"`{one.guess.family}` ({one.guess.score:.3f})" if one.guess else "nothing named")
        for one in wrong[:WORST]
    ]


def listed(title: str, errors: Sequence[str]) -> str:
    """A titled Markdown list."""
    return "\n".join(
        [f"#### {title}", "", *(f"- {one}" for one in errors)] if errors else [f"#### {title}", "", "None."]
    )
