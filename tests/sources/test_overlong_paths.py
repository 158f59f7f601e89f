"""Paths too long for any file system are refused before anything is built of them."""

import subprocess
import tarfile
from pathlib import Path

import pytest

from compliance.sources.paths import LONGEST_PATH, MOST_PARTS, overlong
from tests.sources.archives import link, saved, tar_of, tar_with, zip_of
from tests.sources.repositories import git, repository, walked


@pytest.mark.parametrize("name", [b"a" * LONGEST_PATH, b"/".join([b"a"] * MOST_PARTS)])
def test_the_longest_paths_are_kept(name: bytes) -> None:
    assert overlong(name) is None


@pytest.mark.parametrize("name", [b"a" * (LONGEST_PATH + 1), b"/".join([b"a"] * (MOST_PARTS + 1))])
def test_longer_ones_are_not(name: bytes) -> None:
    assert overlong(name) is not None


def test_a_member_with_300_000_folders_costs_only_itself(tmp_path: Path) -> None:
    content = tar_of({"a/" * 300_000 + "f.py": "f", "b.py": "b"}, "w:gz")
    assert len(content) < 2_000
    found = walked(saved(tmp_path, "a.tgz", content))
    assert found.paths == ["b.py"]
    (skip,) = found.skipped
    assert (skip.reason, "600,004 bytes" in skip.detail) == ("unsafe-path", True)
    assert len(skip.path) < 300


def test_a_zip_member_of_many_folders_costs_only_itself(tmp_path: Path) -> None:
    found = walked(saved(tmp_path, "a.zip", zip_of({"a/" * 30_000 + "f.py": "f", "b.py": "b"})))
    assert found.paths == ["b.py"]
    assert {skip.reason for skip in found.skipped} == {"unsafe-path"}


@pytest.mark.parametrize(("kind", "before"), [(tarfile.SYMTYPE, ""), (tarfile.LNKTYPE, "sub/")])
def test_a_link_with_an_overlong_target_is_reported(tmp_path: Path, kind: bytes, before: str) -> None:
    long = link(f"{before}link", "a/" * 300_000 + "f", kind)
    found = walked(saved(tmp_path, "a.tgz", tar_with([(tarfile.TarInfo("b.py"), "b"), (long, "")], "w:gz")))
    assert (found.paths, found.reasons) == (["b.py"], {f"{before}link": "symlink"})
    assert "too long" in found.detail(f"{before}link")


def test_a_commit_of_folders_in_each_other_ends(tmp_path: Path) -> None:
    repo = repository(tmp_path, {"b.py": "b"})
    tree = git(repo, "rev-parse", "HEAD^{tree}")
    for _ in range(MOST_PARTS + 5):
        made = subprocess.run(
            ["git", "mktree"], cwd=repo, input=f"040000 tree {tree}\ta\n".encode(), capture_output=True, check=True
        )
        tree = made.stdout.decode().strip()
    git(repo, "update-ref", "HEAD", git(repo, "commit-tree", tree, "-m", "deep"))
    found = walked(repo, revision="HEAD")
    assert found.paths == []
    assert [skip.reason for skip in found.skipped] == ["unsafe-path"]
    assert "256 parts" in found.skipped[0].detail
    assert len(found.skipped[0].path) < 300
