"""Parts of a model by the names of its tensors, where the names say so plainly."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from compliance.weights.caps import MAX_COUNT
from compliance.weights.tensors import Tensor

_MARKS = {
    "vision_tower": "vision_encoder", "vision_model": "vision_encoder", "vision_encoder": "vision_encoder",
    "visual": "vision_encoder", "visual_encoder": "vision_encoder", "image_encoder": "vision_encoder",
    "vit": "vision_encoder",
    "audio_tower": "audio_encoder", "audio_encoder": "audio_encoder", "audio_model": "audio_encoder",
    "speech_encoder": "audio_encoder", "speech_model": "audio_encoder",
    "language_model": "text_decoder", "text_model": "text_decoder", "llm": "text_decoder",
    "multi_modal_projector": "projector", "mm_projector": "projector", "vision_projector": "projector",
    "audio_projector": "projector", "multi_modality_projector": "projector",
}  # fmt: skip
"""Part by a segment of a name, as libraries call their modules."""
_GGUF_MARKS = {"v": "vision_encoder", "a": "audio_encoder", "mm": "projector"}
"""First segments in GGUF files of projectors."""
_SEGMENTS = 4
"""How far from the begin of a name its part is said: `model.vision_tower.…`, `base_model.model.visual.…`."""


class Component(msgspec.Struct, frozen=True):
    """One part of a model."""

    name: str
    """`vision_encoder`, `audio_encoder`, `text_decoder`, `projector`."""
    prefix: str
    """The begin of the first of its tensors' names, up to what says the part."""
    tensors: int
    parameters: int | None
    """None where there are more than any machine could hold."""


def components_of(tensors: Iterable[Tensor], form: str) -> list[Component]:
    """The parts that the names of `tensors` in a file of format `form` tell, in the order of first mention."""
    found: defaultdict[str, list[Tensor]] = defaultdict(list)
    prefixes: dict[str, str] = {}
    for tensor in tensors:
        if (told := _part(tensor.name, form)) is not None:
            name, prefix = told
            found[name].append(tensor)
            prefixes.setdefault(name, prefix)
    return [Component(name, prefixes[name], len(listed), parameters(listed)) for name, listed in found.items()]


def part_of(name: str, form: str) -> str | None:
    """The part that the tensor called `name` in a file of format `form` belongs to; None where no name says it."""
    told = _part(name, form)
    return told[0] if told else None


def _part(name: str, form: str) -> tuple[str, str] | None:
    segments = name.replace("/", ".").split(".", _SEGMENTS)[:-1]  # the last is the tensor's own, and no module
    if form == "gguf" and segments and segments[0] in _GGUF_MARKS:
        return _GGUF_MARKS[segments[0]], segments[0]
    for place, segment in enumerate(segments):
        if part := _MARKS.get(segment):
            return part, ".".join(segments[: place + 1])
    return None


def parameters(tensors: Iterable[Tensor]) -> int | None:
    """Numbers stored in all of them, each once; None where there are more than any machine could hold."""
    counted = sum(one.elements for one in tensors if not one.shared)
    return counted if counted <= MAX_COUNT else None
