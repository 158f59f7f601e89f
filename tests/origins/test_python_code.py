"""Classes and imports that are read without a parser are those that Python itself reads."""

import ast
import keyword
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins import python_code
from compliance.origins.prose import prose_of, utf8
from compliance.origins.python_code import PythonCode


def read(text: str | bytes) -> PythonCode:
    content = text.encode() if isinstance(text, str) else text
    return python_code.read(prose_of(utf8(content), "python"))


def bases(text: str) -> dict[str, tuple[str, ...]]:
    return {one.name: one.bases for one in read(text).classes}


def imported(text: str) -> list[tuple[str, str, str]]:
    """Module, name and what it is called here."""
    return [(one.module, one.name, one.bound) for one in read(text).imports]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("class A:", ()),
        ("class A():", ()),
        ("class A(B):", ("B",)),
        ("class A(B, c.D):", ("B", "c.D")),
        ("class  A ( B ) :", ("B",)),
        ("class A[T](B):", ("B",)),
        ("class A(B[T], C):", ("B", "C")),
        ("class A(B, metaclass=M):", ("B",)),
        ("class A(metaclass=M):", ()),
        ("class A(make(B), C):", ()),
        ("class A(\n    B,  # (C)\n    # D\n    E,\n):", ("B", "E")),
        ("class A(B,):", ("B",)),
        ("class A(*B):", ()),
    ],
)
def test_a_class_extends_the_names_in_its_brackets(line: str, expected: tuple[str, ...]) -> None:
    assert bases(f"{line}\n    pass\n") == {"A": expected}


@pytest.mark.parametrize(
    "text",
    [
        "# class A(B):\n",
        '"""\nclass A(B):\n"""\n',
        "x = '''\nclass A(B):\n'''\n",
        "says = 'class A(B):'\n",
        "subclass A(B):\n",
        "class A\n",
        "class_of(A)\n",
        "x = 1; class A(B): pass\n",
    ],
)
def test_what_is_no_class_of_its_own_line_is_left_alone(text: str) -> None:
    assert read(text).classes == ()


def test_a_class_knows_its_line_and_indent() -> None:
    (outer, inner) = read("\n\nclass A:\n\n    class B(C):\n        pass\n").classes

    assert (outer.line, outer.indent) == (3, 0)
    assert (inner.line, inner.indent) == (5, 4)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("import a", [("a", "", "a")]),
        ("import a.b.c", [("a.b.c", "", "a")]),
        ("import a.b as c, d", [("a.b", "", "c"), ("d", "", "d")]),
        ("from a.b import C", [("a.b", "C", "C")]),
        ("from a import B as C, D", [("a", "B", "C"), ("a", "D", "D")]),
        ("from a import *", [("a", "*", "*")]),
        ("from . import a", [(".", "a", "a")]),
        ("from ..a.b import C", [("..a.b", "C", "C")]),
        ("from .\ta import B", [(".a", "B", "B")]),
        ("from.a import(B)", [(".a", "B", "B")]),
        ("    from a import B", [("a", "B", "B")]),
        ("from a import B; x = 1", [("a", "B", "B")]),
        ("from a import B  # C, D", [("a", "B", "B")]),
        ("from a import \\\n    B, \\\n    C", [("a", "B", "B"), ("a", "C", "C")]),
        ("from a.b \\\n    import C", [("a.b", "C", "C")]),
        ("from a import (B, C as D,)", [("a", "B", "B"), ("a", "C", "D")]),
    ],
)
def test_an_import_binds_names(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert imported(f"{line}\n") == expected


def test_comments_between_names_are_no_names() -> None:
    text = "from a import (  # noqa: F401\n    B,  # copied (C)\n    # D,\n    E,\n)\n"

    assert imported(text) == [("a", "B", "B"), ("a", "E", "E")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x = 1\nimport a\n", (2, 2)),
        ("\nfrom a import (\n    B,\n)\nx = 1\n", (2, 4)),
        ("from a import \\\n    B\n", (1, 2)),
        ("\nfrom a \\\n    import B\n", (2, 3)),
    ],
)
def test_the_lines_of_an_import_go_from_its_first_word_to_its_last_name(text: str, lines: tuple[int, int]) -> None:
    (found,) = read(text).imports

    assert found.lines == lines


@pytest.mark.parametrize(
    "text",
    [
        "# import a\n",
        '"""\nfrom a import B\n"""\n',
        "says = 'from a import B'\n",
        "important = a\n",
        "__import__('a')\n",
        "importlib.import_module('a')\n",
        "reimport a\n",
        "yield import a\n",
    ],
)
def test_what_only_looks_like_an_import_is_left_alone(text: str) -> None:
    assert read(text).imports == ()


@pytest.mark.parametrize(
    "name", ["ast.py", "typing.py", "dataclasses.py", "argparse.py", "asyncio/base_events.py"]
)
def test_the_standard_library_is_read_as_python_reads_it(name: str) -> None:
    text = (Path(ast.__file__).parent / name).read_bytes()
    tree, found = ast.parse(text), read(text)

    classes = {(one.name, one.lineno) for one in ast.walk(tree) if isinstance(one, ast.ClassDef)}
    froms = {
        ("." * one.level + (one.module or ""), alias.name, alias.asname or alias.name, one.lineno)
        for one in ast.walk(tree)
        if isinstance(one, ast.ImportFrom)
        for alias in one.names
    }
    wholes = {
        (alias.name, "", alias.asname or alias.name.partition(".")[0], one.lineno)
        for one in ast.walk(tree)
        if isinstance(one, ast.Import)
        for alias in one.names
    }

    assert {(one.name, one.line) for one in found.classes} == classes
    assert {(one.module, one.name, one.bound, one.lines[0]) for one in found.imports} == froms | wholes


identifiers = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,5}", fullmatch=True).filter(
    lambda word: not keyword.iskeyword(word)
)
dotted = st.lists(identifiers, min_size=1, max_size=3).map(".".join)
aliases = st.tuples(identifiers, st.none() | identifiers)


@given(st.integers(0, 3), dotted, st.lists(aliases, min_size=1, max_size=4), st.booleans(), st.integers(0, 5))
def test_any_import_is_read_as_python_reads_it(
    level: int, module: str, names: list[tuple[str, str | None]], brackets: bool, above: int
) -> None:
    listed = ", ".join(f"{name} as {alias}" if alias else name for name, alias in names)
    listed = f"(\n  {listed},  # {module}\n)" if brackets else listed
    text = "#\n" * above + f"from {'.' * level}{module} import {listed}\n"
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.ImportFrom)

    assert imported(text) == [("." * level + module, one.name, one.asname or one.name) for one in statement.names]
    assert {one.lines[0] for one in read(text).imports} == {above + 1}


@given(identifiers, st.lists(dotted, max_size=4), st.integers(0, 3))
def test_any_class_is_read_as_python_reads_it(name: str, extended: list[str], above: int) -> None:
    text = "#\n" * above + f"class {name}({', '.join(extended)}): pass\n"
    (found,) = read(text).classes

    assert (found.name, found.bases, found.line) == (name, tuple(extended), above + 1)


MARKS = [
    b"class ",
    b"from ",
    b"import ",
    b"(",
    b")",
    b"[",
    b"]",
    b",",
    b"A",
    b".",
    b"#",
    b"\\",
    b"\n",
    b" ",
    b"=",
    b"'",
]


@given(st.binary(max_size=100) | st.lists(st.sampled_from([*MARKS, b"as ", b"\xff"]), max_size=60).map(b"".join))
def test_any_bytes_are_read(content: bytes) -> None:
    found, last = read(content), utf8(content).count(b"\n") + 1

    assert all(1 <= one.line <= last for one in found.classes)
    assert all(1 <= one.lines[0] <= one.lines[1] <= last for one in found.imports)


@pytest.mark.parametrize(
    "unit",
    [
        b"class A(\n",
        b"class A(B,\n",
        b"class A" + b" " * 100_000,
        b"class " + b"A" * 100_000,
        b"class A[" + b"T" * 300 + b"\n",
        b"class A(B[" + b"T" * 300,
        b"from " + b"." * 500 + b" x" + b" import" * 60 + b"\n",
        b"import (" + b" " * 7_990 + b"$\n",
        b"import (#" + b"#" * 7_990 + b"\n",
        b"import a\\\n",
        b"import a,",
        b"import " + b"a." * 4_000 + b"\n",
        b"import ",
        b"from a import (b as\n",
    ],
)
def test_a_megabyte_of_any_statement_is_read(unit: bytes) -> None:
    found = read(unit * (1_000_000 // len(unit)))

    assert len(found.classes) <= python_code.MOST
    assert len(found.imports) <= python_code.MOST


@pytest.mark.parametrize("statement", ["class A(B): pass\n", "from a import B\n", "import a, b\n"])
def test_too_many_statements_are_told_to_be_more(statement: str) -> None:
    names = 2 if "," in statement else 1
    enough, many = (read(statement * (python_code.MOST // names + more)) for more in (0, 1))

    assert not enough.truncated
    assert many.truncated
    assert max(len(many.classes), len(many.imports)) == python_code.MOST
