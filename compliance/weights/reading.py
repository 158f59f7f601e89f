"""The header of any file of weights. Its content tells which reader it needs, or else its name."""

from collections.abc import Callable
from typing import BinaryIO

from compliance.model.weight_formats import weight_format
from compliance.weights import flax_msgpack, gguf, onnx, pytorch, safetensors, tar_members
from compliance.weights.faults import malformed, unsupported
from compliance.weights.tensors import WeightFile

_HEAD = 512
Reader = Callable[[BinaryIO, int], WeightFile]

_BY_NAME: dict[str, Reader] = {
    "safetensors": safetensors.read,
    "gguf": gguf.read,
    "onnx": onnx.read,
    "flax": flax_msgpack.read,
    "pickle": pytorch.read_pickles,
}
"""Formats without a mark of their own, or whose mark is missing and must be said to be."""


def describe(path: str, stream: BinaryIO, size: int) -> WeightFile | None:
    """What the header of a file says.

    Args:
        path: its name, which decides where the content has no mark.
        stream: its content, seekable. Only the header is read, never the tensors' values.
        size: bytes of the content.

    Returns:
        None where neither content nor name speak of weights.

    Raises:
        WeightFileError: nothing can be described; the fault says why and where.
        OSError: the stream can't be read.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    named = weight_format(path)
    if named is not None and not size:
        raise malformed("the file is empty", "빈 파일")
    reader = _by_content(head, size, named) or _BY_NAME.get(named or "")
    if reader is pytorch.read_zip and named is None and not pytorch.is_zip_of_tensors(stream, size):
        return None  # an archive like any other, which is looked into elsewhere
    if reader is not None:
        stream.seek(0)
        return reader(stream, size)
    if named is None:
        return None
    raise unsupported(f"{named} weights: this version doesn't read them", f"{named} 가중치: 이 버전에서 읽지 못함")


def _by_content(head: bytes, size: int, named: str | None) -> Reader | None:
    if head.startswith(gguf.MAGIC):
        return gguf.read
    if head.startswith(pytorch.ZIP_MAGIC):
        return pytorch.read_zip
    if head.startswith(pytorch.LEGACY_HEAD) or (named is not None and pytorch.is_pickle(head)):
        return pytorch.read_pickles
    if named == "pytorch" and tar_members.is_tar(head):
        return pytorch.read_tar
    if safetensors.is_safetensors(head, size) and (named is not None or head[9:10] == b'"'):
        return safetensors.read
    return None
