"""Headers of weights become findings; what is wrong or would run code becomes a skip that says where."""

import json
import math
import os
import pickle
from pathlib import Path

import pytest

from compliance.detectors.weights import DETECTOR, NAMED_MAKER
from compliance.model.evidence import Statement
from compliance.model.finding import LicenseFinding, WeightsFinding
from compliance.model.skip import Skip
from compliance.weights import families
from compliance.weights.stacks import Named
from tests.counted_calls import with_calls
from tests.detectors.examined import Facts, examine, of
from tests.weights.architectures import tensors_of
from tests.weights.writers import Gguf, field, onnx_model, onnx_tensor, safetensors, torch_zip

MULTIMODAL = {
    "visual.blocks.0.weight": ("F32", [2, 3]),
    "visual.blocks.1.weight": ("F32", [2]),
    "model.layers.0.weight": ("BF16", [10]),
}


def said(finding: WeightsFinding | LicenseFinding) -> list[tuple[str, str]]:
    return [(one.field, one.says) for one in finding.evidence if isinstance(one, Statement)]


def skips(facts: Facts) -> list[tuple[str, str]]:
    return [(one.reason, one.detail) for one in of(Skip, facts)]


def test_a_file_is_described_as_a_whole_and_by_its_plain_parts(tmp_path: Path) -> None:
    facts = examine(DETECTOR, tmp_path, "model.safetensors", safetensors(MULTIMODAL, {"format": "pt"}))

    found = [
        (one.component, one.format, one.tensors, one.parameters, one.basis) for one in of(WeightsFinding, facts)
    ]
    assert found == [
        ("model", "safetensors", 3, 18, "metadata"),
        ("vision_encoder", "safetensors", 2, 8, "tensor-names"),
    ]
    assert skips(facts) == []


def test_the_evidence_quotes_metadata_types_and_a_digest_of_names(tmp_path: Path) -> None:
    facts = examine(DETECTOR, tmp_path, "model.safetensors", safetensors(MULTIMODAL, {"format": "pt"}))

    evidence = dict(said(of(WeightsFinding, facts)[0]))
    assert (evidence["format"], evidence["dtypes"]) == ("pt", "F32 2, BF16 1")
    assert evidence["tensors"].startswith("tensors=3 bytes=52 names=sha256:")


METADATA = {
    "general.architecture": "qwen2",
    "general.license": "apache-2.0",
    "general.base_model.0.repo_url": "https://huggingface.co/deepseek-ai/DeepSeek-V3",
}


def test_metadata_declare_license_architecture_and_makers(tmp_path: Path) -> None:
    facts = examine(DETECTOR, tmp_path, "model.gguf", Gguf().file({"a": ("F32", [1])}, METADATA))

    (license_finding,) = of(LicenseFinding, facts)
    assert (license_finding.expression, license_finding.basis, license_finding.subject) == (
        "Apache-2.0",
        "declared",
        "weights",
    )
    assert said(license_finding) == [("general.license", "apache-2.0")]
    _, architecture, maker = of(WeightsFinding, facts)
    assert (architecture.family, architecture.confidence) == ("qwen2", families.DECLARED)
    assert (maker.developer, maker.country, maker.confidence) == ("DeepSeek", "CN", NAMED_MAKER)
    assert {architecture.basis, maker.basis} == {"metadata"}


@pytest.mark.parametrize("words", ["all rights reserved by Hanbit", "other", "x" * 1_000])
def test_a_declared_license_that_nobody_knows_has_no_expression(words: str, tmp_path: Path) -> None:
    facts = examine(DETECTOR, tmp_path, "m.gguf", Gguf().file({}, {"general.license": words}))

    (found,) = of(LicenseFinding, facts)
    assert (found.expression, said(found)) == (None, [("general.license", words[:200])])


def test_a_truncated_file_is_described_and_skipped_with_its_place(tmp_path: Path) -> None:
    facts = examine(DETECTOR, tmp_path, "model.safetensors", safetensors(MULTIMODAL)[:-4])

    assert of(WeightsFinding, facts)[0].tensors == 3
    ((reason, detail),) = skips(facts)
    assert (reason, "model.layers.0.weight, at byte" in detail) == ("malformed", True)


class Command:
    def __init__(self, sentinel: Path) -> None:
        self.sentinel = sentinel

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch {self.sentinel}",)


@pytest.mark.parametrize("path", ["model.pt", "pytorch_model.bin", "vocab.pkl", "model.safetensors"])
def test_a_command_in_a_pickle_is_named_and_not_run(path: str, tmp_path: Path) -> None:
    sentinel = tmp_path / "ran"

    facts = examine(DETECTOR, tmp_path, path, pickle.dumps({"a": Command(sentinel)}))

    (reason, detail) = skips(facts)[0]
    assert reason == "unsafe-pickle"
    assert f"{os.system.__module__}.system (STACK_GLOBAL at byte" in detail
    assert "called at byte" in detail
    assert not sentinel.exists()


def test_a_command_in_a_checkpoint_is_in_the_evidence_as_well(tmp_path: Path) -> None:
    content = torch_zip({"a": ("F32", [1])}, **{"more.pkl": pickle.dumps(Command(tmp_path / "ran"), 2)})

    facts = examine(DETECTOR, tmp_path, "model.pt", content)

    assert said(of(WeightsFinding, facts)[0])[0][0] == "unsafe-global"
    assert [reason for reason, _ in skips(facts)] == ["unsafe-pickle"]


def test_an_honest_checkpoint_is_no_skip(tmp_path: Path) -> None:
    facts = examine(DETECTOR, tmp_path, "pytorch_model.bin", torch_zip({"a": ("F32", [1])}))

    assert ([one.format for one in of(WeightsFinding, facts)], skips(facts)) == (["pytorch"], [])


def test_a_harmless_pickle_without_tensors_is_nothing_to_report(tmp_path: Path) -> None:
    assert examine(DETECTOR, tmp_path, "vocab.pkl", pickle.dumps({"a": 1})) == []


def test_another_format_than_the_name_says_is_in_the_evidence(tmp_path: Path) -> None:
    facts = examine(DETECTOR, tmp_path, "model.safetensors", Gguf().file({"a": ("F32", [1])}))

    assert said(of(WeightsFinding, facts)[0])[0] == ("format-by-name", "safetensors")


def test_files_that_hold_an_onnx_model_s_data_are_in_the_evidence(tmp_path: Path) -> None:
    content = onnx_model(field(5, onnx_tensor("w", 1, [2], location="w.data")))

    assert ("external-data", "w.data") in said(
        of(WeightsFinding, examine(DETECTOR, tmp_path, "m.onnx", content))[0]
    )


def test_an_index_says_what_each_shard_holds(tmp_path: Path) -> None:
    content = json.dumps({"metadata": {"total_size": 4}, "weight_map": {"a": "1.safetensors"}})

    (found,) = examine(DETECTOR, tmp_path, "model.safetensors.index.json", content)

    assert isinstance(found, WeightsFinding)
    assert (found.format, found.tensors, found.evidence[0].says) == ("index", 1, "4")  # type: ignore[union-attr]
    assert found.evidence[1].says.endswith(", 1.safetensors")  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["model.h5", "model.ggml", "model.safetensors", "m.safetensors.index.json"])
def test_what_is_not_read_or_broken_is_one_skip(path: str, tmp_path: Path) -> None:
    facts = examine(DETECTOR, tmp_path, path, b"\x89HDF" + bytes(100))

    assert [type(one) for one in facts] == [Skip]


@pytest.mark.parametrize("path", ["LICENSE", "data.bin", "a.zip"])
def test_files_that_hold_no_weights_are_left_alone(path: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    location = tmp_path / path
    location.write_bytes(b"Permission is hereby granted, free of charge, to any person")

    assert examine_any(path, location) == []


def examine_any(path: str, location: Path) -> Facts:
    from compliance.detectors.detector import ExaminedFile

    return list(DETECTOR.detect(ExaminedFile(path=path, size=location.stat().st_size, location=location)))


def test_weights_without_a_suffix_are_found_by_their_mark(tmp_path: Path) -> None:
    location = tmp_path / "blob"
    location.write_bytes(safetensors({"a": ("F32", [1])}))

    assert [type(one) for one in examine_any("blobs/0a1b", location)] == [WeightsFinding]


@pytest.mark.parametrize("path", ["a.py", "README.md", "config.json", "x.so", "a.png"])
def test_names_of_other_things_are_not_wanted(path: str) -> None:
    assert not DETECTOR.wants(path, 1_000)


def test_findings_depend_on_the_format_that_the_name_promises() -> None:
    assert DETECTOR.name_key("a/model.pt") == DETECTOR.name_key("b/other.pth") == "pytorch"
    assert DETECTOR.name_key("x.bin") == ""
    assert DETECTOR.name_key("model.safetensors.index.json") == "index"


QWEN_VL = tensors_of("qwen2_5_vl_vision", "visual.", "Qwen/Qwen2.5-VL-3B and 7B")
LLAMA = tensors_of("llama", "model.", "meta-llama/Llama-3.1-8B")


def examine_tensors(folder: Path, *models: list[Named]) -> Facts:
    """Facts in a file whose header is right and whose values are a hole."""
    entries: dict[str, object] = {}
    end = 0
    for name, shape in (one for model in models for one in model):
        begin, end = end, end + 2 * math.prod(shape or ())
        entries[name] = {"dtype": "BF16", "shape": list(shape or ()), "data_offsets": [begin, end]}
    written = json.dumps(entries).encode()
    location = folder / "model.safetensors"
    location.write_bytes(len(written).to_bytes(8, "little") + written)
    os.truncate(location, 8 + len(written) + end)
    return examine_any("model.safetensors", location)


def test_a_foreign_encoder_is_named_with_its_evidence_and_a_usual_decoder_is_not(tmp_path: Path) -> None:
    facts = examine_tensors(tmp_path, QWEN_VL, LLAMA)

    _, encoder, decoder = of(WeightsFinding, facts)
    assert (encoder.component, encoder.family, encoder.country) == ("vision_encoder", "qwen-vl", "CN")
    assert (encoder.basis, encoder.confidence) == ("tensor-names", families.DECLARED)
    evidence = dict(said(encoder))
    assert evidence["layers"].startswith("32 layers (0 to 31) of visual.blocks: attn.qkv.weight 3840x1280")
    assert "names and shapes are equal" in evidence["architecture"]
    assert evidence["architecture-null"].startswith("no sign of reused weights")
    assert (decoder.component, decoder.family, decoder.country) == ("text_decoder", None, None)
    assert dict(said(decoder))["architecture"].startswith("nobody in particular: ")


def test_an_index_tells_architectures_by_names_alone(tmp_path: Path) -> None:
    content = json.dumps({"weight_map": {name: "1.safetensors" for name, _ in QWEN_VL}})

    _, encoder = of(WeightsFinding, examine(DETECTOR, tmp_path, "model.safetensors.index.json", content))

    assert (encoder.component, encoder.family, encoder.tensors, encoder.parameters) == (
        "vision_encoder",
        "qwen-vl",
        390,
        None,
    )


def test_the_work_for_names_full_of_numbers_grows_with_their_number(tmp_path: Path) -> None:
    roots = ((f"a{one % 997}.{one % 89}", one) for one in range(30_000))
    names: list[Named] = [(f"{root}.blocks.{one % 61}.attn.{one}.qkv.weight", (1,)) for root, one in roots]

    _, calls = with_calls(lambda: examine_tensors(tmp_path, names))

    assert calls < 30_000 * 350
