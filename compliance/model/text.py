"""Every sentence a user reads, in both languages."""

import msgspec


class Text(msgspec.Struct, frozen=True):
    """One sentence in English and Korean.

    Both fields are mandatory, so a missing translation is a type error where the sentence is written.
    """

    en: str
    ko: str

    def in_language(self, language: str) -> str:
        """The sentence in `language` (`"ko"` or `"en"`; anything else reads as English)."""
        return self.ko if language == "ko" else self.en
