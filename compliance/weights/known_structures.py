"""The structures of known architectures, indexed by names and shapes, and how many developers build alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import msgspec

from compliance.weights.stacks import Shape, Shaped, Stack
from compliance.weights.structure import Configuration, Shapes, Structure, Structures, read_shapes, structures

ALIKE = 0.5
"""Names in common, as a share of all names of both, from which two layers are said to be alike at all."""

Ranks = Mapping[str, frozenset[int]]
"""Numbers of dimensions by name."""
_Key = tuple[object, ...]


class Reference(msgspec.Struct, frozen=True):
    """A structure made ready to compare with."""

    structure: Structure
    names: Ranks
    """In a layer."""
    beside: Ranks
    """Beside the stack."""
    configurations: tuple[tuple[Configuration, Mapping[str, Shapes]], ...]
    """With the shapes in a layer."""


class KnownStructures:
    """Every known structure."""

    def __init__(self, data: Structures) -> None:
        """Index `data`."""
        self.library = data.library
        self.references = [_reference(one) for one in data.structures]
        self.developers = len({one.holder for one in data.structures})
        """Who stand behind them; a folder of the library's code counts as one where that isn't known."""
        self._ancestors = {port.module: frozenset(port.ancestors) for port in data.ports}
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        self._by_shapes: defaultdict[_Key, list[tuple[Reference, Configuration]]] = defaultdict(list)
        self._users: defaultdict[str | int, set[str]] = defaultdict(set)
        for number, one in enumerate(self.references):
            self._index(number, one)

    def _index(self, number: int, one: Reference) -> None:
        holder = one.structure.holder
        for name in one.names:
            self._by_name[name].append(number)
        for name in (*one.names, *one.beside):
            self._users[name].add(holder)
        for configuration, shapes in one.configurations:
            self._by_shapes[_key(shapes.values())].append((one, configuration))
            for length in lengths(shapes.values()):
                self._users[length].add(holder)

    def alike(self, stack: Stack) -> Iterator[tuple[float, Reference]]:
        """Structures with at least `ALIKE` of their layers' names and the stack's in common, and how many, 0–1."""
        counted: Counter[int] = Counter()
        for name, shapes in stack.shapes.items():
            for number in self._by_name.get(name, ()):
                counted[number] += fits(shapes, self.references[number].names[name])
        for number, both in counted.items():
            one = self.references[number]
            share = both / (len(stack.shapes) + len(one.names) - both)
            if share >= ALIKE:
                yield share, one

    def with_shapes(self, stack: Stack) -> list[tuple[Reference, Configuration]]:
        """Those whose layers hold the very same shapes, under whatever names."""
        if any(None in many for many in stack.shapes.values()):
            return []
        return self._by_shapes.get(_key(stack.shapes.values()), [])

    def users(self, one: str | int) -> int:
        """Developers who use a name of a tensor, or a length of a dimension."""
        return len(self._users.get(one, ()))

    def originator(self, found: Sequence[Structure]) -> Structure | None:
        """The one whose code all others' say that they were made from; None where there is none.

        The only developer's, or the one that the code of all other developers' descends from in the library.
        """
        for one in found:
            others = [other for other in found if other.holder != one.holder]
            if all(one.module in self._ancestors.get(other.module, ()) for other in others):
                return one
        return None


@cache
def known_structures() -> KnownStructures:
    """The shipped ones.

    Raises:
        ConfigurationError: the data file is wrong.
    """
    return KnownStructures(structures())


def fits(seen: Iterable[Shape | None], ranks: frozenset[int]) -> bool:
    """Whether tensors have as many dimensions as expected, as far as these are known."""
    return all(one is None or len(one) in ranks for one in seen)


def in_both(seen: Shaped, expected: Ranks) -> int:
    """How many names of `seen` are expected, with as many dimensions."""
    return sum(name in expected and fits(shapes, expected[name]) for name, shapes in seen.items())


def lengths(shapes: Iterable[Iterable[Shape | None]]) -> set[int]:
    """Every length of a dimension."""
    return {length for many in shapes for shape in many if shape for length in shape}


def holders(references: Iterable[Reference]) -> set[str]:
    """Who stand behind them."""
    return {one.structure.holder for one in references}


def _reference(one: Structure) -> Reference:
    names, beside = one.names.split(), one.beside.split()
    configurations = tuple(
        (it, dict(zip(names, read_shapes(it.shapes), strict=True))) for it in one.configurations
    )
    around = dict(zip(beside, read_shapes(one.configurations[0].beside), strict=True))
    return Reference(one, _ranks(configurations[0][1]), _ranks(around), configurations)


def _ranks(shapes: Mapping[str, Shapes]) -> Ranks:
    return {name: frozenset(map(len, many)) for name, many in shapes.items()}


def _key(shapes: Iterable[Iterable[Shape | None]]) -> _Key:
    """Equal for stacks whose layers hold the same shapes under whatever names."""
    return tuple(sorted(tuple(sorted(many, key=str)) for many in shapes))
