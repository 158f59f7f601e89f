"""The words that ScanCode's license index knows, as numbers."""

from collections.abc import Mapping, Sequence
from itertools import repeat

import numpy as np
import numpy.typing as npt

from compliance.licenses.accelerated.array_file import Array
from compliance.licenses.accelerated.ragged import Ints

UNKNOWN = -1
STOPWORD = -2
LINE_END = -3

_LINE_ENDS = ("\n", "\r", "\r\n")
_SPDX_TAGS = (("spdx", "license", "identifier"), ("licenses", "nuget", "org"))
"""Words at the beginning of lines that ScanCode reads as SPDX expressions."""


class Vocabulary:
    """Numbers of words, and what matching asks of a word."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """The words in the arrays of an index."""
        words = arrays["words"].tobytes().decode().split("\n")
        self.tokens: Ints = arrays["word_tokens"].astype(np.int64)
        """Token id by the number of a word; some words share one."""
        self.is_short: npt.NDArray[np.bool_] = arrays["word_is_short"]
        """By the number of a word: a single character, or digits alone."""
        self.is_digits: npt.NDArray[np.bool_] = arrays["digits"]
        """By token id."""
        self.legalese = int(arrays["legalese"][0])
        """Token ids below it count as legal words."""
        self.dictionary = dict(zip(words, self.tokens.tolist(), strict=True))
        """Token id by word, stopwords included: ScanCode's own dictionary."""
        self._codes = dict(zip(words, range(len(words)), strict=True))
        self._codes.update(zip(arrays["stopwords"].tobytes().decode().split("\n"), repeat(STOPWORD), strict=False))
        self._codes.update(zip(_LINE_ENDS, repeat(LINE_END), strict=False))
        self.spdx_tags = tuple(tuple(self.dictionary.get(word, UNKNOWN) for word in tag) for tag in _SPDX_TAGS)

    def codes(self, words: Sequence[str]) -> Ints:
        """The number of each of `words`, negative for those that aren't matched."""
        found = map(self._codes.get, words, repeat(UNKNOWN))
        return np.fromiter(found, dtype=np.int64, count=len(words))
