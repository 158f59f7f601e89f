"""How contradictions are put together: statements that can't all hold, each with its place."""

from compliance.model.evidence import Statement
from compliance.model.finding import ContradictionFinding, FindingFields

CLAIM = "claim"
"""Evidence field of a statement that is a side of a contradiction."""
LONGEST = 200
"""Characters that are shown of a statement."""


def claimed(finding: FindingFields, says: str, says_ko: str = "") -> Statement:
    """The side that `says` something where `finding` stands, in Korean too where the words are ours."""
    return Statement(
        path=finding.path, lines=finding.lines, field=CLAIM, says=says[:LONGEST], says_ko=says_ko[:LONGEST]
    )


def contradiction(about: str, *claims: Statement) -> ContradictionFinding:
    """The unplaced finding that `claims` can't all hold; it has the lines of the first one."""
    return ContradictionFinding(about=about, lines=claims[0].lines, evidence=claims)
