"""From a file to its origins, over one index and over several."""

import datetime
import os
import shutil
import time
from pathlib import Path

import pytest

from compliance.origins.building.index_building import Building
from compliance.origins.building.recipe_loading import load_recipe
from compliance.origins.index.format import Mapped
from compliance.origins.index.reader import Index
from compliance.origins.opening import open_known_code
from compliance.origins.parameters import DIALECT
from compliance.origins.search import Region, Search
from compliance.sources.disk_file import SETTLED_NS
from compliance.store.cache import SqliteCache
from tests.origins import invented as world


@pytest.fixture(scope="session")
def search(invented: Path) -> Search:
    return Search([Index(invented)])


def nearest(search: Search, code: str, *without: str) -> Region | None:
    regions = search.origins_of(code.encode(), "a.py", without=frozenset(without))
    return regions[0] if regions else None


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of a team's own tree, which holds Cirrus too, under a name of its own."""
    folder = tmp_path_factory.mktemp("own")
    place = folder / "tree/stratus/models/stratus/modeling_stratus.py"
    place.parent.mkdir(parents=True)
    place.write_text(world.UNRELATED)
    recipe = folder / "own.yaml"
    recipe.write_text(
        "id: own\nversion: '1'\nprojects:\n  - id: stratus\n    developer: Stratus\n    country: KR\n"
        "    license: MIT\n    releases:\n      - {version: '0.1', released: 2026-01-05, tree: tree}\n"
    )
    Building(load_recipe(recipe), folder).write(folder / "own.index", datetime.date(2026, 11, 2))
    return folder / "own.index"


def test_renamed_code_is_nearest_to_its_family_and_release(search: Search) -> None:
    found = nearest(search, world.renamed(world.AURORA_1))

    assert found is not None
    assert found.name == "aurora"
    assert [release.version for release in found.counterpart.releases] == ["1.0"]
    assert found.share == 1


def test_the_release_is_the_one_that_holds_the_same_code(search: Search) -> None:
    found = nearest(search, world.renamed(world.AURORA_2))

    assert found is not None
    assert [release.version for release in found.counterpart.releases] == ["2.0"]
    assert found.counterpart.first_release.version == "1.0"


def test_what_a_family_is_known_to_descend_from_is_an_ancestor(search: Search) -> None:
    found = nearest(search, world.renamed(world.BOREALIS_CODE))

    assert found is not None
    assert (found.name, [one.name for one in found.ancestors]) == ("borealis", ["aurora"])


def test_every_function_stands_beside_its_counterpart(search: Search) -> None:
    code = "import torch\n\n\n" + world.renamed(world.CIRRUS_CODE)
    found = nearest(search, code)
    lines, known = code.split("\n"), world.CIRRUS_CODE.split("\n")

    assert found is not None
    assert len(found.counterpart.stretches) == 4
    for one in found.counterpart.stretches:
        assert lines[one.lines[0] - 1].strip() == world.renamed(known[one.origin_lines[0] - 1]).strip()
        assert one.origin_name.startswith("Cirrus")


def test_one_function_in_a_file_of_ones_own_is_found_alone(search: Search) -> None:
    own = world.model("Own", {"Router": 80, "Mixer": 90})
    pasted = world.renamed(world.function("forward", 61).replace("forward", "step"))
    found = nearest(search, own + "\n\nclass Third(nn.Module):\n" + pasted)
    begin = own.count("\n") + 4

    assert found is not None
    assert found.name == "cirrus"
    assert [one.lines for one in found.counterpart.stretches] == [(begin, begin + 15)]


@pytest.mark.parametrize("code", ["", "x = 1\n", world.UNRELATED, "\0" * 1_000, "(" * 10_000])
def test_independent_code_is_near_to_nothing(search: Search, code: str) -> None:
    assert nearest(search, code) is None


def test_a_language_that_is_unknown_is_near_to_nothing(search: Search) -> None:
    assert search.origins_of(world.AURORA_1.encode(), "a.txt") == ()


def test_a_family_can_be_left_out(search: Search) -> None:
    found = nearest(search, world.BOREALIS_CODE, f"northwind:{world.BOREALIS}")

    assert found is not None
    assert found.name == "aurora"
    assert [part.name for part in found.parts] == ["BorealisMixer"]


def test_with_every_family_left_out_nothing_is_near(search: Search) -> None:
    out = (f"northwind:{world.BOREALIS}", f"northwind:{world.AURORA}", "northwind:not/there.py")

    assert nearest(search, world.BOREALIS_CODE, *out) is None


def test_several_indexes_are_searched_together(invented: Path, other: Path) -> None:
    search = Search([Index(invented), Index(other)])
    code = world.AURORA_1 + "\n\n" + world.UNRELATED

    regions = search.origins_of(world.renamed(code).encode(), "a.py")

    assert {region.name for region in regions} == {"aurora", "stratus"}
    projects = {search.known.project(region.counterpart.family).id for region in regions}
    assert projects == {"northwind", "stratus"}


def test_the_same_index_twice_changes_no_name(invented: Path, search: Search) -> None:
    twice = Search([Index(invented), Index(invented)])

    for code in (world.AURORA_1, world.BOREALIS_CODE, world.CIRRUS_CODE):
        one, two = nearest(search, code), nearest(twice, code)
        assert one is not None
        assert two is not None
        assert (one.name, one.share) == (two.name, two.share)


def test_the_same_file_has_the_same_origins_in_every_run(invented: Path, search: Search) -> None:
    assert nearest(search, world.AURORA_1) == nearest(Search([Index(invented)]), world.AURORA_1)


def test_a_faulty_index_is_told_and_the_others_are_searched(invented: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.index"
    broken.write_bytes(invented.read_bytes()[:5_000])

    known, faults = open_known_code([broken, invented, tmp_path / "missing.index"])

    assert [(one.path, one.reason) for one in faults] == [(".", "index-fault")] * 2
    assert "truncated" in faults[0].detail
    assert "missing.index" in faults[1].detail
    assert nearest(known.search, world.AURORA_1) is not None


def test_without_any_index_that_is_told(tmp_path: Path) -> None:
    known, faults = open_known_code([])

    assert [one.reason for one in faults] == ["index-fault"]
    assert nearest(known.search, world.AURORA_1) is None


def test_an_index_that_was_found_whole_is_not_read_again_until_it_is_touched(
    invented: Path, tmp_path: Path
) -> None:
    path, cache = tmp_path / "a.index", SqliteCache(tmp_path / "cache")
    shutil.copy(invented, path)
    with path.open("r+b") as stream:
        stream.seek(-1_000, os.SEEK_END)
        stream.write(bytes(byte ^ 1 for byte in invented.read_bytes()[-1_000:-900]))
    time.sleep(SETTLED_NS / 1e9 + 0.1)
    mapped = Mapped(path, DIALECT)
    assert open_known_code([path], cache)[1] != []
    cache.remember([(f"index:{mapped.identity}", mapped.header.digest)])

    assert open_known_code([path], cache)[1] == []

    os.utime(path)
    assert open_known_code([path], cache)[1] != []


def test_an_index_that_was_replaced_while_in_use_is_told(invented: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.index"
    shutil.copy(invented, path)
    known, faults = open_known_code([path])
    assert faults == known.replaced() == []

    shutil.copy(invented, tmp_path / "b.index")
    (tmp_path / "b.index").replace(path)

    assert [one.reason for one in known.replaced()] == ["index-fault"]


def test_an_index_that_was_written_over_while_in_use_is_told(invented: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.index"
    shutil.copy(invented, path)
    os.utime(path, (1, 1))
    known, _ = open_known_code([path])

    with path.open("r+b") as stream:
        stream.write(b"ORIGINS1")

    assert "replaced while it was in use" in known.replaced()[0].detail


def test_an_index_that_is_gone_is_told(invented: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.index"
    shutil.copy(invented, path)
    known, _ = open_known_code([path])

    path.unlink()

    assert [one.reason for one in known.replaced()] == ["index-fault"]
