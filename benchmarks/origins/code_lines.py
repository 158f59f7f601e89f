"""Which lines of a file hold code: not blank, no comment, no docstring, no table of literals."""

import ast
import io
import tokenize

_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}


def code_lines(content: bytes) -> frozenset[int]:
    """Numbers of the lines of the Python source `content` that hold code; none where it can't be read."""
    try:
        tokens = list(tokenize.tokenize(io.BytesIO(content).readline))
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, tokenize.TokenError):
        return frozenset()
    lines = {
        line for token in tokens if token.type not in _NO_CODE for line in range(token.start[0], token.end[0] + 1)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str()), lineno=first, end_lineno=int(last)):
                lines -= set(range(first, last + 1))
            case ast.List() | ast.Tuple() | ast.Set() | ast.Dict() if _is_table(node):
                lines -= set(range(node.lineno + 1, node.end_lineno or 0))
    return frozenset(lines)


def _is_table(node: ast.expr) -> bool:
    """Whether nothing but literals stands in the list, tuple, set or dictionary, on several lines."""
    inside = (ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.UnaryOp, ast.unaryop, ast.expr_context)
    return node.end_lineno != node.lineno and all(isinstance(one, inside) for one in ast.walk(node))
