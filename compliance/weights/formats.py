"""Which files hold model weights, by name."""

import posixpath

WEIGHT_FORMATS = {
    ".safetensors": "safetensors",
    ".gguf": "gguf",
    ".ggml": "ggml",
    ".onnx": "onnx",
    ".pt": "pytorch",
    ".pth": "pytorch",
    ".ckpt": "pytorch",
    ".h5": "hdf5",
    ".keras": "keras",
    ".msgpack": "flax",
    ".tflite": "tflite",
    ".nemo": "nemo",
    ".mlmodel": "coreml",
}
_BIN_STEMS = (
    "pytorch_model",
    "model",
    "adapter_model",
    "diffusion_pytorch_model",
    "consolidated",
    "ggml-",
    "optimizer",
)


def weight_format(path: str) -> str | None:
    """Format of the weights in the file at `path`, judged by its name alone; None where it isn't a weights file.

    `.bin` says too little by itself, so it counts only with the stems that frameworks write.
    """
    stem, suffix = posixpath.splitext(posixpath.basename(path).lower())
    if suffix == ".bin" and stem.startswith(_BIN_STEMS):
        return "pytorch"
    return WEIGHT_FORMATS.get(suffix)
