"""Parts of a model are told by the names of tensors only where these say so plainly."""

import pytest

from compliance.weights.components import components_of
from compliance.weights.tensors import Tensor


def parts(*names: str, form: str = "safetensors") -> dict[str, tuple[str, int, int | None]]:
    tensors = [Tensor(name, "F32", (2, 3)) for name in names]
    return {one.name: (one.prefix, one.tensors, one.parameters) for one in components_of(tensors, form)}


@pytest.mark.parametrize(
    ("name", "part", "prefix"),
    [
        ("vision_tower.encoder.layers.0.weight", "vision_encoder", "vision_tower"),
        ("model.visual.blocks.0.attn.qkv.weight", "vision_encoder", "model.visual"),
        ("thinker.audio_tower.layers.0.fc1.weight", "audio_encoder", "thinker.audio_tower"),
        (
            "base_model.model.model.language_model.layers.0.w",
            "text_decoder",
            "base_model.model.model.language_model",
        ),
        ("model/vision_model/kernel", "vision_encoder", "model.vision_model"),
        ("multi_modal_projector.linear_1.weight", "projector", "multi_modal_projector"),
    ],
)
def test_a_part_is_told_by_a_module_that_is_called_so(name: str, part: str, prefix: str) -> None:
    assert parts(name) == {part: (prefix, 1, 6)}


def test_tensors_of_a_part_are_counted_together() -> None:
    found = parts("visual.a", "visual.b", "model.layers.0.w", "audio_tower.c")

    assert found == {"vision_encoder": ("visual", 2, 12), "audio_encoder": ("audio_tower", 1, 6)}


@pytest.mark.parametrize(
    "name", ["model.layers.0.mlp.weight", "visualizer.w", "a.b.c.d.visual.w", "v.blk.0.w", "visual", ""]
)
def test_other_names_tell_no_part(name: str) -> None:
    assert parts(name) == {}


def test_projector_files_of_gguf_have_short_names() -> None:
    assert list(parts("v.blk.0.attn_k.weight", "a.conv1d.1.weight", "mm.0.weight", form="gguf")) == [
        "vision_encoder",
        "audio_encoder",
        "projector",
    ]
