"""Which reader a file needs is told by its content before its name."""

import io
import zipfile

import pytest

from compliance.weights.reading import describe
from tests.weights.described import described, fault
from tests.weights.writers import Gguf, call, name, packed, pickled, safetensors, text, torch_legacy, torch_zip

ENTRIES = {"a": ("F32", [2])}
CONTENTS = {
    "safetensors": safetensors(ENTRIES),
    "gguf": Gguf().file(ENTRIES),
    "pytorch": torch_zip(ENTRIES),
}


@pytest.mark.parametrize("form", CONTENTS)
@pytest.mark.parametrize(
    "path", ["model.pt", "x/model.safetensors", "model.h5", "weights.bin", "blobs/0a1b2c", "w.zip"]
)
def test_a_mark_in_the_content_wins_over_the_name(form: str, path: str) -> None:
    assert described(path, CONTENTS[form]).format == form


def test_pytorch_s_older_format_is_known_under_any_name() -> None:
    assert described("x.bin", torch_legacy(ENTRIES)).format == "pytorch"


@pytest.mark.parametrize(
    "content", [b"just a text that is long enough", bytes(100), b"\x80\x04N.", packed({"a": 1})]
)
@pytest.mark.parametrize("path", ["x.bin", "LICENSE"])
def test_content_without_a_mark_under_a_name_that_says_nothing_is_no_weights(path: str, content: bytes) -> None:
    assert describe(path, io.BytesIO(content), len(content)) is None


def test_a_zip_of_files_under_a_name_that_says_nothing_is_no_weights() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.py", "x")

    assert describe("x.zip", written, len(written.getvalue())) is None


@pytest.mark.parametrize(
    "path", ["m.h5", "m.ggml", "m.keras", "m.tflite", "saved_model.pb", "m.nemo", "openvino_model.bin"]
)
def test_formats_that_are_not_read_are_said_to_be_so(path: str) -> None:
    assert "this version doesn't read them" in fault(path, b"\x89HDF\r\n\x1a\n" + bytes(600))


def test_a_pickle_without_a_mark_is_read_where_the_name_says_so() -> None:
    content = b"cos\nsystem\n(S'id'\ntR."

    assert [one.name for one in described("a.pkl", content).unsafe_globals] == ["os.system"]


@pytest.mark.parametrize("path", ["model.safetensors", "model.gguf", "model.onnx", "flax_model.msgpack"])
def test_a_command_under_the_name_of_a_safe_format_is_named(path: str) -> None:
    content = pickled(call(name("os", "system"), text("id")))

    assert [one.name for one in described(path, content).unsafe_globals] == ["os.system"]
