"""Stacks of equal layers among the tensors of a model: how it is built, whatever its names begin with.

`model.visual.blocks.3.attn.qkv.weight` is the tensor `attn.qkv.weight` of layer 3 of the stack
`model.visual.blocks`. What stands beside a stack (`model.visual.patch_embed.proj.weight`) tells as much as what
stands in it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

Shape = tuple[int, ...]
Named = tuple[str, Shape | None]
"""A tensor's name and shape; None where only the name is known."""
Shaped = Mapping[str, set[Shape | None]]
"""Shapes by name, in which `N` stands for a number."""

FEWEST_NAMES = 4
"""Names that each layer of a stack has at least; a row of layers with a `weight` and a `bias` says nothing."""
MAX_LISTS = 3
"""Numbers in a name that may count layers, from its begin: `towers.0.layers.3.…`; later ones count inner parts."""
MAX_SEGMENTS = 24
"""Parts of a name between dots; the rest counts as one. Real names have up to twelve."""
_MOST_SHAPES = 12
"""Different shapes kept of one name."""
_FEWEST_LAYERS = 3
"""Of a stack whose last layer may be of another kind."""
_PACKED = {"qweight": "weight", "weight_packed": "weight"}
"""Quantised tensors whose shape isn't the one that they stand for."""
_OF_QUANTISATION = frozenset(
    (
        *("weight_scale_inv", "weight_scale", "weight_shape", "weight_zero_point", "weight_g_idx", "input_scale"),
        *("qzeros", "scales", "g_idx", "inv_freq"),
    )
)
"""Tensors that quantisation adds, and tables that old files carry; no part of an architecture."""


class Stack(msgspec.Struct):
    """Tensors that lie in the layers of one numbered list of modules."""

    root: str
    """What their names begin with, before the number."""
    first: dict[str, int] = msgspec.field(default_factory=dict)
    """The lowest layer with the name."""
    layers: set[int] = msgspec.field(default_factory=set)
    """Numbers of the layers that have any."""
    shapes: dict[str, set[Shape | None]] = msgspec.field(default_factory=dict)
    """By name inside a layer."""
    tensors: int = 0

    def add(self, layer: int, name: str, shape: Shape | None) -> None:
        """Note a tensor of a layer."""
        self.layers.add(layer)
        self.tensors += 1
        self.first[name] = min(layer, self.first.get(name, layer))
        _note(self.shapes.setdefault(name, set()), shape)

    def without_the_odd_last(self) -> "Stack":
        """Itself without a last layer that has names which no other has: it predicts further tokens, mostly."""
        last = max(self.layers)
        odd = {name for name, layer in self.first.items() if layer == last}
        if not odd or len(self.layers) < _FEWEST_LAYERS or len(self.shapes) - len(odd) < FEWEST_NAMES:
            return self
        kept = {name: shapes for name, shapes in self.shapes.items() if name not in odd}
        return Stack(self.root, self.first, self.layers - {last}, kept, self.tensors)


def stacks_of(tensors: Iterable[Named], lists: int = MAX_LISTS) -> list[Stack]:
    """Every stack whose layers have at least `FEWEST_NAMES` names: outer ones before inner ones, large first.

    Args:
        tensors: of one file or model.
        lists: numbers in a name that may count layers.
    """
    found: dict[str, Stack] = {}
    for name, shape in tensors:
        segments = name.split(".", MAX_SEGMENTS)
        numbers = [place for place, one in enumerate(segments) if _is_number(one)][:lists]
        if not numbers or (inside := template(segments[numbers[0] + 1 :])) is None:
            continue
        inner = inside.split(".")
        for place in numbers:
            root = ".".join(segments[:place])
            stack = found.get(root) or found.setdefault(root, Stack(root))
            stack.add(int(segments[place]), *_unpacked(".".join(inner[place - numbers[0] :]), shape))
    telling = [one.without_the_odd_last() for one in found.values() if len(one.shapes) >= FEWEST_NAMES]
    return sorted(telling, key=lambda one: (one.root.count("."), -one.tensors, one.root))


class Surroundings:
    """Tensors of a file by the begin of their names."""

    def __init__(self, tensors: Iterable[Named]) -> None:
        """Of all `tensors`."""
        self._tensors = sorted(tensors, key=lambda one: one[0])
        self._names = [name for name, _ in self._tensors]

    def below(self, prefix: str) -> Sequence[Named]:
        """Tensors whose names begin with `prefix` and a dot; all for an empty one."""
        if not prefix:
            return self._tensors
        return self._tensors[bisect_left(self._names, f"{prefix}.") : bisect_left(self._names, f"{prefix}/")]

    def beside(self, stack: Stack, path: str) -> Shaped:
        """What stands outside the stack, below the module that has it at `path`."""
        prefix = prefix_of(stack, path)
        begin, inside = len(prefix) + 1 if prefix else 0, f"{stack.root}."
        found: defaultdict[str, set[Shape | None]] = defaultdict(set)
        for name, shape in self.below(prefix):
            if not name.startswith(inside) and (kept := template(name[begin:].split("."))) is not None:
                known_as, known_shape = _unpacked(kept, shape)
                _note(found[known_as], known_shape)
        return found


def prefix_of(stack: Stack, path: str) -> str:
    """What names begin with in the module that has the stack at `path`; the stack's parent if none has."""
    if stack.root == path:
        return ""
    if stack.root.endswith(f".{path}"):
        return stack.root[: -len(path) - 1]
    return stack.root.rpartition(".")[0]


def template(segments: Sequence[str]) -> str | None:
    """A name with `N` for each number; None for what is no part of an architecture."""
    if not segments or segments[-1] in _OF_QUANTISATION:
        return None
    return ".".join("N" if _is_number(one) else one for one in segments)


def _unpacked(name: str, shape: Shape | None) -> Named:
    start, dot, last = name.rpartition(".")
    return (f"{start}{dot}{_PACKED[last]}", None) if last in _PACKED else (name, shape)


def _note(shapes: set[Shape | None], shape: Shape | None) -> None:
    if len(shapes) < _MOST_SHAPES:
        shapes.add(shape)


def _is_number(segment: str) -> bool:
    return segment.isascii() and segment.isdigit() and len(segment) <= 6
