"""Private folders are gone afterwards, whatever ends the work in them."""

import sys
from contextlib import suppress
from pathlib import Path

import pytest

from compliance.temporary_folders import make, new_place, temporary_folder


def test_a_place_is_known_before_anything_is_there() -> None:
    place = new_place("compliance-test-")

    assert not place.exists()
    assert place != new_place("compliance-test-")


def test_nobody_else_may_look_into_a_folder() -> None:
    with temporary_folder("compliance-test-") as folder:
        assert folder.stat().st_mode & 0o777 == 0o700


def test_what_is_there_already_is_not_taken_for_a_new_folder(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        make(tmp_path)


def test_a_folder_is_removed_when_the_work_in_it_is_given_up() -> None:
    with suppress(SystemExit), temporary_folder("compliance-test-") as folder:
        (folder / "file").write_text("content")
        sys.exit(143)

    assert not folder.exists()
