"""The parts of a report: texts are final, in one language, and literal; a format may not read markup into them."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from compliance.language import Language
from compliance.model.verdict import Severity, Verdict

Tone = Verdict | Severity | Literal["waived", "quiet"] | None
"""What a colour or a symbol may show beside the words; never the only sign of it."""


class Link(msgspec.Struct, frozen=True):
    """Text that leads to an anchor of the same report."""

    text: str
    anchor: str


Cell = str | Link | tuple[str | Link, ...]
"""One cell of a table; of a tuple, each part on a line of its own."""


def parts_of(cell: Cell) -> tuple[str, ...]:
    """The words of each part of `cell`, wherever they lead."""
    parts = cell if isinstance(cell, tuple) else (cell,)
    return tuple(one.text if isinstance(one, Link) else one for one in parts)


class Paragraph(msgspec.Struct, frozen=True):
    """Running text."""

    text: str
    tone: Tone = None


class Listing(msgspec.Struct, frozen=True):
    """Short items of equal rank."""

    items: tuple[str, ...]


class Fields(msgspec.Struct, frozen=True):
    """Names with their values."""

    rows: tuple[tuple[str, Cell], ...]


class Preformatted(msgspec.Struct, frozen=True):
    """Lines to be copied as they stand: a command, a file."""

    text: str
    title: str = ""
    pages: "tuple[Block, ...]" = ()
    """As of a table."""


class Column(msgspec.Struct, frozen=True):
    """One column of a table."""

    label: str
    weight: int = 1
    """Share of the width, relative to the others."""
    number: bool = False
    """Holds numbers, to be set flush right."""
    code: bool = False
    """Parts of a cell after the first are lines of code, to be set in letters of one width."""


class Row(msgspec.Struct, frozen=True):
    """One row of a table."""

    cells: tuple[Cell, ...]
    anchor: str | None = None
    """Other parts of the report lead here."""
    tone: Tone = None
    words: str = ""
    """What a reader may filter by, beside the cells."""
    anchors: tuple[str, ...] = ()
    """Of rows for which this one stands: what leads to them leads here too."""


class Table(msgspec.Struct, frozen=True):
    """Rows under a head."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    pages: "tuple[Block, ...]" = ()
    """What stands for it on pages, if it is long; the first of them is a table, which gets the title."""


class Judgement(msgspec.Struct, frozen=True):
    """One verdict, why it is so, and what would cure it."""

    question: str
    verdict: Verdict
    label: str
    reasons: tuple[Link, ...]
    cures: tuple[str, ...]


class Judgements(msgspec.Struct, frozen=True):
    """All verdicts, for the first page."""

    rows: tuple[Judgement, ...]


class Violated(msgspec.Struct, frozen=True):
    """A rule of the policy that facts break."""

    rule: str
    severity: Severity
    label: str
    """The severity in words, and that it is waived."""
    question: str
    message: str
    remedy: str
    remedy_label: str
    remarks: tuple[str, ...]
    """Waiver, lead, condition that couldn't be evaluated."""
    places: tuple[Link, ...]
    more_places: int
    """How many places aren't listed here; their rows in the tables below name the rule."""
    anchor: str
    waived: bool


class Stretch(msgspec.Struct, frozen=True):
    """A place of the examined file beside its counterpart."""

    here: str
    there: str
    names: str
    brief: str = ""
    """The same on one line, for where an entry has no room for a table and quotes nothing."""
    quoted: tuple[str, ...] = ()
    """The examined file's lines, numbered."""


class SideBySide(msgspec.Struct, frozen=True):
    """Code beside the nearest known code, place by place: an entry of the appendix."""

    number: int
    """Counts from 1 in the whole report; the finding's row names it."""
    label: str
    """The number in words."""
    finding: str | Link
    """The place of the finding, leading to its row; as words alone where links are left out."""
    nearest: str
    """Project, release and file of the nearest known code."""
    here: str
    there: str
    stretches: tuple[Stretch, ...]
    anchor: str

    @property
    def quotes(self) -> bool:
        """Whether lines of any of its places are quoted."""
        return any(one.quoted for one in self.stretches)

    @property
    def title(self) -> str:
        """What the entry is about."""
        return f"{self.label}: {parts_of(self.finding)[0]} ↔ {self.nearest}"


class Node(msgspec.Struct, frozen=True):
    """One box of a diagram."""

    id: str
    label: str
    note: str = ""
    kind: Literal["subject", "origin", "ancestor", "component", "maker"] = "origin"


class Edge(msgspec.Struct, frozen=True):
    """A line between two boxes."""

    source: str
    target: str
    label: str = ""


class Graph(msgspec.Struct, frozen=True):
    """Boxes and lines, drawn from left to right."""

    title: str
    alternative: str
    """The same in words, for those who can't see it."""
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class Bar(msgspec.Struct, frozen=True):
    """One part of a whole."""

    label: str
    share: float
    """0–1."""
    note: str = ""


class Bars(msgspec.Struct, frozen=True):
    """Parts of a whole, the largest first; at the end, what the others make together."""

    title: str
    alternative: str
    bars: tuple[Bar, ...]


Block = Paragraph | Listing | Fields | Preformatted | Table | Judgements | Violated | SideBySide | Graph | Bars


class Section(msgspec.Struct, frozen=True):
    """A headed part of the report."""

    anchor: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: "tuple[Section, ...]" = ()
    apart: bool = False
    """Begins on a page of its own, where there are pages."""

    def walk(self) -> "Iterator[Section]":
        """It and every section below it, in the order in which they are read."""
        yield self
        for section in self.sections:
            yield from section.walk()


class Report(msgspec.Struct, frozen=True):
    """A whole report in one language."""

    title: str
    subtitle: str
    language: Language
    sections: tuple[Section, ...]
    date: str = ""
    """ISO date on which rules were asked; empty where several days are meant."""
    author: str = ""
    """The program that examined, with its version."""
