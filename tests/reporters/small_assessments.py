"""Small assessments with a single violation."""

import msgspec

from compliance.model.evidence import Lines
from compliance.model.finding import Finding, ModelCardFinding, place
from compliance.model.submission import SourceReference, Subject
from compliance.model.text import Text
from compliance.model.verdict import Assessment, Axis, Severity, Violation
from tests.reporters.example_assessment import CLEAN


def violating(
    *findings: Finding, severity: Severity = Severity.FAIL, rule: str = "a-rule", prefix: str = ""
) -> Assessment:
    """One rule broken by `findings`, in one git repository of which the directory `prefix` was examined."""
    violation = Violation(
        rule=rule,
        axis=Axis.DISCLOSURE,
        severity=severity,
        message=Text(en="Something is wrong.", ko="잘못된 것이 있습니다."),
        remedy=Text(en="Put it right.", ko="고치세요."),
        findings=tuple(finding.id for finding in findings),
    )
    subject = Subject(name="x", sources=(SourceReference(kind="git", path=".", prefix=prefix),))
    return msgspec.structs.replace(CLEAN, subject=subject, findings=findings, violations=(violation,))


def card(path: str, lines: Lines | None = (3, 4), value: str = "x") -> Finding:
    """A model card's license field."""
    return place(ModelCardFinding(lines=lines, field="license", value=value), path, None)
