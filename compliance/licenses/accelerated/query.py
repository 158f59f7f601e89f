"""A file's tokens as ScanCode's `Query` holds them, made and kept as arrays.

ScanCode's objects remember which positions are matchable when they are first asked and don't notice what is
matched later; that decides results, so it is kept: see `Run`.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import numpy as np

from compliance.licenses.accelerated.effort import Effort
from compliance.licenses.accelerated.positions import Mask
from compliance.licenses.accelerated.query_text import TextLines
from compliance.licenses.accelerated.ragged import Ints
from compliance.licenses.accelerated.spans import mark
from compliance.licenses.accelerated.vocabulary import LINE_END, STOPWORD, UNKNOWN, Vocabulary

_LONGEST_LINE = 25
"""Tokens after which ScanCode breaks the lines of a text with long lines (`MAX_TOKEN_PER_LINE`)."""

_TOKEN_BITS = 16


class Run:
    """A stretch of a query, ScanCode's `QueryRun`."""

    __slots__ = ("_high", "_low", "end", "query", "start")

    def __init__(self, query: "ArrayQuery", start: int, end: int) -> None:
        """Positions `start` to `end` of `query`, both included."""
        self.query = query
        self.start = start
        self.end = end
        self._high: Mask | None = None
        self._low: Mask | None = None

    def __len__(self) -> int:
        """How many tokens it has."""
        return self.end - self.start + 1

    @property
    def tokens(self) -> list[int]:
        """Its token ids."""
        return self.query.tokens[self.start : self.end + 1]

    @property
    def token_array(self) -> Ints:
        """Its token ids."""
        return self.query.token_array[self.start : self.end + 1]

    @property
    def high(self) -> Mask:
        """By position: matchable when first asked, and a token that counts as legal."""
        # an empty answer isn't remembered, as in ScanCode
        if self._high is None or not self._high.any():
            place = slice(self.start, self.end + 1)
            self._high = self.query.unmatched[place] & self.query.is_high[place]
        return self._high

    @property
    def low(self) -> Mask:
        """By position: matchable when first asked, and any other token."""
        if self._low is None or not self._low.any():
            place = slice(self.start, self.end + 1)
            self._low = self.query.unmatched[place] & ~self.query.is_high[place]
        return self._low

    @property
    def matchable(self) -> Mask:
        """By position: matchable when first asked."""
        return self.high | self.low

    def is_matchable(self, taken: Mask) -> bool:
        """Whether a legal word is left beside those `taken`, by position of the query."""
        place = slice(self.start, self.end + 1)
        return bool((self.high & ~taken[place]).any()) and not bool(self.query.is_digits[place].all())

    def matchable_tokens(self) -> Ints:
        """Token ids of matchable positions; none where no legal token is matchable."""
        if not self.high.any():
            return np.zeros(0, dtype=np.int64)
        tokens: Ints = self.token_array[self.high | self.low]
        return tokens

    def subtract(self, qspan: Any) -> None:
        """Count the positions of `qspan` as matched, for the query and for this run."""
        if qspan:
            self.query.subtract(qspan)
            self._high = self._low = None


class ArrayQuery:
    """A whole file for matching, ScanCode's `Query`."""

    def __init__(self, lines: TextLines, index: Any, vocabulary: Vocabulary, effort: Effort) -> None:
        """Tokenize `lines` for `index` and break them into runs where many lines have no legal words."""
        self.idx = index
        self.location = lines.location
        self.query_string = None
        self.start_line = 1
        self.is_binary = lines.is_binary
        self.has_long_lines = lines.has_long_lines
        words = vocabulary.codes(lines.words)
        lines.words.clear()  # the lines stay, their words are numbers now
        line_ends = words == LINE_END
        line_of_word: Ints = np.cumsum(line_ends) - line_ends  # a line's end belongs to it
        known = words >= 0
        self._take_positions(words, known, lines.numbers[line_of_word], vocabulary)
        self._lines = lines
        self._line_of_position = line_of_word[known]
        is_word = (words != STOPWORD) & (words != LINE_END)
        codes, line_of = words[is_word], line_of_word[is_word]
        self.spdx_lines = list(self._spdx_lines(codes, line_of, vocabulary, lines))
        self.query_runs = list(self._runs(codes, line_of, lines.line_threshold, lines.numbers.size))
        self._whole: Run | None = None
        self.effort = effort
        """What may still be compared with similar rules."""

    def _take_positions(self, words: Ints, known: Mask, line_numbers: Ints, vocabulary: Vocabulary) -> None:
        codes = words[known]
        self.token_array: Ints = vocabulary.tokens[codes]
        self.tokens: list[int] = self.token_array.tolist()
        self.line_by_pos: list[int] = line_numbers[known].tolist()
        self.shorts_and_digits_pos = set(np.flatnonzero(vocabulary.is_short[codes]).tolist())
        self.is_high: Mask = self.token_array < vocabulary.legalese
        self.is_digits: Mask = vocabulary.is_digits[self.token_array]
        self.unmatched: Mask = np.ones(codes.size, dtype=bool)
        position: Ints = np.cumsum(known) - 1
        self.unknowns_by_pos = _counts(position[words == UNKNOWN])
        self.stopwords_by_pos = _counts(position[words == STOPWORD])
        self.unknowns_span = _span(pos for pos in self.unknowns_by_pos if pos >= 0)

    def _spdx_lines(
        self, codes: Ints, line_of: Ints, vocabulary: Vocabulary, lines: TextLines
    ) -> Iterator[tuple[str, int, int]]:
        """Text and positions of the lines that begin, after at most two words, with an SPDX tag."""
        from licensedcode.match_spdx_lid import split_spdx_lid

        tokens = np.where(codes >= 0, vocabulary.tokens[np.maximum(codes, 0)], UNKNOWN)
        starts = sorted({start for tag in vocabulary.spdx_tags for start in _places_of(tokens, tag).tolist()})
        position = np.cumsum(codes >= 0) - 1
        done = -1
        for start in starts:
            line = int(line_of[start])
            first = int(np.searchsorted(line_of, line))
            if line == done or line_of[start + 2] != line or start - first > 2:
                continue
            done = line
            last = int(np.searchsorted(line_of, line, side="right")) - 1
            prefix, expression = split_spdx_lid(lines.text(line))
            # positions count known words, the offset in the line all words: ScanCode's arithmetic
            known = np.flatnonzero(codes[first : last + 1] >= 0)
            first_position = int(position[first + known[0]]) + start - first
            if first_position <= position[last]:
                yield "".join([prefix or "", expression]), first_position, int(position[last])

    def _runs(self, codes: Ints, lines: Ints, line_threshold: int, count: int) -> Iterator[Run]:
        if self.has_long_lines:
            lines, count = _broken(lines)
        known = codes >= 0
        known_sizes = np.bincount(lines[known], minlength=count)
        digits = np.bincount(lines[known], weights=self.is_digits, minlength=count)
        legal = np.bincount(lines[known], weights=self.is_high, minlength=count)
        # a line is "good", in ScanCode's words, if it has a legal word and isn't of digits and unknown words alone
        good = (legal > 0) & (digits < known_sizes)
        return self._broken_at(known_sizes.tolist(), good.tolist(), line_threshold)

    def _broken_at(self, known_sizes: list[int], good: list[bool], line_threshold: int) -> Iterator[Run]:
        start = position = empty = 0
        end = -1
        for known, is_good in zip(known_sizes, good, strict=True):
            if end >= start and empty >= line_threshold:
                yield Run(self, start, end)
                start, end, empty = position, position - 1, 0
            if end < start:
                start, end = position, position - 1
            if known:
                position += known
                end = position - 1
            empty = 0 if is_good else empty + 1
        if end >= start and not bool(self.is_digits[start : end + 1].all()):
            yield Run(self, start, end)

    def text_around(self, first: int, last: int) -> str:
        """The lines in which the positions from `first` to `last` stand, without spaces at their ends."""
        begin, end = int(self._line_of_position[first]), int(self._line_of_position[last])
        return "\n".join(map(self._lines.text, range(begin, end + 1)))

    @cached_property
    def pairs(self) -> frozenset[int]:
        """Neighbouring tokens, see `neighbours`."""
        return neighbours(self.token_array)

    def whole_query_run(self) -> Run:
        """All of it as one run; always the same object."""
        if self._whole is None:
            self._whole = Run(self, 0, len(self.tokens) - 1)
        return self._whole

    def spdx_lid_query_runs_and_text(self) -> Iterator[tuple[Run, str]]:
        """A run and the text for each line with an SPDX tag."""
        for text, start, end in self.spdx_lines:
            yield Run(self, start, end), text

    def subtract(self, qspan: Any) -> None:
        """Count the positions of `qspan` as matched."""
        if qspan:
            mark(self.unmatched, qspan, False)

    def covered(self, qspans: Iterable[Any]) -> Mask:
        """By position: whether any of `qspans` has it."""
        marks: Mask = np.zeros(len(self.tokens), dtype=bool)
        for qspan in qspans:
            mark(marks, qspan, True)
        return marks

    def tokens_length(self, with_unknown: bool = False) -> int:
        """How many known tokens it has, or all."""
        return len(self.tokens) + (sum(self.unknowns_by_pos.values()) if with_unknown else 0)


def neighbours(tokens: Ints) -> frozenset[int]:
    """Each two `tokens` that stand side by side, as one number."""
    return frozenset(((tokens[:-1] << _TOKEN_BITS) + tokens[1:]).tolist())


def _counts(positions: Ints) -> dict[int, int]:
    places, counts = np.unique(positions, return_counts=True)
    return dict(zip(places.tolist(), counts.tolist(), strict=True))


def _span(positions: Iterable[int]) -> Any:
    from licensedcode.spans import Span

    return Span(list(positions))


def _places_of(tokens: Ints, tag: tuple[int, int, int]) -> Ints:
    """Where `tag` begins in `tokens`."""
    if tokens.size < len(tag):
        return np.zeros(0, dtype=np.int64)
    found = (tokens[:-2] == tag[0]) & (tokens[1:-1] == tag[1]) & (tokens[2:] == tag[2])
    return np.flatnonzero(found)


def _broken(lines: Ints) -> tuple[Ints, int]:
    """New numbers of the `lines` of words, once long lines are broken and empty ones dropped; and how many."""
    if not lines.size:
        return lines, 0
    is_first = np.concatenate(([True], lines[1:] != lines[:-1]))
    firsts = np.flatnonzero(is_first)
    place_in_line = np.arange(lines.size) - np.repeat(firsts, np.diff(np.append(firsts, lines.size)))
    numbers: Ints = np.cumsum(is_first | (place_in_line % _LONGEST_LINE == 0)) - 1
    return numbers, int(numbers[-1]) + 1
