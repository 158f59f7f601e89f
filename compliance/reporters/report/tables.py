"""Texts and tables in the reader's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from compliance.language import Language
from compliance.model.text import Text
from compliance.reporters.report.blocks import Column, Row, Table
from compliance.reporters.terminal_text import visible

Head = tuple[Text, int] | tuple[Text, int, bool]
"""Label and weight of a column, and whether it holds numbers."""


@dataclass(frozen=True, slots=True)
class Words:
    """Says texts in one language."""

    language: Language

    def __call__(self, text: Text) -> str:
        """`text` in the reader's language, on one line."""
        return visible(" ".join(text.in_language(self.language).split()))


def table(say: Callable[[Text], str], title: Text | None, heads: Sequence[Head], rows: Sequence[Row]) -> Table:
    """`rows` below `heads`."""
    columns = tuple(Column(say(head[0]), *head[1:]) for head in heads)
    return Table(columns, tuple(rows), say(title) if title else "")
