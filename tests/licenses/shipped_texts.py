"""License texts that are installed with ScanCode, read where they are; none is in the repository."""

import re
from functools import cache

from compliance.licenses import scancode
from compliance.licenses.catalog import WeightLicense

_WORD = re.compile(r"\w+")


def words(text: str) -> str:
    """`text` as lower-case words with single spaces, whatever its punctuation and lines."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def is_shipped(key: str) -> bool:
    """Whether ScanCode has a text under `key`."""
    return scancode.license_text(key) is not None


@cache
def text_of(key: str) -> str:
    """The words of ScanCode's text `key`."""
    text = scancode.license_text(key)
    assert text is not None
    return words(text)


def text_of_license(license_: WeightLicense) -> str:
    """The words of all that ScanCode has of `license_`, policies too; empty if nothing."""
    return "".join(text_of(key) for key in license_.scancode.keys if is_shipped(key))
