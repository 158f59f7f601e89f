"""What license files and cards held at the tags of a git repository."""

import subprocess
from pathlib import Path

import pytest

from compliance.sources.git import releases as reading
from compliance.sources.history import Releases
from compliance.sources.opening import open_submission
from tests.counted_calls import with_calls
from tests.sources.repositories import git, repository, write

Files = dict[str, str]


def committed(folder: Path, files: Files, date: str, *tags: str) -> str:
    """Commit `files` on `date` and tag the commit; its full name."""
    write(folder, files)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "m", GIT_COMMITTER_DATE=f"{date}T00:00:00Z")
    for tag in tags:
        git(folder, "tag", tag)
    return git(folder, "rev-parse", "HEAD")


def releases(subject: Path, *folders: str, revision: str | None = None) -> Releases:
    """The earlier releases with all files that are called LICENSE."""
    (source,) = open_submission(subject, revision=revision).sources
    with source.open() as opened:
        history = opened.history()
        assert history is not None
        found = history.releases(folders or ("",), lambda path: path.endswith("LICENSE"))
        for release in found.seen:
            for file in release.files:
                with file.open() as content:
                    assert len(content.read()) == file.size
        history.close()
    return found


def names(found: Releases) -> list[str]:
    return [one.name for one in found.seen]


def test_each_tag_is_told_with_its_commit_date_and_files_oldest_first(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    first = committed(repo, {"LICENSE": "one", "a.py": "a"}, "2025-01-01", "z-first")
    second = committed(repo, {"LICENSE": "two"}, "2025-02-01", "a-second")
    committed(repo, {"LICENSE": "three"}, "2025-03-01")

    found = releases(repo)

    assert [(one.name, one.commit, one.date) for one in found.seen] == [
        ("z-first", first, "2025-01-01"),
        ("a-second", second, "2025-02-01"),
    ]
    assert [[file.path for file in one.files] for one in found.seen] == [["LICENSE"], ["LICENSE"]]
    assert len({file.identity for one in found.seen for file in one.files}) == 2
    assert (found.left_out, found.unread, found.shallow) == (0, 0, False)


def test_annotated_tags_and_tags_of_tags_lead_to_their_commit(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    first = committed(repo, {"LICENSE": "one"}, "2025-01-01")
    git(repo, "tag", "-a", "-m", "words", "v1")
    git(repo, "tag", "-a", "-m", "words", "signed-off", "v1")
    committed(repo, {"LICENSE": "two"}, "2025-02-01")

    assert [(one.name, one.commit) for one in releases(repo).seen] == [("signed-off", first)]


def test_packed_tags_count_as_loose_ones(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, {"LICENSE": "one"}, "2025-01-01", "v1")
    git(repo, "pack-refs", "--all")
    committed(repo, {"LICENSE": "two"}, "2025-02-01", "v2")

    assert names(releases(repo)) == ["v1", "v2"]


def test_a_tag_of_a_file_or_a_folder_is_no_release(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, {"LICENSE": "one"}, "2025-01-01", "v1")
    git(repo, "tag", "key", "HEAD:LICENSE")
    git(repo, "tag", "tree", "HEAD^{tree}")

    found = releases(repo)

    assert (names(found), found.unread) == (["v1"], 0)


def test_a_revision_knows_no_later_releases_even_of_the_same_second(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    first = committed(repo, {"LICENSE": "one"}, "2025-01-01", "v1")
    committed(repo, {"LICENSE": "two"}, "2025-01-01", "v2")
    committed(repo, {"LICENSE": "three"}, "2025-03-01", "v3")

    assert names(releases(repo, revision=first)) == ["v1"]


def test_releases_of_another_branch_count_if_they_are_older(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, {"LICENSE": "one"}, "2025-01-01")
    git(repo, "checkout", "-q", "-b", "release")
    committed(repo, {"LICENSE": "released"}, "2025-02-01", "older")
    committed(repo, {"LICENSE": "fixed"}, "2025-04-01", "newer")
    git(repo, "checkout", "-q", "main")
    committed(repo, {"LICENSE": "two"}, "2025-03-01")

    assert names(releases(repo)) == ["older"]


def test_only_the_asked_folders_are_looked_into(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    files = {"LICENSE": "a", "weights/LICENSE": "b", "weights/deep/LICENSE": "c", "other/LICENSE": "d"}
    committed(repo, files, "2025-01-01", "v1")

    (release,) = releases(repo, "", "weights", "missing/folder").seen

    assert [file.path for file in release.files] == ["LICENSE", "weights/LICENSE"]


def test_a_folder_of_a_repository_has_its_own_paths(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, {"LICENSE": "a", "models/hanbit/LICENSE": "b"}, "2025-01-01", "v1")

    (release,) = releases(repo / "models" / "hanbit").seen

    assert [file.path for file in release.files] == ["LICENSE"]


def test_links_at_a_tag_are_not_followed(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    (repo / "LICENSE").symlink_to("/etc/hostname")
    committed(repo, {}, "2025-01-01", "v1")

    assert [one.files for one in releases(repo).seen] == [()]


def test_a_shallow_clone_says_that_it_is_one(tmp_path: Path) -> None:
    origin = repository(tmp_path / "origin")
    committed(origin, {"LICENSE": "one"}, "2025-01-01", "v1")
    committed(origin, {"LICENSE": "two"}, "2025-02-01", "v2")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{origin}", "clone")

    found = releases(tmp_path / "clone")

    assert (names(found), found.shallow) == (["v2"], True)


@pytest.mark.parametrize("of", ["v1^{commit}", "v1^{tree}", "v1:LICENSE"])
def test_a_release_with_a_missing_object_counts_as_unread(tmp_path: Path, of: str) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, {"LICENSE": "one"}, "2025-01-01", "v1")
    committed(repo, {"LICENSE": "two"}, "2025-02-01", "v2")
    name = git(repo, "rev-parse", of)
    (repo / ".git" / "objects" / name[:2] / name[2:]).unlink()

    found = releases(repo)

    assert (names(found), found.unread) == (["v2"], 1)


def test_a_tag_of_nothing_counts_as_unread(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, {"LICENSE": "one"}, "2025-01-01", "v1")
    (repo / ".git" / "refs" / "tags" / "lost").write_text("1" * 40 + "\n")

    found = releases(repo)

    assert (names(found), found.unread) == (["v1"], 1)


def test_a_sha256_repository_is_read(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", None, "--object-format=sha256")
    committed(repo, {"LICENSE": "one"}, "2025-01-01", "v1")

    assert names(releases(repo)) == ["v1"]


def test_beyond_the_cap_the_newest_and_the_oldest_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_RELEASES", 3)
    repo = repository(tmp_path / "repo")
    for number in range(1, 7):
        committed(repo, {"LICENSE": str(number)}, f"2025-0{number}-01", f"v{number}")

    found = releases(repo)

    assert (names(found), found.left_out) == (["v1", "v5", "v6"], 3)


def test_beyond_the_cap_of_contents_the_oldest_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_CONTENTS", 2)
    repo = repository(tmp_path / "repo")
    for number in range(1, 5):
        committed(repo, {"LICENSE": str(number)}, f"2025-0{number}-01", f"v{number}")

    found = releases(repo)

    assert (names(found), found.left_out) == (["v3", "v4"], 2)


@pytest.mark.slow
def test_the_work_for_many_commits_and_tags_grows_with_their_number(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    stream: list[bytes] = []
    for number in range(100_000):
        stream.append(
            b"commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata 1\nm\n" % (10**9 + number)
        )
        if number % 50 == 0:
            text = b"%d" % number
            stream.append(b"M 100644 inline LICENSE\ndata %d\n%b\n" % (len(text), text))
            stream.append(b"reset refs/tags/v%d\nfrom refs/heads/main\n\n" % number)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repo, input=b"".join(stream), check=True)

    found, calls = with_calls(lambda: releases(repo))

    assert (len(found.seen), found.left_out) == (reading.MOST_RELEASES, 2_000 - reading.MOST_RELEASES)
    assert calls < (100_000 + 2_000) * 15
