"""Blocks of a report as GitHub's Markdown; everything that comes from examined files is code or escaped."""

import re
from collections.abc import Iterator, Mapping

from compliance.reporters.report.blocks import (
    Bars,
    Block,
    Cell,
    Graph,
    Listing,
    Paragraph,
    Preformatted,
    Report,
    Section,
    Table,
    Violated,
    parts_of,
)
from compliance.reporters.report.plain_tables import as_table
from compliance.reporters.report.words import words

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>@$:])")
_TICKS = re.compile(r"`+")
_DEEPEST = 6
"""Level of a heading that Markdown knows."""


def document_lines(report: Report) -> Iterator[str]:
    """The lines of `report`; anchors are left out, since the format has none of its own."""
    yield f"# {escaped(report.title)}"
    yield ""
    yield escaped(report.subtitle)
    yield ""
    for section in report.sections:
        yield from _section(section, 2, words(report.language))


def escaped(words: str) -> str:
    """`words` as Markdown that reads as they do: no markup, no mention of a user or an issue, no HTML."""
    plain = words.replace("&", "&amp;").replace("<", "&lt;")
    return _SPECIAL.sub(r"\\\1", plain)


def code(words: str) -> str:
    """`words` as a span of code, whatever marks stand in them."""
    longest = max((len(ticks) for ticks in _TICKS.findall(words)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{edge}{words}{edge}{fence}"


def _section(section: Section, level: int, said: Mapping[str, str]) -> Iterator[str]:
    yield f"{'#' * min(level, _DEEPEST)} {escaped(section.title)}"
    yield ""
    for block in section.blocks:
        yield from _block(block, said)
        yield ""
    for inner in section.sections:
        yield from _section(inner, level + 1, said)


def _block(block: Block, said: Mapping[str, str]) -> Iterator[str]:
    match block:
        case Paragraph():
            yield escaped(block.text)
        case Listing():
            yield from (f"- {escaped(item)}" for item in block.items)
        case Preformatted():
            yield from _titled(block.title)
            yield from (f"    {line}" for line in block.text.splitlines())
        case Violated():
            yield f"**{escaped(f'{block.label}: {block.message}')}**"
            yield ""
            yield f"- {code(block.rule)} · {escaped(block.question)}"
            yield from (f"- {escaped(remark)}" for remark in block.remarks)
            yield from (f"- {code(place.text)}" for place in block.places)
            yield f"- {escaped(f'{block.remedy_label}: {block.remedy}')}"
        case Graph() | Bars():
            yield from _titled(block.title)
            yield escaped(block.alternative)
        case _:
            yield from _table(as_table(block, said))


def _table(table: Table) -> Iterator[str]:
    yield from _titled(table.title)
    yield f"| {' | '.join(escaped(column.label) for column in table.columns)} |"
    yield f"|{'---|' * len(table.columns)}"
    yield from (f"| {' | '.join(_cell(cell) for cell in row.cells)} |" for row in table.rows)


def _titled(title: str) -> Iterator[str]:
    if title:
        yield f"**{escaped(title)}**"
        yield ""


def _cell(cell: Cell) -> str:
    return "<br>".join(map(escaped, parts_of(cell))) or "–"
