"""Rewrites or deletes the statements of functions at a given rate."""

import ast
import random
from collections.abc import Iterator

from benchmarks.origins.mutation.names import Names
from benchmarks.origins.mutation.renaming import definitions
from benchmarks.origins.mutation.statements import REWRITINGS, Context, insert_dead

_DELETABLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Assert, ast.Raise, ast.AnnAssign, ast.Return)


def rewrite(tree: ast.Module, rate: float, rng: random.Random, *, destroying: bool) -> None:
    """Rewrites each statement inside functions with probability `rate`, in place.

    Args:
        tree: the module.
        rate: 0–1.
        rng: decides everything.
        destroying: half of the chosen statements are deleted or made to mean something else; without it, the
            module still does what it did.
    """
    context = Context(rng, Names(rng, definitions(tree).used), imports_torch(tree))
    for function in list(_outermost_functions(tree)):
        donors = [one.value for one in ast.walk(function) if isinstance(one, ast.Assign)]
        _rewrite_block(function, "body", rate, context, donors if destroying else None)
    ast.fix_missing_locations(tree)


def imports_torch(tree: ast.Module) -> bool:
    """Whether the module imports torch under its own name."""
    return any(
        alias.name == "torch" and alias.asname is None
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    )


def _outermost_functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        else:
            yield from _outermost_functions(child)


def _rewrite_block(node: ast.AST, name: str, rate: float, context: Context, donors: list[ast.expr] | None) -> None:
    statements: list[ast.stmt] = getattr(node, name)
    written: list[ast.stmt] = []
    for statement in statements:
        _rewrite_inside(statement, rate, context, donors)
        if context.rng.random() >= rate:
            written.append(statement)
        elif donors is not None and isinstance(statement, _DELETABLE) and context.rng.random() < 0.5:
            written += _destroyed(statement, context, donors)
        else:
            written += _rewritten(statement, context)
    if statements:  # an empty else branch stays away
        setattr(node, name, written or [ast.Pass()])


def _rewrite_inside(statement: ast.stmt, rate: float, context: Context, donors: list[ast.expr] | None) -> None:
    for name in ("body", "orelse", "finalbody"):
        if isinstance(getattr(statement, name, None), list):
            _rewrite_block(statement, name, rate, context, donors)
    for handler in getattr(statement, "handlers", ()):
        _rewrite_block(handler, "body", rate, context, donors)


def _rewritten(statement: ast.stmt, context: Context) -> list[ast.stmt]:
    order = list(REWRITINGS)
    context.rng.shuffle(order)
    tried = (rewriting(statement, context) for rewriting in order)
    return next((written for written in tried if written), None) or insert_dead(statement, context)


def _destroyed(statement: ast.stmt, context: Context, donors: list[ast.expr]) -> list[ast.stmt]:
    if isinstance(statement, ast.Assign) and donors and context.rng.random() < 0.25:
        statement.value = context.rng.choice(donors)
        return [statement]
    return []
