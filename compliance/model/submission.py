"""What one team hands in."""

from typing import Literal

import msgspec

MEMBER_MARK = "!/"
"""Stands in a path between an archive and the path inside it: `vendor/a.whl!/pkg/b.py`."""

SourceKind = Literal["directory", "git", "archive", "model-snapshot", "environment"]
ENVIRONMENT: Literal["environment"] = "environment"
"""Kind of the source that nobody hands in, the packages installed at the examiner's; its paths begin with it."""


class SourceReference(msgspec.Struct, frozen=True, kw_only=True):
    """One examined source, as it stands in reports."""

    kind: SourceKind
    path: str
    """As the user gave it; relative to the submission file for a submission's sources."""
    revision: str | None = None
    """Resolved commit, in full; None outside git or for a working tree."""
    prefix: str = ""
    """Path of the examined directory inside its git repository, for tools that show repository paths."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What was examined."""

    team: str | None = None
    name: str
    sources: tuple[SourceReference, ...] = ()
