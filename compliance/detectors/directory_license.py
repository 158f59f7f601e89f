"""Files that state no license themselves: the nearest directory's license file holds for them, as *concluded*."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Sequence

from compliance.detectors.detector import Tree
from compliance.licenses import key_expressions
from compliance.model.evidence import LicenseMatch, Statement
from compliance.model.finding import Finding, LicenseFinding, place

_LICENSE_FILE = re.compile(r"(?:un)?licen[sc]e|copying", re.IGNORECASE)
_TEXT_SUFFIXES = frozenset(
    {"", ".txt", ".md", ".rst", ".html", ".lesser", ".lgpl", ".gpl", ".apache", ".mit", ".bsd"}
)


class DirectoryLicense:
    """Concludes a license for each file that has none from the nearest directory above it that has a license file.

    Several license files in one directory all hold (AND): that they are alternatives would have to be said.
    A license file whose text isn't recognised also counts as the nearest one: the conclusion is then unknown.
    """

    name = "directory-license"
    version = "1"
    order = 20

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, and a concluded one for each file without a license of its own."""
        own: dict[str, list[LicenseFinding]] = defaultdict(list)
        for finding in tree.findings:
            if isinstance(finding, LicenseFinding):
                own[finding.path].append(finding)
        scopes = _scopes([file.path for file in tree.files if file.size], own)
        concluded = [
            place(template, file.path, tree.revision)
            for file in tree.files
            if file.size and file.path not in own and (template := _nearest(file.path, scopes))
        ]
        return [*tree.findings, *concluded]


def is_license_file(path: str) -> bool:
    """Whether the file at `path` is by its name the license of its directory."""
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    return bool(_LICENSE_FILE.match(stem)) and suffix.lower() in _TEXT_SUFFIXES


def _scopes(paths: list[str], own: dict[str, list[LicenseFinding]]) -> dict[str, LicenseFinding]:
    """For each directory with license files, the unplaced finding that holds for files below it."""
    files: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        if is_license_file(path):
            files[posixpath.dirname(path)].append(path)
    return {directory: _template(names, own) for directory, names in files.items()}


def _template(paths: list[str], own: dict[str, list[LicenseFinding]]) -> LicenseFinding:
    stated = {path: [one for one in own.get(path, ()) if one.key_expression] for path in paths}
    evidence = tuple(
        Statement(
            path=path,
            lines=found[0].lines if found else None,
            field="directory-license",
            says=" AND ".join(one.expression or "" for one in found)[:200] or "text not recognised",
        )
        for path, found in stated.items()
    )
    if not all(stated.values()):
        return LicenseFinding(expression=None, basis="concluded", evidence=evidence)
    findings = [one for found in stated.values() for one in found]
    expression = key_expressions.combine(one.key_expression or "" for one in findings)
    matches = [one for finding in findings for one in finding.evidence if isinstance(one, LicenseMatch)]
    return LicenseFinding(
        expression=key_expressions.to_spdx(expression, matches),
        key_expression=expression,
        basis="concluded",
        score=min(one.score or 0.0 for one in findings),
        evidence=evidence,
    )


def _nearest(path: str, scopes: dict[str, LicenseFinding]) -> LicenseFinding | None:
    directory = posixpath.dirname(path)
    while True:
        if found := scopes.get(directory):
            return found
        if not directory:
            return None
        directory = posixpath.dirname(directory)


DETECTOR = DirectoryLicense()
