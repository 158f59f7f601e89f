"""Every sentence a user reads, in both languages."""

import re

import msgspec

_HALF_SURROGATES = re.compile("[\ud800-\udfff]")


class Text(msgspec.Struct, frozen=True):
    """One sentence in English and Korean.

    Both fields are mandatory, so a missing translation is a type error where the sentence is written.
    """

    en: str
    ko: str

    def in_language(self, language: str) -> str:
        """The sentence in `language` (`"ko"` or `"en"`; anything else reads as English)."""
        return self.ko if language == "ko" else self.en


def encodable(words: str) -> str:
    """Scanned `words` with question marks for half surrogate pairs, which JSON and YAML can smuggle in.

    No output could hold them.
    """
    return _HALF_SURROGATES.sub("?", words)
