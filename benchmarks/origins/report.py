"""Runs the parts of the benchmark and words its two sections."""

import os
import platform
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.origins import errors, measures, peers, tables
from benchmarks.origins.ancestry import MOSTLY_KEPT, SHORTEST, Ancestry, trace
from benchmarks.origins.corpus import Corpus, known_code
from benchmarks.origins.detection import Detection, Samples, detect, exact, pasted_named, release_named
from benchmarks.origins.gathering import fewer, gather, known_to_peers
from benchmarks.origins.korean_teams import PublicFile, public_files
from benchmarks.origins.lineage import COPIED_RELEASE, Lineages
from benchmarks.origins.plan import Plan
from benchmarks.origins.product import Product, Restricted
from benchmarks.origins.twins import Twins
from benchmarks.origins.words import ACCURACY, PERFORMANCE

REPOSITORY = 1_000
"""Files of the repository whose time is taken."""


@dataclass(slots=True)
class Measured:
    """Everything that was measured; None for parts that were left out."""

    twins: Twins
    known: int
    """Different Python files in the corpus."""
    loading: float
    """Seconds of processor time until the index could be asked."""
    detection: Detection | None = None
    generated: Ancestry | None = None
    copied: Ancestry | None = None
    korean: tuple[PublicFile, ...] = ()
    peers: tuple[tuple[Detection, int], ...] = ()
    """Each with how many files it knows; ours first."""
    repository: tuple[int, float, float] | None = None
    """Files, bytes and seconds of processor time."""


def measure(
    plan: Plan,
    parts: frozenset[str],
    projects: Iterable[str] | None = None,
    index: Path | None = None,
    recipe: Path | None = None,
) -> Measured:
    """Runs `parts` of `plan`.

    Raises:
        ComplianceError: a package can't be had, or the index can't be read.
    """
    corpus = known_code(projects, recipe)
    product = Product(index)
    began = time.process_time()
    product.prepare(())
    measured = Measured(Twins(corpus), len({file.digest for file in corpus.files}), time.process_time() - began)
    if "lineage" in parts:
        _lineage(measured, product, corpus, plan)
    if parts & {"detection", "peers"}:
        _say("making mutants")
        given = gather(corpus, plan)
        _say(f"{len(given.mutants)} mutants, {len(given.pasted)} pasted, {len(given.independent)} independent")
        measured.detection = detect(product, given)
        measured.repository = _repository(given, measured.detection)
        if "peers" in parts:
            measured.peers = tuple(_peers(measured, product, corpus, given, plan))
    return measured


def accuracy(measured: Measured) -> str:
    """The section of docs/accuracy.md."""
    parts = [ACCURACY.head.format(known=measured.known), _goals(measured)]
    twins, detection = measured.twins, measured.detection
    if detection is not None:
        parts += [ACCURACY.mutants, tables.kinds_table(detection, twins), tables.pasted_table(detection, twins)]
        parts += [ACCURACY.releases, tables.releases_table(detection, twins)]
        parts += [ACCURACY.independent, tables.projects_table(detection), _own_decoder(detection)]
        parts += [ACCURACY.related, tables.projects_table(detection, related=True)]
    if measured.generated is not None and measured.copied is not None:
        parts += [
            ACCURACY.lineage.format(shortest=SHORTEST),
            tables.lineage_table(measured.generated, measured.copied),
        ]
    if measured.korean:
        parts += [ACCURACY.korean, tables.korean_table(measured.korean)]
    if measured.peers:
        parts += [ACCURACY.peers, tables.methods_table(measured.peers, twins)]
    parts.append("### The worst errors")
    if detection is not None:
        parts += [
            errors.listed("Another origin named", errors.wrong_origins(detection, twins)),
            errors.listed("Independent code flagged", errors.false_alarms(detection)),
        ]
    if measured.generated is not None:
        parts.append(errors.listed("Another lineage named", errors.wrong_lineages(measured.generated)))
    return "\n\n".join(parts)


def performance(measured: Measured) -> str:
    """The section of docs/performance.md."""
    rows = [("until the index can be asked", f"{measured.loading:.2f} s")]
    if measured.detection is not None:
        rows.append(("comparing with the index", f"{measured.detection.megabytes_a_second():.1f} MB/s"))
    if measured.repository is not None:
        files, size, seconds = measured.repository
        took = f"{seconds + measured.loading:.2f} s"
        rows.append((f"a repository of {files:,} files ({size / 1e6:.1f} MB), loading included", took))
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}"
    return "\n\n".join([PERFORMANCE.format(machine=machine), tables.table(("", "one core, processor time"), rows)])


def _lineage(measured: Measured, product: Product, corpus: Corpus, plan: Plan) -> None:
    _say("reading declared lineages")
    generated, copied = Lineages(corpus), Lineages(corpus, COPIED_RELEASE)
    _say("asking about descendants")
    measured.generated = trace(product, generated, generated.generated_classes(SHORTEST), plan.lineages)
    measured.copied = trace(product, copied, copied.copied_blocks(SHORTEST), plan.lineages)
    measured.korean = tuple(public_files(product, corpus, generated))


def _peers(
    measured: Measured, product: Product, corpus: Corpus, given: Samples, plan: Plan
) -> Iterable[tuple[Detection, int]]:
    tuning = measured.detection.alarms_of("tuning") if measured.detection else []
    budget = max(measures.flagged_share(tuning, 0.0), measures.BUDGET)
    for chosen, sources, independent, others in (
        (peers.FAST, plan.peer_sources, 1_000, plan.peer_known),
        (peers.SLOW, plan.slow_sources, 3, plan.slow_known),
    ):
        asked = fewer(given, sources, independent)
        known = known_to_peers(corpus, asked, others)
        _say(f"{len(asked.mutants)} mutants to methods that know {len(known)} files")
        yield detect(product, asked), measured.known
        restricted = Restricted(product, corpus.versions)
        restricted.prepare(corpus.contents(known))
        yield detect(restricted, asked), len(known)
        for module, name in chosen.items():
            method = peers.load(module, name)
            if method is not None:
                _say(method.name)
                try:
                    method.prepare(corpus.contents(known))
                    detection = detect(method, asked, budget)
                except RuntimeError as error:
                    _say(f"{method.name} is left out: {error}")
                    continue
                yield detection, len(known)


def _repository(given: Samples, detection: Detection) -> tuple[int, float, float]:
    """A thousand files: two thirds independent, the others mutants, as they were asked about."""
    costs = [(len(one.file.content), one.seconds) for one in detection.alarms][: REPOSITORY * 2 // 3]
    costs += [(len(one.sample.content), one.seconds) for one in detection.outcomes][: REPOSITORY - len(costs)]
    return len(costs), sum(size for size, _ in costs), sum(seconds for _, seconds in costs)


def _goals(measured: Measured) -> str:
    rows: list[tuple[str, str, str]] = []
    twins, detection = measured.twins, measured.detection
    if detection is not None:
        hard, by_hand = detection.of("hard50"), detection.of("handlike")
        flagged = measures.flagged_share(detection.alarms_of("test"), detection.threshold)
        pasted = [
            one for one in detection.pasted if one.sample.half == "test" and one.sample.kind == "pasted renamed30"
        ]
        precision, recall = measures.line_figures(pasted, detection.threshold)
        very, alike, tied = release_named(detection.releases, twins)
        rows += [
            ("exact origin, hard50", "≥ .99", tables.share(exact(hard, twins))),
            (
                "recall, hard50, at ≤ 0.1 % of independent lines flagged (as shipped)",
                "≥ .98",
                f"{measures.recall(hard, detection.threshold):.3f} at {flagged:.3%}",
            ),
            (
                "pasted block in a clean file, renamed and 30 % rewritten: line precision / recall",
                "≥ .97 / ≥ .85",
                f"{precision:.3f} / {recall:.3f} (origin named: {pasted_named(pasted, twins):.3f})",
            ),
            (
                "release: very text / equal up to names / or called as near",
                "≥ .98",
                f"{very:.3f} / {alike:.3f} / {tied:.3f}",
            ),
            ("rewritten by hand-like edits, file level", "≥ .9", tables.share(exact(by_hand, twins))),
            ("speed, one core", "≥ 10 MB/s", f"{detection.megabytes_a_second():.1f} MB/s"),
        ]
    if measured.generated is not None:
        mostly = measured.generated.only(MOSTLY_KEPT)
        for what, ancestry in (("", measured.generated), (f" that keep {MOSTLY_KEPT:.0%} of their lines", mostly)):
            named = f"{ancestry.right:.3f} / {ancestry.strict:.3f}"
            rows.append((f"right lineage / strict parent, generated classes{what}", "≥ .97 / ≥ .80", named))
    return tables.table(("figure, test half", "goal", "measured"), rows)


def _own_decoder(detection: Detection) -> str:
    alarm = detection.own_decoder
    flagged = len(alarm.flagged(detection.threshold))
    return f"The decoder written anew for this project: {flagged} of {len(alarm.file.code)} lines flagged."


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
