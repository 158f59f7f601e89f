"""Text to tokens: arrays of what each token is and where it stands, comments and layout left out."""

import re
from array import array
from hashlib import blake2b

import msgspec
import numpy as np
from numpy.typing import NDArray

from compliance.origins.languages import Kind, Language

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OPENING, _CLOSING = (b"(", b"[", b"{"), (b")", b"]", b"}")
_MOST_SPELLINGS = 1 << 20
"""Different spellings that a vocabulary remembers before it starts afresh, so that its memory is bounded."""


class Vocabulary:
    """Numbers the spellings of one language and remembers what each one is."""

    def __init__(self, language: Language, api_names: frozenset[bytes]) -> None:
        """Read `language`; a name among `api_names` belongs to a library outside."""
        self.language = language
        self._api_names = api_names
        sorts = language.tokens()
        alternatives = rb"|".join(rb"(?:" + pattern + rb")" for _, pattern in sorts)
        self.pattern = re.compile(rb" ?(" + alternatives + rb")")
        self._sort = re.compile(rb"|".join(rb"(" + pattern + rb")" for _, pattern in sorts))
        self._kind_of_group = [kind for kind, _ in sorts]
        self._forget()

    def numbers(self, spellings: list[bytes]) -> NDArray[np.int32]:
        """The number of each spelling."""
        if len(self.spellings) > _MOST_SPELLINGS:
            self._forget()
        return np.fromiter(map(self._numbers.__getitem__, spellings), np.int32, len(spellings))

    def number(self, spelling: bytes) -> int:
        """The number of `spelling`."""
        return self._numbers[spelling]

    def kinds(self, words: NDArray[np.int32]) -> NDArray[np.uint8]:
        """What each of `words` is."""
        return np.frombuffer(self._kinds, np.uint8)[words]

    def breaks(self, words: NDArray[np.int32]) -> NDArray[np.int32]:
        """How many line breaks each of `words` holds."""
        return np.frombuffer(self._breaks, np.int32)[words]

    def widths(self, words: NDArray[np.int32]) -> NDArray[np.int32]:
        """Of line breaks: the width of the blanks after each."""
        return np.frombuffer(self._widths, np.int32)[words]

    def nesting(self, words: NDArray[np.int32]) -> NDArray[np.int8]:
        """1 for an opening bracket, -1 for a closing one, else 0."""
        return np.frombuffer(self._nesting, np.int8)[words]

    def codes(self, words: NDArray[np.int32]) -> NDArray[np.uint64]:
        """64 bits that stand for the spelling of each of `words`, the same on every machine."""
        return np.frombuffer(self._codes, np.uint64)[words]

    def _forget(self) -> None:
        self._numbers = _Numbering(self)
        self.spellings: list[bytes] = []
        """Of each number; empty for a string or comment."""
        self._kinds, self._breaks, self._widths = array("B"), array("i"), array("i")
        self._nesting, self._codes = array("b"), array("Q")

    def add(self, spelling: bytes) -> int:
        """The number of `spelling`, which has none yet."""
        kind = self._kind(spelling)
        shown = b"" if kind in (Kind.STRING, Kind.COMMENT, Kind.NEWLINE) else spelling
        self._kinds.append(kind)
        self._breaks.append(spelling.count(b"\n"))
        self._widths.append(len(spelling.expandtabs(8)) - 1 if kind is Kind.NEWLINE else 0)
        self._nesting.append((shown in _OPENING) - (shown in _CLOSING))
        self._codes.append(code(bytes([kind]) + shown))
        self.spellings.append(shown)
        return len(self.spellings) - 1

    def _kind(self, spelling: bytes) -> Kind:
        if not (match := self._sort.match(spelling)):
            return Kind.OPERATOR
        kind = self._kind_of_group[(match.lastindex or 1) - 1]
        if kind is not Kind.NAME:
            return kind
        if spelling in self.language.keywords:
            return Kind.KEYWORD
        return Kind.API if spelling in self._api_names else Kind.NAME


class _Numbering(dict[bytes, int]):
    """Numbers of spellings, a new one for each that is missing."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, spelling: bytes) -> int:
        number = self[spelling] = self._vocabulary.add(spelling)
        return number


def code(word: bytes) -> int:
    """64 bits that stand for `word`."""
    return int.from_bytes(blake2b(word, digest_size=8).digest(), "little")


class Tokens(msgspec.Struct, frozen=True):
    """The tokens of one text, in order; comments, docstrings and line breaks are gone."""

    vocabulary: Vocabulary
    words: NDArray[np.int32]
    """Number of each spelling in the vocabulary."""
    kinds: NDArray[np.uint8]
    lines: NDArray[np.int32]
    """Line on which each token begins, counted from 1."""
    columns: NDArray[np.int32]
    """Width of the blanks before a token that begins a logical line; -1 for every other one."""
    depths: NDArray[np.int32]
    """How many brackets are open before each token."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.words)

    def spelling(self, position: int) -> bytes:
        """How the token at `position` is written; empty for a string."""
        return self.vocabulary.spellings[int(self.words[position])]

    def only(self, kept: NDArray[np.bool_]) -> "Tokens":
        """Those tokens for which `kept` holds."""
        return Tokens(
            self.vocabulary,
            self.words[kept],
            self.kinds[kept],
            self.lines[kept],
            self.columns[kept],
            self.depths[kept],
        )


def lex(content: bytes, vocabulary: Vocabulary) -> Tokens:
    """The tokens of `content`; anything is read as something, however broken it is."""
    words = vocabulary.numbers(vocabulary.pattern.findall(content.removeprefix(_BYTE_ORDER_MARK)))
    kinds = vocabulary.kinds(words)
    breaks = vocabulary.breaks(words)
    lines = np.cumsum(breaks, dtype=np.int32) - breaks + 1
    nesting = vocabulary.nesting(words)
    depths = np.cumsum(nesting, dtype=np.int32) - nesting
    columns = np.full(len(words), -1, np.int32)
    by_indentation = vocabulary.language.blocks == "indentation"
    kept = (kinds != Kind.COMMENT) & ~((kinds == Kind.NEWLINE) & (depths > 0) & by_indentation)
    tokens = Tokens(vocabulary, words, kinds, lines, columns, depths).only(kept)
    return _without_layout(tokens)


def _without_layout(tokens: Tokens) -> Tokens:
    """`tokens` without line breaks, docstrings, later parts of one string, and what only the layout demands."""
    kinds, words = tokens.kinds, tokens.words
    is_break = kinds == Kind.NEWLINE
    is_string = kinds == Kind.STRING
    after_break = np.concatenate(([True], is_break[:-1]))[: len(kinds)]
    before_break = np.concatenate((is_break[1:], [True]))[: len(kinds)]
    begins = after_break & ~is_break
    columns = tokens.columns.copy()
    columns[begins] = _widths_before(tokens, begins)
    dropped = is_break.copy()
    if tokens.vocabulary.language.blocks == "indentation":
        dropped |= is_string & after_break & before_break
    dropped[1:] |= is_string[1:] & is_string[:-1]
    left = Tokens(tokens.vocabulary, words, kinds, tokens.lines, columns, tokens.depths).only(~dropped)
    return left.only(~_only_layout(left))


def _widths_before(tokens: Tokens, begins: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Width of the blanks before each token that begins a line."""
    before = np.flatnonzero(begins) - 1
    widths = tokens.vocabulary.widths(tokens.words[np.maximum(before, 0)])
    return np.where(before >= 0, widths, 0).astype(np.int32)


def _only_layout(tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens are there for the layout only: a comma before a closing bracket, semicolons where optional."""
    vocabulary = tokens.vocabulary
    dropped = np.zeros(len(tokens), bool)
    comma = tokens.words == vocabulary.number(b",")
    dropped[:-1] = comma[:-1] & (vocabulary.nesting(tokens.words[1:]) < 0)
    for operator in vocabulary.language.layout:
        dropped |= (tokens.words == vocabulary.number(bytes([operator]))) & (tokens.columns < 0)
    return dropped
