"""What git history says of the contents that a file has had."""

import contextlib
import subprocess
from pathlib import Path

import pytest

from compliance.sources.history import Version
from compliance.sources.opening import open_submission
from tests.counted_calls import with_calls
from tests.sources.repositories import commit, git, repository, write

BODY = "".join(f"line {number} of a file that is long enough to be known again\n" for number in range(30))


def versions(subject: Path, path: str, revision: str | None = None) -> list[Version]:
    """The versions of the file at `path` of `subject`, newest first."""
    (source,) = open_submission(subject, revision=revision).sources
    with source.open() as opened:
        history = opened.history()
        assert history is not None
        found = list(history.versions([path]).get(path, ()))
        for version in found:
            assert history.read(version, 1 << 20) is not None
        history.close()
    return found


def paths(found: list[Version]) -> list[str]:
    return [one.path for one in found]


def test_every_content_is_told_with_its_commit_newest_first(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "one"})
    first = git(repo, "rev-parse", "HEAD")
    write(repo, {"b.py": "another"})
    commit(repo)
    write(repo, {"a.py": "two"})
    last = commit(repo)

    assert [one.commit for one in versions(repo, "a.py")] == [last, first]


def test_a_graph_of_commits_beside_the_objects_is_not_believed(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "one"})
    write(repo, {"b.py": "another"})
    last = commit(repo)
    before, after = (bytes.fromhex(git(repo, "rev-parse", f"{one}^{{tree}}")) for one in ("HEAD~1", "HEAD"))
    git(repo, "commit-graph", "write", "--reachable")
    graph = repo / ".git" / "objects" / "info" / "commit-graph"
    graph.chmod(0o644)
    graph.write_bytes(graph.read_bytes().replace(after, before))

    assert git(repo, "log", "--format=%H", "--", "b.py") == ""
    assert [one.commit for one in versions(repo, "b.py")] == [last]


def test_the_date_is_the_committers(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    write(repo, {"a.py": "one"})
    git(repo, "add", "-A")
    dates = {"GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2025-02-03T04:05:06Z"}
    git(repo, "commit", "-q", "-m", "m", **dates)

    assert [one.date for one in versions(repo, "a.py")] == ["2025-02-03"]


def test_an_exact_rename_is_followed(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"old/a.py": BODY})
    (repo / "new").mkdir()
    git(repo, "mv", "old/a.py", "new/b.py")
    commit(repo)

    assert paths(versions(repo, "new/b.py")) == ["new/b.py", "old/a.py"]


def test_a_rename_with_changes_is_followed(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": BODY, "unrelated.py": "x = 1\n" * 30})
    (repo / "unrelated.py").unlink()
    git(repo, "mv", "a.py", "b.py")
    write(repo, {"b.py": BODY.replace("line 3 ", "another ") + "more\n"})
    commit(repo)

    assert paths(versions(repo, "b.py")) == ["b.py", "a.py"]


def test_an_unrelated_file_that_vanishes_at_the_same_time_is_no_earlier_version(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "entirely = other()\n" * 30})
    (repo / "a.py").unlink()
    write(repo, {"b.py": BODY})
    commit(repo)

    assert paths(versions(repo, "b.py")) == ["b.py"]


def test_a_copy_within_the_repository_is_followed(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": BODY})
    write(repo, {"b.py": BODY})
    commit(repo)

    assert paths(versions(repo, "b.py")) == ["b.py", "a.py"]


def test_what_a_branch_brought_is_dated_by_the_branch_and_not_by_the_merge(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    git(repo, "checkout", "-q", "-b", "feature")
    write(repo, {"b.py": BODY})
    brought = commit(repo)
    git(repo, "checkout", "-q", "main")
    write(repo, {"c.py": "c"})
    commit(repo)
    git(repo, "merge", "-q", "--no-ff", "-m", "merge", "feature")

    assert versions(repo, "b.py")[-1].commit == brought


def test_a_file_that_was_away_for_a_while_keeps_its_earlier_versions(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": BODY})
    first = git(repo, "rev-parse", "HEAD")
    (repo / "a.py").unlink()
    commit(repo)
    write(repo, {"a.py": BODY})
    commit(repo)

    assert versions(repo, "a.py")[-1].commit == first


def test_a_revision_does_not_know_later_commits(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "one"})
    first = git(repo, "rev-parse", "HEAD")
    write(repo, {"a.py": "two"})
    commit(repo)

    assert [one.commit for one in versions(repo, "a.py", revision=first)] == [first]


def test_a_folder_of_a_repository_has_its_own_paths(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"sub/a.py": BODY, "b.py": "b"})
    git(repo, "mv", "sub/a.py", "sub/c.py")
    commit(repo)
    git(repo, "mv", "b.py", "sub/b.py")
    commit(repo)

    assert paths(versions(repo / "sub", "c.py")) == ["c.py", "a.py"]
    assert paths(versions(repo / "sub", "b.py")) == ["b.py", "../b.py"]


def test_a_file_that_no_commit_knows_has_no_versions(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "a"})
    write(repo, {"new.py": "new"})

    assert versions(repo, "new.py") == []


def test_a_repository_without_commits_and_a_plain_folder_have_no_history(tmp_path: Path) -> None:
    repository(tmp_path / "repo")
    write(tmp_path, {"repo/a.py": "a", "folder/a.py": "a"})

    for subject in ("repo", "folder"):
        (source,) = open_submission(tmp_path / subject).sources
        with source.open() as opened:
            assert opened.history() is None


def test_strange_names_are_followed(tmp_path: Path) -> None:
    name = 'a "b"\n한글 \t:.py'
    repo = repository(tmp_path / "repo", {"plain.py": BODY})
    git(repo, "mv", "plain.py", name)
    commit(repo)

    assert paths(versions(repo, name)) == [name, "plain.py"]


def test_a_sha256_repository_is_followed(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": BODY}, "--object-format=sha256")
    git(repo, "mv", "a.py", "b.py")
    commit(repo)

    assert paths(versions(repo, "b.py")) == ["b.py", "a.py"]


def test_a_shallow_clone_marks_where_it_ends_and_is_not_complete(tmp_path: Path) -> None:
    origin = repository(tmp_path / "origin", {"a.py": "one"})
    for text in ("two", "three"):
        write(origin, {"a.py": text})
        commit(origin)
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{origin}", "clone")

    found = versions(tmp_path / "clone", "a.py")
    assert [one.oldest_seen for one in found] == [False, True]
    (source,) = open_submission(tmp_path / "clone").sources
    with source.open() as opened:
        history = opened.history()
        assert history is not None
        assert not history.complete
        history.close()


def test_a_missing_commit_ends_the_history_without_an_error(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "one"})
    first = git(repo, "rev-parse", "HEAD")
    write(repo, {"a.py": "two"})
    commit(repo)
    (repo / ".git" / "objects" / first[:2] / first[2:]).unlink()

    (source,) = open_submission(repo).sources
    with source.open() as opened:
        history = opened.history()
        assert history is not None
        assert not history.complete
        assert all(not one.oldest_seen for one in history.versions(["a.py"]).get("a.py", ()))
        history.close()


@pytest.mark.parametrize("shallow", ["nonsense\n", "\0" * 50, f"{'0' * 40}\n{'f' * 40}\n"])
def test_a_broken_list_of_shallow_commits_stops_nothing(tmp_path: Path, shallow: str) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "one"})
    (repo / ".git" / "shallow").write_text(shallow)

    assert paths(versions(repo, "a.py")) == ["a.py"]


def test_a_commit_whose_message_looks_like_the_log_changes_nothing(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "one"})
    write(repo, {"a.py": "two"})
    commit(repo, "\x01" + "a" * 40 + " 1999-01-01\n:100644 100644 " + "b" * 40)

    assert len(versions(repo, "a.py")) == 2


@pytest.mark.slow
def test_the_work_for_a_log_grows_with_its_changes(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    stream = [b"blob\nmark :1\ndata 1\na\n"]
    stream += [b"commit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\ndata 1\nm\n"]
    stream += [b"M 100644 :1 src/%d/%d.py\n" % (number % 100, number) for number in range(10_000)]
    for number in range(5_000):
        stream.append(
            b"commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata 1\nm\n" % (1700000001 + number)
        )
        for file in range(3):
            place = (number * 3 + file) % 10_000
            stream.append(
                b"M 100644 inline src/%d/%d.py\ndata %d\n%d\n" % (place % 100, place, len(str(number)), number)
            )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repo, input=b"".join(stream), check=True)

    found, calls = with_calls(lambda: versions(repo, "src/1/1.py"))

    assert len(found) >= 2
    assert calls < (10_000 + 5_000 * 3) * 45


def state(repo: Path, *asked: str) -> tuple[str | None, bool]:
    """What names the history of `repo`, and whether something of the `asked` paths couldn't be read."""
    (source,) = open_submission(repo).sources
    with source.open() as opened:
        history = opened.history()
        assert history is not None
        for found in history.versions(asked).values():
            for version in found:
                with contextlib.suppress(OSError):
                    history.read(version, 1 << 20)
        said = history.identity, history.lacking
        history.close()
    return said


def test_the_identity_changes_with_commits_and_tags_alone(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "one"})
    seen = [state(repo)]
    write(repo, {"a.py": "edited"})
    assert state(repo) == seen[0]
    commit(repo)
    seen.append(state(repo))
    git(repo, "tag", "v1")
    seen.append(state(repo))
    git(repo, "branch", "another")

    assert state(repo) == seen[2]
    assert len({identity for identity, _ in seen}) == 3


def test_where_a_clone_ends_belongs_to_the_identity(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "one"})
    write(repo, {"a.py": "two"})
    commit(repo)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", repo.as_uri(), str(shallow))

    assert state(shallow)[0] != state(repo)[0]


def test_an_object_that_is_missing_is_remembered_as_lacking(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"a.py": "one"})
    blob = git(repo, "rev-parse", "HEAD:a.py")
    write(repo, {"a.py": "two"})
    commit(repo)
    assert not state(repo, "a.py")[1]
    (repo / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    assert state(repo, "a.py")[1]
