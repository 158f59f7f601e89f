"""Where values lie: the same values have the same prints in every format that says it."""

import io
import zipfile
from collections.abc import Callable

import msgspec
import numpy as np
import pytest

from compliance.weights import reading
from compliance.weights.fingerprints import TensorPrint, fingerprint
from compliance.weights.placed import PlacedTensors, placed
from tests.weights.tensor_files import Values, model, safetensors_file
from tests.weights.value_files import (
    gguf_file,
    onnx_file,
    onnx_with_data_beside,
    torch_legacy_file,
    torch_zip_file,
)
from tests.weights.writers import (
    Gguf,
    call,
    dictionary,
    name,
    number,
    storage,
    torch_tensor,
    torch_zip,
    tuple_of,
)

VALUES = model(1)
FORMATS: dict[str, Callable[[Values, str], bytes]] = {
    "a.gguf": gguf_file,
    "a.onnx": onnx_file,
    "a.pt": torch_zip_file,
    "pytorch_model.bin": torch_legacy_file,
}


def places(path: str, content: bytes) -> PlacedTensors:
    stream = io.BytesIO(content)
    header = reading.describe(path, stream, len(content))
    assert header is not None
    return placed(header, stream, len(content))


def prints(path: str, content: bytes) -> list[TensorPrint]:
    return [fingerprint(io.BytesIO(content), one) for one in places(path, content).here]


@pytest.mark.parametrize("dtype", ["F32", "F16", "BF16"])
@pytest.mark.parametrize("path", FORMATS)
def test_the_same_values_have_the_same_prints_in_every_format(path: str, dtype: str) -> None:
    expected = prints("a.safetensors", safetensors_file(VALUES, dtype))

    assert prints(path, FORMATS[path](VALUES, dtype)) == expected


def test_quantised_blocks_are_told_by_their_bytes() -> None:
    content = bytearray(Gguf().file({"w": ("Q4_0", [64, 64])}))
    content[-2304:] = np.random.default_rng(1).integers(0, 256, 2304, np.uint8).tobytes()
    (one,) = prints("a.gguf", bytes(content))

    assert (one.dtype, one.telling, one.bf16, one.sketch) == ("Q4_0", True, None, None)


def test_a_big_endian_file_is_not_compared() -> None:
    found = places("a.gguf", gguf_file(VALUES, "F32", Gguf(">", 3)))

    assert (found.here, found.nowhere) == ((), 6)
    assert places("a.pt", torch_zip_file(VALUES, "F32", order="big")).nowhere == 6


def test_packed_members_are_not_compared() -> None:
    assert places("a.pt", torch_zip_file(VALUES, "F32", zipfile.ZIP_DEFLATED)).nowhere == 6


def test_data_beside_an_onnx_model_are_named() -> None:
    model_file, data = onnx_with_data_beside(VALUES, "weights/a.data")
    found = places("a.onnx", model_file)

    assert {one.elsewhere.of for one in found.beside if one.elsewhere} == {"weights/a.data"}
    assert found.here == ()
    places_said = [one.elsewhere.offset for one in found.beside if one.elsewhere]
    assert data[places_said[0] :].startswith(VALUES["layers.0.weight"].tobytes())


def view(strides: tuple[int, int], begin: int = 0) -> bytes:
    made = call(
        name("torch._utils", "_rebuild_tensor_v2"),
        storage("FloatStorage", "0", 4096),
        number(begin),
        tuple_of(number(40), number(50)),
        tuple_of(*map(number, strides)),
        b"\x89",
        call(name("collections", "OrderedDict")),
    )
    return torch_zip({"w": ("F32", [4096])}, dictionary({"w": made}))


def test_a_view_in_one_piece_lies_where_it_begins_and_others_are_not_compared() -> None:
    (whole,), (later,) = places("a.pt", view((50, 1))).here, places("a.pt", view((50, 1), 96)).here

    assert (later.offset or 0) - (whole.offset or 0) == 96 * 4
    assert places("a.pt", view((1, 40))).nowhere == 1
    assert places("a.pt", view((100, 1))).nowhere == 1


def test_tied_tensors_are_compared_once() -> None:
    tied = torch_tensor("FloatStorage", "0", (64, 64))
    content = torch_zip({"w": ("F32", [64, 64])}, dictionary({"w": tied, "head": tied}))

    assert [one.name for one in places("a.pt", content).here] == ["w"]


def test_a_member_shorter_than_its_tensors_is_not_compared() -> None:
    content = torch_zip({"w": ("F32", [2])}, dictionary({"w": torch_tensor("FloatStorage", "0", (64, 64))}))

    assert (places("a.pt", content).here, places("a.pt", content).nowhere) == ((), 1)


def test_the_older_format_must_end_where_its_storages_do() -> None:
    content = torch_legacy_file(VALUES, "F32")

    assert places("pytorch_model.bin", content + b"more").nowhere == 6
    assert places("pytorch_model.bin", content[:-1]).nowhere == 6


def test_a_matrix_is_also_described_transposed_where_that_is_asked_for() -> None:
    turned = {key: np.ascontiguousarray(one.T) for key, one in VALUES.items()}
    content = onnx_file(turned, "F32")
    straight = {one.name: one for one in prints("a.safetensors", safetensors_file(VALUES))}
    for tensor in places("a.onnx", content).here:
        found = fingerprint(io.BytesIO(content), tensor, turned=True).turned
        if found is not None:
            same = straight[found.name]
            assert msgspec.structs.replace(found, digest=same.digest) == same
