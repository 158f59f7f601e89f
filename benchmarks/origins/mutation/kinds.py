"""The named kinds of mutants that the benchmark measures."""

import ast
import random
from collections.abc import Callable

from benchmarks.origins.mutation.handlike import rewrite_by_hand
from benchmarks.origins.mutation.layout import lay_out, random_layout
from benchmarks.origins.mutation.names import seeded
from benchmarks.origins.mutation.ordering import reorder_definitions
from benchmarks.origins.mutation.renaming import rename
from benchmarks.origins.mutation.rewriting import rewrite
from benchmarks.origins.mutation.surface import change_strings, drop_annotations, drop_docstrings, shuffle_imports

Mutation = Callable[[ast.Module, random.Random], None]


def stripped(_: ast.Module, __: random.Random) -> None:
    """Header, comments and docstrings dropped, reformatted; nothing else."""


def renamed(tree: ast.Module, rng: random.Random) -> None:
    """Every identifier that the file defines is renamed."""
    rename(tree, rng)


def half_rewritten(tree: ast.Module, rng: random.Random) -> None:
    """Half of the statements rewritten or deleted; names stay."""
    rewrite(tree, 0.5, rng, destroying=True)


def renamed30(tree: ast.Module, rng: random.Random) -> None:
    """Everything renamed, 30 % of the statements rewritten or deleted."""
    rewrite(tree, 0.3, rng, destroying=True)
    rename(tree, rng)


def hard30(tree: ast.Module, rng: random.Random) -> None:
    """Everything renamed, 30 % rewritten or deleted, strings, annotations, imports and order changed."""
    _hard(tree, 0.3, rng)


def hard50(tree: ast.Module, rng: random.Random) -> None:
    """Everything renamed, half rewritten or deleted, strings, annotations, imports and order changed."""
    _hard(tree, 0.5, rng)


def handlike(tree: ast.Module, rng: random.Random) -> None:
    """Rewritten as a person would, then everything renamed, strings, annotations, imports and order changed."""
    drop_annotations(tree)
    rewrite_by_hand(tree, rng)
    _reshuffled(tree, rng)
    rename(tree, rng)
    change_strings(tree, rng)


KINDS: dict[str, Mutation] = {
    "stripped": stripped,
    "renamed": renamed,
    "half-rewritten": half_rewritten,
    "renamed30": renamed30,
    "hard30": hard30,
    "hard50": hard50,
    "handlike": handlike,
}


def mutate(source: bytes, kind: str, seed: str) -> str | None:
    """The mutant of `source`; equal arguments give equal text.

    Returns:
        None where `source` can't be parsed.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    rng = seeded(f"{kind}/{seed}")
    return mutate_tree(tree, kind, rng)


def mutate_tree(tree: ast.Module, kind: str, rng: random.Random) -> str:
    """The mutant's text; `tree` is used up."""
    drop_docstrings(tree)
    KINDS[kind](tree, rng)
    return lay_out(ast.unparse(ast.fix_missing_locations(tree)), random_layout(rng), rng)


def _hard(tree: ast.Module, rate: float, rng: random.Random) -> None:
    drop_annotations(tree)
    rewrite(tree, rate, rng, destroying=True)
    _reshuffled(tree, rng)
    rename(tree, rng)
    change_strings(tree, rng)


def _reshuffled(tree: ast.Module, rng: random.Random) -> None:
    shuffle_imports(tree, rng)
    reorder_definitions(tree, rng)
