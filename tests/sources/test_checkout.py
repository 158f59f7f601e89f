"""An unchanged file of a working tree is known by its blob, and only where it holds what the blob holds."""

import os
import time
from pathlib import Path

import pytest

from compliance.sources.disk_file import SETTLED_NS, disk_file
from compliance.sources.git.checkout import CheckedOutFile
from compliance.sources.opening import open_submission
from compliance.sources.source import Members
from tests.sources.repositories import commit, git, repository

CONTENT = "line one\nline two\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with one file, which git checked out some moments before it wrote its index."""
    folder = repository(tmp_path / "tree")
    (folder / "a.txt").write_text(CONTENT)
    commit(folder)
    checked_out(folder)
    return folder


def checked_out(folder: Path) -> None:
    """Let git write `a.txt` anew, and its index after that."""
    (folder / "a.txt").unlink()
    git(folder, "checkout", "--", "a.txt")
    time.sleep(0.05)
    (folder / "later.txt").write_text("later\n")
    git(folder, "add", "later.txt")


def identity(folder: Path) -> str:
    """Of `a.txt`, which nobody reads."""
    (source,) = open_submission(folder).sources
    with source.open() as opened:
        found = {file.path: file.identity for file in opened.files(Members(skipped=[], findings=[]))}
    return found["a.txt"] or ""


def test_a_file_that_git_put_there_is_known_by_its_blob(tree: Path) -> None:
    assert identity(tree) == f"git-blob:{git(tree, 'rev-parse', ':a.txt')}"


def test_so_it_is_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    folder = repository(tmp_path / "tree")
    (folder / "below").mkdir()
    (folder / "below" / "a.txt").write_text(CONTENT)
    commit(folder)
    time.sleep(0.05)
    (folder / "later.txt").write_text("later\n")
    git(folder, "add", "later.txt")

    assert identity(folder / "below") == f"git-blob:{git(folder, 'rev-parse', ':below/a.txt')}"


def test_one_that_changed_since_is_not(tree: Path) -> None:
    (tree / "a.txt").write_text(CONTENT.upper())

    assert not identity(tree).startswith("git-blob:")


def test_one_that_was_written_when_the_index_was_is_not(tree: Path) -> None:
    os.utime(tree / ".git" / "index", (1, 1))

    assert not identity(tree).startswith("git-blob:")


def test_one_whose_index_others_may_write_is_not(tree: Path) -> None:
    (tree / ".git" / "index").chmod(0o666)

    assert not identity(tree).startswith("git-blob:")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_one_whose_index_is_somebody_elses_is_not(tree: Path) -> None:
    os.chown(tree / ".git" / "index", 12_345, 12_345)

    assert not identity(tree).startswith("git-blob:")


def test_one_with_other_line_ends_than_its_blob_is_not(tree: Path) -> None:
    git(tree, "config", "core.eol", "crlf")
    (tree / ".gitattributes").write_text("*.txt text eol=crlf\n")
    checked_out(tree)

    assert b"\r\n" in (tree / "a.txt").read_bytes()
    assert not identity(tree).startswith("git-blob:")


@pytest.mark.parametrize("place", [".gitattributes", ".git/info/attributes"])
def test_one_that_a_filter_may_have_rewritten_is_not(tree: Path, place: str) -> None:
    git(tree, "config", "filter.loud.smudge", "tr a-z A-Z")
    (tree / place).write_text("*.txt filter=loud\n")
    git(tree, "add", "-A")
    checked_out(tree)

    assert (tree / "a.txt").read_text() == CONTENT.upper()
    assert not identity(tree).startswith("git-blob:")


def test_an_attributes_file_above_the_examined_folder_counts(tmp_path: Path) -> None:
    folder = repository(tmp_path / "tree")
    (folder / "below").mkdir()
    (folder / "below" / "a.txt").write_text(CONTENT)
    (folder / ".gitattributes").write_text("*.txt ident\n")
    commit(folder)
    time.sleep(0.05)
    (folder / "later.py").write_text("later\n")
    git(folder, "add", "later.py")

    assert not identity(folder / "below").startswith("git-blob:")


def test_one_that_the_index_lies_about_is_not_once_it_was_read(tree: Path) -> None:
    location = os.fsencode(tree / "a.txt")
    time.sleep(SETTLED_NS / 1e9 + 0.1)
    on_disk = disk_file("a.txt", location, (tree / "a.txt").stat())
    file = CheckedOutFile(on_disk.path, on_disk.size, on_disk, "0" * 40, "git-blob:" + "0" * 40)

    with file.open() as content:
        assert content.read() == CONTENT.encode()

    assert file.identity == on_disk.identity
