"""All that a source file says of its origin, read at once, and the definitions that its comments stand above."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins.prose import Style
from compliance.origins.structure import Structure, structure_of

SAMPLE = """\
import torch
from garam.models.nuri import NuriModel


# Adapted from garam.models.nuri.NuriModel
class HanbitModel(NuriModel):
    # Copied from garam.models.nuri.NuriModel.forward
    def forward(self):
        return 1


EntryClass = HanbitModel
"""
ABOVE = "# Copied from garam.nuri.Nuri\n"


def definition(text: str) -> str:
    (found,) = structure_of(text.encode(), "python").statements
    return found.definition


def test_everything_is_read_at_once() -> None:
    found = structure_of(SAMPLE.encode(), "python")

    assert [(one.name, one.bases) for one in found.classes] == [("HanbitModel", ("NuriModel",))]
    assert [one.module for one in found.imports] == ["torch", "garam.models.nuri"]
    assert [one.definition for one in found.statements] == ["HanbitModel", "HanbitModel.forward"]
    assert [one.name for one in found.registrations] == ["HanbitModel"]
    assert not found.truncated


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    text = f"# 한글\n{SAMPLE}"

    assert structure_of(text.encode(encoding), "python") == structure_of(text.encode(), "python")


@pytest.mark.parametrize("style", ["c", "hash"])
def test_only_sentences_are_read_of_other_languages(style: Style) -> None:
    text = SAMPLE if style == "hash" else SAMPLE.replace("# ", "// ")
    found = structure_of(text.encode(), style)

    assert len(found.statements) == 2
    assert found == Structure(statements=found.statements)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{ABOVE}class A:\n    pass\n", "A"),
        (f"{ABOVE}def f():\n    pass\n", "f"),
        (f"{ABOVE}async def f():\n    pass\n", "f"),
        (f"{ABOVE}# more\n\n@decorated(1)\n@again\nclass A:\n    pass\n", "A"),
        (f"class A:\n    {ABOVE}    def f(self): ...\n", "A.f"),
        (f"class A:\n    x = 1\n\n    class B:\n        {ABOVE}        def f(self): ...\n", "B.f"),
        (f"class A:\n    pass\n\n\n{ABOVE}def f(): ...\n", "f"),
        (f"{ABOVE}x = 1\nclass A: ...\n", ""),
        (f"class A: ...  {ABOVE}class B: ...\n", ""),
        (ABOVE, ""),
        (f'"""{ABOVE}"""\nclass A: ...\n', ""),
        (f"{ABOVE}" + "# more\n" * 1_000 + "class A: ...\n", ""),
    ],
)
def test_a_comment_belongs_to_the_definition_right_below_it(text: str, name: str) -> None:
    assert definition(text) == name


def test_too_much_of_any_kind_is_told() -> None:
    assert structure_of(ABOVE.encode() * 3_000, "hash").truncated
    assert structure_of(b"import a\n" * 6_000, "python").truncated
    assert structure_of(b"EntryClass = A\n" * 2_000, "python").truncated


@given(st.binary(max_size=150), st.sampled_from(["python", "c", "hash"]))
def test_any_bytes_are_read(content: bytes, style: Style) -> None:
    assert isinstance(structure_of(content, style), Structure)


LINES = [
    ABOVE,
    "class A(B):\n",
    "    def f(self):\n",
    "  ",
    "@x\n",
    "import a\n",
    "\n",
    '"""',
    "#",
    "(",
    "\ufeff",
    "한",
]


@given(st.lists(st.sampled_from(LINES), max_size=30).map("".join), st.integers(0, 40))
def test_what_is_cut_off_is_read_as_far_as_it_goes(text: str, end: int) -> None:
    found = structure_of(text.encode()[: -end or None], "python")

    assert all(set(one.definition.split(".")) <= {"", "A", "f"} for one in found.statements)
