"""The models whose weights are compared, as the product reads them."""

import io
from functools import cache

import numpy as np

from benchmarks.weight_likeness.real import TRAINED
from compliance.weights import reading, safetensors
from compliance.weights.fingerprints import TensorPrint, fingerprint
from compliance.weights.placed import placed
from compliance.weights.references import Reference, kept
from tests.weights.tensor_files import Values, safetensors_file


def values_of(content: bytes) -> Values:
    """The float32 tensors of a safetensors file."""
    header = safetensors.read(io.BytesIO(content), len(content))
    return {
        one.name: np.frombuffer(content, "<f4", one.elements, one.offset or 0).reshape(one.shape)
        for one in header.tensors
        if one.dtype == "F32"
    }


@cache
def trained(name: str) -> Values:
    """A model that `training` or `conversion` made."""
    return values_of((TRAINED / f"{name}.safetensors").read_bytes())


def prints_of(content: bytes, name: str = "model.safetensors") -> list[TensorPrint]:
    """As the product reads the file."""
    stream = io.BytesIO(content)
    header = reading.describe(name, stream, len(content))
    assert header is not None, name
    tensors = placed(header, stream, len(content)).here
    return [fingerprint(stream, one, turned=header.format == "onnx") for one in tensors]


def prints(values: Values, dtype: str = "F32") -> list[TensorPrint]:
    """As the product reads a safetensors file of `values`."""
    return prints_of(safetensors_file(values, dtype))


def reference(found: list[TensorPrint], name: str) -> Reference:
    """As `compliance weights fingerprint` makes it."""
    return Reference(name=name, developer="-", country="US", tensors=kept(found))
