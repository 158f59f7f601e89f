"""ScanCode's copyright detection, with holders and years."""

from pathlib import Path

import pytest

from compliance.detectors.copyright import DETECTOR
from compliance.licenses.accelerated.effort import copyright_steps
from compliance.model.finding import CopyrightFinding
from compliance.model.skip import Skip
from tests.detectors.examined import examine

pytestmark = pytest.mark.slow

_MOST = copyright_steps(0) // 4


def found(folder: Path, content: str) -> list[CopyrightFinding]:
    findings = examine(DETECTOR, folder, "a.py", content)
    return [one for one in findings if isinstance(one, CopyrightFinding)]


def test_a_statement_is_found_with_holder_years_and_line(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "x = 1\n# Copyright (c) 2023-2025 Team Hanbit\n")

    assert (finding.holders, finding.years, finding.lines) == (("Team Hanbit",), ("2023", "2025"), (2, 2))
    assert finding.statement == "Copyright (c) 2023-2025 Team Hanbit"


def test_each_statement_keeps_its_own_holder(tmp_path: Path) -> None:
    content = "# Copyright (c) 2023 Team Hanbit\n\n\nx = 1\n\n\n# Copyright (c) 2024 Example Authors\n"

    assert [one.holders for one in found(tmp_path, content)] == [("Team Hanbit",), ("Example Authors",)]


def test_a_tag_below_a_korean_name_changes_neither_years_nor_lines(tmp_path: Path) -> None:
    sign, tag = "(" + "c)", "SPDX-License-" + "Identifier"  # or this file would have the statement itself

    (finding,) = found(tmp_path, f"# 저작권 {sign} 2026 가람팀\n# {tag}: MIT\n")

    assert (finding.holders, finding.years, finding.lines) == (("가람팀",), ("2026",), (1, 1))


def test_code_without_a_statement_is_left_alone(tmp_path: Path) -> None:
    assert found(tmp_path, "def add(a, b):\n    return a + b\n") == []


def test_a_file_with_too_many_statements_says_that_it_was_not_looked_at_to_its_end(tmp_path: Path) -> None:
    content = "".join(f"Copyright 2024 Team Hanbit{one}\n\n\n\n" for one in range(_MOST))

    facts = examine(DETECTOR, tmp_path, "NOTICE", content)

    (skip,) = [one for one in facts if isinstance(one, Skip)]
    assert skip.reason == "truncated"
    assert 1_000 < sum(isinstance(one, CopyrightFinding) for one in facts) < _MOST
