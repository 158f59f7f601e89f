"""Long tables as pages have them: rows that say the same are one, with how many there are and the first places."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from compliance.model import fact_words
from compliance.model.finding import Finding
from compliance.model.text import Text
from compliance.reporters.report.blocks import Block, Cell, Column, Link, Paragraph, Row, Table
from compliance.reporters.report.frame import Frame, anchor_of
from compliance.reporters.report.tables import Head

MOST_ROWS = 100
"""Of a table that is told row by row on pages; more would be leafed through, not read."""
MOST_PLACES = 3
"""Of rows that were made one."""
MOST_WORDS = 4
"""Of what differs among rows that were made one."""

Told = tuple[Finding, tuple[Cell, ...], str]
"""A finding, what is said of it, and a word that may differ among rows that are made one."""


def pages(
    frame: Frame,
    heads: Sequence[Head],
    differing: Head | None,
    found: Iterable[Told],
    entries: Mapping[str, Link],
    *,
    named: bool = False,
) -> tuple[Block, ...]:
    """What stands on pages for a table of `found`; nothing where that is short enough to be told row by row.

    Args:
        frame: the assessment.
        heads: of the cells that are told of each finding.
        differing: head of the words that may differ among rows that are made one; None leaves them out.
        found: in the order of the whole table.
        entries: what leads to the entry of the appendix, by the finding's identifier.
        named: whether the words are names of the findings: then all of them stand there, and no places.
    """
    told = list(found)
    if len(told) <= MOST_ROWS:
        return ()
    same: defaultdict[tuple[tuple[Cell, ...], Cell], list[Told]] = defaultdict(list)
    for one in told:
        same[one[1], frame.rules(one[0])].append(one)
    rows = [
        _row(frame, ones, (*cells, *_beside(frame, ones, entries, differing, named=named), rules))
        for (cells, rules), ones in sorted(same.items(), key=lambda pair: -len(pair[1]))
    ]
    columns = (*heads, *((differing,) if differing else ()), _COUNT, *(() if named else (_PLACES,)), _RULES)
    table = Table(tuple(Column(frame.say(head[0]), *head[1:]) for head in columns), tuple(rows))
    return table, Paragraph(frame.say(_how(len(told), len(rows))), "quiet")


def _row(frame: Frame, ones: Sequence[Told], cells: tuple[Cell, ...]) -> Row:
    findings = [finding for finding, _, _ in ones]
    return Row(
        cells,
        tone=next((tone for one in findings if (tone := frame.tones.get(one.id))), None),
        anchors=tuple(anchor_of(one) for one in findings),
    )


def _beside(
    frame: Frame, ones: Sequence[Told], entries: Mapping[str, Link], differing: Head | None, *, named: bool
) -> Iterator[Cell]:
    """What stands in a row between what is the same and the rules: words, the count, places."""
    words = [word for _, _, word in ones]
    if differing:
        yield ", ".join(sorted(words)) if named else tuple(_commonest(frame, words))
    yield f"{len(ones):,}"
    if not named:
        yield tuple(_first_places(frame, [finding for finding, _, _ in ones], entries))


def _first_places(frame: Frame, findings: Sequence[Finding], entries: Mapping[str, Link]) -> Iterator[str | Link]:
    yield from (_place(frame, one, entries) for one in findings[:MOST_PLACES])
    if len(findings) > MOST_PLACES:
        yield frame.say(fact_words.and_more(len(findings) - MOST_PLACES))


def _place(frame: Frame, finding: Finding, entries: Mapping[str, Link]) -> str | Link:
    entry = entries.get(finding.id)
    if entry is None:
        return frame.place(finding)
    number = entry.text.replace(" ", "\u00a0")  # no line breaks off from its word
    return Link(f"{frame.place(finding)} ({number})", entry.anchor)


def _commonest(frame: Frame, words: Iterable[str]) -> Iterator[str]:
    counted = Counter(filter(None, words))
    yield from (word for word, _ in counted.most_common(MOST_WORDS))
    if len(counted) > MOST_WORDS:
        yield frame.say(fact_words.and_more_things(len(counted) - MOST_WORDS))


def _how(findings: int, rows: int) -> Text:
    return Text(
        en=f"{findings:,} findings in {rows:,} rows: those of which the same is said share a row. The HTML, XLSX "
        "and CSV formats of this report have a row for each.",
        ko=f"{findings:,}건을 {rows:,}행에 담았습니다. 내용이 같은 것은 한 행으로 묶었으며, 한 건씩 모두 적은 "
        "표는 이 보고서의 HTML, XLSX, CSV 형식에 있습니다.",
    )


_COUNT = (Text(en="Findings", ko="건수"), 1, True)
_PLACES = (Text(en="First places", ko="처음 몇 곳"), 7, False)
_RULES = (Text(en="Rules", ko="규칙"), 6, False)
