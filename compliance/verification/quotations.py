"""Whether words that a report quotes stand at the lines that it names."""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from compliance.licenses.scancode import transliterated
from compliance.model.evidence import Lines

_WORD = re.compile(r"\w+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SHORTENED = 200
"""Characters from which quoted words may have been cut in the middle of one."""
_SIGNS = frozenset({"c", "copyright"})
"""Words by which ScanCode writes signs such as ©."""
_OPENING = 8_192
"""Bytes in which a NUL tells that a file is no text."""
_KEY_TO_VALUE = 2_000
"""Lines below a key in which its value is looked for."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, in every way in which its lines may have been counted."""

    ways: tuple[tuple[str, ...], ...] = field(repr=False)

    @classmethod
    def of(cls, content: bytes) -> "FileText | None":
        """The text in `content`; None where it is none, so that its lines mean nothing."""
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return cls.of_text(content.decode("utf-16", "replace"))
        if b"\0" in content[:_OPENING] or content.startswith(b"%PDF"):
            return None
        try:
            return cls.of_text(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return cls.of_text(content.decode("cp949", "replace"), content.decode("latin-1"))

    @classmethod
    def of_text(cls, *texts: str) -> "FileText":
        """`texts` are readings of the same bytes."""
        splits = (split(text) for text in texts for split in (_LINE_END.split, str.splitlines))
        return cls(tuple(dict.fromkeys(tuple(one) for one in splits)))

    @property
    def length(self) -> int:
        """How many lines there are at most."""
        return max(len(one) for one in self.ways)

    def missing(
        self, words: str, lines: Lines | None, *, goes_on: bool = False, begins_above: bool = False
    ) -> tuple[str, ...]:
        """Words that don't stand at `lines`, in whatever order, by the kindest reading; of the file where None.

        Args:
            words: looked for.
            lines: first and last.
            goes_on: they may stand some way below, too.
            begins_above: they may stand anywhere above, too.
        """
        wanted = dict.fromkeys(_WORD.findall(words.casefold()))
        kindest = tuple(wanted)
        if lines is not None and begins_above:
            lines = (1, lines[1])
        for text in self._texts(lines, goes_on):
            kindest = min(kindest, self._absent(wanted, words, text), key=len)
            if not kindest:
                break
        return kindest

    def _texts(self, lines: Lines | None, goes_on: bool) -> Iterator[str]:
        for way in self.ways:
            first, last = lines or (1, len(way))
            text = "\n".join(way[first - 1 : last + _KEY_TO_VALUE * goes_on])
            yield text
            yield html.unescape(text)
            yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
            yield f"{text}\n{transliterated(text)}"

    def _absent(self, wanted: dict[str, None], words: str, text: str) -> tuple[str, ...]:
        folded = text.casefold()
        here = set(_WORD.findall(folded))
        absent = [one for one in wanted if not (one in here or one in _SIGNS or _is_within(one, folded))]
        if len(words) >= _SHORTENED and absent and absent[-1] == list(wanted)[-1]:
            absent = absent[:-1] if any(one.startswith(absent[-1]) for one in here) else absent
        return tuple(absent)


def _is_within(word: str, text: str) -> bool:
    """Whether a word of a script that may set no spaces between words is a part of `text`."""
    return not word.isascii() and word in text
