"""Blocks that are tables at heart, for formats that draw them as such."""

from collections.abc import Mapping, Sequence

from compliance.reporters.report.blocks import Cell, Column, Fields, Judgements, Row, SideBySide, Stretch, Table


def entries_table(entries: Sequence[SideBySide], said: Mapping[str, str]) -> Table:
    """`entries` of an appendix, of which there is one at least, as one table: a row a place; `said` as below."""
    columns = (
        Column(said["number"], number=True),
        Column(entries[0].here, 6),
        Column(entries[0].there, 6),
        Column(said["names"], 4),
    )
    rows = (
        Row((f"{entry.number:,}", (one.here, *one.quoted), _known(entry, one), one.names or "–"))
        for entry in entries
        for one in entry.stretches
    )
    return Table(columns, tuple(rows))


def _known(entry: SideBySide, place: Stretch) -> Cell:
    """Project, release, file and lines of the known code; the file once, unless the place is in another one."""
    path = place.there.rpartition(":")[0]
    return (entry.nearest.removesuffix(path).rstrip() or "–", place.there)


def as_table(block: Table | Fields | Judgements | SideBySide, said: Mapping[str, str]) -> Table:
    """`block` as a table; `said` are the labels of `words.words`."""
    match block:
        case Table():
            return block
        case Fields():
            return Table((Column(said["name"]), Column(said["value"], 3)), tuple(map(Row, block.rows)))
        case Judgements():
            heads = (
                Column(said["question"], 2),
                Column(said["verdict"]),
                Column(said["why"], 4),
                Column(said["cure"], 4),
            )
            rows = (Row((one.question, one.label, one.reasons, one.cures)) for one in block.rows)
            return Table(heads, tuple(rows))
        case SideBySide():
            # names and lines of both sides on one line: three columns would have no room for either
            column = Column(said["lines"], code=True)
            return Table(
                (column,), tuple(Row(((one.brief, *one.quoted),)) for one in block.stretches), block.title
            )
