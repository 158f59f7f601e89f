"""What ScanCode's command and we say of each file, in one shape, so that they can be compared."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compliance.licenses import key_expressions
from compliance.licenses.scancode import transliterated
from compliance.model.evidence import LicenseMatch
from compliance.model.finding import CopyrightFinding, LicenseFinding
from compliance.model.inventory import Inventory

COMPARED = ("key_expression", "expression", "matches", "copyrights")
"""What of two reports is compared, by the names of their fields."""


@dataclass(slots=True)
class FileReport:
    """What one tool says of one file."""

    key_expression: str | None = None
    expression: str | None = None
    matches: list[tuple[int, int, str, float]] = field(default_factory=list)
    """First line, last line, rule and score, sorted; what is said twice of the same lines counts once, since it is
    one fact."""
    copyrights: list[tuple[int, int, str]] = field(default_factory=list)
    """First line, last line and statement, likewise."""


def of_scancode(output: str) -> dict[str, FileReport]:
    """Every file that the `scancode` command's JSON `output` tells of, by its path below the scanned folder."""
    files = (one for one in json.loads(output)["files"] if one["type"] == "file")
    return {one["path"].partition("/")[2]: _of_file(one) for one in files}


def of_inventory(inventory: Inventory, tree: Path) -> dict[str, FileReport]:
    """Every file in the folder `tree`, by its path below it, as `inventory` tells of it."""
    paths = (path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    reports: dict[str, FileReport] = defaultdict(FileReport, {path: FileReport() for path in paths})
    detected: dict[str, list[LicenseFinding]] = defaultdict(list)
    for finding in inventory.findings:
        if isinstance(finding, LicenseFinding) and finding.basis == "detected" and finding.key_expression:
            # what a text that no rule knows says of weights is no detection of ScanCode's
            detected[finding.path].append(finding)
        elif isinstance(finding, CopyrightFinding):
            # ours keeps the letters of the file
            lines = finding.lines or (0, 0)
            reports[finding.path].copyrights.append((*lines, transliterated(finding.statement)))
    for path, findings in detected.items():
        matches = [one for finding in findings for one in finding.evidence if isinstance(one, LicenseMatch)]
        report = reports[path]
        report.key_expression = key_expressions.combine(filter(None, (one.key_expression for one in findings)))
        report.expression = key_expressions.to_spdx(report.key_expression, matches)
        report.matches = sorted({(*one.lines, one.rule, one.score) for one in matches})
    for report in reports.values():
        report.copyrights = sorted(set(report.copyrights))
    return dict(reports)


def differing(theirs: Mapping[str, FileReport], ours: Mapping[str, FileReport], what: str) -> list[str]:
    """Paths that `theirs` tells of and on which `what`, one of `COMPARED`, differs or isn't there in `ours`."""
    return [path for path in sorted(theirs) if path not in ours or _differs(theirs[path], ours[path], what)]


def _differs(one: FileReport, other: FileReport, what: str) -> bool:
    return bool(getattr(one, what) != getattr(other, what))


def _of_file(file: dict[str, Any]) -> FileReport:
    matches = [match for detection in file["license_detections"] for match in detection["matches"]]
    return FileReport(
        key_expression=file["detected_license_expression"],
        expression=file["detected_license_expression_spdx"],
        matches=sorted(
            {(one["start_line"], one["end_line"], one["rule_identifier"], one["score"]) for one in matches}
        ),
        copyrights=sorted({(one["start_line"], one["end_line"], one["copyright"]) for one in file["copyrights"]}),
    )
