"""Structures of all parts that the library can build: its own defaults, and what developers published."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from compliance.data_files import Words
from compliance.weights.building.architectures import Part, Unbuilt, model_types, parts
from compliance.weights.stacks import Shape, Shaped, Surroundings, stacks_of
from compliance.weights.structure import DEFAULT, MOST_BESIDE, Configuration, Structure, write_shapes


class Published(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A configuration that a developer published, as far as it sets tensors' shapes."""

    name: Words
    """`Organisation/Model`."""
    build: Words
    """Model type to build."""
    part: Words
    """Model type of the part that the fields describe."""
    fields: dict[str, Any]
    source: Words
    """Where the fields were read."""


class Collected(msgspec.Struct):
    """Structures found so far, and what couldn't be built."""

    unbuilt: list[Unbuilt] = msgspec.field(default_factory=list)
    _found: dict[tuple[object, ...], tuple[Structure, dict[Configuration, None]]] = msgspec.field(
        default_factory=dict
    )

    def add(self, part: Part, name: str) -> None:
        """Note the stacks of `part` under the configuration `name`."""
        for tensors in (part.tensors, part.loaded):
            for structure, configuration in _stacks(part, tensors, name):
                key = (structure.type, structure.path, structure.names, structure.beside)
                configurations = self._found.setdefault(key, (structure, {}))[1]
                if not any(_equal(one, configuration) for one in configurations):
                    configurations[configuration] = None

    def structures(self) -> tuple[Structure, ...]:
        """All, in an order that doesn't depend on that of building."""
        full = [msgspec.structs.replace(one, configurations=tuple(many)) for one, many in self._found.values()]
        return tuple(sorted(full, key=lambda one: (one.type, one.path, one.names, one.beside)))


def collect(published: Sequence[Published]) -> Collected:
    """Build everything: published configurations first, so that a default equal to one goes by its name."""
    collected = Collected()
    for one in published:
        built = parts(one.build, one.fields)
        if isinstance(built, Unbuilt):
            collected.unbuilt.append(Unbuilt(one.name, built.why))
            continue
        for part in built:
            if part.type == one.part:
                collected.add(part, one.name)
    for model_type in model_types():
        built = parts(model_type)
        if isinstance(built, Unbuilt):
            collected.unbuilt.append(built)
            continue
        for part in built:
            collected.add(part, DEFAULT)
    return collected


def _equal(one: Configuration, other: Configuration) -> bool:
    return (one.layers, one.shapes, one.beside) == (other.layers, other.shapes, other.beside)


def _stacks(part: Part, tensors: Mapping[str, Shape], name: str) -> Iterator[tuple[Structure, Configuration]]:
    for stack in stacks_of(tensors.items(), lists=1):
        around = dict(sorted(Surroundings(tensors.items()).beside(stack, stack.root).items())[:MOST_BESIDE])
        yield (
            Structure(
                type=part.type,
                module=part.module,
                component=part.component,
                path=stack.root,
                names=" ".join(sorted(stack.shapes)),
                beside=" ".join(around),
                configurations=(),
            ),
            Configuration(
                name=name,
                layers=len(stack.layers),
                shapes=_written(stack.shapes),
                beside=_written(around),
            ),
        )


def _written(shapes: Shaped) -> str:
    known = {key: frozenset(one for one in many if one is not None) for key, many in shapes.items()}
    return write_shapes(known[key] for key in sorted(known))
