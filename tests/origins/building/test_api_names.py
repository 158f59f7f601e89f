"""Which names belong to libraries outside: many projects use them, hardly any defines them."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.origins.building.api_names import LEAST_FILES, LEAST_PROJECTS, api_names
from compliance.origins.catalog import CollectedFile
from tests.counted_calls import with_calls

PROJECTS = ("northwind", "meridian", "hanbit")


def spread(text: str, count: int = LEAST_FILES, projects: tuple[str, ...] = PROJECTS) -> list[CollectedFile]:
    """`count` files of Python with `text`, over `projects` in turn."""
    return written("py", text, count, projects)


def written(
    suffix: str, text: str, count: int = LEAST_FILES, projects: tuple[str, ...] = PROJECTS
) -> list[CollectedFile]:
    return [
        CollectedFile(projects[number % len(projects)], "1.0", f"part{number}.{suffix}", text.encode())
        for number in range(count)
    ]


def names(files: list[CollectedFile], language: str = "python") -> list[str]:
    return api_names(files)[language]


# how often, and in how many projects


def test_a_name_that_several_projects_use_and_none_defines_is_a_librarys() -> None:
    assert names(spread("softmax(2)\n")) == ["softmax"]


def test_names_are_sorted() -> None:
    assert names(spread("softmax(matmul(Linear))\n")) == ["Linear", "matmul", "softmax"]


def test_a_name_in_too_few_files_is_nobodys() -> None:
    assert names(spread("softmax(2)\n", LEAST_FILES - 1)) == []


def test_a_name_of_too_few_projects_is_their_own() -> None:
    assert names(spread("softmax(2)\n", 100, PROJECTS[: LEAST_PROJECTS - 1])) == []


def test_a_name_counts_once_a_file() -> None:
    assert names(spread("softmax(softmax(softmax))\n" * 10, LEAST_PROJECTS)) == []


def test_keywords_numbers_strings_and_comments_are_no_names() -> None:
    assert names(spread("return 12 if None else 'words'  # note\n")) == []


def test_a_name_that_is_hardly_ever_defined_is_a_librarys_all_the_same() -> None:
    used, defined = "softmax(2)\n", "softmax = 2\n"

    assert names(spread(used, 17) + spread(defined, 3)) == ["softmax"]
    assert names(spread(used, 17) + spread(defined, 4)) == []


# what defines a name in Python


@pytest.mark.parametrize(
    "definition",
    [
        "def {}():\n    pass\n",
        "async def {}():\n    pass\n",
        "class {}:\n    pass\n",
        "class {}(Base):\n    pass\n",
        "import library as {}\n",
        "from library import other as {}\n",
        "for {} in range(3):\n    pass\n",
        "{} = 1\n",
        "if x:\n    {} = 1\n",
        "{}: int\n",
        "self.{} = 1\n",
        "with opened() as {}:\n    pass\n",
        "def f({}):\n    pass\n",
        "def f(a, {}):\n    pass\n",
        "def f(a, {}=1):\n    pass\n",
        "def f(a: dict[str, int], {}: int = 1):\n    pass\n",
        "def f(*{}):\n    pass\n",
        "def f(**{}):\n    pass\n",
        "def f(\n    a,  # one\n    {},\n):\n    pass\n",
        "def f(a=(1, 2), {}=3) -> int:\n    pass\n",
    ],
)
def test_a_name_that_is_defined_where_it_is_used_is_no_librarys(definition: str) -> None:
    assert "softmax" not in names(spread(definition.format("softmax")))


@pytest.mark.parametrize(
    "use",
    [
        "import {}\n",
        "from library import {}\n",
        "from {} import other\n",
        "{}.one(2)\n",
        "library.{}(2)\n",
        "x = {}(2)\n",
        "x = [{}, 2]\n",
        "x = {{{}: 2}}\n",
        "f({}=2)\n",
        "f(a, {})\n",
        "x == {}\n",
        "class Own({}):\n    pass\n",
        "@{}\ndef f():\n    pass\n",
        "def f(a: {}):\n    pass\n",
        "def f(a={}):\n    pass\n",
        "def f(a) -> tuple[int, {}]:\n    pass\n",
        "def f(a=g({}, 2)):\n    pass\n",
        "def f(a):\n    return h(a, {})\n",
        "x: {}\n",
        "x: {} = 1\n",
        "x: library.{} = 1\n",
    ],
)
def test_a_name_that_is_only_used_is_a_librarys(use: str) -> None:
    assert "softmax" in names(spread(use.format("softmax")))


# other languages


@pytest.mark.parametrize(
    ("suffix", "language", "text", "outside", "own"),
    [
        ("cu", "c", "float total = atomicAdd(x, 1);", "atomicAdd", "total"),
        ("cpp", "c", "Tensor& view = as_view(2);", "as_view", "view"),
        ("cpp", "c", "struct Holder { vector<int> held; };", "vector", "Holder"),
        ("js", "javascript", "const kept = parseFloat('2');", "parseFloat", "kept"),
        ("ts", "javascript", "function choose() { fetch('a'); }", "fetch", "choose"),
        ("rs", "rust", "fn main() { let count = HashMap::new(); }", "HashMap", "count"),
        ("go", "go", 'func Handle() { Println("a") }', "Println", "Handle"),
        ("sh", "shell", "count=2\nprintf $count\n", "printf", "count"),
    ],
)
def test_every_language_has_names_of_its_own(
    suffix: str, language: str, text: str, outside: str, own: str
) -> None:
    found = names(written(suffix, text), language)

    assert outside in found
    assert own not in found


@pytest.mark.parametrize(
    "definition",
    [
        "int {};",
        "Tensor {}(2);",
        "auto& {} = f(2);",
        "char *{};",
        "vector<int> {};",
        "void f(int {}) {{}}",
        "void f() {{ {} = 2; }}",
    ],
)
def test_a_name_that_is_declared_or_assigned_between_braces_is_no_librarys(definition: str) -> None:
    assert "softmax" not in names(written("cpp", definition.format("softmax")), "c")


@pytest.mark.parametrize(
    "use", ["{}(2);", "f(2, {});", "x = {}(2);", "x + {};", "void f() {{ {}(2); }}", "a.{}(2);"]
)
def test_a_name_that_is_only_used_between_braces_is_a_librarys(use: str) -> None:
    assert "softmax" in names(written("cpp", use.format("softmax")), "c")


def test_languages_are_told_apart() -> None:
    found = api_names([*spread("softmax(2)\n"), *written("cu", "f(atomicAdd(1));"), *written("go", "")])

    assert found == {"c": ["atomicAdd", "f"], "go": [], "python": ["softmax"]}


def test_files_in_no_known_language_are_passed_over() -> None:
    assert api_names(written("txt", "softmax(2)\n")) == {}


def test_nothing_has_no_names() -> None:
    assert api_names([]) == {}


# whatever comes


def test_a_name_with_other_letters_than_plain_ones_is_no_librarys() -> None:
    assert names(spread("소프트맥스(softmax(2))\n")) == ["softmax"]


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(chance: random.Random) -> None:
    files = [*spread("softmax(matmul)\n", 20), *spread("matmul = 1\n", 2), *written("cu", "f(atomicAdd(1));")]
    other = chance.sample(files, len(files))

    assert api_names(other) == api_names(files)


@given(st.binary(max_size=200), st.sampled_from(["py", "cu", "js", "rs", "go", "sh"]))
@settings(max_examples=200)
def test_any_bytes_have_names_or_none(content: bytes, suffix: str) -> None:
    files = [CollectedFile(project, "1.0", f"a.{suffix}", content) for project in PROJECTS * 3]

    for found in api_names(files).values():
        assert all(name.isascii() and name.isidentifier() for name in found)


@pytest.mark.parametrize("text", ["def ", "def f(\n", "def f(a, b", "x: ", "class ", "(", "= "])
def test_the_work_for_broken_code_grows_with_its_length(text: str) -> None:
    _, calls = with_calls(lambda: api_names([CollectedFile("hanbit", "1.0", "a.py", text.encode() * 30_000)]))

    assert calls < 30_000 * 6
