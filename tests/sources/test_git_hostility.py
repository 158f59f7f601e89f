"""Nothing that a scanned repository says is ever run."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.sources.opening import open_submission
from compliance.sources.source import Members
from tests.sources.repositories import commit, git, repository, walked, write

_ATTRIBUTES = "* filter=evil diff=evil merge=evil ident text=auto working-tree-encoding=UTF-8\n"


@pytest.fixture
def marker(tmp_path: Path) -> Iterator[Path]:
    """A file that comes to be if any planted program is run; it must not be there in the end."""
    place = tmp_path / "marker"
    yield place
    assert not place.exists(), f"run: {place.read_text()}"


@pytest.fixture
def trapped(tmp_path: Path, marker: Path) -> Path:
    """A repository whose every setting that names a program names one that writes the marker."""
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $@" >> {marker}\ncat\n')
    program.chmod(0o755)
    repo = repository(
        tmp_path / "repo", {"a.py": "a", "lib/c.py": "c", ".gitattributes": _ATTRIBUTES, ".gitignore": "*.log\n"}
    )
    bin_folder = repo / "bin"
    write(repo, {"x.log": "x", "untracked.txt": "u", "a.py": "changed"})
    settings = {
        "core.fsmonitor": program,
        "core.hooksPath": repo / ".git" / "evil-hooks",
        "core.pager": program,
        "core.editor": program,
        "core.sshCommand": program,
        "core.askPass": program,
        "core.gitProxy": program,
        "core.alternateRefsCommand": program,
        "core.worktree": repo,
        "credential.helper": f"!{program}",
        "diff.external": program,
        "diff.evil.textconv": program,
        "diff.evil.command": program,
        "merge.evil.driver": program,
        "filter.evil.clean": program,
        "filter.evil.smudge": program,
        "filter.evil.process": program,
        "filter.evil.required": "true",
        "alias.ls-files": f"!{program}",
        "alias.cat-file": f"!{program}",
        "alias.rev-parse": f"!{program}",
        "gpg.program": program,
        "uploadpack.packObjectsHook": program,
        "remote.origin.url": f"ext::{program}",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": program,
        "extensions.partialClone": "origin",
        "include.path": tmp_path / "included",
    }
    write(tmp_path, {"included": f"[core]\n\tfsmonitor = {program}\n"})
    (repo / ".git" / "evil-hooks").mkdir()
    hooks = (
        "post-index-change",
        "fsmonitor-watchman",
        "query-watchman",
        "post-checkout",
        "pre-commit",
        "reference-transaction",
    )
    for hook in hooks:
        for folder in ("hooks", "evil-hooks"):
            (repo / ".git" / folder).mkdir(exist_ok=True)
            (repo / ".git" / folder / hook).write_bytes(program.read_bytes())
            (repo / ".git" / folder / hook).chmod(0o755)
    bin_folder.mkdir()
    (bin_folder / "git").write_bytes(program.read_bytes())
    (bin_folder / "git").chmod(0o755)
    git(repo, "config", "core.repositoryformatversion", "1")
    with (repo / ".git" / "config").open("a") as config:
        for name, value in settings.items():
            section, _, key = name.rpartition(".")
            first, _, rest = section.partition(".")
            config.write(f'[{first}{f" {chr(34)}{rest}{chr(34)}" if rest else ""}]\n\t{key} = "{value}"\n')
    marker.unlink(missing_ok=True)
    return repo


def test_the_trap_works(trapped: Path, marker: Path) -> None:
    subprocess.run(["git", "status"], cwd=trapped, capture_output=True, check=False)
    assert marker.exists()
    marker.unlink()


def test_a_working_tree_runs_nothing(trapped: Path) -> None:
    paths = walked(trapped).paths
    assert {"a.py", "untracked.txt"} <= set(paths)
    assert "x.log" not in paths


def test_a_folder_of_a_working_tree_runs_nothing(trapped: Path) -> None:
    assert walked(trapped / "lib").paths == ["c.py"]


def test_a_commit_runs_nothing(trapped: Path) -> None:
    found = walked(trapped, revision="HEAD")
    assert found.contents["a.py"] == b"a"


def test_a_bare_repository_runs_nothing(trapped: Path) -> None:
    bare = trapped.parent / "bare.git"
    (trapped / ".git").rename(bare)
    assert walked(bare).contents["a.py"] == b"a"


def test_history_runs_nothing(trapped: Path) -> None:
    for subject, name, revision in (
        (trapped, "a.py", None),
        (trapped / "lib", "c.py", None),
        (trapped, "a.py", "HEAD"),
    ):
        with open_submission(subject, revision=revision).sources[0].open() as source:
            history = source.history()
            assert history is not None
            with contextlib.closing(history):
                (version,) = history.versions([name])[name]
                assert len(history.read(version, 10)) == 1


def test_reading_releases_runs_nothing(trapped: Path) -> None:
    head = git(trapped, "rev-parse", "HEAD", GIT_NO_LAZY_FETCH="1")
    (trapped.parent / "marker").unlink(missing_ok=True)
    (trapped / ".git" / "refs" / "tags" / "v1").write_text(head + "\n")
    for subject, revision in ((trapped, None), (trapped / "lib", None), (trapped, "HEAD")):
        with open_submission(subject, revision=revision).sources[0].open() as source:
            history = source.history()
            assert history is not None
            with contextlib.closing(history):
                (release,) = history.releases([""], lambda path: path.endswith(".py")).seen
                assert [file.open().read() for file in release.files] in ([b"a"], [b"c"])


def test_a_missing_object_is_not_fetched(trapped: Path) -> None:
    name = git(trapped, "rev-parse", "HEAD:a.py", GIT_NO_LAZY_FETCH="1")
    (trapped / ".git" / "objects" / name[:2] / name[2:]).unlink()
    (trapped.parent / "marker").unlink(missing_ok=True)
    assert walked(trapped, revision="HEAD").reasons == {"a.py": "missing-object"}


def test_a_nested_repository_runs_nothing(trapped: Path) -> None:
    outer = repository(trapped.parent / "outer", {"o.py": "o"})
    trapped.rename(outer / "nested")
    assert "nested/untracked.txt" in walked(outer).paths


def test_nothing_runs_while_the_working_directory_is_the_repository(
    trapped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trapped)
    assert "a.py" in walked(Path()).paths
    assert "a.py" in walked(Path(), revision="HEAD").paths


def test_an_index_with_the_monitors_mark_runs_nothing(tmp_path: Path, marker: Path) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho ran >> {marker}\nprintf '/\\0'\n")
    program.chmod(0o755)
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    git(repo, "config", "core.fsmonitor", str(program))
    git(repo, "config", "core.untrackedCache", "true")
    git(repo, "update-index", "--fsmonitor", "--untracked-cache")
    git(repo, "status")
    assert b"FSMN" in (repo / ".git" / "index").read_bytes()
    marker.unlink()
    write(repo, {"b.py": "b"})
    assert walked(repo).paths == ["a.py", "b.py"]


def test_a_submodules_update_command_is_not_run(tmp_path: Path, marker: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    write(
        repo,
        {".gitmodules": f'[submodule "s"]\n\tpath = s\n\turl = ext::touch {marker}\n\tupdate = !touch {marker}\n'},
    )
    git(repo, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},s")
    git(repo, "add", ".gitmodules")
    git(repo, "commit", "-q", "-m", "m")
    assert walked(repo).reasons == {"s": "submodule"}
    assert walked(repo, revision="HEAD").reasons == {"s": "submodule"}


def test_many_broken_objects_cost_only_themselves(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    for number in range(60):
        (repo / f"{number}.dat").write_bytes(os.urandom(5_000))
    commit(repo)
    for line in git(repo, "ls-tree", "-r", "HEAD").splitlines()[1:]:
        name = line.split()[2]
        place = repo / ".git" / "objects" / name[:2] / name[2:]
        place.chmod(0o644)
        place.write_bytes(place.read_bytes()[:2_000])
    readable = 0
    with open_submission(repo, revision="HEAD").sources[0].open() as source:
        members = Members(skipped=[], findings=[])
        for file in source.files(members):
            with contextlib.suppress(OSError):
                readable += len(file.open().read()) == 5_000
    assert readable == 1


def test_commits_made_meanwhile_change_nothing(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    pinned = git(repo, "rev-parse", "HEAD")
    write(repo, {"a.py": "later"})
    commit(repo)
    assert walked(repo, revision=pinned).contents == {"a.py": b"a"}
