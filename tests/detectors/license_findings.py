"""License findings as ScanCode's detector makes them, written short."""

from compliance.detectors.detector import Tree, TreeFile
from compliance.model.evidence import LicenseMatch
from compliance.model.finding import Finding, LicenseFinding, place

SPDX = {
    "mit": "MIT",
    "apache-2.0": "Apache-2.0",
    "gpl-2.0": "GPL-2.0-only",
    "zlib": "Zlib",
    "bsd-new": "BSD-3-Clause",
    "isc": "ISC",
    "mpl-2.0": "MPL-2.0",
    "unknown-license-reference": "LicenseRef-scancode-unknown-license-reference",
}


def match(key: str, *, refers_to: tuple[str, ...] = (), introduction: bool = False) -> LicenseMatch:
    """A match of one license key."""
    return LicenseMatch(
        lines=(1, 2),
        expression=SPDX[key],
        key_expression=key,
        rule=f"{key}_1.RULE",
        matcher="2-aho",
        score=100.0,
        coverage=100.0,
        referenced_filenames=refers_to,
        introduction=introduction,
    )


def detected(path: str, *matches: LicenseMatch) -> LicenseFinding:
    """A detected license made of `matches`."""
    finding = LicenseFinding(
        lines=(1, 2),
        expression=" AND ".join(dict.fromkeys(one.expression for one in matches)),
        key_expression=" AND ".join(dict.fromkeys(one.key_expression for one in matches)),
        basis="detected",
        score=100.0,
        evidence=matches,
    )
    return place(finding, path, "abc")


def tree(*findings: Finding, files: tuple[str, ...] = ()) -> Tree:
    """A tree with `findings`, the files that they stand in, and `files` besides."""
    paths = sorted({*files, *(finding.path for finding in findings)})
    return Tree(
        files=tuple(TreeFile(path=path, size=10) for path in paths),
        findings=tuple(sorted(findings, key=lambda finding: finding.path)),
        revision="abc",
    )


def expressions(findings: object) -> dict[str, str | None]:
    """Expression by path, of findings with one license a file."""
    assert isinstance(findings, list | tuple)
    return {finding.path: finding.expression for finding in findings}
