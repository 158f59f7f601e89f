"""`compliance cache` on the command line: what is found on one machine isn't looked for again on another."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Finished, compliance
from tests.signing.keys import key_pair, needs_openssl

pytestmark = pytest.mark.slow

LICENSED = "# SPDX-License-" + "Identifier: MIT\n"
CHECK = ("--policy", "open-source-hygiene", "--format", "json", "--quiet")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for number in range(5):
        (folder / f"file_{number}.py").write_text(LICENSED + f"print({number})\n")
    return folder


@pytest.fixture(scope="module")
def checked(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """The folder of a cache, and the check that filled it."""
    cache = tmp_path_factory.mktemp("cache")
    return cache, compliance("check", tree, *CHECK, cache=cache)


@pytest.fixture(scope="module")
def exported(checked: tuple[Path, Finished], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("exported") / "cache.gz"
    assert compliance("cache", "export", "-o", file, "--cache", checked[0]).status == 0
    return file


_AT_HOME = {"whole-source", "files-of-source", "policy-files", "judgement", "answers-of-rules"}


def told(*arguments: object, cache: Path) -> Any:
    finished = compliance("cache", *arguments, "--format", "json", "--cache", cache)
    assert finished.status == 0, finished.stderr
    return finished.json


def test_a_check_with_an_imported_cache_says_the_same_and_examines_nothing(
    tree: Path, checked: tuple[Path, Finished], exported: Path, tmp_path: Path
) -> None:
    compliance("cache", "import", exported, "--cache", tmp_path)
    before = by_content(tmp_path)

    second = compliance("check", tree, *CHECK, cache=tmp_path)

    assert second.stdout == checked[1].stdout
    assert by_content(tmp_path) == before


def by_content(cache: Path) -> dict[str, int]:
    """How many rows each detector has, but for those about a whole source or a judgement, which stay at home."""
    versions = told("info", cache=cache)["versions"]
    return {one["detector"]: one["rows"] for one in versions if one["detector"] not in _AT_HOME}


def test_exporting_again_gives_the_same_bytes(
    checked: tuple[Path, Finished], exported: Path, tmp_path: Path
) -> None:
    compliance("cache", "import", exported, "--cache", tmp_path)
    compliance("cache", "export", "-o", tmp_path / "again.gz", "--cache", tmp_path)

    assert (tmp_path / "again.gz").read_bytes() == exported.read_bytes()


def test_an_export_that_has_no_place_ends_with_2(checked: tuple[Path, Finished], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    finished = compliance("cache", "export", "--cache", checked[0], "-o", tmp_path / "file" / "below")

    assert (finished.status, finished.stdout) == (2, "")
    assert str(tmp_path / "file" / "below") in finished.stderr


def test_importing_twice_adds_nothing(exported: Path, tmp_path: Path) -> None:
    first = told("import", exported, cache=tmp_path)
    second = told("import", exported, cache=tmp_path)

    assert (second["added"], second["known"]) == (0, first["added"])


def test_a_damaged_file_names_the_place_and_ends_with_3(exported: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.gz"
    damaged.write_bytes(exported.read_bytes()[:-9])

    finished = compliance("cache", "import", damaged, "--cache", tmp_path)

    assert finished.status == 3
    assert f"{damaged}, row " in finished.stderr
    assert "cut off" in finished.stderr


def test_a_foreign_file_ends_with_2_and_changes_nothing(checked: tuple[Path, Finished], tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    foreign.write_bytes(b"no cache at all")
    before = told("info", cache=checked[0])

    finished = compliance("cache", "import", foreign, "--cache", checked[0], "--language", "ko")

    assert finished.status == 2
    assert "캐시가 아님" in finished.stderr
    assert told("info", cache=checked[0]) == before


@needs_openssl
def test_a_signed_file_is_taken_by_who_knows_the_key(checked: tuple[Path, Finished], tmp_path: Path) -> None:
    key = key_pair("exporter")
    file = tmp_path / "cache.gz"

    signed = compliance("cache", "export", "-o", file, "--cache", checked[0], "--sign", key.private_file)

    assert signed.status == 0
    assert compliance("cache", "import", file, "--key", key.public_file, "--cache", tmp_path / "new").status == 0


@needs_openssl
def test_a_file_that_was_changed_after_it_was_signed_is_not_taken(
    checked: tuple[Path, Finished], exported: Path, tmp_path: Path
) -> None:
    key = key_pair("exporter")
    file = tmp_path / "cache.gz"
    compliance("cache", "export", "-o", file, "--cache", checked[0], "--sign", key.private_file)
    content = bytearray(file.read_bytes())
    content[9] ^= 1  # the system on which it was packed, which nothing else would notice
    file.write_bytes(content)

    finished = compliance("cache", "import", file, "--key", key.public_file, "--cache", tmp_path / "new")

    assert finished.status == 2
    assert "Nothing was imported" in finished.stderr
    assert not (tmp_path / "new").exists()


@needs_openssl
def test_a_file_that_somebody_else_signed_or_nobody_is_not_taken(
    checked: tuple[Path, Finished], exported: Path, tmp_path: Path
) -> None:
    private, public = key_pair("somebody").private_file, key_pair("expected").public_file
    file = tmp_path / "cache.gz"
    compliance("cache", "export", "-o", file, "--cache", checked[0], "--sign", private)

    assert compliance("cache", "import", file, "--key", public, "--cache", tmp_path / "new").status == 2
    assert compliance("cache", "import", exported, "--key", public, "--cache", tmp_path / "new").status == 2


def test_pruning_keeps_what_was_used_today(checked: tuple[Path, Finished]) -> None:
    assert told("prune", "--unused-for", "0", "--largest", "0", cache=checked[0])["removed"] == 0


@pytest.mark.parametrize("command", [("info",), ("prune",), ("export", "-o", "x.gz")])
def test_without_a_cache_there_is_nothing_to_do(command: tuple[str, ...], tmp_path: Path) -> None:
    finished = compliance("cache", *command, "--cache", tmp_path / "none")

    assert finished.status == 2
    assert "no cache" in finished.stderr
    assert not (tmp_path / "none").exists()


def test_a_full_disk_ends_an_export_with_2(checked: tuple[Path, Finished]) -> None:
    finished = compliance("cache", "export", "-o", "/dev/full", "--cache", checked[0])

    assert finished.status == 2
    assert "/dev/full" in finished.stderr


def test_a_check_on_a_full_disk_goes_on_without_its_cache(
    tree: Path, checked: tuple[Path, Finished], tmp_path: Path
) -> None:
    """The system refuses files over a size, as a full disk does."""
    finished = subprocess.run(
        [sys.executable, "-m", "compliance", "check", str(tree), *CHECK, "--no-shipped-origins"],
        env={**os.environ, "COMPLIANCE_CACHE_DIR": str(tmp_path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
        capture_output=True,
        check=False,
    )

    found = json.loads(finished.stdout)["findings"]
    assert {one["expression"] for one in found if one["kind"] == "license"} == {"MIT"}
