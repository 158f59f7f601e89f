"""Another layout of the same code: line width, indentation, how brackets are broken, blank lines."""

import io
import random
import tokenize
from dataclasses import dataclass

_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Layout:
    """A formatting style."""

    width: int
    indentation: str
    hanging: bool
    """Broken brackets put one element on a line, as black does; else lines are filled up."""
    blank_lines: float
    """How often a blank line is put between statements."""


def random_layout(rng: random.Random) -> Layout:
    """Some style that people use."""
    return Layout(
        width=rng.choice((72, 79, 88, 100, 120)),
        indentation=rng.choice(("    ", "    ", "  ", "\t")),
        hanging=rng.random() < 0.6,
        blank_lines=rng.choice((0.0, 0.1, 0.25)),
    )


def lay_out(source: str, layout: Layout, rng: random.Random) -> str:
    """`source`, as `ast.unparse` writes it, in another layout; it means the same."""
    starts, continued = _lines_of_long_tokens(source)
    lines: list[str] = []
    for number, line in enumerate(source.splitlines(), 1):
        bare = line.lstrip(" ")
        if number in continued:
            lines.append(line)
            continue
        depth = (len(line) - len(bare)) // 4
        if lines and lines[-1] and depth and rng.random() < layout.blank_lines:
            lines.append("")
        indent = layout.indentation * depth
        lines += [indent + bare if bare else ""] if number in starts else _broken(bare, indent, layout)
    return "\n".join(lines) + "\n"


def _lines_of_long_tokens(source: str) -> tuple[set[int], set[int]]:
    """Where tokens begin that span several lines, such as strings, and the lines they go on in."""
    starts: set[int] = set()
    continued: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.start[0] != token.end[0]:
            starts.add(token.start[0])
            continued.update(range(token.start[0] + 1, token.end[0] + 1))
    return starts, continued


def _broken(line: str, indent: str, layout: Layout) -> list[str]:
    if not line or len(indent.expandtabs(4)) + len(line) <= layout.width:
        return [indent + line if line else ""]
    bounds = _outermost_bracket(line)
    if bounds is None:
        return [indent + line]
    head, inside, tail = line[: bounds[0] + 1], line[bounds[0] + 1 : bounds[1]], line[bounds[1] :]
    elements = _elements(inside)
    deeper = indent + layout.indentation
    written = [indent + head]
    if layout.hanging:
        for element in elements:
            written += _broken(element, deeper, layout)
    else:
        written += _filled(elements, deeper, layout)
    return [*written, *_broken(tail, indent, layout)]


def _filled(elements: list[str], indent: str, layout: Layout) -> list[str]:
    lines: list[str] = []
    current = ""
    for element in elements:
        if current and len(indent.expandtabs(4)) + len(current) + 1 + len(element) > layout.width:
            lines += _broken(current, indent, layout)
            current = element
        else:
            current = f"{current} {element}".strip()
    return [*lines, *(_broken(current, indent, layout) if current else [])]


def _outermost_bracket(line: str) -> tuple[int, int] | None:
    """Columns of the longest bracket pair that is in no other; None where there is nothing to break."""
    found: list[tuple[int, int]] = []
    depth, opened = 0, 0
    for column, character in _code(line):
        if character in _OPENING:
            if depth == 0:
                opened = column
            depth += 1
        elif character in _CLOSING:
            depth -= 1
            if depth < 0:  # the rest of a broken line: nothing to break before its closing bracket
                depth = 0
            elif depth == 0 and column - opened > 1:
                found.append((opened, column))
    return max(found, key=lambda one: one[1] - one[0], default=None)


def _elements(inside: str) -> list[str]:
    """The parts between the commas that are in no bracket of their own, each with its comma."""
    parts, start, depth = [], 0, 0
    lambdas = "lambda " in inside
    for column, character in _code(inside):
        depth += (character in _OPENING) - (character in _CLOSING)
        if character == "," and depth == 0 and not lambdas:
            parts.append(inside[start : column + 1].strip())
            start = column + 1
    return [part for part in (*parts, inside[start:].strip()) if part]


def _code(line: str) -> list[tuple[int, str]]:
    """Columns and characters outside of strings."""
    outside: list[tuple[int, str]] = []
    quote, column = "", 0
    while column < len(line):
        if quote:
            if line[column] == "\\":
                column += 1
            elif line.startswith(quote, column):
                column += len(quote) - 1
                quote = ""
        elif line[column] in "'\"":
            quote = line[column] * 3 if line.startswith(line[column] * 3, column) else line[column]
            column += len(quote) - 1
        else:
            outside.append((column, line[column]))
        column += 1
    return outside
