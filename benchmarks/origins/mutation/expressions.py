"""Other ways to write an expression."""

import ast
import random
import re
import string

_TORCH_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.MatMult: "matmul",
    ast.Pow: "pow",
}
_TORCH_FUNCTIONS = frozenset(
    re.findall(
        r"\w+",
        "transpose permute reshape squeeze unsqueeze flatten sum mean softmax matmul cumsum argmax topk "
        "masked_fill repeat_interleave chunk split sqrt rsqrt pow exp log sigmoid tanh clamp where gather ",
    )
)
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}
_NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


class Rephrased(ast.NodeTransformer):
    """Rewrites the parts of an expression, each with a given probability; its value stays."""

    def __init__(self, rng: random.Random, rate: float, *, torch: bool) -> None:
        """`torch`: the module imports torch, so operators on tensors may become its functions."""
        self._rng = rng
        self._rate = rate
        self._torch = torch

    def _chosen(self) -> bool:
        return self._rng.random() < self._rate

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        function = _TORCH_OPERATORS.get(type(node.op))
        if not (self._torch and function and self._chosen()) or _is_text(node.left) or _is_text(node.right):
            return node
        return torch_call(function, node.left, node.right)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) != 1 or not self._chosen():
            return node
        operator = type(node.ops[0])
        if operator in _NEGATED and self._rng.random() < 0.5:
            negated = ast.Compare(node.left, [_NEGATED[operator]()], node.comparators)
            return ast.UnaryOp(ast.Not(), negated)
        if operator in _MIRRORED:
            return ast.Compare(node.comparators[0], [_MIRRORED[operator]()], [node.left])
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if not self._chosen():
            return node
        if len(node.keywords) > 1 and all(one.arg for one in node.keywords):
            self._rng.shuffle(node.keywords)
        match node.func:
            case ast.Attribute(attr=method, value=value) if self._torch and method in _TORCH_FUNCTIONS:
                return self._other_side(node, method, value)
        return node

    def _other_side(self, node: ast.Call, method: str, value: ast.expr) -> ast.AST:
        if isinstance(value, ast.Name) and value.id == "torch":
            if node.args and not isinstance(node.args[0], ast.Starred) and method != "where":
                return ast.Call(ast.Attribute(node.args[0], method, ast.Load()), node.args[1:], node.keywords)
            return node
        if method in ("permute", "reshape") and not (len(node.args) == 1 and isinstance(node.args[0], ast.Tuple)):
            if any(isinstance(one, ast.Starred) for one in node.args) or len(node.args) == 1:
                return node
            return ast.Call(torch_attribute(method), [value, ast.Tuple(node.args, ast.Load())], node.keywords)
        if isinstance(value, ast.Name | ast.Attribute | ast.Call | ast.Subscript) and not is_module(value):
            return ast.Call(torch_attribute(method), [value, *node.args], node.keywords)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return formatted(node) if self._chosen() else node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if not self._chosen():
            return node
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        inside = ast.BoolOp(other, [negation(one) for one in node.values])
        # the value of `a and b` may be any object: only where both are truth values is this the same
        return ast.UnaryOp(ast.Not(), inside) if all(map(_is_truth_value, node.values)) else node


def negation(test: ast.expr) -> ast.expr:
    """`not test`, without a double negation."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(ast.Not(), test)


def formatted(node: ast.JoinedStr) -> ast.expr:
    """The f-string as a call of `str.format`; itself where that can't say the same."""
    template, arguments = "", list[ast.expr]()
    for part in node.values:
        match part:
            case ast.Constant(value=str(text)):
                template += text.replace("{", "{{").replace("}", "}}")
            case ast.FormattedValue(value=value, conversion=conversion, format_spec=None):
                template += "{" + (f"!{chr(conversion)}" if conversion != -1 else "") + "}"
                arguments.append(value)
            case _:
                return node
    return ast.Call(ast.Attribute(ast.Constant(template), "format", ast.Load()), arguments, [])


def interpolated(node: ast.Call) -> ast.expr:
    """A call of `str.format` with plain fields as an f-string; itself where that can't say the same."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(template)), attr="format"), keywords=[]):
            fields = list(string.Formatter().parse(template))
        case _:
            return node
    plain = all(name in (None, "") and not spec for _, name, spec, _ in fields)
    if not plain or sum(name is not None for _, name, _, _ in fields) != len(node.args):
        return node
    parts: list[ast.expr] = []
    remaining = iter(node.args)
    for text, name, _, conversion in fields:
        parts += [ast.Constant(text)] if text else []
        if name is not None:
            parts.append(ast.FormattedValue(next(remaining), ord(conversion) if conversion else -1, None))
    return ast.JoinedStr(parts)


def torch_attribute(name: str) -> ast.Attribute:
    """`torch.name`."""
    return ast.Attribute(ast.Name("torch", ast.Load()), name, ast.Load())


def torch_call(name: str, *arguments: ast.expr) -> ast.Call:
    """`torch.name(*arguments)`."""
    return ast.Call(torch_attribute(name), list(arguments), [])


def is_module(node: ast.expr) -> bool:
    """Whether the expression is most likely a module such as `np` or `nn.functional`, not a tensor."""
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return bool(
        names & {"torch", "F", "nn", "np", "math", "jnp", "jax", "mx", "paddle", "ops", "tf", "functional"}
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.List | ast.Tuple | ast.Constant) and not (
        isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    )


def _is_truth_value(node: ast.expr) -> bool:
    return isinstance(node, ast.Compare) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))
