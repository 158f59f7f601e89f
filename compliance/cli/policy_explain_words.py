"""The sentences of an explanation."""

from collections.abc import Iterator, Sequence

from compliance.language import Language
from compliance.licenses.term_words import clause_place
from compliance.model.text import Text
from compliance.model.verdict import Axis, PolicyReference, Target, Verdict
from compliance.policy.explanation.document import (
    Clause,
    Explanation,
    Group,
    LicenseReason,
    Place,
    PolicyChange,
    QuestionAnswered,
    RuleExplained,
    Seen,
    VerdictExplained,
    Way,
)
from compliance.reporters.verdict_words import AXES, SEVERITIES, TARGETS, VERDICTS

_SHOWN_PLACES = 3


def head(explanation: Explanation) -> Text:
    """What is explained, and by which policy of which day."""
    policy, name = explanation.policy, explanation.subject.team or explanation.subject.name
    return Text(
        en=f"{name}, judged by {policy.id} {policy.version} as of {policy.evaluated_on} ({policy.digest})",
        ko=f"{name}: {policy.id} {policy.version} 정책, 기준일 {policy.evaluated_on} ({policy.digest})",
    )


def other_policy(assessed: PolicyReference) -> Text:
    """The assessment was made by another policy than the one that explains."""
    return Text(
        en=f"The assessment itself was made by {assessed.id} {assessed.version} ({assessed.digest}); what follows "
        "is the judgement of the policy named above.",
        ko=f"판정서 자체는 다른 정책으로 작성됨: {assessed.id} {assessed.version} ({assessed.digest}). "
        "아래는 위에 적은 정책에 따른 판정입니다.",
    )


def verdict(one: VerdictExplained) -> Text:
    """Axis, target and verdict."""
    place, said = _place(one.axis, one.target), VERDICTS[one.verdict]
    return Text(en=f"{place.en}: {said.en}", ko=f"{place.ko}: {said.ko}")


def led_by(rules: Sequence[str]) -> Text:
    """Which rules lead to a verdict."""
    names = ", ".join(rules)
    return Text(en=f"decided by {names}", ko=f"판정 근거 규칙: {names}")


def way_to(better: Verdict) -> Text:
    """What must differ for a better verdict; the findings follow."""
    said = VERDICTS[better]
    return Text(
        en=f"It would be {said.en} if all of these findings differed in one of the ways given:",
        ko=f"다음 발견 사항이 모두, 각각 적힌 방법 중 하나로 달라지면: {said.ko}",
    )


def way(one: Way, *, first: bool) -> Text:
    """One way in which a finding would have to differ."""
    fields = ", ".join(one.fields)
    needed = [(change.question, _ANSWERS[change.answer]) for change in one.changes]
    en = "; ".join(f"{question} would have to be {answer.en}" for question, answer in needed)
    ko = "; ".join(f"{question} → {answer.ko}" for question, answer in needed)
    return Text(en=f"{'' if first else 'or '}{fields}: {en}", ko=f"{'' if first else '또는 '}{fields}: {ko}")


def policy_change(one: PolicyChange) -> Text:
    """One change of the policy, and every verdict that it turns."""
    after = [(_place(turned.axis, turned.target), VERDICTS[turned.verdict]) for turned in one.verdicts]
    turned = Text(
        en="; ".join(f"{place.en}: {said.en}" for place, said in after) or "no verdict turns",
        ko="; ".join(f"{place.ko}: {said.ko}" for place, said in after) or "판정 변화 없음",
    )
    match one.action:
        case "add":
            return Text(
                en=f"add {one.value} to {one.of} ({turned.en})",
                ko=f"{one.of} 목록에 {one.value} 추가 ({turned.ko})",
            )
        case "remove":
            return Text(
                en=f"take {one.value} out of {one.of} ({turned.en})",
                ko=f"{one.of} 목록에서 {one.value} 제거 ({turned.ko})",
            )
        case _:
            return Text(
                en=f"set {one.of} to {one.value}, which is {one.was} now ({turned.en})",
                ko=f"{one.of} 기준값을 {one.was} → {one.value} 변경 ({turned.ko})",
            )


def rule(one: RuleExplained) -> Text:
    """The rule's name, severity, axis and place in the file."""
    severity, axis = SEVERITIES[one.severity], AXES[one.axis]
    targets = [TARGETS[target] for target in one.targets if target]
    en = ", ".join([severity.en, axis.en, *(target.en for target in targets)])
    ko = ", ".join([severity.ko, axis.ko, *(target.ko for target in targets)])
    return Text(en=f"{one.rule} ({en}; line {one.line})", ko=f"{one.rule} ({ko}; {one.line}행)")


def asked(one: RuleExplained) -> Text:
    """How many findings it was asked of, and how many break it."""
    return Text(
        en=f"asked of {one.asked_of:,} ({one.kind}), broken by {one.broken_by:,}",
        ko=f"판정 대상 {one.asked_of:,}건({one.kind}), 위반 {one.broken_by:,}건",
    )


def places(found: Sequence[Place]) -> Text:
    """Where findings that look the same stand."""
    shown = [_where(one) for one in found[:_SHOWN_PLACES]]
    more = len(found) - len(shown)
    rest = Text(en=f" and {more:,} more", ko=f" 외 {more:,}건") if more else Text(en="", ko="")
    return Text(en=", ".join(one.en for one in shown) + rest.en, ko=", ".join(one.ko for one in shown) + rest.ko)


def _where(one: Place) -> Text:
    if not one.finding:
        return Text(en="the inventory as a whole", ko="조사 목록 전체")
    lines = f":{one.lines[0]}" if one.lines else ""
    where = f"{one.path}{lines} [{one.finding}]"
    return Text(en=where, ko=where)


def outcome(group: Group) -> Text:
    """Whether findings break the rule."""
    if group.lead:
        return Text(
            en="break it by a lead alone, which asks for review", ko="단서만으로 위반: 부적합이 아니라 검토 대상"
        )
    if group.holds is None:
        return Text(en="could not be judged, which counts as breaking it", ko="평가 불가: 위반으로 처리")
    return (
        Text(en="break it; what decides is marked *", ko="위반. 판정을 결정한 질문: *")
        if group.holds
        else Text(en="don't break it; what decides is marked *", ko="위반 아님. 판정을 결정한 질문: *")
    )


def question(one: QuestionAnswered) -> Text:
    """A question with its answer."""
    mark, said = "*" if one.decides else "-", _ANSWERS[one.answer]
    return Text(en=f"{mark} {one.text}: {said.en}", ko=f"{mark} {one.text}: {said.ko}")


def seen(one: Seen, language: Language) -> str:
    """What a question looked at."""
    if one.entries is not None and one.value is None:
        many = Text(en=f"{one.entries:,} entries", ko=f"항목 {one.entries:,}개")
        return f"{one.name}: {many.in_language(language)}"
    if isinstance(one.value, tuple):
        return f"{one.name} = [{', '.join(one.value)}]"
    if one.value is None:
        return f"{one.name}: {_NOT_STATED.in_language(language)}"
    return (
        f"{one.name} = {one.value!r}" if isinstance(one.value, str) else f"{one.name} = {str(one.value).lower()}"
    )


def license_reason(reason: LicenseReason, language: Language) -> Iterator[tuple[str, str]]:
    """What a license has to do with the answer, and the clauses where it stands; each line with its indent."""
    said = reason.entry or _no_entry(reason).in_language(language)
    yield "", f"{reason.license}: {said}"
    for one in reason.clauses:
        yield "  ", _clause(one, language)


def _no_entry(reason: LicenseReason) -> Text:
    if reason.unknown_terms:
        terms = ", ".join(reason.unknown_terms)
        return Text(en=f"nobody has read what it says on {terms}", ko=f"확인되지 않은 조건: {terms}")
    return Text(en="no entry of the policy", ko="정책 목록에 해당 항목 없음")


def _clause(one: Clause, language: Language) -> str:
    place = clause_place(
        section=one.section, locator=one.locator, document=one.document, remark=one.remark, language=language
    )
    lead = f" ({_LEAD.in_language(language)})" if one.lead else ""
    said = f"{one.name.in_language(language)}: {one.term}={', '.join(one.answers)}{lead}"
    return f"{said} · {place}" if place else said


def kept(rules: Sequence[str]) -> Text:
    """Rules that were asked and that nothing breaks."""
    names = ", ".join(rules)
    return Text(en=f"Asked, and broken by nothing: {names}", ko=f"적용했으나 위반 없는 규칙: {names}")


def not_asked(reason: str, date: str | None, rules: Sequence[str]) -> Text:
    """Rules that were not asked, and why."""
    names = ", ".join(rules)
    why = {
        "other-kind": Text(en="about other kinds of findings", ko="다른 종류의 발견 사항에 관한 규칙"),
        "no-such-finding": Text(en="no finding of their kind", ko="해당 종류의 발견 사항 없음"),
        "not-yet": Text(en=f"in force from {date}", ko=f"{date}부터 시행"),
        "no-longer": Text(en=f"in force until {date}", ko=f"{date}까지 시행"),
    }[reason]
    return Text(en=f"Not asked ({why.en}): {names}", ko=f"적용하지 않은 규칙({why.ko}): {names}")


def more_groups(left: int) -> Text:
    """Some groups aren't shown."""
    return Text(
        en=f"{left:,} more groups of findings; --format json has them, as far as they break the rule",
        ko=f"그 밖의 발견 사항 묶음 {left:,}개. 위반한 것은 --format json 출력에 있음",
    )


def more_changes(left: int) -> Text:
    """Some changes aren't shown."""
    return Text(
        en=f"- and {left:,} more groups of findings, which --format json has",
        ko=f"- 그 밖의 발견 사항 묶음 {left:,}개는 --format json 출력에 있음",
    )


def _place(axis: Axis, target: Target | None) -> Text:
    if target is None:
        return AXES[axis]
    return Text(en=f"{AXES[axis].en} ({TARGETS[target].en})", ko=f"{AXES[axis].ko}({TARGETS[target].ko})")


INCOMPLETE = Text(
    en="Something could not be examined: no change of a finding makes this verdict complete.",
    ko="검사하지 못한 것이 있음: 발견 사항이 달라져도 판정이 완료되지 않습니다.",
)
WAIVERS = Text(
    en="The assessment counted approved exceptions. They are not looked at here, so verdicts may be graver.",
    ko="판정서에는 예외 승인이 반영되어 있음. 이 설명에는 반영하지 않으므로 판정이 더 엄격할 수 있습니다.",
)
SINGLE_CHANGES = Text(
    en="Or any one of these changes of the policy:", ko="또는 정책에서 다음 중 하나만 바꾸어도 됨:"
)
NO_SINGLE_CHANGE = Text(
    en="No single entry of a list and no single threshold of the policy would do.",
    ko="정책의 목록 항목 하나나 기준값 하나를 바꾸는 것으로는 달라지지 않음.",
)
CLEARING_CHANGES = Text(
    en="Nothing would break this rule with any one of these changes of the policy:",
    ko="정책에서 다음 중 하나만 바꾸면 이 규칙의 위반이 없어짐:",
)
_ANSWERS = {
    True: Text(en="true", ko="참"),
    False: Text(en="false", ko="거짓"),
    None: Text(en="no answer", ko="답 없음"),
}
_NOT_STATED = Text(en="not stated", ko="값 없음")
_LEAD = Text(en="known from reports alone", ko="간접 자료뿐")
