"""The notice of an origin's file, written down as evidence of a finding and read back from it.

The detector that finds an origin knows what its file carried at the top; the one that compares notices sees
findings alone. Between them go these statements.
"""

from collections.abc import Iterable, Iterator

import msgspec

from compliance.model.evidence import Evidence, Lines, Statement
from compliance.model.finding import Origin

HOLDER = "origin-notice:holder"
LICENSE = "origin-notice:license"
CHANGES = "origin-notice:changes"
NOTHING = "origin-notice:none"
"""The origin's file carried no notice at all in that release; without any of the four, nobody has looked."""
CHANGES_HERE = "examined-file:changes"
"""The examined file itself says that it was changed or adapted, or (without lines) that it doesn't."""
NOT_STATED = "none"

NO_LICENSE_TEXT = "license-text:missing"
"""A license whose text stands in no license file beside or above the examined one."""

HOLDER_LINE = "holder: "
LICENSE_TEXT = "license-text"
LICENSE_NOTICE = "license-notice"
CHANGE_STATEMENT = "change-statement"
"""What a `NoticeFinding` calls present or missing; a holder's line stands behind its mark."""

_LONGEST = 200
_MOST_HOLDERS = 50


class OriginNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What the origin's file carried in the nearest release."""

    holders: tuple[str, ...] = ()
    """`years name` of each copyright line."""
    expression: str | None = None
    """SPDX expression of its license header."""
    changes_stated: bool = False
    """Its header says that it was itself changed or adapted from another."""


def statements(
    *, holders: Iterable[str] = (), expression: str | None = None, changes_stated: bool = False
) -> tuple[Statement, ...]:
    """Evidence of what the nearest origin's file carried; where several are equally near, of what all carried."""
    said = [
        *(_statement(HOLDER, holder) for holder in list(dict.fromkeys(holders))[:_MOST_HOLDERS]),
        *([_statement(LICENSE, expression)] if expression else []),
        *([_statement(CHANGES, "stated")] if changes_stated else []),
    ]
    return tuple(said) or (_statement(NOTHING, NOT_STATED),)


def read(evidence: Iterable[Evidence]) -> OriginNotice | None:
    """The notice that `evidence` holds; None where nobody has looked."""
    said = [(one.field, one.says) for one in evidence if isinstance(one, Statement)]
    if not any(field in {HOLDER, LICENSE, CHANGES, NOTHING} for field, _ in said):
        return None
    return OriginNotice(
        holders=tuple(says for field, says in said if field == HOLDER),
        expression=next((says for field, says in said if field == LICENSE), None),
        changes_stated=any(field == CHANGES for field, _ in said),
    )


def changes_here(words: str | None, lines: Lines | None = None) -> Statement:
    """Evidence that the examined file states its changes with `words` in `lines`, or (None) that it doesn't."""
    return Statement(lines=lines if words else None, field=CHANGES_HERE, says=(words or NOT_STATED)[:_LONGEST])


def states_changes(evidence: Iterable[Evidence]) -> bool | None:
    """Whether the examined file states its changes; None where nobody has looked."""
    said = [one.says for one in evidence if isinstance(one, Statement) and one.field == CHANGES_HERE]
    return any(says != NOT_STATED for says in said) if said else None


def is_notice(evidence: Evidence) -> bool:
    """Whether `evidence` speaks of notices, and not of where the code comes from."""
    return isinstance(evidence, Statement) and evidence.field in {HOLDER, LICENSE, CHANGES, NOTHING, CHANGES_HERE}


def name_of(origin: Origin) -> str:
    """Project, release and file of `origin` in one line, as notices and reports call it."""
    return " ".join(_words(origin))


def _words(origin: Origin) -> Iterator[str]:
    yield origin.project or origin.family
    if origin.version:
        yield origin.version
    if origin.path:
        yield origin.path


def _statement(field: str, says: str) -> Statement:
    return Statement(field=field, says=says[:_LONGEST])
