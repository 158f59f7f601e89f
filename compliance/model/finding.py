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

WeightsBasis = Literal["digest", "tensor-names", "config", "metadata", "path-name", "card"]


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
    subject: Literal["code", "weights", "package"] = "code"
    """What the license is stated for: a source file, model weights, or a package."""


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


Finding = (
    LicenseFinding
    | CopyrightFinding
    | DependencyFinding
    | ModelCardFinding
    | WeightsFinding
    | ContradictionFinding
)

F = TypeVar("F", bound=FindingFields)


def place(finding: F, path: str, revision: str | None) -> F:
    """`finding` at `path` of `revision`, with its stable identifier.

    The identifier covers kind, path, lines and the finding's own fields, not the evidence or revision: better
    evidence for the same fact at the same place keeps the identifier.
    """
    placed = msgspec.structs.replace(finding, path=path, revision=revision)
    if isinstance(placed, DependencyFinding) and not placed.declared_in:
        placed = msgspec.structs.replace(placed, declared_in=path)
    own = msgspec.structs.replace(placed, id="", revision=None, evidence=())
    return msgspec.structs.replace(placed, id=hashlib.sha256(_encoded(own)).hexdigest()[:20])


def _encoded(finding: FindingFields) -> bytes:
    try:
        return msgspec.json.encode(finding, order="deterministic")
    except UnicodeEncodeError:  # a lone surrogate in scanned text, which UTF-8 can't hold
        return json.dumps(msgspec.to_builtins(finding), sort_keys=True).encode("ascii")
