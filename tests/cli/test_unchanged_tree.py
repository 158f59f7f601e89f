"""A second check of an unchanged tree opens none of its files, archives aside; a hook of Python's own says so."""

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from compliance.sources.disk_file import SETTLED_NS
from tests.cli.command import Finished, compliance
from tests.sources.archives import saved, zip_of
from tests.sources.repositories import commit, git, repository

pytestmark = pytest.mark.slow

LISTENER = """import os
import sys

tree, log = os.environ["AUDITED_TREE"] + os.sep, os.open(os.environ["AUDIT_LOG"], os.O_WRONLY | os.O_APPEND)


def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], str | bytes):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        if path.startswith(tree) and not path.startswith(tree + ".git/"):
            os.write(log, os.fsencode(path.removeprefix(tree)) + b"\\n")


sys.addaudithook(hook)
"""
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"
LICENSED = "# SPDX-License-" + "Identifier: MIT\n# Copyright (c) 2025 Team Hanbit\n" + "print(1)\n" * 20


@dataclass(frozen=True, slots=True)
class Checked:
    """A check, and the files of the tree that it opened itself."""

    finished: Finished
    opened: set[str]


def checked(tree: Path, work: Path, *options: str) -> Checked:
    """Check `tree` with the cache in the folder `work`, listening from the interpreter's start."""
    log = work / "opened"
    log.write_bytes(b"")
    listener = work / "listener"
    listener.mkdir(exist_ok=True)
    (listener / "sitecustomize.py").write_text(LISTENER)
    variables = {"PYTHONPATH": str(listener), "AUDITED_TREE": str(tree), "AUDIT_LOG": str(log)}
    arguments = ("--policy", "open-source-hygiene", "--format", "json", *options)
    finished = compliance("check", tree, *arguments, cache=work / "cache", **variables)
    return Checked(finished, set(log.read_text().splitlines()))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with files of every size and name that an archive or a pointer may have, at rest."""
    folder = repository(tmp_path / "tree")
    saved(folder, "lib.zip", zip_of({"inside.py": LICENSED}))
    for name in ("a.py", "LICENSE", "run", "small.json"):
        saved(folder, name, LICENSED.encode())
    saved(folder, "large.bin", b"\0" * 5_000)
    saved(folder, "pointer.bin", POINTER.encode())
    commit(folder)
    time.sleep(SETTLED_NS / 1e9 + 0.1)
    return folder


def test_a_second_check_of_an_unchanged_tree_opens_nothing_but_archives(tree: Path, tmp_path: Path) -> None:
    first = checked(tree, tmp_path)

    second = checked(tree, tmp_path)

    assert first.opened == {file.name for file in tree.iterdir() if file.is_file()}
    assert second.opened == {"lib.zip"}
    assert second.finished.stdout == first.finished.stdout


def test_a_fresh_clone_of_what_was_checked_opens_what_is_new_alone(tree: Path, tmp_path: Path) -> None:
    first = checked(tree, tmp_path)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(tree), str(clone))
    time.sleep(0.05)  # so that the clone's index, which the next commit writes, is younger than its files
    (clone / "new.py").write_text(LICENSED)
    commit(clone)

    second = checked(clone, tmp_path)

    assert second.opened == {"lib.zip", "new.py"}
    paths = {one["path"] for one in first.finished.json["findings"]}
    assert {one["path"] for one in second.finished.json["findings"]} == paths | {"new.py"}


def test_a_file_that_changes_into_an_archive_is_opened_again(tree: Path, tmp_path: Path) -> None:
    checked(tree, tmp_path)
    saved(tree, "run", zip_of({"new.py": LICENSED}))

    second = checked(tree, tmp_path)

    assert "run!/new.py" in {one["path"] for one in second.finished.json["findings"]}
