"""What is signed: an in-toto Statement v1 that names every file of a report by its digest, and the verdicts."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from compliance import __version__, json_documents
from compliance.model.inventory import Tool
from compliance.model.submission import Subject
from compliance.model.text import Text
from compliance.model.verdict import Assessment, AxisVerdict, PolicyReference
from compliance.signing.envelope import EnvelopeError

ENVELOPE_NAME = "report.intoto.jsonl"
ASSESSMENT_NAME = "assessment.json"
PREVIOUS_NAME = "previous.json"
QUOTATIONS_NAME = "quotations.json"
_LIBRARIES = ("jinja2", "python-hwpx", "spdx-python-model", "typst", "xlsxwriter")
"""Libraries of whose versions the bytes of documents depend."""


class Maker(msgspec.Struct, frozen=True, kw_only=True):
    """The program that wrote the documents, which need not be the one that examined."""

    name: str = "compliance"
    version: str
    libraries: dict[str, str]
    """Versions by name of distribution."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was drawn from the assessments."""

    name: str
    format: str


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """An assessment, and what it says in short."""

    assessment: str
    """Name of its file."""
    previous: str | None = None
    """Name of the file with the earlier assessment that it is compared with."""
    quotations: str | None = None
    """Name of the file with the lines of examined files that its documents quote."""
    subject: Subject
    tool: Tool
    policy: PolicyReference
    verdicts: tuple[AxisVerdict, ...]


class Predicate(msgspec.Struct, frozen=True, kw_only=True):
    """What is stated of the files."""

    kind: Literal["report", "comparison"]
    made_by: Maker
    language: Literal["ko", "en"]
    judged: tuple[Judged, ...]
    """Sorted by the name of the file; exactly one in a report."""
    documents: tuple[Document, ...] = ()
    signed_at: str | None = None
    """ISO date and time, where the signer names it: nothing reads a clock, so that signing can be repeated."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file, by name and content."""

    name: str
    """Relative to the folder of the envelope, `/` between parts."""
    digest: dict[str, str]


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """An in-toto Statement v1."""

    statement_type: Literal["https://in-toto.io/Statement/v1"] = msgspec.field(name="_type")
    subject: tuple[File, ...]
    predicate_type: Literal["urn:compliance:report:1"] = msgspec.field(name="predicateType")
    predicate: Predicate


def maker() -> Maker:
    """This program, with the libraries that it draws with."""
    from importlib import metadata  # every call of the program reads this module, and few sign or verify

    return Maker(version=__version__, libraries={name: metadata.version(name) for name in _LIBRARIES})


def judged(
    assessment: Assessment, name: str, previous: str | None = None, quotations: str | None = None
) -> Judged:
    """What a statement says of `assessment`.

    Args:
        assessment: what was judged.
        name: of its file.
        previous: the file of the earlier one that it is compared with.
        quotations: the file of the lines that its documents quote.
    """
    return Judged(
        assessment=name,
        previous=previous,
        quotations=quotations,
        subject=assessment.subject,
        tool=assessment.tool,
        policy=assessment.policy,
        verdicts=assessment.verdicts,
    )


def payload_of(predicate: Predicate, files: Mapping[str, bytes]) -> bytes:
    """The statement of `predicate` about `files` (contents by name), as JSON; equal arguments give equal bytes."""
    subject = tuple(File(name=name, digest={"sha256": digest(files[name])}) for name in sorted(files))
    statement = Statement(
        statement_type="https://in-toto.io/Statement/v1",
        subject=subject,
        predicate_type="urn:compliance:report:1",
        predicate=predicate,
    )
    return msgspec.json.encode(statement)


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def statement_in(payload: bytes) -> Statement:
    """The statement that `payload` holds.

    Raises:
        EnvelopeError: it is none of ours: broken JSON, a key that occurs twice, another type, an unsafe name.
    """
    try:
        json_documents.read(payload)
        found = msgspec.json.decode(payload, type=Statement)
    except (json_documents.JsonError, msgspec.DecodeError, RecursionError) as error:
        raise EnvelopeError(_no_statement(str(error))) from error
    names = [one.name for one in found.subject]
    for name in names:
        if not is_below(name):
            raise EnvelopeError(_no_statement(f"subject {name!r}"))
    if len(set(names)) < len(names) or not _is_closed(found.predicate, set(names)):
        raise EnvelopeError(_no_statement("subject"))
    return found


def _is_closed(predicate: Predicate, names: set[str]) -> bool:
    """Whether the statement's parts fit each other: every file that it speaks of is one of `names`."""
    spoken_of: Sequence[str | None] = [
        *(one.name for one in predicate.documents),
        *(name for one in predicate.judged for name in (one.assessment, one.previous, one.quotations)),
    ]
    enough = len(predicate.judged) == 1 if predicate.kind == "report" else len(predicate.judged) > 1
    return enough and {name for name in spoken_of if name is not None} <= names


def is_below(name: str) -> bool:
    """Whether `name` leads to a file below its folder, on any system."""
    parts = name.split("/")
    return bool(name) and not any(part in {"", ".", ".."} or set("\\:\0") & set(part) for part in parts)


def _no_statement(why: str) -> Text:
    return Text(
        en=f"the signed content is no statement that this version reads ({why}); use the version of the program "
        "that signed it",
        ko=f"이 버전이 읽을 수 있는 진술이 아님 ({why}). 서명할 때 쓴 버전의 프로그램을 쓰세요",
    )
