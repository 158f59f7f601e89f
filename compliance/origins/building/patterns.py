"""Which paths a recipe means: patterns with `*` inside a name, `**` over folders, and a final `/` for folders.

A pattern without `/` before its end stands for that name at any depth, as in a `.gitignore`; with one at its begin
it stands at the top alone.
"""

import re
from collections.abc import Iterable
from functools import cache

_PARTS = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")
_MEANING = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@cache
def compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression that fully matches a path for which any of `patterns` stands; nothing for no patterns."""
    return re.compile("|".join(_expression(one) for one in patterns) or r"(?!)", re.DOTALL)


def matches(patterns: Iterable[str], path: str) -> bool:
    """Whether `path` (`/` between parts, without one at its begin) is meant by any of `patterns`."""
    return compiled(tuple(patterns)).fullmatch(path) is not None


def _expression(pattern: str) -> str:
    folder = pattern.endswith("/")
    bare = pattern.rstrip("/")
    anywhere = "" if "/" in bare else "(?:[^/]+/)*"
    body = "".join(_MEANING.get(part) or re.escape(part) for part in _PARTS.findall(bare.removeprefix("/")))
    return f"{anywhere}{body}{'/.*' if folder else ''}"
