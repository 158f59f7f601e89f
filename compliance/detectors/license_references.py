"""Notices that point to another file ("see LICENSE"): follow them, as ScanCode's command does.

A reference is looked up beside the file, then at the root of the source. Order matters, since a followed reference
may be followed again: files are visited as ScanCode walks a code base, deepest first.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from compliance.detectors.detector import Tree
from compliance.licenses import key_expressions
from compliance.model.evidence import Evidence, LicenseMatch, lowest_score
from compliance.model.finding import Finding, LicenseFinding, place
from compliance.model.placement import folder_of

_MOST_REFERENCED_KEYS = 5
"""A referenced file with more different licenses than this is a collection of notices, not the file's license."""


class _Match(msgspec.Struct):
    """A match and the file it stands in, once known; shared by all regions that it was added to."""

    match: LicenseMatch
    path: str | None = None


class _Region(msgspec.Struct):
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
        detected = [one for one in tree.of(LicenseFinding) if one.basis == "detected" and one.key_expression]
        pointing = dict.fromkeys(one.path for one in detected if any(map(_points, one.evidence)))
        if not pointing:
            return tree.findings
        regions = _Regions(detected)
        paths = [file.path for file in tree.files]
        known = {*paths, *_folders(paths)}
        for path in _deepest_first(pointing):
            for region in regions.at(path):
                _follow(region, path, regions, known)
        changed = {id(region.finding): _changed(region) for region in regions.followed()}
        return tree.with_changed(changed)


def _points(evidence: Evidence) -> bool:
    return isinstance(evidence, LicenseMatch) and bool(evidence.referenced_filenames)


class _Regions:
    """What was detected in each file, made ready to be followed where a reference leaves or leads to it."""

    def __init__(self, detected: Iterable[LicenseFinding]) -> None:
        self._detected: dict[str, list[LicenseFinding]] = defaultdict(list)
        for one in detected:
            self._detected[one.path].append(one)
        self._made: dict[str, list[_Region]] = {}

    def at(self, path: str) -> Sequence[_Region]:
        """Those in the file at `path`, always the same objects."""
        if path not in self._made:
            self._made[path] = [_region(one) for one in self._detected.get(path, ())]
        return self._made[path]

    def followed(self) -> Iterator[_Region]:
        """Those from which a reference was followed."""
        return (one for regions in self._made.values() for one in regions if one.followed)


def _region(finding: LicenseFinding) -> _Region:
    matches = [_Match(one) for one in finding.evidence if isinstance(one, LicenseMatch)]
    return _Region(finding, finding.key_expression or "", matches)


def _follow(region: _Region, path: str, regions: _Regions, known: set[str]) -> None:
    if region.is_resolved():
        return
    referenced: list[_Region] = []
    for name in region.referenced_names():
        target = _find(name, path, known)
        for found in regions.at(target or ""):
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


def _deepest_first(paths: Iterable[str]) -> list[str]:
    """`paths` as a walk that visits, in each directory, its files and then its sub-directories, by name."""

    def key(path: str) -> list[tuple[int, str, str]]:
        parts = path.split("/")
        last = len(parts) - 1
        return [(depth < last, part.lower(), part) for depth, part in enumerate(parts)]

    return sorted(paths, key=key)


DETECTOR = LicenseReferences()
