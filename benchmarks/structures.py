"""`make accuracy-structures` measures how architectures are told by tensors, on all that transformers can build.

A part counts as right if its own developer's architecture is named. Naming another developer's is counted apart
where the library says that the part's code was made from that developer's, or the other way round.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from benchmarks.documents import ACCURACY, write_section
from compliance.weights import families
from compliance.weights.architecture_matching import Likeness, likeness
from compliance.weights.building.architectures import LIBRARY, Part, Unbuilt, build, model_types, parts
from compliance.weights.known_structures import KnownStructures, known_structures
from compliance.weights.stacks import Named, Surroundings, stacks_of
from compliance.weights.structure import Structure, read_shapes, structures

RIGHT, RELATED, OTHER, AMONG, NOBODY, NOTHING = range(6)
_OUTCOMES = (
    "right",
    "related developer",
    "another developer",
    "nobody, right among them",
    "nobody",
    "nothing alike",
)
_INNER_WIDTHS = (
    "intermediate_size",
    "encoder_ffn_dim",
    "decoder_ffn_dim",
    "ffn_dim",
    "moe_intermediate_size",
    "d_ff",
)
_ATTENTIONS = ("self_attn", "attn", "attention", "self_attention")
Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A stack of layers whose maker is known."""

    type: str
    module: str
    developer: str
    tensors: tuple[Named, ...]
    root: str


def main() -> None:
    """Measure, print, and write the section of the document."""
    text = "\n".join(_lines())
    print(text)
    write_section(ACCURACY, "structures", text)


def _lines() -> Iterator[str]:
    samples, unbuilt = _samples(None)
    altered, _ = _samples(_with_other_widths)
    known = known_structures()
    yield "# Accuracy of architectures told by tensors"
    yield ""
    yield (
        f"Written by `make accuracy-structures`, on the {len(samples):,} stacks of layers of known families among "
        f"all models of {LIBRARY} that can be built without weights ({unbuilt} can't by themselves). Right: "
        "the part's own developer is named. Related: another one is, and the library says that the code of one "
        "was made from the other's. The table of structures was made from the same library, so that the first row "
        "says no more than what can't be told apart; the others are changed."
    )
    yield ""
    yield f"| stacks | number | {' | '.join(_OUTCOMES)} | by lengths |"
    yield f"|---|---|{'---|' * len(_OUTCOMES)}---|"
    for name, made in _variants(samples, altered):
        yield _row(name, made, known)
    yield ""
    yield from _left_out()


def _variants(samples: list[Sample], altered: list[Sample]) -> Iterator[tuple[str, list[Sample]]]:
    yield "as the library builds them", samples
    yield "built with other inner widths", altered
    yield "inside another model, beside a Llama", [_inside_another(one) for one in samples]
    yield "attention renamed", [_renamed(one, _other_attention) for one in samples]
    yield "every name changed", [_renamed(one, _digested) for one in samples]
    yield "first third of the layers alone", [_third(one) for one in samples]


def _row(name: str, samples: list[Sample], known: KnownStructures) -> str:
    counted: Counter[int] = Counter()
    by_lengths = 0
    for one in samples:
        found = _likeness(one, known)
        counted[_outcome(one.module, one.developer, found)] += 1
        by_lengths += found is not None and found.level == "lengths"
    cells = " | ".join(str(counted[outcome]) for outcome in range(len(_OUTCOMES)))
    return f"| {name} | {len(samples):,} | {cells} | {by_lengths} |"


def _likeness(one: Sample, known: KnownStructures) -> Likeness | None:
    stack = next((stack for stack in stacks_of(one.tensors) if stack.root == one.root), None)
    return None if stack is None else likeness(stack, Surroundings(one.tensors), known)


def _outcome(module: str, developer: str, found: Likeness | None) -> int:
    if found is None:
        return NOTHING
    if found.level == "generic":
        return AMONG if developer in {one.holder for one in found.sharing} else NOBODY
    if found.structure.holder == developer:
        return RIGHT
    return RELATED if _related(module, found.structure.module) else OTHER


def _related(one: str, other: str) -> bool:
    made_from = {port.module: port.ancestors for port in structures().ports}
    return one in made_from.get(other, ()) or other in made_from.get(one, ())


def _left_out() -> Iterator[str]:
    """How often a model whose developer isn't known is taken for another developer's: the null."""
    data = structures()
    by_developer: defaultdict[str, list[Structure]] = defaultdict(list)
    for one in data.structures:
        by_developer[one.holder].append(one)
    rows: dict[str, Counter[str]] = {"names and lengths": Counter(), "names": Counter(), "lengths": Counter()}
    wrong: list[str] = []
    for developer, own in by_developer.items():
        rest = tuple(one for one in data.structures if one.holder != developer)
        known = KnownStructures(msgspec.structs.replace(data, structures=rest))
        for one in own:
            for level, kind, named in _named(one, known):
                rows[level][kind] += 1
                if kind == "a known family":
                    wrong.append(f"`{one.type}` as `{named}` by {level}")
    total = len(data.structures)
    yield (
        f"The null: each of the {len(by_developer)} developers left out in turn, what is said of the {total:,} "
        "structures that they build: how often an independent model would look like another developer's. The "
        "limits on what is named were chosen on this table too."
    )
    yield ""
    yield "| named by | a related developer | another one of a known family | another folder of the library |"
    yield "|---|---|---|---|"
    for level, row in rows.items():
        kinds = ("related", "a known family", "a folder")
        yield f"| {level} | {' | '.join(f'{row[kind]} ({row[kind] / total:.1%})' for kind in kinds)} |"
    yield ""
    yield f"Other developers' families that were named: {', '.join(sorted(set(wrong))) or 'none'}."


def _named(one: Structure, known: KnownStructures) -> Iterator[tuple[str, str, str]]:
    sample = _of_structure(one)
    found = _likeness(sample, known)
    if found is None or found.level == "generic":
        return
    level = {"lengths": "names and lengths", "names": "names", "renamed": "lengths"}[found.level]
    family = families.family_of_model_type(found.structure.type)
    kind = "a known family" if family else "a folder"
    yield level, "related" if _related(one.module, found.structure.module) else kind, found.structure.type


def _of_structure(one: Structure) -> Sample:
    configuration = one.configurations[0]
    tensors: list[Named] = []
    for name, many in zip(one.names.split(), read_shapes(configuration.shapes), strict=True):
        shapes = sorted(many)
        tensors += [
            (f"m.{one.path}.{layer}.{_numbered(name)}", shapes[layer % len(shapes)])
            for layer in range(configuration.layers)
        ]
    for name, many in zip(one.beside.split(), read_shapes(configuration.beside), strict=True):
        tensors += [(f"m.{_numbered(name, place)}", shape) for place, shape in enumerate(sorted(many))]
    return Sample(one.type, one.module, one.holder, tuple(tensors), f"m.{one.path}")


def _numbered(name: str, number: int = 0) -> str:
    return ".".join(str(number) if one == "N" else one for one in name.split("."))


def _samples(change: Callable[[str], Mapping[str, Any] | None] | None) -> tuple[list[Sample], int]:
    """Stacks of parts of known families, each kind once, and how many model types can't be built."""
    found: dict[tuple[object, ...], Sample] = {}
    unbuilt = 0
    for model_type in model_types():
        fields = change(model_type) if change else {}
        built = parts(model_type, fields) if fields is not None else []
        if isinstance(built, Unbuilt):
            unbuilt += 1
            continue
        for part in built:
            for sample in _stacks(part):
                found.setdefault((sample.type, sample.root, sample.tensors), sample)
    return list(found.values()), unbuilt


def _stacks(part: Part) -> Iterator[Sample]:
    family = families.family_of_model_type(part.type)
    if family is None:
        return
    tensors: tuple[Named, ...] = tuple(part.tensors.items())
    for stack in stacks_of(tensors, lists=1):
        yield Sample(part.type, part.module, family.developer, tensors, stack.root)


def _with_other_widths(model_type: str) -> Mapping[str, Any] | None:
    """Fields that make the layers' inner width another; None where the configuration has none."""
    model = build(model_type)
    if isinstance(model, Unbuilt):
        return None
    fields = _wider(model.config.to_dict())
    return fields or None


def _wider(fields: Mapping[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, value in fields.items():
        if key in _INNER_WIDTHS and isinstance(value, int):
            changed[key] = value + 64
        elif key == "mlp_ratio" and isinstance(value, int | float):
            changed[key] = value + 1
        elif isinstance(value, dict) and (inner := _wider(value)) and "model_type" in value:
            changed[key] = {**value, **inner}
    return changed


def _inside_another(one: Sample) -> Sample:
    tensors: Iterable[Named] = ((f"perception.towers.0.{name}", shape) for name, shape in one.tensors)
    llama = [
        (f"model.layers.{layer}.self_attn.{name}_proj.weight", (64, 64)) for layer in range(9) for name in "qkvo"
    ]
    return Sample(one.type, one.module, one.developer, (*tensors, *llama), f"perception.towers.0.{one.root}")


def _renamed(one: Sample, change: Change) -> Sample:
    begin = f"{one.root}."
    tensors = (
        (f"{begin}{change(name[len(begin) :])}", shape) for name, shape in one.tensors if name.startswith(begin)
    )
    return Sample(one.type, one.module, one.developer, tuple(tensors), one.root)


def _other_attention(name: str) -> str:
    return ".".join("mixer" if one in _ATTENTIONS else one for one in name.split("."))


def _digested(name: str) -> str:
    """Every segment changed, numbers aside."""
    return ".".join(
        one if one.isdigit() else f"t{hashlib.sha256(one.encode()).hexdigest()[:6]}" for one in name.split(".")
    )


def _third(one: Sample) -> Sample:
    begin = f"{one.root}."
    inside = [(name, shape) for name, shape in one.tensors if name.startswith(begin)]
    layers = sorted({int(name[len(begin) :].split(".")[0]) for name, _ in inside})
    first = {str(layer) for layer in layers[: -(-len(layers) // 3)]}
    tensors = tuple(it for it in inside if it[0][len(begin) :].split(".")[0] in first)
    return Sample(one.type, one.module, one.developer, tensors, one.root)


if __name__ == "__main__":
    main()
