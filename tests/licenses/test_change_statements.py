"""Where the top of a file says that it was changed."""

import pytest

from compliance.licenses.change_statements import HEADER_LINES, change_statement


@pytest.mark.parametrize(
    "line",
    [
        "# Modified by Team Hanbit",
        "# This file has been modified by Team Hanbit in 2025.",
        "// Adapted from example/serve/model.py",
        " * This code is based on Example's library and was changed for Hanbit",
        "# Modifications Copyright 2025",
        "# 한빛 팀이 수정함",
        "-- ported from example",
        "# Changes made: names",
    ],
)
def test_a_comment_that_states_changes_is_found_with_its_line(line: str) -> None:
    found = change_statement(f'"""Layers."""\n{line}\nimport os\n'.encode())

    assert found == (line.strip(), (2, 2))


@pytest.mark.parametrize(
    "content",
    [
        "# Layers of the model.\nimport os\n",
        "modified = changed_from(version)\nraise ValueError('modified by the caller')\n",
        "# may be used to endorse or promote products derived from this software without specific\n",
        "# You must cause any modified files to carry prominent notices\n",
        "",
        "x\n" * HEADER_LINES + "# Modified by Team Hanbit\n",
    ],
)
def test_code_license_words_and_what_stands_below_the_top_are_no_statement(content: str) -> None:
    assert change_statement(content.encode()) is None


def test_a_docstring_that_stands_first_counts() -> None:
    assert change_statement(b'"""Layers.\n\nAdapted from example.\n"""\n') == ("Adapted from example.", (3, 3))


def test_any_bytes_have_an_answer() -> None:
    assert change_statement(b"\xff\x00\xfe" * 10_000) is None
