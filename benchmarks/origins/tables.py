"""The benchmark's tables, as Markdown."""

from collections.abc import Iterable, Sequence

from benchmarks.origins import measures
from benchmarks.origins.ancestry import MOSTLY_KEPT, Ancestry
from benchmarks.origins.detection import Detection, exact, pasted_named, release_named
from benchmarks.origins.korean_teams import PublicFile
from benchmarks.origins.plan import KINDS, PASTED_KINDS
from benchmarks.origins.twins import Twins


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def share(value: float, digits: int = 3) -> str:
    """A share as the tables write it."""
    return f"{value:.{digits}f}"


def kinds_table(detection: Detection, twins: Twins) -> str:
    """Mutants of the test half by kind."""
    rows = []
    for kind in KINDS:
        outcomes = detection.of(kind)
        rows.append(
            (
                kind,
                str(len(outcomes)),
                share(exact(outcomes, twins)),
                share(exact(outcomes, twins, strict=True)),
                share(measures.recall(outcomes, detection.threshold)),
            )
        )
    return table(("mutants", "files", "origin named first", "twins not counted", "recall"), rows)


def methods_table(detections: Sequence[tuple[Detection, int]], twins: Twins) -> str:
    """All methods on the same files, each with how many files it knows."""
    rows = []
    for detection, known in detections:
        cells = []
        for kind in KINDS:
            outcomes = detection.of(kind)
            named = share(exact(outcomes, twins), 2)
            cells.append(f"{named} / {share(measures.recall(outcomes, detection.threshold), 2)}")
        flagged = measures.flagged_share(detection.alarms_of("test"), detection.threshold)
        speed = f"{detection.megabytes_a_second():.3g}"
        rows.append((detection.method, f"{known:,}", *cells, f"{flagged:.2%}", speed))
    head = ("method", "known files", *KINDS, "independent lines flagged", "MB/s, one core")
    return table(head, rows)


def pasted_table(detection: Detection, twins: Twins) -> str:
    """Blocks pasted into files of independent projects, test half."""
    rows = []
    for kind in PASTED_KINDS:
        outcomes = [one for one in detection.pasted if one.sample.kind == f"pasted {kind}"]
        outcomes = [one for one in outcomes if one.sample.half == "test"]
        precision, recall = measures.line_figures(outcomes, detection.threshold)
        rows.append(
            (kind, str(len(outcomes)), share(precision), share(recall), share(pasted_named(outcomes, twins)))
        )
    return table(("pasted block", "files", "line precision", "line recall", "origin named"), rows)


def releases_table(detection: Detection, twins: Twins) -> str:
    """Mutants of earlier releases."""
    rows = []
    for kind in dict.fromkeys(one.sample.kind for one in detection.releases):
        outcomes = [one for one in detection.releases if one.sample.kind == kind]
        rows.append((kind, str(len(outcomes)), *map(share, release_named(outcomes, twins))))
    head = (
        "mutants",
        "files",
        "release with the very text",
        "release equal up to names, strings, annotations, imports",
        "or among those called as near",
    )
    return table(head, rows)


def lineage_table(generated: Ancestry, copied: Ancestry) -> str:
    """Declared parents."""
    rows = []
    for name, ancestry in (
        ("generated classes", generated),
        (f"generated classes that keep {MOSTLY_KEPT:.0%} of their lines", generated.only(MOSTLY_KEPT)),
        ("blocks marked as copied", copied),
    ):
        files = share(ancestry.file_declared) if ancestry is generated or ancestry is copied else ""
        rows.append(
            (
                name,
                str(len(ancestry.named)),
                share(ancestry.right),
                share(ancestry.strict),
                share(ancestry.told),
                files,
            )
        )
    head = (
        "",
        "classes",
        "right lineage",
        "strict parent",
        "parent among told ancestors included",
        "file's main origin is declared",
    )
    return table(head, rows)


def korean_table(files: Iterable[PublicFile]) -> str:
    """What public files of Korean teams declare, beside what is measured."""
    rows = []
    for one in files:
        project, _, path = one.file.family.partition(":")
        measured = [f"`{family}` {version or ''}: {part:.0%}" for family, version, part in one.measured]
        rows.append(
            (
                f"{project} {one.file.version}",
                f"`{path.rpartition('/')[2]}`",
                "; ".join(one.declared) or "nothing",
                "; ".join(measured) or "nothing above the threshold",
            )
        )
    return table(("package", "file", "declares", "nearest in the index, share of its lines of code"), rows)


def projects_table(detection: Detection, *, related: bool = False) -> str:
    """Independent projects, or related ones, the most flagged first."""
    rows = []
    for project, half, flagged, code in detection.by_project(detection.threshold, related=related):
        rows.append((project, half, f"{code:,}", f"{flagged} ({flagged / code:.2%})"))
    return table(("project", "half", "lines of code", "flagged"), rows)
