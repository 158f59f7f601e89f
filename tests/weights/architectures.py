"""Tensors of known architectures, made up from the shipped table of names and shapes."""

from compliance.weights.stacks import Named
from compliance.weights.structure import DEFAULT, read_shapes, structures


def tensors_of(
    model_type: str, prefix: str, configuration: str = DEFAULT, layers: int | None = None
) -> list[Named]:
    """Names and shapes of the part `model_type` below `prefix` as the table knows them, cut to some `layers`."""
    structure, chosen = next(
        (one, it)
        for one in structures().structures
        if one.type == model_type
        for it in one.configurations
        if it.name == configuration
    )
    found: list[Named] = []
    for name, many in zip(structure.names.split(), read_shapes(chosen.shapes), strict=True):
        shapes = sorted(many)
        found += [
            (f"{prefix}{structure.path}.{layer}.{_numbered(name)}", shapes[layer % len(shapes)])
            for layer in range(layers or chosen.layers)
        ]
    for name, many in zip(structure.beside.split(), read_shapes(chosen.beside), strict=True):
        found += [(f"{prefix}{_numbered(name, place)}", shape) for place, shape in enumerate(sorted(many))]
    return found


def _numbered(name: str, number: int = 0) -> str:
    return ".".join(str(number) if one == "N" else one for one in name.split("."))
