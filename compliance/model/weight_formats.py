"""Which files hold model weights, by name: the one table that says of which files only headers are read.

A name counts if a framework writes it for weights and hardly anybody else does.

- Pickles (`.pkl`, `.pickle`, `.joblib`) count whatever they hold: to know it one would have to run them.
- `.npy` and `.npz` do not: most are tables of numbers for tests and figures. Nor does `.model`, which is a
  tokenizer's or a small classic model's. They are examined like any other file.
- `.bin` and `.pb` say too little by themselves and count only with the stems that frameworks write.
- `.mar` does not: it is a zip of code and weights, which is looked into.
"""

import posixpath
import re
from functools import lru_cache

_SUFFIXES = {
    ".safetensors": "safetensors",
    ".gguf": "gguf",
    ".ggml": "ggml",
    ".onnx": "onnx",
    ".pt": "pytorch",
    ".pt2": "pytorch",
    ".pth": "pytorch",
    ".pth2": "pytorch",
    ".ckpt": "pytorch",
    ".distcp": "pytorch",
    ".ot": "pytorch",
    ".jit": "pytorch",
    ".ptl": "pytorch",
    ".h5": "hdf5",
    ".hdf5": "hdf5",
    ".keras": "keras",
    ".msgpack": "flax",
    ".tflite": "tflite",
    ".nemo": "nemo",
    ".mlmodel": "coreml",
    ".engine": "tensorrt",
    ".pkl": "pickle",
    ".pickle": "pickle",
    ".joblib": "pickle",
}
_STEMS_OF_BIN = (
    "pytorch_model",
    "model",
    "adapter_model",
    "diffusion_pytorch_model",
    "consolidated",
    "ggml-",
    "openvino_",
    "optimizer",
)
_STEMS_OF_PB = ("saved_model", "frozen_")
_TENSORFLOW_SHARD = re.compile(r"\.data-\d{5}-of-\d{5}")


_OTHER_SUFFIXES = frozenset({"", ".bin", ".zip", ".dat", ".data", ".model", ".weights", ".params"})
"""Names under which weights lie now and then. Their content decides."""
_SMALLEST = 24
"""Bytes; no file of weights is smaller."""


def may_hold_weights(path: str, size: int) -> bool:
    """Whether the file at `path` of `size` bytes is worth opening to see if it holds weights.

    A name of `weight_format` always is.
    """
    suffix = posixpath.splitext(posixpath.basename(path).lower())[1]
    return weight_format(path) is not None or (suffix in _OTHER_SUFFIXES and size >= _SMALLEST)


@lru_cache(maxsize=1 << 16)
def weight_format(path: str) -> str | None:
    """Format of the weights in the file at `path`, by its name alone; None where it isn't a weights file."""
    stem, suffix = posixpath.splitext(path.rpartition("/")[2].lower())
    if suffix == ".bin" and stem.startswith(_STEMS_OF_BIN):
        return "pytorch"
    if (suffix == ".pb" and stem.startswith(_STEMS_OF_PB)) or (
        suffix.startswith(".data-") and _TENSORFLOW_SHARD.fullmatch(suffix)
    ):
        return "tensorflow"
    return _SUFFIXES.get(suffix)
