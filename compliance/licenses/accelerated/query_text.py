"""The lines of a file as ScanCode reads them for license detection, and the words in them.

ScanCode decodes, cleans and tokenizes line by line. For UTF-8 text all of that gives the same when it is done to
the whole text at once: line ends are neither part of a word nor of what is replaced, nor do they change how a
letter is lowered. Any other file is read by ScanCode's own functions.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from compliance.licenses.accelerated.ragged import Ints

_WORDS = re.compile(r"[^_\W]+\+?[^_\W]*|\r\n?|\n").findall
"""ScanCode's `query_pattern`, and line ends as words of their own."""
LINE_END = re.compile(r"\r\n?|\n")
"""What ScanCode takes for the end of a line."""
_LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+").findall
_LONG = 200
"""Characters of a line from which on ScanCode breaks it, in files that have long ones."""
_TEXT_THRESHOLD = 15
_BINARY_THRESHOLD = 50


class TextLines:
    """A file's lines."""

    def __init__(self, location: str, file_type: Any) -> None:
        """Read the file at `location`, of which `file_type` is ScanCode's description."""
        self.location = location
        self.is_binary = bool(file_type.is_binary)
        self.has_long_lines = bool(file_type.is_text_with_long_lines)
        self.line_threshold = _BINARY_THRESHOLD if self.is_binary else _TEXT_THRESHOLD
        self.words: list[str]
        """Lowered; each line but the last one is followed by its end."""
        self.numbers: Ints
        """By line; several lines can have one number."""
        self._text: str
        self._lines: list[str] | None = None
        if (text := plain_text(location, file_type)) is not None:
            self._take(text)
        elif (numbered := broken_lines(location, file_type)) is not None:
            self._take_broken(numbered)
        else:
            self._read_by_scancode(location)

    def _take(self, text: str) -> None:
        self._text = text
        self.words = _WORDS(text.lower())
        count = len(LINE_END.findall(text)) + (bool(text) and text[-1] not in "\r\n")
        self.numbers = np.arange(1, count + 1)

    def _take_broken(self, numbered: Sequence[tuple[int, str]]) -> None:
        self.numbers = np.array([number for number, _line in numbered], dtype=np.int64)
        self._lines = [line.strip() for _number, line in numbered]
        self.words = _WORDS("\n".join(self._lines).lower())

    def _read_by_scancode(self, location: str) -> None:
        from licensedcode.tokenize import query_lines

        numbered = list(query_lines(location=location))
        self.numbers = np.array([number for number, _line in numbered], dtype=np.int64)
        self._lines = [line for _number, line in numbered]
        self.words = []
        for line in self._lines:
            # a line end within one of ScanCode's lines separates words but no lines
            self.words += [word for word in _WORDS(line.lower()) if not word.isspace()]
            self.words.append("\n")

    def text(self, line: int) -> str:
        """The text of line number `line` from zero."""
        if self._lines is None:
            self._lines = LINE_END.split(self._text)
        return self._lines[line].strip()


def plain_text(location: str, file_type: Any) -> str | None:
    """The text whose lines are those that ScanCode reads; None where it has to read them itself.

    Args:
        location: the file.
        file_type: ScanCode's description of it.
    """
    if not _is_text(file_type) or _is_broken(location, file_type):
        return None
    return _text(location)


def broken_lines(location: str, file_type: Any) -> list[tuple[int, str]] | None:
    """Numbered lines of a text of which ScanCode breaks long ones; None where it has to read them itself.

    Args:
        location: the file.
        file_type: ScanCode's description of it.
    """
    from textcode.analysis import break_numbered_unicode_text_lines

    if not _is_text(file_type) or not _is_broken(location, file_type):
        return None
    if (text := _text(location)) is None:
        return None
    numbered: list[tuple[int, str]] = []
    for one in enumerate(_LINES(text), 1):
        if len(one[1]) > _LONG:
            numbered += break_numbered_unicode_text_lines([one])
        else:
            numbered.append(one)
    return numbered


def _text(location: str) -> str | None:
    """What ScanCode makes of the text of a file before it looks at lines; None where it isn't UTF-8."""
    from textcode.analysis import is_source, remove_verbatim_cr_lf_tab_chars

    try:
        text = Path(location).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    text = text.replace("\0", " ")
    return str(remove_verbatim_cr_lf_tab_chars(text)) if is_source(location) else text


def _is_text(file_type: Any) -> bool:
    """Whether ScanCode reads the file as text (`numbered_text_lines`)."""
    if not file_type.is_text or file_type.is_js_map or (file_type.is_pdf and file_type.is_pdf_with_text):
        return False
    return not file_type.filetype_file.startswith("Spline Font Database")


def _is_broken(location: str, file_type: Any) -> bool:
    """Whether ScanCode breaks long lines of a text."""
    if location.endswith("package.json"):
        return False
    return (
        bool(file_type.is_text_with_long_lines or file_type.is_compact_js)
        or file_type.filetype_file == "data"
        or "locale" in location
    )
