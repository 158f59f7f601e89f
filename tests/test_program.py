"""The same release has the same state wherever it is installed, until something of it is touched."""

import base64
import hashlib
import os
from pathlib import Path

import pytest

from compliance import program

FILES = {"program/__init__.py": b"one", "program/data/table.json": b"{}"}


def installed(folder: Path, files: dict[str, bytes] | None = None, *, version: str = "1.0") -> Path:
    """The package, installed below `folder` as an installer does it, the record last."""
    lines = []
    for path, content in (files or FILES).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(content)}")
    information = folder / f"sovereign_ai_compliance-{version}.dist-info"
    information.mkdir(exist_ok=True)
    lines.append(f"{information.name}/RECORD,,")
    (information / "RECORD").write_text("\n".join(lines) + "\n")
    return folder / "program"


def test_two_installations_of_a_release_are_the_same(tmp_path: Path) -> None:
    assert program.state_of(installed(tmp_path / "a")) == program.state_of(installed(tmp_path / "b"))


def test_what_python_compiled_does_not_count(tmp_path: Path) -> None:
    package = installed(tmp_path)
    before = program.state_of(package)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "a.pyc").write_bytes(b"1")

    assert program.state_of(package) == before


def test_another_release_is_another(tmp_path: Path) -> None:
    other = installed(tmp_path / "b", {**FILES, "program/data/table.json": b"[]"})

    assert program.state_of(installed(tmp_path / "a")) != program.state_of(other)


@pytest.mark.parametrize("content", [b"two", b"longer"])
def test_a_file_that_was_edited_is_noticed(tmp_path: Path, content: bytes) -> None:
    package = installed(tmp_path)
    before = program.state_of(package)
    (package / "__init__.py").write_bytes(content)
    later = (tmp_path / "sovereign_ai_compliance-1.0.dist-info" / "RECORD").stat().st_mtime_ns + 1_000_000
    os.utime(package / "__init__.py", ns=(later, later))

    assert program.state_of(package) != before


def test_a_file_that_was_added_is_noticed(tmp_path: Path) -> None:
    package = installed(tmp_path)
    before = program.state_of(package)
    (package / "more.py").write_bytes(b"")

    assert program.state_of(package) != before


def test_without_a_record_the_files_count_where_they_are(tmp_path: Path) -> None:
    package = installed(tmp_path)
    (tmp_path / "sovereign_ai_compliance-1.0.dist-info" / "RECORD").unlink()
    before = program.state_of(package)
    assert program.state_of(package) == before
    later = package.stat().st_mtime_ns + 5
    os.utime(package / "__init__.py", ns=(later, later))

    assert program.state_of(package) != before


def test_this_program_has_a_state() -> None:
    assert program.state() == program.state() is not None
