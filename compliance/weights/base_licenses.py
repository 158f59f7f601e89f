"""Under which license the weights of a named repository are published by default, as families' files tell."""

import re

import msgspec

from compliance.weights import families
from compliance.weights.family import Family, VersionLicense

_SEPARATORS = re.compile(r"[^a-z0-9.]+")
_VERSION = re.compile(r"[a-z]+|\d+(?:\.\d+)*")


class BaseLicense(msgspec.Struct, frozen=True):
    """What a repository's name tells of its license: of the family's versions, not of this very checkpoint."""

    family: Family
    version: VersionLicense


def base_license(repository: str) -> BaseLicense | None:
    """The default license of the weights in `owner/name` of Hugging Face.

    None where the owner is no developer of a known family, or its name fits no version or several that differ.
    """
    owner, slash, name = repository.strip().partition("/")
    developer = families.developer_of_organisation(owner) if slash else None
    if developer is None:
        return None
    published = [one for one in families.families() if one.id in developer.families]
    fitting = [
        (len(words), BaseLicense(family, version))
        for family in published
        for version in family.licenses
        for label in version.versions.split(",")
        if (words := _words(label)) and _holds(_words(name), words)
    ]
    most = max((length for length, _ in fitting), default=0)
    found = [one for length, one in fitting if length == most]
    return found[0] if found and len({one.version.licenses for one in found}) == 1 else None


def _words(text: str) -> tuple[str, ...]:
    """Letters and numbers apart: `Llama-3.1-8B` is `llama`, `3.1`, `8`, `b`."""
    return tuple(part for word in _SEPARATORS.split(text.casefold()) for part in _VERSION.findall(word))


def _holds(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether `words` stand in `name` one after another."""
    return any(name[at : at + len(words)] == words for at in range(len(name) - len(words) + 1))
