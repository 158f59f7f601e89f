"""Files of weights against references: whose tensors, how many, and under which names."""

from pathlib import Path

import pytest

from compliance.detectors.weight_copies import WeightCopies
from compliance.model.evidence import Statement
from compliance.model.finding import WeightsFinding
from compliance.weights.references import Reference, References, fingerprint_file, kept
from tests.detectors.examined import examine
from tests.weights.tensor_files import Values, model, safetensors_file


@pytest.fixture
def detector(tmp_path: Path) -> WeightCopies:
    path = tmp_path / "reference.safetensors"
    path.write_bytes(safetensors_file(model(1)))
    reference = Reference(
        name="hanbit/garam",
        developer="Hanbit",
        country="KR",
        family="garam",
        license_id="apache-2.0",
        tensors=kept(fingerprint_file(path)),
    )
    return WeightCopies(References([reference]))


def found(detector: WeightCopies, folder: Path, values: Values, dtype: str = "F32") -> list[WeightsFinding]:
    findings = examine(detector, folder, "model.safetensors", safetensors_file(values, dtype))
    return [one for one in findings if isinstance(one, WeightsFinding)]


def said(finding: WeightsFinding, field: str) -> list[str]:
    return [one.says for one in finding.evidence if isinstance(one, Statement) and one.field == field]


def test_a_frozen_encoder_is_proved_with_whose_it_is(detector: WeightCopies, tmp_path: Path) -> None:
    values = model(2, "language_model.") | model(1, "vision_tower.")

    (finding,) = found(detector, tmp_path, values, "BF16")

    assert (finding.component, finding.basis, finding.tensors) == ("vision_encoder", "digest", 4)
    assert (finding.family, finding.developer, finding.country) == ("garam", "Hanbit", "KR")
    assert (finding.license_id, finding.confidence, finding.parameters) == ("apache-2.0", 0.99, 4 * 48 * 40)
    assert said(finding, "copied-from") == ["hanbit/garam"]
    assert said(finding, "copied-tensors") == [
        "4 of 4 (100%) tensors that tell: 0 byte for byte, 4 after a cast, 0 transposed, 4 renamed"
    ]
    assert said(finding, "copied-tensor")[0] == "vision_tower.layers.0.weight = layers.0.weight"


def test_a_model_of_ones_own_gives_nothing(detector: WeightCopies, tmp_path: Path) -> None:
    assert found(detector, tmp_path, model(3)) == []


def test_a_single_tensor_is_less_sure(detector: WeightCopies, tmp_path: Path) -> None:
    (finding,) = found(detector, tmp_path, {"w": model(1)["layers.2.weight"]})

    assert (finding.tensors, finding.confidence) == (1, 0.9)


@pytest.mark.parametrize("cut", [3, 40, 400, 9_000])
def test_a_truncated_file_gives_what_is_whole(cut: int, detector: WeightCopies, tmp_path: Path) -> None:
    findings = examine(detector, tmp_path, "model.safetensors", safetensors_file(model(1))[:cut])

    assert all(isinstance(one, WeightsFinding) for one in findings)
