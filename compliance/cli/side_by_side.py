"""Lines beside lines: an examined stretch and its origin's text, where that is at hand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath

import msgspec

from compliance.model.finding import Span
from compliance.origins.dialect import read
from compliance.origins.languages import language_of
from compliance.reporters.terminal_text import cut, padded, visible

MOST_LINES = 200
"""Of one stretch, on each side."""
_LARGEST = 8 << 20
_NUMBER = 5
_TAB = 4
_SAME, _ALIKE, _OTHER = "=", "~", " "
_WORD = re.compile(r"[^\W\d]\w*")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")

Row = tuple[int | None, int | None]
"""Numbers of two lines that stand beside each other, counted from 1; None where one side has none."""


class Original(msgspec.Struct, frozen=True):
    """Where a stretch's counterpart stands in a text at hand."""

    path: Path
    lines: tuple[str, ...]
    """Of the whole text."""
    first: int
    last: int
    moved: bool
    """It stands on other lines than in the index: the text is of another release."""


class Originals:
    """The texts of origins in folders at hand."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Look in `folders`, in their order."""
        self._folders = folders
        self._found: dict[str, Path | None] = {}

    def __bool__(self) -> bool:
        """Whether there is a folder to look in."""
        return bool(self._folders)

    def of(self, span: Span) -> Original | None:
        """The counterpart of `span`; None where its file, or its function in it, isn't at hand."""
        if span.origin_path not in self._found:
            self._found[span.origin_path] = next(self._places(span.origin_path), None)
        path = self._found[span.origin_path]
        content = _content(path) if path is not None else None
        if path is None or content is None:
            return None
        lines = text_lines(content)
        first, last = span.origin_lines
        known = _functions(content, span.origin_path)
        if (span.origin_name or "", span.origin_lines) in known:
            return Original(path, lines, first, last, moved=False)
        named = [place for name, place in known if name == span.origin_name]
        if span.origin_name and named:
            return Original(path, lines, *named[0], moved=True)
        return None

    def _places(self, path: str) -> Iterator[Path]:
        """Where the file at `path` of a project may be: a folder may stand for any beginning of the path."""
        parts = PurePosixPath(path).parts
        if ".." in parts or path.startswith("/"):
            return
        for begin in range(len(parts)):
            for folder in self._folders:
                for prefix in ("", "src", "python") if begin == 0 else ("",):
                    place = folder / prefix / Path(*parts[begin:])
                    if place.is_file():
                        yield place


def text_lines(content: bytes) -> tuple[str, ...]:
    """The lines of `content`, as the index counts them; bytes that are no UTF-8 stay visible."""
    text = content.decode("utf-8-sig", "surrogateescape")
    return tuple(line.removesuffix("\r") for line in text.split("\n"))


def columns(ours: Sequence[str], lines: tuple[int, int], original: Original, width: int) -> Iterator[str]:
    """The stretch `lines` of `ours` beside `original`, no line wider than `width` columns.

    Between both stands `=` where a line is the same, `~` where it differs in names and strings alone.
    """
    room = max((width - 2 * (_NUMBER + 1) - 3) // 2, 8)
    for here, there in _rows(_numbered(ours, lines), _numbered(original.lines, (original.first, original.last))):
        left = ours[here - 1] if here else ""
        right = original.lines[there - 1] if there else ""
        mark = _mark(left, right) if here and there else _OTHER
        shown = f"{_number(here)} {padded(_shown(left, room), room)} {mark} {_number(there)} {_shown(right, room)}"
        yield shown.rstrip()


def _numbered(lines: Sequence[str], place: tuple[int, int]) -> list[tuple[int, str]]:
    first, last = max(place[0], 1), min(place[1], len(lines), place[0] + MOST_LINES - 1)
    return [(number, lines[number - 1]) for number in range(first, last + 1)]


def _rows(ours: list[tuple[int, str]], theirs: list[tuple[int, str]]) -> Iterator[Row]:
    """Lines of one shape beside each other; others in pairs between them."""
    left, right = ([_shape(line) for _, line in side] for side in (ours, theirs))
    for _, a, b, c, d in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        for step in range(max(b - a, d - c)):
            yield (
                ours[a + step][0] if a + step < b else None,
                theirs[c + step][0] if c + step < d else None,
            )


def _shape(line: str) -> str:
    """`line` without blanks, each word and string a mark."""
    return "".join(_WORD.sub("w", _STRING.sub("s", line)).split())


def _mark(left: str, right: str) -> str:
    if left.split() == right.split():
        return _SAME
    return _ALIKE if _shape(left) == _shape(right) else _OTHER


def _number(number: int | None) -> str:
    return f"{'' if number is None else number:>{_NUMBER}}"


def _shown(line: str, room: int) -> str:
    return cut(visible(line.expandtabs(_TAB)), room)


def _content(path: Path) -> bytes | None:
    try:
        with path.open("rb") as stream:
            return stream.read(_LARGEST)
    except OSError:
        return None


def _functions(content: bytes, path: str) -> Iterable[tuple[str, tuple[int, int]]]:
    language = language_of(path)
    return [] if language is None else [(one.name, one.lines) for one in read(content, language)[0].blocks]
