"""The words of verdicts, the rules behind them, and waivers."""

from collections.abc import Iterable, Mapping

from compliance.language import Language
from compliance.model.text import Text
from compliance.model.verdict import (
    Assessment,
    Axis,
    PolicyReference,
    Severity,
    Target,
    Verdict,
    Waiver,
    WaiverFault,
)

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.PASS: Text(en="pass", ko="적합"),
    Verdict.PASS_WITH_OBLIGATIONS: Text(en="pass with obligations", ko="의무 조건부 적합"),
    Verdict.REVIEW: Text(en="review", ko="검토 필요"),
    Verdict.INCOMPLETE: Text(en="incomplete", ko="판정 미완료"),
    Verdict.FAIL: Text(en="fail", ko="부적합"),
}

SEVERITIES: Mapping[Severity, Text] = {
    Severity.FAIL: Text(en="fail", ko="부적합"),
    Severity.REVIEW: Text(en="review", ko="검토"),
    Severity.OBLIGATION: Text(en="obligation", ko="의무"),
    Severity.NOTE: Text(en="note", ko="참고"),
}

AXES: Mapping[Axis, Text] = {
    Axis.POLICY_INDEPENDENCE: Text(en="policy independence", ko="정책적 독자성"),
    Axis.NATIONAL_INFRASTRUCTURE: Text(en="national infrastructure", ko="국가 인프라 활용"),
    Axis.DISCLOSURE: Text(en="disclosure", ko="고지·라이선스 준수"),
}

TARGETS: Mapping[Target, Text] = {
    Target.DEFENCE: Text(en="defence", ko="국방"),
    Target.SECURITY: Text(en="security", ko="보안"),
    Target.TELECOM: Text(en="telecom", ko="통신"),
}

NO_VIOLATIONS = Text(en="No rule of the policy is violated.", ko="정책 규칙 위반 없음")


def question(axis: Axis, targets: Iterable[Target | None], language: Language) -> str:
    """The axis, with its targets where it has some."""
    named = [TARGETS[target].in_language(language) for target in targets if target is not None]
    label = AXES[axis].in_language(language)
    return f"{label}: {', '.join(named)}" if named else label


def rules_count(count: int) -> Text:
    """A number of rules whose names don't fit."""
    return Text(en=f"{count} rule{'s' * (count != 1)}", ko=f"규칙 {count}개")


def waived(waiver: Waiver) -> Text:
    """That a violation doesn't count, until when, by whose approval and why."""
    named = ", ".join(filter(None, [waiver.id, waiver.reference]))
    reference = f" ({named})" if named else ""
    return Text(
        en=f"waived until {waiver.expires} by {waiver.approver}: {waiver.reason.en}{reference}",
        ko=f"예외 승인(만료일 {waiver.expires}, 승인자 {waiver.approver}): {waiver.reason.ko}{reference}",
    )


def waiver_faults_heading(count: int) -> Text:
    """That waivers were handed in which don't do what they say."""
    return Text(
        en=f"Waivers that need attention: {count:,}. The check fails until each is renewed, mended or removed.",
        ko=f"확인이 필요한 예외 승인: {count:,}건. 갱신하거나 고치거나 지울 때까지 점검을 통과하지 못합니다.",
    )


WAIVER_FAULTS: Mapping[str, Text] = {
    "expired": Text(en="expired waiver", ko="만료된 예외 승인"),
    "matches-nothing": Text(en="waiver that covers nothing", ko="해당하는 위반이 없는 예외 승인"),
    "not-evaluated": Text(en="waiver of what could not be evaluated", ko="평가하지 못한 조건에 대한 예외 승인"),
}
SEE_TO_WAIVER = Text(
    en="renew, mend or remove the waiver that the message names",
    ko="표시된 예외 승인을 갱신하거나 고치거나 지우세요",
)


def waiver_fault(fault: WaiverFault) -> Text:
    """Which waiver it is and what is wrong with it."""
    place = f"{fault.file}:{fault.line}"
    return Text(
        en=f"{fault.waiver} ({place}): {fault.message.en}", ko=f"{fault.waiver} ({place}): {fault.message.ko}"
    )


def policy_line(policy: PolicyReference) -> Text:
    """Which policy judged, and by which day's rules."""
    bases = ", ".join(f"{base.id} {base.version}" for base in policy.extends)
    waivers = ", ".join(f"{one.file} {_short(one.digest)}" for one in policy.waivers)
    return Text(
        en=f"Policy: {policy.id} {policy.version}"
        + (f" (extends {bases})" if bases else "")
        + f", rules in force on {policy.evaluated_on}, {_short(policy.digest)}"
        + (f"; waivers: {waivers}" if waivers else ""),
        ko=f"정책: {policy.id} {policy.version}"
        + (f" (기반 정책: {bases})" if bases else "")
        + f", 기준일 {policy.evaluated_on}, {_short(policy.digest)}"
        + (f"; 예외 승인: {waivers}" if waivers else ""),
    )


def _short(digest: str) -> str:
    return digest[: len("sha256:") + 12]


def why_incomplete(assessment: Assessment) -> Text:
    """Why a verdict of `assessment` is incomplete."""
    if assessment.skipped:
        return NOT_ALL_SEEN
    seen = assessment.counts.files > 0 or assessment.findings
    return NO_RULE_IN_FORCE if seen else NOTHING_SEEN


NOT_ALL_SEEN = Text(
    en="Something could not be examined, and what wasn't seen can't pass.",
    ko="검사하지 못한 항목이 있으며, 보지 못한 것은 적합으로 판정하지 않습니다.",
)
NOTHING_SEEN = Text(
    en="There was nothing to examine, neither files nor findings; check what was handed in.",
    ko="파일도 확인한 사실도 없어 검사할 것이 없었습니다. 제출물을 확인하세요.",
)
NO_RULE_IN_FORCE = Text(
    en="No rule of the policy is in force for this question; name a policy or a day on which one is.",
    ko="이 항목에 적용되는 정책 규칙이 없습니다. 규칙이 있는 정책이나 날짜를 지정하세요.",
)


def counted(severities: Mapping[Severity, int], waivers: int) -> Text:
    """How many violations there are of each severity."""
    en = ", ".join(f"{count} {SEVERITIES[severity].en}" for severity, count in severities.items())
    ko = ", ".join(f"{SEVERITIES[severity].ko} {count}" for severity, count in severities.items())
    return Text(en=f"Violations: {en}, {waivers} waived", ko=f"위반: {ko}, 예외 승인 {waivers}")
