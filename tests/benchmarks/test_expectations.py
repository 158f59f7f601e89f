"""Which of ScanCode's releases its test files are taken of, and when what they expect is met."""

from pathlib import Path

import pytest
from packaging.version import Version

from benchmarks.expectations import _expected, _is_met, extract, newest_tag
from tests.samples.copyright_mark import MARK
from tests.sources.repositories import git, repository


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    names = ("one.txt", "one.txt.yml", "three.txt", "two.txt")
    folder = repository(tmp_path / "clone", {f"tests/data/{name}": name for name in names})
    for tag in ("v32.3.0", "v32.4.0", "v32.5.0rc1", "v33.0.0", "not-a-version"):
        git(folder, "tag", tag)
    return folder


def test_the_newest_final_release_up_to_the_installed_one_is_taken(clone: Path) -> None:
    assert newest_tag(clone, Version("32.5.0")) == "v32.4.0"


def test_a_clone_without_such_a_tag_is_refused(clone: Path) -> None:
    with pytest.raises(ValueError, match="fetch its tags"):
        newest_tag(clone, Version("31.0.0"))


def test_a_file_is_taken_with_what_is_expected_of_it(clone: Path, tmp_path: Path) -> None:
    extract(clone, "v32.4.0", "tests/data", tmp_path / "taken", 2)

    assert sorted(one.name for one in (tmp_path / "taken").iterdir()) == ["one.txt", "one.txt.yml", "two.txt"]
    assert all(one.read_text() == one.name for one in (tmp_path / "taken").iterdir())


def test_expectations_are_met_if_all_that_are_named_are(tmp_path: Path) -> None:
    file = tmp_path / "one.yml"
    file.write_text(f"what:\n  - copyrights\n  - holders\n  - holders_summary\ncopyrights:\n  - {MARK} 2024\n")
    expected = _expected(file)

    assert expected == {"copyrights": [f"{MARK} 2024"], "holders": []}
    assert _is_met(expected, {"copyrights": [f"{MARK} 2024"], "holders": [], "authors": ["Team Hanbit"]})
    assert not _is_met(expected, {"copyrights": [f"{MARK} 2024"], "holders": ["Team Hanbit"]})


def test_known_failures_are_no_expectations(tmp_path: Path) -> None:
    file = tmp_path / "one.yml"
    file.write_text("license_expressions:\n  - mit\nexpected_failure: yes\n")

    assert _expected(file) is None
    assert _expected(tmp_path / "none.yml") is None
