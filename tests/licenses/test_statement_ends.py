"""Copyright statements end with the names in them, whatever ScanCode takes from the lines below."""

from pathlib import Path

import pytest

from compliance.licenses.copyright_statements import statements
from compliance.licenses.scancode import CopyrightStatement

pytestmark = pytest.mark.slow

_OF_2026 = "Copyr" + "ight (c) 2026"
"""In parts, or this file would have the statements itself."""


def found(folder: Path, content: str) -> list[CopyrightStatement]:
    file = folder / "a.py"
    file.write_text(content, encoding="utf-8")
    return statements(file)


@pytest.mark.parametrize("mark", ["#", "//", " *"])
def test_a_tag_below_a_korean_name_is_no_part_of_it(tmp_path: Path, mark: str) -> None:
    sign, tag = "(" + "c)", "SPDX-License-" + "Identifier"  # or this file would have the statement itself
    content = f"{mark} 저작권 {sign} 2026 가람팀\n{mark} {tag}: MIT\n"

    (statement,) = found(tmp_path, content)

    assert (statement.holders, statement.lines) == (("가람팀",), (1, 1))
    assert "SPDX" not in statement.statement


@pytest.mark.parametrize(
    "below",
    [
        "# LICENSE: https://example.com/LICENSE\n",
        '"""Inference-only Hanbit model."""\n',
        '# LICENSE: https://example.com/LICENSE\n"""Inference-only Hanbit model."""\n',
    ],
)
def test_what_stands_below_a_name_and_its_full_stop_is_no_part_of_it(tmp_path: Path, below: str) -> None:
    (statement,) = found(tmp_path, f"# {_OF_2026} Hanbit Cloud.\n{below}")

    assert (statement.holders, statement.lines) == (("Hanbit Cloud.",), (1, 1))
    assert statement.statement == f"{_OF_2026} Hanbit Cloud."


def test_a_name_may_have_such_a_word_in_it(tmp_path: Path) -> None:
    (statement,) = found(tmp_path, f"# {_OF_2026} Hanbit LICENSE Team\n")

    assert statement.holders == ("Hanbit LICENSE Team",)
