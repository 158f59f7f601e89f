"""What a source file says of its origin besides its text: inheritance, imports, statements, registrations.

One pass over the text, no parser: a file that doesn't compile is read like any other, and the time grows with the
length of the text alone, however it is laid out.
"""

import re
from bisect import bisect_left

import msgspec

from compliance.origins import prose as prose_reading
from compliance.origins import python_code, registrations, statements
from compliance.origins.prose import Prose, Style, style_of
from compliance.origins.python_code import ClassDefinition, Import
from compliance.origins.registrations import Registration
from compliance.origins.statements import OriginStatement

__all__ = [
    "ClassDefinition",
    "Import",
    "OriginStatement",
    "Registration",
    "Structure",
    "structure_of",
    "style_of",
]

_BELOW = re.compile(rb"\s*+(?:(?:#|@)[^\n]*\n\s*+)*+((?:async[ \t]+)?(?:class|def))[ \t]+(\w+)")
_FARTHEST_BELOW = 3_000


class Structure(msgspec.Struct, frozen=True):
    """The structural evidence of one file."""

    classes: tuple[ClassDefinition, ...] = ()
    imports: tuple[Import, ...] = ()
    statements: tuple[OriginStatement, ...] = ()
    registrations: tuple[Registration, ...] = ()
    truncated: bool = False
    """There is more of some kind than is read."""


def structure_of(content: bytes, style: Style) -> Structure:
    """The structure of a source file; classes, imports and registrations are read of Python alone.

    Args:
        content: in UTF-8, UTF-16 with its mark, or CP949.
        style: see `style_of`.
    """
    prose = prose_reading.prose_of(prose_reading.utf8(content), style)
    said, too_many = statements.statements(prose)
    if style != "python":
        return Structure(statements=said, truncated=too_many)
    code = python_code.read(prose)
    registered, too_many_registered = registrations.registrations(prose)
    return Structure(
        classes=code.classes,
        imports=code.imports,
        statements=_with_definitions(said, prose, code.classes),
        registrations=registered,
        truncated=too_many or too_many_registered or code.truncated,
    )


def _with_definitions(
    said: tuple[OriginStatement, ...], prose: Prose, classes: tuple[ClassDefinition, ...]
) -> tuple[OriginStatement, ...]:
    """`said`, each with the class or function that stands right below its comment."""
    lines = [one.line for one in classes]
    named = ((one, _definition(one.position, prose, classes, lines)) for one in said)
    return tuple(msgspec.structs.replace(one, definition=name) if name else one for one, name in named)


def _definition(position: int, prose: Prose, classes: tuple[ClassDefinition, ...], lines: list[int]) -> str:
    end = prose.source.find(b"\n", position, position + _FARTHEST_BELOW)
    if end < 0 or not prose.is_whole_line_comment(position):
        return ""
    match = _BELOW.match(prose.source, end, end + _FARTHEST_BELOW)
    if match is None:
        return ""
    name, line = match[2].decode("utf-8", "replace"), prose.line(match.start(1))
    indent = prose.indent(match.start(1)) or 0
    for above in reversed(classes[: bisect_left(lines, line)][-100:]):
        if above.indent < indent:
            return f"{above.name}.{name}"
    return name
