"""The running text of an HWPX document (KS X 6101): paragraphs and tables as the elements of its section.

They are written by ourselves, for tables of thousands of rows: the library keeps an object for every cell, and
asks all paragraphs again for each that is added. Styles, fonts, page and pictures are the library's.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import msgspec

from compliance.reporters.report.blocks import Cell, Column, Row, Table, parts_of
from compliance.reporters.report.column_widths import lines_of, number_width, shared_out
from compliance.reporters.terminal_text import cells as columns_of

WIDTH = 48_190
"""Of the text on a page of A4 with 20 mm at both sides, in the format's units of 1/7200 inch."""
_SIDE, _ABOVE = 510, 141
"""Room around the text of a cell."""
_LETTER, _LINE = 450, 1_250
"""Half the width of a Korean letter in a cell, as wide as a Latin one at most, and the height of a line."""
_CODE_LETTER, _CODE_LINE = 400, 1_110
"""The same where the letters are those of code."""
_SURE = 0.85
"""Part of a line that the widest letters have room in."""
_HIGH = 20_000
"""A row that is higher may be divided between two pages: a third of one."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Look(msgspec.Struct, frozen=True):
    """How a paragraph is set: identifiers of the document's own lists of styles."""

    paragraph: str
    style: str
    letters: str


class Looks(msgspec.Struct, frozen=True):
    """Of all parts of a document."""

    paragraphs: Mapping[str, Look]
    """By name: `body`, `listed`, `item`, `kept`, `title`, `head`, `code`, `code-end`, `level-1` …; `cell` …

    `cell-divided` and `code-divided` are for words that have no room on a line.
    """
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
        divided = "CELL" if max(high for _xml, high in lines) > _HIGH else "TABLE"
        opening = (
            f'<hp:tbl id="{next(self._numbers)}" zOrder="0" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" '
            f'textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" pageBreak="{divided}" repeatHeader="1" '
            f'rowCnt="{len(lines)}" colCnt="{len(columns)}" cellSpacing="0" '
            f'borderFillIDRef="{self._looks.border}" noAdjust="0">'
            f'<hp:sz width="{WIDTH}" widthRelTo="ABSOLUTE" height="{height}" heightRelTo="ABSOLUTE" protect="0"/>'
            # a table that is set like a letter isn't divided at the end of a page
            '<hp:pos treatAsChar="0" affectLSpacing="0" flowWithText="1" allowOverlap="0" holdAnchorAndSO="0" '
            'vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
            '<hp:outMargin left="0" right="0" top="0" bottom="850"/>'
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
        needed = (_height(*one) for one in zip(told, looks, widths, strict=True))
        height = max(needed) + 2 * _ABOVE
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
        text = "".join(self._part(part, look[number > 0], size[0]) for number, part in enumerate(parts))
        return (
            f'<hp:tc name="" header="{int(bool(border))}" hasMargin="0" protect="0" editable="0" dirty="0" '
            f'borderFillIDRef="{border or self._looks.border}"><hp:subList id="" textDirection="HORIZONTAL" '
            'lineWrap="BREAK" vertAlign="TOP" linkListIDRef="0" linkListNextIDRef="0" textWidth="0" '
            f'textHeight="0" hasTextRef="0" hasNumRef="0">{text}</hp:subList>'
            f'<hp:cellAddr colAddr="{place[0]}" rowAddr="{place[1]}"/><hp:cellSpan colSpan="1" rowSpan="1"/>'
            f'<hp:cellSz width="{size[0]}" height="{size[1]}"/>'
            f'<hp:cellMargin left="{_SIDE}" right="{_SIDE}" top="{_ABOVE}" bottom="{_ABOVE}"/></hp:tc>'
        )

    def _part(self, text: str, look: str, width: int) -> str:
        """A paragraph of printable text in a cell of `width`.

        A long name has no place where it may be divided, and may be cut off at the cell's edge: there, words are
        divided wherever a line ends. Marks of such places would be copied with the name.
        """
        divided = f"{look}-divided"
        if (
            divided in self._looks.paragraphs
            and max(map(columns_of, text.split(" "))) > _letters(look, width) * _SURE
        ):
            look = divided
        return self._around(f"<hp:t>{escape(text)}</hp:t>", self._looks.paragraphs[look])

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
    """Of the columns: as much as numbers need, and the rest by weight, as far as their words need it."""
    columns = table.columns
    cells = [[row.cells[place] for row in table.rows] for place in range(len(columns))]
    numbers = [
        _room(number_width(column, told) + 1) if column.number else 0
        for column, told in zip(columns, cells, strict=True)
    ]
    left = WIDTH - sum(numbers)
    if left < WIDTH // 2:  # numbers nearly everywhere
        numbers, left = [0] * len(columns), WIDTH
    words = [place for place, number in enumerate(numbers) if not number]
    natural = [_room(_longest(columns[place], cells[place]) * 5 // 4 + 1) for place in words]  # letters differ
    shares = shared_out(left, [columns[place].weight for place in words], natural)
    widths = list(numbers)
    for place, share in zip(words, shares, strict=True):
        widths[place] = share
    widths[-1] += WIDTH - sum(widths)
    return widths


def _longest(column: Column, cells: Sequence[Cell]) -> int:
    """Columns of a terminal that the longest part of a cell takes, or the label."""
    return max(columns_of(part) for part in (column.label, *(part for cell in cells for part in parts_of(cell))))


def _room(letters: int) -> int:
    return letters * _LETTER + 2 * _SIDE


def _height(parts: Sequence[str], look: tuple[str, str], width: int) -> int:
    """Of the lines that `parts` take in a cell of `width`."""
    names = (look[number > 0] for number in range(len(parts)))
    return sum(
        lines_of(part, _letters(name, width)) * (_CODE_LINE if name == "code" else _LINE)
        for part, name in zip(parts, names, strict=True)
    )


def _letters(look: str, width: int) -> int:
    """Letters that have room on a line of a cell of `width`, some of which are blanks, which are narrower."""
    letter = _CODE_LETTER if look == "code" else _LETTER
    return max((width - 2 * _SIDE) * 21 // (letter * 20), 1)


def _printable(text: str) -> str:
    """`text` without characters that XML has no way to write."""
    return _UNPRINTABLE.sub("\ufffd", text)
