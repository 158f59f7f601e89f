"""Texts and tables in the reader's language."""

import re
from collections.abc import Callable, Sequence

import msgspec

from compliance.language import Language
from compliance.model.text import Text
from compliance.reporters.report.blocks import Block, Column, Row, Table
from compliance.reporters.terminal_text import visible

_TYPED = re.compile("`([^`]+)`")
"""How our sentences mark commands and code; a report has no markup."""

Head = tuple[Text, int] | tuple[Text, int, bool]
"""Label and weight of a column, and whether it holds numbers."""


class Words(msgspec.Struct, frozen=True):
    """Says texts in one language."""

    language: Language

    def __call__(self, text: Text) -> str:
        """`text` in the reader's language, on one line; what is to be typed stands in quotes."""
        return _TYPED.sub("“\\1”", visible(" ".join(text.in_language(self.language).split())))


def table(
    say: Callable[[Text], str],
    title: Text | None,
    heads: Sequence[Head],
    rows: Sequence[Row],
    pages: tuple[Block, ...] = (),
) -> Table:
    """`rows` below `heads`; `pages` stand for them where there are pages."""
    columns = tuple(Column(say(head[0]), *head[1:]) for head in heads)
    return Table(columns, tuple(rows), say(title) if title else "", pages)
