"""Revisions of a history: those named, every tag that a pattern matches, and nothing of the repository is run."""

import datetime
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.errors import SubjectError
from compliance.origins.building.histories import Revision, revisions_of
from compliance.origins.building.recipe import History
from tests.sources.repositories import git, repository, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of three commits, a day apart, the first two tagged; the branch `stable` is at the first."""
    repo = repository(tmp_path_factory.mktemp("made") / "history")
    for number, tag in ((1, "v1"), (2, "v2"), (3, None)):
        change(repo, f"2025-01-0{number}T12:00:00+00:00")
        if tag:
            git(repo, "tag", tag)
    git(repo, "branch", "stable", "v1")
    return repo


@pytest.fixture
def history(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed at will."""
    return Path(shutil.copytree(made, tmp_path / "history"))


def change(repo: Path, date: str, committed: str | None = None) -> str:
    """A commit that its author made on `date`, and that was committed then too unless told otherwise."""
    write(repo, {"model.py": f"made = {date!r}\n"})
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "change", GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=committed or date)
    return git(repo, "rev-parse", "HEAD")


def names_of(history: History) -> list[str]:
    return [one.name for one in revisions_of(history)]


def refusal(history: History) -> str:
    with pytest.raises(SubjectError) as raised:
        revisions_of(history)
    assert str(history.path) in raised.value.message.ko
    return raised.value.message.en


def tag_of(repo: Path, name: str, words: bytes) -> None:
    """A tag of a new commit that says `words` after its tree, however wrong; git itself would refuse some."""
    tree = git(repo, "rev-parse", "HEAD^{tree}").encode()
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        cwd=repo,
        input=b"tree %s\n%s\nwords\n" % (tree, words),
        capture_output=True,
        check=True,
    )
    write(repo, {f".git/refs/tags/{name}": done.stdout.decode()})


# which revisions


def test_a_named_revision_is_a_commit_with_its_name_and_day(history: Path) -> None:
    assert revisions_of(History(history, ("stable",))) == (
        Revision("stable", git(history, "rev-parse", "v1"), datetime.date(2025, 1, 1)),
    )


@pytest.mark.parametrize("name", ["main~1", "v2", "refs/tags/v2", "HEAD^"])
def test_every_usual_way_to_name_a_revision_works(history: Path, name: str) -> None:
    (found,) = revisions_of(History(history, (name,)))

    assert (found.name, found.commit) == (name, git(history, "rev-parse", "v2"))


def test_an_abbreviated_commit_becomes_a_full_one(history: Path) -> None:
    full = git(history, "rev-parse", "main")

    (found,) = revisions_of(History(history, (full[:10],)))

    assert (found.name, found.commit) == (full[:10], full)


def test_named_revisions_keep_their_order(history: Path) -> None:
    assert names_of(History(history, ("main", "v1", "v2"))) == ["main", "v1", "v2"]


def test_tags_come_by_date_whatever_order_their_names_have(history: Path) -> None:
    git(history, "tag", "a-last", "main")
    git(
        history,
        "tag",
        "z-first",
        git(history, "commit-tree", "-m", "old", "HEAD^{tree}", GIT_COMMITTER_DATE="2001-01-01T12:00:00+00:00"),
    )

    assert names_of(History(history, tags="*")) == ["z-first", "v1", "v2", "a-last"]


def test_tags_of_one_day_come_by_name(history: Path) -> None:
    for name in ("r2", "r1", "r3"):
        git(history, "tag", name, change(history, "2025-03-01T12:00:00+00:00", "2025-03-01T12:00:00+00:00"))
        change(history, "2025-03-02T12:00:00+00:00")

    assert names_of(History(history, tags="r*")) == ["r1", "r2", "r3"]


def test_named_revisions_come_before_tags(history: Path) -> None:
    assert names_of(History(history, ("main",), "v*")) == ["main", "v1", "v2"]


def test_a_commit_with_several_names_is_taken_once_under_the_first(history: Path) -> None:
    git(history, "tag", "v1-again", "v1")

    assert names_of(History(history, ("stable", "v1"), "v*")) == ["stable", "v2"]


def test_a_pattern_matches_whole_names_of_tags(history: Path) -> None:
    for day, name in ((1, "v10"), (2, "v/1"), (3, "V3"), (4, "nightly")):
        git(history, "tag", name, change(history, f"2025-02-0{day}T12:00:00+00:00"))
    git(history, "branch", "v9")

    patterns = ("v*", "v?", "v[12]", "v1", "v/*", "*1")

    assert {pattern: names_of(History(history, tags=pattern)) for pattern in patterns} == {
        "v*": ["v1", "v2", "v10", "v/1"],
        "v?": ["v1", "v2"],
        "v[12]": ["v1", "v2"],
        "v1": ["v1"],
        "v/*": ["v/1"],
        "*1": ["v1", "v/1"],
    }


def test_an_annotated_tag_and_a_tag_of_a_tag_lead_to_their_commit(history: Path) -> None:
    git(history, "tag", "-a", "-m", "words", "release", "v1")
    git(history, "tag", "-a", "-m", "words", "release-again", "release")

    found = revisions_of(History(history, tags="release*"))

    assert [(one.name, one.commit) for one in found] == [("release", git(history, "rev-parse", "v1"))]


def test_packed_tags_are_found_too(history: Path) -> None:
    git(history, "pack-refs", "--all")

    assert names_of(History(history, tags="v*")) == ["v1", "v2"]


@pytest.mark.parametrize(
    "name",
    ["v-판-3".encode(), "v\u2028v4".encode(), "v\x85".encode(), b"v\xb0\xa1", b"v-\xff"],
    ids=["korean", "line separator", "next line", "cp949", "no text"],
)
def test_a_tag_of_any_name_is_one_revision(history: Path, name: bytes) -> None:
    subprocess.run([b"git", b"tag", name, b"main"], cwd=history, check=True)

    found = revisions_of(History(history, tags="v*"))

    assert [one.name for one in found] == ["v1", "v2", name.decode("utf-8", "replace")]
    assert found[-1].commit == git(history, "rev-parse", "main")


def test_a_bare_repository_has_a_history_too(history: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(history), "bare.git")

    assert names_of(History(tmp_path / "bare.git", ("main",), "v*")) == ["main", "v1", "v2"]


def test_a_repository_with_longer_names_of_objects_has_a_history_too(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repository", {"model.py": "made = 1\n"}, "--object-format=sha256")
    git(repo, "tag", "v1")

    (found,) = revisions_of(History(repo, tags="v*"))

    assert (found.name, len(found.commit)) == ("v1", 64)


# dates


@pytest.fixture(params=["UTC", "Asia/Seoul", "America/New_York"])
def anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock shows the time of some place."""
    with monkeypatch.context() as context:
        context.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("anywhere")
def test_the_day_is_the_committers_and_in_utc(history: Path) -> None:
    change(history, "2020-05-05T12:00:00+00:00", "2025-06-02T03:00:00+09:00")

    (found,) = revisions_of(History(history, ("main",)))

    assert found.committed == datetime.date(2025, 6, 1)


@pytest.mark.parametrize(
    "committer",
    [
        b"",
        b"committer A <a@example.org>\n",
        b"committer A <a@example.org> soon +0000\n",
        b"committer A <a@example.org> 99999999999999999999 +0000\n",
        b"committer A <a@example.org> " + b"9" * 5_000 + b" +0000\n",
        b"committer \n",
    ],
    ids=["none", "no time", "no number", "too large", "endless", "empty"],
)
def test_a_commit_that_says_no_day_has_none_and_comes_first(history: Path, committer: bytes) -> None:
    tag_of(history, "v0", b"author A <a@example.org> 1700000000 +0000\n" + committer)

    found = revisions_of(History(history, tags="v*"))

    assert [(one.name, one.committed is None) for one in found] == [("v0", True), ("v1", False), ("v2", False)]


def test_a_date_in_the_message_is_nobodys(history: Path) -> None:
    tag_of(history, "v0", b"\ncommitter A <a@example.org> 1700000000 +0000\n")

    assert revisions_of(History(history, ("v0",)))[0].committed is None


# what isn't there


@pytest.mark.parametrize("name", ["absent", "v3", "main~9", "main:model.py", "-v", "--all", "", "main..v1"])
def test_a_revision_that_is_unknown_is_told_by_name(history: Path, name: str) -> None:
    assert f"revision {name!r} can't be examined" in refusal(History(history, ("main", name)))


def test_a_pattern_that_no_tag_matches_is_told(history: Path) -> None:
    said = refusal(History(history, tags="release-*"))

    assert "'release-*'" in said
    assert "no tag has such a name" in said


def test_a_tag_that_leads_to_no_commit_is_told_by_name(history: Path) -> None:
    git(history, "tag", "v-tree", "HEAD^{tree}")

    said = refusal(History(history, tags="v*"))

    assert "'refs/tags/v-tree'" in said
    assert "it leads to no commit that is there" in said


def test_a_tag_of_a_missing_object_is_told_by_name(history: Path) -> None:
    write(history, {".git/refs/tags/v9": f"{'1' * 40}\n"})

    assert "'refs/tags/v9'" in refusal(History(history, tags="v*"))


def test_a_missing_commit_is_told(history: Path) -> None:
    name = git(history, "rev-parse", "v1")
    (history / ".git/objects" / name[:2] / name[2:]).unlink()

    assert "'v1' can't be examined" in refusal(History(history, ("v1",)))


def test_a_damaged_commit_is_told(history: Path) -> None:
    name, other = git(history, "rev-parse", "v1"), git(history, "rev-parse", "v2")
    place = history / ".git/objects" / name[:2] / name[2:]
    place.chmod(0o644)
    place.write_bytes((history / ".git/objects" / other[:2] / other[2:]).read_bytes())

    assert "can't be examined" in refusal(History(history, ("v1",)))


def test_a_repository_without_commits_is_told(tmp_path: Path) -> None:
    assert "no commits yet" in refusal(History(repository(tmp_path / "empty"), ("main",)))


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()

    assert "no git repository" in refusal(History(tmp_path / "plain", ("main",)))


def test_a_file_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("gitdir: elsewhere\n")

    assert "no git repository" in refusal(History(tmp_path / "file", ("main",)))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "no such file or folder" in refusal(History(tmp_path / "absent", ("main",)))


# nothing is run


@pytest.fixture
def marker(tmp_path: Path) -> Iterator[Path]:
    """A file that comes to be if any planted program is run; it must not be there in the end."""
    place = tmp_path / "marker"
    yield place
    assert not place.exists(), f"run: {place.read_text()}"


@pytest.fixture
def trapped(history: Path, tmp_path: Path, marker: Path) -> Path:
    """The repository, where settings, hooks and a program called like git write the marker."""
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $@" >> {marker}\n')
    program.chmod(0o755)
    hooks = ("reference-transaction", "post-index-change", "post-checkout", "fsmonitor-watchman")
    for place in (*(f".git/hooks/{hook}" for hook in hooks), "git"):
        (history / place).parent.mkdir(exist_ok=True)
        (history / place).write_bytes(program.read_bytes())
        (history / place).chmod(0o755)
    settings = {
        "alias.for-each-ref": f"!{program}",
        "alias.rev-parse": f"!{program}",
        "core.fsmonitor": str(program),
        "core.pager": str(program),
        "core.alternateRefsCommand": str(program),
        "core.hooksPath": str(history / ".git/hooks"),
        "pager.for-each-ref": str(program),
        "gpg.program": str(program),
        "log.showSignature": "true",
        "remote.origin.url": f"ext::{program}",
        "remote.origin.promisor": "true",
        "extensions.partialClone": "origin",
    }
    git(history, "config", "core.repositoryFormatVersion", "1")
    for name, value in settings.items():
        git(history, "config", name, value)
    marker.unlink(missing_ok=True)
    return history


def test_the_trap_works(trapped: Path, marker: Path) -> None:
    subprocess.run(["git", "status"], cwd=trapped, capture_output=True, check=False)

    assert marker.exists()
    marker.unlink()


def test_listing_revisions_runs_nothing_of_the_repository(trapped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(trapped)

    assert names_of(History(trapped, ("main",), "v*")) == ["main", "v1", "v2"]


def test_a_missing_commit_is_not_fetched(trapped: Path, marker: Path) -> None:
    name = git(trapped, "rev-parse", "v1", GIT_NO_LAZY_FETCH="1")
    (trapped / ".git/objects" / name[:2] / name[2:]).unlink()
    marker.unlink(missing_ok=True)

    refusal(History(trapped, tags="v*"))


def test_the_repository_is_left_as_it_was(history: Path) -> None:
    def state() -> dict[Path, tuple[int, int]]:
        return {place: (place.stat().st_mtime_ns, place.stat().st_size) for place in history.rglob("*")}

    before = state()
    revisions_of(History(history, ("main",), "v*"))

    assert state() == before
