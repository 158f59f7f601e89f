"""Another ScanCode than the one reproduced is left to its own functions."""

from pathlib import Path

import pytest

from compliance.licenses.accelerated import detecting, releases


def test_the_installed_scancode_is_the_one_reproduced() -> None:
    assert releases.digest_of(releases.LICENSE_MODULES) == releases.LICENSE_DIGEST
    assert releases.digest_of(releases.COPYRIGHT_MODULES) == releases.COPYRIGHT_DIGEST


def test_a_changed_module_has_another_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "one_module_of_a_release.py").write_text("a = 1\n")
    before = releases.digest_of(["one_module_of_a_release"])
    (tmp_path / "one_module_of_a_release.py").write_text("a = 2\n")

    assert before is not None
    assert releases.digest_of(["one_module_of_a_release"]) != before


def test_a_missing_module_has_no_digest() -> None:
    assert releases.digest_of(["no_such_module_anywhere"]) is None


def test_nothing_is_accelerated_for_another_scancode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detecting, "LICENSE_DIGEST", "of another release")

    assert detecting.load(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
