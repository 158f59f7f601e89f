"""What ScanCode found in a line, in the letters of the file.

ScanCode prepares each line before it looks for copyrights, and writes it in Latin letters on the way: 한빛 becomes
"hanbic", 百度 "Bai Du", two words, and é becomes "e". All it reports is made of prepared lines. So a line is
prepared once more up to that step, each Latin letter is traced to what it stands for, and words are looked up.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import cache
from types import FunctionType

import msgspec

from compliance.model.evidence import Lines

_WORDS = re.compile(r"[^\s=;]+")
"""As ScanCode divides a prepared line."""
_ASCII_OR_ONE = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]").finditer
_DROPPED, _KEPT = "\xc2", "\ufdd0"
"""A letter that is dropped while a line is prepared, and what takes its place: a code point that no text has."""
_RIGHTS = re.compile(r"(?:版[权權]|著作[权權])所有|保留(?:所有|一切)|무단")
"""What may stand right behind a holder, without a space."""


class OriginalSpelling:
    """The lines of a file, to be asked how words that ScanCode wrote in Latin letters are written there."""

    def __init__(self, numbered_lines: Iterable[tuple[int, str]]) -> None:
        """Keep the lines.

        Args:
            numbered_lines: number and text, as ScanCode reads them; several may have the same number.
        """
        self._lines: dict[int, list[str]] = {}
        for number, line in numbered_lines:
            self._lines.setdefault(number, []).append(line)
        self._passages: dict[Lines, _Passage | None] = {}

    def of(self, words: str, lines: Lines) -> str:
        """`words`, which ScanCode found at `lines`, as they are written there; what isn't found stays as it is.

        Where ScanCode stopped between two syllables of one written word, the word is told to its end.
        """
        if lines not in self._passages:
            texts = [text for number in range(lines[0], lines[1] + 1) for text in self._lines.get(number, ())]
            latin = all(text.isascii() for text in texts)
            self._passages[lines] = None if latin else _Passage(map(_before_latin, texts))
        passage = self._passages[lines]
        return words if passage is None else passage.spelled(words)


class _Word(msgspec.Struct, frozen=True):
    """A word in Latin letters, or the part of it that was reported, and where it stands."""

    text: str
    start: int
    end: int


class _Passage:
    """Neighbouring lines in both writings."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._written = "\n".join(lines)
        self._places: list[int] = []
        """By Latin letter: where the one stands that it was made of."""
        latin = []
        for found in _ASCII_OR_ONE(self._written):
            part = found[0]
            if part.isascii():
                self._places.extend(range(*found.span()))
            else:
                part = _latin(part)
                self._places += [found.start()] * len(part)
            latin.append(part)
        self._latin = "".join(latin)
        self._words = [_Word(match[0], *match.span()) for match in _WORDS.finditer(self._latin)]
        self._matcher = SequenceMatcher(autojunk=False)
        self._matcher.set_seq2([_core(one.text) for one in self._words])

    def spelled(self, words: str) -> str:
        asked = words.split()
        found = self._found(asked)
        parts = []
        for index, one in enumerate(asked):
            word, following = found.get(index), found.get(index + 1)
            parts.append(one if word is None else one.replace(word.text, self._as_written(word), 1))
            parts.append("" if word and following and self._are_one(word, following) else " ")
        first, last = found.get(0), found.get(len(asked) - 1)
        before = self._cut_off_before(first) if first and asked[0].startswith(first.text) else ""
        behind = self._cut_off_behind(last) if last and asked[-1].endswith(last.text) else ""
        return f"{before}{''.join(parts).strip()}{behind}"

    def _found(self, asked: list[str]) -> dict[int, _Word]:
        """The words that were asked for, by their index."""
        self._matcher.set_seq1([_core(one) for one in asked])
        found = {}
        for first, here, count in self._matcher.get_matching_blocks():
            for offset in range(count):
                found[first + offset] = _common(self._words[here + offset], asked[first + offset])
        return found

    def _as_written(self, word: _Word) -> str:
        first, last = self._places[word.start], self._places[word.end - 1] + 1
        while self._goes_on(first) and not _latin(self._written[first - 1]):
            first -= 1
        while self._goes_on(last) and not _latin(self._written[last]):
            last += 1
        return self._written[first:last].replace(_KEPT, _DROPPED)

    def _are_one(self, word: _Word, following: _Word) -> bool:
        """Whether there is nothing between the two but spaces that the Latin letters brought with them."""
        between = range(word.end, following.start)
        return all(self._latin[one] == " " and not self._written[self._places[one]].isspace() for one in between)

    def _cut_off_before(self, word: _Word) -> str:
        end = first = self._places[word.start]
        while self._is_divided(first):
            first -= 1
        return self._written[first:end]

    def _cut_off_behind(self, word: _Word) -> str:
        start = last = self._places[word.end - 1] + 1
        while self._is_divided(last):
            last += 1
        return _RIGHTS.split(self._written[start:last])[0]

    def _is_divided(self, place: int) -> bool:
        """Whether the letters around `place` stand together in the file, and apart in Latin letters."""
        return self._goes_on(place) and not (self._written[place - 1].isascii() and self._written[place].isascii())

    def _goes_on(self, place: int) -> bool:
        return 0 < place < len(self._written) and all(map(_is_letter, self._written[place - 1 : place + 1]))


def _core(word: str) -> str:
    """`word` without the signs around it, unless it consists of them."""
    return word.strip(string.punctuation) or word


def _common(word: _Word, asked: str) -> _Word:
    """The part of `word` that `asked` has, which has the same core."""
    text = asked if asked in word.text else _core(asked)
    start = word.start + word.text.index(text)
    return msgspec.structs.replace(word, text=text, start=start, end=start + len(text))


def _is_letter(one: str) -> bool:
    return unicodedata.category(one)[0] in "LM" or one == _KEPT


@cache
def _latin(one: str) -> str:
    """What ScanCode writes for a character: nothing, or one or more ASCII characters."""
    from commoncode.text import toascii

    return "" if one == _KEPT else str(toascii(one, translit=True))


def _before_latin(line: str) -> str:
    """`line`, prepared as far as to the step that writes Latin letters; as it is where there is no such step."""
    seen: list[str] = []

    def unchanged(text: str, translit: bool = False) -> str:
        seen.append(text)
        return text

    _preparation(unchanged)(line.replace(_DROPPED, _KEPT))
    return seen[0] if seen else line


def _preparation(to_latin: Callable[..., str]) -> Callable[[str], str]:
    """ScanCode's `prepare_text_line` with `to_latin` as the step that writes Latin letters."""
    from cluecode import copyrights

    names = {**vars(copyrights), "toascii": to_latin}
    return FunctionType(copyrights.prepare_text_line.__code__, names)
