"""Files with values in the formats that are read besides safetensors."""

import io
import struct
import zipfile

from tests.weights.tensor_files import Values, encoded
from tests.weights.writers import (
    Entries,
    Gguf,
    field,
    onnx_model,
    onnx_tensor,
    pickled,
    state_dict,
    torch_legacy,
)

_ONNX_TYPES = {"F32": 1, "F16": 10, "BF16": 16}


def entries(values: Values, dtype: str) -> Entries:
    """Type and shape of each."""
    return {name: (dtype, one.shape) for name, one in values.items()}


def gguf_file(values: Values, dtype: str, writer: Gguf = Gguf()) -> bytes:  # noqa: B008 - it holds no state
    """A GGUF file."""
    data = b"".join(_padded(encoded(one, dtype)) for one in values.values())
    zeros = writer.file(entries(values, dtype))
    return zeros[: len(zeros) - len(data)] + data


def onnx_file(values: Values, dtype: str) -> bytes:
    """An ONNX model with raw data."""
    tensors = (
        onnx_tensor(name, _ONNX_TYPES[dtype], one.shape, encoded(one, dtype)) for name, one in values.items()
    )
    return onnx_model(b"".join(field(5, one) for one in tensors))


def onnx_with_data_beside(values: Values, location: str) -> tuple[bytes, bytes]:
    """An ONNX model, and the file that holds its data, which begin after some bytes of something else."""
    graph, data = b"", b"something else.."
    for name, one in values.items():
        place = field(13, field(1, "location") + field(2, location))
        place += field(13, field(1, "offset") + field(2, str(len(data)))) + field(14, 1)
        graph += field(5, onnx_tensor(name, 1, one.shape) + place)
        data += encoded(one, "F32")
    return onnx_model(graph), data


def torch_zip_file(values: Values, dtype: str, packing: int = zipfile.ZIP_STORED, order: str = "little") -> bytes:
    """What `torch.save` writes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as archive:
        archive.writestr("archive/data.pkl", pickled(state_dict(entries(values, dtype))))
        archive.writestr("archive/byteorder", order)
        for place, one in enumerate(values.values()):
            archive.writestr(f"archive/data/{place}", encoded(one, dtype))
    return written.getvalue()


def torch_legacy_file(values: Values, dtype: str) -> bytes:
    """What `torch.save` wrote before."""
    contents = [encoded(one, dtype) for one in values.values()]
    counted = zip(values.values(), contents, strict=True)
    data = b"".join(struct.pack("<q", one.size) + content for one, content in counted)
    zeros = torch_legacy(entries(values, dtype))
    return zeros[: len(zeros) - len(data)] + data


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % 32)
