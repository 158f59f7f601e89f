"""Notices that the licenses of origins demand to be kept, compared with what is here.

Only code that was found by its text is asked: whoever inherits from a class or imports it passes nothing on.
docs/decisions/0055 tells what counts as kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from compliance.detectors.detector import Tree
from compliance.licenses.expressions import leaves
from compliance.licenses.holders import NamedHolders
from compliance.licenses.license_files import is_notice_file, noticed_directory
from compliance.licenses.notice_duties import Duty, are_known, duties_of, unmet
from compliance.model import origin_notice
from compliance.model.evidence import LicenseMatch, Statement
from compliance.model.finding import CopyrightFinding, Finding, LicenseFinding, NoticeFinding, OriginFinding, place
from compliance.model.origin_notice import (
    CHANGE_STATEMENT,
    HOLDER_LINE,
    LICENSE_NOTICE,
    LICENSE_TEXT,
    NO_LICENSE_TEXT,
    OriginNotice,
)
from compliance.model.placement import folder_of

_BY_TEXT = frozenset(["copied", "derived"])
_ENOUGH_OF_A_TEXT = 80.0
"""Percent of a license's words; a copy often names other holders in the midst of the text."""
_MOST_EVIDENCE = 10
_MOST_REMEMBERED = 4_096
"""Expressions and licenses that are taken apart once."""
_OR_LATER = re.compile(r"(?:-only|-or-later|\+)$", re.IGNORECASE)
_CHANGE_WORDS = re.compile(r"modif|chang|adapt|alter|deriv|based on|ported|수정|변경|개작|기반", re.IGNORECASE)


class Notices:
    """One finding for each origin of a file's text whose license demands something, kept or not."""

    name = "notices"
    version = "3"
    order = 60

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings; those of origins with the holders that are named nowhere here."""
        if not any(map(_by_text, tree.of(OriginFinding))):
            return tree.findings
        kept = _Kept(tree)
        found: list[Finding] = []
        notices: dict[tuple[str, str], Finding] = {}
        for finding in tree.findings:
            if not isinstance(finding, OriginFinding) or not _by_text(finding):
                found.append(finding)
                continue
            compared = _Comparison(finding, kept)
            found.append(compared.finding())
            if (notice := compared.notice()) is not None:
                notices.setdefault((finding.path, notice.origin), place(notice, finding.path, finding.revision))
        return [*found, *notices.values()]


class _Place(msgspec.Struct):
    """What stands in one file."""

    path: str
    holders: NamedHolders
    copyrights: list[CopyrightFinding]
    texts: frozenset[str]
    """Licenses whose whole text stands there."""
    licenses: frozenset[str]
    """Licenses that are stated there in any way."""


class _Kept(msgspec.Struct):
    """What the files of a tree keep, looked up as it is needed."""

    tree: Tree
    _facts: dict[str, list[CopyrightFinding | LicenseFinding]] = msgspec.field(
        default_factory=lambda: defaultdict(list)
    )
    _speaking_for: dict[str, list[str]] = msgspec.field(default_factory=lambda: defaultdict(list))
    _places: dict[str, _Place] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the statements by file, and the notice files by the directory for which they speak."""
        for finding in self.tree.findings:
            if isinstance(finding, CopyrightFinding | LicenseFinding):
                self._facts[finding.path].append(finding)
        for path in self._facts:
            if is_notice_file(path):
                self._speaking_for[noticed_directory(path)].append(path)

    def at(self, path: str) -> _Place:
        """What stands in the file at `path` itself."""
        if path not in self._places:
            self._places[path] = _place(path, self._facts.get(path, []))
        return self._places[path]

    def above(self, path: str) -> Iterator[_Place]:
        """The notice files beside the file at `path` and above it, nearest directory first."""
        directory = folder_of(path)
        while True:
            yield from (self.at(one) for one in sorted(self._speaking_for.get(directory, ())) if one != path)
            if not directory:
                return
            directory = folder_of(directory)


class _Comparison:
    """What one origin's file carried, beside what is here."""

    def __init__(self, finding: OriginFinding, kept: _Kept) -> None:
        self._finding = finding
        self._nearest = finding.lineage[0]
        self._carried = origin_notice.read(finding.evidence) or OriginNotice()
        self._expression = self._carried.expression or self._nearest.expression
        self._here = kept.at(finding.path)
        self._above = list(kept.above(finding.path))
        self._changes = self._states_changes()
        self._lacking: dict[str, tuple[str, ...]] = {}
        """Names of each holder line that stand nowhere."""
        self._cures: dict[str, str] = {}
        """Directory's file for each name that doesn't stand in the file itself."""
        for line in self._carried.holders:
            self._lacking[line] = tuple(name for name in self._here.holders.lacking(line) if not self._cured(name))

    def finding(self) -> OriginFinding:
        """The finding with the holders that are named nowhere."""
        missing = tuple(dict.fromkeys(name for names in self._lacking.values() for name in names))
        if missing == self._finding.missing_holders:
            return self._finding
        filled = msgspec.structs.replace(self._finding, missing_holders=missing)
        return place(filled, filled.path, filled.revision)

    def notice(self) -> NoticeFinding | None:
        """What the license demands and what of it is here; None where it demands nothing, or isn't known."""
        if not are_known(self._expression):
            return None
        missing = unmet(self._expression, self._missing)
        identifiers = _identifiers(self._expression)
        present = set[str]().union(
            *(self._demanded(one, duties_of(one) or frozenset()) & self._kept(one) for one in identifiers)
        )
        if not missing and not present:
            return None
        return NoticeFinding(
            lines=self._finding.lines,
            origin=origin_notice.name_of(self._nearest),
            expression=self._expression,
            present=tuple(sorted(present - missing)),
            missing=tuple(sorted(missing)),
            cured_by=tuple(sorted(set(self._cures.values()))),
            evidence=tuple(self._evidence(missing))[:_MOST_EVIDENCE],
        )

    def _cured(self, name: str) -> bool:
        for one in self._above:
            if not one.holders.lacking(name):
                self._cures[name] = one.path
                return True
        return False

    def _demanded(self, identifier: str, duties: frozenset[Duty]) -> frozenset[str]:
        """What a license demands of this code. A file that never had a header demands no lines of one."""
        demanded = {HOLDER_LINE + line for line in self._carried.holders if "holders" in duties}
        if "license_text" in duties:
            demanded.add(LICENSE_TEXT)
        if "license_notice" in duties and _is_among(identifier, _identifiers(self._carried.expression)):
            demanded.add(LICENSE_NOTICE)
        if "changes" in duties and self._changes is not None:
            demanded.add(CHANGE_STATEMENT)
        return frozenset(demanded)

    def _missing(self, identifier: str, duties: frozenset[Duty]) -> frozenset[str]:
        return self._demanded(identifier, duties) - self._kept(identifier)

    def _kept(self, identifier: str) -> set[str]:
        """What a license could demand and stands here or above."""
        kept = {HOLDER_LINE + line for line, names in self._lacking.items() if not names}
        if any(_is_among(identifier, one.texts) for one in (self._here, *self._above)):
            kept.add(LICENSE_TEXT)
        if _is_among(identifier, self._here.licenses):
            kept.add(LICENSE_NOTICE)
        if self._changes:
            kept.add(CHANGE_STATEMENT)
        return kept

    def _states_changes(self) -> bool | None:
        """Whether the file says that it was changed; None where it may be unchanged, or nobody has looked."""
        declared = self._finding.declared
        if declared is not None and declared.path == self._finding.path and _CHANGE_WORDS.search(declared.says):
            return True
        stated = origin_notice.states_changes(self._finding.evidence)
        unchanged = self._nearest.share is not None and self._nearest.share >= 1.0
        return None if unchanged and not stated else stated

    def _evidence(self, missing: frozenset[str]) -> Iterator[Statement]:
        """What the origin carried, and where each part of it stands here."""
        for line, lacking in self._lacking.items():
            yield Statement(field=origin_notice.HOLDER, says=line[:200])
            if not lacking:
                yield from _standing(line, (self._here, *self._above))
        for identifier in _identifiers(self._expression):
            if (text := next((one for one in self._above if _is_among(identifier, one.texts)), None)) is not None:
                yield Statement(path=text.path, field=LICENSE_TEXT, says=identifier)
            elif LICENSE_TEXT in missing:
                yield Statement(field=NO_LICENSE_TEXT, says=identifier[:200])


def _by_text(finding: OriginFinding) -> bool:
    return bool(finding.lineage) and finding.lineage[0].relation in _BY_TEXT


def _place(path: str, facts: Iterable[CopyrightFinding | LicenseFinding]) -> _Place:
    copyrights = [one for one in facts if isinstance(one, CopyrightFinding)]
    stated = [one for one in facts if isinstance(one, LicenseFinding) and one.basis != "concluded"]
    matches = [match for one in stated for match in one.evidence if isinstance(match, LicenseMatch)]
    texts = [match.expression for match in matches if match.full_text and match.coverage >= _ENOUGH_OF_A_TEXT]
    return _Place(
        path=path,
        holders=NamedHolders(words for one in copyrights for words in (one.statement, *one.holders)),
        copyrights=copyrights,
        texts=frozenset(name for text in texts for name in _identifiers(text)),
        licenses=frozenset(name for one in stated for name in _identifiers(one.expression)),
    )


def _standing(line: str, places: Iterable[_Place]) -> Iterator[Statement]:
    """Where the names of a holder line stand first."""
    for one in places:
        for found in one.copyrights:
            if not NamedHolders([found.statement, *found.holders]).lacking(line):
                yield Statement(path=one.path, lines=found.lines, field="copyright", says=found.statement[:200])
                return


@lru_cache(maxsize=_MOST_REMEMBERED)
def _identifiers(expression: str | None) -> tuple[str, ...]:
    return tuple(leaf.split(" WITH ")[0] for leaf in leaves(expression))


def _is_among(identifier: str, others: Iterable[str]) -> bool:
    """Whether `identifier` is one of `others`; "only" and "or later" are said of the same text."""
    return _text_of(identifier) in map(_text_of, others)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _text_of(identifier: str) -> str:
    return _OR_LATER.sub("", identifier).casefold()


DETECTOR = Notices()
