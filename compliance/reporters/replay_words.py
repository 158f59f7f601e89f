"""The words for what would change under another policy or on another day, in both languages."""

from compliance.model.replay import Replay, Replayed, VerdictChange
from compliance.model.text import Text
from compliance.model.verdict import Verdict
from compliance.reporters.verdict_words import VERDICTS, policy_line
from compliance.reporters.wording import title

TITLE = Text(en="What would change", ko="정책 변경 영향")
BEFORE = Text(en="Before", ko="이전")
AFTER = Text(en="After", ko="이후")
SUBJECT = Text(en="Submission", ko="제출물")
QUESTION = Text(en="Question", ko="판정 항목")
RULES = Text(en="By rule", ko="근거 규칙")
RULE = Text(en="Rule", ko="규칙")
VERDICTS_HEADING = Text(en="Verdicts that change", ko="달라지는 판정")
RULES_HEADING = Text(
    en="Violations that change, over submissions and targets", ko="달라지는 위반(제출물과 대상별 건수)"
)
SKIPPED_HEADING = Text(
    en="Not judged: see to these files, then replay again", ko="판정하지 못한 파일: 처리한 뒤 다시 실행하세요"
)
UNCHANGED_HEADING = Text(en="Submissions whose verdicts stay", ko="판정이 그대로인 제출물")
NO_CHANGE = Text(en="No verdict changes.", ko="달라지는 판정 없음.")
NO_VIOLATION_CHANGES = Text(en="No violation changes.", ko="달라지는 위반 없음.")
NO_VERDICT = Text(en="not asked", ko="판정 대상 아님")
FILE = Text(en="File", ko="파일")
WHY = Text(en="Why", ko="사유")
EFFECTS = (
    ("appear", Text(en="appear", ko="신규")),
    ("vanish", Text(en="vanish", ko="해소")),
    ("graver", Text(en="graver", ko="강화")),
    ("milder", Text(en="milder", ko="완화")),
    ("other_findings", Text(en="other findings", ko="대상 변경")),
)
"""The columns of a rule's counts, by the names of its fields."""


def verdict(verdict_: Verdict | None) -> Text:
    """The verdict, or that there is none."""
    return VERDICTS[verdict_] if verdict_ else NO_VERDICT


def subject(document: Replayed) -> str:
    """Team and name."""
    return title(document.subject)


def direction(change: VerdictChange) -> str:
    """`graver`, `milder` or `other`, for how a change is shown."""
    if change.before is None or change.after is None:
        return "other"
    order = list(Verdict)
    return "graver" if order.index(change.after) > order.index(change.before) else "milder"


def policies(replayed: Replay) -> tuple[Text, Text]:
    """Which policy judged before and which after."""
    return policy_line(replayed.before), policy_line(replayed.after)


def summary(replayed: Replay) -> Text:
    """How many verdicts of how many submissions change."""
    changed, every = len(replayed.changed), len(replayed.documents)
    verdicts = sum(len(one.changes) for one in replayed.changed)
    skipped = len(replayed.skipped)
    return Text(
        en=f"{verdicts:,} verdict{'s' * (verdicts != 1)} of {changed:,} of {every:,} submissions change; "
        f"{len(replayed.rules)} rules have other violations; {skipped:,} files could not be judged.",
        ko=f"제출물 {every:,}건 중 {changed:,}건에서 판정 {verdicts:,}개 변경. "
        f"위반이 달라지는 규칙 {len(replayed.rules)}개. 판정하지 못한 파일 {skipped:,}개.",
    )
