"""Rewritings of Python code that change nothing of what it does, each by a chance of its own."""

import random
import re
from collections.abc import Callable

_STRING = re.compile(r'"[a-z _-]+"')

OWN_NAMES = re.findall(
    r"\w+",
    "rotate left right Attention heads groups query key value mask length states heads_of layer count weights "
    "mixed port width",
)
"""Names that the sample's author chose; `nn`, `torch` and the like belong to libraries."""


def renamed(code: str, chance: random.Random) -> str:
    """Every own name is another one, the same everywhere."""
    fresh = [f"{letter}{number}_" for letter in "qzjx" for number in range(len(OWN_NAMES))]
    names = dict(zip(OWN_NAMES, chance.sample(fresh, len(OWN_NAMES)), strict=True))
    return re.sub(r"\b[A-Za-z_]\w*\b", lambda match: names.get(match[0], match[0]), code)


def commented(code: str, chance: random.Random) -> str:
    """Comments come in at the ends of lines and between them."""
    lines: list[str] = []
    for line in _outside_strings(code):
        if chance.random() < 0.3:
            lines.append(" " * chance.randrange(12) + "# a note: def class ( [ { \" '")
        lines.append(line + "  # why" * (chance.random() < 0.3))
    return "\n".join(lines)


def spaced(code: str, chance: random.Random) -> str:
    """Blank lines come in, and blanks at the ends of lines and around commas."""
    lines: list[str] = []
    for line in _outside_strings(code):
        lines += ["", "   "] * chance.randrange(2)
        lines.append(line.replace(", ", chance.choice([",", " ,  ", ", "])) + " " * chance.randrange(3))
    return "\n".join(lines)


def documented(code: str, chance: random.Random) -> str:
    """Every docstring is another one, or gone."""
    fresh = chance.choice(["", '"""Other words."""', "'''Over\n\nseveral lines: def f(x): return (\n'''"])
    return re.sub(r'""".*?"""', lambda _: fresh, code, flags=re.DOTALL)


def reindented(code: str, chance: random.Random) -> str:
    """Four blanks of indentation are two, eight, or a tab."""
    unit = chance.choice(["  ", "        ", "\t"])
    return re.sub(r"^(?: {4})+", lambda match: unit * (len(match[0]) // 4), code, flags=re.MULTILINE)


def comma_trailed(code: str, chance: random.Random) -> str:
    """Calls that end in a value end in a comma as well."""
    return re.sub(r"(?<=[\w\"])\)(?=[.,)\n])", lambda match: ",)" if chance.random() < 0.5 else match[0], code)


def reworded(code: str, chance: random.Random) -> str:
    """Strings say something else, or come in two parts, in other quotes."""
    return _STRING.sub(lambda _: chance.choice(["'x'", '"other # words"', "('a' \"b\")"[1:-1], 'r"raw"']), code)


def continued(code: str, chance: random.Random) -> str:
    """Lines go on after a backslash, or inside brackets."""
    code = re.sub(r" = ", lambda match: " = \\\n  " if chance.random() < 0.4 else match[0], code)
    return re.sub(r"\((?=\w)", lambda match: "(\n" if chance.random() < 0.3 else match[0], code)


def imports_reordered(code: str, chance: random.Random) -> str:
    """Imports stand in another order, and one of them over several lines."""
    lines = code.split("\n")
    places = [number for number, line in enumerate(lines) if line.startswith(("import ", "from "))]
    moved = chance.sample(places, len(places))
    fresh = [lines[number] for number in moved]
    for number, line in zip(places, fresh, strict=True):
        lines[number] = line.replace("import Any", "import (\n    Any,\n    Final,\n)")
    return "\n".join(lines)


REWRITINGS: tuple[Callable[[str, random.Random], str], ...] = (
    imports_reordered,
    documented,
    reworded,
    renamed,
    comma_trailed,
    reindented,
    continued,
    spaced,
    commented,
)
"""In an order in which each leaves the others possible."""


def _outside_strings(code: str) -> list[str]:
    """Lines of `code`, those of one long string or one continued line as one."""
    lines: list[str] = []
    inside = False
    for line in code.split("\n"):
        if inside or (lines and lines[-1].endswith("\\")):
            lines[-1] += f"\n{line}"
        else:
            lines.append(line)
        inside ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return lines
