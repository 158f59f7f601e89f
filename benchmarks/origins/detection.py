"""Measures how well a method finds origins: of mutants, pasted blocks, releases, independent files."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.origins import measures
from benchmarks.origins.corpus import Half
from benchmarks.origins.independent import IndependentFile
from benchmarks.origins.measures import FalseAlarm, Outcome
from benchmarks.origins.method import Method
from benchmarks.origins.samples import Sample
from benchmarks.origins.twins import Twins


@dataclass(frozen=True, slots=True)
class Samples:
    """All files that methods are asked about."""

    mutants: tuple[Sample, ...]
    pasted: tuple[Sample, ...]
    releases: tuple[Sample, ...]
    """Mutants of earlier releases."""
    independent: tuple[IndependentFile, ...]
    own_decoder: IndependentFile
    related: tuple[IndependentFile, ...] = ()
    """Of projects that exchanged code with those in the index."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What one method did on all of them."""

    method: str
    outcomes: tuple[Outcome, ...]
    pasted: tuple[Outcome, ...]
    releases: tuple[Outcome, ...]
    alarms: tuple[FalseAlarm, ...]
    own_decoder: FalseAlarm
    related: tuple[FalseAlarm, ...]
    threshold: float
    """0, which is all that is reported; of peers: chosen on the tuning half, within a budget of flagged lines."""

    def of(self, kind: str, half: Half = "test") -> list[Outcome]:
        """Mutants of one kind."""
        return [one for one in self.outcomes if one.sample.kind == kind and one.sample.half == half]

    def alarms_of(self, half: Half) -> list[FalseAlarm]:
        """Independent files of one half."""
        return [one for one in self.alarms if one.file.half == half]

    def by_project(self, threshold: float, *, related: bool = False) -> list[tuple[str, Half, int, int]]:
        """Project, half, flagged lines and lines of code, most flagged first."""
        grouped: defaultdict[str, list[FalseAlarm]] = defaultdict(list)
        for alarm in self.related if related else self.alarms:
            grouped[alarm.file.project].append(alarm)
        rows = [
            (
                project,
                alarms[0].file.half,
                sum(len(one.flagged(threshold)) for one in alarms),
                sum(len(one.file.code) for one in alarms),
            )
            for project, alarms in grouped.items()
        ]
        return sorted(rows, key=lambda row: (-row[2] / max(row[3], 1), row[0]))

    def megabytes_a_second(self) -> float:
        """Of everything asked, in processor time."""
        outcomes = (*self.outcomes, *self.pasted, *self.releases)
        sizes = [len(one.sample.content) for one in outcomes] + [len(one.file.content) for one in self.alarms]
        seconds = [one.seconds for one in outcomes] + [one.seconds for one in self.alarms]
        return measures.megabytes_a_second(sizes, seconds)


def detect(method: Method, samples: Samples, budget: float | None = None) -> Detection:
    """Asks `method` about all `samples`.

    Args:
        method: to ask.
        samples: to ask about.
        budget: share of the lines of independent code that may be flagged on the tuning half; None for a method
            that has a threshold of its own.
    """
    alarms = measures.ask_independent(method, samples.independent)
    tuning = [one for one in alarms if one.file.half == "tuning"]
    return Detection(
        method=method.name,
        outcomes=tuple(measures.ask(method, samples.mutants)),
        pasted=tuple(measures.ask(method, samples.pasted)),
        releases=tuple(measures.ask(method, samples.releases)),
        alarms=tuple(alarms),
        own_decoder=measures.ask_independent(method, [samples.own_decoder])[0],
        related=tuple(measures.ask_independent(method, samples.related)),
        threshold=0.0 if budget is None else measures.threshold_for(tuning, budget),
    )


def exact(outcomes: Sequence[Outcome], twins: Twins, *, strict: bool = False) -> float:
    """The share of mutants whose origin is named first.

    Args:
        outcomes: mutants.
        twins: tells what can't be told apart.
        strict: a family that can't be told from the true one doesn't count.
    """
    right = [
        one.named is not None
        and (one.named == one.sample.origin.family if strict else twins.same_family(one.sample.origin, one.named))
        for one in outcomes
    ]
    return sum(right) / len(right) if right else 0.0


def release_named(outcomes: Sequence[Outcome], twins: Twins) -> tuple[float, float, float]:
    """Of the mutants whose family is named, the share with the right release: the very text, or one equal up to
    what a thorough renaming changes, or one of several that are called as near."""
    named = [one for one in outcomes if one.named == one.sample.origin.family]
    very = [_has_text(one, twins) for one in named]
    alike = [twins.same_version(one.sample.origin, one.answer.origins[0].version) for one in named]
    tied = [
        right or any(twins.same_version(one.sample.origin, other) for other in one.answer.origins[0].tied_versions)
        for right, one in zip(alike, named, strict=True)
    ]
    count = max(len(named), 1)
    return sum(very) / count, sum(alike) / count, sum(tied) / count


def pasted_named(outcomes: Sequence[Outcome], twins: Twins) -> float:
    """The share of pasted blocks whose most covering span names the origin."""
    right = 0
    for one in outcomes:
        guess = measures.nearest(one.answer, min(one.sample.true_lines), max(one.sample.true_lines))
        families = {guess.family, *guess.ties} if guess else set()
        right += any(twins.same_family(one.sample.origin, family) for family in families)
    return right / len(outcomes) if outcomes else 0.0


def _has_text(outcome: Outcome, twins: Twins) -> bool:
    version = outcome.answer.origins[0].version
    return twins.same_text(outcome.sample.origin, version)
