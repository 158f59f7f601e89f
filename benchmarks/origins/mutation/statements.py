"""Other ways to write a statement: each function gives what to put in its place, or None where it doesn't fit."""

import ast
import random
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.origins.mutation.expressions import Rephrased, negation
from benchmarks.origins.mutation.names import Names


@dataclass(frozen=True, slots=True)
class Context:
    """What a rewriting may draw on."""

    rng: random.Random
    names: Names
    torch: bool
    """The module imports torch."""


Rewriting = Callable[[ast.stmt, Context], list[ast.stmt] | None]


def load(name: str) -> ast.Name:
    """The variable, read."""
    return ast.Name(name, ast.Load())


def assign(name: str, value: ast.expr) -> ast.Assign:
    """`name = value`."""
    return ast.Assign([ast.Name(name, ast.Store())], value)


def split_arguments(statement: ast.stmt, context: Context) -> list[ast.stmt] | None:
    """`x = f(g(y), z + 1)` -> `t = g(y); u = z + 1; x = f(t, u)`."""
    value = getattr(statement, "value", None)
    if not isinstance(statement, ast.Assign | ast.Return | ast.Expr) or not isinstance(value, ast.Call):
        return None
    before: list[ast.stmt] = []
    for position, argument in enumerate(value.args):
        if isinstance(argument, ast.Call | ast.BinOp | ast.Subscript | ast.Attribute):
            name = context.names.fresh("temporary")
            before.append(assign(name, argument))
            value.args[position] = load(name)
    for keyword in value.keywords:
        if keyword.arg and isinstance(keyword.value, ast.Call | ast.BinOp):
            name = context.names.fresh("temporary")
            before.append(assign(name, keyword.value))
            keyword.value = load(name)
    return [*before, statement] if before else None


def split_chain(statement: ast.stmt, context: Context) -> list[ast.stmt] | None:
    """`x = y.a(1).b(2)` -> `t = y.a(1); x = t.b(2)`."""
    value = getattr(statement, "value", None)
    if not isinstance(statement, ast.Assign | ast.Return) or not isinstance(value, ast.Call):
        return None
    if not (isinstance(value.func, ast.Attribute) and isinstance(value.func.value, ast.Call)):
        return None
    if isinstance(value.func.value.func, ast.Name) and value.func.value.func.id == "super":
        return None
    name = context.names.fresh("temporary")
    inner = value.func.value
    value.func.value = load(name)
    return [assign(name, inner), statement]


def name_returned(statement: ast.stmt, context: Context) -> list[ast.stmt] | None:
    """`return f(x)` -> `t = f(x); return t`."""
    match statement:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Name | ast.Constant):
            name = context.names.fresh("outcome")
            return [assign(name, value), ast.Return(load(name))]
    return None


def invert_if(statement: ast.stmt, _: Context) -> list[ast.stmt] | None:
    """`if a: X else: Y` -> `if not a: Y else: X`."""
    if isinstance(statement, ast.If):
        return [ast.If(negation(statement.test), statement.orelse or [ast.Pass()], statement.body)]
    return None


def comprehension_to_loop(statement: ast.stmt, context: Context) -> list[ast.stmt] | None:
    """`x = [f(y) for y in z if c]` -> `x = []` and a loop that appends."""
    match statement:
        case ast.Assign(targets=[ast.Name() as target], value=ast.ListComp(elt=element, generators=[generator])):
            if generator.is_async or target.id in {
                one.id for one in ast.walk(generator) if isinstance(one, ast.Name)
            }:
                return None
            gathered = context.names.fresh("gathered")
            append = ast.Expr(ast.Call(ast.Attribute(load(gathered), "append", ast.Load()), [element], []))
            body: list[ast.stmt] = [append]
            for condition in reversed(generator.ifs):
                body = [ast.If(condition, body, [])]
            loop = ast.For(generator.target, generator.iter, body, [])
            return [assign(gathered, ast.List([], ast.Load())), loop, assign(target.id, load(gathered))]
    return None


def loop_to_comprehension(statement: ast.stmt, _: Context) -> list[ast.stmt] | None:
    """`for y in z: x.append(f(y))` -> `x.extend([f(y) for y in z])`."""
    match statement:
        case ast.For(
            target=target,
            iter=iterated,
            body=[
                ast.Expr(ast.Call(func=ast.Attribute(value=gathered, attr="append"), args=[element], keywords=[]))
            ],
            orelse=[],
        ):
            listed = ast.ListComp(element, [ast.comprehension(target, iterated, [], 0)])
            return [ast.Expr(ast.Call(ast.Attribute(gathered, "extend", ast.Load()), [listed], []))]
    return None


def expand_augmented(statement: ast.stmt, _: Context) -> list[ast.stmt] | None:
    """`x += y` -> `x = x + y`."""
    match statement:
        case ast.AugAssign(target=ast.Name(id=name), op=operator, value=value):
            return [assign(name, ast.BinOp(load(name), operator, value))]
    return None


def contract_augmented(statement: ast.stmt, _: Context) -> list[ast.stmt] | None:
    """`x = x + y` -> `x += y`, where y is a number."""
    match statement:
        case ast.Assign(
            targets=[ast.Name(id=name)], value=ast.BinOp(left=ast.Name(id=left), op=operator, right=right)
        ):
            if name == left and isinstance(right, ast.Constant):
                return [ast.AugAssign(ast.Name(name, ast.Store()), operator, right)]
    return None


def choice_to_if(statement: ast.stmt, _: Context) -> list[ast.stmt] | None:
    """`x = a if c else b` -> an if statement with two assignments."""
    match statement:
        case ast.Assign(targets=[target], value=ast.IfExp(test=test, body=first, orelse=second)):
            return [ast.If(test, [ast.Assign([target], first)], [ast.Assign([target], second)])]
        case ast.Return(value=ast.IfExp(test=test, body=first, orelse=second)):
            return [ast.If(test, [ast.Return(first)], [ast.Return(second)])]
    return None


def if_to_choice(statement: ast.stmt, _: Context) -> list[ast.stmt] | None:
    """An if statement with one assignment to the same name on both sides -> `x = a if c else b`."""
    match statement:
        case ast.If(test=test, body=[ast.Assign(targets=[one])], orelse=[ast.Assign(targets=[other])]):
            first, second = statement.body[0], statement.orelse[0]
            if (
                isinstance(first, ast.Assign)
                and isinstance(second, ast.Assign)
                and ast.dump(one) == ast.dump(other)
            ):
                return [ast.Assign([one], ast.IfExp(test, first.value, second.value))]
    return None


def split_tuple(statement: ast.stmt, context: Context) -> list[ast.stmt] | None:
    """`a, b = x, y` -> two assignments by way of temporary names."""
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if len(targets) == len(
            values
        ):
            if any(isinstance(one, ast.Starred) for one in (*targets, *values)):
                return None
            names = [context.names.fresh("part") for _ in values]
            before = [assign(name, value) for name, value in zip(names, values, strict=True)]
            after = [ast.Assign([one], load(name)) for name, one in zip(names, targets, strict=True)]
            return [*before, *after]
    return None


def split_conjunction(statement: ast.stmt, _: Context) -> list[ast.stmt] | None:
    """`if a and b: X` -> `if a: if b: X`."""
    match statement:
        case ast.If(test=ast.BoolOp(op=ast.And(), values=[first, *others]), body=body, orelse=[]):
            rest = others[0] if len(others) == 1 else ast.BoolOp(ast.And(), others)
            return [ast.If(first, [ast.If(rest, body, [])], [])]
    return None


def count_while(statement: ast.stmt, context: Context) -> list[ast.stmt] | None:
    """`for i, x in enumerate(y): …` -> `for i in range(len(t)): x = t[i]; …`."""
    match statement:
        case ast.For(
            target=ast.Tuple(elts=[ast.Name(id=index), other]),
            iter=ast.Call(func=ast.Name(id="enumerate"), args=[iterated], keywords=[]),
            body=body,
            orelse=orelse,
        ):
            name = context.names.fresh("sequence")
            listed = ast.Call(load("list"), [iterated], [])
            length = ast.Call(load("len"), [load(name)], [])
            element = ast.Assign([other], ast.Subscript(load(name), load(index), ast.Load()))
            counted = ast.Call(load("range"), [length], [])
            return [assign(name, listed), ast.For(ast.Name(index, ast.Store()), counted, [element, *body], orelse)]
    return None


def rephrase(statement: ast.stmt, context: Context) -> list[ast.stmt] | None:
    """The statement with its expressions written in other ways."""
    before = ast.dump(statement)
    rephrased = Rephrased(context.rng, 0.9, torch=context.torch).visit(statement)
    return [rephrased] if ast.dump(rephrased) != before else None


def insert_dead(statement: ast.stmt, context: Context) -> list[ast.stmt]:
    """A statement without effect beside it."""
    name = context.names.fresh("unused")
    number = ast.Constant(context.rng.randrange(2, 64))
    dead: ast.stmt = context.rng.choice(
        (
            assign(name, number),
            assign(name, ast.Call(load("dict"), [], [])),
            ast.If(ast.Compare(number, [ast.Lt()], [ast.Constant(0)]), [assign(name, ast.Constant(None))], []),
        )
    )
    return (
        [dead, statement] if context.rng.random() < 0.5 or isinstance(statement, ast.Return) else [statement, dead]
    )


REWRITINGS: tuple[Rewriting, ...] = (
    split_arguments,
    split_chain,
    name_returned,
    invert_if,
    comprehension_to_loop,
    loop_to_comprehension,
    expand_augmented,
    contract_augmented,
    choice_to_if,
    if_to_choice,
    split_tuple,
    split_conjunction,
    count_while,
    rephrase,
)
