"""What came of the tests of a policy, for a person at a terminal."""

from collections.abc import Sequence

from compliance.cli.laid_out_lines import Lines
from compliance.language import Language
from compliance.model.text import Text
from compliance.policy.policy import Policy
from compliance.policy.testing.coverage import QuestionCoverage, RuleCoverage
from compliance.policy.testing.mutants import LONGEST_LIST
from compliance.policy.testing.mutation import Mutation
from compliance.policy.testing.running import Outcome


class Page:
    """The text, block by block."""

    def __init__(self, policy: Policy, language: Language, width: int) -> None:
        """Write of `policy` in `language`, in lines of at most `width` columns."""
        self._policy = policy
        self._lines = Lines(language, width)

    def text(self) -> str:
        """All that was written."""
        return self._lines.text()

    def outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """How many tests passed, and what the others expected and didn't see."""
        failed = [one for one in outcomes if one.failures]
        self._say(_summary(self._policy, len(outcomes), len(failed)))
        for one in failed:
            self._lines.line("")
            self._lines.flow(f"{one.test.file}:{one.test.line}: {one.test.name}")
            for failure in one.failures:
                self._lines.paragraph(failure)

    def coverage(self, rules: Sequence[RuleCoverage], *, in_full: bool) -> None:
        """How many rules the tests touch in full; rule by rule where that is asked."""
        self._lines.line("")
        self._say(_coverage(rules))
        for one in rules if in_full else ():
            self._say(_rule_coverage(one), indent="  ")
            if not one.asked:
                self._lines.paragraph(_NEVER_ASKED, indent=4)
            for question in one.questions:
                if not (question.seen_true and question.seen_false):
                    self._lines.paragraph(_unseen(question), indent=4)

    def mutation(self, mutation: Mutation, long_lists: Sequence[str]) -> None:
        """Which changes of the policy no test notices."""
        self._lines.line("")
        self._say(_mutation(mutation))
        for mutant in mutation.survivors:
            self._lines.hanging(f"{self._policy.file}:{mutant.line}: {mutant.of}: {mutant.change}", "  ")
        for claim, why in mutation.refuted:
            self._lines.hanging(f"{claim.file}:{claim.line}: {claim.of}: {claim.change}", "  ")
            self._lines.paragraph(why, indent=4)
        if long_lists:
            self._say(_left_out(long_lists))

    def _say(self, text: Text, indent: str = "") -> None:
        self._lines.hanging(text.in_language(self._lines.language), indent)


def _summary(policy: Policy, tests: int, failed: int) -> Text:
    return Text(
        en=f"{policy.id} {policy.version}: {tests:,} tests, {f'{failed:,} failed' if failed else 'all passed'}",
        ko=f"{policy.id} {policy.version}: 테스트 {tests:,}건, {f'실패 {failed:,}건' if failed else '모두 통과'}",
    )


def _coverage(rules: Sequence[RuleCoverage]) -> Text:
    broken = sum(one.broken > 0 and one.left > 0 for one in rules)
    questions = [question for one in rules for question in one.questions]
    seen = sum(one.seen_true and one.seen_false for one in questions)
    return Text(
        en=f"{broken:,} of {len(rules):,} rules are broken by a test and left alone by another; {seen:,} of "
        f"{len(questions):,} questions of their conditions mattered with both answers.",
        ko=f"규칙 {len(rules):,}개 중 {broken:,}개에 위반 사례와 허용 사례가 모두 있고, 조건식의 질문 "
        f"{len(questions):,}개 중 {seen:,}개는 양쪽 답이 모두 판정을 좌우함.",
    )


def _rule_coverage(one: RuleCoverage) -> Text:
    mark = "✓" if one.complete else "✗"
    return Text(
        en=f"{mark} {one.rule.id}: broken by {one.broken:,} tests, left alone by {one.left:,}",
        ko=f"{mark} {one.rule.id}: 위반 {one.broken:,}건, 허용 {one.left:,}건",
    )


def _unseen(question: QuestionCoverage) -> Text:
    text = question.text
    if not question.seen_true and not question.seen_false:
        return Text(en=f"never mattered: {text}", ko=f"판정을 좌우한 적 없음: {text}")
    missing = Text(en="false", ko="거짓") if question.seen_true else Text(en="true", ko="참")
    return Text(
        en=f"never mattered as {missing.en}: {text}", ko=f"{missing.ko}일 때 판정을 좌우한 적 없음: {text}"
    )


def _mutation(mutation: Mutation) -> Text:
    tried, noticed, unnoticed = mutation.tried, mutation.noticed, len(mutation.survivors)
    equivalent, wrong = len(mutation.equivalent), len(mutation.refuted)
    claims = Text(en="", ko="")
    if wrong:
        claims = Text(en=f" Wrong claims of no effect: {wrong:,}.", ko=f" 영향이 없다는 잘못된 주장 {wrong:,}건.")
    return Text(
        en=f"{tried:,} small changes of the policy: {noticed:,} noticed by a test, {equivalent:,} said to be "
        f"without effect, {unnoticed:,} unnoticed.{claims.en}",
        ko=f"정책의 작은 변경 {tried:,}건: 테스트가 알아챔 {noticed:,}건, 영향 없다고 적힌 것 "
        f"{equivalent:,}건, 알아채지 못함 {unnoticed:,}건.{claims.ko}",
    )


def _left_out(lists: Sequence[str]) -> Text:
    names = ", ".join(lists)
    return Text(
        en=f"Lists of more than {LONGEST_LIST} entries were not shortened entry by entry: {names}.",
        ko=f"항목이 {LONGEST_LIST}개를 넘는 목록은 항목별로 빼 보지 않음: {names}.",
    )


_NEVER_ASKED = Text(
    en="never asked: no test shows it a fact of its kind on a day on which it is in force",
    ko="판정한 적 없음: 시행 중인 날짜에 해당 종류의 사실을 보여 주는 테스트 없음",
)
