"""The facts of one examination, with no judgement in them."""

import msgspec

from compliance.model.finding import Finding
from compliance.model.skip import Skip
from compliance.model.submission import Subject
from compliance.model.text import Text

INVENTORY_SCHEMA = "compliance.inventory/1"


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """The program and data that found the facts."""

    name: str = "compliance"
    version: str
    data: dict[str, str | None]
    """Versions or digests of the data behind the detectors: `origins`, `licenses` (terms of weight licenses and
    families of models), `scancode`; None where absent."""


MOST_UNLICENSED = 50
"""Files without a license that are named; more are counted."""


class FileCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many files were met, and what of them is known."""

    files: int = 0
    examined: int = 0
    """Files that every detector which wanted them has read to the end."""
    unlicensed: int = 0
    """Files with neither a license of their own nor one concluded from a directory."""
    unlicensed_paths: tuple[str, ...] = ()
    """The first of these by path, at most `MOST_UNLICENSED`."""


class Inventory(msgspec.Struct, frozen=True, kw_only=True):
    """All findings of one examination, and what was skipped."""

    schema: str = INVENTORY_SCHEMA
    tool: Tool
    subject: Subject
    counts: FileCounts = FileCounts()
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skip, ...] = ()
    limits: tuple[Text, ...] = ()
    """What this examination could not have seen."""
