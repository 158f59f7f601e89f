"""A report as the plain data that the template of its pages reads; no word in it is read as markup."""

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Any

import msgspec

from compliance.reporters.report.blocks import (
    Bars,
    Block,
    Cell,
    Column,
    Fields,
    Graph,
    Judgement,
    Link,
    Listing,
    Report,
    Row,
    Section,
    SideBySide,
    Stretch,
    Table,
    Violated,
    parts_of,
)
from compliance.reporters.report.column_widths import number_width
from compliance.reporters.report.drawing import PRINTED, size_of, svg_of

MOST_LINKED_ROWS = 300
"""Rows of a table, or entries of an appendix, up to which they lead elsewhere: links take a third of the time."""
_LETTER = 5.4
"""Points that a Latin letter takes in a table, wide ones left out."""
_COLUMN = 5.0
"""Points that a terminal's column takes on paper at the size of the tables."""
_PAGE = 481.9
"""Points between the margins."""
_LONGEST = 16
"""Letters of a word that any column but a very narrow one has room for."""
_INSET = 9.0
"""Points at both sides of a cell."""
_BROKEN: dict[type, tuple[str, ...]] = {
    Row: ("cells",),
    Fields: ("rows",),
    Listing: ("items",),
    Violated: ("places",),
    Judgement: ("reasons", "cures"),
    SideBySide: ("finding", "nearest"),
    Stretch: ("here", "there", "names", "brief"),
}
"""What stands in narrow columns, where long paths and names need places to break at."""
_AFTER_SIGN = re.compile(r"(?:[/_](?![/_.-]|$)|-(?![/_.-]|\d|$)|\.(?![/_.-]|\d|\w{1,3}(?!\w)|$)|:(?=\d))")
"""Also before the number of a line; not before a sign, a number of a version or the ending of a file's name."""
_IN_NAME = re.compile(rf"[^\s\u200b]{{{_LONGEST + 1},}}")
_BEFORE_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
"""Inside a name of several words, such as those of classes."""
_LONG = re.compile(rf"[^\s\u200b]{{{_LONGEST}}}(?!$)")


def page_data(report: Report) -> tuple[dict[str, Any], list[dict[str, object]]]:
    """`report` as JSON can hold it, and its diagrams, to which it refers by number."""
    light = msgspec.structs.replace(report, sections=tuple(map(_lightened, report.sections)))
    return _Data({one.anchor for one in _links(light)}).of(light)


class _Data:
    def __init__(self, targets: set[str]) -> None:
        self._targets = targets
        self._drawings: list[dict[str, object]] = []

    def of(self, report: Report) -> tuple[dict[str, Any], list[dict[str, object]]]:
        plain: dict[str, Any] = self._plain(report)
        return plain, self._drawings

    def _plain(self, content: Any, broken: bool = False) -> Any:
        if isinstance(content, Enum):
            return content.value
        if isinstance(content, str):
            return _breakable(content) if broken else content
        if isinstance(content, tuple | list):
            return [self._plain(one, broken) for one in content]
        if isinstance(content, Link):
            return {"text": _breakable(content.text) if broken else content.text, "anchor": content.anchor}
        if not isinstance(content, msgspec.Struct):
            return content
        narrow = _BROKEN.get(type(content), ())
        plain = {one: self._plain(getattr(content, one), one in narrow) for one in content.__struct_fields__}
        plain["kind"] = type(content).__name__
        self._complete(content, plain)
        return plain

    def _complete(self, content: Any, plain: dict[str, Any]) -> None:
        match content:
            case Row(anchor=anchor, anchors=anchors):
                own = (anchor, *anchors)
                plain["anchors"] = [one for one in own if one in self._targets]
            case Table(columns=columns, rows=rows):
                for place, (column, told) in enumerate(zip(columns, plain["columns"], strict=True)):
                    told["width"] = _width(column, [row.cells[place] for row in rows])
                for place, most in enumerate(_letters(plain["columns"])):
                    plain["columns"][place]["letters"] = most
                    if 0 < most < _LONGEST:
                        _break_column(plain, place, most)
            case Graph() | Bars():
                plain["drawing"] = self._drawn(content)

    def _drawn(self, diagram: Graph | Bars) -> int:
        svg = svg_of(diagram, PRINTED)
        width, height = size_of(svg)
        self._drawings.append({"svg": svg, "width": width, "height": height})
        return len(self._drawings) - 1


def _lightened(section: Section) -> Section:
    """`section` without the links of what it has too many of."""
    many = sum(isinstance(block, SideBySide) for block in section.blocks) > MOST_LINKED_ROWS
    blocks = tuple(_unlinked(block, entries=many) for block in section.blocks)
    return msgspec.structs.replace(section, blocks=blocks, sections=tuple(map(_lightened, section.sections)))


def _unlinked(block: Block, *, entries: bool) -> Block:
    match block:
        case Table(rows=rows) if _is_large(block):
            words = tuple(
                msgspec.structs.replace(row, cells=tuple(_words(cell) for cell in row.cells)) for row in rows
            )
            return msgspec.structs.replace(block, rows=words)
        case SideBySide(finding=finding) if entries:
            return msgspec.structs.replace(block, finding=parts_of(finding)[0])
    return block


def _is_large(block: object) -> bool:
    return isinstance(block, Table) and len(block.rows) > MOST_LINKED_ROWS


def _words(cell: Cell) -> Cell:
    return parts_of(cell) if isinstance(cell, tuple) else parts_of(cell)[0]


def _links(content: Any) -> Iterator[Link]:
    """All links; large tables have none."""
    if _is_large(content):
        return
    if isinstance(content, Link):
        yield content
    elif isinstance(content, tuple):
        for one in content:
            yield from _links(one)
    elif isinstance(content, msgspec.Struct):
        for field in content.__struct_fields__:
            yield from _links(getattr(content, field))


def _width(column: Column, cells: list[Cell]) -> float | None:
    """Points that the numbers of `column` take; None where it holds words."""
    return number_width(column, cells) * _COLUMN + _INSET if column.number else None


def _letters(columns: list[dict[str, Any]]) -> list[int]:
    """How many letters a line of each column surely has room for; 0 of a column of numbers."""
    room = _PAGE - sum(one["width"] or 0 for one in columns)
    whole = sum(one["weight"] for one in columns if one["width"] is None)
    return [
        0 if one["width"] is not None else max(int((one["weight"] / whole * room - _INSET) / _LETTER), 1)
        for one in columns
    ]


def _break_column(table: dict[str, Any], place: int, most: int) -> None:
    """Places to break at in words of the column that are longer than its lines."""
    long = re.compile(rf"[^\s\u200b]{{{most}}}(?=[^\s\u200b])")

    def broken(cell: Any) -> Any:
        if isinstance(cell, list):
            return [broken(one) for one in cell]
        if isinstance(cell, dict):
            return {**cell, "text": broken(cell["text"])}
        return long.sub("\\g<0>\u200b", cell)

    column = table["columns"][place]
    column["label"] = broken(column["label"])
    for row in table["rows"]:
        row["cells"][place] = broken(row["cells"][place])


@lru_cache(maxsize=1 << 16)
def _breakable(words: str) -> str:
    """`words` with places to break at inside long paths and names, which have no spaces; `97 %` stays together."""
    words = words.replace(" %", "\u00a0%")
    parts = _IN_NAME.sub(_between_words, _AFTER_SIGN.sub("\\g<0>\u200b", words))
    return _LONG.sub("\\g<0>\u200b", parts)


def _between_words(name: re.Match[str]) -> str:
    return _BEFORE_WORD.sub("\u200b", name[0])
