"""The running text of an HWPX document (KS X 6101): paragraphs and tables as the elements of its section.

They are written by ourselves, for tables of thousands of rows: the library keeps an object for every cell, and
asks all paragraphs again for each that is added. Styles, fonts, page and pictures are the library's.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from compliance.reporters.report.blocks import Cell, Column, Row, Table, parts_of
from compliance.reporters.report.column_widths import number_width
from compliance.reporters.terminal_text import cells as columns_of

WIDTH = 48_190
"""Of the text on a page of A4 with 20 mm at both sides, in the format's units of 1/7200 inch."""
_SIDE, _ABOVE = 510, 141
"""Room around the text of a cell."""
_LETTER = 450
"""Half the width of a Korean letter in a cell, as wide as a Latin one at most."""
_LINE = 1_250
"""Height of a line in a cell."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: identifiers of the document's own lists of styles."""

    paragraph: str
    style: str
    letters: str


@dataclass(frozen=True, slots=True)
class Looks:
    """Of all parts of a document."""

    paragraphs: Mapping[str, Look]
    """By name: `body`, `title`, `head`, `code`, `level-1` …; for tables `cell`, `number` and `label`, too."""
    border: str
    shaded: str
    """Borders of a cell, without and with a ground."""


class SectionWriter:
    """Collects the elements of a section, each with an identifier that counts up."""

    def __init__(self, looks: Looks) -> None:
        """Nothing written yet."""
        self._looks = looks
        self._parts: list[str] = []
        self._numbers = itertools.count(1)

    def content(self) -> str:
        """All elements, in their order."""
        return "".join(self._parts)

    def say(self, text: str, look: str = "body", *, new_page: bool = False) -> None:
        """A paragraph."""
        inner = f"<hp:t>{escape(_printable(text))}</hp:t>"
        self._parts.append(self._around(inner, self._looks.paragraphs[look], new_page=new_page))

    def element(self, xml: str) -> None:
        """What the library has made, as it stands."""
        self._parts.append(xml)

    def table(self, table: Table, most_rows: int) -> None:
        """`table`, cut into several of at most `most_rows` rows, each with its head."""
        widths = _widths(table)
        for start in range(0, len(table.rows), most_rows) or [0]:
            self._table(table.columns, table.rows[start : start + most_rows], widths)

    def _table(self, columns: Sequence[Column], rows: Sequence[Row], widths: Sequence[int]) -> None:
        looks = [_looks_of(column) for column in columns]
        head = tuple(column.label for column in columns)
        lines = [self._line(0, head, widths, [("label", "label")] * len(columns), self._looks.shaded)]
        lines += [self._line(place, row.cells, widths, looks) for place, row in enumerate(rows, 1)]
        height = sum(high for _xml, high in lines)
        opening = (
            f'<hp:tbl id="{next(self._numbers)}" zOrder="0" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" '
            'textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" pageBreak="CELL" repeatHeader="1" '
            f'rowCnt="{len(lines)}" colCnt="{len(columns)}" cellSpacing="0" '
            f'borderFillIDRef="{self._looks.border}" noAdjust="0">'
            f'<hp:sz width="{WIDTH}" widthRelTo="ABSOLUTE" height="{height}" heightRelTo="ABSOLUTE" protect="0"/>'
            # a table that is set like a letter isn't divided at the end of a page
            '<hp:pos treatAsChar="0" affectLSpacing="0" flowWithText="1" allowOverlap="0" holdAnchorAndSO="0" '
            'vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
            '<hp:outMargin left="0" right="0" top="0" bottom="283"/>'
            f'<hp:inMargin left="{_SIDE}" right="{_SIDE}" top="{_ABOVE}" bottom="{_ABOVE}"/>'
        )
        look = self._looks.paragraphs["body"]
        inner = "".join((opening, *(xml for xml, _high in lines), "</hp:tbl><hp:t/>"))
        self._parts.append(self._around(inner, look))

    def _line(
        self,
        place: int,
        cells: Sequence[Cell],
        widths: Sequence[int],
        looks: Sequence[tuple[str, str]],
        border: str = "",
    ) -> tuple[str, int]:
        """One row, and its height: readers make a row higher where they find that it has to be.

        Args:
            place: of the row in its table.
            cells: what it says.
            widths: of its cells.
            looks: of the first part of each cell, and of the others.
            border: of its cells; empty for the usual one.
        """
        told = [[_printable(part) for part in parts_of(cell)] or ["–"] for cell in cells]
        lines = max(sum(_lines(part, width) for part in parts) for parts, width in zip(told, widths, strict=True))
        height = lines * _LINE + 2 * _ABOVE
        drawn = (
            self._cell(parts, look, (column, place), (width, height), border)
            for column, (parts, width, look) in enumerate(zip(told, widths, looks, strict=True))
        )
        return f"<hp:tr>{''.join(drawn)}</hp:tr>", height

    def _cell(
        self,
        parts: Sequence[str],
        look: tuple[str, str],
        place: tuple[int, int],
        size: tuple[int, int],
        border: str,
    ) -> str:
        first, others = (self._looks.paragraphs[one] for one in look)
        text = "".join(self._paragraph(part, others if number else first) for number, part in enumerate(parts))
        return (
            f'<hp:tc name="" header="{int(bool(border))}" hasMargin="0" protect="0" editable="0" dirty="0" '
            f'borderFillIDRef="{border or self._looks.border}"><hp:subList id="" textDirection="HORIZONTAL" '
            'lineWrap="BREAK" vertAlign="TOP" linkListIDRef="0" linkListNextIDRef="0" textWidth="0" '
            f'textHeight="0" hasTextRef="0" hasNumRef="0">{text}</hp:subList>'
            f'<hp:cellAddr colAddr="{place[0]}" rowAddr="{place[1]}"/><hp:cellSpan colSpan="1" rowSpan="1"/>'
            f'<hp:cellSz width="{size[0]}" height="{size[1]}"/>'
            f'<hp:cellMargin left="{_SIDE}" right="{_SIDE}" top="{_ABOVE}" bottom="{_ABOVE}"/></hp:tc>'
        )

    def _paragraph(self, text: str, look: Look) -> str:
        """A paragraph of printable text."""
        return self._around(f"<hp:t>{escape(text)}</hp:t>", look)

    def _around(self, inner: str, look: Look, *, new_page: bool = False) -> str:
        return (
            f'<hp:p id="{next(self._numbers)}" paraPrIDRef="{look.paragraph}" styleIDRef="{look.style}" '
            f'pageBreak="{int(new_page)}" columnBreak="0" merged="0">'
            f'<hp:run charPrIDRef="{look.letters}">{inner}</hp:run></hp:p>'
        )


def _looks_of(column: Column) -> tuple[str, str]:
    """Of the first part of the column's cells, and of the others."""
    first = "number" if column.number else "cell"
    return first, "code" if column.code else first


def _widths(table: Table) -> list[int]:
    """Of the columns: as much as numbers need, and the rest by weight."""
    columns = table.columns
    numbers = [
        _number_column(column, [row.cells[place] for row in table.rows]) if column.number else 0
        for place, column in enumerate(columns)
    ]
    words = sum(column.weight for column in columns if not column.number)
    left = WIDTH - sum(numbers)
    if not words or left < WIDTH // 2:  # numbers everywhere
        numbers, words, left = [0] * len(columns), sum(column.weight for column in columns), WIDTH
    widths = [number or left * column.weight // words for number, column in zip(numbers, columns, strict=True)]
    widths[-1] += WIDTH - sum(widths)
    return widths


def _number_column(column: Column, cells: Sequence[Cell]) -> int:
    return (number_width(column, cells) + 1) * _LETTER + 2 * _SIDE


def _lines(text: str, width: int) -> int:
    """Lines that `text` takes in a cell of `width`, or one more: words aren't divided where they needn't be."""
    room = max((width - 2 * _SIDE) // _LETTER, 1)
    needed = columns_of(text)
    return 1 if needed <= room else -(-needed * 21 // (room * 20))


def _printable(text: str) -> str:
    """`text` without characters that XML has no way to write."""
    return _UNPRINTABLE.sub("\ufffd", text)
