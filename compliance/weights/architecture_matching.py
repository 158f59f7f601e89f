"""Which known architecture a stack of layers is built like, by names and shapes, and who else builds the same.

A structure is a choice that anybody can copy. So the most that is told is the architecture and its lengths, and
what many developers build alike names none of them.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from compliance.weights.families import DECLARED
from compliance.weights.known_structures import KnownStructures, Reference, holders, in_both, lengths
from compliance.weights.stacks import Shaped, Stack, Surroundings
from compliance.weights.structure import Configuration, Structure

Level = Literal["lengths", "names", "renamed", "generic"]

CONFIDENCES: dict[Level, float | None] = {"lengths": DECLARED, "names": 0.3, "renamed": 0.3, "generic": None}
"""Names and lengths equal: as much as a configuration deserves that declares the architecture, since a structure
is copied as easily as a name. Names alone, or lengths alone, deserve less: they are a part of that evidence. None:
nobody is named."""

MOST_SHARING = 3
"""Developers whose architectures fit equally well, above which none is named by names or by lengths alone."""
MOST_SHARING_LENGTHS = 8
"""The same above which none is named by names and lengths."""
RARE = 3
"""Developers who use a name, or a length, above which it is too usual to name one of them by it."""
_FEWEST_RENAMED = 8
"""Tensors in a layer of which shapes alone may tell an architecture."""
_UNEXPLAINED = 0.5
"""Share of the tensors beside a stack that may be unknown to the architecture that is named by names alone."""

Counted = tuple[int, int, int]
"""Names in both, in the stack, expected."""


class Likeness(msgspec.Struct, frozen=True):
    """What a stack is built like."""

    level: Level
    """What is equal: names and lengths, names alone, lengths alone; or nothing that tells developers apart."""
    structure: Structure
    """The one that is named, or the first of those that fit equally well."""
    in_layer: Counted
    beside: Counted
    configuration: Configuration | None
    """The known one with the same lengths."""
    sharing: tuple[Structure, ...]
    """All that fit equally well, one of each developer."""
    same_shapes: int
    """Developers who have a configuration with layers of these very shapes, whatever their names and number."""

    @property
    def confidence(self) -> float | None:
        """0–1 that the architecture is the named one; it says nothing of whose the values are."""
        return CONFIDENCES[self.level]


def likeness(stack: Stack, around: Surroundings, known: KnownStructures) -> Likeness | None:
    """What `stack` is built like; None where nothing known is.

    Args:
        stack: names and shapes in its layers.
        around: all tensors of the same file.
        known: what to compare with.
    """
    alike = sorted(known.alike(stack), key=lambda one: -one[0])
    best = [one for share, one in alike if share == alike[0][0]]
    comparison = _Comparison(stack, around, known)
    if alike and alike[0][0] == 1:
        return comparison.of_equal_names(best)
    if (renamed := comparison.of_equal_shapes([one for _, one in alike])) is not None:
        return renamed
    return comparison.told("generic", best[0], best) if best else None


class _Comparison(msgspec.Struct, frozen=True):
    """One stack with what is known."""

    stack: Stack
    around: Surroundings
    known: KnownStructures

    def of_equal_names(self, best: Sequence[Reference]) -> Likeness:
        """Whose it may be among structures with the very names in a layer: one with most of those beside it."""
        hits = [in_both(self._beside(one), one.beside) for one in best]
        sharing = [one for one, count in zip(best, hits, strict=True) if count == max(hits)]
        equal = [one for one in sharing if self._configuration(one) is not None]
        developers = len(holders(sharing))
        if equal and developers <= MOST_SHARING_LENGTHS and (named := self._originator(equal)) is not None:
            return self.told("lengths", named, sharing)
        named = self._originator(sharing) if developers <= MOST_SHARING else None
        if named is not None and self._is_distinctive(named):
            return self.told("names", named, sharing)
        return self.told("generic", (equal or sharing)[0], sharing)

    def of_equal_shapes(self, alike: Sequence[Reference]) -> Likeness | None:
        """Whose it may be by shapes, where some names or all are others."""
        found = [one for one, it in self._with_shapes() if it.layers == len(self.stack.layers)]
        close = [one for one in found if any(one is other for other in alike)]
        sharing = close or found
        if len(self.stack.shapes) < _FEWEST_RENAMED or len(holders(sharing)) > MOST_SHARING:
            return None
        named = self._originator(sharing)
        if named is None or self._is_generic(named):
            return None
        if not close and all(self.known.users(one) > RARE for one in lengths(self.stack.shapes.values())):
            return None
        return self.told("renamed", named, sharing)

    def told(self, level: Level, shown: Reference, sharing: Sequence[Reference]) -> Likeness:
        """The likeness in numbers."""
        beside = self._beside(shown)
        one_each = {one.structure.holder: one.structure for one in reversed(sharing)}
        return Likeness(
            level=level,
            structure=shown.structure,
            in_layer=(in_both(self.stack.shapes, shown.names), len(self.stack.shapes), len(shown.names)),
            beside=(in_both(beside, shown.beside), len(beside), len(shown.beside)),
            configuration=self._configuration(shown),
            sharing=tuple(one_each.values()),
            same_shapes=len(holders(one for one, _ in self._with_shapes())),
        )

    def _beside(self, one: Reference) -> Shaped:
        return self.around.beside(self.stack, one.structure.path)

    def _configuration(self, one: Reference) -> Configuration | None:
        """The one whose layers have the shapes seen, and at least as many of them: a file may hold a part."""
        seen = self.stack.shapes
        for configuration, shapes in one.configurations:
            equal = all(seen[name] <= shapes[name] for name in seen if name in shapes)
            if equal and any(name in shapes for name in seen) and max(self.stack.layers) < configuration.layers:
                return configuration
        layers = len(self.stack.layers)
        return next((it for other, it in self._with_shapes() if other is one and it.layers == layers), None)

    def _with_shapes(self) -> list[tuple[Reference, Configuration]]:
        return self.known.with_shapes(self.stack)

    def _originator(self, found: Sequence[Reference]) -> Reference | None:
        named = self.known.originator([one.structure for one in found])
        return next((one for one in found if one.structure is named), None)

    def _is_distinctive(self, named: Reference) -> bool:
        """Whether few developers use one of the names, and most of what stands beside is explained."""
        beside = self._beside(named)
        names = {*self.stack.shapes, *(name for name in beside if name in named.beside)}
        if min(self.known.users(name) for name in names if self.known.users(name)) > RARE:
            return False
        return len(beside) - in_both(beside, named.beside) <= _UNEXPLAINED * len(beside)

    def _is_generic(self, named: Reference) -> bool:
        same = [one for one in self.known.references if one.names == named.names]
        return len(holders(same)) > MOST_SHARING
