"""Which names promise weights."""

import pytest

from compliance.model.weight_formats import may_hold_weights, weight_format


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("model-00001-of-00002.safetensors", "safetensors"),
        ("x/Model.GGUF", "gguf"),
        ("pytorch_model.bin", "pytorch"),
        ("__0_0.distcp", "pytorch"),
        ("a.pth2", "pytorch"),
        ("a.hdf5", "hdf5"),
        ("a.engine", "tensorrt"),
        ("saved_model.pb", "tensorflow"),
        ("variables.data-00000-of-00001", "tensorflow"),
    ],
)
def test_names_that_frameworks_write_promise_weights(path: str, expected: str) -> None:
    assert weight_format(path) == expected


@pytest.mark.parametrize("path", ["vocab.pkl", "a.pickle", "b.joblib"])
def test_pickles_count_as_weights_since_nothing_else_can_be_known_without_running_them(path: str) -> None:
    assert weight_format(path) == "pickle"


@pytest.mark.parametrize(
    "path", ["tokenizer.model", "a.npy", "a.npz", "input_0.pb", "firmware.bin", "a.mar", "model"]
)
def test_data_tokenizers_and_archives_of_code_are_examined_like_any_other_file(path: str) -> None:
    assert weight_format(path) is None


@pytest.mark.parametrize(
    ("path", "size", "expected"),
    [
        ("model.safetensors", 1, True),
        ("training_args.bin", 1_000, True),
        ("blobs/0a1b2c", 1_000, True),
        ("x.zip", 10, False),
        ("a.py", 1_000, False),
    ],
)
def test_some_names_say_nothing_and_are_looked_into(path: str, size: int, expected: bool) -> None:
    assert may_hold_weights(path, size) is expected
