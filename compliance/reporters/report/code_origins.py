"""Third-party code: what it is nearest to, how near, and from whom that descends."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from compliance.model import fact_words, origin_notice
from compliance.model.finding import Origin, OriginFinding
from compliance.model.text import Text
from compliance.reporters import origin_words
from compliance.reporters.report import appendix, condensing, counts
from compliance.reporters.report.blocks import (
    Bar,
    Bars,
    Block,
    Cell,
    Edge,
    Graph,
    Link,
    Node,
    Paragraph,
    Row,
)
from compliance.reporters.report.frame import Frame
from compliance.reporters.report.tables import table
from compliance.reporters.terminal_text import visible

MOST_IN_GRAPH = 12
"""Families that a diagram shows; more would not be read."""
MOST_FAMILIES = 4
"""Families beside the nearest that a row names; JSON has them all."""
_BY_TEXT = frozenset({"copied", "derived"})


def blocks(frame: Frame) -> Iterator[Block]:
    """Shares by origin, the lineage as a graph, and every place."""
    found = frame.of(OriginFinding)
    if not found:
        return
    yield from _shares(frame, found)
    yield from _lineage(frame, found)
    entries = appendix.references(frame)
    rows = [_row(frame, one, entries.get(one.id)) for one in found]
    told = ((one, _in_short(frame, one), visible(one.lineage[0].family) if one.lineage else "") for one in found)
    pages = condensing.pages(frame, _SHORT_COLUMNS, _FAMILIES, told, entries)
    yield table(frame.say, _PLACES, _COLUMNS, rows, pages)
    if entries:
        yield Paragraph(frame.say(appendix.ABOUT_REFERENCES), "quiet")


def _row(frame: Frame, finding: OriginFinding, entry: Link | None) -> Row:
    nearest = finding.lineage[0] if finding.lineage else None
    others = frame.say(_some(list(dict.fromkeys(visible(one.family) for one in finding.lineage[1:]))))
    told = (visible(origin_notice.name_of(nearest)), _family(frame, nearest), others) if nearest else ("–",)
    return frame.row(
        finding,
        frame.say(fact_words.RELATIONS[nearest.relation]) if nearest else "–",
        tuple(filter(None, told)),
        counts.percent(nearest.share if nearest else None),
        counts.percent(nearest.confidence if nearest else None),
        visible(nearest.expression or "–") if nearest else "–",
        entry=entry,
    )


def _in_short(frame: Frame, finding: OriginFinding) -> tuple[Cell, ...]:
    """Of the nearest origin, what many files have in common."""
    if not finding.lineage:
        return "–", "–"
    nearest = finding.lineage[0]
    relation = frame.say(fact_words.RELATIONS[nearest.relation])
    return relation, tuple(visible(one) for one in (nearest.project, nearest.expression) if one) or "–"


def _some(families: Sequence[str]) -> Text:
    """The first of `families`, and how many more there are."""
    shown, more = ", ".join(families[:MOST_FAMILIES]), len(families) - MOST_FAMILIES
    left = fact_words.and_more_things(more)
    return Text(en=f"{shown} {left.en}", ko=f"{shown} {left.ko}") if more > 0 else Text(en=shown, ko=shown)


def _family(frame: Frame, origin: Origin) -> str:
    """The family with its developer, who need not have made the project that holds its code."""
    maker = visible(frame.say(origin_words.maker(origin)))
    if not origin.project:  # the family stands there already
        return maker
    return f"{visible(origin.family)} ({maker})" if maker else visible(origin.family)


def _shares(frame: Frame, found: Sequence[OriginFinding]) -> Iterator[Bars]:
    """How much of the code that was compared by text is nearest to each family, in lines of the examined files."""
    lines: Counter[str] = Counter()
    for finding in found:
        if finding.lineage and finding.lineage[0].relation in _BY_TEXT:
            lines[finding.lineage[0].family] += sum(
                last - first + 1 for first, last in {s.lines for s in finding.spans}
            )
    whole = sum(lines.values())
    if not whole:
        return
    bars = tuple(
        Bar(visible(family), count / whole, frame.say(counts.lines(count)))
        for family, count in lines.most_common(MOST_IN_GRAPH)
    )
    if (more := len(lines) - len(bars)) > 0:
        rest = whole - sum(count for _, count in lines.most_common(MOST_IN_GRAPH))
        bars += (Bar(frame.say(_others(more)), rest / whole, frame.say(counts.lines(rest))),)
    told = "; ".join(f"{one.label} {counts.percent(one.share)} ({one.note})" for one in bars)
    yield Bars(frame.say(_SHARES), told, bars)


def _others(families: int) -> Text:
    return Text(en=f"{families:,} more", ko=f"그 밖의 계열 {families:,}개")


def _lineage(frame: Frame, found: Sequence[OriginFinding]) -> Iterator[Graph]:
    """From the submission to the nearest families, and from these to what they descend from."""
    files: defaultdict[str, set[str]] = defaultdict(set)
    makers: dict[str, str] = {}
    above: set[tuple[str, str]] = set()
    for finding in found:
        if not finding.lineage:
            continue
        nearest, *others = finding.lineage
        files[nearest.family].add(finding.path)
        makers.update({one.family: visible(frame.say(origin_words.maker(one))) for one in finding.lineage})
        above |= {(nearest.family, one.family) for one in others if one.role == "ancestor"}
    shown = sorted(files, key=lambda family: (-len(files[family]), family))[:MOST_IN_GRAPH]
    if not shown:
        return
    edges = [Edge("subject", family, frame.say(counts.files(len(files[family])))) for family in shown]
    edges += [Edge(low, high) for low, high in sorted(above) if low in shown and low != high]
    ancestors = {edge.target for edge in edges} - set(shown)
    nodes = [Node("subject", visible(frame.assessment.subject.name), kind="subject")]
    nodes += [Node(family, visible(family), makers[family]) for family in shown]
    nodes += [Node(family, visible(family), makers[family], "ancestor") for family in sorted(ancestors)]
    labels = {one.id: one.label for one in nodes}
    targets_of: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        note = f" ({edge.label})" if edge.label else ""
        targets_of[labels[edge.source]].append(f"{labels[edge.target]}{note}")
    told = "; ".join(f"{source} → {', '.join(targets)}" for source, targets in targets_of.items())
    yield Graph(frame.say(_LINEAGE), told, tuple(nodes), tuple(edges))


_PLACES = Text(
    en="Code with a known origin or near to known code", ko="출처가 알려졌거나 알려진 코드와 가까운 코드"
)
_SHARES = Text(
    en="Nearest families, by lines of code near to known code",
    ko="가장 가까운 계열(알려진 코드와 가까운 행 기준)",
)
_LINEAGE = Text(en="Lineage of the code (not of weights)", ko="코드의 계보(가중치의 계보가 아님)")
_FAMILIES = (Text(en="Nearest families", ko="가장 가까운 계열"), 4, False)
_SHORT_COLUMNS = (
    (Text(en="Relation", ko="관계"), 4, False),
    (Text(en="Project, license", ko="프로젝트, 라이선스"), 5, False),
)
_COLUMNS = (
    (Text(en="File and lines", ko="파일과 행"), 5, False),
    (Text(en="Relation", ko="관계"), 4, False),
    (Text(en="Nearest; family (made by); others", ko="가장 가까운 코드, 계열(개발자), 다른 계열"), 6, False),
    (Text(en="Share", ko="일치"), 1, True),
    (Text(en="Confidence", ko="신뢰도"), 1, True),
    (Text(en="License", ko="라이선스"), 4, False),
    (Text(en="Rules", ko="규칙"), 6, False),
)
