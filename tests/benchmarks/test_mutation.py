"""Mutants: they parse, they are the same in every run, and they mean what their kind says."""

import ast
import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.origins.mutation import handlike, ordering, rewriting, surface
from benchmarks.origins.mutation.kinds import KINDS, mutate
from benchmarks.origins.mutation.layout import lay_out, random_layout
from benchmarks.origins.mutation.names import seeded
from benchmarks.origins.mutation.pasting import paste
from benchmarks.origins.mutation.renaming import apply_names, definitions, rename

ROOT = Path(__file__).parents[2]
OWN_FILES = [one for one in sorted(ROOT.glob("compliance/[ms]*/*.py")) if one.name != "__init__.py"]

PROGRAM = '''
"""Prints what it computes."""
from math import floor


class Basket:
    """Holds fruit."""

    limit: int = 9

    def __init__(self, fruit, *, label="none"):
        self.fruit = list(fruit)
        self.label = label

    def heavy(self, least=3):
        found = [name.upper() for name in self.fruit if len(name) > least]
        for position, name in enumerate(self.fruit):
            if position and name in found and not (len(found) > 5 and least == 0):
                found.append(name)
        total, count = 0, len(found)
        for name in found:
            total += len(name)
            total = total + 1
        wording = "many" if count > 2 else "few"
        if count == 0:
            summary = "empty"
        else:
            summary = f"{wording} of {count!r}: {total}"
        first, second = self.label, floor(2.5)
        for _ in range(2):
            summary += "!"
        for word in ("a", "b"):
            summary = summary + word
        if summary.startswith("e") or first is None:
            return summary
        else:
            return "{} {} {}".format(summary, first, second)


def doubled(number, by=2):
    def inside(value):
        return value * by

    return inside(number)


class Crate(Basket):
    def heavy(self, least=1):
        return super().heavy(least=least).replace("few", "some")


print(Basket(["fig", "apple", "plum"]).heavy(), doubled(4), doubled(number=3, by=5))
print(Crate(["kiwi"], label="x").heavy(least=2), sorted(one for one in (3, 1, 2)), Basket.limit)
try:
    [].pop()
except IndexError as error:
    print(type(error).__name__)
'''


def output_of(tree: ast.Module) -> str:
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(ast.fix_missing_locations(tree), "program", "exec"), {})  # noqa: S102 - our own program above
    return printed.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_mutants_of_our_own_sources_parse_and_are_the_same_in_every_run(kind: str) -> None:
    for file in OWN_FILES[::4]:
        mutant = mutate(file.read_bytes(), kind, file.name)
        assert mutant is not None
        ast.parse(mutant)
        assert mutant == mutate(file.read_bytes(), kind, file.name)


def test_a_source_that_does_not_parse_has_no_mutant() -> None:
    assert mutate(b"def (:", "renamed", "seed") is None


@given(st.integers())
@settings(max_examples=25, deadline=None)
def test_renaming_keeps_what_a_program_does(seed: int) -> None:
    tree = ast.parse(PROGRAM)
    rename(tree, seeded(seed))
    assert output_of(tree) == output_of(ast.parse(PROGRAM))


@given(st.integers())
@settings(max_examples=50, deadline=None)
def test_rewriting_that_does_not_destroy_keeps_what_a_program_does(seed: int) -> None:
    tree = ast.parse(PROGRAM)
    rewriting.rewrite(tree, 0.7, seeded(seed), destroying=False)
    assert output_of(tree) == output_of(ast.parse(PROGRAM))


@given(st.integers())
@settings(max_examples=50, deadline=None)
def test_rewriting_by_hand_keeps_what_a_program_does(seed: int) -> None:
    tree = ast.parse(PROGRAM)
    surface.drop_docstrings(tree)
    handlike.rewrite_by_hand(tree, seeded(seed))
    assert output_of(tree) == output_of(ast.parse(PROGRAM))


@given(st.integers())
@settings(max_examples=25, deadline=None)
def test_another_order_of_definitions_keeps_what_a_program_does(seed: int) -> None:
    tree = ast.parse(PROGRAM)
    ordering.reorder_definitions(tree, seeded(seed))
    ordering.swap_independent(tree, 0.9, seeded(seed))
    assert output_of(tree) == output_of(ast.parse(PROGRAM))


@pytest.mark.parametrize("file", OWN_FILES[::3], ids=lambda file: file.name)
def test_renaming_is_consistent_it_can_be_undone(file: Path) -> None:
    tree = ast.parse(file.read_bytes())
    before = ast.dump(tree)
    defined = definitions(tree)
    mapping = rename(tree, seeded(file.name))
    assert len(set(mapping.values())) == len(mapping)
    assert ast.dump(tree) != before
    back = definitions(tree)
    apply_names(tree, {new: old for old, new in mapping.items()}, back)
    assert ast.dump(tree) == before
    assert not mapping.keys() & defined.imported


def test_renaming_leaves_other_peoples_names() -> None:
    tree = ast.parse("import torch\nfrom numpy import mean\ndef f(x):\n    return torch.cat([mean(x), len(x)])\n")
    rename(tree, seeded(1))
    text = ast.unparse(tree)
    assert "torch.cat([mean(" in text
    assert "len(" in text
    assert "def f(" not in text


def test_renaming_takes_what_stands_beside_the_module_for_its_own() -> None:
    tree = ast.parse(
        "from .configuration_apple import AppleConfig\nfrom ..pear import Pear\nx = AppleConfig, Pear\n"
    )
    rename(tree, seeded(1))
    text = ast.unparse(tree)
    assert "pple" not in text
    assert "from ..pear import Pear" in text


@given(st.integers(), st.sampled_from(OWN_FILES))
@settings(max_examples=25, deadline=None)
def test_another_layout_is_the_same_syntax_tree(seed: int, file: Path) -> None:
    source = ast.unparse(ast.parse(file.read_bytes()))
    rng = seeded(seed)
    laid_out = lay_out(source, random_layout(rng), rng)
    assert ast.dump(ast.parse(laid_out)) == ast.dump(ast.parse(source))


def test_annotations_docstrings_and_words_of_strings_are_gone() -> None:
    tree = ast.parse(
        'def f(x: int) -> str:\n    """Says it."""\n    y: str = "hello"\n    return f"hello {x} there"\n'
    )
    surface.drop_docstrings(tree)
    surface.drop_annotations(tree)
    surface.change_strings(tree, seeded(2))
    text = ast.unparse(tree)
    for gone in ("Says", "int", "str", "hello", "there"):
        assert gone not in text


@given(st.integers())
@settings(max_examples=20, deadline=None)
def test_a_pasted_block_stands_exactly_where_it_says_and_the_host_is_unchanged(seed: int) -> None:
    host = OWN_FILES[2].read_bytes()
    made = paste(PROGRAM.encode(), host, "renamed30", str(seed))
    assert made is not None
    lines = made.text.splitlines()
    block = lines[made.first_line - 1 : made.last_line]
    assert len(ast.parse("\n".join(block)).body) == 1
    assert made.name == "Basket"
    rest = lines[: made.first_line - 3] + lines[made.last_line + 2 :]
    assert rest == host.decode().splitlines()
    ast.parse(made.text)
