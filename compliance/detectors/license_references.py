"""Notices that point to another file ("see LICENSE"): follow them, as ScanCode's command does.

A reference is looked up beside the file, then at the root of the source. Order matters, since a followed reference
may be followed again: files are visited as ScanCode walks a code base, deepest first.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from compliance.detectors.detector import Tree
from compliance.licenses import key_expressions
from compliance.model.evidence import LicenseMatch, lowest_score
from compliance.model.finding import Finding, LicenseFinding, place
from compliance.model.placement import folder_of

_MOST_REFERENCED_KEYS = 5
"""A referenced file with more different licenses than this is a collection of notices, not the file's license."""


@dataclass(slots=True)
class _Match:
    """A match and the file it stands in, once known; shared by all regions that it was added to."""

    match: LicenseMatch
    path: str | None = None


@dataclass(slots=True)
class _Region:
    """One detected license of a file while references are being followed."""

    finding: LicenseFinding
    expression: str
    matches: list[_Match]
    followed: bool = False

    def referenced_names(self) -> list[str]:
        return list(dict.fromkeys(name for one in self.matches for name in one.match.referenced_filenames))

    def is_resolved(self) -> bool:
        return len({one.path for one in self.matches}) > 1


class LicenseReferences:
    """Replaces the expression of a notice that only points elsewhere by what stands there."""

    name = "license-references"
    version = "1"
    order = 10

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, those with a followed reference changed in expression and evidence."""
        regions = _regions_by_path(tree)
        pointing = [path for path, group in regions.items() if any(one.referenced_names() for one in group)]
        if not pointing:
            return list(tree.findings)
        paths = [file.path for file in tree.files]
        known = {*paths, *_folders(paths)}
        for path in _deepest_first(pointing):
            for region in regions[path]:
                _follow(region, path, regions, known)
        changed = {
            id(region.finding): _changed(region)
            for group in regions.values()
            for region in group
            if region.followed
        }
        return [changed.get(id(finding), finding) for finding in tree.findings]


def _regions_by_path(tree: Tree) -> dict[str, list[_Region]]:
    regions: dict[str, list[_Region]] = defaultdict(list)
    for finding in tree.findings:
        if isinstance(finding, LicenseFinding) and finding.basis == "detected" and finding.key_expression:
            matches = [_Match(one) for one in finding.evidence if isinstance(one, LicenseMatch)]
            regions[finding.path].append(_Region(finding, finding.key_expression, matches))
    return regions


def _follow(region: _Region, path: str, regions: dict[str, list[_Region]], known: set[str]) -> None:
    if region.is_resolved():
        return
    referenced: list[_Region] = []
    for name in region.referenced_names():
        target = _find(name, path, known)
        for found in regions.get(target or "", ()):
            referenced.append(found)
            for one in found.matches:
                one.path = one.path or target
    if not referenced:
        return
    expression = key_expressions.combine(one.expression for one in referenced)
    if not _counts(expression, region.expression):
        return
    region.matches.extend([one for found in referenced for one in found.matches])
    region.expression = key_expressions.combine(one.match.key_expression for one in _meaningful(region.matches))
    region.followed = True


def _find(name: str, path: str, known: set[str]) -> str | None:
    """Path of the file or folder that `name`, written in the file at `path`, refers to; None where there is none.

    What stands beside the file hides what stands at the root, even if no license was found in it.
    """
    name = posixpath.normpath(name.replace("\\", "/").rstrip("/"))
    candidates = (posixpath.normpath(posixpath.join(base, name)) for base in (folder_of(path), ""))
    return next((candidate for candidate in candidates if candidate in known), None)


def _counts(referenced: str, own: str) -> bool:
    """Whether what stands in the referenced files may change the expression of the notice itself."""
    if "unknown" in own or referenced == own:
        return True
    referenced_keys = key_expressions.keys(referenced)
    return referenced_keys != key_expressions.keys(own) and len(referenced_keys) <= _MOST_REFERENCED_KEYS


def _meaningful(matches: list[_Match]) -> list[_Match]:
    """`matches` without mere introductions and references, unless nothing would be left."""
    texts = [one for one in matches if not one.match.introduction] or matches
    return [one for one in texts if not one.match.referenced_filenames] or texts


def _changed(region: _Region) -> LicenseFinding:
    own = region.finding.path
    matches = [msgspec.structs.replace(one.match, path=_elsewhere(one.path, own)) for one in region.matches]
    finding = msgspec.structs.replace(
        region.finding,
        expression=key_expressions.to_spdx(region.expression, matches),
        key_expression=region.expression,
        score=lowest_score(matches),
        evidence=tuple(matches),
    )
    return place(finding, own, finding.revision)


def _elsewhere(path: str | None, own: str) -> str | None:
    return None if path == own else path


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder in which some of `paths` lie, whether in it or below."""
    found: set[str] = set()
    for path in paths:
        while (path := folder_of(path)) and path not in found:
            found.add(path)
    return found


def _deepest_first(paths: list[str]) -> list[str]:
    """`paths` as a walk that visits, in each directory, its files and then its sub-directories, by name."""

    def key(path: str) -> list[tuple[int, str, str]]:
        parts = path.split("/")
        last = len(parts) - 1
        return [(depth < last, part.lower(), part) for depth, part in enumerate(parts)]

    return sorted(paths, key=key)


DETECTOR = LicenseReferences()
