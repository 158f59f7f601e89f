"""Which lines ScanCode looks at for copyrights: its `collect_candidate_lines`, the costly questions asked last.

ScanCode prepares every line with a hundred replacements, and asks a model whether it is gibberish, before it looks
for a year or a word such as "copyright". A line of ASCII in which neither stands can't get one by being prepared,
unless it has one of the few things that are removed without a space in their place; see `_HINTS`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

Line = tuple[int, str]
"""Number and text."""

_REMEMBERED_LINES = 4096
_LONGEST_REMEMBERED = 1_000
"""Characters of a line, or of a group of lines, up to which what was found in it is remembered."""

_YEARS = re.compile(r"(?:19|20)\d\d").finditer
_LINE_END = re.compile("\n")
_LINE_ENDS = re.compile("[\r\n]").sub
_NEITHER_LETTER_NOR_LINE_END = re.compile(r"[^a-z0-9\n]", re.IGNORECASE).sub
"""ScanCode's `remove_non_chars`, but for the ends of lines."""
_HINTS = (
    *("opyr", "opyl", "copr", "right", "reserv", "auth", "filecontributor", "devel", "by", "@"),
    *("copy", "c)", "169", "a9"),  # ScanCode's signs of copyright, and all that it turns into them
    *("s>", "s/>", "s&", "s/&"),  # Debian's old tags, also written with entities; they are removed without a trace
    "xc2",  # removed without a trace
)
"""Without any of these, lowered, no ASCII line has one of ScanCode's `statement_markers` once it is prepared."""
_CONTINUED = ("copyright", "copyrights", "and", "by", ",")
"""A line that ends so goes on behind an empty one."""


def groups(numbered_lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Groups of neighbouring prepared lines that may hold copyright statements."""
    from cluecode.copyrights import has_trailing_year, is_end_of_statement

    lines = list(numbered_lines)
    text = _Text([line for _number, line in lines])
    group: list[Line] = []
    left = 0
    """Lines that are still taken although they are no candidates."""
    previous = ""
    for (number, line), chars, hinted in zip(lines, text.letters(), text.hinted(), strict=True):
        if is_end_of_statement(chars):
            yield [*group, (number, _prepared(line))]
            group, left = [], 0
        elif (hinted and _is_candidate(_prepared(line))) or "http" in chars or "s>" in line:
            group.append((number, _prepared(line)))
            left, previous = 2, chars
        elif left and (chars or previous.endswith(_CONTINUED) or has_trailing_year(previous)):
            group.append((number, _prepared(line)))
            left -= 1
        elif left or group:
            yield group
            group, left = [], 0
    if group:
        yield group


class _Text:
    """All lines in one string, to be searched at once."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        # a line end within a line would count as one between lines
        self._lowered = "\n".join(_LINE_ENDS(" ", line) for line in lines).lower()

    def letters(self) -> list[str]:
        """By line: its letters and digits, without anything between them."""
        return _NEITHER_LETTER_NOR_LINE_END("", self._lowered).split("\n") if self._lines else []

    def hinted(self) -> list[bool]:
        """By line: whether, once prepared, it could have a year or one of ScanCode's markers."""
        starts = np.array([0, *(match.end() for match in _LINE_END.finditer(self._lowered))])
        marks = np.zeros(len(self._lines), dtype=bool)
        for hint in _HINTS:
            marks[np.searchsorted(starts, self._places(hint), side="right") - 1] = True
        years = [match.start() for match in _YEARS(self._lowered)]
        marks[np.searchsorted(starts, years, side="right") - 1] = True
        if not self._lowered.isascii():
            marks |= [not line.isascii() for line in self._lines]
        found: list[bool] = marks.tolist()
        return found

    def _places(self, hint: str) -> list[int]:
        """Where `hint` stands, once a line."""
        places = []
        place = self._lowered.find(hint)
        while place >= 0:
            places.append(place)
            end = self._lowered.find("\n", place)
            place = self._lowered.find(hint, end) if end >= 0 else -1
        return places


def _is_candidate(prepared: str) -> bool:
    """ScanCode's `is_candidate`, with the question about gibberish last."""
    from cluecode.copyrights import gibberish_detector, is_only_digit_and_punct
    from cluecode.copyrights_hint import statement_markers, years

    if not prepared or is_only_digit_and_punct(prepared):
        return False
    lowered = prepared.lower()
    if not (any(marker in lowered for marker in statement_markers) or years(prepared)):
        return False
    return not gibberish_detector.detect_gibberish(prepared)


def _prepared(line: str) -> str:
    from cluecode.copyrights import prepare_text_line

    prepared: str = _remembered(line) if len(line) <= _LONGEST_REMEMBERED else prepare_text_line(line)
    return prepared


@lru_cache(maxsize=_REMEMBERED_LINES)
def _remembered(line: str) -> Any:
    from cluecode.copyrights import prepare_text_line

    return prepare_text_line(line)
