"""The assessments of a signed folder, and the documents that this program draws out of them."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from compliance import json_documents
from compliance.errors import ConfigurationError
from compliance.model.quotation import Quotations
from compliance.model.text import Text
from compliance.model.verdict import Assessment
from compliance.reporters.json_v1 import decode_assessment, decode_quotations
from compliance.reporters.report import documents
from compliance.reporters.reporter import DocumentReporter, reporter_named
from compliance.signing.statement import Document, Judged, digest, judged, maker
from compliance.verification import files
from compliance.verification import messages as say
from compliance.verification.outcome import Outcome
from compliance.verification.signed_folder import SignedFolder

D = TypeVar("D", Assessment, Quotations)

_BY_FONT = frozenset({"hwpx", "pdf"})
"""Formats whose bytes depend on the fonts of the machine, too."""


class Read(msgspec.Struct, frozen=True):
    """An assessment of a signed folder with the earlier one that it was compared with."""

    stated: Judged
    assessment: Assessment
    previous: Assessment | None
    quotations: Quotations | None = None


def read_assessments(folder: SignedFolder, outcome: Outcome) -> list[Read]:
    """The assessments of `folder` whose files are intact and well formed and say what the statement does."""
    found = []
    for one in folder.statement.predicate.judged:
        assessment = _assessment(folder, one.assessment, outcome)
        previous = _assessment(folder, one.previous, outcome) if one.previous else None
        quotations = _read(folder, one.quotations, decode_quotations, outcome) if one.quotations else None
        if assessment is None or (one.previous and previous is None) or (one.quotations and quotations is None):
            continue
        if judged(assessment, one.assessment, one.previous, one.quotations) != one:
            outcome.refuse(folder.name + one.assessment, say.CONTRADICTS)
        found.append(Read(one, assessment, previous, quotations))
    return found


def _assessment(folder: SignedFolder, name: str, outcome: Outcome) -> Assessment | None:
    return _read(folder, name, decode_assessment, outcome)


def _read(folder: SignedFolder, name: str, decode: Callable[[bytes, str], D], outcome: Outcome) -> D | None:
    """What the file `name` holds; None where that is wrong, which is told by its digest already or here."""
    if name not in folder.intact:
        return None
    file = folder.name + name
    try:
        content = files.content_of(folder.path / name, files.LARGEST_ASSESSMENT)
        if content is None:
            outcome.leave(file, say.TOO_LARGE_ASSESSMENT)
            return None
        json_documents.read(content, files.LARGEST_ASSESSMENT)
        return decode(content, name)
    except OSError as error:
        outcome.refuse(file, say.unreadable(error))
    except json_documents.JsonError as error:
        outcome.refuse(file, Text(en=f"no well-formed JSON: {error}", ko=f"올바른 JSON이 아님: {error.placed_ko}"))
    except ConfigurationError as error:
        outcome.refuse(file, error.message)
    return None


def compare_documents(folder: SignedFolder, read: list[Read], outcome: Outcome) -> None:
    """Draw every document of `folder` again, and compare it byte by byte."""
    predicate = folder.statement.predicate
    if len(read) < len(predicate.judged):
        outcome.leave(folder.name, say.NOT_ALL_READ)
        return
    for one in predicate.documents:
        if one.name in folder.intact:
            _compare(folder, one, _drawing(folder, one, read), outcome)


def _drawing(folder: SignedFolder, document: Document, read: list[Read]) -> Callable[[], bytes] | None:
    """What draws `document` again; None where this version has no such format."""
    predicate = folder.statement.predicate
    reporter = reporter_named(document.format)
    if reporter is None:
        return None
    if predicate.kind == "report":
        only = read[0]
        return lambda: documents.of_submission(
            reporter, only.assessment, predicate.language, only.previous, only.quotations
        )
    if not isinstance(reporter, DocumentReporter):
        return None
    teams = {one.stated.assessment.rpartition("/")[0]: (one.assessment, one.previous) for one in read}
    return lambda: documents.across_teams(reporter, teams, predicate.language)


def _compare(folder: SignedFolder, document: Document, draw: Callable[[], bytes] | None, outcome: Outcome) -> None:
    file = folder.name + document.name
    if draw is None:
        outcome.leave(file, say.unknown_format(document.format))
        return
    try:
        drawn = digest(draw())
    except ConfigurationError as error:  # no font for PDF
        outcome.leave(file, error.message)
        return
    signed, present = folder.statement.predicate.made_by, maker()
    if {"sha256": drawn} in [one.digest for one in folder.statement.subject if one.name == document.name]:
        outcome.confirm(file, say.AS_DRAWN)
    elif signed != present:
        differing = {
            name: version
            for name, version in sorted(signed.libraries.items())
            if present.libraries.get(name) != version
        }
        outcome.leave(file, say.other_version(signed.version, present.version, differing))
    elif document.format in _BY_FONT:
        outcome.leave(file, say.FONTS)
    else:
        outcome.refuse(file, say.DRAWN_DIFFERENTLY)
