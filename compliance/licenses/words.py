"""License texts as words: what two copies of one text share, whatever their layout, numbering and punctuation."""

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec

from compliance.model.evidence import Lines

_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
"""Chinese is written without blanks: each of its characters is a word."""
_MARKER = re.compile(
    r"[ \t]*(?:[#>*•·–-]+[ \t]*)*"
    r"(?:(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,5})[.)]|제?\d{1,2}조)(?=[ \t]|$))?",
    re.IGNORECASE,
)
"""At the beginning of a line: what numbers a clause, quotes or lists it."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SENTENCE_END = re.compile(r"[.;:!?。；：！？]['\"”’)*_]*(?=\s|$)|\n[ \t]*\n|(?<=[。；])")


class Sentence(msgspec.Struct, frozen=True):
    """A stretch of a text up to a full stop, semicolon, colon or empty line."""

    words: tuple[str, ...]
    lines: Lines
    opens: bool = False
    """It ends with a colon: a list hangs on it."""


@dataclass(frozen=True)
class TextWords:
    """The words of a text with their lines, and its sentences."""

    words: tuple[str, ...]
    lines: tuple[int, ...]
    """Of each word, counted from 1."""
    sentences: tuple[Sentence, ...]

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(self.words)} "

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """Where each word begins in the joined text."""
        starts, at = [], 1
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return tuple(starts)

    def find(self, phrase: str) -> Lines | None:
        """The lines of the first place where `phrase` stands, word by word; None where it nowhere does."""
        wanted = words_of(phrase)
        at = self._joined.find(f" {' '.join(wanted)} ") if wanted else -1
        if at < 0:
            return None
        first = bisect_right(self._starts, at + 1) - 1
        return self.lines[first], self.lines[first + len(wanted) - 1]

    def shingles(self, size: int) -> frozenset[tuple[str, ...]]:
        """Every run of `size` words."""
        return frozenset(zip(*(self.words[at:] for at in range(size)), strict=False))


def decoded(content: bytes) -> str:
    """The text of a license file: UTF-8, UTF-16 with its mark, or Korean as Windows writes it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8-sig", "replace")


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, in small letters and compatible forms; what numbers or lists a clause is none."""
    return tuple(word for sentence in _sentences(text) for word in sentence.words)


def text_words(text: str) -> TextWords:
    """The words and sentences of `text`."""
    words: list[str] = []
    lines: list[int] = []
    sentences = []
    for sentence in _sentences(text, lines):
        words += sentence.words
        sentences.append(sentence)
    return TextWords(tuple(words), tuple(lines), tuple(sentences))


def _sentences(text: str, lines: list[int] | None = None) -> Iterator[Sentence]:
    """The sentences that hold a word; the lines of all words are added to `lines`."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = "\n".join(line[_marker_end(line) :] for line in plain.casefold().split("\n"))
    begin, line = 0, 1
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[begin:end]
        words: list[str] = []
        of_words: list[int] = []
        for number, part in enumerate(sentence.split("\n"), line):
            found = _WORD.findall(part)
            words += found
            of_words += [number] * len(found)
        line += sentence.count("\n")
        if words:
            if lines is not None:
                lines += of_words
            ends = sentence.rstrip()[-1:]
            yield Sentence(tuple(words), (of_words[0], of_words[-1]), opens=ends in (":", "："))
        begin = end


def _marker_end(line: str) -> int:
    match = _MARKER.match(line)
    return match.end() if match else 0
