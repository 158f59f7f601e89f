"""Files of weights against references: whose tensors, how many, and under which names."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from compliance.detectors.weight_copies import WeightCopies
from compliance.model.evidence import Statement
from compliance.model.finding import WeightsFinding
from compliance.model.skip import Skip
from compliance.weights.references import Reference, References, fingerprint_file, kept
from tests.detectors.examined import examine
from tests.weights.tensor_files import Values, model, safetensors_file
from tests.weights.value_files import gguf_file, onnx_file, onnx_with_data_beside, torch_zip_file


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
    assert said(finding, "copied-tensors") == ["4 / 4 (100%)"]
    assert (said(finding, "copied-cast"), said(finding, "copied-renamed")) == (["4"], ["4"])
    assert said(finding, "copied-same") == []
    assert said(finding, "copied-tensor")[0] == "vision_tower.layers.0.weight = layers.0.weight"


def test_a_model_of_ones_own_gives_nothing(detector: WeightCopies, tmp_path: Path) -> None:
    assert found(detector, tmp_path, model(3)) == []


def test_a_single_tensor_is_less_sure(detector: WeightCopies, tmp_path: Path) -> None:
    (finding,) = found(detector, tmp_path, {"w": model(1)["layers.2.weight"]})

    assert (finding.tensors, finding.confidence) == (1, 0.9)


def test_a_small_share_is_less_sure_and_says_so(detector: WeightCopies, tmp_path: Path) -> None:
    values = dict(list(model(1).items())[:3]) | {
        f"own.{number}": model(number + 9)["layers.0.weight"] for number in range(57)
    }

    (finding,) = found(detector, tmp_path, values)

    assert (finding.tensors, finding.confidence) == (3, 0.909)
    assert (said(finding, "copied-tensors"), said(finding, "copied-same")) == (["3 / 60 (5%)"], ["3"])


def large(seed: int, prefix: str = "") -> dict[str, NDArray[np.float32]]:
    chance = np.random.default_rng(seed)
    return {f"{prefix}layers.{one}.weight": chance.normal(0, 0.02, (256, 200)).astype("<f4") for one in range(8)}


def tuned(seed: int, share: float) -> Values:
    moved = large(seed + 100)
    return {name: one + np.float32(share) * moved[name] for name, one in large(seed).items()}


@pytest.fixture
def of_large(tmp_path: Path) -> WeightCopies:
    path = tmp_path / "reference.safetensors"
    path.write_bytes(safetensors_file(large(1)))
    tensors = kept(fingerprint_file(path))
    return WeightCopies(
        References([Reference(name="hanbit/garam", developer="Hanbit", country="KR", tensors=tensors)])
    )


def test_a_tuned_part_is_alike_and_says_how_sure_that_is(of_large: WeightCopies, tmp_path: Path) -> None:
    values = {f"vision_tower.{name}": one for name, one in tuned(1, 0.3).items()} | large(2, "language_model.")

    (finding,) = found(of_large, tmp_path, values, "BF16")

    assert (finding.component, finding.basis, finding.tensors) == ("vision_encoder", "likeness", 8)
    assert (finding.developer, finding.country, finding.confidence) == ("Hanbit", "KR", 0.899)
    assert said(finding, "alike-to") == ["hanbit/garam"]
    assert (said(finding, "alike-tensors"), said(finding, "alike-by-chance")) == (["8 / 8 (100%)"], ["≤ 0.001"])
    assert said(finding, "alike-null")[0].startswith("0 / ")
    assert len(said(finding, "alike-tensor")) == 5


def test_frozen_and_tuned_tensors_are_told_apart(of_large: WeightCopies, tmp_path: Path) -> None:
    values = dict(tuned(1, 0.3)) | dict(list(large(1).items())[:3])

    findings = found(of_large, tmp_path, values)

    assert [(one.basis, one.tensors) for one in findings] == [("digest", 3), ("likeness", 5)]


def test_a_few_near_tensors_among_many_are_told_with_doubt(of_large: WeightCopies, tmp_path: Path) -> None:
    wide = np.random.default_rng(3).normal(0, 0.02, (256, 300)).astype("<f4")
    path = tmp_path / "wide.safetensors"
    path.write_bytes(safetensors_file({"embed": wide}))
    reference = Reference(name="a/b", developer="B", country="US", tensors=kept(fingerprint_file(path)))
    many = {f"own.{number}": large(number + 9)["layers.0.weight"] for number in range(40)}
    near = {"embed": (wide + large(77)["layers.0.weight"].std() / 9).astype("<f4") * np.float32(1.01)}
    farther = {"embed": wide + np.random.default_rng(4).normal(0, 0.03, wide.shape).astype("<f4")}
    detector = WeightCopies(References([reference]))

    (finding,) = found(detector, tmp_path, many | near)

    assert (finding.basis, finding.tensors, finding.confidence) == ("likeness", 1, 0.5)
    assert (said(finding, "alike-few"), said(finding, "alike-by-chance")) == (["1 / 41 (2%)"], [])
    assert found(detector, tmp_path, many | farther) == []


@pytest.mark.parametrize("path", ["a.gguf", "a.onnx", "a.pt"])
def test_other_formats_are_compared_as_well(path: str, detector: WeightCopies, tmp_path: Path) -> None:
    written = {"a.gguf": gguf_file, "a.onnx": onnx_file, "a.pt": torch_zip_file}[path](model(1), "F32")

    findings = [one for one in examine(detector, tmp_path, path, written) if isinstance(one, WeightsFinding)]

    assert [(one.tensors, one.basis) for one in findings] == [(4, "digest")]


def test_a_transposed_matrix_of_an_onnx_model_is_found(
    detector: WeightCopies, of_large: WeightCopies, tmp_path: Path
) -> None:
    turned = {name: np.ascontiguousarray(one.T) for name, one in model(1).items()}
    near = {name: np.ascontiguousarray(one.T) for name, one in tuned(1, 0.2).items()}

    (same,) = examine(detector, tmp_path, "a.onnx", onnx_file(turned, "F32"))
    (alike,) = examine(of_large, tmp_path, "a.onnx", onnx_file(near, "F32"))

    assert isinstance(same, WeightsFinding)
    assert isinstance(alike, WeightsFinding)
    assert (said(same, "copied-turned"), said(same, "copied-renamed")) == (["4"], [])
    assert (alike.basis, alike.tensors) == ("likeness", 8)


@pytest.mark.parametrize(
    ("path", "content", "says"),
    [
        ("a.onnx", onnx_with_data_beside(model(1), "a.data")[0], "lie in 1 other files"),
        ("a.pt", torch_zip_file(model(1), "F32", zipfile.ZIP_DEFLATED), "doesn't say where they lie"),
    ],
)
def test_what_could_not_be_compared_is_said(
    path: str, content: bytes, says: str, detector: WeightCopies, tmp_path: Path
) -> None:
    (skip,) = examine(detector, tmp_path, path, content)

    assert isinstance(skip, Skip)
    assert (skip.reason, says in skip.detail) == ("unsupported", True)


@pytest.mark.parametrize("cut", [3, 40, 400, 9_000])
def test_a_truncated_file_gives_what_is_whole(cut: int, detector: WeightCopies, tmp_path: Path) -> None:
    findings = examine(detector, tmp_path, "model.safetensors", safetensors_file(model(1))[:cut])

    assert all(isinstance(one, WeightsFinding) for one in findings)
