"""Commits whose objects are missing, broken, forged or kept elsewhere."""

import shutil
import zlib
from pathlib import Path

import pytest

from compliance.errors import SubjectError
from compliance.sources.opening import open_submission
from compliance.sources.source import Members
from tests.sources.repositories import commit, git, repository, walked, write


def _object(repo: Path, name: str) -> Path:
    return repo / ".git" / "objects" / name[:2] / name[2:]


def test_a_missing_blob_costs_only_itself(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a", "b.py": "b"})
    _object(tmp_path, git(tmp_path, "rev-parse", "HEAD:a.py")).unlink()
    found = walked(tmp_path, revision="HEAD")
    assert (found.paths, found.reasons) == (["b.py"], {"a.py": "missing-object"})


def test_a_missing_folder_costs_only_itself(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a", "lib/b.py": "b"})
    _object(tmp_path, git(tmp_path, "rev-parse", "HEAD:lib")).unlink()
    found = walked(tmp_path, revision="HEAD")
    assert (found.paths, found.reasons) == (["a.py"], {"lib": "missing-object"})


def test_a_partial_clone_is_read_without_fetching(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "a" * 10, "big.py": "b" * 5_000})
    git(repo, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:limit=1k", f"file://{repo}", "partial")
    found = walked(tmp_path / "partial", revision="HEAD")
    assert (found.paths, found.reasons) == (["a.py"], {"big.py": "missing-object"})


def test_a_shallow_clone_is_read_at_its_tip(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    commit(repo, "second")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repo}", "shallow")
    assert walked(tmp_path / "shallow", revision="HEAD").paths == ["a.py"]
    with pytest.raises(SubjectError):
        open_submission(tmp_path / "shallow", revision="HEAD~1")


def test_a_blob_whose_content_belies_its_name_is_not_believed(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    place = _object(tmp_path, git(tmp_path, "rev-parse", "HEAD:a.py"))
    place.chmod(0o644)
    place.write_bytes(zlib.compress(b"blob 1\0x"))
    with open_submission(tmp_path, revision="HEAD").sources[0].open() as source:
        (file,) = source.files(Members(skipped=[], findings=[]))
        with pytest.raises(OSError, match="broken"):
            file.open()


def test_a_broken_blob_does_not_disturb_those_after_it(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a" * 100, "b.py": "b" * 100})
    place = _object(tmp_path, git(tmp_path, "rev-parse", "HEAD:a.py"))
    place.chmod(0o644)
    place.write_bytes(place.read_bytes()[:-12])
    with open_submission(tmp_path, revision="HEAD").sources[0].open() as source:
        members = Members(skipped=[], findings=[])
        files = {file.path: file for file in source.files(members)}
        if "a.py" in files:
            with pytest.raises(OSError, match="git object"):
                files["a.py"].open()
        else:
            assert [skip.path for skip in members.skipped] == ["a.py"]
        assert files["b.py"].open().read() == b"b" * 100


def test_a_commit_whose_content_belies_its_name_is_not_believed(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    name = git(tmp_path, "rev-parse", "HEAD")
    forged = git(tmp_path, "commit-tree", "-m", "other", "HEAD^{tree}")
    place = _object(tmp_path, name)
    place.chmod(0o644)
    shutil.copy(_object(tmp_path, forged), place)
    with pytest.raises(SubjectError, match="revision"):
        open_submission(tmp_path, revision=name)


def test_objects_borrowed_from_elsewhere_are_not_read(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    git(tmp_path, "clone", "-q", "--shared", str(repo), "borrowing")
    with pytest.raises(SubjectError, match="borrowed from another repository"):
        open_submission(tmp_path / "borrowing", revision="HEAD")
    assert walked(tmp_path / "borrowing").paths == ["a.py"]


def test_an_object_store_that_leads_outside_is_not_read(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"secret.py": "s"})
    thief = repository(tmp_path / "thief", {"a.py": "a"})
    shutil.rmtree(thief / ".git" / "objects")
    (thief / ".git" / "objects").symlink_to(repo / ".git" / "objects")
    with pytest.raises(SubjectError):
        open_submission(thief, revision=git(repo, "rev-parse", "HEAD"))
    shutil.rmtree(thief / ".git")
    shutil.copytree(repo / ".git", thief / ".git", ignore=shutil.ignore_patterns("[0-9a-f][0-9a-f]"))
    for folder in (repo / ".git" / "objects").iterdir():
        if len(folder.name) == 2:
            (thief / ".git" / "objects" / folder.name).symlink_to(folder)
    with pytest.raises(SubjectError):
        open_submission(thief, revision="HEAD")


def test_a_commondir_that_leads_outside_is_not_believed(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"secret.py": "s"})
    thief = repository(tmp_path / "thief", {"a.py": "a"})
    (thief / ".git" / "commondir").write_text(f"{repo}/.git\n")
    with pytest.raises(SubjectError):
        open_submission(thief, revision=git(repo, "rev-parse", "HEAD"))
    assert walked(thief).paths == ["a.py"]


def test_replacement_objects_are_not_honoured(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "shown"})
    name = git(tmp_path, "rev-parse", "HEAD")
    write(tmp_path, {"a.py": "real"})
    git(tmp_path, "replace", name, commit(tmp_path))
    assert walked(tmp_path, revision=name).contents == {"a.py": b"shown"}


def test_names_that_lead_outside_are_reported(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    blob = bytes.fromhex(git(tmp_path, "rev-parse", "HEAD:a.py"))
    tree = b"".join(b"100644 %s\0%s" % (name, blob) for name in (b"../x", b"..", b".git", b"a.py"))
    (tmp_path / "tree").write_bytes(tree)
    name = git(tmp_path, "hash-object", "-t", "tree", "-w", "--literally", "tree")
    git(tmp_path, "update-ref", "refs/heads/evil", git(tmp_path, "commit-tree", "-m", "m", name))
    found = walked(tmp_path, revision="evil")
    assert found.paths == ["a.py"]
    assert found.reasons == {"../x": "unsafe-path", "..": "unsafe-path", ".git": "unsafe-path"}


def test_trees_that_hold_each_other_many_times_over_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.sources.git.tree_walk.MOST_ENTRIES", 5_000)
    repository(tmp_path, {"a.py": "a"})
    name, kind = git(tmp_path, "rev-parse", "HEAD:a.py"), b"100644"
    for _ in range(8):
        lines = (b"%s f%d\0%s" % (kind, number, bytes.fromhex(name)) for number in range(10))
        (tmp_path / "tree").write_bytes(b"".join(lines))
        name, kind = git(tmp_path, "hash-object", "-t", "tree", "-w", "tree"), b"40000"
    bomb = git(tmp_path, "commit-tree", "-m", "m", name)
    found = walked(tmp_path, revision=bomb)
    assert "archive-bomb" in found.reasons.values()
    assert len(found.paths) <= 5_000
