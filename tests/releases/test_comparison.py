"""Real repositories with real license texts, examined as a check does."""

from pathlib import Path

import pytest

from compliance import limits
from compliance.licenses import scancode
from compliance.model.evidence import ReleaseStatement, Statement
from compliance.model.finding import ContradictionFinding
from compliance.model.inventory import Inventory
from compliance.pipeline import examine
from compliance.settings import Settings
from compliance.sources.opening import open_submission
from tests.sources.repositories import git, repository, write
from tests.sources.test_git_releases import committed

pytestmark = pytest.mark.slow

APACHE = scancode.license_text("apache-2.0") or ""
RESTRICTIVE = scancode.license_text("llama-3.1-license-2024") or ""
NOTICE = "Hanbit\nCopy" + "right 2024 {}\n"
CARD = "---\nlicense: {}\nbase_model: {}\n---\n# Hanbit\n"


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Apache-2.0 and another holder and base at v1.0 and v1.1, and other ones after it."""
    repo = repository(tmp_path_factory.mktemp("repo"))
    first = {"LICENSE": APACHE, "NOTICE": NOTICE.format("Example Authors"), "a.py": "print(1 + 1)\n"}
    committed(repo, {**first, "README.md": CARD.format("apache-2.0", "example/old")}, "2025-01-01", "v1.0")
    committed(repo, {"a.py": "print(1 + 2)\n"}, "2025-02-01", "v1.1")
    last = {"LICENSE": RESTRICTIVE, "NOTICE": NOTICE.format("Team Hanbit")}
    committed(repo, {**last, "README.md": CARD.format("llama3.1", "example/new")}, "2025-03-01")
    return repo


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(cache=tmp_path_factory.mktemp("cache") / "findings.sqlite", shipped_origins=False)


def examined(subject: Path, settings: Settings, revision: str | None = None) -> Inventory:
    return examine(open_submission(subject, revision=revision), settings)


def after_release(inventory: Inventory) -> dict[tuple[str, str], ContradictionFinding]:
    found = [one for one in inventory.findings if isinstance(one, ContradictionFinding)]
    return {(one.about, one.path): one for one in found if one.about.endswith("-after-release")}


def test_license_holder_card_and_base_that_changed_are_told(repo: Path, settings: Settings) -> None:
    found = after_release(examined(repo, settings))

    assert sorted(found) == [
        ("base-model-changed-after-release", "README.md"),
        ("copyright-changed-after-release", "NOTICE"),
        ("license-changed-after-release", "LICENSE"),
        ("license-changed-after-release", "README.md"),
    ]
    then = found["license-changed-after-release", "LICENSE"].evidence[1]
    assert isinstance(then, ReleaseStatement)
    assert (then.says, then.release, then.date) == ("Apache-2.0", "v1.1", "2025-02-01")
    assert then.revision == git(repo, "rev-parse", "v1.1")
    lost = found["copyright-changed-after-release", "NOTICE"].evidence
    assert [one.says for one in lost if isinstance(one, Statement)] == [
        "Copyright 2024 Team Hanbit",
        "Copyright 2024 Example Authors",
    ]


def test_a_commit_is_compared_as_a_working_tree_is(repo: Path, settings: Settings) -> None:
    assert sorted(after_release(examined(repo, settings, "HEAD"))) == sorted(
        after_release(examined(repo, settings))
    )
    assert after_release(examined(repo, settings, "v1.1")) == {}


def test_what_changed_on_disk_alone_is_compared_with_the_tag(tmp_path: Path, settings: Settings) -> None:
    repo = repository(tmp_path / "repo")
    committed(repo, {"LICENSE": APACHE}, "2025-01-01", "v1.0")
    write(repo, {"LICENSE": RESTRICTIVE})

    assert [*after_release(examined(repo, settings))] == [("license-changed-after-release", "LICENSE")]


def test_without_a_tag_and_in_a_shallow_clone_the_limits_say_so(
    repo: Path, tmp_path: Path, settings: Settings
) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repo}", "shallow")
    git(tmp_path, "clone", "-q", "--no-tags", f"file://{repo}", "untagged")

    subjects = (repo, tmp_path / "shallow", tmp_path / "untagged")
    whole, shallow, untagged = (examined(one, settings) for one in subjects)

    assert limits.SHALLOW in shallow.limits
    assert limits.NO_RELEASES in untagged.limits
    assert not {limits.SHALLOW, limits.NO_RELEASES} & {*whole.limits}
    assert not after_release(shallow) | after_release(untagged)


def test_a_tag_that_came_later_is_compared_though_no_file_changed(tmp_path: Path, settings: Settings) -> None:
    repo = repository(tmp_path / "repo")
    first = committed(repo, {"LICENSE": APACHE, "a.py": "print(3)\n"}, "2025-01-01")
    committed(repo, {"LICENSE": RESTRICTIVE}, "2025-03-01")
    assert after_release(examined(repo, settings)) == after_release(examined(repo, settings)) == {}
    git(repo, "tag", "v1.0", first)

    assert sorted(after_release(examined(repo, settings))) == [("license-changed-after-release", "LICENSE")]
