"""Findings: observed facts, one class a kind, flat so that their JSON form is their own shape.

A detector yields findings *unplaced*: `path` is empty, `id` is empty, `revision` is None. They then depend on
the file's content alone and can be cached by it. `place` sets the three for one path of one source.
"""

import hashlib
import json
from typing import Literal, TypeVar

import msgspec

from compliance.model.evidence import Evidence, Lines

Basis = Literal["declared", "detected", "concluded"]
"""On what a license statement rests. Declared: a manifest or card says it. Detected: the text was matched in the
file, or in a file that its notice names. Concluded: derived from other files, such as the nearest directory's
license."""

WeightsBasis = Literal["digest", "likeness", "tensor-names", "config", "metadata", "path-name", "card"]
"""On what a statement about weights rests. Digest: values equal known ones. Likeness: they are statistically
nearer to known ones than values that were trained on their own. The others are what somebody wrote."""


class FindingFields(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every finding has."""

    id: str = ""
    """Stable for the same fact at the same place in two runs."""
    path: str = ""
    """Relative to the subject, `/` between parts; empty while unplaced."""
    lines: Lines | None = None
    revision: str | None = None
    """Commit that was examined; None outside git or for a working tree."""
    evidence: tuple[Evidence, ...] = ()


class LicenseFinding(FindingFields, frozen=True, kw_only=True, tag="license"):
    """A license statement."""

    expression: str | None
    """SPDX expression; None where the statement names no license that could be resolved."""
    key_expression: str | None = None
    """The same in ScanCode's license keys; None where it wasn't ScanCode that found it."""
    basis: Basis
    score: float | None = None
    """0–100; None where nothing was matched by text."""
    license_ids: tuple[str, ...] = ()
    """Identifiers in the knowledge base of weight licenses."""
    subject: Literal["code", "weights", "package", "data"] = "code"
    """What the license is stated for: a source file, model weights, a package, or a dataset."""
    altered: bool = False
    """The text is a known license's with clauses added, removed or changed; the evidence says which."""


class CopyrightFinding(FindingFields, frozen=True, kw_only=True, tag="copyright"):
    """A copyright statement."""

    statement: str
    holders: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


class DependencyFinding(FindingFields, frozen=True, kw_only=True, tag="dependency"):
    """A package that is declared, locked, vendored, installed or linked as a submodule."""

    purl: str
    expression: str | None = None
    """SPDX expression of the package, where the examined material says it."""
    scope: str
    """`runtime`, `dev`, `optional`, `build`, `installed`, `vendored`, `submodule`, `package` (the thing itself)
    or the manifest's own group name."""
    declared_in: str = ""
    """Path of the manifest or lock file; empty while unplaced means the finding's own file."""
    locked: bool = False
    """True where an exact version is pinned."""


class ModelCardFinding(FindingFields, frozen=True, kw_only=True, tag="model-card"):
    """One field of a model card's front matter or of a model's configuration."""

    field: str
    value: str


class WeightsFinding(FindingFields, frozen=True, kw_only=True, tag="weights"):
    """A part of a model and whom it comes from, as far as the basis can tell."""

    component: str
    """`model`, `text_decoder`, `vision_encoder`, `audio_encoder`, `tokenizer` …"""
    format: str | None = None
    tensors: int | None = None
    parameters: int | None = None
    family: str | None = None
    developer: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    basis: WeightsBasis
    license_id: str | None = None
    confidence: float | None = None
    """0–1."""


class ContradictionFinding(FindingFields, frozen=True, kw_only=True, tag="contradiction"):
    """Two statements that cannot both hold; the evidence holds each claim with its place."""

    about: str


Relation = Literal["copied", "derived", "inherited", "imported", "declared"]
"""How code relates to an origin. Copied: text found in this origin and in no unrelated one, above the calibrated
threshold. Derived: text nearest to it in the index. Inherited: a class extends one of its classes. Imported: it is
used by name. Declared: the examined material says so itself."""

Role = Literal["direct", "ancestor", "shared"]
"""Direct: nearest in the index. Ancestor: what the nearest one descends from. Shared: has some of the same."""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """One member of a lineage: a file of a known project, as near as the index can tell."""

    family: str
    """The model family or module, such as `deepseek_v3`; the same in all releases."""
    project: str
    version: str | None = None
    """The nearest known release."""
    path: str | None = None
    """Of the file in that release."""
    developer: str | None = None
    """Who developed the family; the project's developer where that isn't known."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    expression: str | None = None
    """SPDX expression that the file, else its project, is under."""
    relation: Relation
    role: Role
    share: float | None = None
    """0–1: how much of the examined code between the finding's lines matches this origin; None without a
    comparison of text."""
    confidence: float | None = None
    """0–1, calibrated: how often such a statement was right on code whose origin is known."""
    released: str | None = None
    """ISO date of the first known release of the origin's file."""
    tied: bool = False
    """As near as the nearest: it has as much of all of this code."""


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the examined file and its counterpart in the nearest origin."""

    lines: Lines
    name: str | None = None
    """Class or function of the examined file."""
    origin_path: str
    origin_lines: Lines
    origin_name: str | None = None
    """Class or function of the origin."""
    also_near: tuple[str, ...] = ()
    """Other families that may be the nearest to the class or function alone, the likeliest first."""

    @property
    def own_name(self) -> str:
        """The name without what it stands in, as its lines have it; empty for a place outside of any."""
        return (self.name or "").rpartition(".")[2]


class Declaration(msgspec.Struct, frozen=True, kw_only=True):
    """Where the examined material names an origin itself, and how that compares with what was measured."""

    path: str
    """Empty while unplaced means the finding's own file."""
    lines: Lines | None = None
    says: str
    """A locator of at most 200 characters."""
    agreement: Literal["agrees", "another-is-nearer", "not-compared"] = "not-compared"


class Introduction(msgspec.Struct, frozen=True, kw_only=True):
    """How the code came into the examined repository."""

    commit: str
    date: str
    """ISO date of the commit, as its committer set it."""
    header_lost: bool = False
    """A copyright or license header that the file carried then is gone now."""
    holders_then: tuple[str, ...] = ()


class OriginFinding(FindingFields, frozen=True, kw_only=True, tag="origin"):
    """Code that is nearest to known code, or says that it comes from it."""

    lineage: tuple[Origin, ...]
    """Nearest first."""
    spans: tuple[Span, ...] = ()
    declared: Declaration | None = None
    """Where the examined material says it itself."""
    missing_holders: tuple[str, ...] = ()
    """Holders that the origin's file names in that release and that are named nowhere here."""
    introduction: Introduction | None = None
    """The commit that brought it; None outside git."""


class NoticeFinding(FindingFields, frozen=True, kw_only=True, tag="notice"):
    """What the license of an origin demands to be kept, and how much of it is here."""

    origin: str = msgspec.field(name="for")
    """Project, file and release that the notice belongs to."""
    expression: str | None = None
    """SPDX expression of the license that demands it."""
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """`holder: …`, `license-text`, `license-notice`, `change-statement`."""
    cured_by: tuple[str, ...] = ()
    """Paths of NOTICE or LICENSE files of a directory that name a part of it."""


Finding = (
    LicenseFinding
    | CopyrightFinding
    | DependencyFinding
    | ModelCardFinding
    | WeightsFinding
    | ContradictionFinding
    | OriginFinding
    | NoticeFinding
)

F = TypeVar("F", bound=FindingFields)


def place(finding: F, path: str, revision: str | None) -> F:
    """`finding` at `path` of `revision`, with its stable identifier.

    The identifier covers kind, path, lines and the finding's own fields, not the evidence or revision: better
    evidence for the same fact at the same place keeps the identifier. Nor does it cover the introduction of an
    origin, which a shallow clone can't tell.
    """
    named: dict[str, object] = {"path": path}
    left_out: dict[str, object] = {"id": "", "revision": None, "evidence": ()}
    if isinstance(finding, DependencyFinding) and not finding.declared_in:
        named["declared_in"] = path
    elif isinstance(finding, OriginFinding):
        left_out["introduction"] = None
        if finding.declared is not None and not finding.declared.path:
            named["declared"] = msgspec.structs.replace(finding.declared, path=path)
    own = _encoded(msgspec.structs.replace(finding, **named, **left_out))
    return msgspec.structs.replace(finding, **named, revision=revision, id=hashlib.sha256(own).hexdigest()[:20])


def _encoded(finding: FindingFields) -> bytes:
    try:
        return msgspec.json.encode(finding, order="deterministic")
    except UnicodeEncodeError:  # a lone surrogate in scanned text, which UTF-8 can't hold
        return json.dumps(msgspec.to_builtins(finding), sort_keys=True).encode("ascii")
