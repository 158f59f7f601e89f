"""Copyright statements that ScanCode finds, each without what stands on the lines below its name."""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from compliance.licenses import scancode
from compliance.licenses.accelerated.effort import Effort
from compliance.licenses.scancode import CopyrightStatement

VERSION = "1"
"""Of what is taken for lines below a name; kept statements of another version are not these."""

_TAG = re.compile(r"[\s*#/;-]*\bSPDX-License-Identifier\b:?\s*$")
_BEGINNING = re.compile(r"(?<!\S)(?:LICENSE|Inference-only)\b")
"""What begins lines below a name that ends with a full stop: a license's address, a description of the module.

Of 18,828 lines of copyright in package trees, none has these words behind a full stop on the same line.
"""
_BELOW = re.compile(rf"(?<=\.)\s+{_BEGINNING.pattern}.*$", re.DOTALL)


def statements(
    location: Path, *, under_locale: bool = False, effort: Effort | None = None
) -> list[CopyrightStatement]:
    """The copyright statements in the file at `location`, in order of lines; arguments as of ScanCode's adapter.

    ScanCode takes the first word of a line below for a part of some names: behind a full stop, or behind a name
    in Korean letters. That word is no part of them here, and its line none of the statement's.
    """
    found = scancode.copyright_statements(location, under_locale=under_locale, effort=effort)
    return [_without_lines_below(_without_tag(one)) for one in found]


def _without_tag(found: CopyrightStatement) -> CopyrightStatement:
    """`found` without the tag on the line below; behind names in Latin letters, ScanCode leaves it out itself."""
    if found.statement.isascii() or not _TAG.search(found.statement):
        return found
    return _above(found, _TAG.sub("", found.statement), (_TAG.sub("", one) for one in found.holders), 1)


def _without_lines_below(found: CopyrightStatement) -> CopyrightStatement:
    if (below := _BELOW.search(found.statement)) is None:
        return found
    lines = len(_BEGINNING.findall(below[0]))
    return _above(found, found.statement[: below.start()], (_BELOW.sub("", one) for one in found.holders), lines)


def _above(found: CopyrightStatement, statement: str, named: Iterable[str], below: int) -> CopyrightStatement:
    """`found` as `statement`, with the holders `named` in it, but for the lines `below` it."""
    first, last = found.lines
    return msgspec.structs.replace(
        found, statement=statement, holders=tuple(filter(None, named)), lines=(first, max(first, last - below))
    )
