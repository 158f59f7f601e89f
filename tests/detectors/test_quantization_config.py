"""What configurations state of a quantisation, on its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from compliance.detectors.quantization_config import DETECTOR
from compliance.model.finding import ModelCardFinding
from compliance.model.skip import Skip
from tests.detectors.examined import Facts, examine, of


def config(tmp_path: Path, content: dict[str, Any] | str, name: str = "config.json") -> Facts:
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    return examine(DETECTOR, tmp_path, f"model/{name}", text)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "config.json",
            {"model_type": "x", "quantization_config": {"quant_method": "gptq", "bits": 4}},
            {"quant_method": "gptq", "bits": "4"},
        ),
        (
            "config.json",
            {"quantization_config": {"quant_method": "bitsandbytes", "load_in_4bit": True, "load_in_8bit": False}},
            {"quant_method": "bitsandbytes", "load_in_4bit": "true"},
        ),
        ("quantize_config.json", {"bits": 8, "model_name_or_path": None}, {"bits": "8"}),
        (
            "hf_quant_config.json",
            {"producer": {"name": "modelopt"}, "quantization": {"quant_algo": "NVFP4", "exclude_modules": ["a"]}},
            {"quant_algo": "NVFP4"},
        ),
    ],
)
def test_method_and_bits_are_found(
    tmp_path: Path, name: str, content: dict[str, Any], expected: dict[str, str]
) -> None:
    found = of(ModelCardFinding, config(tmp_path, content, name))

    assert {one.field.removeprefix("quantization_config."): one.value for one in found} == expected


def test_each_value_has_its_line(tmp_path: Path) -> None:
    (found,) = of(ModelCardFinding, config(tmp_path, '{\n "quantization_config":\n {"bits": 4}\n}'))

    assert found.lines == (3, 3)


@pytest.mark.parametrize(
    "content", ["{}", "[]", '{"quantization_config": 4}', '{"quantization_config": {"bits": []}}']
)
def test_weights_that_were_not_quantised_are_left_alone(tmp_path: Path, content: str) -> None:
    assert config(tmp_path, content) == []


def test_a_broken_file_is_skipped_with_its_place_once(tmp_path: Path) -> None:
    (skip,) = of(Skip, config(tmp_path, "{", "quantize_config.json"))

    assert skip.reason == "malformed"
    assert "line 1" in skip.detail
    assert config(tmp_path, "{") == []
