"""What every section needs: the assessment looked up in all ways, and words in the reader's language."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from compliance.language import Language
from compliance.model.evidence import Lines
from compliance.model.finding import ContradictionFinding, DependencyFinding, Finding
from compliance.model.placement import by_place, each_once
from compliance.model.quotation import Quotations
from compliance.model.text import Text
from compliance.model.verdict import Assessment, Severity
from compliance.reporters import finding_words, verdict_words, wording
from compliance.reporters.report.blocks import Cell, Link, Row, Violated
from compliance.reporters.report.tables import Words
from compliance.reporters.terminal_text import cut, visible
from compliance.reporters.violation_groups import ViolationGroup, findings_of, grouped

MOST_PLACES = 20
"""Links that a violation shows; the tables of its section name the rule in every row."""
MOST_WORDS = 90
"""Columns of a terminal, of what was found at one of several equal places."""

F = TypeVar("F", bound=Finding)


@dataclass(frozen=True, slots=True)
class Frame:
    """An assessment and the language in which it is told."""

    assessment: Assessment
    language: Language
    quotations: Quotations | None = None
    """Lines of the examined files; None where only places are told."""
    quoted: Mapping[tuple[str, Lines], tuple[str, ...]] = field(init=False)
    """Quoted lines by path and lines of their place."""
    by_id: Mapping[str, Finding] = field(init=False)
    """Findings, each once: stored assessments of earlier versions may have a fact twice."""
    groups: tuple[ViolationGroup, ...] = field(init=False)
    broken: Mapping[str, tuple[str, ...]] = field(init=False)
    """Rules that each finding breaks, gravest first, by its id."""
    tones: Mapping[str, Severity] = field(init=False)
    """How grave what each finding breaks is, waivers aside, by its id."""

    def __post_init__(self) -> None:
        """Look everything up once."""
        groups = tuple(grouped(self.assessment.violations))
        broken: defaultdict[str, list[str]] = defaultdict(list)
        tones: dict[str, Severity] = {}
        for group in groups:
            for identifier in group.violation.findings:
                broken[identifier].append(group.violation.rule)
                if group.violation.waiver is None:
                    tones.setdefault(identifier, group.violation.severity)
        object.__setattr__(self, "quoted", self.quotations.by_place() if self.quotations else {})
        object.__setattr__(self, "by_id", {one.id: one for one in each_once(self.assessment.findings)})
        object.__setattr__(self, "groups", groups)
        object.__setattr__(self, "broken", {name: tuple(dict.fromkeys(rules)) for name, rules in broken.items()})
        object.__setattr__(self, "tones", tones)

    def say(self, text: Text) -> str:
        """`text` in the reader's language."""
        return Words(self.language)(text)

    def of(self, kind: type[F]) -> list[F]:
        """Findings of `kind`, those that break a rule first, then by place."""
        found = [one for one in self.by_id.values() if isinstance(one, kind)]
        return sorted(found, key=lambda one: (one.id not in self.broken, *by_place(one)))

    def place(self, finding: Finding) -> str:
        """File and lines of `finding`."""
        path = visible(finding.path) or self.say(wording.WHOLE_SUBMISSION)
        return finding_words.with_lines(path, finding.lines)

    def link(self, finding: Finding) -> Link:
        """The place of `finding`, leading to its row."""
        return Link(self.place(finding), anchor_of(finding))

    def rules(self, finding: Finding) -> Cell:
        """The rules that `finding` breaks, each leading to what is said of it."""
        return tuple(Link(rule, rule_anchor(rule)) for rule in self.broken.get(finding.id, ()))

    def row(self, finding: Finding, *cells: Cell, entry: Link | None = None) -> Row:
        """The row of `finding`: its place with its `entry` of the appendix, `cells`, the rules that it breaks."""
        place = self.place(finding)
        first = (place, entry) if entry else place
        return Row((first, *cells, self.rules(finding)), anchor_of(finding), self.tones.get(finding.id))

    def violated(self, groups: Iterable[ViolationGroup]) -> tuple[Violated, ...]:
        """What is said of each of `groups`; the first of a rule is what links to the rule lead to."""
        met: Counter[str] = Counter()
        told = []
        for group in groups:
            rule = group.violation.rule
            met[rule] += 1
            anchor = rule_anchor(rule) if met[rule] == 1 else f"{rule_anchor(rule)}-{met[rule]}"
            told.append(self._violated(group, anchor))
        return tuple(told)

    def _violated(self, group: ViolationGroup, anchor: str) -> Violated:
        one = group.violation
        found = findings_of(group, self.by_id)
        label = self.say(WAIVED) if one.waiver else self.say(verdict_words.SEVERITIES[one.severity])
        waiver = [self.say(verdict_words.waived(one.waiver))] if one.waiver else []
        return Violated(
            rule=visible(one.rule),
            severity=one.severity,
            label=label,
            question=verdict_words.question(one.axis, group.targets, self.language),
            message=self.say(one.message),
            remedy=self.say(one.remedy),
            remedy_label=self.say(REMEDY),
            remarks=(*waiver, *(self.say(said) for said in (one.unevaluated, one.lead) if said)),
            places=self._places(found[:MOST_PLACES]),
            more_places=max(len(found) - MOST_PLACES, 0),
            anchor=anchor,
            waived=one.waiver is not None,
        )

    def _places(self, found: Sequence[Finding]) -> tuple[Link, ...]:
        """The places of `found`, with what was found where that may be one of several at a place."""
        met = Counter(map(self.place, found))
        alone = {one.id for one in found if met[self.place(one)] == 1 and not isinstance(one, DependencyFinding)}
        return tuple(self.link(one) if one.id in alone else self._told_apart(one) for one in found)

    def _told_apart(self, finding: Finding) -> Link:
        fact = finding_words.fact(finding, self.language)
        if not isinstance(finding, ContradictionFinding):  # whose words are our own
            fact = cut(fact, MOST_WORDS)
        return Link(f"{self.place(finding)} · {fact}", anchor_of(finding))


def anchor_of(finding: Finding) -> str:
    """The anchor of the finding's row."""
    return f"finding-{finding.id}"


def rule_anchor(rule: str) -> str:
    """The anchor of what is said of a rule."""
    return f"rule-{rule}"


WAIVED = Text(en="waived", ko="예외 승인")
REMEDY = Text(en="What to do", ko="조치")
