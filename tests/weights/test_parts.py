"""Parts of a model come with the family whose architecture they have, where one is told."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from compliance.weights.architecture_words import statements
from compliance.weights.known_structures import known_structures
from compliance.weights.parts import parts_of
from compliance.weights.tensors import Tensor
from tests.weights.architectures import tensors_of

QWEN_VL = ("qwen2_5_vl_vision", "visual.", "Qwen/Qwen2.5-VL-3B and 7B")
LLAMA = ("llama", "model.", "meta-llama/Llama-3.1-8B")


def found(*models: tuple[str, str, str], form: str = "safetensors") -> list[tuple[str, str | None, int]]:
    tensors = [Tensor(name, "BF16", shape or ()) for one in models for name, shape in tensors_of(*one)]
    parts = parts_of(tensors, form, known_structures())
    return [(one.component.name, one.family.id if one.family else None, one.component.tensors) for one in parts]


def test_a_foreign_encoder_beside_a_usual_decoder_is_the_only_one_named() -> None:
    assert found(QWEN_VL, LLAMA) == [("vision_encoder", "qwen-vl", 390), ("text_decoder", None, 290)]


def test_an_encoder_below_names_that_say_nothing_is_a_part_too() -> None:
    hidden = ("qwen2_5_vl_vision", "model.towers.0.", QWEN_VL[2])

    assert found(hidden, LLAMA) == [("vision_encoder", "qwen-vl", 390), ("text_decoder", None, 290)]


def test_names_in_gguf_tell_no_architecture() -> None:
    assert found(QWEN_VL, form="gguf") == [("vision_encoder", None, 390)]


def test_an_index_tells_by_names_alone() -> None:
    assert found(QWEN_VL, form="index") == [("vision_encoder", "qwen-vl", 390)]


def test_two_encoders_in_one_part_are_both_named() -> None:
    clip = ("siglip_vision_model", "vision_tower.b.", "google/siglip-so400m-patch14-384")
    qwen = ("qwen2_5_vl_vision", "vision_tower.a.", QWEN_VL[2])

    assert {one[:2] for one in found(qwen, clip)} == {("vision_encoder", "qwen-vl"), ("vision_encoder", "siglip")}


def said(*models: tuple[str, str, str], other: str = "", language: str = "en") -> dict[str, str]:
    tensors = [
        Tensor(name.replace("mlp.", f"mlp{other}."), "BF16", shape or ())
        for one in models
        for name, shape in tensors_of(*one)
    ]
    (part,) = parts_of(tensors, "safetensors", known_structures())
    assert part.stack is not None
    assert part.likeness is not None
    told = statements(part.stack, part.likeness, known_structures())
    return {field: says.in_language(language) for field, says in told}


def test_what_is_said_counts_those_who_build_the_same() -> None:
    words = said(QWEN_VL)

    assert words["architecture-names"] == "12 of 12 names in a layer, 0 others; 4 of 4 beside the layers, 0 others"
    assert words["architecture-lengths"] == f"those of {QWEN_VL[2]}, which has 32 layers"
    assert "2 of " in words["architecture-null"]
    assert "(such as exaone4_5_vision), 1 of them with layers of these shapes" in words["architecture-null"]


def test_what_comes_near_is_not_said_to_be_the_same() -> None:
    words = said(LLAMA, other="_of_hanbit")

    assert words["architecture"].startswith("nobody in particular: ")
    assert "come nearest, with 6 of 8 names" in words["architecture"]


def test_all_of_it_is_said_in_korean_too() -> None:
    words = said(QWEN_VL, language="ko")

    assert words["architecture-names"].startswith("층 안의 이름 12개 중 12개 일치, 그 밖의 이름 0개; ")
    assert "개발자 " in words["architecture-null"]
    assert all(re.search("[가-힣]", says) for says in (words | said(LLAMA, other="_x", language="ko")).values())


ENVIRONMENT = Path(__file__).parents[2] / ".work" / "models" / "environment" / "bin" / "python"
BUILD = (
    "import json;from compliance.weights.building.architectures import build, saved;"
    "print(json.dumps(saved(build('qwen2_5_vl'))))"
)


@pytest.mark.slow
@pytest.mark.skipif(not ENVIRONMENT.exists(), reason="`make .work/models/environment/ready` installs PyTorch")
def test_a_whole_model_as_the_library_builds_it_is_told() -> None:
    built = subprocess.run([str(ENVIRONMENT), "-c", BUILD], capture_output=True, text=True, check=True)
    tensors = [Tensor(name, "BF16", tuple(shape)) for name, shape in json.loads(built.stdout).items()]

    named = {one.component.name: one.family for one in parts_of(tensors, "safetensors", known_structures())}

    assert named["vision_encoder"] is not None
    assert named["vision_encoder"].id == "qwen-vl"
