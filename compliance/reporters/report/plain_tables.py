"""Blocks that are tables at heart, for formats that draw them as such."""

from collections.abc import Mapping, Sequence

from compliance.reporters.report.blocks import Column, Fields, Judgements, Row, SideBySide, Stretch, Table


def entries_table(entries: Sequence[SideBySide], said: Mapping[str, str]) -> Table:
    """`entries` of an appendix, of which there is one at least, as one table: a row a place; `said` as below."""
    here, there = entries[0].here, entries[0].there
    columns = (
        Column(said["number"], number=True),
        Column(said["finding"], 3),
        Column(here, 6),
        Column(there, 3),
        Column(said["names"], 3),
    )
    rows = tuple(_place(entry, one) for entry in entries for one in entry.stretches)
    return Table(columns, rows)


def _place(entry: SideBySide, one: Stretch) -> Row:
    there = (entry.nearest, one.there)
    return Row((f"{entry.number:,}", entry.finding, (one.here, *one.quoted), there, one.names or "–"))


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
            quoting = any(one.quoted for one in block.stretches)
            ours, others, names = (10, 4, 3) if quoting else (5, 5, 4)
            sides = (Column(block.here, ours), Column(block.there, others), Column(said["names"], names))
            rows = (Row(((one.here, *one.quoted), one.there, one.names or "–")) for one in block.stretches)
            return Table(sides, tuple(rows), block.title)
