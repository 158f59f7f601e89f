"""TOML lock files and manifests: values by name, and the lines on which tables begin."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from compliance.model.skip import Reason, Skip, SkipError
from compliance.model.text import Text

T = TypeVar("T")


class UnreadableFileError(SkipError):
    """The file can't be read."""

    def __init__(self, en: str, ko: str, reason: Reason = "malformed") -> None:
        """A fault described in both languages, with its place."""
        super().__init__(reason, Text(en=en, ko=ko))


def read(text: str) -> dict[str, Any]:
    """The document in `text`.

    Raises:
        UnreadableFileError: not TOML. The detail holds line and column.
    """
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:  # ValueError: impossible dates, numbers
        said = str(error)[:300] or type(error).__name__
        raise UnreadableFileError(f"not valid TOML: {said}", f"올바른 TOML 아님: {said}") from error


def table(parent: Any, *names: str) -> dict[str, Any]:
    """The table at `names` below `parent`; empty where there is none.

    Raises:
        UnreadableFileError: something else stands there, or on the way.
    """
    for depth, name in enumerate(names, start=1):
        parent = _value(parent, name, dict, ".".join(names[:depth]))
    return parent if isinstance(parent, dict) else {}


def listed(parent: Any, name: str) -> list[Any]:
    """The array `name` in `parent`; empty where there is none.

    Raises:
        UnreadableFileError: something else stands there.
    """
    return _value(parent, name, list, name) or []


def words(parent: Any, *names: str) -> str:
    """The string at `names` below `parent`; empty where there is none.

    Raises:
        UnreadableFileError: something else stands there, or on the way.
    """
    *tables, name = names
    return _value(table(parent, *tables), name, str, ".".join(names)) or ""


def faults_as_skips(found: Iterable[T | Skip]) -> Iterator[T | Skip]:
    """`found`, and a skip for the fault that ends it, so that what comes after is read all the same."""
    try:
        yield from found
    except UnreadableFileError as error:
        yield error.skip()


def packages(
    document: dict[str, Any], name: str, text: str
) -> Iterator[tuple[dict[str, Any], tuple[int, int] | None]]:
    """Each table of the array of tables `name` with its line: that of its name, else of its header.

    Raises:
        UnreadableFileError: one of them isn't a table with a name.
    """
    found = listed(document, name)
    lines = _lines(text, name)
    known = len(lines) == len(found)  # headers in a multi-line string would shift all that follow
    for place, one in enumerate(found):
        if not isinstance(one, dict) or not words(one, "name"):
            raise UnreadableFileError(
                f"{name} {place + 1} of {len(found)} has no name",
                f"{name} 항목 {len(found)}개 중 {place + 1}번째: 이름 없음",
            )
        yield one, (lines[place], lines[place]) if known else None


def line_of(text: str, quoted: str, after: str = "") -> tuple[int, int] | None:
    """The first line with the string `quoted` in quotes, behind the text `after`; None if it stands nowhere."""
    start = max(text.find(after), 0) if after else 0
    found = re.compile(f"[\"']{re.escape(quoted)}[\"']").search(text, start)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return line, line


def line_of_key(text: str, key: str, after: str = "") -> tuple[int, int] | None:
    """The first line that begins with `key`, behind the text `after`; None if there is none."""
    start = max(text.find(after), 0) if after else 0
    found = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?\s*[=.]", re.MULTILINE).search(text, start)
    if found is None:
        return None
    line = text.count("\n", 0, found.end()) + 1
    return line, line


def one_line(error: Exception) -> str:
    """What `error` says, on one line and short."""
    return " ".join(str(error).split())[:150]


_KINDS: dict[type, Text] = {
    dict: Text(en="a table", ko="테이블"),
    list: Text(en="an array", ko="배열"),
    str: Text(en="text", ko="문자열"),
}


def _value(parent: Any, name: str, kind: type[T], place: str) -> T | None:
    """What `parent` has at `name`; None where it has nothing, or isn't a table itself."""
    found = parent.get(name) if isinstance(parent, dict) else None
    if found is None or isinstance(found, kind):
        return found
    owner = parent.get("name")
    named = f"{owner[:100]!r}" if isinstance(owner, str) and name != "name" else ""
    raise UnreadableFileError(
        f"{place[:200]}{f' of {named}' if named else ''} isn't {_KINDS[kind].en}",
        f"{named and f'{named}: '}{place[:200]}: {_KINDS[kind].ko} 아님",
    )


def _lines(text: str, name: str) -> list[int]:
    header = re.compile(rf"[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\]")
    key = re.compile(r"[ \t]*name[ \t]*=")
    found: list[int] = []
    named = True
    for number, line in enumerate(text.split("\n"), start=1):
        if header.match(line):
            found.append(number)
            named = False
        elif not named and key.match(line):
            found[-1] = number
            named = True
        elif line.lstrip().startswith("["):
            named = True
    return found
