"""ScanCode's copyright detection with the same outcome: nothing is labelled, parsed or prepared twice.

The same headers stand in file after file, so what was found in a group of lines is remembered. In others, each
word is labelled once a process, and of the four hundred rules of the grammar only those that apply build a tree.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from compliance.licenses.accelerated import copyright_preparing
from compliance.licenses.accelerated.copyright_grammar import RuleParser
from compliance.licenses.accelerated.copyright_lines import Lines, PlainLines, groups
from compliance.licenses.accelerated.effort import Effort, copyright_steps
from compliance.licenses.accelerated.file_types import described, is_markup
from compliance.licenses.accelerated.query_text import broken_lines, plain_text
from compliance.licenses.accelerated.releases import COPYRIGHT_DIGEST, COPYRIGHT_MODULES, reproduced

_REMEMBERED_WORDS = 1 << 16
_BLOCK = 64
"""Patterns of words that are tried at once."""
_LONGEST_WORD = 100
"""Characters up to which a word's label is remembered."""
_REMEMBERED_GROUPS = 2048
_LONGEST_GROUP = 2_000
"""Characters up to which what was found in a group of lines is remembered."""


@cache
def ready() -> bool:
    """Whether the installed ScanCode is the one that is reproduced here; if so, all patterns are compiled."""
    if not reproduced(COPYRIGHT_MODULES, COPYRIGHT_DIGEST):
        return False
    copyright_preparing.install()
    _detector()
    return True


def detections(location: str, effort: Effort | None = None) -> Iterator[Any]:
    """ScanCode's `detect_copyrights` of the file at `location`, as far as `effort` allows."""
    from cluecode.linux_credits import detect_credits_authors

    if credited := list(detect_credits_authors(location)):
        yield from credited
        return
    effort = effort or Effort(copyright_steps(Path(location).stat().st_size))
    known: dict[tuple[str, ...], _Found] = {}
    for group in groups(_lines(location), effort):
        texts = tuple(text for _number, text in group)
        if (found := known.get(texts)) is None:
            if not effort.allows(sum(map(_words, texts))):
                return
            find = _remembered if sum(map(len, texts)) <= _LONGEST_GROUP else _found
            found = known[texts] = find(texts)
        for cls, words, first, last in found:
            yield cls(words, start_line=group[first][0], end_line=group[last][0])


def _lines(location: str) -> Lines:
    file_type = _plainly_read(location)
    text = plain_text(location, file_type) if file_type is not None else None
    return PlainLines(text) if text is not None else Lines(_numbered(location, file_type))


def numbered_lines(location: str) -> Iterable[tuple[int, str]]:
    """The lines of the file at `location` as ScanCode reads them for copyrights."""
    return _numbered(location, _plainly_read(location))


def _plainly_read(location: str) -> Any:
    """ScanCode's description of a file of text that it reads as it stands; None for any other."""
    file_type = described(location)
    return file_type if file_type.contains_text and not is_markup(location) else None


def _numbered(location: str, file_type: Any) -> Iterable[tuple[int, str]]:
    from textcode.analysis import numbered_text_lines

    broken = broken_lines(location, file_type) if file_type is not None else None
    numbered: Iterable[tuple[int, str]] = (
        broken if broken is not None else numbered_text_lines(location, demarkup=True)
    )
    return numbered


def _words(line: str) -> int:
    """Words that ScanCode finds in a prepared line, and some more."""
    return 1 + sum(map(line.count, " =;"))


_Found = tuple[tuple[type, str, int, int], ...]
"""Class of a detection, what it says, and its first and last line by place in the group."""


def _found(texts: tuple[str, ...]) -> _Found:
    from cluecode.copyrights import CopyrightDetection, HolderDetection

    found = []
    for one in _detector().detect(list(enumerate(texts))):
        kind = type(one)
        words = (
            one.copyright if kind is CopyrightDetection else one.holder if kind is HolderDetection else one.author
        )
        found.append((kind, words, one.start_line, one.end_line))
    return tuple(found)


_remembered = lru_cache(maxsize=_REMEMBERED_GROUPS)(_found)


@cache
def _detector() -> Any:
    """ScanCode's detector with a lexer that remembers and a parser that skips."""
    from cluecode.copyrights import GRAMMAR, PATTERNS, CopyrightDetector

    detector = CopyrightDetector.__new__(CopyrightDetector)  # its own set-up compiles every pattern by itself
    detector.lexer = _Lexer(PATTERNS)
    detector.parser = RuleParser(GRAMMAR, (label for _pattern, label in PATTERNS))
    return detector


class _Lexer:
    """Labels words, each once, by the first of a list of patterns that matches."""

    def __init__(self, patterns: Sequence[tuple[str, str]]) -> None:
        self._labels = {f"pattern_{number}": label for number, (_one, label) in enumerate(patterns)}
        # an empty group behind each pattern tells which one matched: the last group that is closed
        marked = [f"(?:{one})(?P<pattern_{number}>)" for number, (one, _label) in enumerate(patterns)]
        self._blocks = [
            re.compile("|".join(marked[first : first + _BLOCK])).match for first in range(0, len(marked), _BLOCK)
        ]
        self._remembered = lru_cache(maxsize=_REMEMBERED_WORDS)(self._label)

    def lex_tokens(self, tokens: Iterable[Any], trace: bool = False) -> Iterator[Any]:
        """`tokens` with labels; those that nothing matches keep theirs. `trace` is ScanCode's, and unused."""
        for token in tokens:
            find = self._remembered if len(token.value) <= _LONGEST_WORD else self._label
            if (label := find(token.value)) is not None:
                token.label = label
            yield token

    def _label(self, word: str) -> str | None:
        for match in self._blocks:
            if found := match(word):
                return self._labels[found.lastgroup or ""]
        return None
