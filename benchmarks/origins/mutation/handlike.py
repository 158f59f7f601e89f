"""Rewrites a model file as a person would who wants it to look like his own."""

import ast
import random

from benchmarks.origins.mutation.expressions import negation
from benchmarks.origins.mutation.extraction import split_functions
from benchmarks.origins.mutation.names import Names
from benchmarks.origins.mutation.ordering import swap_independent
from benchmarks.origins.mutation.renaming import definitions
from benchmarks.origins.mutation.rewriting import rewrite
from benchmarks.origins.mutation.statements import assign, load
from benchmarks.origins.mutation.tensor_forms import OtherForms


def rewrite_by_hand(tree: ast.Module, rng: random.Random) -> None:
    """Loops unrolled, parts of long functions split out, tensor code in other forms, a configuration of its own,
    attributes merged, keyword and positional arguments exchanged, early returns; in place.

    Names are left to `renaming.rename`, which belongs after it.
    """
    names = Names(rng, definitions(tree).used | _attribute_names(tree))
    _own_configuration(tree, names)
    _exchange_arguments(tree, rng)
    for node in list(ast.walk(tree)):
        for field in ("body", "orelse"):
            statements = getattr(node, field, None)
            if isinstance(statements, list) and not isinstance(node, ast.Module | ast.ClassDef):
                rewritten = _early_returns(_merged(_unrolled(statements, rng), rng))
                setattr(node, field, rewritten)
    forms = OtherForms(rng)
    forms.visit(tree)
    split_functions(tree, rng, names)
    swap_independent(tree, 0.5, rng)
    rewrite(tree, 0.15, rng, destroying=False)
    if forms.einops:
        imported = ast.ImportFrom("einops", [ast.alias(one) for one in sorted(forms.einops)], 0)
        tree.body.insert(_after_future_imports(tree), imported)
    ast.fix_missing_locations(tree)


def _after_future_imports(tree: ast.Module) -> int:
    future = [
        at for at, one in enumerate(tree.body) if isinstance(one, ast.ImportFrom) and one.module == "__future__"
    ]
    return future[-1] + 1 if future else 0


def _attribute_names(tree: ast.Module) -> set[str]:
    return {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}


def _own_configuration(tree: ast.Module, names: Names) -> None:
    """Attributes of `config` become fields of a dataclass of the module's own, under other names."""
    fields: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="config"), attr=attribute):
                node.attr = fields.setdefault(attribute, names.fresh(attribute))
            case ast.Attribute(value=ast.Attribute(attr="config", value=ast.Name(id="self")), attr=attribute):
                node.attr = fields.setdefault(attribute, names.fresh(attribute))
    if not fields:
        return
    body: list[ast.stmt] = [
        ast.AnnAssign(ast.Name(name, ast.Store()), load("object"), ast.Constant(None), simple=1)
        for name in fields.values()
    ]
    decorated: list[ast.expr] = [
        ast.Call(load("dataclass"), [], [ast.keyword("frozen", ast.Constant(value=True))])
    ]
    own = ast.ClassDef(names.fresh("Settings"), [], [], body, decorated)
    last = max(
        (at + 1 for at, one in enumerate(tree.body) if isinstance(one, ast.Import | ast.ImportFrom)), default=0
    )
    tree.body.insert(last, own)
    tree.body.insert(_after_future_imports(tree), ast.ImportFrom("dataclasses", [ast.alias("dataclass")], 0))


def _exchange_arguments(tree: ast.Module, rng: random.Random) -> None:
    """Calls of the module's own functions and methods: keywords for positions and positions for keywords."""
    signatures: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not node.args.vararg and not node.args.posonlyargs:
            names = [one.arg for one in node.args.args]
            names = names[1:] if names[:1] in (["self"], ["cls"]) else names
            signatures[node.name] = [] if node.name in signatures else names
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name, value=ast.Name(id="self"))):
                if signatures.get(name) and rng.random() < 0.8:
                    _exchange(node, signatures[name])


def _exchange(call: ast.Call, names: list[str]) -> None:
    if any(isinstance(one, ast.Starred) for one in call.args) or len(call.args) > len(names):
        return
    given = dict(zip(names, call.args, strict=False))
    if call.args:
        call.keywords = [*(ast.keyword(name, value) for name, value in given.items()), *call.keywords]
        call.args = []
        return
    by_name = {one.arg: one for one in call.keywords if one.arg}
    while names and names[0] in by_name:
        keyword = by_name[names[0]]
        call.args.append(keyword.value)
        call.keywords.remove(keyword)
        names = names[1:]


def _unrolled(statements: list[ast.stmt], rng: random.Random) -> list[ast.stmt]:
    """Loops over a literal or a small range are written out; other loops over a range become while loops."""
    written: list[ast.stmt] = []
    for statement in statements:
        match statement:
            case ast.For(
                target=ast.Name(id=name), iter=ast.Tuple(elts=elements) | ast.List(elts=elements), orelse=[]
            ):
                for element in elements:
                    written += [assign(name, element), *_copied(statement.body)]
            case ast.For(
                target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="range"), args=[limit]), orelse=[]
            ):
                written += _written_out(statement, name, limit, rng)
            case _:
                written.append(statement)
    return written


def _written_out(loop: ast.For, name: str, limit: ast.expr, rng: random.Random) -> list[ast.stmt]:
    if isinstance(limit, ast.Constant) and isinstance(limit.value, int) and limit.value <= 4:
        return [
            one for turn in range(limit.value) for one in (assign(name, ast.Constant(turn)), *_copied(loop.body))
        ]
    if any(isinstance(one, ast.Continue) for one in ast.walk(loop)) or rng.random() < 0.3:
        return [loop]
    step = ast.AugAssign(ast.Name(name, ast.Store()), ast.Add(), ast.Constant(1))
    below = ast.Compare(load(name), [ast.Lt()], [limit])
    return [assign(name, ast.Constant(0)), ast.While(below, [*loop.body, step], [])]


def _copied(statements: list[ast.stmt]) -> list[ast.stmt]:
    module = ast.fix_missing_locations(ast.Module(statements, []))
    return ast.parse(ast.unparse(module)).body


def _merged(statements: list[ast.stmt], rng: random.Random) -> list[ast.stmt]:
    """Neighbouring assignments to two attributes of self become one with a tuple."""
    written: list[ast.stmt] = []
    for statement in statements:
        match written[-1:], statement:
            case [
                [ast.Assign(targets=[ast.Attribute() as one], value=first)],
                ast.Assign(targets=[ast.Attribute() as two]),
            ]:
                used = {node.attr for node in ast.walk(statement.value) if isinstance(node, ast.Attribute)}
                if one.attr not in used and rng.random() < 0.5:
                    pair = ast.Tuple([one, two], ast.Store())
                    written[-1] = ast.Assign([pair], ast.Tuple([first, statement.value], ast.Load()))
                    continue
        written.append(statement)
    return written


def _early_returns(statements: list[ast.stmt]) -> list[ast.stmt]:
    """No else after a branch that returns."""
    match statements[-1:]:
        case [ast.If(test=test, body=[*_, ast.Return() | ast.Raise()], orelse=[_, *_] as others) as last]:
            return [*statements[:-1], ast.If(test, last.body, []), *_early_returns(others)]
        case [ast.If(test=test, body=body, orelse=[*_, ast.Return() | ast.Raise()] as others)]:
            return [*statements[:-1], ast.If(negation(test), others, []), *body]
    return statements
