"""One index of many releases: what it holds of each, whatever they come in, and always the same bytes."""

import datetime
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from compliance.errors import ComplianceError, SubjectError
from compliance.model.skip import Skip
from compliance.origins.building.index_building import Building
from compliance.origins.building.recipe_loading import load_recipe
from compliance.origins.catalog import Content, Family, Notice, Project, Release
from compliance.origins.index.reader import Index
from compliance.store.cache import SqliteCache
from tests.origins import invented as world
from tests.origins.building.recipes import pinned, recipe_of, rights, sdist, wheel, written
from tests.sources.archives import saved, tar_of, zip_of
from tests.sources.repositories import commit, git, repository, write

TODAY = datetime.date(2026, 11, 1)
MODEL = "hanbit/models/hanbit/modeling_hanbit.py"
CODE = world.model("Hanbit", {"Router": 1, "Mixer": 3})
OTHER = world.model("Hanbit", {"Router": 1, "Mixer": 5})


def built(folder: Path, releases: str, more: str = "", workers: int = 1) -> Index:
    """An index of one project `hanbit` with these `releases`."""
    building = Building(recipe_of(folder, releases, more), folder, workers)
    building.write(folder / "made.index", TODAY)
    assert building.skipped == []
    return Index(folder / "made.index")


def built_of(folder: Path, projects: str) -> Index:
    """An index of these `projects` (a YAML list)."""
    recipe = load_recipe(written(folder, f"id: trial\nversion: '1'\nprojects:\n{projects}"))
    Building(recipe, folder).write(folder / "made.index", TODAY)
    return Index(folder / "made.index")


def contents_of(index: Index, path: str) -> list[Content]:
    """Every state of the one file at `path`, by its first release."""
    (family,) = [number for number, one in enumerate(index.catalog.families) if one.path == path]
    return sorted(index.contents(family), key=lambda one: one.releases)


def tree(folder: Path, name: str, files: dict[str, str]) -> str:
    """`files` below `folder`, as a line of a recipe that names their folder as release `name`."""
    write(folder / name, files)
    return f"- {{version: '{name}', released: 2026-01-31, tree: '{name}'}}"


# whatever releases come in


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of a wheel, a source distribution, an archive, a folder and a history, all of the same files."""
    folder = tmp_path_factory.mktemp("mixed")
    files = {MODEL: CODE, "hanbit/__init__.py": "", "hanbit/trainer.py": world.UNRELATED}
    saved(folder, "handed-in.zip", zip_of({f"handed-in/{path}": text for path, text in files.items()}))
    history = repository(folder / "history")
    for number, text in ((1, CODE), (2, OTHER)):
        write(history, {**files, MODEL: text})
        git(history, "add", "-A")
        date = f"2026-03-0{number}T12:00:00+00:00"
        git(history, "commit", "-q", "-m", "change", GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)
        git(history, "tag", f"v{number}")
    releases = [
        pinned(folder, "hanbit-1.0-py3-none-any.whl", wheel({**files})),
        pinned(folder, "hanbit-1.1.tar.gz", sdist({f"src/{path}": text for path, text in files.items()}), "1.1"),
        "- {version: handed-in, released: 2026-02-01, archive: handed-in.zip}",
        tree(folder, "draft", {**files, MODEL: OTHER}),
        "- {git: history, tags: 'v*'}",
    ]
    return built(folder, "\n".join(releases))


def test_every_release_is_told_by_date(mixed: Index) -> None:
    assert mixed.catalog.projects == (Project("hanbit", "Hanbit", "KR", "MIT"),)
    assert mixed.catalog.releases == (
        Release(0, "1.0", "2026-01-31"),
        Release(0, "1.1", "2026-01-31"),
        Release(0, "draft", "2026-01-31"),
        Release(0, "handed-in", "2026-02-01"),
        Release(0, "v1", "2026-03-01"),
        Release(0, "v2", "2026-03-02"),
    )


def test_a_file_is_one_family_through_all_its_releases(mixed: Index) -> None:
    assert mixed.catalog.families == (
        Family(0, MODEL, "hanbit", "Hanbit", "KR"),
        Family(0, "hanbit/trainer.py", "hanbit/trainer", "Hanbit", "KR"),
    )


def test_the_same_content_of_several_releases_is_kept_once(mixed: Index) -> None:
    assert [one.releases for one in contents_of(mixed, MODEL)] == [(0, 1, 3, 4), (2, 5)]
    assert [one.releases for one in contents_of(mixed, "hanbit/trainer.py")] == [(0, 1, 2, 3, 4, 5)]


def test_functions_that_two_contents_share_are_kept_once(mixed: Index) -> None:
    first, second = ({one.name: one.block for one in state.blocks} for state in contents_of(mixed, MODEL))

    assert {name for name in first if first[name] == second[name]} == {
        "HanbitRouter.__init__",
        "HanbitRouter.forward",
    }
    assert len(mixed.block_sizes) == 4 + 2 + 4


def test_every_function_is_told_with_its_lines(mixed: Index) -> None:
    (state, _), lines = contents_of(mixed, MODEL), CODE.split("\n")

    assert [one.name for one in state.blocks] == [
        f"Hanbit{part}.{method}" for part in ("Router", "Mixer") for method in ("__init__", "forward")
    ]
    for one in state.blocks:
        assert lines[one.first - 1].startswith(f"    def {one.name.partition('.')[2]}(")
        assert lines[one.last - 1].startswith("        return ")


def test_the_index_says_what_it_was_built_from_and_when(mixed: Index) -> None:
    recipe, version, digest = mixed.catalog.recipe.split(" ")

    assert (recipe, version, mixed.catalog.built) == ("trial", "1", "2026-11-01")
    assert digest.startswith("sha256:")


# over projects


def test_code_that_two_projects_have_is_read_once_and_held_by_both(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, {MODEL: CODE})
    index = built_of(
        tmp_path,
        "  - {id: hanbit, developer: H, country: KR, releases: [{version: '1', tree: one}]}\n"
        "  - {id: saebyeok, developer: S, country: '', releases: [{version: '2', tree: two}]}\n",
    )

    first, second = (index.contents(family) for family in range(2))

    assert [(one.project, one.path) for one in index.catalog.families] == [(0, MODEL), (1, MODEL)]
    assert [one.releases for one in (*first, *second)] == [(0,), (1,)]
    assert first[0].blocks == second[0].blocks
    assert len(index.block_sizes) == len(first[0].blocks)


def test_edges_are_placed_among_the_families(tmp_path: Path) -> None:
    index = Index(world.small_index(tmp_path))
    numbers = {one.path: number for number, one in enumerate(index.catalog.families)}

    assert index.catalog.edges == (
        (numbers[world.BOREALIS], "BorealisMixer", numbers[world.AURORA], "AuroraMixer", "copied-from"),
    )


def test_edges_lead_from_one_project_to_another(tmp_path: Path) -> None:
    parent, child = "transformers/models/aurora/modeling_aurora.py", "vllm/model_executor/models/borealis.py"
    said = {"Mixer": "Copied from transformers.models.aurora.modeling_aurora.AuroraMixer"}
    write(tmp_path / "one", {parent: world.AURORA_1})
    write(tmp_path / "two", {child: world.model("Borealis", {"Mixer": 20}, said=said)})
    index = built_of(
        tmp_path,
        "  - {id: vllm, developer: V, country: US, releases: [{version: '1', tree: two}]}\n"
        "  - {id: transformers, developer: T, country: US, releases: [{version: '1', tree: one}]}\n",
    )

    assert index.catalog.edges == ((0, "BorealisMixer", 1, "AuroraMixer", "copied-from"),)


def test_a_parent_that_the_recipe_leaves_out_is_no_end_of_an_edge(tmp_path: Path) -> None:
    release = tree(tmp_path, "1.0", {world.AURORA: world.AURORA_1, world.BOREALIS: world.BOREALIS_CODE})

    assert built(tmp_path, release, "exclude: ['modeling_aurora*']").catalog.edges == ()


@pytest.mark.slow
def test_every_content_has_the_notice_that_it_carries_itself(tmp_path: Path) -> None:
    header = f"# {rights('The Hanbit team', '2025')}\n# SPDX-License-" + "Identifier: Apache-2.0\n\n"
    releases = [
        tree(tmp_path, "1.0", {MODEL: CODE}),
        tree(tmp_path, "1.1", {MODEL: header + CODE, "hanbit/trainer.py": world.UNRELATED}),
    ]
    index = built(tmp_path, "\n".join(releases))

    bare, headed = contents_of(index, MODEL)
    (other,) = contents_of(index, "hanbit/trainer.py")

    assert set(index.catalog.notices) == {Notice(), Notice("Apache-2.0", ("2025 The Hanbit team",))}
    assert index.catalog.notices[headed.notice].expression == "Apache-2.0"
    assert index.catalog.notices[bare.notice] == index.catalog.notices[other.notice] == Notice()


# always the same bytes


def crowd(folder: Path) -> str:
    """Two releases of more files than one worker takes at a time, which mostly share their contents."""
    files = {f"hanbit/part{number}.py": world.function("step", number, 4) for number in range(150)}
    return "\n".join(
        [
            tree(folder, "1.0", files),
            tree(folder, "1.1", {**files, "hanbit/part7.py": world.function("step", 7_000, 4)}),
        ]
    )


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_processes_writes_the_same_bytes_in_any_folder(workers: int, tmp_path: Path) -> None:
    built(tmp_path / "a", crowd(tmp_path / "a"))
    built(tmp_path / "b", crowd(tmp_path / "b"), workers=workers)

    assert (tmp_path / "b/made.index").read_bytes() == (tmp_path / "a/made.index").read_bytes()


def test_every_file_of_a_crowd_is_there_with_its_own_functions(tmp_path: Path) -> None:
    index = built(tmp_path, crowd(tmp_path), workers=2)

    assert len(index.catalog.families) == 150
    assert len(index.block_sizes) == 151
    assert [one.releases for one in contents_of(index, "hanbit/part7.py")] == [(0,), (1,)]


@pytest.mark.slow
def test_a_cache_of_headers_changes_no_byte(tmp_path: Path) -> None:
    header = f"# {rights('The Hanbit team', '2025')}\n\n"
    recipe = recipe_of(tmp_path, tree(tmp_path, "1.0", {MODEL: header + CODE}))
    cache = SqliteCache(tmp_path / "findings.sqlite")
    written_bytes = []
    for kept in (None, cache, cache):
        Building(recipe, tmp_path).write(tmp_path / "made.index", TODAY, kept)
        written_bytes.append((tmp_path / "made.index").read_bytes())
    cache.close()

    assert len(set(written_bytes)) == 1


def test_another_day_is_another_index(tmp_path: Path) -> None:
    recipe = recipe_of(tmp_path, tree(tmp_path, "1.0", {MODEL: CODE}))
    first, second = (
        Building(recipe, tmp_path).write(tmp_path / f"{day}.index", datetime.date(2026, 11, day)) for day in (1, 2)
    )

    assert first.digest != second.digest


# what is odd


def test_who_asks_is_told_of_every_release_and_how_many_files_it_has(tmp_path: Path) -> None:
    releases = [
        tree(tmp_path, "1.0", {MODEL: CODE, "hanbit/a.cu": "int a;\n", "README.md": "words"}),
        tree(tmp_path, "1.1", {"README.md": "words"}),
    ]
    told: list[tuple[str, int]] = []
    building = Building(recipe_of(tmp_path, "\n".join(releases)), tmp_path)

    building.write(tmp_path / "made.index", TODAY, told=lambda release, files: told.append((release, files)))

    assert told == [("hanbit 1.0", 2), ("hanbit 1.1", 0)]


def test_releases_without_source_make_an_index_of_nothing(tmp_path: Path) -> None:
    index = built(tmp_path, tree(tmp_path, "1.0", {"README.md": "words"}))

    assert len(index) == 0
    assert index.catalog.families == ()
    assert [one.version for one in index.catalog.releases] == ["1.0"]


def test_a_file_too_short_to_be_compared_is_a_family_all_the_same(tmp_path: Path) -> None:
    index = built(tmp_path, tree(tmp_path, "1.0", {MODEL: "x = 1\n"}))

    assert [one.blocks for one in contents_of(index, MODEL)] == [()]


@pytest.mark.parametrize(
    "content",
    [b"def (((\n" * 50, "값 = '가'\n".encode("cp949"), b"\xff\xfe\xfd\n", b"x" * 4_000, b"\r\r\r", b"'''"],
    ids=["brackets", "cp949", "no text", "one long line", "carriage returns", "open string"],
)
def test_whatever_a_file_holds_the_others_are_read(content: bytes, tmp_path: Path) -> None:
    release = tree(tmp_path, "1.0", {MODEL: CODE})
    saved(tmp_path / "1.0", "hanbit/odd.py", content)

    index = built(tmp_path, release)

    assert [len(one.blocks) for one in contents_of(index, MODEL)] == [4]


def test_an_object_that_a_history_lacks_is_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    history = repository(tmp_path / "history", {MODEL: CODE, "hanbit/lost.py": "lost = 1\n"})
    name = git(history, "rev-parse", "HEAD:hanbit/lost.py")
    git(history, "tag", "v1")
    write(history, {"hanbit/lost.py": "found = 1\n"})
    commit(history)
    (history / ".git/objects" / name[:2] / name[2:]).unlink()
    building = Building(recipe_of(tmp_path, "- {git: history, revisions: [v1, main]}"), tmp_path)

    building.write(tmp_path / "made.index", TODAY)

    index = Index(tmp_path / "made.index")
    assert [(one.path, one.reason) for one in building.skipped] == [
        ("hanbit v1: hanbit/lost.py", "missing-object")
    ]
    assert [one.releases for one in contents_of(index, "hanbit/lost.py")] == [(1,)]
    assert [one.releases for one in contents_of(index, MODEL)] == [(0, 1)]


def test_what_a_hostile_archive_holds_is_skipped_with_its_release(tmp_path: Path) -> None:
    content = tar_of({f"hanbit-1.0/{MODEL}": CODE, "../../outside.py": CODE}, "w:gz")
    building = Building(recipe_of(tmp_path, pinned(tmp_path, "hanbit-1.0.tar.gz", content)), tmp_path)

    building.write(tmp_path / "made.index", TODAY)

    assert [Skip(path=one.path, reason=one.reason, detail="") for one in building.skipped] == [
        Skip(path="hanbit 1.0: ../../outside.py", reason="unsafe-path", detail="")
    ]
    assert [one.path for one in Index(tmp_path / "made.index").catalog.families] == [MODEL]


def test_nothing_that_is_collected_is_run(tmp_path: Path) -> None:
    trap = f"import pathlib\npathlib.Path({str(tmp_path / 'run')!r}).touch()\n"

    built(tmp_path, tree(tmp_path, "1.0", {"setup.py": trap, "hanbit/__init__.py": trap, MODEL: trap + CODE}))

    assert not (tmp_path / "run").exists()


# what can't be built


@pytest.mark.parametrize(
    "release",
    [
        "- {version: '2.0', tree: absent}",
        "- {git: absent, revisions: [main]}",
        "- {version: '2.0', archive: absent.zip}",
    ],
)
def test_a_release_that_is_not_there_leaves_an_older_index_alone(release: str, tmp_path: Path) -> None:
    first = tree(tmp_path, "1.0", {MODEL: CODE})
    built(tmp_path, first)
    before = (tmp_path / "made.index").read_bytes()

    with pytest.raises(SubjectError, match="absent"):
        built(tmp_path, f"{first}\n{release}")

    assert (tmp_path / "made.index").read_bytes() == before
    assert [one.name for one in tmp_path.glob("made.*")] == ["made.index"]


def test_a_process_that_ends_ends_the_building_with_an_error(tmp_path: Path) -> None:
    releases = [tree(tmp_path, name, {MODEL: text}) for name, text in (("1.0", CODE), ("1.1", OTHER))]
    building = Building(recipe_of(tmp_path, "\n".join(releases)), tmp_path, workers=2)

    with pytest.raises(ComplianceError, match="with fewer jobs") as raised:
        building.write(tmp_path / "made.index", TODAY, told=lambda *_: end_workers())

    assert "작업 수를 줄여" in raised.value.message.ko
    assert not (tmp_path / "made.index").exists()


def end_workers() -> None:
    """What the system does to processes that take too much memory."""
    for process in multiprocessing.active_children():
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
