"""Lines of the examined files, quoted for a report beside what they are near to."""

from typing import Literal

import msgspec

from compliance.model.evidence import Lines

QUOTATIONS_SCHEMA: Literal["compliance.quotations/1"] = "compliance.quotations/1"


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """The first lines of one place."""

    path: str
    lines: Lines
    """The whole place, of which `text` may be the beginning."""
    text: tuple[str, ...]
    """Line by line, long ones cut, what looks like a key or password masked."""


class Quotations(msgspec.Struct, frozen=True, kw_only=True):
    """What a report quotes; kept beside a signed one, so that its documents can be drawn again."""

    schema: Literal["compliance.quotations/1"] = QUOTATIONS_SCHEMA
    quotations: tuple[Quotation, ...] = ()
    """By path and lines, each place once."""

    def by_place(self) -> dict[tuple[str, Lines], tuple[str, ...]]:
        """The quoted lines by path and lines of their places."""
        return {(one.path, one.lines): one.text for one in self.quotations}
