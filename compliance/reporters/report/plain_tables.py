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
            sides = (Column(block.here, 5), Column(block.there, 5), Column(said["names"], 4))
            rows = (Row(((one.here, *one.quoted), one.there, one.names)) for one in block.stretches)
            return Table(sides, tuple(rows), block.title)
