"""What an earlier run saw of a content holds for the same content under the same name, and for nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.model.skip import Skip
from compliance.sources.opening import open_submission
from compliance.sources.source import Members
from compliance.store.cache import SqliteCache
from tests.sources.archives import saved, zip_of
from tests.sources.repositories import commit, repository

POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[SqliteCache]:
    opened = SqliteCache(tmp_path / "cache.sqlite")
    yield opened
    opened.close()


def walked(tree: Path, cache: SqliteCache) -> tuple[list[str], list[Skip]]:
    """Paths and skips of the last commit of `tree`."""
    (source,) = open_submission(tree, revision="HEAD").sources
    members = Members(skipped=[], findings=[])
    with source.open(cache) as opened:
        return [file.path for file in opened.files(members)], members.skipped


def test_a_pointer_is_reported_from_memory_as_from_its_content(tmp_path: Path, cache: SqliteCache) -> None:
    tree = repository(tmp_path / "tree", {"model.bin": POINTER, "a.py": "pass\n" * 50})

    first = walked(tree, cache)

    assert [skip.reason for skip in first[1]] == ["lfs-pointer"]
    assert walked(tree, cache) == first


def test_a_content_that_was_no_archive_under_one_name_can_be_one_under_another(
    tmp_path: Path, cache: SqliteCache
) -> None:
    tree = repository(tmp_path / "tree")
    saved(tree, "a.py", zip_of({"inside.py": "pass\n"}))
    commit(tree)
    walked(tree, cache)
    (tree / "a.zip").write_bytes((tree / "a.py").read_bytes())
    commit(tree)

    assert walked(tree, cache)[0] == ["a.py", "a.zip!/inside.py"]


def test_an_archive_is_looked_into_again(tmp_path: Path, cache: SqliteCache) -> None:
    tree = repository(tmp_path / "tree")
    saved(tree, "a.zip", zip_of({"inside.py": "pass\n", "model.bin": POINTER}))
    commit(tree)

    first = walked(tree, cache)

    assert first[0] == ["a.zip!/inside.py"]
    assert walked(tree, cache) == first
