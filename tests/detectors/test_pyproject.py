"""What ScanCode leaves out of pyproject.toml: dependency groups, build requirements, tools' tables."""

from pathlib import Path

import pytest

from compliance.detectors.python_locks import DETECTOR
from compliance.model.skip import Skip
from tests.detectors.examined import Facts, dependencies, examine, line, of

PYPROJECT = """[build-system]
requires = ["hatchling>=1"]

[project]
name = "demo"
dependencies = ["torch>=2"]

[dependency-groups]
test = ["pytest>=7", "torch", {include-group = "lint"}]
lint = ["ruff==0.1"]

[tool.uv]
dev-dependencies = ["ipython"]

[tool.pixi.dependencies]
gcc = "*"
"""


def read(tmp_path: Path, path: str, content: str | bytes) -> Facts:
    return examine(DETECTOR, tmp_path, path, content)


def test_each_requirement_has_the_line_it_stands_on(tmp_path: Path) -> None:
    found = dependencies(read(tmp_path, "pyproject.toml", PYPROJECT))

    assert found["pkg:pypi/ruff@0.1"].lines == line(PYPROJECT, "ruff==")
    assert found["pkg:pypi/hatchling"].lines == line(PYPROJECT, "hatchling")


def test_pyproject_gives_what_scancode_leaves_out_and_nothing_twice(tmp_path: Path) -> None:
    found = dependencies(read(tmp_path, "pyproject.toml", PYPROJECT))

    assert {purl: (one.scope, one.locked) for purl, one in found.items()} == {
        "pkg:pypi/hatchling": ("build", False),
        "pkg:pypi/pytest": ("test", False),
        "pkg:pypi/ruff@0.1": ("test", True),
        "pkg:pypi/ipython": ("dev", False),
        "pkg:conda/gcc": ("runtime", False),
    }


def test_a_project_table_beside_poetrys_is_read_too(tmp_path: Path) -> None:
    content = (
        '[project]\nname = "demo"\nversion = "2"\nlicense = "MIT"\ndependencies = ["torch==2.0", "numpy"]\n'
        '[tool.poetry.dependencies]\nnumpy = {version = ">1"}\n'
    )

    found = dependencies(read(tmp_path, "pyproject.toml", content))

    assert {purl: one.scope for purl, one in found.items()} == {
        "pkg:pypi/demo@2": "package",
        "pkg:pypi/torch@2.0": "runtime",
    }
    assert found["pkg:pypi/demo@2"].expression == "MIT"


@pytest.mark.slow
def test_no_package_of_a_pyproject_is_found_by_both_detectors(tmp_path: Path) -> None:
    from compliance.detectors.package_manifests import DETECTOR as SCANCODE

    for content in (PYPROJECT, PYPROJECT + "[tool.poetry.dependencies]\ntorch = '*'\n"):
        ours = dependencies(read(tmp_path, "pyproject.toml", content))
        theirs = dependencies(examine(SCANCODE, tmp_path, "pyproject.toml", content))
        assert theirs
        assert ours.keys().isdisjoint(theirs)


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ('a = [{include-group = "b"}]\nb = [{include-group = "a"}]', "a > b > a"),
        ('a = [{include-group = "missing"}]', "a > missing is not a list"),
        ("a = [5]", "unknown form"),
        ('a = ["not a requirement"]', "line 2"),
    ],
)
def test_a_faulty_group_is_skipped_by_name(tmp_path: Path, groups: str, words: str) -> None:
    skips = of(Skip, read(tmp_path, "pyproject.toml", f"[dependency-groups]\n{groups}\n"))

    assert any(words in skip.detail for skip in skips)


def test_broken_toml_of_a_pyproject_is_left_to_scancodes_reader(tmp_path: Path) -> None:
    assert read(tmp_path, "pyproject.toml", "[project") == []
