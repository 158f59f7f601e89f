"""What a reader sees and a compiler doesn't need: docstrings, annotations, words in strings, order of imports."""

import ast
import itertools
import random

from benchmarks.origins.mutation.names import Names


def drop_docstrings(tree: ast.Module) -> None:
    """Removes every docstring and other bare string, in place; a parser has dropped the comments already."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            statements = getattr(node, name, None)
            if isinstance(statements, list):
                kept = [one for one in statements if not _is_bare_string(one)]
                setattr(
                    node, name, kept if kept or isinstance(node, ast.Module) or not statements else [ast.Pass()]
                )


def drop_annotations(tree: ast.Module) -> None:
    """Removes the annotations of parameters, returns and variables, in place."""
    _Unannotated().visit(tree)
    ast.fix_missing_locations(tree)


def change_strings(tree: ast.Module, rng: random.Random) -> None:
    """Gives every string other words, in place; equal strings stay equal, and format specifications stay."""
    names = Names(rng, ())
    _Reworded(names).visit(tree)


def shuffle_imports(tree: ast.Module, rng: random.Random) -> None:
    """Shuffles each run of neighbouring imports, and the names in each, in place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            rng.shuffle(node.names)
    body: list[ast.stmt] = []
    for is_import, run in itertools.groupby(tree.body, lambda one: isinstance(one, ast.Import | ast.ImportFrom)):
        statements = list(run)
        if is_import:
            future = [one for one in statements if isinstance(one, ast.ImportFrom) and one.module == "__future__"]
            others = [one for one in statements if one not in future]
            rng.shuffle(others)
            statements = [*future, *others]
        body += statements
    tree.body = body


def _is_bare_string(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


class _Unannotated(ast.NodeTransformer):
    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        value = node.value if node.value is not None else ast.Constant(None)
        return self.generic_visit(ast.Assign(targets=[node.target], value=value))


class _Reworded(ast.NodeTransformer):
    def __init__(self, names: Names) -> None:
        self._names = names
        self._words: dict[str, str] = {}

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, str) and len(node.value) > 1 and not node.value.startswith("__"):
            if node.value not in self._words:
                self._words[node.value] = self._names.sentence(len(node.value))
            node.value = self._words[node.value]
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        node.value = self.visit(node.value)
        return node
