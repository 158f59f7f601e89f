"""SARIF 2.1.0 for code-scanning tools: one result for each violated rule and place.

Small pure builders, one an object of the standard. Choices that the standard or the tools leave open are explained
in docs/decisions/0041 and 0042.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from compliance.language import Language
from compliance.model.finding import Finding, OriginFinding
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.model.verdict import Assessment, Severity, Verdict, Violation, Waiver, WaiverFault
from compliance.reporters import finding_words, origin_words, skipped_words, verdict_words, wording
from compliance.reporters.json_text import encode_text
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.repository_paths import Place, place_of, prefix_of
from compliance.reporters.terminal_text import visible
from compliance.reporters.violation_groups import ViolationGroup, findings_of, grouped

Json = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
BASE = "SRCROOT"
FINGERPRINT = "complianceFinding/v1"
GITHUB_FINGERPRINT = "primaryLocationLineHash"
"""The only fingerprint that GitHub reads; its upload action computes one from the line shown."""

_LEVELS = {
    Severity.FAIL: "error",
    Severity.REVIEW: "warning",
    Severity.OBLIGATION: "note",
    Severity.NOTE: "note",
}
_NO_PART_OF_A_FACT = frozenset({"id", "lines", "revision", "evidence", "spans", "introduction", "version"})
_MOST_RELATED = 20


class SarifReporter:
    """Violations for the interfaces of code-scanning tools, in the language of the options."""

    name = "sarif"
    media_type = "application/sarif+json"
    suffix = ".sarif"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The assessment as a SARIF log with one run."""
        return encode_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(assessment, options.language)]})


REPORTER = SarifReporter()


def _run(assessment: Assessment, language: Language) -> Json:
    groups = grouped(assessment.violations)
    rules = _rules([group.violation for group in groups], language)
    return {
        "tool": {"driver": _driver(assessment, rules, language)},
        "invocations": [_invocation(assessment, language)],
        "automationDetails": {"id": _automation_id(assessment)},
        "originalUriBaseIds": {BASE: {"description": _message(wording.SUBMISSION_ROOT.in_language(language))}},
        "columnKind": "unicodeCodePoints",
        "results": _results(assessment, groups, [rule["id"] for rule in rules], language),
        "properties": _run_properties(assessment),
    }


def _driver(assessment: Assessment, rules: list[Json], language: Language) -> Json:
    reasons = sorted({skip.reason for skip in assessment.skipped})
    return {
        "name": assessment.tool.name,
        "version": assessment.tool.version,
        "language": language,
        "rules": rules,
        "notifications": [
            *(_reason(reason, language) for reason in reasons),
            *(_waiver_fault_kind(one, language) for one in _one_a_kind(assessment.waiver_faults)),
        ],
        "properties": {"data": dict(sorted(assessment.tool.data.items()))},
    }


def _reason(reason: str, language: Language) -> Json:
    words = skipped_words.words_of(reason)
    return {
        "id": reason,
        **_described(words.reason, words.advice, language),
        "defaultConfiguration": {"level": "error"},
    }


def _one_a_kind(faults: Iterable[WaiverFault]) -> list[WaiverFault]:
    return [kind for _, kind in sorted({fault.fault: fault for fault in faults}.items())]


def _waiver_fault_kind(fault: WaiverFault, language: Language) -> Json:
    return {
        "id": f"waiver-{fault.fault}",
        **_described(verdict_words.WAIVER_FAULTS[fault.fault], verdict_words.SEE_TO_WAIVER, language),
        "defaultConfiguration": {"level": "error"},
    }


def _described(says: Text, advice: Text, language: Language) -> Json:
    described = _message(says.in_language(language))
    return {
        "shortDescription": described,
        "fullDescription": described,
        "help": _message(advice.in_language(language)),
    }


def _rules(violations: Iterable[Violation], language: Language) -> list[Json]:
    gravest: dict[str, Violation] = {}
    for violation in violations:
        known = gravest.setdefault(violation.rule, violation)
        if known.waiver and not violation.waiver:
            gravest[violation.rule] = violation
    return [_rule(gravest[rule], language) for rule in sorted(gravest)]


def _rule(violation: Violation, language: Language) -> Json:
    return {
        "id": violation.rule,
        **_described(violation.message, violation.remedy, language),
        "defaultConfiguration": {"level": _LEVELS[violation.severity]},
        "properties": {
            "tags": ["compliance", violation.axis],
            "message": _both(violation.message),
            "remedy": _both(violation.remedy),
        },
    }


def _results(
    assessment: Assessment, groups: list[ViolationGroup], rules: list[str], language: Language
) -> list[Json]:
    by_id = {finding.id: finding for finding in assessment.findings}
    prefix = prefix_of(assessment.subject)
    index = {rule: at for at, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    results = []
    for group in groups:
        behind: list[Finding | None] = [*findings_of(group, by_id)]
        for finding in behind or [None]:
            fact = _fingerprint(group.violation, finding)
            seen[fact] += 1
            result = _result(group, finding, place_of(finding, prefix), f"{fact}:{seen[fact]}", language)
            results.append({"ruleId": group.violation.rule, "ruleIndex": index[group.violation.rule], **result})
    return results


def _result(
    group: ViolationGroup, finding: Finding | None, place: Place, fingerprint: str, language: Language
) -> Json:
    violation = group.violation
    fingerprints = {FINGERPRINT: fingerprint}
    if not place.exact:
        fingerprints[GITHUB_FINGERPRINT] = fingerprint
    return {
        "level": _LEVELS[violation.severity],
        "message": _message(_explained(violation, finding, place, language)),
        "locations": [_location(place)],
        **_related(finding, place),
        "partialFingerprints": fingerprints,
        **({"suppressions": [_suppression(violation.waiver, language)]} if violation.waiver else {}),
        "properties": {
            "severity": violation.severity,
            "axis": violation.axis,
            "targets": list(group.targets),
            "finding": finding.id if finding else None,
        },
    }


def _explained(violation: Violation, finding: Finding | None, place: Place, language: Language) -> str:
    parts = [
        text.in_language(language) for text in (violation.message, violation.unevaluated, violation.lead) if text
    ]
    if finding:
        fact, grounds = finding_words.fact(finding, language), finding_words.grounds(finding, language)
        evidence = "; ".join(filter(None, [fact, grounds]))
        parts.append(f"{wording.EVIDENCE.in_language(language)}: {evidence}.")
        if place.member:
            inside = finding_words.with_lines(visible(place.member), finding.lines)
            parts.append(f"{wording.IN_ARCHIVE.in_language(language)}: {inside}.")
    return " ".join(parts)


def _related(finding: Finding | None, place: Place) -> Json:
    """Each stretch of code with an origin, at its own lines; the counterpart lies elsewhere and is named."""
    if not isinstance(finding, OriginFinding) or not finding.lineage:
        return {}
    nearest = finding.lineage[0]
    name = " ".join(filter(None, [nearest.project, nearest.version]))
    related = []
    for number, span in enumerate(finding.spans[:_MOST_RELATED], start=1):
        first = max(1, span.lines[0])
        here = (
            msgspec.structs.replace(place, lines=(first, max(first, span.lines[1])))
            if place.member is None
            else place
        )
        related.append(
            {
                "id": number,
                **_location(here),
                "logicalLocations": [
                    {"fullyQualifiedName": visible(f"{name} {span.origin_path}"), "kind": "module"}
                ],
                "message": _message(visible(origin_words.span(span, f"{name} {span.origin_path}"))),
            }
        )
    return {"relatedLocations": related} if related else {}


def _location(place: Place) -> Json:
    first, last = place.lines
    location: Json = {
        "physicalLocation": {
            "artifactLocation": {"uri": place.uri, "uriBaseId": BASE},
            "region": {"startLine": first, "endLine": last},
        }
    }
    if place.member:
        location["logicalLocations"] = [{"fullyQualifiedName": place.member, "kind": "resource"}]
    return location


def _fingerprint(violation: Violation, finding: Finding | None) -> str:
    """A hash of rule, axis, path and fact that holds when lines move, a score changes or evidence improves."""
    fact = None if finding is None else _lasting(msgspec.to_builtins(finding))
    text = encode_text([violation.rule, violation.axis, fact])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _lasting(value: Any) -> Any:
    match value:
        case dict():
            return {key: _lasting(inner) for key, inner in sorted(value.items()) if key not in _NO_PART_OF_A_FACT}
        case list() | tuple():
            return [_lasting(inner) for inner in value]
        case float():
            return None
        case _:
            return value


def _suppression(waiver: Waiver, language: Language) -> Json:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": visible(waiver.reason.in_language(language)),
        "properties": msgspec.to_builtins(waiver),
    }


def _invocation(assessment: Assessment, language: Language) -> Json:
    incomplete = any(one.verdict == Verdict.INCOMPLETE for one in assessment.verdicts)
    prefix = prefix_of(assessment.subject)
    skipped = sorted(assessment.skipped, key=lambda skip: (skip.path, skip.reason, skip.detail))
    return {
        "executionSuccessful": not (incomplete or skipped),
        "toolExecutionNotifications": [_notification(skip, prefix, language) for skip in skipped],
        **_waiver_notifications(assessment.waiver_faults, language),
    }


def _waiver_notifications(faults: Iterable[WaiverFault], language: Language) -> Json:
    told = [
        {
            "descriptor": {"id": f"waiver-{fault.fault}"},
            "level": "error",
            "message": _message(visible(verdict_words.waiver_fault(fault).in_language(language))),
        }
        for fault in faults
    ]
    return {"toolConfigurationNotifications": told} if told else {}


def _notification(skip: Skip, prefix: str, language: Language) -> Json:
    detail = visible(skip.said.in_language(language))
    said = f"{skipped_words.NOT_EXAMINED_FILE.in_language(language)}: {visible(skip.path)}: {detail}"
    return {
        "descriptor": {"id": skip.reason},
        "level": "error",
        "message": _message(said),
        "locations": [_location(place_of(skip, prefix))],
    }


def _automation_id(assessment: Assessment) -> str:
    parts = [assessment.tool.name, assessment.policy.id, assessment.subject.name]
    return "".join(f"{visible(part).replace('/', '_')}/" for part in parts)


def _run_properties(assessment: Assessment) -> Json:
    parts = (assessment.subject, assessment.policy, assessment.verdicts, assessment.counts, assessment.limits)
    names = ("subject", "policy", "verdicts", "counts", "limits")
    return {name: msgspec.to_builtins(part) for name, part in zip(names, parts, strict=True)}


def _message(text: str) -> Json:
    """`text` as a plain-text message, in which braces would be placeholders and `[…](…)` a link."""
    literal = text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
    return {"text": literal or "-"}


def _both(text: Text) -> Json:
    return {"en": text.en, "ko": text.ko}
