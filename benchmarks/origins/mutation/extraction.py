"""Splits long functions: a stretch of statements becomes a function of its own."""

import ast
import random

from benchmarks.origins.mutation.names import Names
from benchmarks.origins.mutation.statements import load

_LEAVES = (ast.Return, ast.Yield, ast.YieldFrom, ast.Break, ast.Continue, ast.Await, ast.Nonlocal, ast.Global)


def split_functions(tree: ast.Module, rng: random.Random, names: Names, *, longest: int = 6) -> None:
    """Takes a stretch of statements out of each function with more than `longest` of them, in place.

    What the stretch needs becomes parameters, what is used after it is returned.
    """
    added: list[ast.stmt] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and len(node.body) > longest:
            split = _split(node, rng, names)
            if split is not None:
                added.append(split)
    position = max(
        (at + 1 for at, one in enumerate(tree.body) if isinstance(one, ast.Import | ast.ImportFrom)), default=0
    )
    tree.body[position:position] = added
    ast.fix_missing_locations(tree)


def _split(function: ast.FunctionDef, rng: random.Random, names: Names) -> ast.stmt | None:
    size = rng.randrange(3, max(4, len(function.body) // 2 + 1))
    starts = list(range(len(function.body) - size))
    rng.shuffle(starts)
    for start in starts:
        stretch = function.body[start : start + size]
        if not any(_leaves(one) for one in stretch):
            taken = _taken_out(function, start, stretch, names)
            if taken is not None:
                return taken
    return None


def _leaves(statement: ast.stmt) -> bool:
    for one in ast.walk(statement):
        if isinstance(one, (*_LEAVES, ast.FunctionDef, ast.Delete)):
            return True
        if isinstance(one, ast.Name) and one.id in ("super", "locals", "__class__"):
            return True
    return False


def _taken_out(function: ast.FunctionDef, start: int, stretch: list[ast.stmt], names: Names) -> ast.stmt | None:
    earlier, later = function.body[:start], function.body[start + len(stretch) :]
    surely = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)} | _surely_bound(earlier)
    perhaps = surely | {name for one in earlier for name in _stored(one)}
    written = {name for one in stretch for name in _stored(one)}
    returned = sorted(written & {name for one in later for name in _loaded(one)})
    read = {name for one in stretch for name in _loaded(one)} | (set(returned) - _surely_bound(stretch))
    needed = sorted(read & perhaps)
    if not surely.issuperset(needed) or not (surely | _surely_bound(stretch)).issuperset(returned):
        return None  # whether a name is bound depends on what happened before
    name = names.fresh("_part")
    call = ast.Call(load(name), [load(one) for one in needed], [])
    replaced: list[ast.stmt] = [ast.Expr(call)]
    body = list(stretch)
    if returned:
        listed = [load(one) for one in returned]
        body.append(ast.Return(listed[0] if len(listed) == 1 else ast.Tuple(list(listed), ast.Load())))
        targets = [ast.Name(one, ast.Store()) for one in returned]
        target = targets[0] if len(targets) == 1 else ast.Tuple(list(targets), ast.Store())
        replaced = [ast.Assign([target], call)]
    function.body[start : start + len(stretch)] = replaced
    signature = ast.arguments(
        posonlyargs=[], args=[ast.arg(one) for one in needed], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    return ast.FunctionDef(name=name, args=signature, body=body, decorator_list=[])


def _surely_bound(statements: list[ast.stmt]) -> set[str]:
    plain = [one for one in statements if isinstance(one, ast.Assign)]
    return {name for one in plain for name in _stored(one)}


def _stored(node: ast.AST) -> set[str]:
    """Names that `node` binds in its function; those of comprehensions are their own."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return {node.id}
    if isinstance(node, ast.comprehension | ast.Lambda):
        return set()
    return {name for child in ast.iter_child_nodes(node) for name in _stored(child)}


def _loaded(node: ast.AST) -> set[str]:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
    changed = {one.target for one in ast.walk(node) if isinstance(one, ast.AugAssign)}
    return names | {one.id for one in changed if isinstance(one, ast.Name)}
