"""`compliance origins`, and what the other commands do with its indexes, as a user runs them."""

import json
import os
import re
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compliance.origins.index import format as index_format
from tests.cli.command import Finished, compliance
from tests.origins import invented as world

pytestmark = pytest.mark.slow

ALONE = "--no-shipped-origins"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@dataclass(frozen=True, slots=True)
class Built:
    """An index that the command built, and the trees that it was built from."""

    folder: Path
    finished: Finished

    @property
    def index(self) -> Path:
        return self.folder / "made/known.index"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Built:
    folder = tmp_path_factory.mktemp("trees")
    recipe = world.trees(folder, header=world.HEADER)
    return Built(
        folder,
        compliance("origins", "build", recipe, "-o", folder / "made/known.index", "--jobs", "1", cache=cache),
    )


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with Borealis under another name, and a file of the team's own."""
    folder = tmp_path_factory.mktemp("team")
    (folder / "modeling_hanbit.py").write_text("import torch\n\n\n" + world.renamed(world.BOREALIS_CODE))
    (folder / "own.py").write_text(world.UNRELATED)
    (folder / "licensed.py").write_text("# SPDX-License-" + "Identifier: MIT\nprint(1 + 1)\n")
    return folder


@pytest.fixture(scope="module")
def checked(built: Built, team: Path, cache: Path) -> Any:
    return compliance("check", team, ALONE, "--origins", built.index, "--format", "json", cache=cache).json


def origins_in(report: Any) -> list[Any]:
    return [one for one in report["findings"] if one["kind"] == "origin"]


# build


def test_build_writes_an_index_and_says_what_it_holds(built: Built) -> None:
    assert built.finished.status == 0, built.finished.stderr
    assert built.index.is_file()
    assert "3 files through their releases" in built.finished.stdout
    assert "northwind 1.0: 1" in built.finished.stderr


def test_a_wrong_recipe_is_2_with_every_fault_and_its_place(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text("id: x\nversion: '1'\nprojects:\n  - {id: a, developer: A, releases: []}\n")

    finished = compliance("origins", "build", tmp_path / "r.yaml", "-o", tmp_path / "x.index")

    assert finished.status == 2
    assert re.search(r"r\.yaml:4:\d+", finished.stderr)
    assert not (tmp_path / "x.index").exists()


def test_a_folder_cannot_be_written_as_an_index(built: Built, tmp_path: Path) -> None:
    finished = compliance("origins", "build", built.folder / "recipe.yaml", "-o", tmp_path)

    assert finished.status == 2


# info


def test_info_says_what_an_index_covers_and_how_fresh_it_is(built: Built) -> None:
    said = compliance("origins", "info", built.index).stdout

    assert "invented 2026.11" in said
    assert re.search(r"built +\d{4}-\d\d-\d\d \(0 days ago\)", said)
    assert re.search(r"newest +2025-09-01 \([\d,]+ days ago\)", said)
    assert "northwind · Northwind Laboratory (Norway) · MIT · 2025-06-10 · 1.0, 2.0" in said
    assert re.search(r"python +3 +\d+ +\d+", said)


def test_info_says_what_an_index_cannot_know(built: Built) -> None:
    said = compliance("origins", "info", built.index).stdout

    assert "An origin that isn't in the index can't be named" in said


def test_info_speaks_korean(built: Built) -> None:
    said = compliance("origins", "info", built.index, "--language", "ko").stdout

    assert "알 수 없는 것" in said
    assert "색인에 없는 출처는 식별할 수 없음" in said


# match


def match(file: Path, built: Built, *more: object, columns: int = 120) -> Finished:
    return compliance("origins", "match", file, ALONE, "--origins", built.index, *more, COLUMNS=str(columns))


def test_match_names_the_nearest_family_and_how_near_it_is(built: Built, team: Path) -> None:
    said = match(team / "modeling_hanbit.py", built).stdout

    assert re.search(r"nearest in the index: borealis", said)
    assert re.search(r"project +northwind 2\.0", said)
    assert re.search(rf"file +{re.escape(world.BOREALIS)}", said)
    assert re.search(r"developer +Northwind Laboratory \(Norway\)", said)
    assert re.search(r"license +Apache-2\.0", said)
    assert re.search(r"share +100 %", said)
    assert re.search(r"margin +\d+ points before aurora", said)
    assert re.search(r"ancestors +aurora", said)
    assert "2025 The Northwind Authors" in said


def test_match_names_both_places_of_each_stretch(built: Built, team: Path) -> None:
    said = match(team / "modeling_hanbit.py", built).stdout

    assert re.search(rf"HanbitGate\.forward ↔ {re.escape(world.BOREALIS)}:\d+-\d+ BorealisGate\.forward", said)


def test_match_puts_lines_beside_lines_where_the_text_is_at_hand(built: Built, team: Path) -> None:
    said = match(team / "modeling_hanbit.py", built, "--beside", built.folder / "northwind-2", columns=200).stdout

    beside = [line for line in said.splitlines() if "def forward" in line]
    assert len(beside) == 3
    assert all(re.fullmatch(r" *\d+ +def forward\(.*\): +~ +\d+ +def forward\(.*\):", line) for line in beside)


@pytest.mark.parametrize("part", [".", "northwind", "northwind/models/borealis"])
def test_the_text_is_found_below_a_folder_of_any_part_of_its_path(part: str, built: Built, team: Path) -> None:
    said = match(team / "modeling_hanbit.py", built, "--beside", built.folder / "northwind-2" / part).stdout

    assert len([line for line in said.splitlines() if " ~ " in line]) > 10


def test_a_text_of_another_release_is_said_to_be_one(built: Built, team: Path, tmp_path: Path) -> None:
    place = tmp_path / world.BOREALIS
    place.parent.mkdir(parents=True)
    place.write_text("# a line more\n" + (built.folder / "northwind-2" / world.BOREALIS).read_text())

    said = match(team / "modeling_hanbit.py", built, "--beside", tmp_path).stdout

    assert "holds another release" in " ".join(said.split())


def test_a_text_that_is_not_at_hand_is_said_to_be_missing(built: Built, team: Path, tmp_path: Path) -> None:
    said = match(team / "modeling_hanbit.py", built, "--beside", tmp_path).stdout

    assert "don't hold this text" in said


@pytest.mark.parametrize("columns", [40, 80, 133])
def test_no_line_is_wider_than_the_terminal(columns: int, built: Built, team: Path) -> None:
    beside = ("--beside", built.folder / "northwind-2")
    said = match(team / "modeling_hanbit.py", built, *beside, columns=columns).stdout

    assert max(map(len, said.splitlines())) <= columns


def test_hostile_text_is_made_visible(built: Built, tmp_path: Path) -> None:
    code = world.renamed(world.CIRRUS_CODE).replace("return", "x = '\x1b[31m\u202e'; return", 1)
    file = tmp_path / "evil\x1b[2J.py"
    file.write_text(code)

    said = match(file, built, "--beside", built.folder / "meridian-7", columns=300).stdout

    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\\x1b[31m\\u202e" in said


def test_nothing_near_is_said_with_what_that_does_not_mean(built: Built, team: Path) -> None:
    finished = match(team / "own.py", built)

    assert finished.status == 0
    assert "no part of it is near to anything in the index" in finished.stdout
    assert "can't be named" in finished.stdout


def test_match_speaks_korean(built: Built, team: Path) -> None:
    said = match(team / "modeling_hanbit.py", built, "--language", "ko").stdout

    assert "색인에서 가장 가까운 출처: borealis" in said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"text", "no language that can be compared"),
        ("a.py", b"\0\1\2", "NUL bytes"),
        ("b.py", "x = 1\n".encode("utf-16"), "UTF-16"),
        ("missing.py", None, "can't be read"),
    ],
)
def test_a_file_that_cannot_be_compared_is_2(
    name: str, content: bytes | None, said: str, built: Built, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    finished = match(tmp_path / name, built)

    assert finished.status == 2
    assert said in finished.stderr
    assert finished.stdout == ""


def test_a_folder_is_a_wrong_call(built: Built, team: Path) -> None:
    finished = match(team, built)

    assert finished.status == 2
    assert "compliance check" in finished.stderr


def test_without_an_index_nothing_is_matched(team: Path) -> None:
    assert compliance("origins", "match", team / "own.py", ALONE).status == 2


# faulty indexes


def faulty(kind: str, whole: Path, folder: Path) -> Path:
    path = folder / "faulty.index"
    content = whole.read_bytes()
    match kind:
        case "truncated":
            path.write_bytes(content[: len(content) // 2])
        case "corrupted":
            place = len(content) // 2
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        case "another version":
            index_format.write(path, "0-k8", {"low": np.zeros(1, np.uint16)})
        case "no index":
            path.write_text("hello")
    return path


FAULTS = ("truncated", "corrupted", "another version", "no index", "can't be read")


@pytest.mark.parametrize("kind", FAULTS)
def test_info_and_match_refuse_a_faulty_index(kind: str, built: Built, team: Path, tmp_path: Path) -> None:
    index = faulty(kind, built.index, tmp_path)

    for finished in (
        compliance("origins", "info", index),
        compliance("origins", "match", team / "own.py", ALONE, "--origins", built.index, "--origins", index),
    ):
        assert finished.status == 2
        assert kind in finished.stderr
        assert "Traceback" not in finished.stderr
        assert finished.stdout == ""


@pytest.mark.parametrize("kind", FAULTS)
def test_a_check_with_a_faulty_index_is_incomplete_and_examines_the_rest(
    kind: str, built: Built, team: Path, cache: Path, tmp_path: Path
) -> None:
    index = faulty(kind, built.index, tmp_path)

    finished = compliance(
        *("check", team, ALONE, "--origins", index, "--policy", "open-source-hygiene", "--format", "json"),
        cache=cache,
    )

    assert finished.status == 3, finished.stderr
    report = finished.json
    assert {one["verdict"] for one in report["verdicts"]} == {"incomplete"}
    assert [one["reason"] for one in report["skipped"]] == ["index-fault"]
    assert kind in report["skipped"][0]["detail"]
    assert "faulty.index" in report["skipped"][0]["detail"]
    assert [one["path"] for one in report["findings"] if one["kind"] == "license"] == ["licensed.py"]
    assert origins_in(report) == []


def test_a_good_index_beside_a_faulty_one_is_still_compared_with(
    built: Built, team: Path, cache: Path, tmp_path: Path
) -> None:
    index = faulty("truncated", built.index, tmp_path)

    inventory = compliance("scan", team, ALONE, "--origins", index, "--origins", built.index, cache=cache)

    assert inventory.status == 3
    assert [one["path"] for one in origins_in(inventory.json)] == ["modeling_hanbit.py"]


def test_an_examination_without_any_index_is_incomplete(team: Path, cache: Path) -> None:
    finished = compliance("scan", team, ALONE, cache=cache)

    assert finished.status == 3
    assert "--origins" in finished.json["skipped"][0]["detail"]
    assert finished.json["tool"]["data"]["origins"] is None


def test_an_index_that_is_replaced_during_a_check_makes_it_incomplete(
    built: Built, team: Path, tmp_path: Path
) -> None:
    index = tmp_path / "known.index"
    shutil.copy(built.index, index)
    stop = threading.Event()
    replacing = threading.Thread(target=_replace_again_and_again, args=(index, stop))
    replacing.start()
    try:
        finished = compliance("scan", team, ALONE, "--origins", index, "--no-cache")
    finally:
        stop.set()
        replacing.join()

    assert finished.status == 3, finished.stderr
    assert "replaced while it was in use" in finished.json["skipped"][0]["detail"]


def _replace_again_and_again(index: Path, stop: threading.Event) -> None:
    while not stop.is_set():
        fresh = index.with_name("fresh.index")
        shutil.copy(index, fresh)
        os.replace(fresh, index)  # noqa: PTH105
        time.sleep(0.1)


# findings


def test_renamed_code_is_found_with_its_lineage(checked: Any) -> None:
    (finding,) = origins_in(checked)
    nearest, *others = finding["lineage"]

    assert finding["path"] == "modeling_hanbit.py"
    assert {field: nearest[field] for field in ("family", "project", "version", "path", "role")} == {
        "family": "borealis",
        "project": "northwind",
        "version": "2.0",
        "path": world.BOREALIS,
        "role": "direct",
    }
    assert (nearest["developer"], nearest["country"], nearest["expression"]) == (
        "Northwind Laboratory",
        "NO",
        "Apache-2.0",
    )
    assert nearest["share"] == 1
    assert 0 < nearest["confidence"] <= 1
    assert nearest["released"] == "2025-06-10"
    assert [(one["family"], one["role"]) for one in others] == [("aurora", "ancestor")]


def test_every_stretch_has_both_places(checked: Any, team: Path) -> None:
    (finding,) = origins_in(checked)
    lines = (team / "modeling_hanbit.py").read_text().split("\n")

    assert [one["name"] for one in finding["spans"]] == [
        f"Hanbit{part}.{method}" for part in ("Router", "Mixer", "Gate") for method in ("__init__", "forward")
    ]
    for one in finding["spans"]:
        assert one["origin_path"] == world.BOREALIS
        assert one["origin_name"] == one["name"].replace("Hanbit", "Borealis")
        assert f"def {one['name'].split('.')[1]}(" in lines[one["lines"][0] - 1]
        assert one["lines"][1] - one["lines"][0] == one["origin_lines"][1] - one["origin_lines"][0]


def test_the_holder_that_the_origin_names_is_missing_here(checked: Any) -> None:
    (notice,) = [one for one in checked["findings"] if one["kind"] == "notice"]

    assert notice["path"] == "modeling_hanbit.py"
    assert any("The Northwind Authors" in one for one in notice["missing"])


def test_the_report_names_the_index_by_its_digest(checked: Any, built: Built) -> None:
    digest = json.loads(_header(built.index))["digest"]

    assert checked["tool"]["data"]["origins"] == f"invented 2026.11 sha256:{digest}"


def _header(index: Path) -> bytes:
    content = index.read_bytes()
    return content[16 : 16 + int.from_bytes(content[8:16], "little")]


def test_a_second_check_says_the_same_out_of_the_cache(
    built: Built, team: Path, cache: Path, checked: Any
) -> None:
    again = compliance("check", team, ALONE, "--origins", built.index, "--format", "json", cache=cache)

    assert origins_in(again.json) == origins_in(checked)
