"""Blocks that are tables at heart, for formats that draw them as such."""

from collections.abc import Mapping

from compliance.reporters.report.blocks import Column, Fields, Judgements, Row, SideBySide, Table


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
