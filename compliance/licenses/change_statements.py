"""Where the top of a file says that it was changed or adapted, as several licenses demand of a changed file."""

import re

from compliance.model.evidence import Lines

HEADER_LINES = 80
_LONGEST_LINE = 1_000
_LONGEST_SAID = 200

_STATED = re.compile(
    r"\b(?:this\s+(?:file|code|module|version)\s+(?:has\s+been|was|is)\s+(?:\w+\s+){0,3}(?:modified|changed|adapted|altered)"
    r"|(?:modified|changed|adapted|altered|ported|derived|forked)\s+(?:\w+\s+){0,4}?(?:by|from|for|version|to)\b"
    r"|modifications?\b(?:\s+\w+){0,3}\s+(?:by|from|made|copyright|to|for)\b|modifications?\s*(?::|\(c\)|©)"
    r"|changes?\s+(?:made|compared|from|to\s+the\s+original)|based\s+on)"
    r"|수정\s*(?:함|됨|됐|되었|하였|했|한|된|본|사항|내용|:)|변경\s*(?:함|됨|되었|하였|했|한|된|사항|내용|:)|개작|각색|기반으로",
    re.IGNORECASE,
)
_LICENSE_WORDS = re.compile(
    r"\b(?:must|shall|may not|may be|should|permission|permitted|redistributions?|endorse|this software"
    r"|the software|warrant\w*|with or without)\b",
    re.IGNORECASE,
)
"""Words of license texts, which speak of changes that others may make."""
_COMMENT = re.compile(r"^\s*(?:#|//|/?\*|--|;|%|<!--|\"\"\"|''')")


def change_statement(content: bytes) -> tuple[str, Lines] | None:
    """The first words among the comments at the top of `content` that state changes, and their line.

    Looks at the first `HEADER_LINES` lines, in comments and in a docstring that stands first.
    """
    inside = ""
    for number, line in enumerate(_top(content), start=1):
        commented = bool(inside) or bool(_COMMENT.match(line))
        if commented and _STATED.search(line) and not _LICENSE_WORDS.search(line):
            return " ".join(line.split())[:_LONGEST_SAID], (number, number)
        inside = _still_inside(line, inside)
    return None


def _top(content: bytes) -> list[str]:
    begin = content[: HEADER_LINES * _LONGEST_LINE].decode("utf-8", "replace").splitlines()
    return [line[:_LONGEST_LINE] for line in begin[:HEADER_LINES]]


def _still_inside(line: str, inside: str) -> str:
    """The sign that ends the docstring or block comment in which the next line stands; empty outside of one."""
    if inside:
        return "" if inside in line else inside
    for begin, end in (('"""', '"""'), ("'''", "'''"), ("/*", "*/")):
        _, found, after = line.partition(begin)
        if found and end not in after:
            return end
    return ""
