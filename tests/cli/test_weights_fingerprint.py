"""`compliance weights fingerprint`, and a check with the reference that it makes."""

import base64
import json
import zipfile
from pathlib import Path

import numpy as np

from tests.cli.command import compliance
from tests.weights.tensor_files import model, safetensors_file
from tests.weights.value_files import onnx_with_data_beside, torch_zip_file


def snapshot(folder: Path, seed: int, prefix: str = "", dtype: str = "F32") -> Path:
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(safetensors_file(model(seed, prefix), dtype))
    return folder


def test_a_reference_proves_a_copied_encoder_in_a_check(tmp_path: Path) -> None:
    reference = tmp_path / "garam.json"
    source = snapshot(tmp_path / "original", 1)
    made = compliance("weights", "fingerprint", str(source), "-o", str(reference), "--name", "Qwen/Qwen2.5-VL-7B")
    team = snapshot(tmp_path / "team", 1, "vision_tower.", "BF16")

    found = compliance("scan", str(team), "--weights", str(reference), "--no-cache").json

    assert made.status == 0
    (proof,) = (one for one in found["findings"] if one["kind"] == "weights" and one["basis"] == "digest")
    assert (proof["component"], proof["developer"], proof["country"]) == (
        "vision_encoder",
        "Alibaba Cloud (Qwen team)",
        "CN",
    )


def test_a_reference_holds_no_value(tmp_path: Path) -> None:
    reference = tmp_path / "garam.json"
    compliance(
        "weights", "fingerprint", str(snapshot(tmp_path / "a", 1)), "-o", str(reference), "--name", "Qwen/Qwen2"
    )

    tensors = json.loads(reference.read_bytes())["tensors"]

    assert sorted(tensors[0]) == ["bf16", "digest", "dtype", "f16", "f32", "name", "rms", "shape"]
    assert len(tensors) == 4


def test_a_reference_of_large_tensors_holds_sketches_of_at_most_256_bytes(tmp_path: Path) -> None:
    large = {f"w{one}": np.random.default_rng(one).normal(0, 1, (300, 400)).astype("<f4") for one in range(2)}
    (tmp_path / "model.safetensors").write_bytes(safetensors_file(large))
    compliance("weights", "fingerprint", str(tmp_path), "-o", str(tmp_path / "r"), "--name", "Qwen/Qwen2")

    tensors = json.loads((tmp_path / "r").read_bytes())["tensors"]

    assert [len(base64.b64decode(one["sketch"])) for one in tensors] == [234, 234]


def test_a_reference_can_be_made_of_other_formats_and_of_one_at_a_time(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.mkdir()
    onnx, data = onnx_with_data_beside(model(2), "model.onnx_data")
    (source / "model.onnx").write_bytes(onnx)
    (source / "model.onnx_data").write_bytes(data)

    def made() -> list[str]:
        compliance("weights", "fingerprint", str(source), "-o", str(tmp_path / "r"), "--name", "Qwen/Qwen2")
        return [one["digest"] for one in json.loads((tmp_path / "r").read_bytes())["tensors"]]

    of_onnx = made()
    (source / "pytorch_model.bin").write_bytes(torch_zip_file(model(1), "F32"))
    of_pytorch = made()
    (source / "model.safetensors").write_bytes(safetensors_file(model(1)))

    assert (len(of_onnx), len(of_pytorch)) == (4, 4)
    assert not {*of_onnx} & {*of_pytorch}
    assert made() == of_pytorch


def test_values_that_lie_nowhere_are_a_reason_to_convert(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(torch_zip_file(model(1), "F32", zipfile.ZIP_DEFLATED))

    found = compliance("weights", "fingerprint", str(tmp_path), "-o", str(tmp_path / "r"), "--name", "Qwen/Qwen2")

    assert found.status == 2
    assert "convert it to safetensors" in found.stderr


def test_a_reference_of_an_older_format_has_to_be_made_again(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text('{"format":1,"name":"Qwen/Qwen2"}')

    found = compliance("scan", str(snapshot(tmp_path / "a", 1)), "--weights", str(tmp_path / "r.json"))

    assert found.status == 2
    assert "compliance weights fingerprint" in found.stderr


def test_an_owner_that_nobody_knows_has_to_be_named(tmp_path: Path) -> None:
    source = snapshot(tmp_path / "a", 1)

    found = compliance("weights", "fingerprint", str(source), "-o", str(tmp_path / "r"), "--name", "hanbit/garam")

    assert found.status == 2
    assert "--developer" in found.stderr


def test_a_reference_that_is_none_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text('{"name": 1}')
    source = snapshot(tmp_path / "a", 1)

    assert compliance("scan", str(source), "--weights", str(tmp_path / "r.json")).status == 2
    assert compliance("scan", str(source), "--weights", str(tmp_path / "none.json")).status == 2


def test_a_report_says_what_values_were_compared_with(tmp_path: Path) -> None:
    reference = tmp_path / "garam.json"
    source = snapshot(tmp_path / "a", 1)
    compliance("weights", "fingerprint", str(source), "-o", str(reference), "--name", "Qwen/Qwen2")

    without = compliance("scan", str(source), "--no-cache").json["limits"]
    compared = compliance("scan", str(source), "--no-cache", "--weights", str(reference)).json["limits"]

    assert any(one["en"].startswith("Of weights only headers were read") for one in without)
    assert any(one["en"].startswith("Values of weights were compared") for one in compared)
    assert not any("only headers" in one["en"] for one in compared)
