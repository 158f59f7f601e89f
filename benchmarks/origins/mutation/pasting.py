"""One class or function of an origin, rewritten and pasted into a file of an independent project."""

import ast
from dataclasses import dataclass

from benchmarks.origins.mutation.kinds import mutate_tree
from benchmarks.origins.mutation.names import seeded

_Definition = ast.FunctionDef | ast.ClassDef
SMALLEST = 25
"""Lines of a block that is worth pasting."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A host file with a foreign block, and where exactly that is."""

    text: str
    first_line: int
    last_line: int
    name: str
    """What the block is called in its origin."""
    lines: tuple[int, int]
    """Where it stands in its origin."""


def paste(origin: bytes, host: bytes, kind: str, seed: str) -> Pasted | None:
    """A block of `origin`, mutated, at the top level of `host`, whose own lines stay as they are.

    Args:
        origin: Python source from which a class or function of at least `SMALLEST` lines is taken.
        host: Python source of another project.
        kind: how the block is mutated, a key of `kinds.KINDS`.
        seed: decides which block, where, and the mutant.

    Returns:
        None where either can't be parsed or `origin` has no such block.
    """
    rng = seeded(f"{kind}/{seed}")
    try:
        tree, host_tree = ast.parse(origin), ast.parse(host)
        host_lines = host.decode("utf-8").splitlines()
    except (SyntaxError, ValueError, RecursionError):
        return None
    blocks = [one for one in tree.body if isinstance(one, _Definition) and _length(one) >= SMALLEST]
    if not blocks:
        return None
    block = rng.choice(blocks)
    name = block.name
    imports = [one for one in tree.body if isinstance(one, ast.Import) and one.names[0].name == "torch"]
    text = mutate_tree(ast.Module([*imports, block], []), kind, rng)
    pasted = _without_imports(text)
    ends = [one.end_lineno or 0 for one in host_tree.body if not isinstance(one, ast.Import | ast.ImportFrom)]
    after = rng.choice(ends) if ends else len(host_lines)
    written = [*host_lines[:after], "", "", *pasted, "", "", *host_lines[after:]]
    return Pasted(
        text="\n".join(written) + "\n",
        first_line=after + 3,
        last_line=after + 2 + len(pasted),
        name=name,
        lines=(block.lineno, block.end_lineno or block.lineno),
    )


def _length(node: _Definition) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _without_imports(text: str) -> list[str]:
    lines = text.splitlines()
    first = next(one for one in ast.parse(text).body if not isinstance(one, ast.Import))
    start = min([first.lineno, *(one.lineno for one in getattr(first, "decorator_list", ()))])
    return lines[start - 1 :]
