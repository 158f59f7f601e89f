"""Packages of an installed environment, read from its files alone."""

import os
import venv
from pathlib import Path

import pytest

from compliance.detectors import environment
from compliance.detectors.environment import examine_environment
from compliance.errors import SubjectError
from compliance.model.evidence import Statement
from compliance.model.finding import DependencyFinding
from compliance.model.skip import Skip

SITE = "lib/python3.11/site-packages"


def install(root: Path, name: str, metadata: str | bytes, site: str = SITE) -> Path:
    """A package's metadata as pip leaves it."""
    folder = root / site / name
    folder.mkdir(parents=True)
    file = folder / ("PKG-INFO" if name.endswith(".egg-info") else "METADATA")
    file.write_bytes(metadata if isinstance(metadata, bytes) else metadata.encode())
    return file


def package(root: Path) -> DependencyFinding:
    findings, skips = examine_environment(root)
    assert skips == []
    (found,) = findings
    assert isinstance(found, DependencyFinding)
    return found


def only_skip(root: Path) -> Skip:
    findings, skips = examine_environment(root)
    assert findings == []
    (skip,) = skips
    return skip


def test_a_package_is_found_at_its_place_below_the_root(tmp_path: Path) -> None:
    install(
        tmp_path,
        "foo-1.0.dist-info",
        "Metadata-Version: 2.4\nName: Foo_Bar\nVersion: 1.0\nLicense-Expression: MIT\n",
    )

    found = package(tmp_path)

    assert (found.purl, found.expression, found.scope, found.locked) == (
        "pkg:pypi/foo-bar@1.0",
        "MIT",
        "installed",
        True,
    )
    assert found.path == found.declared_in == f"{SITE}/foo-1.0.dist-info/METADATA"
    assert found.lines == (2, 2)
    assert found.id


@pytest.mark.parametrize("given", ["", SITE])
def test_the_root_or_site_packages_may_be_given(tmp_path: Path, given: str) -> None:
    install(tmp_path, "foo-1.0.dist-info", "Name: foo\nVersion: 1.0\n")

    assert package(tmp_path / given).purl == "pkg:pypi/foo@1.0"


def test_the_raw_words_stay_as_evidence_where_no_license_is_certain(tmp_path: Path) -> None:
    install(
        tmp_path,
        "foo-1.0.dist-info",
        "Name: foo\nVersion: 1.0\nLicense: BSD\nClassifier: Topic :: X\n"
        "Classifier: License :: OSI Approved :: BSD License\n",
    )

    found = package(tmp_path)

    assert found.expression is None
    assert found.evidence == (
        Statement(lines=(3, 3), field="License", says="BSD"),
        Statement(lines=(5, 5), field="Classifier", says="BSD License"),
    )


def test_a_classifier_stands_in_for_a_missing_field(tmp_path: Path) -> None:
    install(
        tmp_path,
        "foo-1.0.dist-info",
        "Name: foo\nVersion: 1.0\nClassifier: License :: OSI Approved :: MIT License\n",
    )

    assert package(tmp_path).expression == "MIT"


def test_an_address_without_a_label_loses_no_package(tmp_path: Path) -> None:
    install(tmp_path, "foo-1.0.dist-info", "Name: foo\nVersion: 1.0\nProject-URL: no-comma\nLicense: MIT\n")

    assert package(tmp_path).expression == "MIT"


@pytest.mark.parametrize("name", ["foo-1.0.egg-info", "foo.egg-info"])
def test_the_older_layout_is_read(tmp_path: Path, name: str) -> None:
    install(tmp_path, name, "Name: foo\nVersion: 1.0\nLicense: MIT\n", "lib/python3/dist-packages")

    assert package(tmp_path).expression == "MIT"


def test_the_single_file_layout_is_read(tmp_path: Path) -> None:
    site = tmp_path / SITE
    site.mkdir(parents=True)
    (site / "foo-1.0.egg-info").write_text("Name: foo\nVersion: 1.0\nLicense: MIT\n")

    assert package(tmp_path).path == f"{SITE}/foo-1.0.egg-info"


def test_lib64_that_links_to_lib_counts_once(tmp_path: Path) -> None:
    install(tmp_path, "foo-1.0.dist-info", "Name: foo\nVersion: 1.0\n")
    (tmp_path / "lib64").symlink_to("lib")

    assert package(tmp_path).path.startswith("lib/")


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ("", "no name"),
        ("Name: foo\n", "no version"),
        (b"Name: foo\xff\nVersion: 1\n", "not UTF-8 at byte 9"),
        ("Name: foo\nVersion: 1\n" + "x" * environment.MAX_METADATA, "more than"),
    ],
)
def test_broken_metadata_costs_only_its_package(tmp_path: Path, metadata: str | bytes, words: str) -> None:
    install(tmp_path, "bad-1.0.dist-info", metadata)
    install(tmp_path, "good-1.0.dist-info", "Name: good\nVersion: 1.0\n")

    findings, skips = examine_environment(tmp_path)

    assert [found.path for found in findings] == [f"{SITE}/good-1.0.dist-info/METADATA"]
    assert [(skip.path, words in skip.detail) for skip in skips] == [(f"{SITE}/bad-1.0.dist-info/METADATA", True)]


def test_a_missing_metadata_file_is_a_skip(tmp_path: Path) -> None:
    install(tmp_path, "foo-1.0.dist-info", "").unlink()

    assert only_skip(tmp_path).reason == "unreadable"


def test_links_are_not_followed(tmp_path: Path) -> None:
    file = install(tmp_path, "foo-1.0.dist-info", "")
    file.unlink()
    file.symlink_to("/etc/hostname")
    outside = install(tmp_path / "elsewhere", "bar-1.0.dist-info", "Name: bar\nVersion: 1.0\n")
    (tmp_path / SITE / "bar-1.0.dist-info").symlink_to(outside.parent)

    findings, skips = examine_environment(tmp_path)

    assert findings == []
    assert sorted(skip.reason for skip in skips) == ["symlink", "unreadable"]


def test_a_site_directory_that_leads_outside_is_not_read(tmp_path: Path) -> None:
    root = tmp_path / "env"
    install(tmp_path / "elsewhere", "foo-1.0.dist-info", "Name: foo\nVersion: 1.0\n")
    root.mkdir()
    (root / "lib").symlink_to(tmp_path / "elsewhere/lib")

    assert only_skip(root).reason == "symlink"


def test_a_pipe_in_place_of_metadata_does_not_block(tmp_path: Path) -> None:
    file = install(tmp_path, "foo-1.0.dist-info", "")
    file.unlink()
    os.mkfifo(file)

    assert only_skip(tmp_path).reason == "special-file"


def test_nothing_of_the_environment_is_executed(tmp_path: Path) -> None:
    root = tmp_path / "env"
    venv.create(root, with_pip=False, symlinks=True)
    (site,) = root.glob("lib/python*/site-packages")
    install(root, "foo-1.0.dist-info", "Name: foo\nVersion: 1.0\n", str(site.relative_to(root)))
    proof = tmp_path / "ran"
    (site / "evil.pth").write_text(f"import pathlib; pathlib.Path({str(proof)!r}).touch()\n")
    (site / "sitecustomize.py").write_text(f"open({str(proof)!r}, 'w')\n")
    (site / "foo.py").write_text(f"open({str(proof)!r}, 'w')\n")

    assert package(root).purl == "pkg:pypi/foo@1.0"
    assert not proof.exists()


def test_a_folder_without_packages_is_an_error_that_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(SubjectError, match="give the root") as raised:
        examine_environment(tmp_path)

    assert "site-packages" in raised.value.message.ko


def test_findings_and_skips_are_sorted_by_path(tmp_path: Path) -> None:
    for name in ("b-1.dist-info", "a-1.dist-info", "C-1.dist-info"):
        install(tmp_path, name, f"Name: {name[0]}\nVersion: 1\n")

    findings, _ = examine_environment(tmp_path)

    assert [found.path for found in findings] == sorted(found.path for found in findings)
