"""Licenses as Hugging Face model cards name them: the `license` tag and, where that is `other`, `license_name`."""

import hashlib
import json
import re
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

from compliance.licenses import declared, term_files

if TYPE_CHECKING:
    from compliance.licenses.catalog import WeightLicense

_DATA = resources.files("compliance.licenses").joinpath("data/huggingface_licenses.json").read_bytes()

DATA_VERSION = hashlib.sha256(_DATA + term_files.data_version().encode()).hexdigest()[:12]
"""Of the table of tags and the knowledge base: a part of the version of every detector that uses them."""

_SYMBOL = re.compile(r"[A-Za-z0-9.+-]+")
_SEPARATORS = re.compile(r"[\s_]+")


class CardLicense(msgspec.Struct, frozen=True):
    """What a card's license name stands for."""

    expression: str | None
    """SPDX, `LicenseRef-<knowledge base id>` for a license outside SPDX's list; None where the name doesn't settle
    on one license."""
    license_ids: tuple[str, ...] = ()
    """Identifiers in the knowledge base of weight licenses; several where the name may mean any of them, and then
    `expression` is None."""


def license_of_tag(tag: str) -> CardLicense | None:
    """What the `license` tag `tag` stands for; None for a tag that Hugging Face's list doesn't have."""
    entry = _tags().get(_normalized(tag))
    if entry is None:
        return None
    ids = tuple(entry["license_ids"])
    expression = entry["spdx"] or (reference(ids[0]) if len(ids) == 1 else None)
    return CardLicense(expression=expression, license_ids=ids)


def license_of_name(name: str) -> CardLicense | None:
    """What a free `license_name` stands for: an id of the knowledge base, a name that exactly one license there is
    known to be published under, or a tag of Hugging Face's list; None for anything else.
    """
    normal = _normalized(name)
    found = _by_name().get(normal, ())
    if len(found) == 1:
        return CardLicense(expression=found[0].expression, license_ids=(found[0].id,))
    return license_of_tag(normal)


def license_named(words: str) -> CardLicense | None:
    """What `words` stand for, as a tag, a name, or an SPDX expression; None if unclear."""
    return license_of_tag(words) or license_of_name(words) or license_of_words(words)


def license_of_title(title: str) -> CardLicense | None:
    """What prose means by `title`, written without the word license: `MIT`, `Qwen Research`; None if unclear."""
    from compliance.licenses.catalog import licenses_by_alias

    for words in (title, f"{title} license", f"{title} license agreement"):
        titled = licenses_by_alias(words)
        if len(titled) == 1:
            return CardLicense(expression=titled[0].expression, license_ids=(titled[0].id,))
        if (known := license_named(words)) is not None:
            return known
    return None


def license_of_words(words: str) -> CardLicense | None:
    """What an SPDX expression or official license name written in place of a tag stands for; None if unclear."""
    expression = declared.expression_of(words)
    if expression is None:
        return None
    ids = (_ids_by_spdx().get(symbol) for symbol in _SYMBOL.findall(expression))
    return CardLicense(expression=expression, license_ids=tuple(dict.fromkeys(found for found in ids if found)))


def reference(license_id: str) -> str:
    """The SPDX license reference for `license_id` of the knowledge base."""
    from compliance.licenses import spdx

    return spdx.reference(license_id)


def _normalized(name: str) -> str:
    return _SEPARATORS.sub("-", name.strip().casefold())


@cache
def _ids_by_spdx() -> dict[str, str]:
    from compliance.licenses.catalog import weight_licenses

    return {one.spdx.id: one.id for one in weight_licenses() if one.spdx and one.spdx.listed}


@cache
def _by_name() -> "dict[str, tuple[WeightLicense, ...]]":
    """The licenses that are published under a name; an id is that license's own."""
    from compliance.licenses.catalog import weight_licenses

    found: defaultdict[str, list[WeightLicense]] = defaultdict(list)
    for one in weight_licenses():
        for name in dict.fromkeys(map(_normalized, one.huggingface.names)):
            found[name].append(one)
    own = {one.id: (one,) for one in weight_licenses()}
    return {name: tuple(licenses) for name, licenses in found.items()} | own


@cache
def _tags() -> dict[str, Any]:
    tags: dict[str, Any] = json.loads(_DATA)["ids"]
    return tags
