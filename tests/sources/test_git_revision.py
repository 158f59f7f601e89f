"""One commit of a git repository, read from its object store."""

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from compliance.errors import SubjectError
from compliance.sources.opening import open_submission
from compliance.sources.source import Members, SourceFile
from tests.sources.repositories import commit, git, repository, walked, write


def test_the_files_of_a_commit_are_yielded_whatever_lies_on_disk(tmp_path: Path) -> None:
    repository(tmp_path, {"b/c.py": "c", "a.txt": "t", "a/z": "z"})
    first = git(tmp_path, "rev-parse", "HEAD")
    write(tmp_path, {"a.txt": "later"})
    commit(tmp_path)
    found = walked(tmp_path, revision=first[:10])
    assert found.contents == {"a.txt": b"t", "a/z": b"z", "b/c.py": b"c"}
    assert found.paths == ["a.txt", "a/z", "b/c.py"]
    assert open_submission(tmp_path, revision=first[:10]).sources[0].reference.revision == first


def test_a_file_is_identified_by_its_blob(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    name = git(tmp_path, "rev-parse", "HEAD:a.py")
    assert walked(tmp_path, revision="HEAD").identities == {"a.py": f"git-blob:{name}"}


@pytest.mark.parametrize("revision", ["HEAD", "main", "refs/heads/main", "v1", "annotated", "main~1", "HEAD^"])
def test_every_usual_way_to_name_a_commit_works(tmp_path: Path, revision: str) -> None:
    repository(tmp_path)
    write(tmp_path, {"a.py": "a"})
    commit(tmp_path, "first")
    commit(tmp_path, "second")
    git(tmp_path, "tag", "v1")
    git(tmp_path, "tag", "-a", "-m", "m", "annotated")
    git(tmp_path, "pack-refs", "--all")
    expected = git(tmp_path, "rev-parse", f"{revision}^{{commit}}")
    assert open_submission(tmp_path, revision=revision).sources[0].reference.revision == expected


@pytest.mark.parametrize(
    "revision", ["missing", "", ":/x", "-v", "--output=x", "HEAD:a.py", "main..HEAD", "a\nb", "f" * 40]
)
def test_anything_else_is_an_unknown_revision(tmp_path: Path, revision: str) -> None:
    repository(tmp_path, {"a.py": "a"})
    with pytest.raises(SubjectError, match="revision"):
        open_submission(tmp_path, revision=revision)


def test_a_repository_without_commits_has_no_revision(tmp_path: Path) -> None:
    repository(tmp_path)
    with pytest.raises(SubjectError, match="no commits yet"):
        open_submission(tmp_path, revision="HEAD")


def test_a_broken_head_is_an_unknown_revision_and_others_still_work(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    write(tmp_path, {".git/HEAD": "garbage\n"})
    with pytest.raises(SubjectError, match="unknown revision"):
        open_submission(tmp_path, revision="HEAD")
    assert walked(tmp_path, revision="main").paths == ["a.py"]


def test_references_with_dangerous_names_do_not_stop_git(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    name = git(tmp_path, "rev-parse", "HEAD")
    (tmp_path / ".git" / "packed-refs").write_text(
        f"# pack-refs with: peeled\n{name} refs/heads/../../x\n{name} refs/tags/good\n{name} ../evil\nrubbish\n"
    )
    write(tmp_path, {".git/refs/heads/a b": f"{name}\n", ".git/refs/heads/dots..": f"{name}\n"})
    assert walked(tmp_path, revision="good").paths == ["a.py"]


def test_a_bare_repository_is_examined_at_its_head(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    git(tmp_path, "clone", "-q", "--bare", str(repo), "bare.git")
    found = walked(tmp_path / "bare.git")
    assert found.contents == {"a.py": b"a"}
    reference = open_submission(tmp_path / "bare.git").sources[0].reference
    assert (reference.kind, reference.revision) == ("git", git(repo, "rev-parse", "HEAD"))


@pytest.mark.parametrize("head", ["ref: refs/heads/none\n", "garbage"])
def test_a_bare_repository_without_a_usable_head_can_not_be_opened(tmp_path: Path, head: str) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    git(tmp_path, "clone", "-q", "--bare", str(repo), "bare.git")
    (tmp_path / "bare.git" / "HEAD").write_text(head)
    with pytest.raises(SubjectError, match="HEAD"):
        open_submission(tmp_path / "bare.git")


def test_a_folder_of_a_commit_is_examined_alone(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a", "lib/sub/b.py": "b"})
    found = walked(tmp_path / "lib", revision="HEAD")
    assert found.paths == ["sub/b.py"]
    assert open_submission(tmp_path / "lib", revision="HEAD").sources[0].reference.prefix == "lib"


def test_a_folder_that_the_commit_lacks_can_not_be_opened(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    (tmp_path / "new").mkdir()
    with pytest.raises(SubjectError, match="no folder new"):
        open_submission(tmp_path / "new", revision="HEAD")


def test_links_in_a_tree_follow_the_same_rules_as_on_disk(tmp_path: Path) -> None:
    repository(tmp_path)
    write(tmp_path, {"real/a.py": "a"})
    (tmp_path / "inside").symlink_to("real/a.py")
    (tmp_path / "outside").symlink_to("../../etc/passwd")
    (tmp_path / "real" / "dangling").symlink_to("missing")
    commit(tmp_path)
    found = walked(tmp_path, revision="HEAD")
    assert found.contents == {"inside": b"a", "real/a.py": b"a"}
    assert found.identities["inside"] == found.identities["real/a.py"]
    assert found.reasons == {"outside": "symlink", "real/dangling": "symlink"}


def test_packed_objects_are_read(tmp_path: Path) -> None:
    repository(tmp_path, {f"{number}.py": "x" * 500 + str(number) for number in range(50)})
    git(tmp_path, "gc", "-q")
    found = walked(tmp_path, revision="HEAD")
    assert len(found.contents) == 50
    assert found.skipped == ()


def test_a_large_blob_is_read_whole(tmp_path: Path) -> None:
    repository(tmp_path)
    content = os.urandom(9 << 20)
    (tmp_path / "large.dat").write_bytes(content)
    commit(tmp_path)
    assert walked(tmp_path, revision="HEAD").contents == {"large.dat": content}


def test_a_sha256_repository_is_read(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a", "lib/b.py": "b"}, "--object-format=sha256")
    found = walked(tmp_path, revision="main")
    assert found.contents == {"a.py": b"a", "lib/b.py": b"b"}
    assert all(len(identity or "") == len("git-blob:") + 64 for identity in found.identities.values())


def test_names_that_are_not_utf8_are_shown_with_escapes(tmp_path: Path) -> None:
    repository(tmp_path)
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.py"))).write_text("x")
    commit(tmp_path)
    assert walked(tmp_path, revision="HEAD").contents == {"caf\\xe9\n.py": b"x"}


def test_lfs_pointers_in_a_commit_are_told_from_content(tmp_path: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"
    repository(tmp_path, {"model.bin": pointer, "a.py": "a"})
    found = walked(tmp_path, revision="HEAD")
    assert (found.paths, found.reasons) == (["a.py"], {"model.bin": "lfs-pointer"})


def test_a_blob_over_the_cap_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.sources.git.git_file.LARGEST_BLOB", 10)
    repository(tmp_path, {"a.py": "a" * 11})
    with open_submission(tmp_path, revision="HEAD").sources[0].open() as source:
        (file,) = source.files(Members(skipped=[], findings=[]))
        with pytest.raises(OSError, match="over the cap"):
            file.open()


def test_threads_and_forked_processes_read_without_disturbing_each_other(tmp_path: Path) -> None:
    repository(tmp_path, {f"{number}.py": str(number) * 5_000 for number in range(40)})
    with open_submission(tmp_path, revision="HEAD").sources[0].open() as source:
        files = list(source.files(Members(skipped=[], findings=[])))
        files[0].open().close()
        with ThreadPoolExecutor(4) as threads:
            assert all(threads.map(lambda one: one.open().read()[:1] == one.path[:1].encode(), files))
        child = multiprocessing.get_context("fork").Process(target=_read_all, args=(files,))
        child.start()
        _read_all(files)
        child.join()
        assert child.exitcode == 0
        _read_all(files)


def _read_all(files: list[SourceFile]) -> None:
    for file in files:
        assert file.open().read() == file.path.removesuffix(".py").encode() * 5_000


def test_the_source_can_be_opened_again(tmp_path: Path) -> None:
    repository(tmp_path, {"a.py": "a"})
    (source,) = open_submission(tmp_path, revision="HEAD").sources
    for _ in range(2):
        with source.open() as opened:
            assert [file.path for file in opened.files(Members(skipped=[], findings=[]))] == ["a.py"]
