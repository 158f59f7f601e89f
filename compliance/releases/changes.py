"""Licenses, holders and bases that files named at an earlier release, and name no longer.

A change can be right: whoever holds the rights may grant others for a new version. What was granted for the old
one stays granted, so both places are told, and a person judges.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from compliance.licenses import key_expressions
from compliance.licenses.holders import NamedHolders, holder_key
from compliance.model.contradiction import CLAIM, LONGEST, claimed
from compliance.model.evidence import Evidence, ReleaseStatement, Statement
from compliance.model.finding import (
    ContradictionFinding,
    CopyrightFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    place,
)
from compliance.releases.state import State, is_card, is_own_license
from compliance.sources.history import Release
from compliance.weights import hub

LICENSE_CHANGED = "license-changed-after-release"
COPYRIGHT_CHANGED = "copyright-changed-after-release"
BASE_CHANGED = "base-model-changed-after-release"
ABSENT = "absent"
"""Evidence field: nothing of the kind stands at the place now."""
NOTHING = "-"
MOST_CLAIMS = 10
"""Of today and of releases, in one finding."""

_STEWARDS = frozenset({"freesoftwarefoundation"})
"""Who holds the copyright of a license's text itself: it goes with the text."""


class _Difference(msgspec.Struct, frozen=True):
    """Statements of a release at `path` that don't hold now, and what stands there now."""

    about: str
    path: str
    before: tuple[tuple[Finding, str], ...]
    now: tuple[Statement, ...]


def changes(
    now: State, releases: Sequence[tuple[Release, State]], revision: str | None
) -> list[ContradictionFinding]:
    """One finding for each file and kind of statement that changed after some of `releases`, oldest first."""
    grouped: dict[tuple[str, str], list[tuple[Release, _Difference]]] = defaultdict(list)
    differences: dict[int, list[_Difference]] = {}  # releases that changed nothing share a state
    for release, then in releases:
        if id(then) not in differences:
            differences[id(then)] = list(_differences(now, then))
        for one in differences[id(then)]:
            grouped[one.about, one.path].append((release, one))
    return [_finding(differing, revision) for _, differing in sorted(grouped.items())]


def _differences(now: State, then: State) -> Iterator[_Difference]:
    yield from _license_texts(now, then)
    yield from _added_restrictions(now, then)
    yield from _copyrights(now, then)
    for path in sorted(then.paths - now.unexamined):
        where = _cards(now, path)
        if where is not None and now.knows(where):
            yield from _declared(now, then, path, where)
            yield from _bases(now, then, path, where)


def _cards(now: State, path: str) -> list[str] | None:
    """The card at `path`, else those in its folder now; None where that is gone too."""
    if path in now.paths:
        return [path]
    folder = posixpath.dirname(path)
    beside = [one for one in sorted(now.paths) if posixpath.dirname(one) == folder]
    return [one for one in beside if is_card(one)] if beside else None


def _license_texts(now: State, then: State) -> Iterator[_Difference]:
    """License files of then whose licenses are gone, or stand beside restrictions that have come."""
    for path in sorted(then.paths):
        before = [one for one in then.licenses(path) if _is_sure(one)] if is_own_license(path) else []
        where = [path] if path in now.paths else [one for one in now.around(path) if is_own_license(one)]
        if not before or not now.knows([path, *where]):
            continue
        today = [one for place_ in where for one in now.licenses(place_)]
        names = _all_names(today)
        if all(_names(one) <= names for one in before) and not _restricting(today, _all_names(before)):
            continue
        said = [claimed(one, _license_said(one)) for one in today] or [_absent(path)]
        yield _Difference(LICENSE_CHANGED, path, tuple((one, _license_said(one)) for one in before), tuple(said))


def _added_restrictions(now: State, then: State) -> Iterator[_Difference]:
    """New license files that restrict what other license files in their folder granted then."""
    for path in sorted(filter(is_own_license, now.paths - then.paths)):
        folder = posixpath.dirname(path)
        beside = [one for one in sorted(then.paths) if is_own_license(one) and posixpath.dirname(one) == folder]
        before = [one for other in beside for one in then.licenses(other) if _is_sure(one)]
        added = _restricting(now.licenses(path), _all_names(before))
        if before and added and all(other in now.paths for other in beside):  # else it is told as a change
            said = tuple(claimed(one, _license_said(one)) for one in added)
            yield _Difference(LICENSE_CHANGED, path, tuple((one, _license_said(one)) for one in before), said)


def _copyrights(now: State, then: State) -> Iterator[_Difference]:
    """Holders who were named, and are neither in the file nor in a notice file or README beside or above it."""
    by_folder: dict[str, tuple[list[str], NamedHolders]] = {}
    for path in sorted(then.paths):
        kept = {_words(one) for one in _statements(now, path)}
        before = [one for one in _statements(then, path) if _words(one) not in kept]
        if not before:
            continue
        folder = posixpath.dirname(path)
        if folder not in by_folder:
            around = now.around(path)
            words = (each for one in around for own in _statements(now, one) for each in _words(own))
            by_folder[folder] = around, NamedHolders(words)
        around, named = by_folder[folder]
        if not now.knows([path, *around]):
            continue
        lost = tuple((one, one.statement) for one in before if _is_lost(one, named))
        if lost:
            said = [claimed(one, one.statement) for one in _statements(now, path)] or [_absent(path)]
            yield _Difference(COPYRIGHT_CHANGED, path, lost, tuple(said))


def _declared(now: State, then: State, path: str, where: Sequence[str]) -> Iterator[_Difference]:
    """The license that a card declares."""
    before, today = _declarations(then, path), [one for place_ in where for one in _declarations(now, place_)]
    was, is_now = ({_declared_said(one).casefold() for one in found} for found in (before, today))
    if before and (was != is_now if path in now.paths else not was <= is_now):
        said = [claimed(one, _declared_said(one)) for one in today] or [_absent(path)]
        yield _Difference(LICENSE_CHANGED, path, tuple((one, _declared_said(one)) for one in before), tuple(said))


def _bases(now: State, then: State, path: str, where: Sequence[str]) -> Iterator[_Difference]:
    """The models that a card names as its base."""
    today = [one for place_ in where for one in _base_models(now, place_)]
    kept = {_model(one) for one in today}
    gone = tuple((one, one.value) for one in _base_models(then, path) if _model(one) not in kept)
    if gone:
        said = [claimed(one, one.value) for one in today] or [_absent(path)]
        yield _Difference(BASE_CHANGED, path, gone, tuple(said))


def _finding(differing: Sequence[tuple[Release, _Difference]], revision: str | None) -> ContradictionFinding:
    """All that releases said at one place, each statement with the newest release in which it stood."""
    _, newest = differing[-1]
    now = tuple(dict.fromkeys(one for _, difference in reversed(differing) for one in difference.now))
    said: dict[str, ReleaseStatement] = {}
    for release, difference in differing:
        for finding, says in difference.before:
            said.pop(says, None)
            said[says] = ReleaseStatement(
                path=finding.path,
                lines=finding.lines,
                field=CLAIM,
                says=says[:LONGEST],
                release=release.name[:LONGEST],
                revision=release.commit,
                date=release.date,
            )
    then = list(reversed(said.values()))
    # one of each first: reports that show two pieces of evidence then show both sides
    evidence: tuple[Evidence, ...] = (now[0], then[0], *now[1:MOST_CLAIMS], *then[1:MOST_CLAIMS])
    lines = next((one.lines for one in now if one.path == newest.path), None)
    return place(ContradictionFinding(about=newest.about, lines=lines, evidence=evidence), newest.path, revision)


def _is_sure(finding: LicenseFinding) -> bool:
    """Whether it names a license, or read terms: an unsure answer of then is no claim that anything changed."""
    if finding.key_expression is None:
        return bool(_names(finding))
    return key_expressions.names_surely(finding.key_expression, finding.score)


def _names(finding: LicenseFinding) -> frozenset[str]:
    """What two findings share if they mean the same license: keys, ids or the terms that were read."""
    if finding.key_expression is not None:
        keys = key_expressions.keys(finding.key_expression)
        return frozenset(one for one in keys if not key_expressions.is_nameless(one))
    if finding.license_ids:
        return frozenset(f"{one}, altered" if finding.altered else one for one in finding.license_ids)
    return frozenset(one.field for one in finding.evidence if isinstance(one, Statement))


def _all_names(findings: Sequence[LicenseFinding]) -> frozenset[str]:
    return frozenset(name for one in findings for name in _names(one))


def _restricting(today: Sequence[LicenseFinding], before: frozenset[str]) -> list[LicenseFinding]:
    """Licenses of weights, and altered texts, that weren't there before."""
    return [one for one in today if (one.subject == "weights" or one.altered) and not _names(one) <= before]


def _license_said(finding: LicenseFinding) -> str:
    said = finding.expression or ", ".join(finding.license_ids)
    if not said:
        return ", ".join(sorted(_names(finding)))
    return f"{said}, altered" if finding.altered else said


def _declarations(state: State, path: str) -> list[LicenseFinding]:
    found = state.findings.get(path, ())
    return [one for one in found if isinstance(one, LicenseFinding) and one.basis == "declared"]


def _declared_said(finding: LicenseFinding) -> str:
    written = [one.says for one in finding.evidence if isinstance(one, Statement)]
    return finding.expression or ", ".join(finding.license_ids or written)


def _statements(state: State, path: str) -> list[CopyrightFinding]:
    found = state.findings.get(path, ())
    return [one for one in found if isinstance(one, CopyrightFinding) and one.holders]


def _words(finding: CopyrightFinding) -> tuple[str, ...]:
    return (finding.statement, *finding.holders)


def _is_lost(finding: CopyrightFinding, named: NamedHolders) -> bool:
    return any(named.lacking(holder) for holder in finding.holders if holder_key(holder) not in _STEWARDS)


def _base_models(state: State, path: str) -> list[ModelCardFinding]:
    found = state.findings.get(path, ())
    return [one for one in found if isinstance(one, ModelCardFinding) and one.field == "base_model"]


def _model(finding: ModelCardFinding) -> str:
    return hub.id_of(finding.value.strip().rstrip("/")).casefold()


def _absent(path: str) -> Statement:
    return Statement(path=path, field=ABSENT, says=NOTHING)
