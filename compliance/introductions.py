"""Which commit first brought the code of an origin finding, and what became of the notices it then carried."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

import msgspec

from compliance.licenses import copyright_statements
from compliance.licenses.holders import NamedHolders
from compliance.model import git_history
from compliance.model.evidence import Lines, Statement
from compliance.model.finding import CopyrightFinding, Finding, Introduction, OriginFinding
from compliance.sources.history import History, Version
from compliance.store.cache import Cache, RowKey
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
Identities = Callable[[str], str | None]
"""What names the content of the file at a path of the source; None where nothing does."""

_DETECTOR, _VERSION = "introductions", "2"
"""The version changes whenever the same files and commits may give other introductions."""


class _Told(msgspec.Struct, frozen=True, array_like=True):
    """What the history adds to one finding."""

    introduction: Introduction | None = None
    evidence: tuple[Statement, ...] = ()


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[_Told]).decode


def with_introductions(
    findings: Sequence[Finding], history: History, contents: Contents, identities: Identities, cache: Cache
) -> list[Finding]:
    """`findings`, those of origins with the commit that first brought their code.

    Where the commits go back no further than a shallow clone, none is named: the evidence says so instead. What is
    said of a file is remembered in `cache` until the file, the findings in it or its versions change.
    """
    of_path: dict[str, list[OriginFinding]] = defaultdict(list)
    for finding in findings:
        if isinstance(finding, OriginFinding) and finding.lineage:
            of_path[finding.path].append(finding)
    versions = history.versions(sorted(of_path)) if of_path else {}
    named: dict[str, list[CopyrightFinding]] = {path: [] for path in versions}
    for finding in findings:
        if isinstance(finding, CopyrightFinding) and finding.path in versions:
            named[finding.path].append(finding)
    keys = {
        path: _key(identity, versions[path], history.complete, (*of_path[path], *named[path]))
        for path in versions
        if (identity := identities(path)) is not None
    }
    cache.used([(_DETECTOR, _VERSION)])
    known = cache.rows([key.digest for key in keys.values()])
    new: dict[RowKey, bytes] = {}
    filled: dict[int, OriginFinding] = {}
    for path in versions:
        told = _remembered(known.get(keys[path]) if path in keys else None, len(of_path[path]))
        if told is None:
            content = contents(path)
            file = _File(path, versions[path], history, content or b"", named[path])
            told = [file.introduced(one) for one in of_path[path]]
            if path in keys and content is not None and not file.unread:
                new[keys[path]] = _encode(told)
        filled.update((id(one), _with(one, added)) for one, added in zip(of_path[path], told, strict=True))
    cache.put(new.items())
    return [filled.get(id(one), one) if isinstance(one, OriginFinding) else one for one in findings]


def _key(identity: str, versions: Sequence[Version], complete: bool, findings: Sequence[Finding]) -> RowKey:
    # whichever commit is examined: its history is what the versions tell of it
    depends_on = (identity, versions, complete, [msgspec.structs.replace(one, revision=None) for one in findings])
    return RowKey(_DETECTOR, _VERSION, f"history:{hashlib.sha256(_encode(depends_on)).hexdigest()}", "")


def _remembered(row: bytes | None, count: int) -> list[_Told] | None:
    """What `row` says of `count` findings; None where it doesn't."""
    try:
        told = _decode(row) if row is not None else []
    except msgspec.DecodeError:
        return None
    return told if len(told) == count else None


def _with(finding: OriginFinding, told: _Told) -> OriginFinding:
    if told.introduction is None and not told.evidence:
        return finding
    # its identifier covers neither
    return msgspec.structs.replace(
        finding, introduction=told.introduction, evidence=(*finding.evidence, *told.evidence)
    )


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
        self.unread = False
        """A version that might have held the code could not be read."""
        self._words_of: dict[str, Counter[str]] = {}
        self._shapes_of: dict[str, Counter[str]] = {}
        """Both by content; a cache around its own method would keep the file in memory."""

    def introduced(self, finding: OriginFinding) -> _Told:
        """The introduction of what `finding` is about, or the reason why there is none."""
        found = self._first_with(finding)
        if found is None:
            return _Told()
        if found.oldest_seen:
            return _Told(evidence=(_said(git_history.SHALLOW, found),))
        introduction = self._introduction(found)
        said = [_said(git_history.FIRST_COMMIT, found)]
        earlier = git_history.before_release(msgspec.structs.replace(finding, introduction=introduction))
        if earlier is not None:
            said.append(earlier)
        if self.unread or not self._history.complete:
            said.append(_said(git_history.INCOMPLETE, found))
        return _Told(introduction, tuple(said))

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

    def _words(self, version: Version) -> Counter[str]:
        if version.content not in self._words_of:
            self._words_of[version.content] = Counter(_text_lines(self._bytes(version)))
        return self._words_of[version.content]

    def _shapes(self, version: Version) -> Counter[str]:
        if version.content not in self._shapes_of:
            self._shapes_of[version.content] = Counter(map(_shape, self._words(version).elements()))
        return self._shapes_of[version.content]

    def _bytes(self, version: Version) -> bytes:
        try:
            return self._history.read(version, LARGEST)
        except OSError:
            self.unread = True
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
        found = copyright_statements.statements(location)
    return tuple(dict.fromkeys(holder for one in found for holder in one.holders))


def _said(field: str, version: Version) -> Statement:
    return Statement(field=field, says=f"{version.commit[:12]} {version.date} {version.path}"[:200])
