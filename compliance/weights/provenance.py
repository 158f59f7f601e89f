"""What the metadata of weights say of where they come from: license, makers, what they were made from.

Keys: GGUF's `general.*` (ggml's `docs/gguf.md`), the model specification's `modelspec.*` in safetensors, ONNX's
`producer_*`, and free keys that say the same in words. All of it is declared by whoever wrote the file.
"""

import re
from collections.abc import Iterator

import msgspec

from compliance.weights import families, hub
from compliance.weights.families import Developer, Family

_LICENSES = ("general.license", "modelspec.license", "license", "licence", "License")
_LICENSE_NAMES = ("general.license.name", "license_name")
_ARCHITECTURES = ("general.architecture",)
_TELLING = re.compile(
    r"licen[cs]e|copyright|author|organi[sz]ation|base_model|finetune|source|repo|url|doi|producer|quantized_by|"
    r"architecture|model_name|basename|size_label|merged_from|dataset|^format$|general\.(?:name|type|version|tags)$",
    re.IGNORECASE,
)
_MAKERS = re.compile(r"general\.(?:base_model\.\d{1,3}\.)?(?:organization|repo_url|source\.[\w.]*url|url)")
MAX_STATEMENTS = 40
"""Metadata entries that a finding quotes."""


class Maker(msgspec.Struct, frozen=True):
    """A known developer whom a metadata entry names."""

    key: str
    value: str
    developer: Developer


def telling(metadata: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Entries that speak of origin or license, those of licenses first, at most `MAX_STATEMENTS`."""
    found = [(key, value) for key, value in metadata if _TELLING.search(key) and value]
    return sorted(found, key=lambda pair: "licen" not in pair[0].lower())[:MAX_STATEMENTS]


def declared_license(metadata: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    """Key and value of the license that the file declares; None where it declares none.

    Where that is `other`, the entry that names it stands in its place.
    """
    found = dict(reversed(metadata))
    declared = next(((key, found[key]) for key in _LICENSES if found.get(key, "").strip()), None)
    named = next(((key, found[key]) for key in _LICENSE_NAMES if found.get(key, "").strip()), None)
    if declared is None or declared[1].strip().casefold() == "other":
        return named or declared
    return declared


def declared_family(metadata: tuple[tuple[str, str], ...]) -> tuple[str, str, Family] | None:
    """Key, value and family of the architecture that the file declares; None where no family is known by it."""
    for key, value in metadata:
        if key in _ARCHITECTURES and (family := families.family_of_model_type(value)) is not None:
            return key, value, family
    return None


def makers(metadata: tuple[tuple[str, str], ...]) -> Iterator[Maker]:
    """Known developers of the file or of what it was made from, each once."""
    met: set[str] = set()
    for key, value in metadata:
        if not _MAKERS.fullmatch(key):
            continue
        address = hub.of_address(value)
        organisation = address.owner if address else value if key.endswith("organization") else ""
        developer = families.developer_of_organisation(organisation)
        if developer is not None and developer.name not in met:
            met.add(developer.name)
            yield Maker(key, value, developer)
