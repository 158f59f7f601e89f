"""Model families and who develops them, by the names that configurations and repositories give them.

Configurations are written by the uploader: a model type names an architecture, it doesn't prove whose weights are
in the file.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources

import msgspec

from compliance.data_files import decode
from compliance.weights.family import Family

__all__ = ["Family"]

_FILES = tuple(
    sorted(
        (file.name, file.read_bytes())
        for file in resources.files("compliance.weights").joinpath("data/families").iterdir()
        if file.name.endswith(".json")
    )
)
"""One file a family; nothing else names them, so a new file is a new family."""

DATA_VERSION = hashlib.sha256(b"".join(content for _, content in _FILES)).hexdigest()[:12]
"""Of the files' bytes: a part of the version of every detector that uses them."""

DECLARED = 0.5
"""Confidence in a family that a model type or class name read in a transformers release stands for."""
DECLARED_FROM_MEMORY = 0.4
"""The same where the family table itself rests on general knowledge."""
DECLARED_GENERIC = 0.2
"""The same for names that many developers' own models declare, such as `LlamaForCausalLM`."""


class Developer(msgspec.Struct, frozen=True):
    """Who stands behind a Hugging Face organisation."""

    organisation: str
    name: str
    country: str
    families: tuple[str, ...]
    """Identifiers of the families that the organisation publishes."""

    @property
    def only_family(self) -> str | None:
        """The family, where the organisation publishes no other."""
        return self.families[0] if len(self.families) == 1 else None


@cache
def families() -> tuple[Family, ...]:
    """Every known family, by id.

    Raises:
        ConfigurationError: a data file is wrong.
    """
    return tuple(decode(content, Family, name) for name, content in _FILES)


def family(family_id: str) -> Family | None:
    """The family `family_id`; None for an unknown one."""
    return _by_id().get(family_id)


def family_of_model_type(model_type: str) -> Family | None:
    """The family that declares `model_type` (`qwen2_5_vl`, `qwen2_5_vl_vision` …); None for an unknown one."""
    return _by_model_type().get(model_type.casefold())


def family_of_architecture(architecture: str) -> Family | None:
    """The family with the class `architecture` (`Qwen3ForCausalLM` …); None for an unknown one."""
    return _by_architecture().get(architecture.casefold())


def declared_confidence(family: Family, name: str) -> float:
    """0–1: how surely a model that declares `name`, a model type or class of `family`, is of that family."""
    if name in family.generic:
        return DECLARED_GENERIC
    return DECLARED if family.basis == "transformers" else DECLARED_FROM_MEMORY


def developer_of_organisation(organisation: str) -> Developer | None:
    """Who stands behind the Hugging Face organisation; None for an unknown one."""
    found = _by_organisation().get(organisation.casefold())
    if not found:
        return None
    return Developer(
        organisation=organisation,
        name=found[0].developer,
        country=found[0].country,
        families=tuple(family.id for family in found),
    )


@cache
def _by_id() -> dict[str, Family]:
    return {one.id: one for one in families()}


@cache
def _by_model_type() -> dict[str, Family]:
    return _first(lambda family: family.model_types)


@cache
def _by_architecture() -> dict[str, Family]:
    return _first(lambda family: family.architectures)


@cache
def _by_organisation() -> dict[str, tuple[Family, ...]]:
    found: defaultdict[str, list[Family]] = defaultdict(list)
    for family in families():
        for organisation in family.organisations:
            found[organisation.casefold()].append(family)
    return {name: tuple(listed) for name, listed in found.items()}


def _first(names: Callable[[Family], Iterable[str]]) -> dict[str, Family]:
    found: dict[str, Family] = {}
    for family in families():
        for name in names(family):
            found.setdefault(name.casefold(), family)
    return found
