"""Whether the evidence of an assessment is in the source that it names: files, lines and quoted words.

The source is read as a scan reads it: no checkout, no hook, no filter, and nothing in it is executed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from compliance.model.placement import joined
from compliance.model.submission import ENVIRONMENT, SourceReference
from compliance.model.text import Text
from compliance.model.verdict import Assessment
from compliance.quoting import Quoter
from compliance.reporters.finding_words import with_lines
from compliance.sources.opening import OpenableSource, open_submission
from compliance.sources.reopening import other_commit, path_within, reopened
from compliance.sources.source import Members, SourceFile
from compliance.verification import messages as say
from compliance.verification.claims import Claim, claims_of
from compliance.verification.outcome import Outcome
from compliance.verification.quotations import FileText

LARGEST_FILE = 64 << 20
"""Bytes of a file in which words are looked up."""


class _Told(msgspec.Struct, frozen=True):
    """What came of one claim: nothing where it holds."""

    claim: Claim
    wrong: Text | None = None
    unchecked: Text | None = None


def compare_evidence(assessment: Assessment, source: Path, outcome: Outcome, quoter: Quoter | None = None) -> None:
    """Look up what every finding of `assessment` says of places, in `source`, and tell it in `outcome`.

    Args:
        assessment: what is claimed.
        source: what was examined.
        outcome: told of what holds and what doesn't.
        quoter: shown the files that it quotes, so that they are read once for both.

    Raises:
        ConfigurationError: `source` is another submission by its shape.
        SubjectError: it can't be opened, or doesn't have the commit that was examined.
    """
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for finding in assessment.findings:
        for claim in claims_of(finding):
            claims[claim.path].append(claim)
    told = _of_environment(assessment, claims)
    for opened, reference in reopened(assessment.subject, source):
        told += _in_source(opened, reference, _taken(claims, opened), source, quoter)
    told += [_Told(one, unchecked=say.WHOLE) for one in claims.pop("", ())]
    told += [_Told(one, wrong=say.NO_FILE) for left in claims.values() for one in left]
    _tell(assessment, told, outcome)


def _of_environment(assessment: Assessment, claims: dict[str, list[Claim]]) -> list[_Told]:
    """Claims about installed packages, taken out of `claims`: the environment isn't a part of the source."""
    if all(one.kind != ENVIRONMENT for one in assessment.subject.sources):
        return []
    inside = [path for path in claims if path.startswith(f"{ENVIRONMENT}/")]
    return [_Told(one, unchecked=say.ENVIRONMENT) for path in inside for one in claims.pop(path)]


def _taken(claims: dict[str, list[Claim]], opened: OpenableSource) -> dict[str, list[Claim]]:
    """The claims about the source `opened`, by paths within it, taken out of `claims`."""
    inside = {path: within for path in claims if path and (within := path_within(path, opened)) is not None}
    return {within: claims.pop(path) for path, within in inside.items()}


def _in_source(
    opened: OpenableSource,
    reference: SourceReference,
    claims: Mapping[str, list[Claim]],
    source: Path,
    quoter: Quoter | None,
) -> list[_Told]:
    if (why := other_commit(opened, reference)) is not None:
        return [_Told(claim, unchecked=why) for those in claims.values() for claim in those]
    told, missing = _looked_up(opened, claims, quoter)
    if missing and reference.revision is None and opened.name == "":
        with_ignored = open_submission(source, include_ignored=True).sources[0]
        more, missing = _looked_up(with_ignored, {path: claims[path] for path in missing}, quoter)
        told += more
    gone = say.NO_FILE if reference.revision else say.NO_FILE_NOW
    return told + [_Told(claim, wrong=gone) for path in missing for claim in claims[path]]


def _looked_up(
    opened: OpenableSource, claims: Mapping[str, list[Claim]], quoter: Quoter | None
) -> tuple[list[_Told], list[str]]:
    """What came of the claims whose place is there, and the paths that aren't."""
    told: list[_Told] = []
    members = Members(skipped=[], findings=[])
    met: set[str] = {"."}
    seen: set[str] = set()
    with opened.open() as source:
        for file in list(source.files(members)):
            met.add(file.path)
            met.update(_folders(file.path))
            if file.path in claims:
                seen.add(file.path)
                told += _in_file(joined(opened.name, file.path), file, claims[file.path], quoter)
    met |= {one.path for one in (*members.skipped, *members.findings)}
    for path in claims.keys() - seen:
        if path in met:
            told += [_Told(claim, unchecked=say.NO_CONTENT if claim.lines else None) for claim in claims[path]]
    return told, sorted(path for path in claims if path not in met)


def _folders(path: str) -> Iterable[str]:
    parts = path.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts)))


def _in_file(path: str, file: SourceFile, claims: Sequence[Claim], quoter: Quoter | None) -> list[_Told]:
    if all(one.lines is None and not one.words for one in claims):
        return [_Told(one) for one in claims]
    try:
        with file.open() as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        return [_Told(one, unchecked=say.unreadable(error)) for one in claims]
    if quoter is not None:
        quoter.meet(path, content)
    if len(content) > LARGEST_FILE:
        return [_Told(one, unchecked=say.TOO_LARGE_FILE) for one in claims]
    text = FileText.of(content)
    return [_in_text(one, text) for one in claims]


def _in_text(claim: Claim, text: FileText | None) -> _Told:
    if claim.lines is None and not claim.words:
        return _Told(claim)
    if text is None:
        return _Told(claim, unchecked=say.NO_TEXT)
    if claim.lines is not None and claim.lines[1] > text.length:
        return _Told(claim, wrong=say.too_short(claim.lines[1], text.length))
    missing = text.missing(claim.words, claim.lines, goes_on=claim.goes_on, begins_above=claim.begins_above)
    return _Told(claim, wrong=say.not_there(missing)) if missing else _Told(claim)


def _tell(assessment: Assessment, told: Sequence[_Told], outcome: Outcome) -> None:
    """Every claim that doesn't hold, how many findings do, and what couldn't be checked, by reason."""
    for one in told:
        if one.wrong is not None:
            outcome.refuse(with_lines(one.claim.path, one.claim.lines), one.wrong)
    wrong = {one.claim.finding for one in told if one.wrong is not None}
    unchecked: defaultdict[Text, dict[str, str]] = defaultdict(dict)
    for one in told:
        if one.unchecked is not None and one.claim.finding not in wrong:
            unchecked[one.unchecked].setdefault(one.claim.finding, with_lines(one.claim.path, one.claim.lines))
    for why, places in unchecked.items():
        outcome.leave("", say.counted(why, list(dict.fromkeys(places.values())), len(places)))
    open_ones = wrong.union(*unchecked.values())
    quoted = {one.claim.finding for one in told if one.claim.words} - open_ones
    found = {one.id for one in assessment.findings} - open_ones
    outcome.confirm("", say.found_in_source(len(found), len(quoted), len(assessment.findings)))
