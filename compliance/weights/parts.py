"""The parts of a model: those that names of tensors tell plainly, and stacks that are built like a known one."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from compliance.weights import families
from compliance.weights.architecture_matching import Level, Likeness, likeness
from compliance.weights.components import Component, components_of, parameters, part_of
from compliance.weights.family import Family
from compliance.weights.known_structures import KnownStructures
from compliance.weights.stacks import Stack, Surroundings, prefix_of, stacks_of, template
from compliance.weights.tensors import Tensor

_MOST_STACKS = 64
"""Different stacks compared in one file; real models have fewer than ten."""
_STRENGTH: dict[Level, int] = {"lengths": 0, "names": 1, "renamed": 2, "generic": 3}
_GENERAL = "model"


class Part(msgspec.Struct, frozen=True):
    """A part of a model, and what it is built like."""

    component: Component
    stack: Stack | None = None
    likeness: Likeness | None = None
    """Of the stack; None where nothing known is built like it."""

    @property
    def family(self) -> Family | None:
        """Whose architecture it is, where that is told."""
        if self.likeness is None or self.likeness.level == "generic":
            return None
        return families.family_of_model_type(self.likeness.structure.type)


def parts_of(tensors: Sequence[Tensor], form: str, known: KnownStructures) -> list[Part]:
    """The parts of a file of format `form`; one for each family where a part's stacks are those of several.

    GGUF's names are the same for all architectures and tell none. An index has names alone.
    """
    plain = {one.name: one for one in components_of(tensors, form)}
    compared = [] if form == "gguf" else list(_compared(tensors, form, known))
    found: dict[str, dict[str | None, Part]] = {}
    for part in sorted(compared, key=_strength):
        name = part.component.name
        if name == _GENERAL and part.family is None:
            continue
        family = part.family.id if part.family else None
        whole = Part(plain.get(name, part.component), part.stack, part.likeness)
        found.setdefault(name, {}).setdefault(family, whole)
    for families_of in found.values():
        if len(families_of) > 1:
            families_of.pop(None, None)
    rest = [Part(one) for name, one in plain.items() if name not in found]
    return [*(part for many in found.values() for part in many.values()), *rest]


def _strength(part: Part) -> tuple[int, int]:
    level = part.likeness.level if part.likeness else "generic"
    return (_STRENGTH[level], -(part.stack.tensors if part.stack else 0))


def _compared(tensors: Sequence[Tensor], form: str, known: KnownStructures) -> Iterator[Part]:
    """Each stack that is built like a known one, outermost first; what lies in it isn't looked at again."""
    named = [(one.name, None if form == "index" else one.shape) for one in tensors]
    around = Surroundings(named)
    by_name = {one.name: one for one in tensors}
    roots: list[str] = []
    seen: set[str] = set()
    for stack in stacks_of(named):
        kind = template(stack.root.split(".")) or ""
        if kind in seen or any(stack.root.startswith(f"{root}.") for root in roots):
            continue
        if len(seen) == _MOST_STACKS:
            return
        seen.add(kind)
        if (like := likeness(stack, around, known)) is not None:
            roots.append(stack.root)
            yield Part(_component(stack, like, around, by_name, form), stack, like)


def _component(
    stack: Stack, like: Likeness, around: Surroundings, by_name: Mapping[str, Tensor], form: str
) -> Component:
    """The layers of a stack, and the tensors beside it that its architecture has."""
    name = part_of(f"{stack.root}.0.weight", form) or like.structure.component
    prefix = prefix_of(stack, like.structure.path)
    begin, layers = f"{prefix}." if prefix else "", f"{stack.root}."
    beside = set(like.structure.beside.split())

    def belongs(one: str) -> bool:
        if one.startswith(layers):
            return True
        return one.startswith(begin) and template(one[len(begin) :].split(".")) in beside

    own = [by_name[name] for name, _ in around.below(prefix) if belongs(name)]
    return Component(name, prefix or stack.root, len(own), parameters(own))
