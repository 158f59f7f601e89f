"""Renames everything that a module defines itself, consistently; what it takes from elsewhere keeps its name."""

import ast
import builtins
import random
import re
from dataclasses import dataclass, field

from benchmarks.origins.mutation.names import Names

_KEPT = frozenset(dir(builtins)) | {"self", "cls", "_"}
CALLED_BY_FRAMEWORKS = frozenset(
    re.findall(
        r"\w+",
        "forward extra_repr reset_parameters state_dict load_state_dict register_buffer register_parameter "
        "parameters named_parameters modules children train eval to half float cpu cuda apply setUp tearDown run "
        "call build backward setup step get set post_init from_pretrained save_pretrained __init__ ",
    )
)
_LIBRARY_ATTRIBUTES = frozenset(
    re.findall(
        r"\w+",
        "weight bias data shape dtype device grad requires_grad training T ndim size dim numel view reshape "
        "transpose permute contiguous expand repeat squeeze unsqueeze flatten unflatten split chunk sum mean max "
        "min pow sqrt rsqrt exp log softmax argmax argmin topk sort float half long int bool to type type_as item "
        "tolist numpy clone detach fill_ zero_ normal_ copy_ masked_fill masked_fill_ scatter scatter_ gather "
        "index_select matmul add mul div sub append extend insert pop remove keys values items get update join "
        "split strip format lower upper startswith endswith replace encode decode read write close open name "
        "names "
        "path value index count copy clear add_argument info warning error debug in_features out_features "
        "num_embeddings embedding_dim padding_idx eps last_hidden_state hidden_states logits loss past_key_values "
        "attentions ",
    )
)


@dataclass(slots=True)
class _Definitions:
    variables: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)


def rename(tree: ast.Module, rng: random.Random) -> dict[str, str]:
    """Renames in place what `tree` defines: variables, parameters, functions, classes, methods, attributes.

    What it imports from a module beside it belongs to that. One identifier gets one new name.

    Returns:
        New name by old name.
    """
    defined = definitions(tree)
    chosen = (defined.variables | defined.attributes) - defined.imported - _KEPT
    names = Names(rng, defined.used)
    mapping = {old: names.fresh(old) for old in sorted(chosen) if not _is_magic(old)}
    apply_names(tree, mapping, defined)
    return mapping


def definitions(tree: ast.Module) -> _Definitions:
    """What `tree` defines, imports and uses."""
    defined = _Definitions()
    _collect(tree, defined, inside_class=False)
    defined.attributes -= CALLED_BY_FRAMEWORKS | _LIBRARY_ATTRIBUTES
    return defined


def apply_names(tree: ast.Module, mapping: dict[str, str], defined: _Definitions) -> None:
    """Gives every identifier of `mapping` its new name, in place."""
    _Renamer(mapping, defined).visit(tree)


def _is_magic(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _collect(node: ast.AST, defined: _Definitions, *, inside_class: bool) -> None:
    for child in ast.iter_child_nodes(node):
        _note(child, defined, inside_class=inside_class)
        within = isinstance(child, ast.ClassDef) or (
            inside_class and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        )
        _collect(child, defined, inside_class=within)


def _note(node: ast.AST, defined: _Definitions, *, inside_class: bool) -> None:
    match node:
        case ast.Name(id=name, ctx=ctx):
            defined.used.add(name)
            if isinstance(ctx, ast.Store):
                (defined.attributes if inside_class else defined.variables).add(name)
        case ast.arg(arg=name):
            defined.used.add(name)
            defined.variables.add(name)
            defined.parameters.add(name)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            defined.used.add(name)
            (defined.attributes if inside_class else defined.variables).add(name)
        case ast.Attribute(attr=name, ctx=ctx, value=value):
            defined.used.add(name)
            if isinstance(ctx, ast.Store) and isinstance(value, ast.Name) and value.id in ("self", "cls"):
                defined.attributes.add(name)
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            _note_import(node, aliases, defined)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            defined.variables.add(name)
        case ast.MatchMapping(rest=str(name)):
            defined.variables.add(name)


def _note_import(node: ast.Import | ast.ImportFrom, aliases: list[ast.alias], defined: _Definitions) -> None:
    bound = {alias.asname or alias.name.partition(".")[0] for alias in aliases}
    defined.used |= bound
    if not _is_own_import(node):
        defined.imported |= bound
        return
    module = node.module if isinstance(node, ast.ImportFrom) else None
    defined.variables |= (
        {alias.name for alias in aliases} - {"*"} | bound - {"*"} | ({module} if module else set())
    )


def _is_own_import(node: ast.AST) -> bool:
    """From a module beside this one, such as its own configuration: whoever renames has renamed that too."""
    return isinstance(node, ast.ImportFrom) and node.level == 1


class _Renamer(ast.NodeTransformer):
    def __init__(self, mapping: dict[str, str], defined: _Definitions) -> None:
        self._mapping = mapping
        self._defined = defined

    def _new(self, name: str) -> str:
        return self._mapping.get(name, name)

    def _variable(self, name: str) -> str:
        return self._new(name) if name in self._defined.variables or name in self._defined.attributes else name

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._variable(node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = self._new(node.arg)
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if node.attr in self._defined.attributes:
            node.attr = self._new(node.attr)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if self._is_own(node.func):
            for keyword in node.keywords:
                if keyword.arg in self._defined.parameters | self._defined.attributes:
                    keyword.arg = self._new(keyword.arg)
        return self.generic_visit(node)

    def _is_own(self, callee: ast.expr) -> bool:
        match callee:
            case ast.Name(id=name):
                return name == "cls" or (name in self._mapping and name in self._defined.variables)
            case ast.Attribute(attr=attribute, value=value):
                own = isinstance(value, ast.Name) and value.id in ("self", "cls")
                above = (
                    isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "super"
                )
                return own or above or attribute in self._defined.attributes
        return isinstance(callee, ast.Subscript | ast.Call)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._definition(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._definition(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._definition(node)

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> ast.AST:
        node.name = self._variable(node.name)
        return self.generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST:
        if _is_own_import(node):
            node.module = self._new(node.module) if node.module else None
            for alias in node.names:
                alias.name = self._new(alias.name)
                alias.asname = self._new(alias.asname) if alias.asname else None
        return node

    def visit_Global(self, node: ast.Global) -> ast.AST:
        node.names = [self._new(name) for name in node.names]
        return node

    def visit_Nonlocal(self, node: ast.Nonlocal) -> ast.AST:
        node.names = [self._new(name) for name in node.names]
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        node.name = self._new(node.name) if node.name else None
        return self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> ast.AST:
        node.name = self._new(node.name) if node.name else None
        return self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> ast.AST:
        node.name = self._new(node.name) if node.name else None
        return node

    def visit_MatchMapping(self, node: ast.MatchMapping) -> ast.AST:
        node.rest = self._new(node.rest) if node.rest else None
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, str) and self._variable(node.value) != node.value:
            node.value = self._new(node.value)  # an entry of __all__, a forward reference
        return node
