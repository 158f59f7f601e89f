"""A report across teams: verdicts side by side, what several of them share, what has changed since last time.

Teams stand in alphabetical order. Nothing is ranked and no score is made up: every figure counts something.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from compliance.language import Language
from compliance.model.text import Text
from compliance.model.verdict import AXIS_RANK, Assessment, Axis, Severity, Target, Verdict
from compliance.reporters import verdict_words
from compliance.reporters.report import changes, shared
from compliance.reporters.report.blocks import Block, Paragraph, Report, Row, Section, Table
from compliance.reporters.report.shared import Team, column
from compliance.reporters.report.tables import Words, table
from compliance.reporters.terminal_text import visible

_TARGETS = tuple(Target)


def teams_of(judged: Mapping[str, tuple[Assessment, Assessment | None]], language: Language) -> tuple[Team, ...]:
    """The teams of assessments, each with its earlier one, in alphabetical order.

    Args:
        judged: by a key that tells those apart that call themselves alike.
        language: in which they are told.
    """
    met: defaultdict[str, list[str]] = defaultdict(list)
    for key, (assessment, _) in judged.items():
        met[team_name(assessment)].append(key)
    found = []
    for name, keys in met.items():
        for key in keys:
            told = f"{name} ({key})" if len(keys) > 1 else name
            found.append(Team.of(visible(told), *judged[key], language))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.name)))


def team_name(assessment: Assessment) -> str:
    """What the team calls itself, else its submission."""
    return assessment.subject.team or assessment.subject.name


def comparison_of(teams: Sequence[Team], language: Language) -> Report:
    """What there is to tell across `teams`, which were told in `language`."""
    say = Words(language)
    days = {one.assessment.policy.evaluated_on for one in teams}
    tools = {f"{one.assessment.tool.name} {one.assessment.tool.version}" for one in teams}
    since = [_since(teams, say)] if any(one.previous for one in teams) else []
    return Report(
        title=say(_TITLE),
        subtitle=", ".join(one.name for one in teams),
        language=language,
        sections=(
            Section("summary", say(_SUMMARY), tuple(_summary(teams, say))),
            *since,
            *shared.sections(teams, say),
            Section("reproduction", say(_MADE_FROM), (_made_from(teams, say),)),
        ),
        date=min(days) if len(days) == 1 else "",
        author=" / ".join(sorted(tools)),
    )


def _summary(teams: Sequence[Team], say: Words) -> Iterator[Block]:
    questions = _questions(teams)
    heads = [column(verdict_words.question(axis, [target], say.language), 2) for axis, target in questions]
    rows = [Row((team.name, *(_label(team.assessment, one, say) for one in questions))) for team in teams]
    yield Table((column(say(_TEAM), 2), *heads), tuple(rows), say(_VERDICTS))
    yield table(say, _COUNTS, _COUNT_COLUMNS, [_counted(team) for team in teams])
    policies = [one.assessment.policy for one in teams]  # waivers may well differ from team to team
    if len({(one.digest, one.evaluated_on) for one in policies}) > 1:
        yield Paragraph(say(_DIFFERENT_RULES), Verdict.INCOMPLETE)
    yield Paragraph(say(_NO_RANK), "quiet")


def _questions(teams: Sequence[Team]) -> list[tuple[Axis, Target | None]]:
    met = {(one.axis, one.target) for team in teams for one in team.assessment.verdicts}
    return sorted(met, key=lambda pair: (AXIS_RANK[pair[0]], _TARGETS.index(pair[1]) if pair[1] else -1))


def _label(assessment: Assessment | None, question: tuple[Axis, Target | None], say: Words) -> str:
    verdicts = assessment.verdicts if assessment else ()
    found = [one.verdict for one in verdicts if (one.axis, one.target) == question]
    return say(verdict_words.VERDICTS[found[0]]) if found else "–"


def _counted(team: Team) -> Row:
    standing = [one.violation for one in team.frame.groups if not one.violation.waiver]
    owed = (Severity.FAIL, Severity.REVIEW, Severity.OBLIGATION)
    counts = [sum(one.severity is severity for one in standing) for severity in owed]
    counts += [len(team.frame.groups) - len(standing), team.assessment.counts.files, len(team.assessment.skipped)]
    return Row((team.name, *(f"{count:,}" for count in counts)))


def _since(teams: Sequence[Team], say: Words) -> Section:
    """Verdicts then and now, and how many findings that break a rule are new, gone and unchanged."""
    rows = []
    for team in teams:
        if team.previous is None:
            rows.append(Row((team.name, say(_NO_EARLIER), "–", "–", "–", "–")))
            continue
        now, then = changes.broken(team.assessment), changes.broken(team.previous)
        moved = [
            f"{verdict_words.question(axis, [target], say.language)}: {before} → {after}"
            for axis, target in _questions([team])
            for before in [_label(team.previous, (axis, target), say)]
            for after in [_label(team.assessment, (axis, target), say)]
            if before != after
        ]
        counts = [f"{len(one):,}" for one in (now - then, then - now, now & then)]
        rows.append(
            Row((team.name, team.previous.policy.evaluated_on, tuple(moved) or say(_SAME_VERDICTS), *counts))
        )
    return Section(
        "changes", say(_SINCE), (table(say, None, _SINCE_COLUMNS, rows), Paragraph(say(_COUNTED), "quiet"))
    )


def _made_from(teams: Sequence[Team], say: Words) -> Block:
    rows = []
    for team in teams:
        policy, tool = team.assessment.policy, team.assessment.tool
        sources = tuple(
            visible(" ".join(filter(None, (one.path, one.revision)))) for one in team.assessment.subject.sources
        )
        judged_by = (f"{policy.id} {policy.version}", policy.digest, policy.evaluated_on)
        rows.append(Row((team.name, f"{tool.name} {tool.version}", judged_by, sources)))
    return table(say, None, _MADE_FROM_COLUMNS, rows)


_TITLE = Text(en="Compliance across teams", ko="팀 간 라이선스·오픈소스 준수 비교")
_SUMMARY = Text(en="Summary", ko="요약")
_TEAM = Text(en="Team", ko="팀")
_VERDICTS = Text(en="Verdicts", ko="판정")
_COUNTS = Text(en="How many rules are broken, and how much was seen", ko="규칙 위반 수와 검사 범위")
_COUNT_COLUMNS = (
    (_TEAM, 3, False),
    (Text(en="Failures", ko="부적합"), 2, True),
    (Text(en="Reviews", ko="검토"), 2, True),
    (Text(en="Obligations", ko="의무"), 2, True),
    (Text(en="Waived", ko="예외 승인"), 2, True),
    (Text(en="Files", ko="파일 수"), 2, True),
    (Text(en="Not examined", ko="검사하지 못한 항목"), 2, True),
)
_DIFFERENT_RULES = Text(
    en="These submissions were judged by different policies, or by the rules of different days: judge the stored "
    "facts again with `compliance assess` before you compare verdicts.",
    ko="서로 다른 정책 또는 다른 기준일로 판정한 결과입니다. 판정을 비교하려면 저장된 조사 목록을 `compliance "
    "assess` 명령으로 다시 판정하세요.",
)
_NO_RANK = Text(
    en="Teams stand in alphabetical order. Numbers count statements of the reports and rank nobody: a larger "
    "submission has more files, and more that can be said of it.",
    ko="팀은 이름순입니다. 숫자는 보고서의 건수일 뿐 순위가 아닙니다. 제출물이 크면 파일과 건수도 많아집니다.",
)
_SINCE = Text(en="Since the last report", ko="지난 보고서 이후")
_NO_EARLIER = Text(en="no earlier report", ko="지난 보고서 없음")
_SAME_VERDICTS = Text(en="the same verdicts", ko="판정 변동 없음")
_COUNTED = Text(
    en="Counted are findings that break a rule without a waiver. The report of each team names them.",
    ko="예외 승인 없이 규칙을 위반하는 사실의 건수입니다. 자세한 내용은 팀별 보고서에 있습니다.",
)
_SINCE_COLUMNS = (
    (_TEAM, 3, False),
    (Text(en="Rules then in force on", ko="지난 기준일"), 2, False),
    (Text(en="Verdicts that changed", ko="바뀐 판정"), 6, False),
    (Text(en="New", ko="신규"), 1, True),
    (Text(en="Gone", ko="해소"), 1, True),
    (Text(en="Unchanged", ko="변동 없음"), 1, True),
)
_MADE_FROM = Text(en="What this report was made from", ko="이 보고서의 바탕")
_MADE_FROM_COLUMNS = (
    (_TEAM, 2, False),
    (Text(en="Program", ko="프로그램"), 2, False),
    (Text(en="Policy, its digest, rules in force on", ko="정책, 해시, 기준일"), 5, False),
    (Text(en="Sources and commits", ko="검사 대상과 커밋"), 5, False),
)
