"""The commit that brought the code of an origin, on real repositories."""

import contextlib
from pathlib import Path

import pytest

from compliance.introductions import with_introductions
from compliance.model import git_history
from compliance.model.evidence import Statement
from compliance.model.finding import CopyrightFinding, Finding, Origin, OriginFinding, Relation, Span, place
from compliance.sources.opening import open_submission
from compliance.store.cache import Cache, NoCache, SqliteCache
from tests.sources.repositories import commit, git, repository, write

HEADER = (
    "# Copy" + "right 2024 Example Authors. All rights reserved.\n# Licensed under the terms of Example 2.0.\n"
)
CODE = "".join(
    f"class Layer{number}(Module):\n    def forward(self, hidden, mask={number}):\n"
    f"        return self.project(hidden * {number}) + mask[{number}]\n\n"
    for number in range(12)
)
RENAMED = (
    CODE.replace("Layer", "Block").replace("hidden", "states").replace("project", "map_to").replace("mask", "m")
)
OTHER = "".join(f"def check_{number}():\n    assert load({number!r}) is None, 'x'\n" for number in range(20))


def origin_at(
    path: str = "a.py", *, relation: Relation = "copied", released: str | None = None, spans: tuple[Span, ...] = ()
) -> OriginFinding:
    member = Origin(family="example", project="example", relation=relation, role="direct", released=released)
    return place(OriginFinding(lineage=(member,), spans=spans), path, None)


def introduced(
    subject: Path,
    finding: OriginFinding,
    *others: Finding,
    cache: Cache | None = None,
    identity: str | None = None,
    reads: list[str] | None = None,
) -> OriginFinding:
    """The last of the findings, with what the history adds to it.

    Args:
        subject: a repository.
        finding: of an origin.
        others: in the same file.
        cache: remembers what was found.
        identity: of the file on disk.
        reads: receives the paths of files that were read on disk.
    """

    def content(path: str) -> bytes:
        if reads is not None:
            reads.append(path)
        return (subject / path).read_bytes()

    with open_submission(subject).sources[0].open() as source:
        history = source.history()
        assert history is not None
        with contextlib.closing(history):
            findings = with_introductions(
                [*others, finding], history, content, lambda _: identity, cache or NoCache()
            )
    found = findings[-1]
    assert isinstance(found, OriginFinding)
    return found


def said(finding: OriginFinding) -> dict[str, str]:
    return {one.field: one.says for one in finding.evidence if isinstance(one, Statement)}


def committed(folder: Path, text: str, date: str = "2025-06-01", path: str = "a.py") -> str:
    write(folder, {path: text})
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "m", GIT_COMMITTER_DATE=f"{date}T00:00:00Z")
    return git(folder, "rev-parse", "HEAD")


def test_the_commit_that_brought_the_file_is_named_with_its_date(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    first = committed(repo, CODE)
    committed(repo, CODE + "more = 1\n", "2025-07-01")

    found = introduced(repo, origin_at())

    assert found.introduction is not None
    assert (found.introduction.commit, found.introduction.date) == (first, "2025-06-01")
    assert said(found)[git_history.FIRST_COMMIT].startswith(first[:12])


def test_what_was_found_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    repo, cache, reads = repository(tmp_path / "repo"), SqliteCache(tmp_path / "cache"), list[str]()
    committed(repo, CODE)
    committed(repo, CODE + "more = 1\n", "2025-07-01")

    first = introduced(repo, origin_at(), cache=cache, identity="one", reads=reads)
    second = introduced(repo, origin_at(), cache=cache, identity="one", reads=reads)
    assert second == first
    assert reads == ["a.py"]

    introduced(repo, origin_at(), cache=cache, identity="two", reads=reads)
    assert reads == ["a.py"] * 2


def test_what_was_found_is_looked_for_again_once_the_file_has_an_older_version(tmp_path: Path) -> None:
    repo, cache = repository(tmp_path / "repo"), SqliteCache(tmp_path / "cache")
    committed(repo, CODE, path="before.py")
    git(repo, "checkout", "-q", "--orphan", "other")
    git(repo, "rm", "-qf", "before.py")
    late = committed(repo, CODE, "2025-08-01")
    found = introduced(repo, origin_at(), cache=cache, identity="one").introduction
    assert found is not None
    assert found.commit == late

    git(repo, "merge", "-q", "--allow-unrelated-histories", "main", "-m", "m")
    committed(repo, CODE, "2025-09-01", path="after.py")
    git(repo, "rm", "-q", "before.py")
    git(repo, "commit", "-q", "-m", "m")

    assert introduced(repo, origin_at(), cache=cache, identity="one") == introduced(repo, origin_at())


def test_what_was_found_holds_for_the_next_commit_too_if_it_leaves_the_file_alone(tmp_path: Path) -> None:
    repo, cache, reads = repository(tmp_path / "repo"), SqliteCache(tmp_path / "cache"), list[str]()
    committed(repo, CODE)
    at_first = place(origin_at(), "a.py", "first")
    introduced(repo, at_first, cache=cache, identity="one", reads=reads)
    committed(repo, OTHER, path="other.py")

    found = introduced(repo, place(origin_at(), "a.py", "second"), cache=cache, identity="one", reads=reads)

    assert (found.revision, reads) == ("second", ["a.py"])
    assert found.introduction is not None


def test_what_nothing_names_is_not_remembered(tmp_path: Path) -> None:
    repo, cache, reads = repository(tmp_path / "repo"), SqliteCache(tmp_path / "cache"), list[str]()
    committed(repo, CODE)

    introduced(repo, origin_at(), cache=cache, reads=reads)
    introduced(repo, origin_at(), cache=cache, reads=reads)

    assert reads == ["a.py"] * 2


def test_code_pasted_into_an_older_file_came_with_the_paste(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, OTHER)
    pasted = committed(repo, OTHER + CODE, "2025-08-01")
    lines = (OTHER.count("\n") + 1, (OTHER + CODE).count("\n"))

    found = introduced(repo, origin_at(spans=(Span(lines=lines, origin_path="x.py", origin_lines=(1, 48)),)))

    assert found.introduction is not None
    assert found.introduction.commit == pasted


def test_code_whose_names_were_changed_later_came_before_that(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    first = committed(repo, CODE)
    committed(repo, RENAMED, "2025-08-01")

    found = introduced(repo, origin_at())

    assert found.introduction is not None
    assert found.introduction.commit == first


def test_an_import_came_with_the_commit_that_wrote_it(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, "import os\nfrom a.b.c import d\n")
    wrote = committed(repo, "import os\nfrom foreign.models.layers import Layer\n", "2025-08-01")
    finding = place(
        OriginFinding(
            lines=(2, 2),
            lineage=(Origin(family="layers", project="foreign", relation="imported", role="direct"),),
        ),
        "a.py",
        None,
    )

    found = introduced(repo, finding)

    assert found.introduction is not None
    assert found.introduction.commit == wrote


def test_a_header_that_was_there_then_and_is_gone_now_is_told_with_its_holders(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, HEADER + CODE)
    committed(repo, CODE, "2025-08-01")

    found = introduced(repo, origin_at())

    assert found.introduction is not None
    assert found.introduction.header_lost
    assert found.introduction.holders_then == ("Example Authors",)


def test_a_header_that_is_still_there_is_not_lost(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, HEADER + CODE)
    committed(repo, HEADER + CODE + "more = 1\n", "2025-08-01")
    now = place(CopyrightFinding(statement="(c) 2024 Example Authors", holders=("Example Authors",)), "a.py", None)

    found = introduced(repo, origin_at(), now)

    assert found.introduction is not None
    assert not found.introduction.header_lost
    assert found.introduction.holders_then == ("Example Authors",)


def test_a_lost_license_header_without_holders_is_lost_too(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, "# SPDX-License-" + "Identifier: MIT\n" + CODE)
    committed(repo, CODE, "2025-08-01")

    found = introduced(repo, origin_at())

    assert found.introduction is not None
    assert found.introduction.header_lost


@pytest.mark.parametrize(("released", "earlier"), [("2025-06-02", True), ("2025-06-01", False), ("soon", False)])
def test_a_commit_older_than_the_origins_release_is_said(tmp_path: Path, released: str, earlier: bool) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, CODE)

    found = introduced(repo, origin_at(released=released))

    assert (git_history.BEFORE_RELEASE in said(found)) is earlier
    assert git_history.committed_before_release(found) is earlier


def test_the_edge_of_a_shallow_clone_is_never_called_the_introduction(tmp_path: Path) -> None:
    upstream = repository(tmp_path / "upstream")
    committed(upstream, CODE)
    committed(upstream, CODE + "more = 1\n", "2025-08-01")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{upstream}", "clone")

    found = introduced(tmp_path / "clone", origin_at(released="2025-09-01"))

    assert found.introduction is None
    assert "2025-08-01" in said(found)[git_history.SHALLOW]
    assert git_history.BEFORE_RELEASE not in said(found)


def test_what_came_after_the_edge_of_a_shallow_clone_is_named_with_a_reservation(tmp_path: Path) -> None:
    upstream = repository(tmp_path / "upstream", {"b.py": "b"})
    write(upstream, {"b.py": "c"})
    commit(upstream)
    brought = committed(upstream, CODE)
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{upstream}", "clone")

    found = introduced(tmp_path / "clone", origin_at())

    assert found.introduction is not None
    assert found.introduction.commit == brought
    assert git_history.INCOMPLETE in said(found)


def test_what_was_never_committed_has_no_introduction(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", {"b.py": "b"})
    write(repo, {"a.py": CODE})

    assert introduced(repo, origin_at()) == origin_at()


def test_an_unreadable_version_costs_only_itself_and_is_said(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, CODE)
    name = git(repo, "rev-parse", "HEAD:a.py")
    second = committed(repo, CODE + "more = 1\n", "2025-08-01")
    place_ = repo / ".git" / "objects" / name[:2] / name[2:]
    place_.chmod(0o644)
    place_.write_bytes(b"broken")

    found = introduced(repo, origin_at())

    assert found.introduction is not None
    assert found.introduction.commit == second
    assert git_history.INCOMPLETE in said(found)


def test_the_identifier_is_the_same_with_and_without_history(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, CODE)

    assert introduced(repo, origin_at()).id == origin_at().id
