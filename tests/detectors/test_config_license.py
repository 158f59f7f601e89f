"""Licenses in configurations of models."""

import json
from pathlib import Path

import pytest

from compliance.detectors.config_license import DETECTOR
from compliance.model.finding import LicenseFinding
from tests.detectors.examined import examine, of


def declared(tmp_path: Path, content: object, name: str = "config.json") -> list[LicenseFinding]:
    return of(LicenseFinding, examine(DETECTOR, tmp_path, name, json.dumps(content, indent=1)))


def test_a_license_is_declared_for_the_weights_on_its_line(tmp_path: Path) -> None:
    (found,) = declared(tmp_path, {"model_type": "hanbit", "license": "llama3.1"})

    assert (found.expression, found.subject, found.basis) == ("LicenseRef-llama-3.1", "weights", "declared")
    assert found.lines == (3, 3)


def test_an_unknown_license_has_no_expression(tmp_path: Path) -> None:
    (found,) = declared(tmp_path, {"peft_type": "LORA", "license": "hanbit-license"}, "adapter_config.json")

    assert found.expression is None


@pytest.mark.parametrize(
    "content",
    [{"license": "mit"}, {"model_type": "x", "license": ["mit"]}, {"model_type": "x", "license": " "}, []],
)
def test_everything_else_is_left_alone(tmp_path: Path, content: object) -> None:
    assert declared(tmp_path, content) == []


def test_broken_json_is_left_to_others(tmp_path: Path) -> None:
    assert examine(DETECTOR, tmp_path, "config.json", "{") == []
