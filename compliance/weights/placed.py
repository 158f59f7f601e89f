"""Where the values of tensors can be read from: stretches of files that hold them as they are.

Safetensors, GGUF and ONNX say it in their headers; in PyTorch's formats it follows from those of members or from
the sizes of storages, unless they are packed. Values in Flax, in other pickles and in typed fields of ONNX lie in
no known stretch.
"""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

import msgspec

from compliance.weights import gguf, pytorch, zip_directory
from compliance.weights.faults import WeightFileError
from compliance.weights.fingerprints import FEWEST_ELEMENTS
from compliance.weights.tensors import Tensor, WeightFile
from compliance.weights.zip_directory import ZipMember

_BYTE_ORDER = "/byteorder"


class PlacedTensors(msgspec.Struct, frozen=True):
    """Tensors of one file."""

    here: tuple[Tensor, ...]
    """Those whose data lie at their `offset` of the file."""
    beside: tuple[Tensor, ...]
    """Those whose data lie in a file beside it."""
    nowhere: int
    """How many others there are that are large enough to tell something."""


def placed(found: WeightFile, stream: BinaryIO, size: int) -> PlacedTensors:
    """The tensors of the file in `stream` of `size` bytes that was `found` to hold them, each at its place.

    Tensors that are another's, have no value or reach beyond the end are left out.

    Raises:
        WeightFileError: the directory of a zip can't be read.
        OSError: the stream can't be read.
    """
    tensors: Sequence[Tensor] = [one for one in found.tensors if not one.shared and one.elements]
    if found.format == "pytorch":
        tensors = _in_members(tensors, stream, size)
    elif found.format == "gguf" and gguf.is_big_endian(stream):
        tensors = [msgspec.structs.replace(one, offset=None) for one in tensors]
    beside = [one for one in tensors if one.offset is None and one.elsewhere and found.format == "onnx"]
    here = [one for one in tensors if one.offset is not None and one.size is not None]
    known = {*here, *beside}
    nowhere = [one for one in tensors if one not in known]
    inside = tuple(one for one in here if (one.offset or 0) + (one.size or 0) <= size)
    return PlacedTensors(inside, tuple(beside), sum(one.elements >= FEWEST_ELEMENTS for one in nowhere))


def _in_members(tensors: Sequence[Tensor], stream: BinaryIO, size: int) -> list[Tensor]:
    """`tensors` of a zip with the places of the members that hold their data, where they are known."""
    stream.seek(0)
    if stream.read(len(pytorch.ZIP_MAGIC)) != pytorch.ZIP_MAGIC:
        return list(tensors)  # the older format's reader has placed them
    members = {one.name: one for one in zip_directory.members(stream, size)}
    if not _are_little_endian(members.values(), stream, size):
        return list(tensors)
    wanted = {one.elsewhere.of for one in tensors if one.elsewhere} & members.keys()
    begins = {name: _begin(stream, size, members[name]) for name in wanted}
    return [_in_member(one, members, begins) for one in tensors]


def _in_member(tensor: Tensor, members: dict[str, ZipMember], begins: dict[str, int | None]) -> Tensor:
    place = tensor.elsewhere
    begin = begins.get(place.of) if place else None
    if place is None or begin is None or place.offset + (tensor.size or 0) > members[place.of].size:
        return tensor
    return msgspec.structs.replace(tensor, offset=begin + place.offset)


def _are_little_endian(members: Iterable[ZipMember], stream: BinaryIO, size: int) -> bool:
    said = [one for one in members if one.name.endswith(_BYTE_ORDER)]
    try:
        return all(zip_directory.content(stream, size, one).strip() == b"little" for one in said)
    except WeightFileError:
        return False


def _begin(stream: BinaryIO, size: int, member: ZipMember) -> int | None:
    try:
        return zip_directory.begin_of(stream, size, member)
    except WeightFileError:
        return None  # the reader of headers says what is wrong with it
