"""How much of a file is looked at for copyrights is bounded by a count of steps, and told."""

from pathlib import Path

import pytest

from compliance.licenses import scancode
from compliance.licenses.accelerated.effort import Effort
from tests.samples.copyright_mark import MARK

pytestmark = pytest.mark.slow

_LINES = 50


def lines_found(folder: Path, content: str, steps: int) -> tuple[list[int], bool]:
    """First lines of statements in a file with `content`, and whether it was looked at to its end."""
    file = folder / "NOTICE"
    file.write_text(content)
    effort = Effort(steps)
    found = scancode.copyright_statements(file, effort=effort)
    return [one.lines[0] for one in found], effort.is_whole


def statements(number: int) -> str:
    """As many statements, each in a group of its own of five words and four lines."""
    return "".join(f"{MARK} 2024 Team Hanbit{one}x Inc.\n\n\n\n" for one in range(number))


_EACH = 4 + 5 + 1
"""Lines, words, and one more where empty lines count as one, of a statement, at most."""


def test_a_file_within_the_bound_is_looked_at_to_its_end(tmp_path: Path) -> None:
    found, is_whole = lines_found(tmp_path, statements(_LINES), _LINES * _EACH)

    assert (found, is_whole) == ([1 + 4 * one for one in range(_LINES)], True)


def test_a_file_beyond_the_bound_is_looked_at_up_to_there(tmp_path: Path) -> None:
    found, is_whole = lines_found(tmp_path, statements(_LINES), 100)

    assert found == [1 + 4 * one for one in range(len(found))]
    assert 5 < len(found) < _LINES / 2
    assert not is_whole


def test_the_same_words_again_need_no_more_than_their_lines(tmp_path: Path) -> None:
    content = statements(1) * _LINES

    assert lines_found(tmp_path, content, _LINES * 4 + 6)[1]
    assert not lines_found(tmp_path, content, _LINES)[1]


def test_what_was_found_in_earlier_files_changes_nothing(tmp_path: Path) -> None:
    first = lines_found(tmp_path, statements(_LINES), 100)
    lines_found(tmp_path, statements(_LINES), 1_000_000)

    assert lines_found(tmp_path, statements(_LINES), 100) == first


def test_one_group_that_is_too_large_is_left_out_as_a_whole(tmp_path: Path) -> None:
    content = "".join(f"{MARK} 2024 Team Hanbit{one}x Inc.\n" for one in range(_LINES))

    assert lines_found(tmp_path, content, 100) == ([], False)


def test_nothing_is_allowed_once_something_was_refused() -> None:
    effort = Effort(10)

    assert [effort.allows(8), effort.allows(8), effort.allows(1)] == [True, False, False]
