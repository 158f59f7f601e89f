"""Special tokens that few tokenizers have, and whose they are: a weak sign of where a tokenizer comes from.

Chat markers travel: ChatML's `<|im_start|>` is everybody's and stands for nobody. DeepSeek's tokens stand in
tokenizers of other models that it trained further; anyone may add any token. So a set of several names a family,
at low confidence, and never weights.
"""

import hashlib
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import Annotated

import msgspec

from compliance.data_files import BothLanguages, Date, Words, decode
from compliance.weights import families
from compliance.weights.family import Family

MARKED = 0.2
"""Confidence in a developer whose tokens a tokenizer has."""

_NAME = "tokenizer_marks.json"
_CONTENT = resources.files("compliance.weights").joinpath("data", _NAME).read_bytes()
DATA_VERSION = hashlib.sha256(_CONTENT).hexdigest()[:12]
"""Of the table: a part of the version of every detector that uses it."""


class _Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    families: Annotated[tuple[Words, ...], msgspec.Meta(min_length=1)]
    tokens: Annotated[tuple[Words, ...], msgspec.Meta(min_length=2)]
    least: Annotated[int, msgspec.Meta(ge=2)]


class _Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    recorded: Date
    source: BothLanguages
    marks: tuple[_Mark, ...]


class Marked(msgspec.Struct, frozen=True):
    """A developer whose tokens stand in a tokenizer."""

    family: str | None
    """The family, where its developer has but one tokenizer's tokens like these."""
    developer: str
    country: str
    tokens: tuple[str, ...]
    """Those that were found, in the table's order."""


def marked(tokens: Collection[str]) -> list[Marked]:
    """The developers of whose distinctive tokens enough stand among `tokens`.

    Raises:
        ConfigurationError: the data file is wrong.
    """
    present = frozenset(tokens)
    found = []
    for mark, family in _marks():
        those = tuple(one for one in mark.tokens if one in present)
        if len(those) >= mark.least:
            only = family.id if len(mark.families) == 1 else None
            found.append(Marked(only, family.developer, family.country, those))
    return found


def tokens_in(text: str) -> list[str]:
    """The distinctive tokens of any family that stand in `text`, such as a chat template."""
    return [one for mark, _ in _marks() for one in mark.tokens if one in text]


@cache
def _marks() -> tuple[tuple[_Mark, Family], ...]:
    known = {family.id: family for family in families.families()}
    return tuple((mark, known[mark.families[0]]) for mark in decode(_CONTENT, _Marks, _NAME).marks)
