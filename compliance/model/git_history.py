"""What git history says of an origin, as evidence of its finding."""

import datetime

from compliance.model.evidence import Statement
from compliance.model.finding import OriginFinding

BEFORE_RELEASE = "git-history:before-release"
SHALLOW = "git-history:shallow"
INCOMPLETE = "git-history:incomplete"
FIRST_COMMIT = "git-history:first-commit"


def committed_before_release(finding: OriginFinding) -> bool:
    """Whether the commit that brought the code is older than the origin's first known release.

    A strong sign against this origin, or for copying the other way round; a committer can set any date, though.
    """
    released = _date(finding.lineage[0].released) if finding.lineage else None
    committed = _date(finding.introduction.date) if finding.introduction else None
    return released is not None and committed is not None and committed < released


def before_release(finding: OriginFinding) -> Statement | None:
    """The evidence for `committed_before_release`; None where it isn't so."""
    if finding.introduction is None or not committed_before_release(finding):
        return None
    released = finding.lineage[0].released
    return Statement(field=BEFORE_RELEASE, says=f"{finding.introduction.date} < {released}"[:200])


def _date(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
