"""What could not be examined is said in both languages."""

import ast
import errno
import os
from pathlib import Path

import compliance
from compliance.model.skip import Skip, SkipError, refused
from compliance.model.text import Text

PACKAGE = Path(compliance.__file__).parent


def test_a_skip_is_read_in_either_language() -> None:
    skip = Skip.of("malformed", Text(en="line 3: no name", ko="3행: 이름 없음"), "a.toml")

    assert (skip.path, skip.reason, skip.detail) == ("a.toml", "malformed", "line 3: no name")
    assert skip.said.in_language("ko") == "3행: 이름 없음"


def test_a_skip_of_an_older_document_is_read_in_english() -> None:
    assert Skip(reason="malformed", detail="line 3").said == Text(en="line 3", ko="line 3")


def test_an_error_becomes_the_skip_that_it_describes() -> None:
    said = Text(en="no name", ko="이름 없음")

    assert SkipError("malformed", said).skip("a") == Skip.of("malformed", said, "a")


def test_what_the_system_refuses_is_said_in_korean_where_it_is_known() -> None:
    known = refused(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), "a")
    other = refused(OSError("git object abc is missing"), "a")

    assert (known.detail, known.detail_ko) == ("Permission denied", "읽기 실패: 접근 권한 없음")
    assert (other.detail, other.detail_ko) == (
        "git object abc is missing",
        "읽기 실패: git object abc is missing",
    )


def test_no_part_of_the_program_makes_a_skip_in_one_language() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Skip"
    ]

    assert found == []
