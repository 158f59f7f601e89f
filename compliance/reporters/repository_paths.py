"""Where a code-scanning tool has to show something: a file of the repository and lines in it."""

from urllib.parse import quote

import msgspec

from compliance.model.evidence import Lines
from compliance.model.finding import Finding
from compliance.model.skip import Skip
from compliance.model.submission import ENVIRONMENT, MEMBER_MARK, Subject


class Place(msgspec.Struct, frozen=True):
    """A file as code-scanning tools name it."""

    uri: str
    """Percent-encoded, relative to the repository's root; `.` for the root itself."""
    lines: Lines
    """Counted from 1. Line 1 where nothing finer is known, since tools require a line."""
    exact: bool
    """Whether the lines are the finding's own."""
    member: str | None = None
    """Path inside the archive that the URI names."""


def prefix_of(subject: Subject) -> str:
    """Path of the examined directory inside its repository, without slashes at its ends.

    Empty for a submission of several sources: they are different repositories, and no tool shows two in one.
    An installed environment lies in no repository and doesn't count.
    """
    prefixes = [source.prefix.strip("/") for source in subject.sources if source.kind != ENVIRONMENT]
    return prefixes[0] if len(prefixes) == 1 else ""


def place_of(fact: Finding | Skip | None, prefix: str) -> Place:
    """Where to show `fact`; None, or a fact without a path, stands for the whole submission."""
    path = fact.path if fact else ""
    lines = None if fact is None or isinstance(fact, Skip) else fact.lines
    container, _, member = path.partition(MEMBER_MARK)
    uri = _uri(f"{prefix}/{container}")
    if member or lines is None:
        return Place(uri, (1, 1), exact=False, member=member or None)
    first = max(1, lines[0])
    return Place(uri, (first, max(first, lines[1])), exact=True)


def _uri(path: str) -> str:
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    return "/".join(quote(part, safe="", errors="backslashreplace") for part in parts) or "."
