"""Two teams whose assessments are compared; the second one shares an origin and a license with the first."""

from collections.abc import Mapping

import msgspec

from compliance.model.finding import place
from compliance.model.verdict import Assessment, Axis, Violation
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.example_findings import ORIGIN, WEIGHTS_LICENSE

_SUBJECT = msgspec.structs.replace(CLEAN.subject, team="Team Hanbit", name="second")
_ELSEWHERE = place(ORIGIN, "second/modeling.py", None)
_LICENSE = place(WEIGHTS_LICENSE, "second/LICENSE", None)


def _restricted(violation: Violation) -> Violation:
    return msgspec.structs.replace(violation, findings=(_LICENSE.id,))


SECOND = msgspec.structs.replace(
    CLEAN,
    subject=_SUBJECT,
    verdicts=(*(one for one in EXAMPLE.verdicts if one.axis is Axis.NATIONAL_INFRASTRUCTURE), *CLEAN.verdicts),
    findings=(_ELSEWHERE, _LICENSE),
    violations=tuple(_restricted(one) for one in EXAMPLE.violations if one.rule == "weights-use-restricted"),
)
TEAMS: Mapping[str, tuple[Assessment, Assessment | None]] = {"hanbit": (EXAMPLE, CLEAN), "second": (SECOND, None)}
"""By folder; the first one has an earlier assessment."""
