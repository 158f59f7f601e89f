"""What several teams have in common: rules that they break, origins of their code, licenses that break a rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from compliance.language import Language
from compliance.licenses.expressions import leaves
from compliance.model import fact_words
from compliance.model.finding import (
    DependencyFinding,
    Finding,
    LicenseFinding,
    Origin,
    OriginFinding,
    WeightsFinding,
)
from compliance.model.text import Text
from compliance.model.verdict import SEVERITY_RANK, Assessment, Severity
from compliance.reporters import origin_words, verdict_words
from compliance.reporters.report import counts
from compliance.reporters.report.blocks import Block, Cell, Column, Paragraph, Row, Section
from compliance.reporters.report.frame import Frame
from compliance.reporters.report.tables import Head, Words, table
from compliance.reporters.terminal_text import visible

_GRAVE = frozenset({Severity.FAIL, Severity.REVIEW})


class Team(msgspec.Struct, frozen=True):
    """One team's assessment looked up in all ways, and the earlier one that it is compared with."""

    name: str
    frame: Frame
    previous: Assessment | None = None

    @classmethod
    def of(cls, name: str, assessment: Assessment, previous: Assessment | None, language: Language) -> "Team":
        """The team of `assessment`, to be told in `language`."""
        return cls(name, Frame(assessment, language), previous)

    @property
    def assessment(self) -> Assessment:
        """What was found and judged."""
        return self.frame.assessment


def column(label: str, weight: int = 1) -> Column:
    """A column of words."""
    return Column(label, weight)


def sections(teams: Sequence[Team], say: Words) -> tuple[Section, ...]:
    """Rules that are broken by team; origins and licenses that break a rule, where several teams have them."""
    return (
        Section("rules", say(_RULES), _rows_or(say, _NO_RULES, _RULE_COLUMNS, list(_rules(teams, say)))),
        Section(
            "shared-origins",
            say(_ORIGINS),
            (
                Paragraph(say(_ABOUT_ORIGINS), "quiet"),
                *_rows_or(say, _NO_ORIGINS, _ORIGIN_COLUMNS, list(_origins(teams, say))),
            ),
        ),
        Section(
            "shared-licenses",
            say(_LICENSES),
            (
                Paragraph(say(_ABOUT_LICENSES), "quiet"),
                *_rows_or(say, _NO_LICENSES, _LICENSE_COLUMNS, list(_licenses(teams, say))),
            ),
        ),
    )


def _rows_or(say: Words, nothing: Text, columns: Sequence[Head], rows: Sequence[Row]) -> tuple[Block, ...]:
    return (table(say, None, columns, rows),) if rows else (Paragraph(say(nothing)),)


def _rules(teams: Sequence[Team], say: Words) -> Iterator[Row]:
    """Every broken rule, gravest first, with the teams that break it."""
    said: dict[tuple[Severity, str], str] = {}
    by_team: defaultdict[tuple[Severity, str], list[str]] = defaultdict(list)
    for team in teams:
        counted: defaultdict[tuple[Severity, str], set[str]] = defaultdict(set)
        for one in (group.violation for group in team.frame.groups):
            if one.waiver is None:
                said.setdefault((one.severity, one.rule), say(one.message))
                counted[one.severity, one.rule] |= set(one.findings)
        for key, findings in counted.items():
            by_team[key].append(f"{team.name}: {say(_places(len(findings)))}" if findings else team.name)
    for severity, rule in sorted(said, key=lambda key: (SEVERITY_RANK[key[0]], key[1])):
        label = say(verdict_words.SEVERITIES[severity])
        yield Row((visible(rule), label, said[severity, rule], tuple(by_team[severity, rule])), tone=severity)


def _origins(teams: Sequence[Team], say: Words) -> Iterator[Row]:
    """Families to which code of several teams is nearest, or from which it says to come."""
    files: dict[str, dict[str, dict[str, set[str]]]] = {}
    known: defaultdict[str, list[Origin]] = defaultdict(list)
    for team in teams:
        for finding in team.frame.of(OriginFinding):
            if finding.lineage:
                nearest = finding.lineage[0]
                relation = say(fact_words.RELATIONS[nearest.relation])
                by_relation = files.setdefault(nearest.family, {}).setdefault(team.name, {})
                by_relation.setdefault(relation, set()).add(finding.path)
                known[nearest.family].append(nearest)
    for family, having in sorted(files.items()):
        if len(having) > 1:
            yield Row(
                (
                    visible(family),
                    _each(one.project for one in known[family]),
                    _each(say(origin_words.maker(one)) for one in known[family]),
                    _each(one.expression or "" for one in known[family]),
                    tuple(
                        f"{name}: {relation}, {say(counts.files(len(paths)))}"
                        for name, relations in having.items()
                        for relation, paths in sorted(relations.items())
                    ),
                )
            )


def _licenses(teams: Sequence[Team], say: Words) -> Iterator[Row]:
    """Licenses named by findings of several teams that break a rule which fails or asks for review."""
    places: dict[str, dict[str, int]] = {}
    rules: defaultdict[str, set[str]] = defaultdict(set)
    for team in teams:
        grave: defaultdict[str, set[str]] = defaultdict(set)
        for one in (group.violation for group in team.frame.groups):
            if one.severity in _GRAVE and one.waiver is None:
                for identifier in one.findings:
                    grave[identifier].add(visible(one.rule))
        for finding in team.assessment.findings:
            for name in set(_named(finding)) if finding.id in grave else ():
                having = places.setdefault(visible(name), {})
                having[team.name] = having.get(team.name, 0) + 1
                rules[visible(name)] |= grave[finding.id]
    for name, having in sorted(places.items()):
        if len(having) > 1:
            told = tuple(f"{team}: {say(_places(count))}" for team, count in having.items())
            yield Row((name, tuple(sorted(rules[name])), told))


def _named(finding: Finding) -> Iterable[str]:
    """Licenses that the finding is about: identifiers of the knowledge base, else parts of its expression."""
    match finding:
        case LicenseFinding():
            return finding.license_ids or leaves(finding.expression)
        case WeightsFinding(license_id=str(identifier)):
            return (identifier,)
        case DependencyFinding():
            return leaves(finding.expression)
    return ()


def _each(words: Iterable[str]) -> Cell:
    return tuple(sorted({visible(one) for one in words if one})) or "–"


def _places(count: int) -> Text:
    return Text(en=f"{count:,} place{'s' * (count != 1)}", ko=f"{count:,}건")


_RULES = Text(en="Rules that are broken, by team", ko="팀별 규칙 위반")
_NO_RULES = Text(en="No rule is broken.", ko="위반한 규칙이 없습니다.")
_ORIGINS = Text(en="Origins that several teams have in common", ko="여러 팀에 공통된 출처")
_ABOUT_ORIGINS = Text(
    en="To the same families, code of several teams is nearest, or says so itself. That is no sign that one "
    "team took it from another.",
    ko="여러 팀의 코드가 같은 계열에 가장 가깝거나 스스로 그 출처를 밝힌 경우입니다. 팀 사이에 코드를 "
    "주고받았다는 뜻이 아닙니다.",
)
_NO_ORIGINS = Text(en="No origin was met in several teams.", ko="여러 팀에 공통된 출처가 없습니다.")
_LICENSES = Text(en="Licenses that break a rule in several teams", ko="여러 팀에서 규칙 위반의 원인이 된 라이선스")
_ABOUT_LICENSES = Text(
    en="Listed are licenses named by findings that break a rule which fails or asks for review, waivers aside.",
    ko="부적합 또는 검토 규칙을 위반하는 사실에 나오는 라이선스입니다. 예외 승인된 것은 제외합니다.",
)
_NO_LICENSES = Text(en="No such license was met in several teams.", ko="해당하는 라이선스가 없습니다.")
_TEAMS = (Text(en="Teams", ko="팀"), 5, False)
_RULE_COLUMNS = (
    (Text(en="Rule", ko="규칙"), 3, False),
    (Text(en="Severity", ko="심각도"), 1, False),
    (Text(en="What was found", ko="확인한 사실"), 5, False),
    _TEAMS,
)
_ORIGIN_COLUMNS = (
    (Text(en="Family", ko="계열"), 2, False),
    (Text(en="Projects", ko="프로젝트"), 2, False),
    (Text(en="Developer, country", ko="개발자, 국가"), 2, False),
    (Text(en="License", ko="라이선스"), 2, False),
    _TEAMS,
)
_LICENSE_COLUMNS = (
    (Text(en="License", ko="라이선스"), 3, False),
    (Text(en="Rules", ko="규칙"), 4, False),
    _TEAMS,
)
