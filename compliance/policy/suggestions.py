"""Hints at the word that may have been meant."""

import difflib
from collections.abc import Iterable

from compliance.model.text import Text


def closest(word: str, words: Iterable[str]) -> Text:
    """A hint at the word that may have been meant, as an end of a sentence; empty where none is near."""
    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    if not near:
        return Text(en="", ko="")
    return Text(en=f"; did you mean {near[0]!r}?", ko=f". 혹시 {near[0]!r}?")
