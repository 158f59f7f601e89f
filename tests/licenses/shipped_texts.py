"""License texts that are installed with ScanCode, read where they are; none is in the repository."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from compliance.licenses.catalog import WeightLicense

_WORD = re.compile(r"\w+")


@cache
def _folder() -> Path:
    found = find_spec("licensedcode")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "data/licenses"


def words(text: str) -> str:
    """`text` as lower-case words with single spaces, whatever its punctuation and lines."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


@cache
def is_shipped(key: str) -> bool:
    """Whether ScanCode has a text under `key`."""
    return (_folder() / f"{key}.LICENSE").is_file()


@cache
def text_of(key: str) -> str:
    """The words of ScanCode's text `key`."""
    content = (_folder() / f"{key}.LICENSE").read_text(encoding="utf-8")
    _, _, text = content.removeprefix("---").partition("\n---\n")
    return words(text)


def text_of_license(license_: WeightLicense) -> str:
    """The words of all that ScanCode has of `license_`, policies too; empty if nothing."""
    return "".join(text_of(key) for key in license_.scancode.keys if is_shipped(key))
