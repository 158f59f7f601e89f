"""Compares licenses and copyrights, file by file, with what the `scancode` command reports on three real trees.

`python -m benchmarks.accuracy` writes docs/accuracy.md. The command's own output is kept in `.work/accuracy/`,
since it takes twenty minutes; remove that folder to run it anew.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import real_trees
from benchmarks.documents import ACCURACY, write_section
from benchmarks.file_reports import COMPARED, FileReport, differing, of_inventory, of_scancode
from compliance import pipeline
from compliance.licenses.scancode import scancode_version
from compliance.settings import Settings
from compliance.sources.opening import open_submission
from tests.samples.packages import WORK

TREES: dict[str, tuple[str, Callable[[], Path]]] = {
    "transformers": ("the unpacked `transformers` wheel", real_trees.transformers),
    "zlib": ("zlib's source from Debian", real_trees.zlib),
    "own": ("this repository", real_trees.own_repository),
}
_HEAD = f"""\
# Accuracy of license and copyright detection

Written by `make accuracy`, which runs the `scancode` {scancode_version()} command without deadlines and this
product on the same files and compares every file. A file's expression is the combination of all its detections,
after references to other files were followed; a match is its lines, rule and score, and two alike are one. The
last four columns count the files on which the two differ. PDFs do on purpose: the command reads their first page,
this product the first fifty.

| tree | files | with a license | expression (keys) | expression (SPDX) | matches | copyrights |
|---|---|---|---|---|---|---|
"""
_ON_PURPOSE = ".pdf"
"""How files end that are read farther here than by the command."""
_SCANCODE = Path(sys.executable).with_name("scancode")
_UNBOUNDED = ["--timeout", "86400", "--max-in-memory", "1000000"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One tree, both tools."""

    title: str
    theirs: dict[str, FileReport]
    ours: dict[str, FileReport]

    def differing(self, what: str) -> list[str]:
        """Paths that scancode reports and on which `what` differs or is missing here."""
        return differing(self.theirs, self.ours, what)

    def only_ours(self) -> list[str]:
        """Paths that scancode leaves out: it ignores files such as `.gitignore`."""
        return sorted(self.ours.keys() - self.theirs.keys())

    def licensed(self) -> int:
        """How many files have a license."""
        return sum(report.expression is not None for report in self.theirs.values())


def main() -> None:
    """Compare on all trees and write the document."""
    comparisons = [_compare(name, title, make()) for name, (title, make) in TREES.items()]
    write_section(ACCURACY, "licenses", _document(comparisons))
    differing = [path for comparison in comparisons for path in comparison.differing("key_expression")]
    sys.exit(any(not path.endswith(_ON_PURPOSE) for path in differing))


def _compare(name: str, title: str, tree: Path) -> Comparison:
    theirs = _by_scancode(name, tree)
    inventory = pipeline.examine(open_submission(tree, include_ignored=True), Settings())
    return Comparison(title, theirs, of_inventory(inventory, tree))


def _by_scancode(name: str, tree: Path) -> dict[str, FileReport]:
    output = WORK / "accuracy" / f"{name}-{_digest(tree)}-{scancode_version()}.json"
    if not output.is_file():
        output.parent.mkdir(parents=True, exist_ok=True)
        unfinished = output.with_suffix(".unfinished")
        command = [str(_SCANCODE), "--license", "--copyright", "--processes", "2", *_UNBOUNDED, "--quiet"]
        subprocess.run([*command, "--json", str(unfinished), str(tree)], check=True)
        shutil.move(unfinished, output)
    return of_scancode(output.read_text(encoding="utf-8"))


def _document(comparisons: list[Comparison]) -> str:
    rows = [
        f"| {one.title} | {len(one.theirs):,} | {one.licensed():,} "
        f"| {len(one.differing('key_expression')):,} | {len(one.differing('expression')):,} "
        f"| {len(one.differing('matches')):,} | {len(one.differing('copyrights')):,} |"
        for one in comparisons
    ]
    lists = "\n".join(_differences(one) for one in comparisons)
    return _HEAD + "\n".join(rows) + "\n\n## Every difference\n\n" + lists


def _differences(comparison: Comparison) -> str:
    found = [(path, what) for what in COMPARED for path in comparison.differing(what)]
    different = [
        f"- `{path}`, {what}: `{_shown(comparison.theirs, path, what)}` by scancode, "
        f"`{_shown(comparison.ours, path, what)}` by us"
        for path, what in found
        if not path.endswith(_ON_PURPOSE)
    ]
    documents = {path for path, _what in found if path.endswith(_ON_PURPOSE)}
    different += [f"- `{path}`, behind its first page" for path in sorted(documents)]
    lines = [f"### {comparison.title}", "", *(different or ["None."])]
    if comparison.only_ours():
        names = ", ".join(f"`{path}`" for path in comparison.only_ours())
        lines += ["", f"Left out by scancode and so not compared: {names}."]
    return "\n".join(lines) + "\n"


def _shown(reports: dict[str, FileReport], path: str, what: str) -> str:
    return str(getattr(reports[path], what))[:300] if path in reports else "absent"


def _digest(tree: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(tree.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(tree).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    main()
