"""Model configurations: what each part calls itself, whose name that is, and how little that proves."""

import json
from pathlib import Path
from typing import Any

import pytest

from compliance.detectors import model_config
from compliance.detectors.model_config import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import ModelCardFinding, WeightsFinding
from compliance.model.skip import Skip
from compliance.weights import families
from tests.detectors.examined import Facts, examine, line, of

CONFIG = """{
  "architectures": ["HanbitForConditionalGeneration"],
  "model_type": "hanbit",
  "auto_map": {"AutoModel": "modeling_hanbit.HanbitModel"},
  "transformers_version": "4.57.1",
  "vision_config": {
    "model_type": "qwen2_5_vl",
    "_name_or_path": "Qwen/Qwen2.5-VL-7B-Instruct"
  },
  "thinker_config": {
    "audio_config": {"model_type": "whisper"}
  }
}
"""


def config(tmp_path: Path, content: str | bytes | dict[str, Any], path: str = "config.json") -> Facts:
    return examine(DETECTOR, tmp_path, path, json.dumps(content) if isinstance(content, dict) else content)


def fields(facts: Facts) -> dict[str, str]:
    return {found.field: found.value for found in of(ModelCardFinding, facts)}


def test_fields_of_every_part_have_dotted_names(tmp_path: Path) -> None:
    assert fields(config(tmp_path, CONFIG)) == {
        "architectures": "HanbitForConditionalGeneration",
        "model_type": "hanbit",
        "auto_map.AutoModel": "modeling_hanbit.HanbitModel",
        "transformers_version": "4.57.1",
        "vision_config.model_type": "qwen2_5_vl",
        "vision_config._name_or_path": "Qwen/Qwen2.5-VL-7B-Instruct",
        "thinker_config.audio_config.model_type": "whisper",
    }


def test_fields_have_their_lines(tmp_path: Path) -> None:
    places = {found.field: found.lines for found in of(ModelCardFinding, config(tmp_path, CONFIG))}

    assert places["model_type"] == line(CONFIG, '"model_type": "hanbit"')
    assert places["vision_config.model_type"] == line(CONFIG, "qwen2_5_vl")
    assert places["thinker_config.audio_config.model_type"] == line(CONFIG, "whisper")


def test_parts_are_attributed_to_the_family_they_declare(tmp_path: Path) -> None:
    found = [one for one in of(WeightsFinding, config(tmp_path, CONFIG)) if one.basis == "config"]

    assert [(one.component, one.family, one.country) for one in found] == [
        ("model", None, None),
        ("vision_encoder", "qwen-vl", "CN"),
        ("audio_encoder", "whisper", "US"),
    ]


def test_a_declared_name_is_weak_evidence(tmp_path: Path) -> None:
    confidences = {one.component: one.confidence for one in of(WeightsFinding, config(tmp_path, CONFIG))}

    assert confidences["audio_encoder"] == families.DECLARED
    assert families.DECLARED_GENERIC < families.DECLARED_FROM_MEMORY < families.DECLARED <= 0.5


def test_a_path_that_names_a_known_organisation_is_a_finding_of_its_own(tmp_path: Path) -> None:
    (found,) = [one for one in of(WeightsFinding, config(tmp_path, CONFIG)) if one.basis == "path-name"]

    assert (found.component, found.family, found.country) == ("vision_encoder", "qwen-vl", "CN")
    assert found.lines == line(CONFIG, "_name_or_path")


@pytest.mark.parametrize(
    "path",
    [
        "Qwen/Qwen2.5-7B",
        "/data/models/qwen/Qwen2.5-7B/",
        "/cache/hub/models--Qwen--Qwen2.5-7B/snapshots/abc",
        "D:\\models\\Qwen\\Qwen2.5-7B",
    ],
)
def test_the_organisation_is_seen_in_local_paths_too(tmp_path: Path, path: str) -> None:
    (found,) = of(WeightsFinding, config(tmp_path, {"_name_or_path": path}))

    assert found.country == "CN"


@pytest.mark.parametrize("path", ["", "Qwen2.5-7B", "hanbit-lab/hanbit", "./checkpoints/step-1000"])
def test_other_paths_name_nobody(tmp_path: Path, path: str) -> None:
    assert of(WeightsFinding, config(tmp_path, {"_name_or_path": path})) == []


def test_a_type_and_a_class_of_two_families_are_two_findings(tmp_path: Path) -> None:
    facts = config(tmp_path, {"model_type": "kimi_k2", "architectures": ["DeepseekV3ForCausalLM"]})

    assert [found.family for found in of(WeightsFinding, facts)] == ["kimi", "deepseek"]


def test_an_own_type_with_a_foreign_class_reports_the_foreign_family(tmp_path: Path) -> None:
    (found,) = of(
        WeightsFinding, config(tmp_path, {"model_type": "hanbit", "architectures": ["Qwen3ForCausalLM"]})
    )

    assert found.family == "qwen3"


def test_the_generic_decoder_name_says_little_of_its_developer(tmp_path: Path) -> None:
    facts = config(tmp_path, {"model_type": "llama", "architectures": ["LlamaForCausalLM"]})

    (found,) = of(WeightsFinding, facts)
    assert found.confidence == families.DECLARED_GENERIC


def test_parts_inside_lists_are_found(tmp_path: Path) -> None:
    facts = config(tmp_path, {"encoders": [{"x": 1}, {"model_type": "siglip"}]})

    assert fields(facts) == {"encoders.1.model_type": "siglip"}


def test_an_adapter_names_its_base_model(tmp_path: Path) -> None:
    facts = config(
        tmp_path,
        {"peft_type": "LORA", "base_model_name_or_path": "meta-llama/Llama-3.1-8B"},
        "adapter_config.json",
    )

    assert fields(facts) == {
        "base_model": "meta-llama/Llama-3.1-8B",
        "peft_type": "LORA",
        "base_model_relation": "adapter",
    }
    assert [found.country for found in of(WeightsFinding, facts)] == ["US"]


def test_an_adapters_base_has_its_relation_and_revision(tmp_path: Path) -> None:
    content = {"base_model_name_or_path": "hanbit/garam", "revision": "v2"}
    (base, _) = of(ModelCardFinding, config(tmp_path, content, "adapter_config.json"))

    assert [(one.field, one.says) for one in base.evidence if isinstance(one, Statement)] == [
        ("base_model_relation", "adapter"),
        ("base_model_revision", "v2"),
    ]


def test_a_tokenizer_file_describes_the_tokenizer(tmp_path: Path) -> None:
    facts = config(
        tmp_path, {"tokenizer_class": "Qwen2Tokenizer", "name_or_path": "Qwen/Qwen3-8B"}, "tokenizer_config.json"
    )

    assert fields(facts) == {"tokenizer_class": "Qwen2Tokenizer", "name_or_path": "Qwen/Qwen3-8B"}
    assert [found.component for found in of(WeightsFinding, facts)] == ["tokenizer"]


def test_an_image_processor_names_its_type(tmp_path: Path) -> None:
    facts = config(tmp_path, {"image_processor_type": "Qwen2VLImageProcessor"}, "preprocessor_config.json")

    assert fields(facts) == {"image_processor_type": "Qwen2VLImageProcessor"}


@pytest.mark.parametrize(
    "content", ['{"port": 8080}', "[]", '"model"', '{"a": {"b": [1, null, true]}}', "// not JSON\n{}", "{'a': 1}"]
)
def test_a_config_of_something_else_is_left_alone(tmp_path: Path, content: str) -> None:
    assert config(tmp_path, content) == []


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"model_type": "a",\n "model_type": "b"}', "line 2, column 2"),
        (b'{"model_type": "a",\n "x": NaN}', "line 2, column 7"),
        (b'{"model_type": "a",\n}', "line 2, column 1"),
        (b'\xef\xbb\xbf{"model_type": "a"}', "line 1, column 1"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "line 1, column"),
        ('{"model_type": "a"}'.encode("utf-16"), "line 1, column 1"),
    ],
)
def test_what_can_not_be_read_safely_is_skipped_with_its_place(tmp_path: Path, content: bytes, place: str) -> None:
    (skip,) = of(Skip, config(tmp_path, content))

    assert skip.reason == "malformed"
    assert place in skip.detail


def test_values_of_unexpected_types_are_no_error(tmp_path: Path) -> None:
    strange = {
        "model_type": 5,
        "architectures": {"a": [None, 1.5]},
        "auto_map": [["x", None]],
        "_name_or_path": [],
    }

    assert fields(config(tmp_path, strange)) == {"model_type": "5", "architectures.a": "1.5", "auto_map": "x"}


def test_a_flood_of_parts_is_cut_and_said_so(tmp_path: Path) -> None:
    facts = config(tmp_path, {"parts": [{"model_type": "qwen3"}] * model_config.MAX_FINDINGS})

    assert len(facts) == model_config.MAX_FINDINGS + 1
    assert [skip.reason for skip in of(Skip, facts)] == ["truncated"]


def test_the_file_name_is_a_part_of_the_key() -> None:
    assert DETECTOR.name_key("a/config.json") == DETECTOR.name_key("b/config.json")
    assert DETECTOR.name_key("a/config.json") != DETECTOR.name_key("a/adapter_config.json")
    assert not DETECTOR.wants("tsconfig.json", 10)
