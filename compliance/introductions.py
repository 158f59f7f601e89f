"""Which commit first brought the code of an origin finding, and what became of the notices it then carried."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import PurePosixPath

import msgspec

from compliance.licenses.holders import NamedHolders
from compliance.licenses.scancode import copyright_statements
from compliance.model import git_history
from compliance.model.evidence import Lines, Statement
from compliance.model.finding import CopyrightFinding, Finding, Introduction, OriginFinding, place
from compliance.sources.history import History, Version
from compliance.temporary_folders import temporary_folder

LARGEST = 4 << 20
"""Bytes of a content that is looked into."""
MOST_READ = 200
"""Different contents of one file, oldest first."""
HEADER_LINES = 80

_BY_TEXT = frozenset(["copied", "derived"])
_SAME_WORDS = 0.4
_SAME_SHAPES = 0.7
"""Shares of the finding's lines from which a content counts as holding its code: word by word, or by shape alone,
which stays the same when names are changed."""
_NAME = re.compile(r"[^\W\d]\w*")
_TELLING_LENGTH = 12
_TELLING_SHAPE = 8
"""Shorter lines stand in any code."""
_COPYRIGHT = re.compile(r"copyright|©|\(c\)\s*\d{4}|저작권", re.IGNORECASE)
_LICENSE = re.compile(
    r"SPDX-License|licen[sc]ed under|permission is hereby granted|redistribution and use"
    r"|(?:general|public) license|apache license|licen[sc]e agreement|라이선스에 따라",
    re.IGNORECASE,
)

Contents = Callable[[str], bytes | None]
"""What the file at a path of the source holds now; None where it can't be read."""


def with_introductions(findings: Sequence[Finding], history: History, contents: Contents) -> list[Finding]:
    """`findings`, those of origins with the commit that first brought their code.

    Where the commits go back no further than a shallow clone, none is named: the evidence says so instead.
    """
    paths = sorted({one.path for one in findings if isinstance(one, OriginFinding) and one.lineage})
    versions = history.versions(paths) if paths else {}
    named: dict[str, list[CopyrightFinding]] = defaultdict(list)
    for finding in findings:
        if isinstance(finding, CopyrightFinding) and finding.path in versions:
            named[finding.path].append(finding)
    files = {
        path: _File(path, versions[path], history, contents(path) or b"", named[path])
        for path in paths
        if path in versions
    }
    return [
        files[one.path].introduced(one) if isinstance(one, OriginFinding) and one.path in files else one
        for one in findings
    ]


class _File:
    """One file with the contents it has had."""

    def __init__(
        self,
        path: str,
        versions: Sequence[Version],
        history: History,
        content: bytes,
        copyrights: Sequence[CopyrightFinding],
    ) -> None:
        self._path = path
        self._oldest_first = _oldest_of_each_content(versions)
        self._history = history
        self._content = content
        self._lines = _text_lines(content)
        self._copyrights = copyrights
        self._unread = False
        """A version that might have held the code could not be read."""
        self._words = cache(self._count_words)
        self._shapes = cache(self._count_shapes)

    def introduced(self, finding: OriginFinding) -> OriginFinding:
        """`finding` with its introduction, or with the reason why there is none."""
        found = self._first_with(finding)
        if found is None:
            return finding
        if found.oldest_seen:
            return _with_evidence(finding, [_said(git_history.SHALLOW, found)])
        introduction = self._introduction(found)
        filled = msgspec.structs.replace(finding, introduction=introduction)
        said = [_said(git_history.FIRST_COMMIT, found)]
        if (earlier := git_history.before_release(filled)) is not None:
            said.append(earlier)
        if self._unread or not self._history.complete:
            said.append(_said(git_history.INCOMPLETE, found))
        return _with_evidence(filled, said)

    def _first_with(self, finding: OriginFinding) -> Version | None:
        """The oldest version that holds the finding's code."""
        region = self._region(finding)
        words = Counter([line for line in region if len(line) >= _TELLING_LENGTH] or filter(None, region))
        by_shape = finding.lineage[0].relation in _BY_TEXT
        shapes = Counter[str]()
        for version in self._oldest_first:
            if _held(words, self._words(version)) >= _SAME_WORDS:
                return version
            if by_shape and not shapes:
                shapes = Counter(shape for shape in map(_shape, region) if len(shape) >= _TELLING_SHAPE)
            if shapes and _held(shapes, self._shapes(version)) >= _SAME_SHAPES:
                return version
        return None

    def _region(self, finding: OriginFinding) -> list[str]:
        spans: list[Lines] = [span.lines for span in finding.spans] or ([finding.lines] if finding.lines else [])
        numbers = sorted(
            {number for first, last in spans for number in range(first, min(last, len(self._lines)) + 1)}
        )
        return [self._lines[number - 1] for number in numbers if number > 0] if spans else list(self._lines)

    def _count_words(self, version: Version) -> Counter[str]:
        return Counter(_text_lines(self._bytes(version)))

    def _count_shapes(self, version: Version) -> Counter[str]:
        return Counter(map(_shape, self._words(version).elements()))

    def _bytes(self, version: Version) -> bytes:
        try:
            return self._history.read(version, LARGEST)
        except OSError:
            self._unread = True
            return b""

    def _introduction(self, version: Version) -> Introduction:
        content = self._bytes(version)
        then = _header(content)
        if then == _header(self._content):
            holders = tuple(dict.fromkeys(holder for one in self._copyrights for holder in one.holders))
            return Introduction(commit=version.commit, date=version.date, holders_then=holders)
        holders = _holders(then, self._path) if _COPYRIGHT.search(then) else ()
        now = NamedHolders(words for one in self._copyrights for words in (one.statement, *one.holders))
        license_lost = bool(_LICENSE.search(then)) and not _LICENSE.search(_header(self._content))
        return Introduction(
            commit=version.commit,
            date=version.date,
            header_lost=license_lost or any(now.lacking(holder) for holder in holders),
            holders_then=holders,
        )


def _oldest_of_each_content(versions: Sequence[Version]) -> list[Version]:
    oldest: dict[str, Version] = {}
    for version in reversed(versions):
        oldest.setdefault(version.content, version)
    return list(oldest.values())[:MOST_READ]


def _text_lines(content: bytes) -> list[str]:
    return [" ".join(line.split()) for line in content.decode("utf-8", "replace").split("\n")]


def _shape(line: str) -> str:
    return _NAME.sub("x", line).replace(" ", "")


def _held(wanted: Counter[str], there: Counter[str]) -> float:
    return (wanted & there).total() / max(wanted.total(), 1)


def _header(content: bytes) -> str:
    return "\n".join(content[: HEADER_LINES * 1_000].decode("utf-8", "replace").split("\n")[:HEADER_LINES])


def _holders(header: str, path: str) -> tuple[str, ...]:
    """The holders that ScanCode finds in `header`, the top of the file at `path`."""
    with temporary_folder("compliance-history-") as folder:
        location = folder / f"header{PurePosixPath(path).suffix}"
        location.write_text(header, encoding="utf-8", errors="replace")
        statements = copyright_statements(location)
    return tuple(dict.fromkeys(holder for one in statements for holder in one.holders))


def _said(field: str, version: Version) -> Statement:
    return Statement(field=field, says=f"{version.commit[:12]} {version.date} {version.path}"[:200])


def _with_evidence(finding: OriginFinding, said: Sequence[Statement]) -> OriginFinding:
    evidence = (*finding.evidence, *said)
    return place(msgspec.structs.replace(finding, evidence=evidence), finding.path, finding.revision)
