"""Git working trees: tracked files and others that aren't ignored, as they lie on disk."""

import os
from pathlib import Path

import pytest

from compliance.sources.git import private_repository
from compliance.sources.opening import open_submission
from tests.sources.repositories import commit, git, repository, walked, write


def test_tracked_and_untracked_files_are_yielded_with_their_content_on_disk(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "old", "gone.py": "g"})
    write(tmp_path, {"a.py": "new", "untracked.py": "u"})
    (tmp_path / "gone.py").unlink()
    found = walked(tmp_path)
    assert found.contents == {"a.py": b"new", "untracked.py": b"u"}
    assert found.skipped == ()


def test_ignored_files_are_left_out_and_counted(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "*.pyc\nbuild/\n!kept.pyc\n", "a.py": "a"})
    write(
        tmp_path,
        {"a.pyc": "x", "kept.pyc": "k", "build/deep/b.py": "b", "lib/.gitignore": "local", "lib/local": "l"},
    )
    found = walked(tmp_path)
    assert found.paths == [".gitignore", "a.py", "kept.pyc", "lib/.gitignore"]
    assert found.ignored == 3
    assert found.skipped == ()


def test_ignored_files_are_examined_when_asked_for(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "build/\n"})
    write(tmp_path, {"build/b.py": "b"})
    found = walked(tmp_path, include_ignored=True)
    assert found.paths == [".gitignore", "build/b.py"]
    assert found.ignored == 0


def test_a_tracked_file_is_examined_even_if_it_is_ignored(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "*\n", "hidden/model.py": "m"})
    assert walked(tmp_path).paths == [".gitignore", "hidden/model.py"]


def test_the_local_exclude_file_is_honoured(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    write(tmp_path, {".git/info/exclude": "notes\n", "notes": "n"})
    assert walked(tmp_path).paths == ["a.py"]


def test_the_users_own_ignore_file_is_not_honoured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    write(
        home,
        {".config/git/ignore": "*.py\n", ".gitconfig": f"[core]\n\texcludesFile = {home}/.config/git/ignore\n"},
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    write(repo, {"b.py": "b"})
    assert walked(repo).paths == ["a.py", "b.py"]


def test_variables_of_a_surrounding_git_hook_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(tmp_path / "other", {"x": "x"})
    repo = repository(tmp_path / "repo", {".gitignore": "i\n", "a.py": "a"})
    write(repo, {"i": "ignored"})
    for name, value in {
        "GIT_DIR": f"{other}/.git",
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": f"{other}/.git/index",
        "GIT_OBJECT_DIRECTORY": f"{other}/.git/objects",
        "GIT_CONFIG_PARAMETERS": "'core.excludesFile=/dev/null'",
        "GIT_NAMESPACE": "n",
    }.items():
        monkeypatch.setenv(name, value)
    assert walked(repo).paths == [".gitignore", "a.py"]
    assert walked(repo, revision="HEAD").paths == [".gitignore", "a.py"]


def test_a_working_tree_has_no_revision(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    reference = open_submission(tmp_path).sources[0].reference
    assert (reference.kind, reference.revision, reference.prefix) == ("git", None, "")


def test_a_folder_of_a_repository_is_examined_alone_under_the_rules_of_the_whole(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "*.log\n/lib/secret\n", "a.py": "a", "lib/sub/b.py": "b"})
    write(tmp_path, {"lib/x.log": "x", "lib/secret": "s", "lib/c.py": "c"})
    found = walked(tmp_path / "lib")
    assert found.paths == ["c.py", "sub/b.py"]
    reference = open_submission(tmp_path / "lib").sources[0].reference
    assert (reference.kind, reference.prefix) == ("git", "lib")


def test_a_folder_that_the_repository_around_it_does_not_track_is_a_plain_directory(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "*\n"})
    write(tmp_path, {"work/submission/a.py": "a"})
    assert walked(tmp_path / "work").paths == ["submission/a.py"]
    assert open_submission(tmp_path / "work").sources[0].reference.kind == "directory"


def test_a_repository_without_commits_yields_what_lies_there(tmp_path: Path) -> None:
    repository(tmp_path)
    write(tmp_path, {".gitignore": "x\n", "x": "x", "a.py": "a"})
    assert walked(tmp_path).paths == [".gitignore", "a.py"]


@pytest.mark.parametrize("content", [b"", b"DIRC\0\0\0\2garbage", b"\0" * 64])
def test_a_broken_index_is_reported_and_nothing_is_left_out(tmp_path: Path, content: bytes) -> None:
    repository(tmp_path, {".gitignore": "*.log\n", "a.py": "a"})
    write(tmp_path, {"b.log": "b"})
    (tmp_path / ".git" / "index").write_bytes(content)
    found = walked(tmp_path)
    assert found.paths == [".gitignore", "a.py", "b.log"]
    assert found.reasons == {".git/index": "malformed"}


def test_a_missing_index_beside_commits_is_reported_and_nothing_is_left_out(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "*\n", "a.py": "a"})
    (tmp_path / ".git" / "index").unlink()
    found = walked(tmp_path)
    assert found.paths == [".gitignore", "a.py"]
    assert found.reasons == {".git/index": "malformed"}


def test_a_split_index_is_understood(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "*.pyc\n", "kept.pyc": "k"})
    git(tmp_path, "update-index", "--split-index")
    write(tmp_path, {"new.pyc": "n"})
    assert walked(tmp_path).paths == [".gitignore", "kept.pyc"]
    assert walked(tmp_path).skipped == ()


def test_a_broken_head_does_not_matter_to_files_on_disk(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "*.log\n", "a.py": "a"})
    write(tmp_path, {"b.log": "b", ".git/HEAD": "garbage \x1b\n"})
    found = walked(tmp_path)
    assert (found.paths, found.skipped) == ([".gitignore", "a.py"], ())


def test_a_git_folder_that_is_no_repository_is_a_folder_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": "ref: refs/heads/main\n", "a.py": "a"})
    assert walked(tmp_path).paths == [".git/HEAD", "a.py"]
    assert open_submission(tmp_path).sources[0].reference.kind == "directory"


def test_a_linked_working_tree_is_understood(tmp_path: Path) -> None:
    main = repository(tmp_path / "main", {".gitignore": "*.log\n", "a.py": "a"})
    git(main, "worktree", "add", "-q", str(tmp_path / "linked"))
    write(tmp_path / "linked", {"x.log": "x", "b.py": "b"})
    assert walked(tmp_path / "linked").paths == [".gitignore", "a.py", "b.py"]
    assert walked(tmp_path / "linked", revision="HEAD").paths == [".gitignore", "a.py"]


def test_a_git_file_that_names_somebody_elses_repository_is_not_believed(tmp_path: Path) -> None:
    other = repository(tmp_path / "other", {"secret.py": "s"})
    write(tmp_path / "submission", {".git": f"gitdir: {other}/.git\n", "a.py": "a"})
    assert open_submission(tmp_path / "submission").sources[0].reference.kind == "directory"
    assert walked(tmp_path / "submission").paths == ["a.py"]


def test_a_nested_checkout_is_examined_as_ordinary_files(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    repository(tmp_path / "vendored", {"b.py": "b"})
    write(tmp_path, {"vendored/c.py": "c"})
    assert walked(tmp_path).paths == ["a.py", "vendored/b.py", "vendored/c.py"]


def test_a_folder_that_became_a_link_leads_nowhere(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"lib/a.py": "a"})
    write(tmp_path, {"outside/a.py": "outside"})
    (repo / "lib" / "a.py").unlink()
    (repo / "lib").rmdir()
    (repo / "lib").symlink_to("../outside")
    found = walked(repo)
    assert (found.paths, found.reasons) == ([], {"lib": "symlink"})


def test_a_link_to_an_ignored_file_is_reported(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "build/\n"})
    write(tmp_path, {"build/model.py": "m"})
    (tmp_path / "model.py").symlink_to("build/model.py")
    assert walked(tmp_path).reasons == {"model.py": "symlink"}


def test_an_unreadable_pipe_in_place_of_gitignore_does_not_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path, {"a.py": "a"})
    (tmp_path / "lib").mkdir()
    os.mkfifo(tmp_path / "lib" / ".gitignore")
    monkeypatch.setattr(private_repository, "SECONDS", 0.5)
    found = walked(tmp_path)
    assert found.paths == ["a.py"]
    assert found.reasons == {".git/index": "malformed", "lib/.gitignore": "special-file"}


def test_a_sparse_checkout_is_reported_as_a_part(tmp_path: Path) -> None:
    repository(tmp_path, {"a/a.py": "a", "b/b.py": "b"})
    git(tmp_path, "sparse-checkout", "set", "a")
    found = walked(tmp_path)
    assert found.paths == ["a/a.py"]
    assert found.reasons == {".git/info/sparse-checkout": "truncated"}


def test_names_that_git_would_quote_are_told_apart(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "*.log\n", "한글 이름.py": "h", "tab\there.py": "t"})
    write(tmp_path, {'quote".log': "q", "new\nline.log": "n", "new\nline.py": "n"})
    assert walked(tmp_path).paths == [".gitignore", "new\nline.py", "tab\there.py", "한글 이름.py"]


def test_a_sha256_repository_is_understood(tmp_path: Path) -> None:
    repository(tmp_path, {".gitignore": "*.log\n", "a.py": "a"}, "--object-format=sha256")
    write(tmp_path, {"x.log": "x"})
    assert walked(tmp_path).paths == [".gitignore", "a.py"]
    assert len(commit(tmp_path)) == 64


def test_a_repository_of_another_user_is_read(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {".gitignore": "*.log\n", "a.py": "a"})
    write(repo, {"x.log": "x"})
    if os.geteuid() == 0:
        for place in (repo, *repo.rglob("*")):
            os.chown(place, 65534, 65534)
    assert walked(repo).paths == [".gitignore", "a.py"]
    assert walked(repo, revision="HEAD").paths == [".gitignore", "a.py"]


def test_nothing_is_written_into_the_repository(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    before = {place: place.lstat().st_mtime_ns for place in tmp_path.rglob("*")}
    walked(tmp_path)
    walked(tmp_path, revision="HEAD")
    assert {place: place.lstat().st_mtime_ns for place in tmp_path.rglob("*")} == before
