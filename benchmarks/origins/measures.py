"""Figures from answers: thresholds, recall, precision, named origins."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.origins.independent import IndependentFile
from benchmarks.origins.method import Answer, Guess, Method
from benchmarks.origins.samples import Sample

BUDGET = 0.001
"""Share of the lines of independent code that may be flagged."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sample and what a method said of it."""

    sample: Sample
    answer: Answer
    seconds: float
    """Of processor time."""

    @property
    def named(self) -> str | None:
        """The family that the method calls nearest."""
        return self.answer.origins[0].family if self.answer.origins else None

    @property
    def best(self) -> float:
        """The highest score of a flagged stretch; -1 without one."""
        return max((span.score for span in self.answer.spans), default=-1.0)


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """What a method flagged in an independent file."""

    file: IndependentFile
    answer: Answer
    seconds: float

    def flagged(self, threshold: float) -> frozenset[int]:
        """Its lines of code in stretches that score at least `threshold`."""
        return flagged_lines(self.answer, self.file.code, threshold)


def ask(method: Method, samples: Iterable[Sample]) -> list[Outcome]:
    """The answers of `method` to `samples`."""
    return [Outcome(sample, *_timed(method, sample.path, sample.content)) for sample in samples]


def ask_independent(method: Method, files: Iterable[IndependentFile]) -> list[FalseAlarm]:
    """The answers of `method` on files in which nothing should be flagged."""
    return [FalseAlarm(file, *_timed(method, f"team/{file.path}", file.content)) for file in files]


def flagged_lines(answer: Answer, code: frozenset[int], threshold: float) -> frozenset[int]:
    """Those lines of `code` that lie in a stretch with a score of at least `threshold`."""
    return frozenset(
        line
        for span in answer.spans
        if span.score >= threshold
        for line in range(span.first_line, span.last_line + 1)
        if line in code
    )


def threshold_for(alarms: Sequence[FalseAlarm], budget: float = BUDGET) -> float:
    """The lowest score at which at most `budget` of all lines of code in `alarms` are flagged; 0 if any does."""
    scores: list[float] = []
    for alarm in alarms:
        best: dict[int, float] = {}
        for span in alarm.answer.spans:
            for line in range(span.first_line, span.last_line + 1):
                if line in alarm.file.code:
                    best[line] = max(best.get(line, 0.0), span.score)
        scores += best.values()
    allowed = int(budget * sum(len(alarm.file.code) for alarm in alarms))
    scores.sort(reverse=True)
    if len(scores) <= allowed:
        return 0.0
    # one above the first score that doesn't fit, since equal scores are flagged together
    above = [score for score in scores if score > scores[allowed]]
    return min(above) if above else scores[allowed] * (1 + 1e-9) + 1e-12


def flagged_share(alarms: Sequence[FalseAlarm], threshold: float) -> float:
    """The share of lines of code that are flagged."""
    code = sum(len(alarm.file.code) for alarm in alarms)
    return sum(len(alarm.flagged(threshold)) for alarm in alarms) / code if code else 0.0


def recall(outcomes: Sequence[Outcome], threshold: float) -> float:
    """The share of samples with a flagged stretch."""
    return _share([outcome.best >= threshold for outcome in outcomes])


def line_figures(outcomes: Sequence[Outcome], threshold: float) -> tuple[float, float]:
    """Precision and recall of flagged lines over all samples together."""
    flagged = true = both = 0
    for outcome in outcomes:
        lines = flagged_lines(outcome.answer, outcome.sample.code, threshold)
        flagged += len(lines)
        true += len(outcome.sample.true_lines)
        both += len(lines & outcome.sample.true_lines)
    return (both / flagged if flagged else 1.0), (both / true if true else 1.0)


def nearest(answer: Answer, first_line: int, last_line: int) -> Guess | None:
    """A span of the family that covers most of the lines, the higher score among equals; None where none does."""
    covered: dict[str, int] = {}
    spans: dict[str, Guess] = {}
    for span in answer.spans:
        lines = min(last_line, span.last_line) - max(first_line, span.first_line) + 1
        if lines > 0:
            covered[span.family] = covered.get(span.family, 0) + lines
            spans.setdefault(span.family, span)
    return max(spans.values(), key=lambda span: (covered[span.family], span.score), default=None)


def megabytes_a_second(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Throughput in processor time."""
    return sum(sizes) / 1e6 / max(sum(seconds), 1e-9)


def _timed(method: Method, path: str, content: bytes) -> tuple[Answer, float]:
    began = time.process_time()
    answer = method.query(path, content)
    return answer, time.process_time() - began + answer.seconds


def _share(truths: Sequence[bool]) -> float:
    return sum(truths) / len(truths) if truths else 0.0
