"""Licenses that are taken for one another, with the words that tell them apart; and what ScanCode alone knows."""

import hashlib
from functools import cache
from importlib import resources
from typing import Annotated

import msgspec

from compliance.data_files import BothLanguages, Words, decode
from compliance.licenses.license_document import Locator

_FILE = "confusable_licenses.json"


class Discriminator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that only one license of its group has."""

    id: Words
    contains: Locator
    """Found in its text, whatever the spaces between words."""
    not_contains: Locator | None = None


class ConfusableGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Licenses whose texts are so near that a matcher takes one for another."""

    group: Words
    rules: tuple[Discriminator, ...]
    why: BothLanguages | None = None


class ScanCodeOnly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A license for AI in ScanCode's database that the knowledge base has no terms of."""

    key: Words
    about: BothLanguages | None = None
    """What it licenses if not weights."""
    category: Words | None = None


class ConfusableDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    scancode: Annotated[str, msgspec.Meta(min_length=1)]
    """Version of ScanCode that was looked at."""
    groups: tuple[ConfusableGroup, ...]
    scancode_only: tuple[ScanCodeOnly, ...]


@cache
def data_version() -> str:
    """Of the file's bytes: a part of the version of whatever depends on them."""
    return hashlib.sha256(_content()).hexdigest()[:12]


@cache
def confusable() -> ConfusableDocument:
    """Every group, and every license for AI that only ScanCode knows.

    Raises:
        ConfigurationError: the data file is wrong.
    """
    return decode(_content(), ConfusableDocument, _FILE)


def _content() -> bytes:
    return resources.files("compliance.licenses").joinpath(f"data/{_FILE}").read_bytes()
