"""Structures of known architectures: names and shapes of their tensors, as a library builds them without weights.

Written by `python -m compliance.weights.building`. Names and shapes are facts about code that anybody may run;
they say nothing of values.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from compliance.data_files import Words, decode
from compliance.weights import families

_FILE = resources.files("compliance.weights").joinpath("data/structures.json")
_CONTENT = _FILE.read_bytes()

DATA_VERSION = hashlib.sha256(_CONTENT).hexdigest()[:12]
"""Of the file's bytes: a part of the version of every detector that uses it."""

DEFAULT = "default"
"""The name of the configuration that the library builds if nothing is said."""
MOST_BESIDE = 24
"""Names beside a stack that are kept of a structure; encoders and decoders have some ten."""

Shapes = frozenset[tuple[int, ...]]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the data file."""


class Configuration(_Part, frozen=True, forbid_unknown_fields=True):
    """Lengths that an architecture is built with."""

    name: Words
    """A published model, or `DEFAULT`, which often is what was published first."""
    layers: int
    shapes: str
    """Of each name in a layer, in the structure's order and divided by blanks: `3840x1280`, `|` between those that
    layers differ in, `-` for a single number."""
    beside: str
    """The same of each name beside the stack."""


class Structure(_Part, frozen=True, forbid_unknown_fields=True):
    """One stack of layers and what stands beside it."""

    type: Words
    """The model type in transformers that owns it, such as `qwen2_5_vl_vision`."""
    module: Words
    """Folder of its code there."""
    component: Words
    """Part of a model that it is: `vision_encoder`, `text_decoder` …"""
    path: Words
    """Of the stack below the module that owns it: `blocks`, `encoder.layers`."""
    names: str
    """Of the tensors in a layer, sorted and divided by blanks; `N` stands for a number."""
    beside: str
    """The same of the tensors beside the stack, below the same module; the first `MOST_BESIDE` of them."""
    configurations: tuple[Configuration, ...]

    @property
    def holder(self) -> str:
        """Who stands behind it: the developer of its family, else the folder of its code."""
        family = families.family_of_model_type(self.type)
        return family.developer if family else self.module


class Port(_Part, frozen=True, forbid_unknown_fields=True):
    """A folder of the library's code that was made from others."""

    module: Words
    ancestors: tuple[str, ...]
    """Folders whose classes it subclasses or says that it copied, and theirs in turn."""


class Structures(_Part, frozen=True, forbid_unknown_fields=True):
    """The data file."""

    library: Words
    """And its release: `transformers 5.24.0`."""
    ports: tuple[Port, ...]
    structures: tuple[Structure, ...]


@cache
def structures() -> Structures:
    """All that is known.

    Raises:
        ConfigurationError: the data file is wrong.
    """
    return decode(_CONTENT, Structures, "structures.json")


def read_shapes(written: str) -> list[Shapes]:
    """The shapes in a string of the data file, of one name after the other."""
    return [frozenset(_shape(one) for one in shapes.split("|")) for shapes in written.split()]


def write_shapes(shapes: Iterable[Shapes]) -> str:
    """`shapes` of one name after the other, as the data file spells them."""
    return " ".join("|".join("x".join(map(str, one)) or "-" for one in sorted(many)) for many in shapes)


def _shape(written: str) -> tuple[int, ...]:
    return () if written == "-" else tuple(int(one) for one in written.split("x"))
