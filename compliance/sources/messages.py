"""Sentences for the user, in which names and values that others wrote can't act on a terminal."""

from compliance.model.text import Text


def printable(text: str) -> str:
    """`text` with control and other unprintable characters as escapes, as in `repr`."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


def message(en: str, ko: str) -> Text:
    """One sentence in English and Korean, with whatever stands in it made printable."""
    return Text(en=printable(en), ko=printable(ko))
