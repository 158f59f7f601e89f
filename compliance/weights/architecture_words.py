"""What a part of a model is built like, as statements that a person can check against the file and the library."""

from collections.abc import Iterator

from compliance.weights.architecture_matching import Likeness
from compliance.weights.known_structures import KnownStructures
from compliance.weights.stacks import Stack
from compliance.weights.structure import DEFAULT, Configuration

Said = tuple[str, str]
"""Field and what it says."""

_MOST_SHAPES = 4
_MOST_NAMED = 3
_WORDS = {
    "lengths": "names and shapes are equal",
    "names": "names are equal, lengths are others or unknown",
    "renamed": "shapes are equal, names were changed",
}


def statements(stack: Stack, like: Likeness, known: KnownStructures) -> Iterator[Said]:
    """The architecture; the layers and how much of it is here; its known lengths; who else builds the same."""
    layers = f"{_layers(stack)} of {stack.root}: {_shapes(stack)}"
    both, seen, expected = like.in_layer
    beside, beside_seen, beside_expected = like.beside
    if like.level == "generic":
        yield "architecture", f"nobody is named: {_null(like, known)}"
        yield "layers", layers
        return
    kind = like.structure.type
    yield "architecture", f"{kind} ({known.library}): {_WORDS[like.level]}"
    yield "layers", layers
    beside_layers = f"{beside} of {beside_expected} beside the layers, {beside_seen - beside} others"
    yield "architecture-names", f"{both} of {expected} names in a layer, {seen - both} others; {beside_layers}"
    if like.configuration is not None:
        yield (
            "architecture-lengths",
            f"those of {_named(like.configuration)}, which has {like.configuration.layers} layers",
        )
    elif None not in {shape for many in stack.shapes.values() for shape in many}:
        yield (
            "architecture-lengths",
            f"none of {len(like.structure.configurations)} known configurations of {kind} has these",
        )
    yield "architecture-null", f"no sign of reused weights, anybody may build it: {_null(like, known)}"


def _null(like: Likeness, known: KnownStructures) -> str:
    """How many others build the same, as far as known."""
    shown = None if like.level == "generic" else like.structure.type
    others = [one.type for one in like.sharing if one.type != shown]
    more = ", …" if len(others) > _MOST_NAMED else ""
    named = f" ({', '.join(others[:_MOST_NAMED])}{more})" if others else ""
    alike = f"{len(like.sharing)} of {known.developers} developers {_how(like)}{named}"
    return f"{alike}, {like.same_shapes} have layers of these shapes"


def _how(like: Likeness) -> str:
    both, seen, expected = like.in_layer
    if like.level == "renamed":
        return "build layers of this kind"
    return "use these names" if both == seen == expected else f"come nearest, with {both} of {expected} names"


def _named(configuration: Configuration) -> str:
    return "the library's default" if configuration.name == DEFAULT else configuration.name


def _layers(stack: Stack) -> str:
    first, last = min(stack.layers), max(stack.layers)
    whole = len(stack.layers) == last - first + 1
    return f"{len(stack.layers)} layers ({first} to {last}{'' if whole else ', with gaps'})"


def _shapes(stack: Stack) -> str:
    """The largest tensors in a layer: they tell width and inner width."""
    largest = sorted(
        (
            (max(shape), name, shape)
            for name, many in stack.shapes.items()
            for shape in many
            if shape and len(shape) > 1
        ),
        key=lambda one: (-one[0], one[1]),
    )
    told = [f"{name} {'x'.join(map(str, shape))}" for _, name, shape in largest[:_MOST_SHAPES]]
    return ", ".join(told) or f"{len(stack.shapes)} names in a layer"
