"""ONNX models: tensors wherever they stand in the graph, and data in other files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.weights.described import described, fault, faults, shapes, tensor
from tests.weights.writers import field, onnx_model, onnx_tensor

NAME = "model.onnx"
FLOAT, INT64, FLOAT16 = 1, 7, 10


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), st.lists(st.integers(0, 4), max_size=3)
    )
)
def test_initializers_that_are_written_are_read(entries: dict[str, list[int]]) -> None:
    sizes = dict.fromkeys(entries, 4)
    for name, shape in entries.items():
        for length in shape:
            sizes[name] *= length
    graph = b"".join(
        field(5, onnx_tensor(name, FLOAT, shape, bytes(sizes[name]))) for name, shape in entries.items()
    )

    found = described(NAME, onnx_model(graph))

    assert shapes(found) == {name: ("F32", tuple(shape)) for name, shape in entries.items()}
    assert found.faults == ()


def test_a_tensor_says_where_its_data_lie() -> None:
    content = onnx_model(field(5, onnx_tensor("w", FLOAT, [2], b"\1\2\3\4\5\6\7\x08")))

    found = tensor(described(NAME, content), "w")

    assert found.offset is not None
    assert content[found.offset : found.offset + (found.size or 0)] == b"\1\2\3\4\5\6\7\x08"


def test_packed_dimensions_are_read_like_single_ones() -> None:
    proto = field(1, b"\x02\x03") + field(2, FLOAT) + field(8, "w")

    assert shapes(described(NAME, onnx_model(field(5, proto)))) == {"w": ("F32", (2, 3))}


def test_constants_and_tensors_of_inner_graphs_are_read() -> None:
    constant = field(2, "c.out") + field(5, field(1, "value") + field(5, onnx_tensor("", INT64, [1], bytes(8))))
    inner = field(5, onnx_tensor("inner", FLOAT16, [3], bytes(6)))
    branch = field(5, field(1, "then_branch") + field(6, inner))
    sparse = field(1, onnx_tensor("values", FLOAT, [1], bytes(4)))

    found = described(NAME, onnx_model(field(1, constant) + field(1, branch) + field(15, sparse)))

    assert shapes(found) == {"c.out": ("I64", (1,)), "inner": ("F16", (3,)), "values": ("F32", (1,))}


def test_producer_and_properties_are_metadata() -> None:
    found = described(NAME, onnx_model(field(2, "graph"), field(14, field(1, "license") + field(2, "MIT"))))

    assert dict(found.metadata) == {
        "producer_name": "pytorch",
        "producer_version": "2.9",
        "graph_name": "graph",
        "license": "MIT",
    }


def test_data_in_another_file_are_named() -> None:
    found = described(NAME, onnx_model(field(5, onnx_tensor("w", FLOAT, [2], location="data/w.bin"))))

    assert (found.companions, tensor(found, "w").size, found.faults) == (("data/w.bin",), 8, ())


@pytest.mark.parametrize(
    "location", ["../w.bin", "/etc/passwd", "a/../../w", "C:\\w", "..\\w", "..", "./", "a\0b", "x" * 2_000]
)
def test_data_outside_the_folder_are_refused(location: str) -> None:
    found = described(NAME, onnx_model(field(5, onnx_tensor("w", FLOAT, [2], location=location))))

    assert found.companions == ()
    assert faults(found)[0].startswith("its data's location leads outside the folder")


def test_data_of_another_length_than_the_shape_says_are_named() -> None:
    found = described(NAME, onnx_model(field(5, onnx_tensor("w", FLOAT, [2], bytes(9)))))

    assert faults(found)[0].startswith("8 bytes by type and shape, 9 in the file (in w, at byte")


def test_a_truncated_model_is_described_as_far_as_it_goes() -> None:
    first, second = (field(5, onnx_tensor(name, FLOAT, [8], bytes(32))) for name in ("a", "b"))
    content = onnx_model(first + second)

    found = described(NAME, content[:-10])

    assert faults(found)[0].startswith("a field of 32 bytes reaches beyond its message (at byte")
    assert "a" in shapes(found)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a model at all", "wire type 6 (at byte 0)"),
        (field(1, 8), "it isn't an ONNX model: no version or no graph"),
        (b"\x08" + b"\xff" * 11, "a number of more than 64 bits (at byte 1)"),
        (b"\x00\x01", "field number 0 (at byte 0)"),
        (b"\x0b", "wire type 3 (at byte 0)"),
        (field(1, 8) + field(300, 1), "field 300 is none of an ONNX model's"),
    ],
)
def test_what_is_no_model_is_refused(content: bytes, said: str) -> None:
    assert fault(NAME, content).startswith(said)


def test_graphs_nested_without_end_are_given_up() -> None:
    graph = b""
    for _ in range(200):
        graph = field(1, field(5, field(6, graph)))

    assert faults(described(NAME, onnx_model(graph)))[0].startswith("graphs in 32 others")
