"""Classes and imports of Python code, read without a parser."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from compliance.model.evidence import Lines
from compliance.origins.prose import Prose

MOST = 5_000
"""Classes or imports that are read of one file, each."""
_LONGEST_LIST = 8_000
"""Bytes of one list of names or of one call's arguments."""
_LONGEST_LINE = 1_000

_CLASS = re.compile(rb"class[ \t]++([A-Za-z_\x80-\xff][\w\x80-\xff]*+)[ \t]*+(?:\[[^\]\n]{0,300}\])?[ \t]*+([(:])")
_BASE = re.compile(rb"(?:#[^\n]*|\s)*+([A-Za-z_][\w.]*+)(?:\[[^\]]{0,300}\])?(?:#[^\n]*|\s)*+([,)=(]|\Z)")
_FROM = re.compile(
    rb"from[ \t]++([\w.\x80-\xff]++(?:[ \t]++[\w.]++)?+)[ \t]++$|from[ \t]*+(\.++[ \t]*+[\w.]*+)[ \t]*+$"
)
_NAME = re.compile(rb"#[^\n]*+|([\w.*]++)(?:[ \t]++as[ \t]++(\w++))?")
_COMMENT_OR_CLOSE = re.compile(rb"#[^\n]*|\)")


class ClassDefinition(msgspec.Struct, frozen=True):
    """A class and what it extends."""

    name: str
    bases: tuple[str, ...]
    """As written, without keyword arguments and subscripts: `DeepseekV3Model`, `nn.Module`."""
    line: int
    indent: int


class Import(NamedTuple):
    """One name that an import statement binds."""

    module: str
    """With its leading dots where it is relative."""
    name: str
    """What is taken from the module; empty where it is the module itself, `*` for all."""
    bound: str
    """What it is called here; the first part of a module that is imported whole."""
    lines: Lines


class PythonCode(msgspec.Struct, frozen=True):
    """What one file defines and imports, in the order of its lines."""

    classes: tuple[ClassDefinition, ...]
    imports: tuple[Import, ...]
    truncated: bool = False
    """Some were left out, since there are too many."""


def read(prose: Prose) -> PythonCode:
    """Classes and imports of `prose.source`, those in its comments and strings left out."""
    classes = tuple(_classes(prose))
    imports = tuple(_imports(prose))
    truncated = max(len(classes), len(imports)) > MOST
    return PythonCode(classes[:MOST], imports[:MOST], truncated)


def _classes(prose: Prose) -> Iterator[ClassDefinition]:
    count = 0
    for match in _CLASS.finditer(prose.source):
        start = match.start()
        indent = prose.indent(start)
        if indent is None or not prose.is_code(start):
            continue
        bases = tuple(_bases(prose.source, match.end())) if match[2] == b"(" else ()
        yield ClassDefinition(match[1].decode("utf-8", "replace"), bases, prose.line(start), indent)
        if (count := count + 1) > MOST:
            return


def _bases(source: bytes, start: int) -> Iterator[str]:
    """The dotted names in the brackets that open before `start`, up to the first that isn't one."""
    end = min(len(source), start + _LONGEST_LIST)
    while match := _BASE.match(source, start, end):
        if match[2] in b"=(":  # a keyword such as `metaclass=`, or a call whose class isn't named
            return
        yield match[1].decode()
        if match[2] != b",":
            return
        start = match.end()


def _imports(prose: Prose) -> Iterator[Import]:
    source = prose.source
    count, start = 0, 0
    while count <= MOST and (start := source.find(b"import", start)) >= 0:
        after = start + 6
        if source[after : after + 1] not in b" \t(*\\" or not prose.is_code(start):
            start = after
            continue
        begin, before = _before(source, start)
        if not before:
            module, whole = "", True
        elif (match := _FROM.match(before)) is not None:
            module, whole = "".join((match[1] or match[2]).decode("utf-8", "replace").split()), False
        else:
            start = after
            continue
        names, end = _names(source, after)
        first = prose.line(begin)
        lines = (first, first + source.count(b"\n", begin, end))
        for name, bound in names:
            yield _import(module, name, bound, lines, whole=whole)
            count += 1
        start = max(after, end)


def _before(source: bytes, position: int) -> tuple[int, bytes]:
    """Where the line of `position` begins, with one that a backslash joins to it, and what stands there before
    `position` without the indent; dots where the line is too long.
    """
    floor = max(0, position - _LONGEST_LINE)
    begin = source.rfind(b"\n", floor, position) + 1
    if source[begin - 2 : begin] == b"\\\n":
        begin = source.rfind(b"\n", floor, begin - 1) + 1
    if not begin and floor:
        return position, b"..."
    return begin, source[begin:position].replace(b"\\\n", b" ").lstrip()


def _import(module: str, name: str, bound: str, lines: Lines, *, whole: bool) -> Import:
    if whole:
        return Import(name, "", bound or name.partition(".")[0], lines)
    return Import(module, name, bound or name, lines)


def _names(source: bytes, start: int) -> tuple[list[tuple[str, str]], int]:
    """The names that stand after `import` at `start`, each with what it is called here, and where they end."""
    first = start
    while source[first : first + 1] in (b" ", b"\t"):
        first += 1
    limit = min(len(source), first + _LONGEST_LIST)
    if source[first : first + 1] == b"(":
        first += 1
        end = next(
            (one.start() for one in _COMMENT_OR_CLOSE.finditer(source, first, limit) if one[0] == b")"), limit
        )
    else:
        end = _end_of_statement(source, first, limit)
    found = [
        (one[1].decode("utf-8", "replace"), (one[2] or b"").decode("utf-8", "replace"))
        for one in _NAME.finditer(source, first, end)
        if one[1]
    ]
    return found, end


def _end_of_statement(source: bytes, start: int, limit: int) -> int:
    """Where the line at `start` ends, with those that a backslash joins to it, up to a comment or semicolon."""
    end = start
    while True:
        newline = source.find(b"\n", end, limit)
        stop = newline if newline >= 0 else limit
        for mark in (b"#", b";"):
            if (found := source.find(mark, end, stop)) >= 0:
                return found
        if newline < 0 or source[newline - 1 : newline] != b"\\":
            return stop
        end = newline + 1
