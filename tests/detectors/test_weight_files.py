"""Models in several files are complete, or it is said what is missing or other than promised."""

import json
from pathlib import Path

from compliance.detectors.detector import ExaminedFile, Tree, TreeFile
from compliance.detectors.weight_files import DETECTOR
from compliance.detectors.weights import DETECTOR as READER
from compliance.model.finding import Finding, place
from compliance.model.skip import Skip
from tests.weights.writers import field, onnx_model, onnx_tensor, safetensors

INDEX = "model/model.safetensors.index.json"
FIRST, SECOND = safetensors({"a": ("F32", [1])}), safetensors({"b": ("F32", [2])})


def index(total: int = 12) -> bytes:
    places = {"a": "1.safetensors", "b": "2.safetensors"}
    return json.dumps({"metadata": {"total_size": total}, "weight_map": places}).encode()


def check(folder: Path, files: dict[str, bytes]) -> dict[str, list[tuple[str, str]]]:
    """Reasons and details of what the check says of `files`, by path."""
    findings: list[Finding] = []
    for path, content in files.items():
        (folder / "content").write_bytes(content)
        if READER.wants(path, len(content)):
            examined = ExaminedFile(path=path, size=len(content), location=folder / "content")
            findings += [place(one, path, None) for one in READER.detect(examined) if not isinstance(one, Skip)]
    tree = Tree(files=tuple(TreeFile(path=path, size=1) for path in sorted(files)), findings=tuple(findings))
    said: dict[str, list[tuple[str, str]]] = {}
    for skip in DETECTOR.check_tree(tree):
        said.setdefault(skip.path, []).append((skip.reason, skip.detail))
    return said


def test_a_complete_model_is_complete(tmp_path: Path) -> None:
    files = {INDEX: index(), "model/1.safetensors": FIRST, "model/2.safetensors": SECOND}

    assert check(tmp_path, files) == {}


def test_a_missing_shard_is_reported_at_the_index(tmp_path: Path) -> None:
    found = check(tmp_path, {INDEX: index(), "model/1.safetensors": FIRST, "2.safetensors": SECOND})

    assert found == {INDEX: [("missing-file", "2.safetensors isn't here (in 2.safetensors)")]}


def test_swapped_shards_are_reported(tmp_path: Path) -> None:
    found = check(tmp_path, {INDEX: index(), "model/1.safetensors": SECOND, "model/2.safetensors": FIRST})

    assert [reason for reason, _ in found[INDEX]] == ["malformed", "malformed"]


def test_a_lying_total_is_reported(tmp_path: Path) -> None:
    found = check(tmp_path, {INDEX: index(99), "model/1.safetensors": FIRST, "model/2.safetensors": SECOND})

    assert found == {INDEX: [("malformed", "total_size is 99, the tensors have 12 bytes (in total_size)")]}


def test_a_shard_that_is_broken_is_reported_once_by_its_reader(tmp_path: Path) -> None:
    found = check(tmp_path, {INDEX: index(99), "model/1.safetensors": FIRST, "model/2.safetensors": b"broken"})

    assert found == {}


def test_a_missing_data_file_of_a_graph_is_reported(tmp_path: Path) -> None:
    content = onnx_model(field(5, onnx_tensor("w", 1, [2], location="data/w.bin")))

    assert check(tmp_path, {"m/model.onnx": content, "m/data/w.bin": bytes(8)}) == {}
    assert check(tmp_path, {"m/model.onnx": content}) == {
        "m/model.onnx": [("missing-file", "data/w.bin, which holds its tensors, isn't here")]
    }
