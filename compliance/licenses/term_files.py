"""The data files of the knowledge base of weight licenses, unread: one a license, named by its id."""

import hashlib
from functools import cache
from importlib import resources

_FOLDER = resources.files("compliance.licenses").joinpath("data/terms")
SUFFIX = ".json"


@cache
def license_ids() -> tuple[str, ...]:
    """The id of every license, sorted."""
    found = (file.name for file in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


def content(license_id: str) -> bytes:
    """The data file of `license_id`, which is one of `license_ids`."""
    return _FOLDER.joinpath(license_id + SUFFIX).read_bytes()


@cache
def data_version() -> str:
    """Of the bytes of all files: a part of the version of whatever depends on them."""
    digest = hashlib.sha256()
    for license_id in license_ids():
        digest.update(content(license_id))
    return digest.hexdigest()[:12]
