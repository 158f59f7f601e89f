"""Manifests and wheels made to break, mislead or reach beyond their reader."""

from pathlib import Path

import pytest

from compliance.detectors.package_manifests import DETECTOR, MAX_BYTES
from compliance.model.finding import LicenseFinding
from compliance.model.skip import Skip
from tests.detectors.examined import Facts, dependencies, examine, of

pytestmark = pytest.mark.slow
"""ScanCode's readers take seconds to import."""

METADATA = "Metadata-Version: 2.4\nName: foo\nVersion: 1.0\nLicense-Expression: Apache-2.0\n\nAbout foo.\n"


def manifest(tmp_path: Path, path: str, content: str | bytes) -> Facts:
    return examine(DETECTOR, tmp_path, path, content)


def test_an_included_file_outside_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("leaked==1.0\n")

    found = dependencies(
        manifest(tmp_path, "requirements.txt", f"-r {tmp_path}/other.txt\n-r ../other.txt\ntorch\n")
    )

    assert list(found) == ["pkg:pypi/torch"]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", '{"name": '),
        ("package.json", "\ufeff{}"),
        ("package.json", '{"name":' + "[" * 100_000),
        ("Cargo.toml", "[package"),
        ("pyproject.toml", '[project]\nname = "x"\ndependencies = ["not a requirement"]\n'),
        ("setup.py", "from setuptools import setup\nsetup(name='x'"),
        ("setup.py", "setup(" + "(" * 50_000),
        ("meta.yaml", "package: [\n"),
        ("Cargo.lock", b"\xff\xfe\x00"),
    ],
)
def test_a_broken_manifest_is_skipped_by_name_of_its_reader(
    tmp_path: Path, path: str, content: str | bytes
) -> None:
    (skip,) = manifest(tmp_path, path, content)

    assert isinstance(skip, Skip)
    assert skip.reason in ("malformed", "unsupported")
    assert "reader:" in skip.detail


def test_xml_that_breaks_off_is_skipped_at_its_place_whatever_was_read_before(tmp_path: Path) -> None:
    content = (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>\n'
        "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>\n<dependencies><dependency>\n"
    )

    facts = manifest(tmp_path, "pom.xml", content)

    assert "pkg:maven/g/a@1" in dependencies(facts)
    assert [skip.detail.startswith("line 4") for skip in of(Skip, facts)] == [True]


def test_setup_py_is_read_not_run(tmp_path: Path) -> None:
    proof = tmp_path / "ran"
    content = f"open({str(proof)!r}, 'w')\nfrom setuptools import setup\nsetup(name='x', version='1')\n"

    assert "pkg:pypi/x@1" in dependencies(manifest(tmp_path, "setup.py", content))
    assert not proof.exists()


def test_an_entity_of_a_pom_reads_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("leaked")
    content = (
        f'<!DOCTYPE p [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>\n'
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>\n'
        "<groupId>g</groupId><artifactId>a&x;</artifactId><version>1</version></project>\n"
    )

    assert "leaked" not in str(manifest(tmp_path, "pom.xml", content))


def test_half_a_character_in_a_declaration_can_be_written_out(tmp_path: Path) -> None:
    (found,) = of(LicenseFinding, manifest(tmp_path, "package.json", '{"name": "x", "license": "MIT\\ud800"}'))

    assert str(found).encode()


def test_a_file_over_the_cap_is_skipped(tmp_path: Path) -> None:
    (skip,) = manifest(tmp_path, "package.json", b" " * (MAX_BYTES + 1))

    assert isinstance(skip, Skip)
    assert skip.reason == "too-large"


def test_a_strange_path_stays_below_the_readers_own_directory(tmp_path: Path) -> None:
    facts = manifest(tmp_path, f"../../{'long' * 100}/package.json", '{"dependencies": {"react": "1"}}')

    assert "pkg:npm/react" in dependencies(facts)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 100])
def test_a_package_archive_that_could_not_be_unpacked_is_reported(tmp_path: Path, content: bytes) -> None:
    facts = manifest(tmp_path, "foo-1.0-py3-none-any.whl", content)

    assert [skip.reason for skip in of(Skip, facts)] == ["unsupported"]
