"""Which lines ScanCode looks at for copyrights: its `collect_candidate_lines`, the costly questions asked last.

ScanCode prepares every line with a hundred replacements, and asks a model whether it is gibberish, before it looks
for a year or a word such as "copyright". A line of ASCII in which neither stands can't get one by being prepared,
unless it has one of the few things that are removed without a space in their place; see `_HINTS`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from compliance.licenses.accelerated.effort import Effort
from compliance.licenses.accelerated.positions import Mask
from compliance.licenses.accelerated.query_text import LINE_END
from compliance.licenses.accelerated.ragged import Ints

Line = tuple[int, str]
"""Number and text."""

_REMEMBERED_LINES = 4096
_LONGEST_REMEMBERED = 1_000
"""Characters of a line, or of a group of lines, up to which what was found in it is remembered."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_LINE_END = ord("\n")
_NEITHER_LETTER_NOR_LINE_END = re.compile(r"[^a-z0-9\n]", re.IGNORECASE).sub
"""ScanCode's `remove_non_chars`, but for the ends of lines."""
_HINTS = (
    *("opyr", "opyl", "copr", "right", "reserv", "auth", "filecontributor", "devel", "@"),
    *("copy", "c)", "169", "a9"),  # ScanCode's signs of copyright, and all that it turns into them
    *("s>", "s/>", "s&", "s/&"),  # Debian's old tags, also written with entities; they are removed without a trace
    "xc2",  # removed without a trace
)
"""Without any of these, lowered, no ASCII line has one of ScanCode's `statement_markers` once it is prepared."""
_BY = re.compile(r"by(?![a-z0-9_])|byyear>").finditer
"""Before what can become a space; ScanCode's marker is `by` with one."""
_NOT_ONLY_SPELLED = re.compile("[\xc2\xa9\xa7\u2013]").search
"""Characters that ScanCode replaces or takes out before it spells others in ASCII."""
_CONTINUED = ("copyright", "copyrights", "and", "by", ",")
"""A line that ends so goes on behind an empty one."""
_TAKEN_AFTER = 2
"""Lines that ScanCode takes after a candidate."""


def groups(lines: "Lines", effort: Effort) -> Iterator[list[Line]]:
    """Groups of neighbouring prepared lines that may hold copyright statements, as far as `effort` allows."""
    from cluecode.copyrights import has_trailing_year, is_end_of_statement

    found = _Text(lines.joined)
    group: list[Line] = []
    left = 0
    """Lines that are still taken although they are no candidates."""
    previous = ""
    for place in found.worth_a_look():
        line, chars = lines.text(place), found.letters(place)
        is_end = is_end_of_statement(chars)
        is_taken = is_end or "http" in chars or "s>" in line
        is_after = left and (chars or previous.endswith(_CONTINUED) or has_trailing_year(previous))
        if (is_taken or is_after or found.hinted[place]) and not effort.allows(1):
            return
        if is_end:
            yield [*group, (lines.number(place), _prepared(line))]
            group, left = [], 0
        elif is_taken or (found.hinted[place] and _is_candidate(_prepared(line))):
            group.append((lines.number(place), _prepared(line)))
            left, previous = _TAKEN_AFTER, chars
        elif is_after:
            group.append((lines.number(place), _prepared(line)))
            left -= 1
        elif left or group:
            yield group
            group, left = [], 0
    if group:
        yield group


class Lines:
    """Numbered lines of a file."""

    def __init__(self, numbered: Iterable[Line]) -> None:
        """Lines as ScanCode reads them."""
        self._numbered = list(numbered)
        self.joined = _joined([line for _number, line in self._numbered])
        """All of them, with line ends in between alone."""

    def text(self, place: int) -> str:
        """The line at `place`, counted from zero, with its end if it has one."""
        return self._numbered[place][1]

    def number(self, place: int) -> int:
        """The number of the line at `place`."""
        return self._numbered[place][0]


def _joined(lines: list[str]) -> str:
    """`lines` with an end between each two; ends within them, which would count as such, are spaces."""
    joined = "\0".join(line.replace("\0", " ") for line in lines)  # ScanCode has no such character left either
    return joined.replace("\n", " ").replace("\r", " ").replace("\0", "\n")


class PlainLines(Lines):
    """The lines of a text that ScanCode reads without changing them."""

    def __init__(self, text: str) -> None:
        """All lines of `text`."""
        self._text = text
        if "\r" in text:
            ends: Sequence[int] = [match.end() for match in LINE_END.finditer(text)]
            joined = LINE_END.sub("\n", text)
        else:
            ends, joined = (_places_of_line_ends(text) + 1).tolist(), text
        last = () if ends and ends[-1] == len(text) else (len(text),)
        self._bounds = [0, *ends, *last]
        self.joined = joined.removesuffix("\n")

    def text(self, place: int) -> str:
        """The line at `place`, counted from zero, with its end if it has one."""
        return self._text[self._bounds[place] : self._bounds[place + 1]]

    def number(self, place: int) -> int:
        """The number of the line at `place`."""
        return place + 1


class _Text:
    """Lines in one string, to be searched at once."""

    def __init__(self, joined: str) -> None:
        """Lines `joined` by line ends."""
        self._joined = joined
        self._lowered = joined.lower()
        letters = _NEITHER_LETTER_NOR_LINE_END("", self._lowered)
        self._letters = letters.split("\n")
        self._letters_joined = letters
        self.hinted = self._hinted()
        """By line: whether, once prepared, it could have a year or one of ScanCode's markers."""

    def letters(self, place: int) -> str:
        """The letters and digits of a line, lowered, without anything between them."""
        return self._letters[place]

    def worth_a_look(self) -> list[int]:
        """Places of lines that can begin, go on with or end a group."""
        marks = self.hinted | self._with(self._joined, ("s>",))
        marks |= self._with(self._letters_joined, ("http", "rightreserved", "rightsreserved"))
        begins = marks.copy()
        for later in range(1, _TAKEN_AFTER + 2):
            marks[later:] |= begins[:-later]
        places: list[int] = np.flatnonzero(marks).tolist()
        return places

    def _hinted(self) -> Mask:
        years = [match.start() for match in _YEAR.finditer(self._lowered)]
        by = [match.start() for match in _BY(self._lowered)]
        marks = self._with(self._lowered, _HINTS) | self._at(self._lowered, [*years, *by])
        if not self._joined.isascii():
            marks |= [_may_turn_into_hint(line) for line in self._joined.split("\n")]
        return marks

    def _with(self, text: str, words: Iterable[str]) -> Mask:
        """By line: whether one of `words` stands in it in `text`, the lines in some form."""
        return self._at(text, [place for word in words for place in _places(text, word)])

    def _at(self, text: str, places: Sequence[int]) -> Mask:
        """By line: whether one of `places` in `text` lies in it."""
        marks = np.zeros(len(self._letters), dtype=bool)
        if places:
            marks[np.searchsorted(_places_of_line_ends(text), np.array(places))] = True
        return marks


def _may_turn_into_hint(line: str) -> bool:
    """Whether a line that isn't ASCII could have a year or marker once it is prepared."""
    if line.isascii():
        return False
    if _NOT_ONLY_SPELLED(line):
        return True
    spelled = line.translate(_SPELLINGS).lower()
    return any(hint in spelled for hint in (*_HINTS, "by")) or _YEAR.search(spelled) is not None


class _Spellings(dict[int, str]):
    """What ScanCode writes for each character, by code, asked for once; nothing for those that it leaves out."""

    def __missing__(self, code: int) -> str:
        from commoncode.text import toascii

        spelling = self[code] = str(toascii(chr(code), translit=True))
        return spelling


_SPELLINGS = _Spellings()


def _places(text: str, word: str) -> Iterator[int]:
    """Where `word` stands in `text`, once a line."""
    place = text.find(word)
    while place >= 0:
        yield place
        end = text.find("\n", place)
        place = text.find(word, end) if end >= 0 else -1


def _places_of_line_ends(text: str) -> Ints:
    if text.isascii():
        return np.flatnonzero(np.frombuffer(text.encode(), dtype=np.uint8) == _LINE_END)
    # a lone surrogate has no other code in any encoding, but may stand in a text
    return np.flatnonzero(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) == _LINE_END)


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
