"""Submodules: each is a dependency, and a gap where its content isn't there."""

from pathlib import Path

import pytest

from compliance.model.evidence import Statement
from compliance.sources.git.submodules import package_url, without_credentials
from tests.sources.repositories import commit, git, repository, walked, write

_COMMIT = "1" * 40


def _with_gitlink(folder: Path, gitmodules: str | None, path: str = "vendor/engine") -> Path:
    repository(folder, {"a.py": "a"})
    if gitmodules is not None:
        write(folder, {".gitmodules": gitmodules})
        git(folder, "add", ".gitmodules")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{_COMMIT},{path}")
    git(folder, "commit", "-q", "-m", "submodule")
    return folder


_GITMODULES = '# ours\n[submodule "engine"]\n\tpath = vendor/engine\n\turl = https://github.com/Owner/Engine.git\n'


@pytest.mark.parametrize("revision", [None, "HEAD"])
def test_a_submodule_is_a_pinned_dependency_with_its_place(tmp_path: Path, revision: str | None) -> None:
    found = walked(_with_gitlink(tmp_path, _GITMODULES), revision=revision)
    (dependency,) = found.dependencies
    assert dependency.purl == f"pkg:github/owner/engine@{_COMMIT}"
    assert (dependency.scope, dependency.locked) == ("submodule", True)
    assert (dependency.path, dependency.declared_in, dependency.lines) == (".gitmodules", ".gitmodules", (3, 4))
    assert dependency.evidence == (
        Statement(path=".gitmodules", lines=(3, 4), field="url", says="https://github.com/Owner/Engine.git"),
    )
    assert dependency.id
    assert dependency.revision == (git(tmp_path, "rev-parse", "HEAD") if revision else None)
    assert found.reasons == {"vendor/engine": "submodule"}
    assert _COMMIT in found.detail("vendor/engine")


def test_an_empty_submodule_folder_is_still_a_gap(tmp_path: Path) -> None:
    _with_gitlink(tmp_path, _GITMODULES)
    (tmp_path / "vendor" / "engine").mkdir(parents=True)
    assert walked(tmp_path).reasons == {"vendor/engine": "submodule"}


def test_a_checked_out_submodule_is_examined_as_files(tmp_path: Path) -> None:
    engine = repository(tmp_path / "engine", {"e.py": "e"})
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    git(repo, "submodule", "--quiet", "add", str(engine), "vendor/engine")
    commit(repo)
    found = walked(repo)
    assert found.paths == [".gitmodules", "a.py", "vendor/engine/e.py"]
    assert found.skipped == ()
    assert [one.scope for one in found.dependencies] == ["submodule"]


def test_a_submodule_can_be_examined_by_itself(tmp_path: Path) -> None:
    engine = repository(tmp_path / "engine", {"e.py": "e", ".gitignore": "*.log\n"})
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    git(repo, "submodule", "--quiet", "add", str(engine), "engine")
    write(repo, {"engine/x.log": "x"})
    assert walked(repo / "engine").paths == [".gitignore", "e.py"]
    assert walked(repo / "engine", revision="HEAD").paths == [".gitignore", "e.py"]


def test_a_submodule_that_is_not_declared_is_named_by_its_path(tmp_path: Path) -> None:
    (dependency,) = walked(_with_gitlink(tmp_path, None)).dependencies
    assert dependency.purl == f"pkg:generic/engine@{_COMMIT}"
    assert (dependency.path, dependency.lines) == ("vendor/engine", None)


def test_a_broken_gitmodules_is_reported_and_what_precedes_the_fault_is_used(tmp_path: Path) -> None:
    found = walked(_with_gitlink(tmp_path, _GITMODULES + "[broken\n"))
    assert found.reasons == {".gitmodules": "malformed", "vendor/engine": "submodule"}
    assert "line 5" in found.detail(".gitmodules")
    assert [one.purl for one in found.dependencies] == [f"pkg:github/owner/engine@{_COMMIT}"]


def test_a_submodule_below_a_folder_stands_at_its_own_path(tmp_path: Path) -> None:
    repo = _with_gitlink(tmp_path, _GITMODULES)
    write(repo, {"vendor/note.py": "n"})
    git(repo, "add", "vendor/note.py")
    found = walked(repo / "vendor")
    (dependency,) = found.dependencies
    assert (dependency.path, dependency.lines) == ("engine", None)
    assert found.reasons == {"engine": "submodule"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/Foo/Bar.git", "pkg:github/foo/bar@1"),
        ("https://token@github.com/foo/bar", "pkg:github/foo/bar@1"),
        ("git@github.com:foo/bar.git", "pkg:github/foo/bar@1"),
        ("ssh://git@github.com/foo/bar/", "pkg:github/foo/bar@1"),
        ("https://gitlab.com/a/b.git", "pkg:generic/name@1?vcs_url=git%2Bhttps://gitlab.com/a/b.git%401"),
        ("git@host.example:a/b", "pkg:generic/name@1?vcs_url=git%2Bssh://host.example/a/b%401"),
        ("../sibling.git", "pkg:generic/name@1"),
        ("/srv/git/x.git", "pkg:generic/name@1"),
        ("https://[broken", "pkg:generic/name@1"),
    ],
)
def test_package_urls_of_repositories(url: str, expected: str) -> None:
    assert package_url(without_credentials(url), "1", "name") == expected


def test_credentials_never_reach_a_report(tmp_path: Path) -> None:
    url = "https://user:s3cret@git.example/a/b.git"
    found = walked(_with_gitlink(tmp_path, f'[submodule "e"]\n\tpath = vendor/engine\n\turl = {url}\n'))
    assert "s3cret" not in repr(found.findings)
