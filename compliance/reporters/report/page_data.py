"""A report as the plain data that the template of its pages reads; no word in it is read as markup."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any, TypeGuard

from compliance.reporters.report.blocks import (
    Bars,
    Cell,
    Column,
    Fields,
    Graph,
    Judgement,
    Link,
    Listing,
    Report,
    Row,
    Stretch,
    Table,
    Violated,
    parts_of,
)
from compliance.reporters.report.column_widths import number_width
from compliance.reporters.report.drawing import PRINTED, size_of, svg_of

MOST_LINKED_ROWS = 300
"""Rows of a table up to which its cells lead elsewhere: links take a third of the time of a large report."""
_COLUMN = 5.0
"""Points that a terminal's column takes on paper at the size of the tables."""
_INSET = 9.0
"""Points at both sides of a cell."""
_BROKEN: dict[type, tuple[str, ...]] = {
    Row: ("cells",),
    Fields: ("rows",),
    Listing: ("items",),
    Violated: ("places",),
    Judgement: ("reasons", "cures"),
    Stretch: ("here", "there", "names"),
}
"""What stands in narrow columns, where long paths and names need places to break at."""
_AFTER_SIGN = re.compile(r"[/_.-](?!$)")
_LONG = re.compile(r"[^\s\u200b]{16}(?!$)")


def page_data(report: Report) -> tuple[dict[str, Any], list[dict[str, object]]]:
    """`report` as JSON can hold it, and its diagrams, to which it refers by number."""
    return _Data({one.anchor for one in _links(report)}).of(report)


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
        if not is_dataclass(content) or isinstance(content, type):
            return content
        if _is_large(content):
            content = _unlinked(content)
        narrow = _BROKEN.get(type(content), ())
        plain = {one.name: self._plain(getattr(content, one.name), one.name in narrow) for one in fields(content)}
        plain["kind"] = type(content).__name__
        self._complete(content, plain)
        return plain

    def _complete(self, content: Any, plain: dict[str, Any]) -> None:
        match content:
            case Row(anchor=anchor):
                plain["anchor"] = anchor if anchor in self._targets else None
            case Table(columns=columns, rows=rows):
                for place, (column, told) in enumerate(zip(columns, plain["columns"], strict=True)):
                    told["width"] = _width(column, [row.cells[place] for row in rows])
            case Graph() | Bars():
                plain["drawing"] = self._drawn(content)

    def _drawn(self, diagram: Graph | Bars) -> int:
        svg = svg_of(diagram, PRINTED)
        width, height = size_of(svg)
        self._drawings.append({"svg": svg, "width": width, "height": height})
        return len(self._drawings) - 1


def _is_large(content: object) -> TypeGuard[Table]:
    return isinstance(content, Table) and len(content.rows) > MOST_LINKED_ROWS


def _unlinked(table: Table) -> Table:
    rows = tuple(replace(row, cells=tuple(_words(cell) for cell in row.cells)) for row in table.rows)
    return replace(table, rows=rows)


def _words(cell: Cell) -> Cell:
    return parts_of(cell) if isinstance(cell, tuple) else parts_of(cell)[0]


def _links(content: Any) -> Iterator[Link]:
    """All links, but for those of large tables."""
    if _is_large(content):
        return
    if isinstance(content, Link):
        yield content
    elif isinstance(content, tuple):
        for one in content:
            yield from _links(one)
    elif is_dataclass(content):
        for field in fields(content):
            yield from _links(getattr(content, field.name))


def _width(column: Column, cells: list[Cell]) -> float | None:
    """Points that the numbers of `column` take; None where it holds words."""
    return number_width(column, cells) * _COLUMN + _INSET if column.number else None


@lru_cache(maxsize=1 << 16)
def _breakable(words: str) -> str:
    """`words` with places to break at inside long paths and names, which have no spaces; `97 %` stays together."""
    words = words.replace(" %", "\u00a0%")
    return _LONG.sub("\\g<0>\u200b", _AFTER_SIGN.sub("\\g<0>\u200b", words))
