"""Patterns of paths: `*`, `?` and `[…]` within one part, `**` for any number of parts.

The standard library matches one part. Parts are matched from left to right with one way back, to the last `**`: no
path takes more steps than its parts times the pattern's.
"""

import posixpath
from collections.abc import Sequence
from fnmatch import fnmatchcase

from compliance.model.text import Text

_ANY_PARTS = "**"


def pattern_matches(pattern: str, path: str) -> bool:
    """Whether `path` (relative, `/` between parts) fits `pattern`, or lies in a folder that fits `pattern/`."""
    parts = pattern.split("/")
    return _matches([*parts[:-1], parts[-1] or _ANY_PARTS], path.split("/"))


def path_pattern_fault(pattern: str) -> Text | None:
    """Why no path of a report can fit `pattern`; None where one can."""
    if "\\" in pattern or pattern.startswith(("/", "./")) or posixpath.normpath(pattern).startswith(".."):
        return _NO_PATH
    return None


def _matches(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    at = place = 0
    back: tuple[int, int] | None = None
    while place < len(parts):
        if at < len(pattern) and pattern[at] == _ANY_PARTS:
            back = (at, place)
            at += 1
        elif at < len(pattern) and fnmatchcase(parts[place], pattern[at]):
            at, place = at + 1, place + 1
        elif back is not None:
            back = (back[0], back[1] + 1)
            at, place = back[0] + 1, back[1]
        else:
            return False
    return all(one == _ANY_PARTS for one in pattern[at:])


_NO_PATH = Text(
    en="no path of a report looks so; write it from the subject's root with / between parts, such as src/**/*.py",
    ko="보고서에 없는 형태의 경로: 검사 대상 최상위부터 / 기호로 나누어 src/**/*.py처럼 쓰세요",
)
