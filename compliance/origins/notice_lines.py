"""Lines of NOTICE files that name whose work is included."""

import re
from functools import cache

from compliance.origins import known_projects, naming, prose, references
from compliance.origins.naming import Named

MOST_LINES = 100_000
LONGEST_LINE = 20_000
"""Characters of a line that are read."""
_LONGEST_SAYING = 200
_NOTICE_NAME = re.compile(
    r"(?:notices?|third[-_ ]?part(?:y|ies)(?:[-_ ]?(?:notices?|licen[cs]es?|software|programs))*"
    r"|acknowledge?ments?|credits)",
    re.IGNORECASE,
)
_INCLUDED = re.compile(
    r"\b(?:includ(?:es?|ing)|contains?|incorporates?|portions?|developed (?:by|at)"
    r"|derived from|based on|adapted from"
    r"|copied from|taken from|copyright|licensed)\b|©|포함|출처|包含|版权",
    re.IGNORECASE,
)


def is_notice(path: str) -> bool:
    """Whether the file at `path` is by its name a collection of notices."""
    name = path.rsplit("/", 1)[-1]
    stem, dot, suffix = name.rpartition(".")
    if dot and suffix.casefold() in {"txt", "md", "rst"}:
        name = stem
    return _NOTICE_NAME.fullmatch(name) is not None


def named_in(content: bytes) -> tuple[list[tuple[Named, int, str]], bool]:
    """Whom each line of a NOTICE file names, with its number and words, and whether more was left unread."""
    lines = prose.utf8(content).decode("utf-8", "replace").split("\n", MOST_LINES)
    found = []
    for number, whole in enumerate(lines[:MOST_LINES], 1):
        line = " ".join(whole[:LONGEST_LINE].split())
        if (named := _named(line)) is not None:
            found.append((named, number, line[:_LONGEST_SAYING]))
    return found, any(lines[MOST_LINES:]) or any(len(one) > LONGEST_LINE for one in lines)


def _named(line: str) -> Named | None:
    for address in re.findall(r"https?://[^\s)>\]\"']+", line):
        named = references.of_address(address.rstrip(".,;"))
        if named is not None and named.known and references.is_telling(named):
            return named
    if project := references.project_in(line):
        return naming.of_project(project)
    if _INCLUDED.search(line) and (match := _holder_names().search(line.casefold())):
        holder = known_projects.holders()[match[0]]
        return Named(match[0], "", holder.developer, holder.country)
    return None


@cache
def _holder_names() -> re.Pattern[str]:
    names = sorted((re.escape(name) for name in known_projects.holders()), key=len, reverse=True)
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(names)})(?![\w-]|\.\w)", re.ASCII)
