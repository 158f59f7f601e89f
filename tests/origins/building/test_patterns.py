"""Patterns of paths in a recipe."""

import pytest

from compliance.origins.building.patterns import matches


@pytest.mark.parametrize(
    ("pattern", "meant", "not_meant"),
    [
        ("tests/", ["tests/a.py", "hanbit/tests/deep/a.py"], ["tests.py", "mytests/a.py", "tests"]),
        ("/tools/", ["tools/a.py"], ["hanbit/tools/a.py"]),
        ("test_*", ["test_a.py", "hanbit/test_a.py"], ["hanbit/test_a/b.py", "latest_a.py"]),
        ("csrc/**", ["csrc/a.cu", "csrc/b/c.cu"], ["hanbit/csrc/a.cu"]),
        ("csrc/*", ["csrc/a.cu"], ["csrc/b/c.cu"]),
        ("**/gen/*.h", ["gen/a.h", "x/y/gen/a.h"], ["x/gen/y/a.h"]),
        ("v?.py", ["v1.py"], ["v12.py", "v/.py"]),
        ("a+b[1].py", ["a+b[1].py"], ["aab1.py"]),
    ],
)
def test_what_a_pattern_stands_for(pattern: str, meant: list[str], not_meant: list[str]) -> None:
    assert [path for path in [*meant, *not_meant] if matches([pattern], path)] == meant


def test_no_pattern_stands_for_nothing() -> None:
    assert not matches([], "a.py")
    assert not matches([], "")
