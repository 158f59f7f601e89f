"""A recipe: the releases an index is built from, or every mistake in it at once."""

import re
from importlib import resources
from pathlib import Path

import pytest

from compliance.errors import ConfigurationError, Fault
from compliance.origins.building.recipe import Distribution, History, LocalCopy
from compliance.origins.building.recipe_loading import load_recipe, shipped_recipes
from tests.origins.building.recipes import recipe_of, written

BROKEN = Path(__file__).with_name("broken_recipe.yaml")

EXPECTED = [
    # line, what stands at the place of the fault, what the message says
    (1, "Broken", "a recipe's own id is lower-case"),
    (2, "1.0", "put it in quotes"),
    (3, "projekts", "the fields are id, version, projects"),
    (7, "Korea", "ISO 3166-1 code"),
    (8, "Not A License", "SPDX expression"),
    (9, '"../secrets/"', "below the release's own folder"),
    (11, "yesterday", "write a date"),
    (11, "abc", "64 hexadecimal digits"),
    (12, "https://", "without an address"),
    (13, '"1.1"', "stands twice"),
    (13, "archive", "exactly one of file, tree, archive, git"),
    (14, '"1.2"', "the file's name says '1.3'"),
    (15, "{git", "'revisions' is missing"),
    (15, "version", "has no field 'version'"),
    (16, '"https://', "a path on this machine"),
    (17, "{version", "'sha256' is missing"),
    (18, "hanbit.whl", "not the name of a wheel"),
    (19, "hanbit", "stands twice"),
    (21, '""', "fill it in"),
    (22, "[]", "name at least one"),
]


def faults_of(file: Path) -> tuple[Fault, ...]:
    with pytest.raises(ConfigurationError) as raised:
        load_recipe(file)
    return raised.value.faults


def test_every_mistake_is_told_at_once_at_the_very_word() -> None:
    lines = BROKEN.read_text(encoding="utf-8").splitlines()
    told = [
        (fault.line, lines[fault.line - 1][fault.column - 1 :], fault.message.en) for fault in faults_of(BROKEN)
    ]
    assert [line for line, _, _ in told] == [line for line, _, _ in EXPECTED]
    for (_, standing, said), (_, expected, saying) in zip(told, EXPECTED, strict=True):
        assert standing.startswith(expected)
        assert saying in said


def test_every_mistake_is_told_in_korean_too() -> None:
    assert all(re.search("[가-힣]", fault.message.ko) for fault in faults_of(BROKEN))


@pytest.mark.parametrize("content", [b"- a list", b"\xff\xfe", b"id: [", b"id: a\nid: b\n"])
def test_what_is_no_recipe_at_all_is_one_fault_with_its_place(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "recipe.yaml"
    file.write_bytes(content)
    assert len(faults_of(file)) == 1


def test_a_missing_file_names_the_shipped_recipes(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="known-code"):
        load_recipe(tmp_path / "absent.yaml")


def test_releases_of_all_kinds_are_read(tmp_path: Path) -> None:
    digest = "ab" * 32
    recipe = recipe_of(
        tmp_path,
        f"""
- {{version: '1.0', released: 2026-01-31, file: hanbit-1.0.tar.gz, sha256: {digest}}}
- {{version: draft, tree: sources}}
- {{version: handed-in, released: '2026-02-01', archive: /media/handed-in.zip}}
- {{git: history, revisions: [main], tags: 'v*'}}
""",
    )
    distribution, tree, archive, history = recipe.projects[0].releases
    assert isinstance(distribution, Distribution)
    assert distribution.package == "hanbit"
    assert isinstance(tree, LocalCopy)
    assert tree.path == tmp_path / "sources", "paths are relative to the recipe"
    assert isinstance(archive, LocalCopy)
    assert archive.path == Path("/media/handed-in.zip")
    assert history == History(tmp_path / "history", ("main",), "v*")


def test_a_project_may_lie_inside_the_package_of_another(tmp_path: Path) -> None:
    release = f"- {{version: b1, released: 2026-01-31, file: other-2.0.tar.gz, sha256: {'ab' * 32}}}"
    recipe = recipe_of(tmp_path, release, "root: vendor/hanbit/")
    assert recipe.projects[0].root == "vendor/hanbit"


def test_the_digest_tells_recipes_apart(tmp_path: Path) -> None:
    release = "- {version: draft, tree: sources}"
    first, second = recipe_of(tmp_path / "a", release), recipe_of(tmp_path / "b", release, "paths: [src/]")
    assert first.digest != second.digest


def test_shipped_recipes_load_and_name_no_address() -> None:
    for name in shipped_recipes():
        recipe = load_recipe(name)
        assert recipe.id == name
        text = (
            resources.files("compliance.origins").joinpath(f"data/recipes/{name}.yaml").read_text(encoding="utf-8")
        )
        assert "://" not in text
        assert all(isinstance(release, Distribution) for one in recipe.projects for release in one.releases)


def test_a_file_beside_the_user_can_not_pass_itself_off_as_a_shipped_recipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "id: known-code\n").rename(tmp_path / "known-code")
    monkeypatch.chdir(tmp_path)
    assert load_recipe("known-code").file == "known-code.yaml"
