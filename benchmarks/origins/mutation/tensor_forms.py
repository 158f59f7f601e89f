"""Tensor code in the forms that another author prefers: einops, operators, functions for methods and back."""

import ast
import random

from benchmarks.origins.mutation.expressions import interpolated, is_module, torch_attribute

_POSITIONAL = {
    "Linear": ("in_features", "out_features"),
    "Embedding": ("num_embeddings", "embedding_dim", "padding_idx"),
    "LayerNorm": ("normalized_shape",),
    "Conv1d": ("in_channels", "out_channels", "kernel_size"),
    "Conv2d": ("in_channels", "out_channels", "kernel_size"),
    "Dropout": ("p",),
}
_ACTIVATIONS = frozenset(("silu", "gelu", "relu", "sigmoid", "tanh", "softmax", "log_softmax", "softplus"))
_AXES = "bthdnmkv"


class OtherForms(ast.NodeTransformer):
    """Rewrites calls on tensors, in place, each with probability 0.8."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.einops: set[str] = set()
        """Functions of einops that the module now uses."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if self._rng.random() > 0.8:
            return node
        match node.func:
            case ast.Attribute(attr="transpose", value=ast.Call() as inner) if len(node.args) == 2:
                return self._heads_apart(node, inner)
            case ast.Attribute(attr="transpose", value=value) if len(node.args) == 2 and not is_module(value):
                return self._swapped(node, value)
            case ast.Attribute(attr="contiguous", value=value):
                return value
            case ast.Attribute(attr=name, value=ast.Name(id="torch")):
                return _of_torch(node, name)
            case ast.Attribute(attr="view", value=value) if not is_module(value):
                return self._reshaped(node, value)
            case ast.Attribute(attr=name, value=value) if name in _ACTIVATIONS and is_module(value):
                return self._activated(node, name)
            case ast.Attribute(attr=layer) if layer in _POSITIONAL:
                self._name_arguments(node, layer)
            case ast.Attribute(attr="format", value=ast.Constant()):
                return interpolated(node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.MatMult) and self._rng.random() < 0.5:
            equation = ast.Constant("...ij,...jk->...ik")
            return ast.Call(torch_attribute("einsum"), [equation, node.left, node.right], [])
        return node

    def _heads_apart(self, node: ast.Call, inner: ast.Call) -> ast.AST:
        """`x.view(b, t, h, d).transpose(1, 2)` -> `rearrange(x, "b t (h d) -> b h t d", h=h)`."""
        match inner, node.args:
            case (
                ast.Call(func=ast.Attribute(attr="view" | "reshape", value=value), args=[_, _, heads, _]),
                [ast.Constant(value=1), ast.Constant(value=2)],
            ) if not isinstance(heads, ast.Starred):
                b, t, h, d = self._rng.sample(_AXES, 4)
                pattern = ast.Constant(f"{b} {t} ({h} {d}) -> {b} {h} {t} {d}")
                return self._einops("rearrange", value, pattern, ast.keyword(h, heads))
            case ast.Call(func=ast.Attribute(attr="view" | "reshape", value=value), args=[ast.Name() as shape]), _:
                fixed = ast.Call(ast.Attribute(value, "unflatten", ast.Load()), [ast.Constant(-1), shape], [])
                return ast.Call(ast.Attribute(fixed, "swapaxes", ast.Load()), node.args, [])
        return node

    def _swapped(self, node: ast.Call, value: ast.expr) -> ast.AST:
        match [getattr(one, "value", None) for one in node.args]:
            case [1, 2]:
                b, t, h = self._rng.sample(_AXES, 3)
                return self._einops("rearrange", value, ast.Constant(f"{b} {t} {h} ... -> {b} {h} {t} ..."))
        return ast.Call(ast.Attribute(value, "swapaxes", ast.Load()), node.args, node.keywords)

    def _reshaped(self, node: ast.Call, value: ast.expr) -> ast.AST:
        if len(node.args) == 3 and isinstance(node.args[2], ast.Constant) and node.args[2].value == -1:
            return ast.Call(
                ast.Attribute(value, "flatten", ast.Load()), [], [ast.keyword("start_dim", ast.Constant(2))]
            )
        return ast.Call(ast.Attribute(value, "reshape", ast.Load()), node.args, node.keywords)

    def _activated(self, node: ast.Call, name: str) -> ast.AST:
        if not node.args or isinstance(node.args[0], ast.Starred):
            return node
        if name in ("silu", "gelu", "relu", "softplus"):
            return ast.Call(ast.Attribute(ast.Name("F", ast.Load()), name, ast.Load()), node.args, node.keywords)
        positional = [one.value for one in node.keywords if one.arg == "dim"]
        others = [one for one in node.keywords if one.arg != "dim"]
        return ast.Call(ast.Attribute(node.args[0], name, ast.Load()), [*node.args[1:], *positional], others)

    def _name_arguments(self, node: ast.Call, layer: str) -> None:
        names = _POSITIONAL[layer]
        if any(isinstance(one, ast.Starred) for one in node.args) or len(node.args) > len(names):
            return
        named = [ast.keyword(name, value) for name, value in zip(names, node.args, strict=False)]
        node.keywords = [*named, *node.keywords]
        node.args = []

    def _einops(self, function: str, *arguments: ast.expr | ast.keyword) -> ast.Call:
        self.einops.add(function)
        return ast.Call(
            ast.Name(function, ast.Load()),
            [one for one in arguments if isinstance(one, ast.expr)],
            [one for one in arguments if isinstance(one, ast.keyword)],
        )


def _of_torch(node: ast.Call, name: str) -> ast.AST:
    """`torch.matmul(a, b)` -> `a @ b`, `torch.cat` -> `torch.concat`."""
    if name in ("matmul", "bmm") and len(node.args) == 2:
        return ast.BinOp(node.args[0], ast.MatMult(), node.args[1])
    if name == "cat":
        node.func = torch_attribute("concat")
    return node
