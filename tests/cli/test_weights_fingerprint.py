"""`compliance weights fingerprint`, and a check with the reference that it makes."""

import json
from pathlib import Path

from tests.cli.command import compliance
from tests.weights.tensor_files import model, safetensors_file


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

    assert sorted(tensors[0]) == ["bf16", "digest", "dtype", "f16", "name", "rms", "shape"]
    assert len(tensors) == 4


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
