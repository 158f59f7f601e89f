"""Other orders that mean the same: of definitions, of methods, of statements that don't touch each other."""

import ast
import random
from collections.abc import Iterable

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def reorder_definitions(tree: ast.Module, rng: random.Random) -> None:
    """Shuffles top-level definitions and the methods of each class, in place.

    A definition stays after those that it needs when it is executed: bases, decorators, defaults, class bodies.
    Other top-level statements stay where they are among themselves and separate what is shuffled.
    """
    tree.body = _shuffled_runs(tree.body, rng)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            node.body = _shuffled_runs(node.body, rng)


def swap_independent(tree: ast.Module, rate: float, rng: random.Random) -> None:
    """Swaps neighbouring assignments that touch nothing in common, at `rate`, in place."""
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            statements = getattr(node, name, None)
            if isinstance(statements, list) and not isinstance(node, ast.Module | ast.ClassDef):
                _swap(statements, rate, rng)


def _shuffled_runs(statements: list[ast.stmt], rng: random.Random) -> list[ast.stmt]:
    ordered: list[ast.stmt] = []
    run: list[_Definition] = []
    for statement in statements:
        if isinstance(statement, _Definition):
            run.append(statement)
        else:
            ordered += _shuffled(run, rng)
            ordered.append(statement)
            run = []
    return [*ordered, *_shuffled(run, rng)]


def _shuffled(run: list[_Definition], rng: random.Random) -> list[_Definition]:
    names = [one.name for one in run]
    needs = [
        {
            earlier
            for earlier in range(position)
            if names[earlier] == one.name or names[earlier] in _needed_at_once(one)
        }
        for position, one in enumerate(run)
    ]
    placed: list[int] = []
    waiting = list(range(len(run)))
    while waiting:
        ready = [one for one in waiting if needs[one] <= set(placed)]
        chosen = rng.choice(ready)
        placed.append(chosen)
        waiting.remove(chosen)
    return [run[position] for position in placed]


def _needed_at_once(definition: _Definition) -> set[str]:
    parts: list[ast.AST] = list(definition.decorator_list)
    if isinstance(definition, ast.ClassDef):
        parts += [*definition.bases, *definition.keywords]
        for statement in definition.body:
            if isinstance(statement, _Definition):
                parts += [ast.Name(name) for name in _needed_at_once(statement)]
            else:
                parts.append(statement)
    else:
        parts += [*definition.args.defaults, *(one for one in definition.args.kw_defaults if one is not None)]
        parts += [
            one.annotation for one in ast.walk(definition.args) if isinstance(one, ast.arg) and one.annotation
        ]
        parts += [definition.returns] if definition.returns else []
    return _names(parts)


def _names(parts: Iterable[ast.AST]) -> set[str]:
    return {one.id for part in parts for one in ast.walk(part) if isinstance(one, ast.Name)}


def _swap(statements: list[ast.stmt], rate: float, rng: random.Random) -> None:
    position = 0
    while position + 1 < len(statements):
        first, second = statements[position], statements[position + 1]
        if _independent(first, second) and rng.random() < rate:
            statements[position], statements[position + 1] = second, first
            position += 1
        position += 1


def _independent(first: ast.stmt, second: ast.stmt) -> bool:
    if not (_is_plain(first) and _is_plain(second)):
        return False
    writes = _written(first), _written(second)
    reads = _read(first), _read(second)
    return not (writes[0] & (writes[1] | reads[1]) or writes[1] & reads[0])


def _is_plain(statement: ast.stmt) -> bool:
    """An assignment that calls nothing but constructors of `nn`-like modules, or nothing at all."""
    if not isinstance(statement, ast.Assign):
        return False
    calls = [one.func for one in ast.walk(statement.value) if isinstance(one, ast.Call)]
    return all(isinstance(one, ast.Attribute) and one.attr[:1].isupper() for one in calls)


def _written(statement: ast.stmt) -> set[str]:
    found = {_spelled(one) for one in ast.walk(statement) if isinstance(getattr(one, "ctx", None), ast.Store)}
    return found - {""}


def _read(statement: ast.stmt) -> set[str]:
    found = {_spelled(one) for one in ast.walk(statement) if isinstance(getattr(one, "ctx", None), ast.Load)}
    return found - {""}


def _spelled(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return f".{name}"
    return ""
